"""Figures of objectives over parameters show the numbers that they are given."""

import numpy as np
import pytest

from em_helpers import plots


def lines(ax):
    return {line.get_label(): np.array(line.get_data()) for line in ax.lines}


@pytest.mark.parametrize(("height", "form"), [(3.0, "%.2f"), (400.0, "%.0f")])
def test_contours_are_labelled_as_finely_as_they_need(height, form):
    grid = np.linspace(0, 1, 8)
    heights = height * np.add.outer(grid, grid)
    ax = plots.optimization_paths(
        grid, grid, heights, {"a": [[0, 0], [1, 1]]}, xlabel="a", ylabel="b", zlabel="height"
    )
    bar = next(each for each in ax.get_figure().axes if each is not ax)
    ax.get_figure().canvas.draw()
    value = float(bar.get_yticks()[3])
    assert bar.yaxis.get_major_formatter()(value) == form % value


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
    ax = plots.complete_data_histogram([1.0, 2.0, 2.5, 4.0], {"mean": 2.375, "largest": 4.0})
    assert [line.get_xdata()[0] for line in ax.lines] == [2.375, 4.0]
    assert sum(bar.get_height() for bar in ax.patches) == 4


def test_paths_are_drawn_in_order_over_the_surface():
    first, second = np.linspace(0, 4, 9), np.linspace(10, 12, 5)
    heights = -((first - 1) ** 2) - (second[:, None] - 11) ** 2
    walks = {"EM": [(3.0, 10.5), (1.5, 11.0)], "gradient": [(3.0, 10.5), (2.5, 10.6), (2.0, 10.8)]}
    ax = plots.optimization_paths(first, second, heights, walks, xlabel="a", ylabel="b", zlabel="c")
    for line, walk in zip(ax.lines, walks.values(), strict=True):
        np.testing.assert_array_equal(line.get_xydata(), walk)
    assert ax.get_figure().axes[1].get_ylabel() == "c"


def test_the_midpoint_and_the_average_stand_above_each_other():
    values = np.linspace(-1, 3, 401)
    ax = plots.curve_and_chord(values, -(values**2), (-1, 2), xlabel="θ")
    drawn = lines(ax)
    np.testing.assert_allclose(drawn["chord"], [[-1, 2], [-1, -4]])
    np.testing.assert_allclose(drawn["midpoint"].ravel(), [0.5, -0.25], atol=1e-12)
    np.testing.assert_allclose(drawn["average of the ends"].ravel(), [0.5, -2.5])


def test_the_surface_has_the_first_mean_along_the_horizontal_axis():
    grid = np.linspace(0, 4, 41)
    values = -((grid[:, None] - 1) ** 2) - (grid - 3) ** 2
    ax = plots.means_surface(grid, values, [(1, 3), (3, 1)], unit="min")
    top = ax.collections[0].get_paths()[-1].vertices.mean(axis=0)
    np.testing.assert_allclose(top, [1, 3], atol=0.1)
    np.testing.assert_allclose(lines(ax)["segment"], [[1, 3], [3, 1]])
    assert ax.get_xlabel() == "μ₀ [min]"


def test_narrower_components_stand_to_the_right():
    narrow = np.logspace(1, -3, 9)
    ax = plots.collapsing_component(
        narrow, {"density": -np.log(narrow)}, level=2.0, level_label="a fit", unit="min"
    )
    left, right = ax.get_xlim()
    assert left > right > 0
    np.testing.assert_allclose(lines(ax)["density"][1], -np.log(narrow))
    np.testing.assert_allclose(lines(ax)["a fit"][1], 2.0)


def test_pairs_that_share_no_term_are_dotted():
    hessian = np.array([[-2.0, 0.5, 0.0], [0.5, -1.0, 0.0], [0.0, 0.0, -3.0]])
    ax = plots.hessian_heatmap(hessian, ["a", "b", "c"], title="Two apart", largest=3.0)
    (dots,) = ax.get_lines()
    places = set(zip(*map(tuple, dots.get_data()), strict=True))
    assert places == {(0, 2), (1, 2), (2, 0), (2, 1)}
    (image,) = ax.get_images()
    assert image.get_array()[0, 1] == 0.5
    assert image.get_array().mask[0, 2]
    assert image.get_clim() == (0, 3)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b", "c"]


def test_the_marked_place_is_where_the_curve_has_the_slope():
    eta = np.linspace(-3, 2, 501)
    ax = plots.moment_matching(eta, np.exp(eta), 2.0)
    curve, line, touching, mark = ax.lines
    np.testing.assert_allclose(mark.get_xdata(), np.log(2), atol=0.006)
    np.testing.assert_allclose(mark.get_ydata(), [2, 2 * np.log(2)], atol=0.03)
    np.testing.assert_allclose(line.get_ydata(), 2 * eta)
    assert (touching.get_ydata() <= curve.get_ydata() + 1e-4).all()


def test_nothing_is_marked_where_there_is_no_maximum():
    eta = np.linspace(-3, 2, 501)
    assert len(plots.moment_matching(eta, np.exp(eta), 0.0).lines) == 2
