"""A fork server's folder, and the removal of those whose owners were killed."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX, _ALIVE = "em-grade-", "alive"


def make():
    """A new folder, locked for as long as this process lives.

    Folders of the same user that nobody holds any more are removed.

    Returns
    -------
    folder : Path
    lock : file
        Closing it gives the folder up.
    """
    for other in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if _is_left(other):
            shutil.rmtree(other, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    unlocked = folder / "new"
    lock = unlocked.open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    unlocked.rename(folder / _ALIVE)
    return folder, lock


def _is_left(folder):
    with contextlib.suppress(OSError):
        if folder.lstat().st_uid != os.geteuid():
            return False
        lock = os.open(folder / _ALIVE, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        finally:
            os.close(lock)
    return False
