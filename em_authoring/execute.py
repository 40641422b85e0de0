"""Running a notebook from top to bottom, and keeping of its outputs what runs alike twice."""

from nbclient import NotebookClient

SECONDS = 120
"""What one cell may take; a whole lesson is to take 30."""


def execute(notebook, folder):
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
        timeout=SECONDS,
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
    )
    client.execute()
    notebook.metadata["language_info"] = {"name": "python"}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            cell.outputs = _joined(cell.outputs)


def _joined(outputs):
    """Neighbouring pieces of one stream in one output: where they are cut depends on timing."""
    joined = []
    for output in outputs:
        previous = joined[-1] if joined else {}
        if output.output_type == "stream" and previous.get("name") == output.name:
            previous["text"] += output.text
        else:
            joined.append(output)
    return joined
