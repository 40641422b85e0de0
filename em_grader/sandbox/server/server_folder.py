"""The temporary folder of a fork server, and the removal of folders whose owners were killed."""

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TextIO

if sys.platform != "win32":
    import fcntl

_PREFIX, _LOCK_FILE = "em-grade-", "alive"


def make_server_folder() -> tuple[Path, TextIO]:
    """Make a new folder that is locked for as long as this process lives.

    Folders of the same user that no process has locked any more are removed.

    Returns
    -------
    folder : Path
    lock : file
        Closing it gives the folder up.
    """
    for other in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if _is_abandoned(other):
            shutil.rmtree(other, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    # The file gets its name only when it is locked, so that nobody takes it for an abandoned one.
    unlocked = folder / "new"
    lock = unlocked.open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    unlocked.rename(folder / _LOCK_FILE)
    return folder, lock


def _is_abandoned(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        if folder.lstat().st_uid != os.geteuid():
            return False
        lock = os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        finally:
            os.close(lock)
    return False
