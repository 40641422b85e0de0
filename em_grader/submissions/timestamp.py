"""When a submission was handed in, from the file that nbgrader keeps beside the notebook."""

import os
import stat
from datetime import datetime
from pathlib import Path

from nbgrader.utils import parse_utc

TIMESTAMP = "timestamp.txt"
"""The name of that file."""

UNREADABLE_TIMESTAMP = (
    "The time at which this was handed in cannot be read. It counts as handed in on time until "
    "the instructor decides."
)
"""The note for a submission whose timestamp exists but cannot be read."""


def read_timestamp(submission: Path) -> datetime | None:
    """The time at which a submission was handed in.

    Parameters
    ----------
    submission : Path
        The folder of the submission.

    Returns
    -------
    datetime or None
        In UTC, without a time zone; None if there is no timestamp or it cannot be read. A symbolic
        link is not followed.
    """
    path = submission / TIMESTAMP
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        text = path.read_text("utf-8").strip()
        return parse_utc(text) if text else None
    except Exception:  # the parser raises more than ValueError for some texts
        return None


def has_unreadable_timestamp(submission: Path) -> bool:
    """Whether a submission has a timestamp that cannot be read.

    Parameters
    ----------
    submission : Path
        The folder of the submission.
    """
    return (submission / TIMESTAMP).exists() and read_timestamp(submission) is None
