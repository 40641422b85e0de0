"""Show a sequence of pictures with a slider and buttons that choose one of them.

The output contains the pictures themselves, so it needs neither a network nor a kernel. Where
scripts do not run, the last picture is shown with its caption and alternative text.
"""

import base64
import hashlib
import html
import io
import json
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from em_helpers.plots.figure import figure_of
from em_helpers.plots.style import STYLE_SHEET

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

    Parameters
    ----------
    pictures : list of bytes
        WebP images.
    captions, alts : list of str
    title : str

    Returns
    -------
    str
        The same for the same arguments. The script finds its figure by a digest of the contents,
        so that several steppers can stand on one page.
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
