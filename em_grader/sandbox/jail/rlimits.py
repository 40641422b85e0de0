"""Setting the resource limits that the kernel enforces (see setrlimit(2))."""

import resource

from em_grader.sandbox.jail.resource_limits import ResourceLimits

_SIGNALLED_AT_SOFT_LIMIT = {resource.RLIMIT_CPU}
"""Limits whose own signal is sent only while the hard limit is not reached."""


def set_limits(limits: ResourceLimits) -> None:
    """Limit this process for good: the hard limits are lowered as well."""
    values = {
        resource.RLIMIT_AS: address_space() + limits.memory,
        resource.RLIMIT_CPU: limits.cpu,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    for limit, value in values.items():
        hard = resource.getrlimit(limit)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (value, value + (limit in _SIGNALLED_AT_SOFT_LIMIT)))


def limit_threads(limits: ResourceLimits) -> None:
    """Limit processes and threads. The kernel counts them per user, so the user must be unique."""
    resource.setrlimit(resource.RLIMIT_NPROC, (limits.threads, limits.threads))


def address_space() -> int:
    """Return the bytes of address space that this process has mapped."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
