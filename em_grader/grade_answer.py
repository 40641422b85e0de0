"""One answer to one exercise, graded as a submission would be."""

from em_authoring.lesson import lesson
from em_authoring.lesson_source import read
from em_authoring.wrong_answers import read_wrong_answers, reference_answers
from em_grader.sandbox import Limits, Server
from em_grader.sandbox.referee.misconceptions import hint_in
from em_grader.submissions.cell_roles import describe_cells


def grade_answer(assignment, exercise, answer, sandbox="auto"):
    """Run the lesson's given cells that an answer needs, the answer, and its hidden test.

    Parameters
    ----------
    assignment, exercise : str
    answer : str
        The whole answer cell.
    sandbox : str
        As ``em_grader.sandbox.Server`` takes it.

    Returns
    -------
    dict
        ``points`` and ``max``; ``law``, what broke (a law's name or an exception's), or None;
        ``hint``, of the known mistake that the answer makes, or None.

    Raises
    ------
    ValueError
        There is no such lesson or exercise.
    """
    chosen = lesson(assignment)
    notebook = read(chosen)
    known = read_wrong_answers(chosen.wrong_answers, reference_answers(notebook))
    cells = describe_cells(notebook, known)
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
    points, law, hint = score(outputs[place], maximum)
    return {"points": points, "max": maximum, "law": law, "hint": hint}


def score(outputs, maximum):
    """Points, the law that broke and the hint, read off a hidden test's outputs.

    Parameters
    ----------
    outputs : list of dict
    maximum : float

    Returns
    -------
    points : float
    law, hint : str or None
    """
    for each in outputs:
        if each["output_type"] == "error":
            return 0.0, law_in(each), hint_in(each)
        if each["output_type"] == "execute_result":
            return float(each["data"]["text/plain"]), None, None
    return maximum, None, None


def law_in(output):
    """The law that a test's output names, or the exception's name.

    Parameters
    ----------
    output : dict
        An error output in nbformat's form.
    """
    return output["evalue"].split(":")[0] if output["ename"] == "CheckFailure" else output["ename"]
