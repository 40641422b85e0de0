"""Let one process at a time grade in a course directory, by an exclusive lock on its log."""

import contextlib
import fcntl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

_PATIENCE = 5
"""Seconds to wait for the processes of a run that was stopped a moment ago."""


@contextlib.contextmanager
def exclusive_lock(log: Path) -> Iterator[TextIO]:
    """Open the log of a course, emptied, for the only process that may grade there.

    nbgrader's process inherits the open log, so the lock holds until that process has ended, too.
    Raises ``ValueError`` if another process grades in this course.
    """
    with open(log, "a", encoding="utf-8") as output:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                fcntl.flock(output, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise ValueError(
                        f"em-grade is already grading in {log.parent}; wait for it, or stop it."
                    ) from None
                time.sleep(0.1)
        output.truncate(0)
        yield output
