"""Reset one answer in a student's notebook to its stub."""

from pathlib import Path

import nbformat

from em_helpers.checks.find_notebook import NotFoundError, grade_id, original_notebook


def reset_answer(path: Path, exercise: str) -> Path:
    """Replace an exercise's answer by its stub, and save the old answer in a file.

    Parameters
    ----------
    path : Path
        The student's notebook, which is rewritten.
    exercise : str

    Returns
    -------
    Path
        The file that holds the old answer.

    Raises
    ------
    NotFoundError
        The lesson has no such exercise, or the exercise's cell is missing from the notebook.
    """
    stubs = {
        grade_id(cell): cell.source
        for cell in original_notebook(path).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    if exercise not in stubs:
        raise NotFoundError(f"there is no exercise {exercise!r}; there are: {', '.join(stubs)}.")
    notebook = nbformat.read(path, as_version=4)
    cell = next((cell for cell in notebook.cells if grade_id(cell) == exercise), None)
    if cell is None:
        raise NotFoundError(f"the answer cell of {exercise} is no longer in {path.name}.")
    suffix = ".py" if cell.cell_type == "code" else ".md"
    backup = _unused(path.with_name(f"{exercise}-before-reset{suffix}"))
    backup.write_text(cell.source + "\n", "utf-8")
    cell.source = stubs[exercise]
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    nbformat.write(notebook, path)
    return backup


def _unused(path: Path) -> Path:
    """Return a path like this one that no file has yet."""
    paths = (path.with_stem(f"{path.stem}-{i}") if i > 1 else path for i in range(1, 1000))
    return next(candidate for candidate in paths if not candidate.exists())
