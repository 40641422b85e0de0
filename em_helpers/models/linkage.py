"""Rao's linkage data: the first example of Dempster, Laird and Rubin."""

from dataclasses import dataclass
from math import log
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray, IntArray
from em_helpers.models import log_space
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.model import DiscreteModel
from em_helpers.models.statistics import Statistics


@dataclass(frozen=True, eq=False)
class LinkageStatistics(Statistics):
    """Expected numbers of animals.

    Attributes
    ----------
    log_base : float
        The part of E[log p(x, z; θ)] that does not depend on θ; 0 from ``e_step``, which needs
        no E[log z!].
    linked : float
        Expected animals in the cells of probability θ/4.
    unlinked : float
        Animals in the cells of probability (1 − θ)/4.
    """

    log_base: float
    linked: float
    unlinked: float


@dataclass(frozen=True, eq=False)
class Linkage(DiscreteModel[LinkageStatistics]):
    """Four cells with probabilities ½ + θ/4, (1 − θ)/4, (1 − θ)/4, θ/4 (equation 9.1).

    The first cell merges two cells, of probabilities ½ and θ/4; z is how many of its animals belong
    to the second. Data have four columns: the animals in each cell.

    Parameters
    ----------
    theta : float
        θ in [0, 1].

    Raises
    ------
    ValueError
        θ outside [0, 1].

    Notes
    -----
    Dempster, Laird and Rubin (1977), section 1; Rao (1965), Linear Statistical Inference and Its
    Applications, Wiley.

    Examples
    --------
    >>> start = Linkage(0.5)
    >>> round(start.m_step(start.e_step([[125, 18, 20, 34]])).theta, 9)
    0.608247423
    """

    theta: float

    forms: ClassVar = {"theta": "free"}

    def __post_init__(self) -> None:
        value = arguments.probabilities("theta", self.theta, (), "one number")
        self.__dict__["theta"] = float(value)

    def log_joint(self, x: ArrayLike) -> FloatArray:
        """Compute log p(x, z; θ) for every z from 0 to the largest first cell."""
        from scipy.special import gammaln

        x = self._check_data(x)
        z = np.arange(int(x[:, 0].max()) + 1)
        other_animals = x[:, :1] - z
        log_coefficient = gammaln(x.sum(axis=1) + 1)[:, None] - gammaln(z + 1)
        log_coefficient = log_coefficient - gammaln(x[:, 1:] + 1).sum(axis=1)[:, None]
        linked, unlinked = z + x[:, 3:], (x[:, 1] + x[:, 2])[:, None]
        return (
            log_coefficient
            - gammaln(other_animals + 1)  # inf where z > x_0: 1 / (x_0 − z)! is 0 there
            + other_animals * log(0.5)
            + log_space.times_log(linked, self.theta / 4)
            + log_space.times_log(unlinked, (1 - self.theta) / 4)
        )

    def e_step(self, x: ArrayLike) -> LinkageStatistics:
        """Compute the expected z, x_0 (θ/4) / (½ + θ/4) (equation 9.3)."""
        from scipy.special import gammaln

        x = self._check_data(x)
        cells = np.array([2 + self.theta, 1 - self.theta, 1 - self.theta, self.theta]) / 4
        coefficient = gammaln(x.sum(axis=1) + 1).sum() - gammaln(x + 1).sum()
        log_likelihood = coefficient + log_space.times_log(x, cells).sum()
        hidden = x[:, 0] * self.theta / (2 + self.theta)
        return self._sums(x, hidden, float(log_likelihood), 0.0)

    def statistics(self, x: ArrayLike, q: ArrayLike) -> LinkageStatistics:
        """Compute the expected z under any q over z = 0, …, max x_0."""
        x = self._check_data(x)
        values = int(x[:, 0].max()) + 1
        q = arguments.row_distributions("q", q, (len(x), values))
        log_joint = Linkage(0.5).log_joint(x)
        z = np.arange(values)
        log_cells = (z + x[:, 3:]) * log(0.125) + ((x[:, 1] + x[:, 2]) * log(0.125))[:, None]
        present = q > 0
        log_base = q[present] @ (log_joint - log_cells)[present]
        return self._sums(x, q @ z, np.nan, float(log_base))

    def m_step(self, statistics: LinkageStatistics) -> Self:
        """Set θ to the linked share of the animals whose cell depends on θ (equation 9.4)."""
        total = statistics.linked + statistics.unlinked
        if not total > 0:
            raise DegenerateComponent(
                "no animal is in a cell whose probability depends on θ, so θ is 0/0; "
                "more animals are needed."
            )
        return type(self)(statistics.linked / total)

    def log_likelihood(self, x: ArrayLike) -> float:
        """Return log p(x; θ), which is multinomial."""
        return self.e_step(x).log_likelihood

    def expected_log_joint(self, statistics: LinkageStatistics) -> float:
        """Evaluate E_q[log p(x, z; θ)]; up to E[log z!], which ``e_step`` leaves out."""
        return float(
            statistics.log_base
            + log_space.times_log(statistics.linked, self.theta / 4)
            + log_space.times_log(statistics.unlinked, (1 - self.theta) / 4)
        )

    def sample(
        self, rng: np.random.Generator, n: int, animals: int = 197
    ) -> tuple[FloatArray, IntArray]:
        """Draw n tables with their z.

        Parameters
        ----------
        n, animals : int
            Tables, and animals in each.

        Returns
        -------
        x : array, (n, 4)
        z : array of int, (n,)
        """
        t = self.theta / 4
        cells = rng.multinomial(animals, [0.5, t, 0.25 - t, 0.25 - t, t], size=n)
        merged = np.hstack([cells[:, :1] + cells[:, 1:2], cells[:, 2:]], dtype=float)
        return merged, cells[:, 1]

    @staticmethod
    def _check_data(x: ArrayLike) -> FloatArray:
        x = arguments.rows("x", x, columns=4)
        arguments.whole_numbers("x", x)
        return x

    @staticmethod
    def _sums(
        x: FloatArray, hidden: FloatArray, log_likelihood: float, log_base: float
    ) -> LinkageStatistics:
        linked = float(hidden.sum() + x[:, 3].sum())
        return LinkageStatistics(len(x), log_likelihood, log_base, linked, float(x[:, 1:3].sum()))
