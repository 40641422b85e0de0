"""Data in a file larger than memory: blocks of rows that are read when an E-step asks for them.

Their statistics add to those of the whole file (equation 11.2).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True)
class FileBlock:
    """Some rows of a ``.npy`` file, which any E-step takes for an array.

    It travels to another process as a path and two numbers; the rows are read there.

    Parameters
    ----------
    path : str
        A file that ``numpy.save`` wrote, of shape (n, d).
    start, stop : int
        The rows start, …, stop − 1.
    """

    path: str
    start: int
    stop: int

    @property
    def shape(self):
        """(rows, d), read from the file's header."""
        return self._rows().shape

    def __array__(self, dtype=None, copy=None):
        """The rows: a view of the file, unless another type or a copy is asked for."""
        return np.array(self._rows(), dtype=dtype, copy=copy or None)

    def _rows(self):
        return np.load(self.path, mmap_mode="r")[self.start : self.stop]


def file_blocks(path, rows=2**17):
    """All rows of a ``.npy`` file, as blocks for ``fit``.

    Parameters
    ----------
    path : str or pathlib.Path
        A file that ``numpy.save`` or ``numpy.lib.format.open_memmap`` wrote, of shape (n, d).
    rows : int
        Of each block, at least 1; the last may have fewer.

    Returns
    -------
    list of FileBlock

    Raises
    ------
    ValueError
        ``rows`` is below 1, or the file does not hold a table with at least one row.
    FileNotFoundError
        There is no such file.
    """
    if rows < 1:
        raise ValueError(f"rows is {rows}; a block needs at least 1.")
    shape = np.load(path, mmap_mode="r").shape
    if len(shape) != 2 or 0 in shape:
        raise ValueError(f"{path} holds an array of shape {shape}; a table (n, d) was expected.")
    where = str(Path(path).absolute())
    return [
        FileBlock(where, start, min(start + rows, shape[0])) for start in range(0, shape[0], rows)
    ]
