"""What all mixtures Σ_k π_k p(x | z=k; θ) share."""

from abc import abstractmethod
from dataclasses import replace
from typing import Any, Self, TypeVar, cast

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray, IntArray
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.model import DiscreteModel
from em_helpers.models.statistics import Statistics


class MixtureStatistics(Statistics):
    """Statistics that count the rows of each component.

    Attributes
    ----------
    counts : array, (K,)
        c_k = Σ_x q(z=k), the expected number of rows from component k.
    """

    counts: FloatArray


MixtureStatisticsT = TypeVar("MixtureStatisticsT", bound=MixtureStatistics)


class Mixture(DiscreteModel[MixtureStatisticsT]):
    """A mixture of K components, from which z draws one for each row.

    A subclass is a frozen dataclass whose first field is ``weights``, and defines ``log_joint``,
    ``statistics``, ``m_step``, ``expected_statistics``, ``_uninformed`` and ``_draw``.

    Attributes
    ----------
    weights : array, (K,)
        π, summing to one.
    fixed_weights : bool
        Whether the M-step keeps π.
    """

    weights: FloatArray
    fixed_weights: bool = False

    @property
    def components(self) -> int:
        """K, the number of components."""
        return self.weights.size

    @property
    def fixed(self) -> frozenset[str]:
        """The names of the parameters that the M-step does not change."""
        return frozenset({"weights"} if self.fixed_weights else ())

    @classmethod
    def from_responsibilities(cls, x: ArrayLike, q: ArrayLike, *options: Any, **named: Any) -> Self:
        """Take the M-step at given responsibilities, for instance at known labels.

        Parameters
        ----------
        x : array_like, (n, d)
            Data as the class describes them.
        q : array_like, (n, K)
            A distribution over the components in each row.
        *options, **named
            What the class takes after its parameters: ``prior``, ``pseudo_count`` or
            ``fixed_weights``. Weights that are fixed are equal.

        Returns
        -------
        Mixture
            Of this class.

        Raises
        ------
        ValueError
            ``x`` is not what the class describes, or ``q`` is not a distribution in each row.
        DegenerateComponent
            The M-step has no maximum.
        """
        x, q = arguments.rows("x", x), arguments.rows("q", q)
        components = q.shape[1]
        weights = np.full(components, 1 / components)
        model = cast(Any, cls)(weights, *cls._uninformed(x, components), *options, **named)
        return model.m_step(model.statistics(x, q))

    def sample(
        self, rng: np.random.Generator, n: int, **options: int
    ) -> tuple[FloatArray, IntArray]:
        """Draw n rows with their components: z from π, then x given z.

        Parameters
        ----------
        **options
            The size of each row: ``tosses`` (10) of binomials, ``words`` (20) of multinomials.

        Returns
        -------
        x : array, (n, d)
        z : array of int, (n,)
        """
        z = rng.choice(self.components, size=n, p=self.weights)
        return self._draw(rng, z, **options), z

    @abstractmethod
    def expected_statistics(self, counts: FloatArray) -> MixtureStatisticsT:
        """Return the expected statistics of given numbers of rows from each component.

        Parameters
        ----------
        counts : array, (K,)
            Rows from each component; the weights themselves for one row in all.

        Returns
        -------
        Statistics
            With counts in proportion to the weights, a fixed point of the M-step.
        """

    def expected_row_statistics(self) -> MixtureStatisticsT:
        """Return the expected statistics of one row drawn from the mixture itself."""
        return self.expected_statistics(self.weights)

    def hard_m_step(self, statistics: MixtureStatisticsT) -> Self:
        """Take the M-step where some components may have no rows.

        Such a component keeps its parameters and gets weight 0, unless weights are fixed.
        """
        counts = statistics.counts
        if (counts > 0).all():
            return self.m_step(statistics)
        empty = (counts == 0).astype(float)
        model = self.m_step(statistics + self.expected_statistics(empty))
        if self.fixed_weights:
            return model
        return replace(cast(Any, model), weights=counts / counts.sum())

    def _draw(self, rng: np.random.Generator, z: IntArray) -> FloatArray:
        """Rows of x given z, (n, d)."""
        raise NotImplementedError

    @classmethod
    @abstractmethod
    def _uninformed(cls, x: FloatArray, components: int) -> tuple[FloatArray, ...]:
        """Parameters of the right shapes, whose values do not matter for an M-step at some q."""


def require_responsibility(totals: FloatArray, units: str) -> None:
    """Raise ``DegenerateComponent`` if a component's parameters would be 0 / 0.

    ``totals``, (K,), is the expected amount that each component holds, and ``units`` what is
    counted, in the plural.
    """
    if not min(totals.tolist()) > 0:
        k = int(np.argmin(totals))
        raise DegenerateComponent(
            f"component {k} has no responsibility left: it is expected to hold {totals[k]:.3g} "
            f"{units}, so its parameters are 0/0; start it nearer to the data, fit fewer "
            f"components, or use a prior or pseudo-counts."
        )
