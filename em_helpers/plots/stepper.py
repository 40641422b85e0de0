"""Show a sequence of pictures with a slider, such as a run of EM, iteration by iteration.

The output contains the pictures themselves, so it needs neither a network nor a kernel. Where
scripts do not run, the last picture is shown with its caption and alternative text.
"""

import base64
import hashlib
import html
import io
import json
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from em_helpers.models import GaussianMixture, log_likelihood, responsibilities
from em_helpers.plots.convergence import log_likelihood_trace
from em_helpers.plots.data_points import DOUBT, soft_assignments
from em_helpers.plots.figure import STYLE_SHEET, axes, figure_of
from em_helpers.plots.mixtures import ellipses

SCRIPT = (files("em_helpers.plots") / "stepper.js").read_text("utf-8")
"""JavaScript in which DIGEST and DATA are placeholders. It uses nothing but the page itself."""


def step_through(frames: Iterable[tuple[Axes | Figure, str, str]], *, title: str) -> None:
    """Display pictures with a slider and buttons that choose one of them.

    Parameters
    ----------
    frames : iterable of (ax, caption, alt)
        The axes or figure of each picture, which is closed afterwards; a caption that says which
        step it shows; and a description for readers who cannot see it. All figures should have
        the same size.
    title : str
        What the pictures show, for the accessible names of the controls.

    Raises
    ------
    ValueError
        There are no frames, or a caption or description is empty.
    """
    pictures: list[bytes] = []
    captions: list[str] = []
    alts: list[str] = []
    figure: Figure | None = None
    for ax, caption, alt in frames:
        if not caption.strip() or not alt.strip():
            raise ValueError(
                f"frame {len(pictures)} has the caption {caption!r} and the alt {alt!r}; "
                f"describe in words which step it is and what it shows."
            )
        if figure is not None:
            plt.close(figure)
        figure = figure_of(ax)
        pictures.append(_image(figure, "webp", pil_kwargs={"lossless": True}))
        captions.append(caption)
        alts.append(alt)
    if figure is None:
        raise ValueError("frames is empty; give at least one picture.")
    last = _image(figure, "png", metadata={"Software": None})
    plt.close(figure)
    display(
        {
            "text/html": page(pictures, captions, alts, title),
            "image/png": last,
            "text/plain": alts[-1],
        },
        metadata={"image/png": {"alt": alts[-1]}},
        raw=True,
    )


def page(pictures: list[bytes], captions: list[str], alts: list[str], title: str) -> str:
    """Return a stepper's HTML: a figure with the last picture, and a script that adds the others.

    The pictures are WebP images. The script finds its figure by a digest of the contents, so that
    several steppers can stand on one page.
    """
    sources = ["data:image/webp;base64," + base64.b64encode(image).decode() for image in pictures]
    contents = {"title": title, "sources": sources[:-1], "captions": captions, "alts": alts}
    data = json.dumps(contents, ensure_ascii=False).replace("<", "\\u003c")
    digest = hashlib.sha256((data + sources[-1]).encode()).hexdigest()[:12]
    script = SCRIPT.replace("DIGEST", digest).replace("DATA", data)
    return (
        f'<figure data-em-stepper="{digest}" style="margin:0;max-width:54em">\n'
        f'<img src="{sources[-1]}" alt="{html.escape(alts[-1])}" '
        f'style="max-width:100%;background:#fff">\n'
        f"<figcaption>{html.escape(captions[-1])}</figcaption>\n"
        f"</figure>\n<script>\n{script}</script>"
    )


def _image(figure: Figure, kind: str, **options: Any) -> bytes:
    """Return a figure as an image of exactly the figure's size, so that frames stay aligned."""
    picture = io.BytesIO()
    with plt.style.context(STYLE_SHEET), plt.rc_context({"savefig.bbox": "standard"}):
        figure.savefig(picture, format=kind, **options)
    return picture.getvalue()


LEFT, RIGHT = (0.075, 0.15, 0.395, 0.82), (0.57, 0.15, 0.415, 0.82)
"""Positions of the axes in the figure, fixed so that the frames stay aligned."""


def em_run(
    x: ArrayLike, models: Sequence[GaussianMixture], iterations: Sequence[int], *,
    labels: tuple[str, str], title: str,
) -> None:  # fmt: skip
    """Display a stepper of the fitted mixture at some iterations, beside the trace of log p(D; θ).

    Parameters
    ----------
    x : array_like, (n, 2)
    models : sequence of GaussianMixture
        θ_0, …, θ_T.
    iterations : sequence of int
        The iterations to show, in increasing order.
    title : str
        What the run is, for the accessible names of the controls.
    """
    data = np.asarray(x)
    trace = np.array([log_likelihood(model, data) for model in models])
    step_through(
        (
            (
                _frame(data, models[t], trace, t, labels),
                _caption(trace, t),
                _description(data, models[t], trace, t),
            )
            for t in iterations
        ),
        title=title,
    )


def _frame(
    x: NDArray[np.float64], model: GaussianMixture, trace: NDArray[np.float64], t: int,
    labels: tuple[str, str],
) -> Axes:  # fmt: skip
    left, right = axes(2)
    left.get_figure().set_layout_engine("none")
    left.set_position(LEFT)
    right.set_position(RIGHT)
    soft_assignments(x, responsibilities(model, x), left, labels=labels)
    left.get_legend().remove()
    ellipses(model.means, model.covariances, left)
    left.plot(*model.means.T, "*", markersize=16, color="black", markeredgecolor="white", zorder=5)
    low, high = x.min(axis=0), x.max(axis=0)
    (x_low, y_low), (x_high, y_high) = low - 0.12 * (high - low), high + 0.12 * (high - low)
    left.set(xlim=(x_low, x_high), ylim=(y_low, y_high))
    log_likelihood_trace(trace[: t + 1], right)
    right.annotate(f"t = 0: {trace[0]:.0f} ↓", (0.02, 0.02), xycoords="axes fraction", fontsize=9)
    margin = 0.1 * np.ptp(trace[1:])
    right.set(xlim=(-0.5, trace.size - 0.5), ylim=(trace[1] - margin, trace[-1] + margin))
    return left


def _caption(trace: NDArray[np.float64], t: int) -> str:
    text = f"Iteration {t} of {trace.size - 1}: log p(D; θ) = {trace[t]:.2f}"
    if t == 0:
        return f"{text}, the start."
    gain = trace[t] - trace[t - 1]
    return f"{text}, gained {gain:.0f}." if gain >= 100 else f"{text}, gained {gain:.2g}."


def _description(
    x: NDArray[np.float64], model: GaussianMixture, trace: NDArray[np.float64], t: int
) -> str:
    doubtful = int((responsibilities(model, x).max(axis=1) < 1 - DOUBT).sum())
    components = [
        f"component {k} has weight {weight:.2f}, mean ({mean[0]:.2f}, {mean[1]:.1f}) and standard "
        f"deviations ({np.sqrt(covariance[0, 0]):.2f}, {np.sqrt(covariance[1, 1]):.1f})"
        for k, (weight, mean, covariance) in enumerate(zip(*model.theta, strict=True))
    ]
    return (
        f"Iteration {t}: {'; '.join(components)}. {doubtful} of {len(x)} points are in doubt. "
        f"log p(D; θ) is {trace[t]:.1f}."
    )
