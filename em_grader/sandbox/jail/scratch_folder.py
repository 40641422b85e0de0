"""A scratch folder on the machine's own disk: what it holds, and its end."""

import contextlib
import os
import stat

DEEPEST = 40
"""Folders in folders; in a nest that is deeper there may be anything at the end."""


def held(folder, pid, enough):
    """Bytes on disk that a process has in its folder, counted until they are enough.

    Parameters
    ----------
    folder : str
    pid : int
    enough : int

    Returns
    -------
    int
        Files and folders count at least 4096; files that have lost their names count as well.
        Where it cannot be looked into the folder, that is more than enough.
    """
    found = _bytes_below(folder, enough)
    return found if found > enough else found + _bytes_without_name(pid)


def _bytes_below(folder, enough):
    found, folders = 0, [(folder, 0)]
    while folders:
        parent, depth = folders.pop()
        try:
            for each in list(os.scandir(parent)):
                with contextlib.suppress(FileNotFoundError):
                    found += max(4096, each.stat(follow_symlinks=False).st_blocks * 512)
                if each.is_dir(follow_symlinks=False):
                    folders.append((each.path, depth + 1))
        except FileNotFoundError:
            continue
        except OSError:  # closed, or below a path longer than the system takes
            return enough + 1
        if found > enough or depth > DEEPEST:
            return enough + 1
    return found


def _bytes_without_name(pid):
    """Bytes of files that a process holds open after it has removed their names."""
    found = 0
    try:
        descriptors = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        return 0
    for each in descriptors:
        try:
            about = os.stat(f"/proc/{pid}/fd/{each}")
        except OSError:
            continue
        if about.st_nlink == 0 and stat.S_ISREG(about.st_mode):
            found += about.st_blocks * 512
    return found


def remove(folder):
    """Remove a folder however deep it is: what lies deeper is moved up before.

    Parameters
    ----------
    folder : str
        Whoever could write there is gone.
    """
    mark, count = os.urandom(8).hex(), 0
    with contextlib.suppress(OSError):
        below = [folder]
        while below:
            place = below.pop()
            os.chmod(place, 0o700)
            for each in list(os.scandir(place)):
                if each.is_dir(follow_symlinks=False):
                    count += 1
                    os.chmod(each.path, 0o700)
                    below.append(os.path.join(folder, f"{mark}-{count}"))
                    os.rename(each.path, below[-1])
                else:
                    os.unlink(each.path)
            if place != folder:
                os.rmdir(place)
        os.rmdir(folder)
