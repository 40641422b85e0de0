"""Going to jail."""

import os
import signal

from em_grader.sandbox.jail import landlock, namespaces, rlimits, seccomp
from em_grader.sandbox.jail.readable_paths import readable
from em_grader.sandbox.jail.syscalls import check, libc, prctl

LEVELS = ("namespaces", "landlock", "none")
"""From the strongest down; ``none`` keeps limits only and is taken only when it is asked for."""

FIRST_USER = 2_000_000_000
"""Root's students run as users from here on, whom nobody else is."""

_DIE_WITH_PARENT, _DUMPABLE, _NO_NEW_PRIVILEGES = 1, 4, 38
_CAPABILITIES_VERSION_3 = 0x20080522


def enter(level, folder, limits, place):
    """Jail this process; there is no way back.

    Parameters
    ----------
    level : str
        One of ``LEVELS``.
    folder : str
        An empty folder of this process's own; where it is not hidden by a namespace it becomes the
        scratch directory.
    limits : em_grader.sandbox.limits.Limits
    place : int
        Which student's process this is, below 60000: no two at one time are the same user.

    Raises
    ------
    OSError
        The machine lacks what this level needs.
    """
    prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    paths, user = readable(), FIRST_USER + place
    scratch, root = folder, os.geteuid() == 0
    if level == "namespaces":
        namespaces.enter(folder, paths, limits.scratch)
        scratch = namespaces.SCRATCH
    elif root and (root := _open_to_others(paths)):
        os.chown(folder, user, user)
    rlimits.apply(limits)
    if root:
        _become(user)
    if root or level == "namespaces":
        rlimits.limit_threads(limits)
    prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    os.chdir(scratch)
    os.environ.update(HOME=scratch, TMPDIR=scratch, MPLCONFIGDIR=scratch, IPYTHONDIR=scratch)
    if level != "none":
        process = ["/proc"] if level == "namespaces" else []
        devices = ["/dev/urandom", "/dev/random", "/dev/zero"]
        if level == "landlock" or landlock.version():
            landlock.restrict([*paths, *process, *devices], [scratch, "/dev/null"])
        _drop_capabilities()
        seccomp.install()


def _open_to_others(paths):
    """Whether another user can read the Python installation; if not, root only lays down powers."""
    folders = {os.path.abspath(parent) for path in paths for parent in (path, *_parents(path))}
    return all(os.stat(folder).st_mode & 0o001 for folder in folders if os.path.isdir(folder))


def _parents(path):
    while path != os.path.dirname(path):
        path = os.path.dirname(path)
        yield path


def _become(user):
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    prctl(_DUMPABLE, 0)


def _drop_capabilities():
    prctl(_NO_NEW_PRIVILEGES, 1)
    header = _CAPABILITIES_VERSION_3.to_bytes(4, "little") + bytes(4)
    check(libc.capset(header, bytes(24)), "capset")
