"""The figures of lesson 10: distributions over states."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from em_helpers import plots


@pytest.fixture(autouse=True)
def no_figures():
    yield
    plt.close("all")


def test_each_distribution_has_a_bar_at_each_state():
    tables = {"posterior": [0.2, 0.5, 0.3], "q": [0.1, 0.9, 0.0]}
    ax = plots.state_bars(["a", "b", "c"], tables, xlabel="state")
    assert [text.get_text() for text in ax.get_xticklabels()] == ["a", "b", "c"]
    first, second = ax.containers
    np.testing.assert_allclose([bar.get_height() for bar in first], [0.2, 0.5, 0.3])
    np.testing.assert_allclose([bar.get_height() for bar in second], [0.1, 0.9, 0.0])
    centres = np.array([[bar.get_center()[0] for bar in group] for group in (first, second)])
    np.testing.assert_allclose(centres.mean(axis=0), [0, 1, 2], atol=1e-12)
    assert first[0].get_hatch() != second[0].get_hatch()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list(tables)


@pytest.mark.parametrize(("height", "form"), [(3.0, "%.2f"), (400.0, "%.0f")])
def test_contours_are_labelled_as_finely_as_they_need(height, form):
    grid = np.linspace(0, 1, 8)
    heights = height * np.add.outer(grid, grid)
    ax = plots.paths(
        grid, grid, heights, {"a": [[0, 0], [1, 1]]}, xlabel="a", ylabel="b", zlabel="height"
    )
    bar = next(each for each in ax.get_figure().axes if each is not ax)
    ax.get_figure().canvas.draw()
    value = float(bar.get_yticks()[3])
    assert bar.yaxis.get_major_formatter()(value) == form % value
