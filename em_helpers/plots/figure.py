"""Begin and end a figure: axes in the course's style, colours, and alternative text."""

import functools
import inspect
import io
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any, ParamSpec, TypeVar

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
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


NEW_AXES: Any = None
"""The default of an argument ``ax``: new axes, which ``creates_axes`` makes."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def axes(
    columns: int = 1, *, width: float | None = None, height: float = 3.6, **options: Any
) -> Any:
    """Create axes side by side in the course's style, as an array if there are several ``columns``.

    Parameters
    ----------
    width, height : float
        The size of the whole figure, in inches. The default width is 4.6 per axes, and 6.4 for a
        single one.
    **options
        Options of ``matplotlib.figure.Figure.subplots``, such as ``sharey=True``.
    """
    with plt.style.context(STYLE_SHEET):
        figure = plt.figure(
            figsize=(width or (6.4 if columns == 1 else 4.6 * columns), height),
            layout="constrained",
        )
        return figure.subplots(1, columns, **options)


def creates_axes(draw: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Decorate a plot function so that it draws into new axes where ``ax`` is not given."""
    signature = inspect.signature(draw)

    @functools.wraps(draw)
    def with_axes(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        call = signature.bind(*args, **kwargs)
        if call.arguments.get("ax") is None:
            call.arguments["ax"] = axes()
        return draw(*call.args, **call.kwargs)

    return with_axes


def figure_of(ax: Axes | Figure | SubFigure) -> Figure:
    """Return the whole figure that some axes belong to."""
    figure = ax if isinstance(ax, Figure) else ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    return figure


def show(ax: Axes | Figure, alt: str) -> None:
    """Display the figure of some axes as a picture with alternative text, and close the figure.

    ``alt`` describes the picture for readers who cannot see it.

    Raises
    ------
    ValueError
        ``alt`` is empty.
    """
    if not alt.strip():
        raise ValueError("alt is empty; describe in a sentence what the picture shows.")
    figure = figure_of(ax)
    picture = io.BytesIO()
    with plt.style.context(STYLE_SHEET):
        figure.savefig(picture, format="png", metadata={"Software": None})
    plt.close(figure)
    display(
        {"image/png": picture.getvalue(), "text/plain": alt},
        metadata={"image/png": {"alt": alt}},
        raw=True,
    )
