"""Reading the package's own comma-separated tables."""

import gzip
import io
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from em_helpers.arguments import FloatArray

StringArray = NDArray[np.str_]


def columns(file: str, names: list[str]) -> FloatArray:
    """Read columns of a table, by name: float64, (n, len(names)); a blank cell is NaN."""
    header, rows = _read(file)
    numbers = [header.index(name) for name in names]
    cells = [[row[column] or "nan" for column in numbers] for row in rows]
    return np.array(cells, dtype=float)


def words(file: str, name: str) -> StringArray:
    """Read one column of a table as text: array of str, (n,)."""
    header, rows = _read(file)
    column = header.index(name)
    return np.array([row[column] for row in rows])


def counts(file: str, shape: tuple[int, int]) -> FloatArray:
    """Build a table from its non-zero entries: float64, (documents, words)."""
    entries = columns(file, ["doc", "word", "count"])
    result = np.zeros(shape)
    result[entries[:, 0].astype(int), entries[:, 1].astype(int)] = entries[:, 2]
    return result


def content(file: str) -> bytes:
    """Return the bytes of a table as it is shipped."""
    return (files("em_helpers.datasets") / "data" / file).read_bytes()


def _read(file: str) -> tuple[list[str], list[list[str]]]:
    raw = content(file)
    text = (gzip.decompress(raw) if file.endswith(".gz") else raw).decode()
    header, *rows = (line.split(",") for line in io.StringIO(text).read().splitlines())
    return header, rows
