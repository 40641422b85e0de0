"""Latent variable models and the EM algorithm: the reference library of the course.

Its packages and modules, in the order in which they import each other:

``models``         what p(x, z; θ) is, its E-step statistics and its M-step
``bounds``         entropy, the evidence lower bound, the Kullback-Leibler divergence
``batches``        data in several parts, also in files larger than memory
``em``             the EM loop; ``monitor``, its record
``initialization`` starts of EM, and restarts
``information``    observed information, the rate of convergence, BIC
``approximate``    hard, Monte Carlo, mean-field, accelerated, incremental and online EM
``checks``         what students call on their answers
``plots``          the figures of the lessons
``datasets``       real data with their sources
``authoring``      from a lesson's source to its notebooks
``grading``        from submissions to points and feedback

The mathematics never imports a plot or a notebook. A name is imported when it is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "models": [
            "BernoulliMixture",
            "BinomialMixture",
            "CoupledFactors",
            "DegenerateComponent",
            "DiagonalGaussianMixture",
            "GaussianMixture",
            "GaussianPrior",
            "GaussianQ",
            "GaussianStatistics",
            "Linkage",
            "MultinomialMixture",
            "NormalWithMissing",
            "PartlyLabelled",
            "PoissonMixture",
            "ProbabilisticPCA",
            "RegressionMixture",
            "SphericalGaussianMixture",
            "TiedGaussianMixture",
            "log_likelihood",
            "log_sum_exp",
            "responsibilities",
        ],
        "bounds": ["elbo", "entropy", "kl_to_posterior"],
        "em": ["fit"],
        "monitor": ["Fit"],
        "initialization": [
            "Restarts",
            "best_of",
            "gaussian_start",
            "kmeans_plus_plus",
            "random_responsibilities",
        ],
        "batches": ["FileBatch", "file_batches"],
        "information": [
            "bic",
            "convergence_rate",
            "observed_information",
            "rate_matrix",
            "standard_errors",
        ],
    },
)
