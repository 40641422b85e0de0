"""The lesson's own code in the trusted process: running a cell, and the provided cells."""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import sys
import warnings
from collections.abc import Collection, Iterator, Sequence
from types import CodeType
from typing import Any

from IPython import get_ipython
from IPython.display import display

from em_grader.sandbox.message_types import Cell
from em_grader.sandbox.referee import cell_names

FILE_NAME = "<test>"
"""The file name in the frames of a test's code."""

_BASE_NAMESPACE = {"__name__": "__main__", "get_ipython": get_ipython, "display": display}


def run_lesson_cell(source: str, namespace: dict[str, Any]) -> object:
    """Run a cell's code; returns the value of its last line if that is an expression, else None."""
    statements, last_expression = compile_cell(source)
    exec(statements, namespace)
    return eval(last_expression, namespace) if last_expression else None


@functools.cache
def compile_cell(source: str) -> tuple[CodeType, CodeType | None]:
    """Compile a cell's statements, and apart from them its last line if it is an expression."""
    tree = ast.parse(cell_names.expand_magics(source))
    last_statement, last_expression = tree.body[-1] if tree.body else None, None
    if isinstance(last_statement, ast.Expr):
        tree.body.pop()
        last_expression = compile(ast.Expression(last_statement.value), FILE_NAME, "eval")
    return compile(tree, FILE_NAME, "exec"), last_expression


@contextlib.contextmanager
def captured_output(printed: io.StringIO) -> Iterator[None]:
    """Redirect standard output to a buffer; drop standard error and warnings."""
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        sys.stdout.flush()
        yield


class ProvidedCells:
    """The provided cells of a notebook, and the imports of its visible checks.

    A provided cell is self-contained if everything that it uses comes from self-contained cells
    above it. Those cells run in the trusted process where a test needs their names, and in a
    student's process only where the student's cells mention them; their outputs are the same for
    every student. ``self_contained`` holds their indices.
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
        """Look up names as the self-contained cells above a cell define them, if they do."""
        binding_cells = {name: self._binding_cell(name, index) for name in sorted(names)}
        for binding_cell in sorted({at for at in binding_cells.values() if at is not None}):
            self._run(binding_cell)
        return _BASE_NAMESPACE | {
            name: self._namespace[name] for name, at in binding_cells.items() if at is not None
        }

    def needed_by_students(self) -> set[int]:
        """Find the self-contained cells that the other cells mention, directly or not."""
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
            run_lesson_cell(self._sources[index], self._namespace)
