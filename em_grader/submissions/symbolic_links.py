"""Symbolic links in a submission, which are never followed."""

import os
from pathlib import Path


def find_symbolic_links(submission: Path) -> list[Path]:
    """The symbolic links in a submission except notebooks, which ``read_submission`` refuses.

    Parameters
    ----------
    submission : Path
        The folder of the submission.

    Returns
    -------
    list of Path
        Relative to that folder.
    """
    return [
        path.relative_to(submission)
        for folder, _, files in os.walk(submission)
        for path in (Path(folder, name) for name in files)
        if path.is_symlink() and path.suffix != ".ipynb"
    ]


def remove_copies(links: list[Path], graded: Path) -> list[str]:
    """Remove what nbgrader copied from where links lead: a student chose these places.

    Parameters
    ----------
    links : list of Path
        As ``find_symbolic_links`` finds them.
    graded : Path
        The folder to which nbgrader copied the submission.

    Returns
    -------
    list of str
        A note for each link.
    """
    for link in links:
        (graded / link).unlink(missing_ok=True)
    return [f"{link.name!a} is a symbolic link, which is not followed." for link in links]
