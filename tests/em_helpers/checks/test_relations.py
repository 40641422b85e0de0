"""Two numbers that a law makes one, and the problems where densities vanish or overlap."""

import numpy as np
import pytest

from em_helpers import responsibilities
from em_helpers.checks import LawBroken, alike, problems


def test_alike_takes_a_difference_of_rounding():
    alike("a", np.array([1.0, -2e5]), "b", [1.0 + 0.1, -2e5 * (1 + 2e-7)], law="one number")


@pytest.mark.parametrize("value", [[3.0, 1.0], [3.0, np.nan], [np.inf, 2.0]])
def test_alike_tells_both_numbers_where_they_differ_most(value):
    with pytest.raises(LawBroken) as broken:
        alike("the odds", np.array(value), "the ratio", np.array([3.0, 2.0]), law="one number")
    assert broken.value.law == "one number"
    assert "the odds[" in str(broken.value)
    assert "the ratio[" in str(broken.value)


def test_alike_counts_absolutely_where_zero_is_expected():
    alike("a", 5e-7, "b", 0.0, law="one number")
    with pytest.raises(LawBroken, match="a is 5e-06, but b is 0"):
        alike("a", 5e-6, "b", 0.0, law="one number")


@pytest.mark.parametrize("components", [2, 3, 5])
def test_far_points_have_no_density_left_and_are_in_doubt(components):
    x, model = problems.far_mixture(np.random.default_rng(components), 40, components)
    assert x.shape == (40, components + 1)
    densities = np.exp(model.log_joint(x))
    assert (densities[0] > 0).any()
    assert (densities[1:] == 0).all()
    assert np.median(responsibilities(model, x).max(axis=1)) < 0.95


def test_overlapping_components_leave_most_points_in_doubt():
    rng = np.random.default_rng(8)
    largest = [
        responsibilities(model, x).max(axis=1)
        for n, d, components in problems.SIZES
        if components > 1
        for x, model in [problems.overlapping(rng, n, d, components)]
    ]
    assert np.median(np.concatenate(largest)) < 0.9
