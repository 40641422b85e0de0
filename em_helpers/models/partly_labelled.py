"""A mixture some of whose labels are known: semi-supervised EM."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.models.mixture import Mixture, MixtureStatistics
from em_helpers.models.model import DiscreteModel

UNKNOWN = -1


@dataclass(frozen=True, eq=False)
class PartlyLabelled(DiscreteModel[MixtureStatistics]):
    """A mixture whose data have one more column: z if it is known, and −1 if it is not.

    A known label leaves its row one component, so that row adds log p(x, z; θ) to the
    log-likelihood; an unlabelled row adds log p(x; θ) as before. Everything else is the mixture's.

    Parameters
    ----------
    mixture : a mixture
        The model of the columns before the last.

    Notes
    -----
    Nigam, McCallum, Thrun and Mitchell (2000), Machine Learning 39, 103-134; McLachlan and Peel
    (2000), section 2.19.

    Examples
    --------
    >>> from em_helpers import GaussianMixture, responsibilities
    >>> mixture = GaussianMixture([0.5, 0.5], [[0.0], [1.0]], [[[1.0]], [[1.0]]])
    >>> responsibilities(PartlyLabelled(mixture), [[0.5, -1], [0.5, 1]])
    array([[0.5, 0.5],
           [0. , 1. ]])
    """

    mixture: Mixture[Any]

    forms: ClassVar = {"mixture": "model"}

    @property
    def components(self) -> int:
        """K, the number of the mixture's components."""
        return self.mixture.components

    def log_joint(self, x: ArrayLike) -> FloatArray:
        """Compute log p(x, z=k; θ), and −inf for every k that a row's label excludes (9.29)."""
        data, labels = self._split(x)
        known = (labels != UNKNOWN)[:, None]
        others = np.arange(self.components) != labels[:, None]
        return np.where(known & others, -np.inf, self.mixture.log_joint(data))

    def statistics(self, x: ArrayLike, q: ArrayLike) -> MixtureStatistics:
        """Compute the mixture's statistics at q; at the posterior they are equation 9.30."""
        return self.mixture.statistics(self._split(x)[0], q)

    def m_step(self, statistics: MixtureStatistics) -> Self:
        """Take the mixture's own M-step."""
        return type(self)(self.mixture.m_step(statistics))

    def hard_m_step(self, statistics: MixtureStatistics) -> Self:
        """Take the mixture's own M-step at the statistics of a one-hot q."""
        return type(self)(self.mixture.hard_m_step(statistics))

    def log_prior(self) -> float:
        """Return the mixture's log prior."""
        return self.mixture.log_prior()

    def expected_log_joint(self, statistics: MixtureStatistics) -> float:
        """Evaluate the mixture's Q-function."""
        return self.mixture.expected_log_joint(statistics)

    def expected_row_statistics(self) -> MixtureStatistics:
        """Return the mixture's expected statistics of one row."""
        return self.mixture.expected_row_statistics()

    def _split(self, x: ArrayLike) -> tuple[FloatArray, FloatArray]:
        """The mixture's columns, and the labels."""
        x = arguments.rows("x", x)
        labels = x[:, -1]
        arguments.whole_numbers("the labels, x's last column,", x[:, -1:], UNKNOWN)
        if (labels >= self.components).any():
            row = int(np.argmax(labels))
            raise ValueError(
                f"row {row} of x has the label {labels[row]:g}; 0 to {self.components - 1}, or "
                f"{UNKNOWN} for unknown, were expected."
            )
        return x[:, :-1], labels
