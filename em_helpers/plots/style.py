"""The course's graphical style: colours, markers, hatches and line styles, each defined once."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from numpy.typing import ArrayLike

Curves = Mapping[str, ArrayLike]
"""The values of several curves by their names in the legend."""

STYLE_SHEET = str(files("em_helpers.plots") / "course.mplstyle")
"""The Matplotlib style sheet of every figure."""

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""The colour-blind safe palette of Okabe and Ito (2008), darkest first."""

MARKERS = ("o", "s", "^", "D", "v", "P")
LINES = ("-", "--", "-.", ":")
HATCHES = ("", "////", "....", "xxxx")

HISTOGRAM: dict[str, Any] = {"color": "#c8c8c8", "edgecolor": "white"}
"""Bars of a histogram that lies behind other curves."""

EMPHASIS: dict[str, Any] = {"markeredgecolor": "black", "markersize": 8, "linestyle": ""}
"""One point that a reader should notice."""


def colour(component: int) -> str:
    """Return the colour of component k."""
    return COLOURS[component % len(COLOURS)]


def marker(component: int) -> str:
    """Return the marker of component k, a second cue for readers who cannot tell colours apart."""
    return MARKERS[component % len(MARKERS)]


def hatch(component: int) -> str:
    """Return the hatch of component k's bars."""
    return HATCHES[component % len(HATCHES)]


def line(component: int) -> dict[str, Any]:
    """Return options of ``Axes.plot`` for the line of component k: its colour and line style."""
    return {"color": colour(component), "linestyle": LINES[component % len(LINES)]}


def line_with_markers(component: int) -> dict[str, Any]:
    """Return options of ``Axes.plot`` for the line of component k with its markers."""
    return {**line(component), "marker": marker(component)}


def points(component: int) -> dict[str, Any]:
    """Return options of ``Axes.plot`` for the points of component k, without a line."""
    return {"color": colour(component), "marker": marker(component), "linestyle": ""}
