"""Latent variable models and the EM algorithm: the reference library of the course.

The rooms, in the order in which they import each other:

``models``    what p(x, z; θ) is, its E-step statistics and its M-step
``bounds``    entropy, the evidence lower bound, the Kullback-Leibler divergence
``em``        the loop
``checks``    what students call on their answers
``plots``     the figures of the lessons
``datasets``  real data with their sources
``authoring`` from a lesson's source to its notebooks
``grading``   from submissions to points and feedback

The mathematics never imports a plot or a notebook.
"""

from em_helpers.bounds import elbo, entropy, kl_to_posterior
from em_helpers.em import Fit, fit
from em_helpers.models import (
    BinomialMixture,
    DegenerateComponent,
    GaussianMixture,
    GaussianStatistics,
    log_likelihood,
    log_sum_exp,
    responsibilities,
)

__all__ = [
    "BinomialMixture",
    "DegenerateComponent",
    "Fit",
    "GaussianMixture",
    "GaussianStatistics",
    "elbo",
    "entropy",
    "fit",
    "kl_to_posterior",
    "log_likelihood",
    "log_sum_exp",
    "responsibilities",
]
