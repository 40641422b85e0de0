"""Figures of runs show the numbers that they are given."""

import numpy as np
import pytest

from em_helpers import plots


def lines(ax):
    return {line.get_label(): np.array(line.get_data()) for line in ax.lines}


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_shrinking_numbers_lie_on_the_line_of_their_factor():
    values = 3 * 0.8 ** np.arange(20)
    ax = plots.linear_convergence(
        {"error": values, "gap": values**2}, {"error": 0.8}, ylabel="error"
    )
    curve, line, _, other = ax.lines
    np.testing.assert_allclose(curve.get_ydata(), values)
    np.testing.assert_allclose(line.get_ydata(), values)
    np.testing.assert_allclose(other.get_ydata(), values**2)
    assert ax.get_yscale() == "log"
    assert legend(ax) == ["error", "factor 0.8000", "gap"]


def test_a_wrong_factor_gives_a_line_that_leaves_the_curve():
    values = 0.8 ** np.arange(21)
    curve, line, _ = plots.linear_convergence({"e": values}, {"e": 0.9}, ylabel="error").lines
    assert line.get_ydata()[10] == pytest.approx(curve.get_ydata()[10])
    assert line.get_ydata()[-1] > 2 * curve.get_ydata()[-1]


def test_zeros_are_left_out_of_a_logarithmic_curve():
    (curve,) = plots.linear_convergence({"e": [1.0, 0.0, 0.25, 0.0]}, ylabel="error").lines
    assert list(curve.get_xdata()) == [0, 2]


def test_the_climb_is_the_trace_with_its_end_marked():
    line, end = plots.log_likelihood_trace([-9.0, -4.0, -3.5]).lines
    np.testing.assert_array_equal(line.get_ydata(), [-9.0, -4.0, -3.5])
    np.testing.assert_array_equal(line.get_xdata(), [0, 1, 2])
    assert (end.get_xdata()[0], end.get_ydata()[0]) == (2, -3.5)


def test_gains_stand_over_the_iteration_that_made_them():
    ax = plots.gain_per_iteration({"a": [-9.0, -4.0, -3.5], "b": [-7.0, -6.0]}, tolerances=(0.1,))
    np.testing.assert_allclose(ax.lines[0].get_xydata(), [[1, 5.0], [2, 0.5]])
    np.testing.assert_allclose(ax.lines[1].get_xydata(), [[1, 1.0]])
    assert ax.get_yscale() == "log"
    assert ax.lines[2].get_ydata()[0] == 0.1
    assert [text.get_text() for text in ax.texts] == ["tol = 0.1"]
    styles = {(each.get_color(), each.get_linestyle(), each.get_marker()) for each in ax.lines[:2]}
    assert len(styles) == 2


def test_gaps_are_measured_from_the_top_and_left_out_where_there_is_none():
    ax = plots.gap_to_maximum({"a": [-9.0, -4.0, -2.0], "b": [-7.0, -12.0, -3.0]}, maximum=-2.0)
    np.testing.assert_allclose(ax.lines[0].get_xydata(), [[1, 7.0], [2, 2.0]])
    np.testing.assert_allclose(ax.lines[1].get_xydata(), [[1, 5.0], [2, 10.0], [3, 1.0]])


def test_bars_count_the_runs_of_each_way_in_each_bin():
    ax = plots.final_log_likelihoods({"a": [-3.5, -3.2, -1.1], "b": [-1.9]}, bins=[-4, -3, -2, -1])
    heights = [bar.get_height() for container in ax.containers for bar in container]
    assert heights == [2, 0, 1, 0, 0, 1]
    assert [len(line.get_xdata()) for line in ax.lines] == [2, 1]


def test_stairs_go_between_the_map_and_the_diagonal():
    values = np.linspace(0, 1, 11)
    ax = plots.em_map(values, 0.5 + 0.2 * values, [0.0, 0.5, 0.6])
    stairs = lines(ax)["iterates"].T
    np.testing.assert_allclose(stairs, [[0, 0], [0, 0.5], [0.5, 0.5], [0.5, 0.6], [0.6, 0.6]])


def test_a_run_is_a_point_and_kinds_differ_in_two_cues():
    runs = {"a": ([-3.0, -2.0], [0.5, 0.9]), "b": ([-4.0], [0.7])}
    ax = plots.accuracy_by_objective(runs, reference=("truth", -2.5, 1.0), xlabel="end")
    first, second, truth = ax.lines
    np.testing.assert_array_equal(first.get_xydata(), [[-3, 0.5], [-2, 0.9]])
    np.testing.assert_array_equal(truth.get_xydata(), [[-2.5, 1]])
    assert first.get_color() != second.get_color()
    assert first.get_marker() != second.get_marker()
