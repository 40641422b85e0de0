"""Write each lesson as a page into ``docs/lessons`` before Sphinx reads the folder."""

import shutil
from pathlib import Path

import nbformat

from em_helpers.authoring.editions import public
from em_helpers.authoring.lesson import lessons


def write_pages(app, config):
    """One notebook a lesson, in the public edition or the instructors'."""
    folder = Path(app.confdir) / "lessons"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for lesson in lessons():
        notebook = nbformat.read(lesson.solution, as_version=4)
        shown = notebook if app.tags.has("instructors") else public(notebook)
        for cell in shown.cells:
            adapt(cell, instructors=app.tags.has("instructors"))
        nbformat.write(shown, folder / f"{lesson.assignment}.ipynb")


def adapt(cell, instructors):
    """Say how a page shows a cell: hidden tests fold, or are left out."""
    marking = cell.metadata.get("nbgrader", {})
    tags = [tag for tag in cell.metadata.get("tags", []) if tag != "raises-exception"]
    if marking.get("grade_id", "").startswith("test-"):
        tags.append("hide-input" if instructors else "remove-cell")
    if cell.cell_type == "code" and marking.get("solution"):
        tags.append("exercise")
    for output in cell.get("outputs", []):
        alt = output.get("metadata", {}).get("image/png", {}).get("alt")
        if alt:
            cell.metadata["mystnb"] = {"image": {"alt": alt}}
    if tags:
        cell.metadata["tags"] = tags


def setup(app):
    """Sphinx's way in."""
    app.connect("config-inited", write_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
