"""The guides' pictures: taken by the tests, and replaced where they show something new."""

import io

import matplotlib.image
import numpy as np

from em_helpers.authoring.lesson import ROOT

FOLDER = ROOT / "docs" / "pictures"
NEW = 0.02
"""The share of pixels that must differ for a picture to be replaced; a clock's digits do not."""


def keep(page, name):
    """Take a picture of a page for the guides.

    Parameters
    ----------
    page : playwright.sync_api.Page
    name : str
        As in ``validate``.
    """
    page.wait_for_timeout(500)
    taken = page.screenshot(animations="disabled")
    path = FOLDER / f"{name}.png"
    FOLDER.mkdir(exist_ok=True)
    if not path.exists() or differs(path.read_bytes(), taken):
        path.write_bytes(taken)


def differs(old, new):
    """Whether two PNG pictures show something else."""
    old, new = (matplotlib.image.imread(io.BytesIO(each)) for each in (old, new))
    return old.shape != new.shape or (np.abs(old - new).max(axis=2) > 0.1).mean() > NEW
