"""Reading the package's own comma-separated tables."""

import gzip
import io
from importlib.resources import files

import numpy as np


def columns(file, names):
    """Columns of a table, by name: float64, (n, len(names)); a blank cell is NaN."""
    header, rows = _read(file)
    places = [header.index(name) for name in names]
    cells = [[row[place] or "nan" for place in places] for row in rows]
    return np.array(cells, dtype=float)


def words(file, name):
    """One column of a table as text: array of str, (n,)."""
    header, rows = _read(file)
    place = header.index(name)
    return np.array([row[place] for row in rows])


def counts(file, shape):
    """A table of documents by words from its non-zero entries: float64, (documents, words)."""
    entries = columns(file, ["doc", "word", "count"])
    result = np.zeros(shape)
    result[entries[:, 0].astype(int), entries[:, 1].astype(int)] = entries[:, 2]
    return result


def content(file):
    """The bytes of a table as it is shipped."""
    return (files("em_helpers.datasets") / "data" / file).read_bytes()


def _read(file):
    raw = content(file)
    text = (gzip.decompress(raw) if file.endswith(".gz") else raw).decode()
    header, *rows = (line.split(",") for line in io.StringIO(text).read().splitlines())
    return header, rows
