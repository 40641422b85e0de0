"""Grade one answer to one exercise as a submission would be graded."""

from em_authoring.known_answers import read_wrong_answers, reference_answers
from em_authoring.lesson_paths import find_lesson
from em_authoring.lesson_source import read_lesson_source
from em_grader.exercise_result import ExerciseResult
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.server.grading_server import Server
from em_grader.submissions.cell_roles import describe_cells


def grade_answer(
    assignment: str, exercise: str, answer: str, sandbox: str = "auto"
) -> ExerciseResult:
    """Run the lesson's provided cells that an answer needs, the answer cell, and its hidden test.

    The sandbox is a level as ``grading_server.Server`` takes it. Raises ``ValueError`` if there is
    no such lesson, as 03-e-step, or no such exercise.
    """
    chosen = find_lesson(assignment)
    notebook = read_lesson_source(chosen)
    known = read_wrong_answers(chosen.wrong_answers, reference_answers(notebook))
    cells = describe_cells(notebook)
    exercises = [cell["exercise"] for cell in cells if cell["kind"] == "test"]
    if exercise not in exercises:
        names = ", ".join(exercises)
        raise ValueError(f"{assignment} has no exercise {exercise!r}; it has {names}.")
    kept = [
        cell | {"source": answer} if cell["kind"] == "answer" else cell
        for cell in cells
        if cell["kind"] == "provided"
        or (cell["kind"] in ("answer", "test") and cell["exercise"] == exercise)
    ]
    server = Server(sandbox)
    try:
        job = server.submit(kept, Limits(), include_provided=False, known_answers=known)
        (data,) = job.result()["results"]
    finally:
        server.stop()
    return ExerciseResult.from_data(data)
