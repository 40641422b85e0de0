"""The figures of the evidence lower bound show the numbers that they are given."""

import numpy as np
import pytest

from em_helpers import plots


def legend(ax):
    return [text.get_text() for text in ax.get_legend().get_texts()]


def test_jensen_marks_the_log_of_the_mean_above_the_mean_of_the_logs():
    ax = plots.jensen([0.5, 2.0, 4.0], [0.2, 0.5, 0.3], xlabel="u", ylabel="log u [nats]")
    points = [line for line in ax.lines if len(line.get_xdata()) == 1]
    mean = 0.2 * 0.5 + 0.5 * 2 + 0.3 * 4
    of_logs = 0.2 * np.log(0.5) + 0.5 * np.log(2) + 0.3 * np.log(4)
    assert [p.get_xdata()[0] for p in points] == pytest.approx([mean, mean])
    assert [p.get_ydata()[0] for p in points] == pytest.approx([np.log(mean), of_logs])
    curve, tangent = ax.lines[0].get_ydata(), ax.lines[1].get_ydata()
    assert (tangent >= curve - 1e-12).all()
    assert f"mean of the logs: {of_logs:.2f}" in legend(ax)


def test_bars_of_bound_and_gap_are_stacked_up_to_their_sum():
    low, gaps = np.array([-9.0, -7.5, -7.0]), np.array([3.0, 0.0, 1.25])
    ax = plots.bound_and_gap(low, gaps, labels=["q", "θ", "q"], xlabel="half-step")
    lower, upper = ax.containers
    assert [bar.get_y() + bar.get_height() for bar in lower] == pytest.approx(list(low))
    assert [bar.get_y() for bar in upper] == pytest.approx(list(low))
    assert [bar.get_height() for bar in upper] == pytest.approx(list(gaps))
    assert list(ax.lines[0].get_ydata()) == pytest.approx(list(low + gaps))
    assert ax.get_ylim()[0] < -9
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["q", "θ", "q"]


def test_a_path_over_the_contours_of_the_bound():
    q, theta = np.linspace(0.1, 0.9, 30), np.linspace(-1, 2, 40)
    bound = -((theta[:, None] - 0.3) ** 2) - (q - 0.6) ** 2
    path = [(0.2, 1.5), (0.6, 1.5), (0.6, 0.3)]
    ridges = {"best q": (np.full(40, 0.6), theta)}
    ax = plots.coordinate_ascent(q, theta, bound, ridges, {"up": path})
    (drawn,) = [line for line in ax.lines if line.get_label() == "up"]
    assert np.column_stack(drawn.get_data()).tolist() == [list(point) for point in path]
    assert legend(ax) == ["best q", "up"]


def test_the_gap_between_bound_and_log_likelihood_is_named():
    values = np.linspace(-1, 1, 11)
    curves = -(values**2), -(values**2) - 0.5 * (values + 0.4) ** 2
    ax = plots.bound_under_log_likelihood(
        values, *curves, (-0.4, -0.16), (-0.13, -0.06), gap=(0.6, -0.86, -0.36)
    )
    assert "↕ KL = 0.5 nats" in legend(ax)
    assert len(plots.bound_under_log_likelihood(values, *curves, (0, 0), (0, 0)).texts) == 0


def test_each_climbing_bound_is_marked_where_it_touches():
    values = np.linspace(-1, 1, 21)
    height = -(values**2)
    low = [height - (values - at) ** 2 for at in (-0.5, 0.2)]
    ax = plots.climbing_bounds(values, height, low, [-0.5, 0.2], xlabel="θ")
    marks = [line.get_xydata()[0] for line in ax.lines if len(line.get_xdata()) == 1]
    np.testing.assert_allclose(marks, [[-0.5, -0.25], [0.2, -0.04]])
    assert len(legend(ax)) == 3
