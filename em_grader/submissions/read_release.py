"""Reading the students' notebook of a lesson as it was released."""

import functools
from pathlib import Path

import nbformat
from nbformat import NotebookNode


def read_release(path: Path) -> NotebookNode:
    """A released notebook, read once per process while the file does not change.

    Returns
    -------
    nbformat.NotebookNode
        Of nbformat 4.5 or newer, so that its cells have ids. It is shared: copy it before changing
        it.
    """
    return _read(path, path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=4)
def _read(path: Path, _modified: int) -> NotebookNode:
    return _with_cell_ids(nbformat.read(path, as_version=4))


def _with_cell_ids(notebook: NotebookNode) -> NotebookNode:
    if notebook.nbformat_minor < 5:
        for number, cell in enumerate(notebook.cells):
            cell["id"] = f"cell-{number}"
        notebook.nbformat_minor = 5
    return notebook
