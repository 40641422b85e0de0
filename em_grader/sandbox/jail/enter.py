"""Confine the calling process, by namespaces, Landlock, resource limits and a seccomp filter."""

import os
from collections.abc import Iterator

from em_grader.sandbox.jail import landlock, namespaces, resource_limits, seccomp
from em_grader.sandbox.jail.resource_limits import ResourceLimits
from em_grader.sandbox.jail.syscalls import (
    check,
    die_with_parent,
    forbid_new_privileges,
    libc,
    make_undumpable,
)
from em_grader.sandbox.jail.visibility import Visibility, hide_packages

FIRST_USER = 2_000_000_000
"""Where root confines a process, it runs as a user from here on that nobody else is."""

_CAPABILITIES_VERSION_3 = 0x20080522
_READABLE_DEVICES = ("/dev/urandom", "/dev/random", "/dev/zero")


def enter(
    level: str, folder: str, limits: ResourceLimits, number: int, visibility: Visibility
) -> None:
    """Confine this process, which has one thread; there is no way back.

    Parameters
    ----------
    level : str
        One of ``LEVELS``.
    folder : str
        An empty folder of its own: the scratch folder, unless a namespace hides it.
    number : int
        Below 60000, and different from that of every other process confined at this time: it
        determines the user.

    Raises
    ------
    OSError
        The machine lacks what this level needs.
    """
    die_with_parent()
    user, scratch = FIRST_USER + number, folder
    becomes_user = os.geteuid() == 0
    if level == "namespaces":
        namespaces.enter(folder, visibility, limits.scratch)
        scratch = namespaces.SCRATCH
    elif becomes_user and (becomes_user := _readable_by_others(visibility.readable)):
        os.chown(folder, user, user)
    resource_limits.set_limits(limits)
    if becomes_user:
        _become(user)
    if becomes_user or level == "namespaces":
        resource_limits.limit_threads(limits)
    # The kernel clears this setting when the user changes.
    die_with_parent()
    os.chdir(scratch)
    os.environ.update(HOME=scratch, TMPDIR=scratch, MPLCONFIGDIR=scratch, IPYTHONDIR=scratch)
    if level == "landlock":
        _restrict_files(visibility.readable_without_hidden, visibility.listable, scratch)
    elif level == "namespaces" and landlock.version():
        # The mount namespace has covered the hidden folders already.
        _restrict_files((*visibility.readable, "/proc"), (), scratch)
    if level != "none":
        _drop_capabilities()
        seccomp.install()
    hide_packages(visibility.hidden_packages)


def _restrict_files(readable: tuple[str, ...], listable: tuple[str, ...], scratch: str) -> None:
    landlock.restrict([*readable, *_READABLE_DEVICES], [scratch, "/dev/null"], listable)


def _readable_by_others(paths: tuple[str, ...]) -> bool:
    """Check whether another user can read the paths; if not, root only drops its capabilities."""
    folders = {parent for path in paths for parent in (path, *_parents(path))}
    return all(os.stat(folder).st_mode & 0o001 for folder in folders if os.path.isdir(folder))


def _parents(path: str) -> Iterator[str]:
    while path != os.path.dirname(path):
        path = os.path.dirname(path)
        yield path


def _become(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    make_undumpable()


def _drop_capabilities() -> None:
    forbid_new_privileges()
    header = _CAPABILITIES_VERSION_3.to_bytes(4, "little") + bytes(4)
    check(libc.capset(header, bytes(24)), "capset")
