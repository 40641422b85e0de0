"""Reading ``wrong_answers/<exercise>.py``: wrong answers with hints, and unusual right ones.

A file is plain Python in percent cells. Each cell is headed by what it holds::

    # %% wrong: rows sum to one            the law of the hidden test at which the answer fails
    # %% wrong, from in_logs: not negative
    # %% right                             an answer that earns all points
    # %% right in_logs                     the same, with a name that other cells refer to
    # %% base in_logs                      code that other cells edit; no answer by itself

The comment that follows is a wrong answer's hint or a remark on a right one. Then comes the answer:
either its whole source, or how it differs from the reference answer (from the named cell after
``from``)::

    # ~ r.sum(axis=1, keepdims=True) → r.sum(axis=0)      a fragment replaced by another
    #   counts = r.sum(axis=0)                            a line that stays, to mark the place
    # - return counts / len(r)                            lines that go, and
    # + return counts                                     those that come instead

What an edit names is in the text that it edits exactly once. Lines are compared without their
indentation, and new lines are indented as the first line of their edit is.
"""

import ast
import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

FOLDER = "wrong_answers"

_HEADER = re.compile(
    r"# %% (?P<kind>wrong|right|base)"
    r"(?: (?P<name>[a-z]\w*))?(?:, from (?P<base>[a-z]\w*))?(?:: (?P<law>.+))?"
)
_EDIT = re.compile(r"# (?P<sign>[-+~ ]) (?P<text>.*)")
_MARKER = re.compile(r"\s*### (?:BEGIN|END) SOLUTION\s*")


class WrongAnswersError(ValueError):
    """A file of wrong answers that cannot be read; the message names file, line and cause."""


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that fails, and what to say to whoever gives it.

    Attributes
    ----------
    exercise : str
        The exercise's name, which is the function's.
    source : str
        The whole answer cell.
    law : str
        The law that the hidden test names, or the exception's name.
    hint : str
        What to think about, without the answer.
    place : str
        File and line, for messages.
    """

    exercise: str
    source: str
    law: str
    hint: str
    place: str


@dataclass(frozen=True)
class RightAnswer:
    """An answer other than the reference's that earns all points.

    Attributes
    ----------
    exercise : str
    source : str
        The whole answer cell.
    remark : str
        What is unusual about it.
    place : str
        File and line, for messages.
    """

    exercise: str
    source: str
    remark: str
    place: str


@dataclass(frozen=True)
class KnownAnswers:
    """The answers that are listed beside a lesson, in the lesson's order of exercises.

    Attributes
    ----------
    wrong : tuple of WrongAnswer
    right : tuple of RightAnswer
    """

    wrong: tuple[WrongAnswer, ...] = ()
    right: tuple[RightAnswer, ...] = ()


def lesson_wrong_answers(folder: Path) -> KnownAnswers:
    """Read the answers that lie beside a lesson's built notebook.

    Parameters
    ----------
    folder : Path
        The lesson's folder, which holds one notebook, the instructors' edition, and
        ``wrong_answers``. Without one of the two, no answers are known.

    Raises
    ------
    WrongAnswersError
        As `read_wrong_answers` does.
    """
    notebooks = sorted(Path(folder).glob("*.ipynb"))
    if not notebooks or not Path(folder, FOLDER).is_dir():
        return KnownAnswers()
    return read_wrong_answers(
        Path(folder, FOLDER), _references(notebooks[0], notebooks[0].stat().st_mtime_ns)
    )


def reference_answers(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """Extract the reference answer to each exercise from a lesson's notebook.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        The instructors' edition, as read from its source or as built.

    Returns
    -------
    dict of str to str
        By the exercise's name, in the lesson's order: the answer cell without its docstring and
        without nbgrader's markers.
    """
    return {
        cell.metadata.nbgrader.grade_id: _without_docstring(cell.source)
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
    }


def read_wrong_answers(folder: Path, references: Mapping[str, str]) -> KnownAnswers:
    """Read the wrong answers to a lesson's exercises and the alternative right ones.

    A file is parsed once per process, and again when it or its reference answer changes.

    Parameters
    ----------
    folder : Path
        The lesson's ``wrong_answers``, which may be missing.
    references : mapping of str to str
        The reference answer to each exercise, from `reference_answers`.

    Raises
    ------
    WrongAnswersError
        A file belongs to no exercise, a cell has no known form, or an edit does not fit.
    """
    files = {path.stem: path for path in sorted(Path(folder).glob("*.py"))}
    for exercise, path in files.items():
        if exercise not in references:
            raise WrongAnswersError(
                f"{path}: there is no exercise {exercise!r}; name the file after one of "
                f"{', '.join(references)}."
            )
    answers = [
        answer
        for exercise, reference in references.items()
        if exercise in files
        for answer in _read(files[exercise], files[exercise].stat().st_mtime_ns, reference)
    ]
    return KnownAnswers(
        tuple(each for each in answers if isinstance(each, WrongAnswer)),
        tuple(each for each in answers if isinstance(each, RightAnswer)),
    )


@dataclass(frozen=True)
class _Cell:
    place: str
    kind: str
    name: str | None
    base: str | None
    law: str | None
    comment: str
    edits: list[tuple[str, str]]
    code: str


@functools.cache
def _references(notebook: Path, _modified: int) -> dict[str, str]:
    return reference_answers(nbformat.read(notebook, as_version=4))


@functools.cache
def _read(path: Path, _modified: int, reference: str) -> tuple[WrongAnswer | RightAnswer, ...]:
    sources: dict[str | None, str] = {None: reference}
    answers: list[WrongAnswer | RightAnswer] = []
    for cell in _cells(path):
        source = cell.code or _edited(cell, sources)
        if cell.name is not None:
            sources[cell.name] = source
        if cell.kind == "wrong":
            answers.append(WrongAnswer(path.stem, source, cell.law or "", cell.comment, cell.place))
        elif cell.kind == "right":
            answers.append(RightAnswer(path.stem, source, cell.comment, cell.place))
    return tuple(answers)


def _cells(path: Path) -> Iterator[_Cell]:
    lines = path.read_text("utf-8").split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith("# %%")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        place = f"{'/'.join(path.parts[-3:])}:{start + 1}"
        yield _cell(place, lines[start:end])


def _cell(place: str, lines: list[str]) -> _Cell:
    header = _HEADER.fullmatch(lines[0])
    if not header:
        raise WrongAnswersError(
            f"{place}: {lines[0]!r} is no header; write '# %% wrong: LAW', '# %% right' or "
            f"'# %% base NAME'."
        )
    kind, name, law = header["kind"], header["name"], header["law"]
    if (kind == "wrong") != (law is not None) or (kind == "base" and name is None):
        raise WrongAnswersError(
            f"{place}: {lines[0]!r}: a wrong answer names the law at which it fails, and no other "
            f"cell does; a base has a name."
        )
    body = list(lines[1:])
    comment, edits = [], []
    while body and body[0].startswith("#"):
        line = body.pop(0)
        edit = _EDIT.fullmatch(line)
        if edit:
            edits.append((edit["sign"], edit["text"]))
        elif edits:
            raise WrongAnswersError(
                f"{place}: {line!r} follows the edits and is none; edits stand last."
            )
        else:
            comment.append(line.removeprefix("#").strip())
    code = "\n".join(body).strip()
    if bool(code) == bool(edits) or not (comment or kind == "base"):
        raise WrongAnswersError(
            f"{place}: a cell holds a comment, and then either source or edits, not both."
        )
    if code and header["base"]:
        raise WrongAnswersError(f"{place}: a whole source is edited from nothing; drop ', from'.")
    return _Cell(
        place, kind, name, header["base"], law, " ".join(comment), edits, code and code + "\n"
    )


def _edited(cell: _Cell, sources: Mapping[str | None, str]) -> str:
    if cell.base not in sources:
        raise WrongAnswersError(f"{cell.place}: no cell above is named {cell.base!r}.")
    text = sources[cell.base]
    changes = []
    for edit in _grouped(cell.edits):
        if edit[0][0] == "~":
            changes.append(_fragment(cell.place, text, edit[0][1]))
        else:
            changes.append(_lines(cell.place, text, edit))
    changes.sort(reverse=True)
    end = len(text)
    for start, stop, new in changes:
        if stop > end:
            raise WrongAnswersError(f"{cell.place}: two edits overlap in {text[start:stop]!r}.")
        text = text[:start] + new + text[stop:]
        end = start
    if text == sources[cell.base]:
        raise WrongAnswersError(f"{cell.place}: the edits change nothing.")
    return text


def _grouped(edits: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Group lines into edits; after a line that comes, one that goes or stays begins the next."""
    groups: list[list[tuple[str, str]]] = []
    last = "~"
    for sign, text in edits:
        if "~" in (sign, last) or (last == "+" and sign != "+"):
            groups.append([])
        groups[-1].append((sign, text))
        last = sign
    return groups


