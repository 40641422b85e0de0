"""The mixture of coins: x heads in n tosses of a coin whose bias is b_k."""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from em_helpers import arguments
from em_helpers.models.mixture import DegenerateComponent, normalise


@dataclass(frozen=True, eq=False)
class BinomialStatistics:
    """Expected counts of sets, heads and tosses for each coin, which add over blocks of rows.

    Attributes
    ----------
    rows : int
    log_likelihood : float
    counts, heads, tosses : array, (K,)
    """

    rows: int
    log_likelihood: float
    counts: np.ndarray
    heads: np.ndarray
    tosses: np.ndarray

    def __add__(self, other):
        """The statistics of both sets of cases."""
        return BinomialStatistics(
            self.rows + other.rows,
            self.log_likelihood + other.log_likelihood,
            self.counts + other.counts,
            self.heads + other.heads,
            self.tosses + other.tosses,
        )


@dataclass(frozen=True, eq=False)
class BinomialMixture:
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
    Equations 3.5 to 3.7; Do and Batzoglou (2008), Nature Biotechnology 26, 897-899.
    """

    weights: np.ndarray
    biases: np.ndarray
    fixed_weights: bool = False

    def __post_init__(self):
        weights = arguments.distribution("weights", self.weights)
        biases = arguments.table("biases", self.biases, weights.shape, "one bias a coin")
        if (biases < 0).any() or (biases > 1).any():
            raise ValueError(f"biases are {biases}; each is a probability between 0 and 1.")
        for name, value in (("weights", weights), ("biases", biases)):
            value = value.copy()
            value.flags.writeable = False
            object.__setattr__(self, name, value)

    def log_joint(self, x):
        """log p(x, z=k; θ), the binomial coefficient included (equation 3.5).

        Parameters
        ----------
        x : array_like, (n, 2)
            Heads and tosses of each set.

        Returns
        -------
        array, (n, K)

        Raises
        ------
        ValueError
            ``x`` is not two finite columns with 0 ≤ heads ≤ tosses.
        """
        heads, tosses = self._columns(x)
        coefficient = gammaln(tosses + 1) - gammaln(heads + 1) - gammaln(tosses - heads + 1)
        with np.errstate(divide="ignore"):
            return (
                np.log(self.weights)
                + coefficient[:, None]
                + xlogy(heads[:, None], self.biases)
                + xlog1py((tosses - heads)[:, None], -self.biases)
            )

    def e_step(self, x):
        """Expected sufficient statistics at the posterior.

        Parameters
        ----------
        x : array_like, (n, 2)

        Returns
        -------
        BinomialStatistics

        Raises
        ------
        ValueError
            ``x`` is not two finite columns with 0 ≤ heads ≤ tosses.
        """
        posterior, log_density = normalise(self.log_joint(x))
        return self._statistics(x, posterior, float(log_density.sum()))

    def statistics(self, x, q):
        """The same statistics at any q.

        Parameters
        ----------
        x : array_like, (n, 2)
        q : array_like, (n, K)

        Returns
        -------
        BinomialStatistics
            Its log-likelihood is NaN: q need not be the posterior.

        Raises
        ------
        ValueError
            ``x`` as above, or ``q`` not a distribution in each row.
        """
        q = arguments.row_distributions("q", q, (len(x), self.weights.size))
        return self._statistics(x, q, float("nan"))

    def m_step(self, statistics):
        """Each coin's bias is its expected heads over its expected tosses (equation 3.7).

        Parameters
        ----------
        statistics : BinomialStatistics

        Returns
        -------
        BinomialMixture

        Raises
        ------
        DegenerateComponent
            A coin that is expected to have made no toss.
        """
        if not (statistics.tosses > 0).all():
            k = int(np.argmin(statistics.tosses))
            raise DegenerateComponent(
                f"coin {k} is expected to have made no toss, so its bias is 0/0; "
                f"start it at another bias, or use fewer coins."
            )
        weights = self.weights
        if not self.fixed_weights:
            weights = statistics.counts / statistics.counts.sum()
        return BinomialMixture(weights, statistics.heads / statistics.tosses, self.fixed_weights)

    def _columns(self, x):
        heads, tosses = arguments.rows("x", x, columns=2).T
        if (heads < 0).any() or (heads > tosses).any():
            row = int(np.argmax((heads < 0) | (heads > tosses)))
            raise ValueError(
                f"row {row} of x has {heads[row]:g} heads in {tosses[row]:g} tosses; "
                f"give heads first, then tosses, with 0 ≤ heads ≤ tosses."
            )
        return heads, tosses

    def _statistics(self, x, q, log_likelihood):
        heads, tosses = self._columns(x)
        return BinomialStatistics(
            len(heads), log_likelihood, q.sum(axis=0), heads @ q, tosses @ q
        )
