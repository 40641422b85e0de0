"""Colours and markers."""

import numpy as np

from em_helpers import plots


def luminance(colour):
    channels = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.03928, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def test_each_component_has_a_colour_and_a_marker_of_its_own():
    six = [(plots.colour(k), plots.marker(k)) for k in range(6)]
    assert len(set(six)) == len({c for c, _ in six}) == len({m for _, m in six}) == 6
    assert (plots.colour(6), plots.marker(6)) == six[0]
    assert all(1.05 / (luminance(colour) + 0.05) > 2 for colour, _ in six)
