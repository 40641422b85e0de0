"""Building the site as ``make site`` does, and reading what came out."""

import shutil
import subprocess
import sys
from html.parser import HTMLParser

from em_authoring.lesson import ROOT

DOCS = ROOT / "docs"


def build(folder, *options, lessons_root=ROOT):
    """Build the site from a copy of ``docs``, so that builds may run side by side.

    Parameters
    ----------
    folder : Path
    *options : str
        For sphinx-build, such as ``-t instructors``.
    lessons_root : Path

    Returns
    -------
    subprocess.CompletedProcess
        The site lies in ``folder / "site"``.
    """
    source = folder / "docs"
    shutil.copytree(
        DOCS, source, ignore=shutil.ignore_patterns("lessons", "reference", "_generated")
    )
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html",
               "-d", folder / "trees", "-D", f"lessons_root={lessons_root}", *options,
               source, folder / "site"]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Page(HTMLParser):
    """What a page refers to, and what may be referred to in it.

    Attributes
    ----------
    links, loaded : list of str
        Where anchors lead, and what the browser fetches by itself.
    ids : set of str
    pictures : list of dict
        The attributes of each ``img``.
    text : str
    """

    def __init__(self, path):
        super().__init__()
        self.links, self.loaded, self.ids, self.pictures, self.text = [], [], set(), [], ""
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids |= {attrs[key] for key in ("id", "name") if attrs.get(key)}
        if tag == "a" and "href" in attrs:
            self.links.append(attrs["href"])
        if tag == "link" and attrs.get("rel") not in ("canonical", "author", "next", "prev"):
            self.loaded.append(attrs["href"])
        if tag in ("script", "img", "iframe", "source") and "src" in attrs:
            self.loaded.append(attrs["src"])
        if tag == "img":
            self.pictures.append(attrs)

    def handle_data(self, data):
        self.text += data
