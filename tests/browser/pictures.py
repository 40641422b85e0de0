"""The guides' pictures: taken by the tests, and replaced where they show something new."""

import io

import matplotlib.image
import numpy as np

from em_authoring.lesson_paths import ROOT

FOLDER = ROOT / "docs" / "pictures"
NEW = 0.0005
"""The share of pixels that must differ for a picture to be replaced; a blinking caret does not."""
STOP_CLOCKS = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const said = texts.currentNode.data;
    const still = said
      .replace(/\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?/g, "2026-11-20 12:00:00")
      .replace(/^\\d+(s|m|h) ago$/, "now");
    if (still !== said) texts.currentNode.data = still;
  }
}"""


def keep(page, name):
    """Take a picture of a page for the guides, without JupyterLab's launcher among its tabs.

    Parameters
    ----------
    page : playwright.sync_api.Page
    name : str
        As in ``validate``.
    """
    launcher = page.locator("#jp-main-dock-panel .lm-TabBar-tab", has_text="Launcher")
    for tab in launcher.all():  # it opens or not as the server is quick or slow
        tab.locator(".lm-TabBar-tabCloseIcon").click()
    page.wait_for_timeout(500)
    for frame in page.frames:
        frame.evaluate(STOP_CLOCKS)
    taken = page.screenshot(animations="disabled")
    path = FOLDER / f"{name}.png"
    FOLDER.mkdir(exist_ok=True)
    if not path.exists() or differs(path.read_bytes(), taken):
        path.write_bytes(taken)


def differs(old, new):
    """Whether two PNG pictures show something else."""
    old, new = (matplotlib.image.imread(io.BytesIO(each)) for each in (old, new))
    return old.shape != new.shape or (np.abs(old - new).max(axis=2) > 0.1).mean() > NEW
