"""The figures of lesson 8 show the numbers that they are given."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from em_helpers import plots


@pytest.fixture(autouse=True)
def no_figures():
    yield
    plt.close("all")


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


def test_words_come_with_the_largest_score_first():
    words = ["a", "b", "c", "d"]
    panels = plots.top_words(
        words, [[0.1, 0.4, 0.2, 0.0], [0.3, -0.1, 0.0, 0.9]], titles=["x", "y"], words=2, xlabel="g"
    )
    shown = [[tick.get_text() for tick in panel.get_yticklabels()] for panel in panels]
    assert shown == [["b", "c"], ["d", "a"]]
    assert [bar.get_width() for bar in panels[1].patches] == [0.9, 0.3]
    assert panels[0].get_ylim()[0] > panels[0].get_ylim()[1]


def test_pixels_are_drawn_on_one_scale():
    images = np.arange(8.0).reshape(2, 2, 2) / 10
    panels = plots.pixel_images(images, titles=["a", "b"])
    for panel, image in zip(panels, images, strict=True):
        np.testing.assert_array_equal(panel.images[0].get_array(), image)
        assert panel.images[0].get_clim() == (0, 1)
    assert [panel.get_title() for panel in panels] == ["a", "b"]


def test_panels_of_a_larger_figure_are_drawn_into():
    _, (above, below) = plt.subplots(2, 2)
    panels = plots.pixel_images(np.eye(2)[None].repeat(2, axis=0), titles=["a", "b"], ax=above)
    assert list(panels) == list(above)
    assert above[1].get_title() == "b"
    scores = [[0.1, 0.4], [0.3, 0.2]]
    panels = plots.top_words(["a", "b"], scores, titles=["x", "y"], words=1, xlabel="g", ax=below)
    assert list(panels) == list(below)
    assert below[0].get_yticklabels()[0].get_text() == "b"
    assert len(plt.get_fignums()) == 1


def test_a_run_is_a_point_and_kinds_differ_in_two_cues():
    runs = {"a": ([-3.0, -2.0], [0.5, 0.9]), "b": ([-4.0], [0.7])}
    ax = plots.agreement_of_runs(runs, reference=("truth", -2.5, 1.0), xlabel="end")
    first, second, truth = ax.lines
    np.testing.assert_array_equal(first.get_xydata(), [[-3, 0.5], [-2, 0.9]])
    np.testing.assert_array_equal(truth.get_xydata(), [[-2.5, 1]])
    assert first.get_color() != second.get_color()
    assert first.get_marker() != second.get_marker()


def test_gains_stand_over_their_number_of_components():
    ax = plots.held_out_gains([2, 4, 8], {"a": [0.1, 0.2, -0.1]}, ylabel="gain")
    np.testing.assert_array_equal(ax.lines[1].get_xydata(), [[2, 0.1], [4, 0.2], [8, -0.1]])
    assert set(ax.lines[0].get_ydata()) == {0}
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["2", "4", "8"]


def test_lines_have_their_height_at_the_origin():
    x, r = np.array([3.0, 7.0, 5.0]), np.array([[1, 0], [0.5, 0.5], [0, 1]])
    ax = plots.regression_lines(x, [1.0, 2, 3], r, [[10, 2], [4, -1]], origin=5)
    np.testing.assert_allclose(ax.lines[0].get_xydata(), [[3, 6], [7, 14]])
    np.testing.assert_allclose(ax.lines[1].get_xydata(), [[3, 6], [7, 2]])
    np.testing.assert_allclose(ax.collections[0].get_sizes(), 24 * r[:, 0])
