"""An error names the argument, and says what came and what was expected."""

import re
from dataclasses import fields, replace

import numpy as np
import pytest

from em_helpers import (
    BernoulliMixture,
    BinomialMixture,
    CoupledFactors,
    NormalWithMissing,
    PoissonMixture,
    ProbabilisticPCA,
    RegressionMixture,
)
from tests.support.model_problems import CONTINUOUS, DISCRETE

ALL = DISCRETE | CONTINUOUS


@pytest.mark.parametrize("name", ALL)
def test_a_parameter_that_is_wrong_is_named(name):
    model = ALL[name](np.random.default_rng(0), 9, 3, 2).model
    for field in fields(model):
        value = getattr(model, field.name)
        if not isinstance(value, np.ndarray | float):
            continue
        first = re.escape(str([0] * np.ndim(value)).removeprefix("[]"))
        with pytest.raises(ValueError, match=f"^{field.name}{first} is nan; every entry must"):
            replace(model, **{field.name: np.full(np.shape(value), np.nan)})
        with pytest.raises(ValueError, match=rf"^{field.name} has shape \(2, 2, 5\); .* expected"):
            replace(model, **{field.name: np.ones((2, 2, 5))})


def test_predictors_that_are_wrong_are_named():
    lines, rng = RegressionMixture([1.0], [[1.0, 2.0]], [1.0]), np.random.default_rng(0)
    with pytest.raises(ValueError, match=r"^predictors has 3 columns, but the model's x has 2"):
        lines.sample(rng, np.ones((4, 3)))
    with pytest.raises(ValueError, match=r"^predictors\[1, 0\] is inf"):
        lines.sample(rng, [[1.0, 2.0], [np.inf, 3.0]])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: PoissonMixture([0.5, 0.5], [[1.0]]),
            "rates has shape (1, 1); (2, 1) was expected: one row per component.",
        ),
        (
            lambda: BernoulliMixture([0.5, 0.5], [[0.3]]),
            "probabilities has shape (1, 1); (2, 1) was expected: one row per component.",
        ),
        (
            lambda: BinomialMixture([0.5, 0.5], [0.3]),
            "biases has shape (1,); (2,) was expected: one bias per coin.",
        ),
        (
            lambda: NormalWithMissing([0.0], np.eye(2)),
            "mean has shape (1,); (2,) was expected: one per row of covariance.",
        ),
        (
            lambda: NormalWithMissing([0.0, 1.0], np.ones((2, 3))),
            "covariance has shape (2, 3); (2, 2) was expected: one row per column of x.",
        ),
        (
            lambda: RegressionMixture([0.5, 0.5], [[1.0]], [1.0, 1.0]),
            "coefficients has shape (1, 1); (2, 1) was expected: one row per component.",
        ),
        (
            lambda: RegressionMixture([0.5, 0.5], [[1.0], [2.0]], [1.0]),
            "variances has shape (1,); (2,) was expected: one per component.",
        ),
        (
            lambda: ProbabilisticPCA([0.0, 1.0], [[1.0]], 1.0),
            "mean has shape (2,); (1,) was expected: one per row of the loadings.",
        ),
        (
            lambda: ProbabilisticPCA([0.0], [[1.0]], [1.0]),
            "variance has shape (1,); () was expected: one number.",
        ),
        (
            lambda: CoupledFactors([[1.0]], [0.5, 0.5], 1.0),
            "priors has shape (2,); (1,) was expected: one per factor.",
        ),
        (
            lambda: CoupledFactors([[1.0]], [0.5], [1.0]),
            "variance has shape (1,); () was expected: one number.",
        ),
        (
            lambda: RegressionMixture.from_responsibilities([[1.0], [2.0]], [[1.0], [1.0]]),
            "x has 1 column; predictors, then the response, were expected.",
        ),
    ],
)
def test_a_shape_that_is_wrong_is_explained(make, message):
    with pytest.raises(ValueError, match="^" + re.escape(message) + "$"):
        make()
