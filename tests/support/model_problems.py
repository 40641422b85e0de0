"""One random problem for each model: unequal weights, correlated noise, components that overlap."""

import os
from dataclasses import dataclass

import numpy as np
from hypothesis import settings

from em_helpers import (
    BernoulliMixture,
    BinomialMixture,
    CoupledFactors,
    DiagonalGaussianMixture,
    GaussianMixture,
    GaussianPrior,
    Linkage,
    MultinomialMixture,
    NormalWithMissing,
    PartlyLabelled,
    PoissonMixture,
    ProbabilisticPCA,
    RegressionMixture,
    SphericalGaussianMixture,
    TiedGaussianMixture,
)


def examples(count):
    """So many random problems; a share of them where ``FEWER_EXAMPLES`` says so, as mutmut does."""
    return settings(max_examples=max(3, count // int(os.environ.get("FEWER_EXAMPLES", "1"))))


@dataclass(frozen=True)
class Problem:
    """A model, and data that another model of its class gave."""

    model: object
    x: np.ndarray


def weights(rng, components):
    return 0.3 / components + 0.7 * rng.dirichlet(np.full(components, 1.5))


def matrices(rng, components, d):
    roots = rng.normal(size=(components, d, d))
    scales = rng.uniform(0.4, 2.5, (components, 1, 1))
    return scales * (roots @ roots.transpose(0, 2, 1) / d + 0.3 * np.eye(d))


def prior_for(rng, d):
    return GaussianPrior(0.3 * matrices(rng, 1, d)[0], rng.uniform(0, d + 3), rng.uniform(1, 2))


def gaussian(family, with_prior):
    def problem(rng, n, d, components):
        x = GaussianMixture(
            weights(rng, components),
            rng.normal(1.5, 2.0, (components, d)),
            matrices(rng, components, d),
        ).sample(rng, n)[0]
        covariances = matrices(rng, components, d)
        form = {
            TiedGaussianMixture: covariances[0],
            DiagonalGaussianMixture: covariances.diagonal(axis1=1, axis2=2),
            SphericalGaussianMixture: covariances[:, 0, 0],
        }.get(family, covariances)
        means = rng.normal(1.5, 2.0, (components, d))
        prior = prior_for(rng, d) if with_prior else None
        return Problem(family(weights(rng, components), means, form, prior), x)

    return problem


def poisson(rng, n, d, components):
    def model():
        return PoissonMixture(weights(rng, components), rng.gamma(1.5, 2.0, (components, d)))

    return Problem(model(), model().sample(rng, n)[0])


def multinomial(pseudo_count):
    def problem(rng, n, d, components):
        def model():
            table = rng.dirichlet(np.full(d + 2, 1.0), size=components)
            return MultinomialMixture(weights(rng, components), table, pseudo_count)

        return Problem(model(), model().sample(rng, n, words=int(rng.integers(1, 12)))[0])

    return problem


def bernoulli(pseudo_count):
    def problem(rng, n, d, components):
        def model():
            table = rng.uniform(0.05, 0.95, (components, d))
            return BernoulliMixture(weights(rng, components), table, pseudo_count)

        return Problem(model(), model().sample(rng, n)[0])

    return problem


def binomial(fixed_weights):
    def problem(rng, n, d, components):
        def model():
            biases = rng.uniform(0.05, 0.95, components)
            return BinomialMixture(weights(rng, components), biases, fixed_weights)

        tosses = rng.integers(1, 9, n)
        heads = rng.binomial(tosses, rng.uniform(0.1, 0.9, n))
        return Problem(model(), np.column_stack([heads, tosses]).astype(float))

    return problem


def regression(rng, n, d, components):
    def model():
        return RegressionMixture(
            weights(rng, components),
            rng.normal(0, 2, (components, d)),
            rng.uniform(0.3, 2.0, components),
        )

    predictors = np.column_stack([np.ones(n), rng.normal(1.0, 1.5, (n, d - 1))])
    return Problem(model(), model().sample(rng, predictors)[0])


def partly_labelled(rng, n, d, components):
    inner = gaussian(GaussianMixture, False)(rng, n, d, components)
    labels = rng.integers(-1, components, n)
    return Problem(PartlyLabelled(inner.model), np.column_stack([inner.x, labels]))


def coupled(rng, n, d, components):
    def model():
        return CoupledFactors(
            rng.normal(0, 1.5, (components, d)),
            rng.uniform(0.2, 0.8, components),
            rng.uniform(0.3, 1.5),
        )

    return Problem(model(), model().sample(rng, n)[0])


def linkage(rng, n, d, components):
    theta = rng.uniform(0.1, 0.9)
    x = Linkage(theta).sample(rng, n, animals=int(rng.integers(2, 12)))[0]
    return Problem(Linkage(rng.uniform(0.1, 0.9)), x)


def with_missing(fixed_mean):
    def problem(rng, n, d, components):
        model = NormalWithMissing(rng.normal(1, 2, d), matrices(rng, 1, d)[0], fixed_mean)
        x = NormalWithMissing(rng.normal(1, 2, d), matrices(rng, 1, d)[0]).sample(rng, n)
        x[rng.random(x.shape) < 0.25] = np.nan
        return Problem(model, x)

    return problem


def principal(rng, n, d, components):
    d, factors = d + 2, min(components, d)

    def model():
        loadings = rng.normal(0, 1.2, (d, factors))
        return ProbabilisticPCA(rng.normal(1, 2, d), loadings, rng.uniform(0.3, 1.5))

    return Problem(model(), model().sample(rng, n)[0])


DISCRETE = {
    "full": gaussian(GaussianMixture, False),
    "tied": gaussian(TiedGaussianMixture, False),
    "diagonal": gaussian(DiagonalGaussianMixture, False),
    "spherical": gaussian(SphericalGaussianMixture, False),
    "full, prior": gaussian(GaussianMixture, True),
    "tied, prior": gaussian(TiedGaussianMixture, True),
    "diagonal, prior": gaussian(DiagonalGaussianMixture, True),
    "spherical, prior": gaussian(SphericalGaussianMixture, True),
    "poisson": poisson,
    "multinomial": multinomial(0.0),
    "multinomial, smoothed": multinomial(0.4),
    "bernoulli": bernoulli(0.0),
    "bernoulli, smoothed": bernoulli(0.3),
    "binomial": binomial(False),
    "binomial, fixed weights": binomial(True),
    "regression": regression,
    "partly labelled": partly_labelled,
    "coupled": coupled,
    "linkage": linkage,
}
"""Models whose z is discrete: a problem is made of a generator, n, d and K."""

CONTINUOUS = {
    "missing": with_missing(False),
    "missing, fixed mean": with_missing(True),
    "principal": principal,
}
"""Models whose z is real numbers."""

MIXTURES = {name: DISCRETE[name] for name in DISCRETE if name not in ("coupled", "linkage")}
"""Models with components that can be permuted."""
