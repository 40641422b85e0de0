"""The limits that the kernel itself keeps (see setrlimit(2))."""

import resource

_WARNED_OF = {resource.RLIMIT_CPU}
"""Limits that end a process by a signal of their own only below the hard limit."""


def apply(limits):
    """Limit this process; for good, since the hard limits go down as well.

    Parameters
    ----------
    limits : em_grader.sandbox.limits.Limits
    """
    wanted = {
        resource.RLIMIT_AS: address_space() + limits.memory,
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for which, value in wanted.items():
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value + (which in _WARNED_OF)))


def limit_threads(limits):
    """Limit processes and threads, which are counted for each user: only for one of our own."""
    resource.setrlimit(resource.RLIMIT_NPROC, (limits.threads, limits.threads))


def address_space():
    """Bytes that this process has mapped: what a limit on more starts from."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
