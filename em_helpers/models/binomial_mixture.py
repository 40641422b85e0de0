"""The mixture of coins: x heads in n tosses of a coin whose bias is b_k."""

from dataclasses import dataclass
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike

from em_helpers import arguments
from em_helpers.arguments import FloatArray, IntArray
from em_helpers.models import log_space
from em_helpers.models.exponential_family_mixture import ExponentialFamilyMixture
from em_helpers.models.mixture import require_responsibility
from em_helpers.models.model import freeze_parameters


@dataclass(frozen=True, eq=False)
class BinomialMixture(ExponentialFamilyMixture):
    """A mixture over sets of tosses, each made with coin k, of bias b_k, with probability π_k.

    Data have two columns: the heads and the tosses of each set.

    Parameters
    ----------
    weights : array_like, (K,)
        π, summing to one.
    biases : array_like, (K,)
        Each coin's probability of heads, in [0, 1].
    fixed_weights : bool
        Keep π in the M-step, as Do and Batzoglou (2008) do.

    Raises
    ------
    ValueError
        Weights that are no distribution, another number of biases, a bias outside [0, 1].

    Notes
    -----
    Equations 3.5 to 3.7; Do and Batzoglou (2008), Nature Biotechnology 26, 897-899. As a family:
    T(x) = (heads, tails), η = (log b, log (1 − b)), A = 0 and h the binomial coefficient.

    Examples
    --------
    >>> coins = BinomialMixture([0.5, 0.5], [0.6, 0.5])
    >>> coins.m_step(coins.e_step([[5, 10], [9, 10]])).biases.round(3)
    array([0.757, 0.605])
    """

    weights: FloatArray
    biases: FloatArray
    fixed_weights: bool = False

    forms: ClassVar = {"weights": "simplex", "biases": "free"}

    def __post_init__(self) -> None:
        weights = arguments.distribution("weights", self.weights)
        biases = arguments.probabilities("biases", self.biases, weights.shape, "one bias per coin")
        freeze_parameters(self, weights=weights, biases=biases)

    def _draw(self, rng: np.random.Generator, z: IntArray, tosses: int = 10) -> FloatArray:
        heads = rng.binomial(tosses, self.biases[z])
        return np.column_stack([heads, np.full(len(z), tosses)]).astype(float)

    def check_data(self, x: ArrayLike) -> FloatArray:
        """Return the data, after checking that they are counts with 0 ≤ heads ≤ tosses."""
        x = arguments.rows("x", x, columns=2)
        heads, tosses = x.T
        if (heads < 0).any() or (heads > tosses).any():
            row = int(np.argmax((heads < 0) | (heads > tosses)))
            raise ValueError(
                f"row {row} of x has {heads[row]:g} heads in {tosses[row]:g} tosses; "
                f"give heads first, then tosses, with 0 ≤ heads ≤ tosses."
            )
        arguments.whole_numbers("x", x)
        return x

    def sufficient_statistics(self, x: FloatArray) -> FloatArray:
        """Compute T(x) = (heads, tails)."""
        return np.column_stack([x[:, 0], x[:, 1] - x[:, 0]])

    def log_base_measure(self, x: FloatArray) -> FloatArray:
        """Compute the log of the binomial coefficient."""
        from scipy.special import gammaln

        heads, tosses = x.T
        return gammaln(tosses + 1) - gammaln(heads + 1) - gammaln(tosses - heads + 1)

    def natural_parameters(self) -> FloatArray:
        """Return η = (log b, log (1 − b))."""
        return np.column_stack([log_space.log(self.biases), log_space.log_complement(self.biases)])

    def mean_parameters(self) -> FloatArray:
        """Return E[T] = (b, 1 − b) of one toss."""
        return np.column_stack([self.biases, 1 - self.biases])

    def match_moments(self, weights: FloatArray, counts: FloatArray, sums: FloatArray) -> Self:
        """Set each bias to the expected heads over the expected tosses (equation 3.7)."""
        tosses = sums.sum(axis=1)
        require_responsibility(tosses, "tosses")
        return type(self)(weights, sums[:, 0] / tosses, self.fixed_weights)

    @classmethod
    def _uninformed(cls, x: FloatArray, components: int) -> tuple[FloatArray, ...]:
        return (np.full(components, 0.5),)
