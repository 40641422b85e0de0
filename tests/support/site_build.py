"""Build the site as ``make site`` does."""

import shutil
import subprocess
import sys

from em_authoring.lesson_paths import ROOT

DOCS = ROOT / "docs"


def build_site(folder, *options, lessons_root=ROOT):
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
