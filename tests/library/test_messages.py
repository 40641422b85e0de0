"""An error names the argument, and says what came and what was expected."""

import re
from dataclasses import fields, replace

import numpy as np
import pytest

from em_helpers import (
    BernoulliMixture,
    BinomialMixture,
    NormalWithMissing,
    PoissonMixture,
    RegressionMixture,
)
from tests.library.problems import CONTINUOUS, DISCRETE

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


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: PoissonMixture([0.5, 0.5], [[1.0]]),
            r"rates has shape (1, 1); (2, 1) was expected: one row a component.",
        ),
        (
            lambda: BernoulliMixture([0.5, 0.5], [[0.3]]),
            r"probabilities has shape (1, 1); (2, 1) was expected: one row a component.",
        ),
        (
            lambda: BinomialMixture([0.5, 0.5], [0.3]),
            r"biases has shape (1,); (2,) was expected: one bias a coin.",
        ),
        (
            lambda: NormalWithMissing([0.0], np.eye(2)),
            r"mean has shape (1,); (2,) was expected: one a row of covariance.",
        ),
        (
            lambda: NormalWithMissing([0.0, 1.0], np.ones((2, 3))),
            r"covariance has shape (2, 3); (2, 2) was expected: one row a column of x.",
        ),
        (
            lambda: RegressionMixture.from_responsibilities([[1.0], [2.0]], [[1.0], [1.0]]),
            "x has 1 column; predictors, then the response, were expected.",
        ),
    ],
)
def test_a_shape_that_is_wrong_is_explained(make, message):
    with pytest.raises(ValueError) as caught:
        make()
    assert str(caught.value) == message
