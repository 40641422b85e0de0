"""The figures of the lessons: each takes numbers and an Axes, and returns the Axes.

``show`` ends a figure's cell: it displays the picture with its alternative text.
"""

from em_helpers.plots.canvas import axes, show
from em_helpers.plots.palette import COLOURS, MARKERS, colour, marker

__all__ = ["COLOURS", "MARKERS", "axes", "colour", "marker", "show"]
