"""Limits on the memory, processor time, files and threads of one confined process."""

import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource


@dataclass(frozen=True)
class ResourceLimits:
    """Limits on one process; the kernel or the fork server enforces them."""

    memory: int = 2 << 30  # bytes of address space beyond those mapped at the start
    cpu: int = 300  # seconds of processor time
    files: int = 128  # open files
    file_size: int = 32 << 20  # bytes of one file
    scratch: int = 64 << 20  # bytes of all files in the scratch folder
    threads: int = 64  # where the kernel can count them: as root, or in a user namespace


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
        # The kernel sends this limit's own signal only while the hard limit is not reached.
        margin = 1 if limit == resource.RLIMIT_CPU else 0
        resource.setrlimit(limit, (value, value + margin))


def limit_threads(limits: ResourceLimits) -> None:
    """Limit processes and threads. The kernel counts them per user, so the user must be unique."""
    resource.setrlimit(resource.RLIMIT_NPROC, (limits.threads, limits.threads))


def address_space() -> int:
    """Return the bytes of address space that this process has mapped."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()
