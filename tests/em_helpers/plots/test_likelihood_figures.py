"""The figures of lesson 2: chords, the surface over two means, a narrowing component."""

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
    ax = plots.narrowing(
        narrow, {"density": -np.log(narrow)}, level=2.0, level_label="a fit", unit="min"
    )
    left, right = ax.get_xlim()
    assert left > right > 0
    np.testing.assert_allclose(lines(ax)["density"][1], -np.log(narrow))
    np.testing.assert_allclose(lines(ax)["a fit"][1], 2.0)
