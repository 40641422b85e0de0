"""The figures of lesson 7 show the numbers that they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from em_helpers import plots


@pytest.fixture(autouse=True)
def no_figures():
    yield
    plt.close("all")


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_shrinking_numbers_lie_on_the_line_of_their_factor():
    values = 3 * 0.8 ** np.arange(20)
    ax = plots.shrinking({"error": values, "gap": values**2}, {"error": 0.8}, ylabel="error")
    curve, line, _, other = ax.lines
    np.testing.assert_allclose(curve.get_ydata(), values)
    np.testing.assert_allclose(line.get_ydata(), values)
    np.testing.assert_allclose(other.get_ydata(), values**2)
    assert ax.get_yscale() == "log"
    assert legend(ax) == ["error", "factor 0.8000", "gap"]


def test_a_wrong_factor_gives_a_line_that_leaves_the_curve():
    values = 0.8 ** np.arange(21)
    curve, line, _ = plots.shrinking({"e": values}, {"e": 0.9}, ylabel="error").lines
    assert line.get_ydata()[10] == pytest.approx(curve.get_ydata()[10])
    assert line.get_ydata()[-1] > 2 * curve.get_ydata()[-1]


def test_zeros_are_left_out_of_a_logarithmic_curve():
    (curve,) = plots.shrinking({"e": [1.0, 0.0, 0.25, 0.0]}, ylabel="error").lines
    assert list(curve.get_xdata()) == [0, 2]


def test_each_criterion_is_marked_where_it_is_smallest():
    ax = plots.criteria([2, 3, 4], {"free": [5.0, 7.0, 9.0], "tied": [6.0, 4.0, 8.0]}, ylabel="BIC")
    rings = [line.get_xydata()[0].tolist() for line in ax.lines if len(line.get_xdata()) == 1]
    assert rings == [[2.0, 5.0], [3.0, 4.0]]
    assert legend(ax) == ["free: smallest at K = 2", "tied: smallest at K = 3"]
