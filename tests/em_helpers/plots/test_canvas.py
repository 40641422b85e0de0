"""Where figures begin and end."""

import matplotlib.pyplot as plt
import numpy as np
import pytest

from em_helpers import plots


@pytest.fixture(autouse=True)
def no_figures():
    yield
    plt.close("all")


def test_axes_come_alone_or_side_by_side():
    assert plots.axes().get_figure().get_size_inches()[0] == 6.4
    pair = plots.axes(2, sharey=True)
    assert len(pair) == 2
    assert pair[0].get_shared_y_axes().joined(*pair)


def test_a_picture_is_shown_with_its_alternative_text(monkeypatch):
    shown = []
    monkeypatch.setattr(plots.canvas, "display", lambda data, **more: shown.append((data, more)))
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
    monkeypatch.setattr(plots.canvas, "display", lambda data, **more: shown.append(data))
    for _ in range(2):
        ax = plots.axes()
        ax.plot([1, 3, 2])
        plots.show(ax, alt="A peak.")
    assert shown[0] == shown[1]


def test_a_picture_without_words_is_refused():
    with pytest.raises(ValueError, match="alt is empty"):
        plots.show(plots.axes(), alt=" ")


def luminance(colour):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.03928, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def test_each_component_has_a_colour_and_a_marker_of_its_own():
    six = [(plots.colour(k), plots.marker(k)) for k in range(6)]
    assert len(set(six)) == len({c for c, _ in six}) == len({m for _, m in six}) == 6
    assert (plots.colour(6), plots.marker(6)) == six[0]
    assert all(1.05 / (luminance(colour) + 0.05) > 2 for colour, _ in six)
