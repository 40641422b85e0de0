"""The lesson's own cells: which of them no student's code takes part in, and their names."""

import io

from IPython import get_ipython
from IPython.display import display

from em_grader.sandbox.referee import cell_names
from em_grader.sandbox.referee.test_execution import quiet, run

_BASE = {"__name__": "__main__", "get_ipython": get_ipython, "display": display}


class ProvidedCells:
    """The given cells of a notebook, and the imports of its visible checks.

    A given cell is the lesson's alone if all that it uses comes from such cells above it. Those
    are run in the referee where a test needs their names, and in a student's process where the
    student's cells mention them; what they show is the same for every student.

    Parameters
    ----------
    cells : list of dict
        As ``cell_roles.describe_cells`` makes them.

    Attributes
    ----------
    closed : set of int
        The places of given cells that are the lesson's alone.
    """

    def __init__(self, cells):
        self._cells, self._space, self._done = cells, dict(_BASE), set()
        self._binders, self._sources, self._imported = {}, {}, set()
        for place, cell in enumerate(cells):
            if cell["kind"] in ("given", "check"):
                self._consider(place, cell)
        self.closed = {each for each in self._sources if cells[each]["kind"] == "given"}

    def answers(self, place):
        """The names of the exercises above a cell: always the student's."""
        return {each["name"] for each in self._cells[:place] if each["kind"] == "answer"}

    def namespace(self, wanted, place):
        """Some names as the lesson's own cells above a cell define them, where they do.

        Parameters
        ----------
        wanted : set of str
        place : int

        Returns
        -------
        dict
        """
        own = {name: self._binder(name, place) for name in sorted(wanted)}
        for binder in sorted({each for each in own.values() if each is not None}):
            self._run(binder)
        return _BASE | {name: self._space[name] for name, at in own.items() if at is not None}

    def needed(self):
        """The places of closed cells that the other cells mention, and what those need in turn.

        Returns
        -------
        set of int
        """
        writers = {}
        for place, source in self._sources.items():
            in_place = cell_names.changed(source) - self._imported
            for name in cell_names.bound(source) | in_place:
                writers.setdefault(name, set()).add(place)
        rest = [c["source"] for i, c in enumerate(self._cells) if self._is_foreign(i, c)]
        found, new = set(), set().union(*map(cell_names.mentioned, rest)) if rest else set()
        seen = set()
        while new:
            seen |= new
            places = {place for name in new for place in writers.get(name, ())} - found
            found |= places
            new = set().union(*(cell_names.wanted(self._sources[each]) for each in places)) - seen
        return found & self.closed

    def _is_foreign(self, place, cell):
        return cell["kind"] in ("answer", "added") or (
            cell["kind"] == "given" and place not in self.closed
        )

    def _consider(self, place, cell):
        source = cell["source"]
        source = cell_names.only_imports(source) if cell["kind"] == "check" else source
        own = cell_names.wanted(source)
        if own & self.answers(place) or any(self._binder(each, place) is None for each in own):
            return
        self._sources[place] = source
        self._imported |= cell_names.imported(source)
        for name in cell_names.bound(source):
            self._binders.setdefault(name, []).append(place)

    def _binder(self, name, place):
        return max((each for each in self._binders.get(name, []) if each < place), default=None)

    def _run(self, place):
        """Run a cell here, once, after those that it needs."""
        if place in self._done:
            return
        self._done.add(place)
        for name in sorted(cell_names.wanted(self._sources[place])):
            self._run(self._binder(name, place))
        with quiet(io.StringIO()):
            run(self._sources[place], self._space)
