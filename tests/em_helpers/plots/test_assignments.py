"""Points show the components that they are assigned to."""

import numpy as np

from em_helpers import BinomialMixture, plots, responsibilities


def lines(ax):
    return [line.get_ydata() for line in ax.lines]


def test_soft_labels_mix_colours_and_ring_the_doubtful():
    x, r = np.arange(8.0).reshape(4, 2), np.array([[1, 0], [0, 1], [0.6, 0.4], [0.2, 0.8]])
    ax = plots.soft_assignments(x, r)
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
    ax = plots.hard_assignments(x, [0, 2, 2, 0, 2])
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
    np.testing.assert_array_equal(np.transpose(lines(plots.coin_biases(biases))), biases)


def test_lines_have_their_height_at_the_origin():
    x, r = np.array([3.0, 7.0, 5.0]), np.array([[1, 0], [0.5, 0.5], [0, 1]])
    ax = plots.regression_lines(x, [1.0, 2, 3], r, [[10, 2], [4, -1]], origin=5)
    np.testing.assert_allclose(ax.lines[0].get_xydata(), [[3, 6], [7, 14]])
    np.testing.assert_allclose(ax.lines[1].get_xydata(), [[3, 6], [7, 2]])
    np.testing.assert_allclose(ax.collections[0].get_sizes(), 24 * r[:, 0])
