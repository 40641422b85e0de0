"""Expected sufficient statistics: what an E-step gives and an M-step takes."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self

from em_helpers.arguments import FloatArray


@dataclass(frozen=True, eq=False)
class Statistics:
    """Sums over the rows of some data, so that the sums of two sets of rows add.

    A subclass is a dataclass that adds its own sums as attributes.

    Attributes
    ----------
    rows : float
        n, the number of rows.
    log_likelihood : float
        log p of those rows at the parameters of the E-step; NaN where q is not the posterior.
    """

    rows: float
    log_likelihood: float

    def __add__(self, other: Self) -> Self:
        """Return the statistics of both sets of rows together (equation 11.2)."""
        sums = other._sums()
        return replace(self, **{name: value + sums[name] for name, value in self._sums().items()})

    def __mul__(self, factor: float) -> Self:
        """Count each row ``factor`` times; the factor 1 / n turns sums into means per row."""
        return replace(self, **{name: value * factor for name, value in self._sums().items()})

    def with_centre_of(self, other: Self) -> Self:
        """Take the moments about the same point as those of other statistics.

        Returns
        -------
        Statistics
            These statistics themselves, if their moments have no centre.
        """
        return self

    def _sums(self) -> dict[str, Any]:
        names = (field.name for field in fields(self) if field.name != "centre")
        return {name: getattr(self, name) for name in names}


class CentredStatistics(Statistics):
    """Statistics whose moments are taken about a centre, so that they do not cancel.

    Statistics about different centres are moved to a common centre before they are added.

    Attributes
    ----------
    centre : array
        The point, or points, that the moments are taken about.

    Notes
    -----
    Chan, Golub and LeVeque (1983), The American Statistician 37, 242-247, on merging moments.
    """

    centre: FloatArray

    def __add__(self, other: Self) -> Self:
        """Return the statistics of both sets of rows, about a common centre (equation 11.2)."""
        centre = self._common_centre(other)
        return Statistics.__add__(self.about(centre), other.about(centre))

    def about(self, centre: FloatArray) -> Self:
        """Move the moments to another centre (equation 11.4).

        Parameters
        ----------
        centre : array, (K, d) or (d,)
            Of the shape of the present centre.
        """
        return self if centre is self.centre else self._moved_to(centre)

    def with_centre_of(self, other: Self) -> Self:
        """Move the moments to the centre of other statistics."""
        return self.about(other.centre)

    def _common_centre(self, other: Self) -> FloatArray:
        return self.centre

    def _moved_to(self, centre: FloatArray) -> Self:
        raise NotImplementedError
