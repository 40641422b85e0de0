"""The same iterations by scikit-learn."""

import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture as Peer


class PeerEM:
    """scikit-learn's own E-step and M-step, called as its ``fit`` calls them."""

    def __init__(self, x, start):
        components, d = start.means.shape
        self.peer = Peer(components, reg_covar=0.0, max_iter=1, init_params="random")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            self.peer.fit(x[: max(50 * d, 10 * components)])  # sets what fit sets up
        self.x, self.start = x, start
        self.restart()

    def restart(self):
        """Back to θ_0."""
        peer, start = self.peer, self.start
        peer.weights_, peer.means_ = start.weights.copy(), start.means.copy()
        peer.covariances_ = start.covariances.copy()
        factors = np.linalg.inv(np.linalg.cholesky(start.covariances))
        peer.precisions_cholesky_ = np.ascontiguousarray(factors.transpose(0, 2, 1))

    def step(self):
        """One iteration; returns the log-likelihood before it."""
        mean, log_r = self.peer._e_step(self.x)
        self.peer._m_step(self.x, log_r)
        self.peer._compute_lower_bound(log_r, mean)
        return float(mean) * len(self.x)


class OurEM:
    """The same by em_helpers."""

    def __init__(self, x, start):
        self.x, self.start = x, start
        self.restart()

    def restart(self):
        """Back to θ_0."""
        self.model = self.start

    def step(self):
        """One iteration; returns the log-likelihood before it."""
        statistics = self.model.e_step(self.x)
        self.model = self.model.m_step(statistics)
        return statistics.log_likelihood