def _fragment(place: str, text: str, edit: str) -> tuple[int, int, str]:
    old, arrow, new = edit.partition("→")
    old, new = old.strip(), new.strip()
    if not arrow or not old or text.count(old) != 1:
        raise WrongAnswersError(
            f"{place}: {edit!r} does not fit: {old!r} is {text.count(old)} times in the text that "
            f"it edits, not once."
        )
    start = text.index(old)
    return start, start + len(old), new


def _lines(place: str, text: str, edit: list[tuple[str, str]]) -> tuple[int, int, str]:
    lines = text.splitlines(keepends=True)
    old = [line.strip() for sign, line in edit if sign != "+"]
    stripped = [line.strip() for line in lines]
    starts = [i for i in range(len(lines)) if old and stripped[i : i + len(old)] == old]
    if len(starts) != 1:
        raise WrongAnswersError(
            f"{place}: {' / '.join(old)!r} is {len(starts)} times in the text that it edits, "
            f"not once."
        )
    written = next(line for sign, line in edit if sign != "+")
    extra = _indentation(lines[starts[0]]) - _indentation(written)
    added = [line for sign, line in edit if sign != "-"]
    new = "".join(
        f"{' ' * (_indentation(line) + extra)}{line.strip()}\n" if line.strip() else "\n"
        for line in added
    )
    first = sum(map(len, lines[: starts[0]]))
    return first, first + sum(map(len, lines[starts[0] : starts[0] + len(old)])), new


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _without_docstring(source: str) -> str:
    lines = source.strip("\n").split("\n")
    for definition in ast.parse(source.strip("\n")).body:
        if isinstance(definition, ast.FunctionDef) and ast.get_docstring(definition) is not None:
            docstring = definition.body[0]
            del lines[docstring.lineno - 1 : docstring.end_lineno]
            break
    return "\n".join(line for line in lines if not _MARKER.fullmatch(line)).strip("\n") + "\n"
