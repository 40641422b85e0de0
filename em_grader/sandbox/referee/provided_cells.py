"""The lesson's provided cells: which of them use no student code, and which names they define."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from typing import Any

from IPython import get_ipython
from IPython.display import display

from em_grader.sandbox.lesson_data import Cell
from em_grader.sandbox.referee import cell_names
from em_grader.sandbox.referee.test_execution import captured_output, run_cell

_BASE_NAMESPACE = {"__name__": "__main__", "get_ipython": get_ipython, "display": display}


class ProvidedCells:
    """The provided cells of a notebook, and the imports of its visible checks.

    A provided cell is self-contained if everything that it uses comes from self-contained cells
    above it. Those cells run in the trusted process where a test needs their names, and in a
    student's process only where the student's cells mention them; their outputs are the same for
    every student.

    Parameters
    ----------
    cells : list of Cell

    Attributes
    ----------
    self_contained : set of int
        The indices of the self-contained cells.
    """

    def __init__(self, cells: Sequence[Cell]):
        self._cells = cells
        self._namespace: dict[str, Any] = dict(_BASE_NAMESPACE)
        self._have_run: set[int] = set()
        self._binding_cells: dict[str, list[int]] = {}
        self._sources: dict[int, str] = {}
        self._imported: set[str] = set()
        for index, cell in enumerate(cells):
            if cell["kind"] in ("provided", "check"):
                self._add_if_self_contained(index, cell)
        self.self_contained = {
            index for index in self._sources if cells[index]["kind"] == "provided"
        }

    def exercises_above(self, index: int) -> set[str]:
        """The names of the exercises above a cell, which are always the student's."""
        return {cell["exercise"] for cell in self._cells[:index] if cell["kind"] == "answer"}

    def namespace(self, names: Collection[str], index: int) -> dict[str, Any]:
        """Look up names as the self-contained cells above a cell define them.

        Parameters
        ----------
        names : set of str
        index : int
            Of the cell.

        Returns
        -------
        dict
            Without the names that they do not define.
        """
        binding_cells = {name: self._binding_cell(name, index) for name in sorted(names)}
        for binding_cell in sorted({at for at in binding_cells.values() if at is not None}):
            self._run(binding_cell)
        return _BASE_NAMESPACE | {
            name: self._namespace[name] for name, at in binding_cells.items() if at is not None
        }

    def needed_by_students(self) -> set[int]:
        """Find the self-contained cells that the other cells mention, directly or not.

        Returns
        -------
        set of int
            Indices.
        """
        writers: dict[str, set[int]] = {}
        for index, source in self._sources.items():
            in_place = cell_names.mutated_names(source) - self._imported
            for name in cell_names.bound_names(source) | in_place:
                writers.setdefault(name, set()).add(index)
        others = [c["source"] for i, c in enumerate(self._cells) if self._uses_student_code(i, c)]
        needed: set[int] = set()
        new_names = set().union(*map(cell_names.possibly_used_names, others)) if others else set()
        seen_names: set[str] = set()
        while new_names:
            seen_names |= new_names
            new_cells = {i for name in new_names for i in writers.get(name, ())} - needed
            needed |= new_cells
            used = (cell_names.free_names(self._sources[index]) for index in new_cells)
            new_names = set().union(*used) - seen_names
        return needed & self.self_contained

    def _uses_student_code(self, index, cell):
        return cell["kind"] in ("answer", "added") or (
            cell["kind"] == "provided" and index not in self.self_contained
        )

    def _add_if_self_contained(self, index, cell):
        source = cell["source"]
        source = cell_names.import_statements(source) if cell["kind"] == "check" else source
        used = cell_names.free_names(source)
        if used & self.exercises_above(index):
            return
        if any(self._binding_cell(name, index) is None for name in used):
            return
        self._sources[index] = source
        self._imported |= cell_names.imported_names(source)
        for name in cell_names.bound_names(source):
            self._binding_cells.setdefault(name, []).append(index)

    def _binding_cell(self, name, index):
        """The last self-contained cell above a cell that binds a name, or None."""
        return max((at for at in self._binding_cells.get(name, []) if at < index), default=None)

    def _run(self, index):
        """Run a cell in this process, once, after the cells that it needs."""
        if index in self._have_run:
            return
        self._have_run.add(index)
        for name in sorted(cell_names.free_names(self._sources[index])):
            self._run(self._binding_cell(name, index))
        with captured_output(io.StringIO()):
            run_cell(self._sources[index], self._namespace)
