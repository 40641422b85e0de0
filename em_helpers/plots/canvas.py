"""Where figures begin and end: axes in the course's style, a picture with alternative text."""

import io
from importlib.resources import files

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.figure import Figure

STYLE = str(files("em_helpers.plots") / "course.mplstyle")


def axes(columns=1, *, width=None, height=3.6, **options):
    """New axes side by side in the course's style.

    Parameters
    ----------
    columns : int
    width, height : float
        Of the whole figure, in inches; the width is 4.6 an axes, 6.4 for one alone.
    **options
        As ``matplotlib.figure.Figure.subplots`` takes them, such as ``sharey=True``.

    Returns
    -------
    matplotlib.axes.Axes, or an array of them
    """
    with plt.style.context(STYLE):
        figure = plt.figure(
            figsize=(width or (6.4 if columns == 1 else 4.6 * columns), height),
            layout="constrained",
        )
        return figure.subplots(1, columns, **options)


def show(ax, alt):
    """Display the figure of some axes as a picture with alternative text, and close it.

    Parameters
    ----------
    ax : matplotlib.axes.Axes or matplotlib.figure.Figure
    alt : str
        What the picture shows, for a reader who cannot see it.

    Raises
    ------
    ValueError
        ``alt`` is empty.
    """
    if not alt.strip():
        raise ValueError("alt is empty; say in a sentence what the picture shows.")
    figure = ax if isinstance(ax, Figure) else ax.get_figure(root=True)
    picture = io.BytesIO()
    with plt.style.context(STYLE):
        figure.savefig(picture, format="png", metadata={"Software": None})
    plt.close(figure)
    display(
        {"image/png": picture.getvalue(), "text/plain": alt},
        metadata={"image/png": {"alt": alt}},
        raw=True,
    )
