"""One answer to one exercise, graded as a submission would be."""

import ast

from em_helpers.authoring.lesson import lesson
from em_helpers.authoring.source import read
from em_helpers.grading.attempt import attempts
from em_helpers.grading.sandbox import Limits, Server
from em_helpers.grading.sandbox.cells import described


def try_answer(assignment, exercise, answer, sandbox="auto"):
    """Run the lesson's given cells that an answer needs, the answer, and its hidden test.

    Parameters
    ----------
    assignment, exercise : str
    answer : str
        The whole answer cell.
    sandbox : str
        As ``em_helpers.grading.sandbox.Server`` takes it.

    Returns
    -------
    dict
        ``points`` and ``max``; ``law``, what broke (a law's name or an exception's), or None;
        ``hint``, if the answer is a known mistake but for its layout, or None.

    Raises
    ------
    ValueError
        There is no such lesson or exercise.
    """
    chosen = lesson(assignment)
    cells = described(read(chosen))
    names = [each["name"] for each in cells if each["kind"] == "test"]
    if exercise not in names:
        raise ValueError(f"{assignment} has no exercise {exercise!r}; it has {', '.join(names)}.")
    kept = [
        each | {"source": answer} if each["kind"] == "answer" else each
        for each in cells
        if each["kind"] == "given"
        or (each["kind"] in ("answer", "test") and each["name"] == exercise)
    ]
    server = Server(sandbox)
    try:
        outputs = server.submit(kept, Limits(), show_given=False).result()["outputs"]
    finally:
        server.stop()
    place = next(i for i, each in enumerate(kept) if each["kind"] == "test")
    maximum = kept[place]["points"]
    points, law = _score(outputs[place], maximum)
    hint = None if law is None else known_mistake(attempts(chosen), exercise, answer)
    return {"points": points, "max": maximum, "law": law, "hint": hint}


def _score(outputs, maximum):
    """Points and the law that broke, read off a hidden test's outputs."""
    for each in outputs:
        if each["output_type"] == "error":
            named = each["evalue"].split(":")[0]
            return 0.0, named if each["ename"] == "LawBroken" else each["ename"]
        if each["output_type"] == "execute_result":
            return float(each["data"]["text/plain"]), None
    return maximum, None


def known_mistake(known, exercise, answer):
    """The hint of the known mistake that an answer is, but for its layout, or None.

    Parameters
    ----------
    known : list of Attempt
    exercise : str
    answer : str
        The whole answer cell.
    """
    form = _form(answer)
    for attempt in known:
        if attempt.exercise == exercise and not attempt.right and _form(attempt.source) == form:
            return attempt.hint
    return None


def _form(source):
    """A cell's syntax without its layout and comments, or None if it has none."""
    try:
        return ast.dump(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
