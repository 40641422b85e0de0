"""Read the comma-separated tables that the package ships."""

import gzip
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray


def columns(file: str, names: Sequence[str]) -> NDArray[np.float64]:
    """Return columns of a table by name, shape (n, len(names)); a blank cell is NaN."""
    header, rows = _read(file)
    indices = [header.index(name) for name in names]
    return np.array([[row[index] or "nan" for index in indices] for row in rows], dtype=float)


def words(file: str, name: str) -> NDArray[np.str_]:
    """Return one column of a table as text, shape (n,)."""
    header, rows = _read(file)
    index = header.index(name)
    return np.array([row[index] for row in rows])


def word_counts(file: str, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Return a table of documents by words, shape (documents, words), from its non-zero entries."""
    document, word, count = columns(file, ["doc", "word", "count"]).T
    result = np.zeros(shape)
    result[document.astype(int), word.astype(int)] = count
    return result


def content(file: str) -> bytes:
    """Return the bytes of a table as it is shipped."""
    return (files("em_helpers.datasets") / "data" / file).read_bytes()


def _read(file: str) -> tuple[list[str], list[list[str]]]:
    raw = content(file)
    text = (gzip.decompress(raw) if file.endswith(".gz") else raw).decode()
    header, *rows = (line.split(",") for line in text.splitlines())
    return header, rows
