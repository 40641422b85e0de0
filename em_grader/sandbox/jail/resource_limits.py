"""The resources that one confined process may use."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ResourceLimits:
    """Limits on one process; the kernel or the fork server enforces them.

    Attributes
    ----------
    memory : int
        Bytes of address space in addition to those mapped at the start.
    cpu : int
        Seconds of processor time.
    files : int
        Open files.
    file_size : int
        Bytes of one file.
    scratch : int
        Bytes of all files in the scratch folder.
    threads : int
        Threads, where the kernel can count them: as root, or in a user namespace.
    """

    memory: int = 2 << 30
    cpu: int = 300
    files: int = 128
    file_size: int = 32 << 20
    scratch: int = 64 << 20
    threads: int = 64
