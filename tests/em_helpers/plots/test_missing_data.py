"""Missing entries and imputed values are told apart from the others."""

import numpy as np

from em_helpers import plots


def lines(ax):
    return {line.get_label(): np.array(line.get_data()) for line in ax.lines}


def test_only_gaps_have_bars():
    x = np.array([[1.0, 2.0], [3.0, np.nan], [4.0, 1.0]])
    ax = plots.imputed_values(x, [2.0, 5.0, 1.0], [9.0, 0.5, 9.0])
    np.testing.assert_allclose(lines(ax)["recorded"], [[1, 4], [2, 1]])
    (bars,) = ax.collections
    np.testing.assert_allclose(bars.get_segments(), [[[3.0, 4.5], [3.0, 5.5]]])


def test_recorded_and_lost_points_are_told_apart():
    x = np.array([[1.0, 2.0], [3.0, 5.0], [4.0, 1.0]])
    drawn = lines(plots.observed_and_missing(x, [True, False, True]))
    np.testing.assert_allclose(drawn["recorded"], [[1, 4], [2, 1]])
    np.testing.assert_allclose(drawn["not recorded"], [[3], [5]])
