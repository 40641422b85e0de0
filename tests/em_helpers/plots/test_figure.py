"""Axes in the course's style, and pictures with alternative text."""

import matplotlib.pyplot as plt
import pytest

from em_helpers import plots
from em_helpers.plots import figure


def test_axes_come_alone_or_side_by_side():
    assert plots.axes().get_figure().get_size_inches()[0] == 6.4
    pair = plots.axes(2, sharey=True)
    assert len(pair) == 2
    assert pair[0].get_shared_y_axes().joined(*pair)


def test_figures_are_drawn_into_the_axes_that_are_given():
    left, right = plots.axes(2)
    assert plots.coin_biases([[0.2, 0.7]], left) is left
    assert plots.coin_biases([[0.2, 0.7]], ax=right) is right
    assert plots.coin_biases([[0.2, 0.7]]) not in (left, right)
    assert len(plt.get_fignums()) == 2


def test_a_picture_is_shown_with_its_alternative_text(monkeypatch):
    shown = []
    monkeypatch.setattr(figure, "display", lambda data, **more: shown.append((data, more)))
    ax = plots.axes()
    ax.plot([1, 2])
    plots.show(ax, alt="A line that rises from 1 to 2.")
    ((data, more),) = shown
    assert data["image/png"].startswith(b"\x89PNG")
    assert data["text/plain"] == "A line that rises from 1 to 2."
    assert more["metadata"] == {"image/png": {"alt": "A line that rises from 1 to 2."}}
    assert not plt.get_fignums()


def test_the_same_figure_is_the_same_picture(monkeypatch):
    shown = []
    monkeypatch.setattr(figure, "display", lambda data, **more: shown.append(data))
    for _ in range(2):
        ax = plots.axes()
        ax.plot([1, 3, 2])
        plots.show(ax, alt="A peak.")
    assert shown[0] == shown[1]


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="alt is empty"):
        plots.show(plots.axes(), alt=" ")
