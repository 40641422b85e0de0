"""What an answer may use: memory, time, files, output."""

from dataclasses import dataclass

LONGEST_MESSAGE = 600
"""Characters of an error message that feedback shows: what an answer raises is not bounded."""


@dataclass(frozen=True)
class Limits:
    """Limits on a student's process; passing one costs the exercise in which it happens.

    Attributes
    ----------
    memory : int
        Bytes of address space beyond what is there at the start.
    cell : float
        Seconds that one cell of the student may run.
    call : float
        Seconds that one call of an answer may take.
    test : float
        Seconds that all the calls of one test cell may take together.
    notebook : float
        Seconds that all cells and calls of one notebook may take together.
    cpu : int
        Seconds of processor time of one process.
    files : int
        Open files.
    file_size : int
        Bytes of one file.
    scratch : int
        Bytes of all files in the scratch directory.
    threads : int
        Threads, where the kernel can count them: as root, or in a user namespace.
    output : int
        Bytes that one cell's outputs may hold; the rest is cut.
    """

    memory: int = 2 << 30
    cell: float = 30.0
    call: float = 10.0
    test: float = 60.0
    notebook: float = 600.0
    cpu: int = 300
    files: int = 128
    file_size: int = 32 << 20
    scratch: int = 64 << 20
    threads: int = 64
    output: int = 2 << 20
