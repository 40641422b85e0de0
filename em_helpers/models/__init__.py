"""What p(x, z; θ) is: each model says its log-joint, its expected statistics and its M-step."""

from em_helpers.models.binomial_mixture import BinomialMixture, BinomialStatistics
from em_helpers.models.gaussian_mixture import GaussianMixture
from em_helpers.models.gaussian_statistics import GaussianStatistics
from em_helpers.models.log_space import log_sum_exp
from em_helpers.models.mixture import DegenerateComponent, log_likelihood, responsibilities

__all__ = [
    "BinomialMixture",
    "BinomialStatistics",
    "DegenerateComponent",
    "GaussianMixture",
    "GaussianStatistics",
    "log_likelihood",
    "log_sum_exp",
    "responsibilities",
]
