"""Batches of rows for EM: arrays, futures (Dask, concurrent.futures), or parts of a large file.

The statistics of batches add to those of all rows (equation 11.2).
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import DTypeLike, NDArray


@runtime_checkable
class Future(Protocol):
    """A value that another process or machine may still be computing."""

    def result(self) -> Any:
        """Wait for the value."""


def as_batches(data: Any) -> list[Any]:
    """Return a list of batches, of which there is one if the data are a single table."""
    if isinstance(data, (list, tuple)) and len(data):
        first = data[0]
        if isinstance(first, Future) or len(np.shape(first)) == 2:
            return list(data)
    return [data]


@dataclass(frozen=True)
class FileBatch:
    """Some rows of a ``.npy`` file, which any E-step accepts as an array.

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
    def shape(self) -> tuple[int, ...]:
        """(rows, d), read from the file's header."""
        return self._rows().shape

    def __array__(self, dtype: DTypeLike | None = None, copy: bool | None = None) -> NDArray[Any]:
        """Return the rows: a view of the file, unless another type or a copy is asked for."""
        return np.array(self._rows(), dtype=dtype, copy=copy or None)

    def _rows(self) -> NDArray[Any]:
        return np.load(self.path, mmap_mode="r")[self.start : self.stop]


def file_batches(path: str | Path, rows: int = 2**17) -> list[FileBatch]:
    """Split a ``.npy`` file into batches of rows for ``fit``.

    Parameters
    ----------
    path : str or pathlib.Path
        A file that ``numpy.save`` or ``numpy.lib.format.open_memmap`` wrote, of shape (n, d).
    rows : int
        The number of rows in each batch, at least 1; the last batch may have fewer.

    Raises
    ------
    ValueError
        ``rows`` is below 1, or the file does not hold a table with at least one row.
    FileNotFoundError
        There is no such file.
    """
    if rows < 1:
        raise ValueError(f"rows is {rows}; a batch needs at least 1.")
    shape = np.load(path, mmap_mode="r").shape
    if len(shape) != 2 or 0 in shape:
        raise ValueError(f"{path} holds an array of shape {shape}; a table (n, d) was expected.")
    absolute, n = str(Path(path).absolute()), shape[0]
    return [FileBatch(absolute, start, min(start + rows, n)) for start in range(0, n, rows)]
