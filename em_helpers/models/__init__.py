"""Latent variable models p(x, z; θ), each with its E-step and its M-step.

A model is an immutable value. ``e_step(x)`` gives expected sufficient statistics, which add over
batches of rows, and ``m_step(statistics)`` the model that maximises the expected log-joint.
``Model`` says what every model has, and is the class to derive one's own model from.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "model": ["DiscreteModel", "Model"],
        "mixture": ["Mixture", "MixtureStatistics"],
        "statistics": ["CentredStatistics", "Statistics"],
        "errors": ["DegenerateComponent", "ImpossibleRow"],
        "posterior": ["log_likelihood", "responsibilities"],
        "gaussian_mixture": ["GaussianMixture"],
        "tied_gaussian_mixture": ["TiedGaussianMixture"],
        "diagonal_gaussian_mixture": ["DiagonalGaussianMixture"],
        "spherical_gaussian_mixture": ["SphericalGaussianMixture"],
        "gaussian_prior": ["GaussianPrior"],
        "gaussian_statistics": ["GaussianStatistics"],
        "exponential_family_mixture": [
            "ExponentialFamilyMixture",
            "MomentStatistics",
        ],
        "multinomial_mixture": ["MultinomialMixture"],
        "bernoulli_mixture": ["BernoulliMixture"],
        "poisson_mixture": ["PoissonMixture"],
        "binomial_mixture": ["BinomialMixture"],
        "regression_mixture": ["RegressionMixture", "RegressionStatistics"],
        "normal_with_missing": ["NormalWithMissing"],
        "gaussian_q": ["GaussianQ"],
        "probabilistic_pca": ["FactorStatistics", "ProbabilisticPCA"],
        "coupled_factors": ["CoupledFactors", "CoupledStatistics"],
        "partly_labelled": ["PartlyLabelled"],
        "linkage": ["Linkage", "LinkageStatistics"],
        "coordinates": ["pack", "unpack"],
        "log_space": ["log_sum_exp"],
    },
)
