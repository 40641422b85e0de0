"""Limits on the resources of one confined process: setting them, and measuring what it wrote."""

import contextlib
import os
import stat
import sys
from dataclasses import dataclass

if sys.platform != "win32":
    import resource


MAX_DEPTH = 40
"""Levels of nested scratch folders that are measured; a deeper nest counts as over any limit."""

_LEAST_BYTES = 4096
"""What a file or a folder counts at least."""


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
