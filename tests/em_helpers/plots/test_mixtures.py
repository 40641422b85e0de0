"""What is drawn of a mixture is what the model says."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from em_helpers import GaussianMixture, plots


@pytest.fixture
def mixture():
    model = GaussianMixture(
        [0.3, 0.7], [[0.0, 1.0], [3.0, -1.0]], [[[1.0, 0.4], [0.4, 0.5]], [[0.5, 0.0], [0.0, 2.0]]]
    )
    return *model.sample(np.random.default_rng(5), 90), model


def lines(ax):
    return [line.get_ydata() for line in ax.lines]


def test_posterior_curves_are_joint_curves_over_their_sum():
    model = GaussianMixture([0.3, 0.7], [[1.0], [4.0]], [[[1.0]], [[4.0]]])
    x = np.linspace(-3, 9, 50)
    *joint, total = lines(plots.joint_curves(model, x, xlabel="x", unit="s"))
    posterior = lines(plots.posterior_curves(model, x, xlabel="x"))
    np.testing.assert_allclose(np.array(joint) / total, posterior, rtol=1e-10)


def test_three_views_of_one_mixture(mixture):
    x, z, model = mixture
    labelled, unlabelled, surface = plots.mixture_views(x, z, model, labels=("a [m]", "b [s]"))
    drawn = [points.get_offsets() for points in labelled.collections]
    assert [len(each) for each in drawn] == [(z == 0).sum(), (z == 1).sum()]
    np.testing.assert_array_equal(drawn[0], x[z == 0])
    np.testing.assert_array_equal(unlabelled.collections[0].get_offsets(), x)
    assert surface.name == "3d"
    peak = np.exp(model.log_joint(model.means)).sum(axis=1).max()
    assert surface.get_zlim()[1] == pytest.approx(peak, rel=0.05)
    assert (surface.get_xlabel(), surface.get_ylabel()) == ("a [m]", "b [s]")
    said = [text.get_text() for text in labelled.get_legend().get_texts()]
    assert said == [f"z = {k}: {np.mean(z == k):.0%}" for k in (0, 1)]


def test_three_views_on_axes_that_are_given(mixture):
    figure = plt.figure()
    given = [figure.add_subplot(1, 3, i + 1, projection="3d" if i == 2 else None) for i in range(3)]
    assert list(plots.mixture_views(*mixture, given)) == given


def test_densities_over_a_histogram():
    values = np.array([1.0, 2.0, 2.5, 7.0])
    model = GaussianMixture([0.25, 0.75], [[1.0], [6.0]], [[[1.0]], [[4.0]]])
    ax = plots.densities_over_histogram(
        values, {"two": model}, bins=[0, 4, 8], xlabel="wait [min]", unit="min"
    )
    assert [bar.get_height() for bar in ax.patches] == [3 / 16, 1 / 16]
    (line,) = ax.get_lines()
    at, density = line.get_data()
    by_hand = (
        0.25 * np.exp(-((at - 1) ** 2) / 2) + 0.375 * np.exp(-((at - 6) ** 2) / 8)
    ) / np.sqrt(2 * np.pi)
    np.testing.assert_allclose(density, by_hand, rtol=1e-9)
    assert ax.get_ylabel() == "density [1/min]"


def test_clouds_side_by_side_share_their_range():
    clouds = {"data": np.array([[0.0, 1.0], [2.0, 5.0]]), "drawn": np.array([[-3.0, 9.0]])}
    panels = plots.point_clouds(clouds, labels=("a [m]", "b [s]"))
    assert [panel.get_title() for panel in panels] == ["data", "drawn"]
    np.testing.assert_array_equal(panels[0].collections[0].get_offsets(), clouds["data"])
    assert panels[0].get_xlim() == panels[1].get_xlim()
    assert (panels[0].get_ylabel(), panels[1].get_ylabel()) == ("b [s]", "")
    given = plots.axes(2)
    assert plots.point_clouds(clouds, given) is given


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
