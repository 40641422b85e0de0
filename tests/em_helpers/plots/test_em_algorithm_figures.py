"""The figures of lesson 5 show the numbers that they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from em_helpers import plots


@pytest.fixture(autouse=True)
def no_figures():
    yield
    plt.close("all")


def test_the_climb_is_the_trace_with_its_end_marked():
    line, end = plots.climb([-9.0, -4.0, -3.5]).lines
    np.testing.assert_array_equal(line.get_ydata(), [-9.0, -4.0, -3.5])
    np.testing.assert_array_equal(line.get_xdata(), [0, 1, 2])
    assert (end.get_xdata()[0], end.get_ydata()[0]) == (2, -3.5)


def test_gains_stand_over_the_iteration_that_made_them():
    ax = plots.gains({"a": [-9.0, -4.0, -3.5], "b": [-7.0, -6.0]}, tolerances=(0.1,))
    np.testing.assert_allclose(ax.lines[0].get_xydata(), [[1, 5.0], [2, 0.5]])
    np.testing.assert_allclose(ax.lines[1].get_xydata(), [[1, 1.0]])
    assert ax.get_yscale() == "log"
    assert ax.lines[2].get_ydata()[0] == 0.1
    assert [text.get_text() for text in ax.texts] == ["tol = 0.1"]
    styles = {(each.get_color(), each.get_linestyle(), each.get_marker()) for each in ax.lines[:2]}
    assert len(styles) == 2


def test_gaps_are_measured_from_the_top_and_left_out_where_there_is_none():
    ax = plots.gaps({"a": [-9.0, -4.0, -2.0], "b": [-7.0, -12.0, -3.0]}, top=-2.0)
    np.testing.assert_allclose(ax.lines[0].get_xydata(), [[1, 7.0], [2, 2.0]])
    np.testing.assert_allclose(ax.lines[1].get_xydata(), [[1, 5.0], [2, 10.0], [3, 1.0]])


def test_bars_count_the_runs_of_each_way_in_each_bin():
    ax = plots.finals({"a": [-3.5, -3.2, -1.1], "b": [-1.9]}, bins=[-4, -3, -2, -1])
    heights = [bar.get_height() for container in ax.containers for bar in container]
    assert heights == [2, 0, 1, 0, 0, 1]
    assert [len(line.get_xdata()) for line in ax.lines] == [2, 1]


def test_paths_are_drawn_in_order_over_the_surface():
    first, second = np.linspace(0, 4, 9), np.linspace(10, 12, 5)
    heights = -((first - 1) ** 2) - (second[:, None] - 11) ** 2
    walks = {"EM": [(3.0, 10.5), (1.5, 11.0)], "gradient": [(3.0, 10.5), (2.5, 10.6), (2.0, 10.8)]}
    ax = plots.paths(first, second, heights, walks, xlabel="a", ylabel="b", zlabel="c")
    for line, walk in zip(ax.lines, walks.values(), strict=True):
        np.testing.assert_array_equal(line.get_xydata(), walk)
    assert ax.get_figure().axes[1].get_ylabel() == "c"
