"""The figures of lesson 9: a map and its staircase, filled gaps, values by method."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from em_helpers import plots


@pytest.fixture(autouse=True)
def no_figures():
    yield
    plt.close("all")


def lines(ax):
    return {line.get_label(): np.array(line.get_data()) for line in ax.lines}


def test_stairs_go_between_the_map_and_the_diagonal():
    values = np.linspace(0, 1, 11)
    ax = plots.em_map(values, 0.5 + 0.2 * values, [0.0, 0.5, 0.6])
    stairs = lines(ax)["iterates"].T
    np.testing.assert_allclose(stairs, [[0, 0], [0, 0.5], [0.5, 0.5], [0.5, 0.6], [0.6, 0.6]])


def test_only_gaps_have_bars():
    x = np.array([[1.0, 2.0], [3.0, np.nan], [4.0, 1.0]])
    ax = plots.filled_gaps(x, [2.0, 5.0, 1.0], [9.0, 0.5, 9.0])
    np.testing.assert_allclose(lines(ax)["recorded"], [[1, 4], [2, 1]])
    (bars,) = ax.collections
    np.testing.assert_allclose(bars.get_segments(), [[[3.0, 4.5], [3.0, 5.5]]])


def test_recorded_and_lost_points_are_told_apart():
    x = np.array([[1.0, 2.0], [3.0, 5.0], [4.0, 1.0]])
    drawn = lines(plots.recorded(x, [True, False, True]))
    np.testing.assert_allclose(drawn["recorded"], [[1, 4], [2, 1]])
    np.testing.assert_allclose(drawn["not recorded"], [[3], [5]])


def test_each_method_has_its_values_and_its_bars():
    curves = {"EM": [3.0, 2.0], "complete rows": [2.5, 1.0]}
    spread = {"EM": [0.1, 0.2], "complete rows": [0.3, 0.4]}
    ax = plots.by_method([0, 8], curves, xlabel="visit", ylabel="score", spread=spread)
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert labels == ["EM", "complete rows"]
    np.testing.assert_allclose(ax.collections[1].get_segments()[1], [[8, 0.6], [8, 1.4]])
    assert len({line.get_linestyle() for line in ax.lines if line.get_linestyle() != "None"}) == 2
