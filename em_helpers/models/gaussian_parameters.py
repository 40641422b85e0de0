"""The base class of Gaussian mixtures: checked, immutable parameters, factorised once.

What is here serves safety, speed or rounding; ``gaussian_mixture`` holds the mathematics.
"""

from dataclasses import dataclass
from math import log, pi
from typing import ClassVar, Self

import numpy as np

from em_helpers import arguments
from em_helpers.arguments import FloatArray
from em_helpers.models import cholesky, log_space
from em_helpers.models.errors import DegenerateComponent
from em_helpers.models.gaussian_prior import GaussianPrior
from em_helpers.models.gaussian_statistics import GaussianStatistics
from em_helpers.models.mixture import Mixture

EPSILON = np.finfo(float).eps

COLLAPSED = 1e-14
"""The share of a variance below which what is left of it is rounding."""

SHRUNK = 1e-3
"""The fall of log |Σ|^½ in one step after which a collapse is looked for."""


class _Factorised:
    """What densities need of θ, computed once."""

    _inverse_factors: FloatArray
    _log_volumes: FloatArray
    _log_constants: FloatArray


@dataclass(frozen=True, eq=False)
class GaussianParameters(_Factorised, Mixture[GaussianStatistics]):
    """Weights, means and covariances in one of the forms of Gaussian mixtures.

    A form of covariances is a subclass of ``GaussianMixture`` that replaces
    ``covariance_matrices``, ``repeat_covariance``, ``_factorise`` and ``_pivots`` here, and what
    depends on the form there.
    """

    weights: FloatArray
    means: FloatArray
    covariances: FloatArray
    prior: GaussianPrior | None = None

    forms: ClassVar = {"weights": "simplex", "means": "free", "covariances": "symmetric"}

    def __post_init__(self) -> None:
        weights = arguments.distribution("weights", self.weights)
        means = arguments.rows("means", self.means)
        components, d = weights.size, means.shape[1]
        arguments.table("means", means, (components, d), "one mean per component")
        shape = self.repeat_covariance(np.eye(d), components).shape
        meaning = f"the form of {type(self).__name__}"
        covariances = arguments.table("covariances", self.covariances, shape, meaning)
        if self.forms["covariances"] == "symmetric":
            arguments.symmetric("covariances", covariances)
        if self.prior is not None:
            self.prior.require_dimension(d)
        self._store(weights.copy(), means.copy(), covariances.copy(), self.prior)

    def _store(
        self,
        weights: FloatArray,
        means: FloatArray,
        covariances: FloatArray,
        prior: GaussianPrior | None,
    ) -> Self:
        """Store θ with what its densities need: L_k⁻¹ and log π_k − ½ log |2πΣ_k|."""
        d = means.shape[1]
        factors, log_volumes = self._factorise(covariances, d)
        constants = log_space.log(weights) - (log_volumes + 0.5 * d * log(2 * pi))
        for array in (weights, means, covariances):
            array.setflags(write=False)
        self.__dict__.update(
            weights=weights,
            means=means,
            covariances=covariances,
            prior=prior,
            _inverse_factors=factors,
            _log_volumes=log_volumes,
            _log_constants=constants[:, None],
        )
        return self

    def _successor(self, weights: FloatArray, means: FloatArray, covariances: FloatArray) -> Self:
        """The mixture after an M-step, unless a component has collapsed."""
        try:
            successor = object.__new__(type(self))._store(weights, means, covariances, self.prior)
            if np.count_nonzero(successor._log_volumes < self._log_volumes - SHRUNK):
                _refuse_collapse(successor.means, *successor._pivots())
        except ValueError as error:
            raise DegenerateComponent(
                f"the M-step has no maximum: {error} The likelihood is unbounded there; use "
                f"another start, fewer components or a prior."
            ) from None
        return successor

    @property
    def theta(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """θ as the exercises take it: the tuple (weights, means, covariances)."""
        return self.weights, self.means, self.covariances

    def covariance_matrices(self) -> FloatArray:
        """Return Σ_k in full, (K, d, d), whatever the form of ``covariances``."""
        return np.broadcast_to(self.covariances, (self.components, *self.covariances.shape[-2:]))

    @staticmethod
    def repeat_covariance(covariance: FloatArray, components: int) -> FloatArray:
        """Give one covariance to every component, in the form of ``covariances``.

        Parameters
        ----------
        covariance : array, (d, d)

        Returns
        -------
        array, of the shape of ``covariances``
        """
        return np.repeat(covariance[None], components, axis=0)

    @staticmethod
    def _factorise(covariances: FloatArray, d: int) -> tuple[FloatArray, FloatArray]:
        """L_k⁻¹, and log |Σ_k|^½ = Σ_i log (L_k)_ii (equation 3.9)."""
        inverses = cholesky.inverse_factors("covariances", covariances.reshape(-1, d, d))
        pivots = inverses.diagonal(axis1=1, axis2=2)
        return inverses, -np.add.reduce(np.log(pivots), axis=1)

    def _pivots(self) -> tuple[FloatArray, FloatArray]:
        """(Σ_k)_ii and 1 / (L_k)_ii."""
        variances = self.covariances.diagonal(axis1=-2, axis2=-1)
        return variances, self._inverse_factors.diagonal(axis1=1, axis2=2)

    @classmethod
    def _uninformed(cls, x: FloatArray, components: int) -> tuple[FloatArray, ...]:
        means = np.tile(x.mean(axis=0), (components, 1))
        return means, cls.repeat_covariance(np.eye(x.shape[1]), components)


def _refuse_collapse(means: FloatArray, variances: FloatArray, inverse_pivots: FloatArray) -> None:
    """Raise a ValueError if a variance is a rounding error of its coordinate or of its mean.

    The pivot (L_k)²_ii of Σ_k = L_k L_kᵀ is what is left of coordinate i's variance after the
    coordinates before it have explained their part. ``variances`` are (Σ_k)_ii and
    ``inverse_pivots`` 1 / (L_k)_ii; both broadcast to the shape of ``means``, (K, d).
    """
    floors = COLLAPSED * variances + (2 * EPSILON * means) ** 2
    collapsed = floors * inverse_pivots**2 > 1
    if np.count_nonzero(collapsed):
        k, i = np.argwhere(collapsed)[0]
        raise ValueError(
            f"component {k} has collapsed: given the coordinates before it, its coordinate {i} "
            f"has no variance beyond rounding, because its points lie on fewer than d + 1 "
            f"distinct places, or a column repeats others."
        )
