"""Measuring and removing the folder that a confined process may write to."""

import contextlib
import os
import stat

MAX_DEPTH = 40
"""Levels of nested scratch folders that are measured; a deeper nest counts as over any limit."""

_LEAST_BYTES = 4096
"""What a file or a folder counts at least."""


def scratch_bytes_used(folder: str, pid: int, limit: int) -> int:
    """Count the bytes on disk that a process uses in its folder, up to a limit.

    Files and folders count at least 4096 bytes each; files that are open but no longer have a name
    count as well. The result is over the limit if it is passed, or if the folder cannot be read.
    """
    used = _bytes_below(folder, limit)
    return used if used > limit else used + _bytes_without_name(pid)


def _bytes_below(folder: str, limit: int) -> int:
    used, folders = 0, [(folder, 0)]
    while folders:
        parent, depth = folders.pop()
        try:
            for entry in list(os.scandir(parent)):
                with contextlib.suppress(FileNotFoundError):
                    blocks = entry.stat(follow_symlinks=False).st_blocks
                    used += max(_LEAST_BYTES, blocks * 512)
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, depth + 1))
        except FileNotFoundError:
            continue
        except OSError:  # no permission, or a path longer than the system accepts
            return limit + 1
        if used > limit or depth > MAX_DEPTH:
            return limit + 1
    return used


def _bytes_without_name(pid: int) -> int:
    """Count the bytes of files that a process holds open after it has removed their names."""
    used = 0
    try:
        descriptors = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        return 0
    for descriptor in descriptors:
        try:
            status = os.stat(f"/proc/{pid}/fd/{descriptor}")
        except OSError:
            continue
        if status.st_nlink == 0 and stat.S_ISREG(status.st_mode):
            used += status.st_blocks * 512
    return used


def remove_scratch_folder(folder: str) -> None:
    """Remove a folder however deeply nested it is: inner folders are moved up first.

    No process that could write there may be left.
    """
    prefix, count = os.urandom(8).hex(), 0
    with contextlib.suppress(OSError):
        remaining = [folder]
        while remaining:
            current = remaining.pop()
            os.chmod(current, 0o700)
            for entry in list(os.scandir(current)):
                if entry.is_dir(follow_symlinks=False):
                    count += 1
                    os.chmod(entry.path, 0o700)
                    remaining.append(os.path.join(folder, f"{prefix}-{count}"))
                    os.rename(entry.path, remaining[-1])
                else:
                    os.unlink(entry.path)
            if current != folder:
                os.rmdir(current)
        os.rmdir(folder)
