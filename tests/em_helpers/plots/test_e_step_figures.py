"""The figures of lesson 3 show what the models say."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from em_helpers import BinomialMixture, GaussianMixture, plots, responsibilities


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


def lines(ax):
    return [line.get_ydata() for line in ax.lines]


def test_posterior_curves_are_joint_curves_over_their_sum():
    model = GaussianMixture([0.3, 0.7], [[1.0], [4.0]], [[[1.0]], [[4.0]]])
    x = np.linspace(-3, 9, 50)
    *joint, total = lines(plots.joint_curves(model, x, xlabel="x", unit="s"))
    posterior = lines(plots.posterior_curves(model, x, xlabel="x"))
    np.testing.assert_allclose(np.array(joint) / total, posterior, rtol=1e-10)


def test_soft_labels_mix_colours_and_ring_the_doubtful():
    x, r = np.arange(8.0).reshape(4, 2), np.array([[1, 0], [0, 1], [0.6, 0.4], [0.2, 0.8]])
    ax = plots.soft_labels(x, r)
    seen = {
        tuple(place): (tuple(face[:3]), len(c.get_edgecolors()) > 0)
        for c in ax.collections
        for place, face in zip(c.get_offsets().tolist(), c.get_facecolors(), strict=False)
    }
    first, second = np.array(seen[0.0, 1.0][0]), np.array(seen[2.0, 3.0][0])
    np.testing.assert_allclose(seen[4.0, 5.0][0], 0.6 * first + 0.4 * second)
    assert [seen[tuple(row)][1] for row in x.tolist()] == [False, False, True, True]


def test_hard_labels_draw_each_component_that_occurs():
    x = np.arange(10.0).reshape(5, 2)
    ax = plots.hard_labels(x, [0, 2, 2, 0, 2])
    assert [c.get_label() for c in ax.collections] == ["ẑ = 0", "ẑ = 2"]
    np.testing.assert_array_equal(ax.collections[1].get_offsets(), x[[1, 2, 4]])


def test_coin_posterior_marks_the_observed_sets():
    model = BinomialMixture([0.4, 0.6], [0.7, 0.3])
    ax = plots.coin_posterior(model, heads=[5, 1, 5], tosses=6)
    curve, observed = ax.lines[:2]
    every = responsibilities(model, np.column_stack([np.arange(7), np.full(7, 6)]))[:, 0]
    np.testing.assert_allclose(curve.get_ydata(), every)
    np.testing.assert_array_equal(observed.get_xdata(), [1, 5])
    np.testing.assert_allclose(observed.get_ydata(), every[[1, 5]])


def test_bias_path_draws_a_line_a_coin():
    biases = np.array([[0.6, 0.5], [0.7, 0.55], [0.72, 0.52]])
    np.testing.assert_array_equal(np.transpose(lines(plots.bias_path(biases))), biases)


def test_shared_slope_draws_the_given_slope_through_each_curve():
    values = np.linspace(0, 4, 81)
    ax = plots.shared_slope(
        values, {"a": values**2, "b": 2 * values - 3}, at=1.0, slope=2.0, xlabel="x", ylabel="y"
    )
    for place, height in ((1, 1.0), (4, -1.0)):
        x, y = ax.lines[place].get_data()
        assert np.interp(1.0, x, y) == pytest.approx(height)
        assert np.diff(y)[0] / np.diff(x)[0] == pytest.approx(2.0)


def test_labellings_put_each_line_where_it_is_said():
    ax = plots.labellings([1.0, 2.0, 2.5, 4.0], {"mean": 2.375, "largest": 4.0})
    assert [line.get_xdata()[0] for line in ax.lines] == [2.375, 4.0]
    assert sum(bar.get_height() for bar in ax.patches) == 4
