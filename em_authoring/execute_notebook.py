"""Run a notebook from top to bottom and keep only outputs that are the same in every run."""

from pathlib import Path

from nbclient import NotebookClient
from nbformat import NotebookNode

CELL_TIMEOUT = 120
"""Seconds that one cell may take; a whole lesson should take about 30."""


def execute(notebook: NotebookNode, folder: Path) -> None:
    """Run every cell in a fresh kernel, in place.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
    folder : Path
        The kernel's working directory.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        A cell raises that is not tagged ``raises-exception``.
    """
    client = NotebookClient(
        notebook,
        timeout=CELL_TIMEOUT,
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
    )
    client.execute()
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            cell.outputs = _join_streams(cell.outputs)


def _join_streams(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Join neighbouring pieces of one stream, because where they are cut depends on timing."""
    joined: list[NotebookNode] = []
    for output in outputs:
        previous = joined[-1] if joined else {}
        if output.output_type == "stream" and previous.get("name") == output.name:
            previous["text"] += output.text
        else:
            joined.append(output)
    return joined
