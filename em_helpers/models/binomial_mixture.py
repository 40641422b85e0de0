"""The mixture of coins: x heads in n tosses of a coin whose bias is b_k."""

from dataclasses import dataclass

import numpy as np

from em_helpers import arguments
from em_helpers.models import log_space
from em_helpers.models.family_mixture import FamilyMixture, refuse_empty
from em_helpers.models.immutable import keep


@dataclass(frozen=True, eq=False)
class BinomialMixture(FamilyMixture):
    """A set of tosses is made with coin k, of bias b_k, with probability π_k.

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

    biases: np.ndarray
    fixed_weights: bool = False

    def __post_init__(self):
        weights = arguments.distribution("weights", self.weights)
        biases = arguments.probabilities("biases", self.biases, weights.shape, "one bias a coin")
        keep(self, weights=weights, biases=biases)

    @property
    def forms(self):
        """The form of each parameter that is free."""
        free = {"biases": "free"}
        return free if self.fixed_weights else {"weights": "simplex", **free}

    @classmethod
    def from_responsibilities(cls, x, q, fixed_weights=False):
        """The M-step on responsibilities from anywhere; fixed weights are then equal.

        Parameters
        ----------
        x : array_like, (n, 2)
            Heads and tosses of each set.
        q : array_like, (n, K)
        fixed_weights : bool

        Returns
        -------
        BinomialMixture

        Raises
        ------
        ValueError
            ``x`` is not two columns of counts, ``q`` not a distribution in each row, or a coin
            has no toss.
        """
        q = arguments.rows("q", q)
        components = q.shape[1]
        flat, half = np.full(components, 1 / components), np.full(components, 0.5)
        return cls._from(cls(flat, half, fixed_weights), x, q)

    def sample(self, rng, n, tosses=10):
        """Draw n sets of some number of tosses with their coins.

        Parameters
        ----------
        rng : numpy.random.Generator
        n : int
        tosses : int

        Returns
        -------
        x : array, (n, 2)
            Heads and tosses.
        z : array of int, (n,)
        """
        z = rng.choice(self.components, size=n, p=self.weights)
        heads = rng.binomial(tosses, self.biases[z])
        return np.column_stack([heads, np.full(n, tosses)]).astype(float), z

    def _checked(self, x):
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

    @staticmethod
    def _sufficient(x):
        return np.column_stack([x[:, 0], x[:, 1] - x[:, 0]])

    @staticmethod
    def _log_base(x):
        from scipy.special import gammaln

        heads, tosses = x.T
        return gammaln(tosses + 1) - gammaln(heads + 1) - gammaln(tosses - heads + 1)

    def _natural(self):
        return np.column_stack([log_space.log(self.biases), log_space.log_complement(self.biases)])

    def _log_partition(self):
        return np.zeros(self.components)

    def _means(self):
        return np.column_stack([self.biases, 1 - self.biases])

    def _matched(self, weights, counts, sums):
        """Each coin's bias is its expected heads over its expected tosses (equation 3.7)."""
        tosses = sums.sum(axis=1)
        refuse_empty(tosses, "toss")
        return BinomialMixture(weights, sums[:, 0] / tosses, self.fixed_weights)
