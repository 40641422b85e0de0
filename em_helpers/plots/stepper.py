"""A walk through pictures: all are drawn beforehand, and one page shows them one at a time.

The output holds the pictures themselves, so it works without a network and without a kernel.
Where scripts do not run, the last picture stands there with its caption and alternative text.
"""

import base64
import hashlib
import html
import io
import json

import matplotlib.pyplot as plt
from IPython.display import display
from matplotlib.figure import Figure

from em_helpers.plots.canvas import STYLE
from em_helpers.plots.stepper_script import SCRIPT


def step_through(frames, *, title):
    """Display pictures with a slider and buttons that choose one of them.

    Parameters
    ----------
    frames : iterable of (ax, caption, alt)
        The axes, or figure, of each picture, which is closed; a line that says where one is; what
        the picture shows, for a reader who cannot see it. All figures should have one size.
    title : str
        What the pictures are, for the names of the controls.

    Raises
    ------
    ValueError
        There are no frames, or one of the texts is empty.
    """
    pictures: list[str] = []
    captions, alts, figure = [], [], None
    for ax, caption, alt in frames:
        if not caption.strip() or not alt.strip():
            raise ValueError(
                f"frame {len(pictures)} has the caption {caption!r} and the alt {alt!r}; "
                f"say in words where one is and what is to be seen."
            )
        if figure is not None:
            plt.close(figure)
        figure = ax if isinstance(ax, Figure) else ax.get_figure(root=True)
        pictures.append(_saved(figure, "webp", pil_kwargs={"lossless": True}))
        captions.append(caption)
        alts.append(alt)
    if not pictures:
        raise ValueError("frames is empty; give at least one picture.")
    still = _saved(figure, "png", metadata={"Software": None})
    plt.close(figure)
    display(
        {
            "text/html": page(pictures, captions, alts, title),
            "image/png": still,
            "text/plain": alts[-1],
        },
        metadata={"image/png": {"alt": alts[-1]}},
        raw=True,
    )


def page(pictures, captions, alts, title):
    """The HTML of a stepper: a figure with the last picture, and the script that adds the rest.

    Parameters
    ----------
    pictures : list of bytes
        WebP images.
    captions, alts : list of str
    title : str

    Returns
    -------
    str
        The same for the same arguments. Its figure is found by a digest of what it shows, so that
        any number of steppers, alike or not, may stand on one page.
    """
    sources = ["data:image/webp;base64," + base64.b64encode(each).decode() for each in pictures]
    told = {"title": title, "sources": sources[:-1], "captions": captions, "alts": alts}
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    digest = hashlib.sha256((data + sources[-1]).encode()).hexdigest()[:12]
    script = SCRIPT.replace("DIGEST", digest).replace("DATA", data)
    return (
        f'<figure data-em-stepper="{digest}" style="margin:0;max-width:54em">\n'
        f'<img src="{sources[-1]}" alt="{html.escape(alts[-1])}" '
        f'style="max-width:100%;background:#fff">\n'
        f"<figcaption>{html.escape(captions[-1])}</figcaption>\n"
        f"</figure>\n<script>\n{script}</script>"
    )


def _saved(figure, kind, **options):
    """A figure as an image of exactly the figure's size, so that frames lie upon each other."""
    picture = io.BytesIO()
    with plt.style.context(STYLE), plt.rc_context({"savefig.bbox": "standard"}):
        figure.savefig(picture, format=kind, **options)
    return picture.getvalue()
