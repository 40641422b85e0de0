"""Latent variable models p(x, z; θ), each with its E-step and its M-step.

A model is an immutable value. ``e_step(x)`` gives expected sufficient statistics, which add over
batches of rows, and ``m_step(statistics)`` the model that maximises the expected log-joint.
``Model`` says what every model has, and is the class to derive one's own model from.
"""

from em_helpers._lazy import attach

__getattr__, __dir__, __all__ = attach(
    __name__,
    {
        "em_helpers.models.model": ["DiscreteModel", "Model"],
        "em_helpers.models.mixture": ["Mixture", "MixtureStatistics"],
        "em_helpers.models.statistics": ["CentredStatistics", "Statistics"],
        "em_helpers.models.errors": ["DegenerateComponent", "ImpossibleRow"],
        "em_helpers.models.posterior": ["log_likelihood", "responsibilities"],
        "em_helpers.models.gaussian_mixture": ["GaussianMixture"],
        "em_helpers.models.tied_gaussian_mixture": ["TiedGaussianMixture"],
        "em_helpers.models.diagonal_gaussian_mixture": ["DiagonalGaussianMixture"],
        "em_helpers.models.spherical_gaussian_mixture": ["SphericalGaussianMixture"],
        "em_helpers.models.gaussian_prior": ["GaussianPrior"],
        "em_helpers.models.gaussian_statistics": ["GaussianStatistics"],
        "em_helpers.models.exponential_family_mixture": [
            "ExponentialFamilyMixture",
            "MomentStatistics",
        ],
        "em_helpers.models.multinomial_mixture": ["MultinomialMixture"],
        "em_helpers.models.bernoulli_mixture": ["BernoulliMixture"],
        "em_helpers.models.poisson_mixture": ["PoissonMixture"],
        "em_helpers.models.binomial_mixture": ["BinomialMixture"],
        "em_helpers.models.regression_mixture": ["RegressionMixture", "RegressionStatistics"],
        "em_helpers.models.normal_with_missing": ["NormalWithMissing"],
        "em_helpers.models.gaussian_q": ["GaussianQ"],
        "em_helpers.models.probabilistic_pca": ["FactorStatistics", "ProbabilisticPCA"],
        "em_helpers.models.coupled_factors": ["CoupledFactors", "CoupledStatistics"],
        "em_helpers.models.partly_labelled": ["PartlyLabelled"],
        "em_helpers.models.linkage": ["Linkage", "LinkageStatistics"],
        "em_helpers.models.coordinates": ["pack", "unpack"],
        "em_helpers.models.log_space": ["log_sum_exp"],
    },
)
