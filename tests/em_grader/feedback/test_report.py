"""An instructor's report on a class, and the tables for learning platforms."""

import csv
import re
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.utils import compute_checksum

from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_paths import ROOT, find_lesson
from em_grader.cli import main
from em_grader.exercise_result import ExerciseResult, Failure, store_results
from em_grader.feedback.failures import failure_groups, unreadable_submissions
from em_grader.feedback.report import report as page_of
from em_grader.submissions.graded_notebook import NOTES
from tests.support.html_page import Page

LESSON = find_lesson("03-e-step")
KNOWN = lesson_wrong_answers(LESSON.source.parent).wrong
MISTAKE = next(each for each in KNOWN if each.exercise == "hard_assignments")
POINTS = {"test-e_step": 5, "test-hard_assignments": 2, "same-components": 3}
CLASS = {
    # points of each exercise; None where the instructor has still to look
    "all": (5, 2, 3),
    "known": (5, 0, 1.5),
    "again": (5, 0, None),
    "other": (0, 0, 0),
    "torn": (None, None, None),
}


def graded(answer, failures, notes=(), readable=True):
    """The graded notebook of a submission in which some tests failed, with those failures."""
    cells = [
        new_code_cell(source, metadata={"nbgrader": {"grade_id": name}})
        for name, source in (
            ("e_step", "def e_step(): ..."),
            ("test-e_step", ""),
            ("hard_assignments", answer),
            ("test-hard_assignments", ""),
        )
    ]
    written = new_markdown_cell("*Write your answer here.*", metadata={
        "nbgrader": {"grade_id": "same-components", "solution": True, "grade": True, "points": 3,
                     "cell_type": "markdown", "schema_version": 3, "locked": False, "task": False}
    })  # fmt: skip
    written.metadata.nbgrader["checksum"] = compute_checksum(written)
    if answer != "own = 1":
        written.source = "Because."
    cells.append(written)
    metadata = {NOTES: {"notes": list(notes), "readable": readable}}
    store_results(
        metadata,
        [
            ExerciseResult(name, 0.0, POINTS[f"test-{name}"], failure=failures.get(name))
            for name in ("e_step", "hard_assignments")
        ],
    )
    return new_notebook(cells=cells, metadata=metadata)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    list_answers(folder)
    broken = Failure(MISTAKE.law, "CheckFailure", f"{MISTAKE.law}: z has another shape.")
    late = Failure("TimeLimitExceeded", "TimeLimitExceeded", "e_step ran longer than allowed")
    stub = Failure("NotImplementedError", "NotImplementedError", "")
    known = MISTAKE.source + "\n# a comment of my own\n"
    notebooks = {
        "all": graded("", {}, ["The cell test-e_step is missing: the original was put back."]),
        "known": graded(known, {"hard_assignments": broken}),
        "again": graded(known, {"hard_assignments": broken, "e_step": stub}),
        "other": graded("own = 1", {"hard_assignments": broken, "e_step": late}),
        "torn": graded("", {"e_step": late}, ["The file is <empty>."], readable=False),
    }  # fmt: skip
    handed_in(folder, CLASS, notebooks)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        book.add_student("absent", first_name="First", last_name="Last", email="a@example.org")
    return folder


def list_answers(folder):
    """Copy the course's configuration and the lesson with its wrong answers."""
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    source = folder / "solutions" / LESSON.assignment
    shutil.copytree(LESSON.wrong_answers, source / LESSON.wrong_answers.name)
    shutil.copy(LESSON.solution, source)


def handed_in(folder, scores, notebooks, gradebook="gradebook.db"):
    """Write a gradebook with these scores, and the graded notebooks."""
    with Gradebook(f"sqlite:///{folder / gradebook}") as book:
        book.add_assignment(LESSON.assignment)
        book.add_notebook(LESSON.name, LESSON.assignment)
        where = (LESSON.name, LESSON.assignment)
        for name, maximum in POINTS.items():
            book.add_grade_cell(name, *where, max_score=maximum, cell_type="code")
            book.add_source_cell(name, *where, cell_type="code")
        for student, earned in scores.items():
            book.add_student(student, lms_user_id=f"lms-{student}")
            book.add_submission(LESSON.assignment, student)
            for name, score in zip(POINTS, earned, strict=True):
                grade = book.find_grade(name, *where, student)
                grade.manual_score, grade.needs_manual_grade = score, score is None
            place = folder / "autograded" / student / LESSON.assignment / f"{LESSON.name}.ipynb"
            place.parent.mkdir(parents=True)
            nbformat.write(notebooks[student], place)
        book.db.commit()


@pytest.fixture(scope="module")
def page(course):
    path = course / "report.html"
    assert main(["report", LESSON.assignment, f"--course={course}", f"--html={path}"]) == 0
    return path


def row(path, name):
    """The cells of the first row of a table that begins with a name."""
    found = re.search(rf"<tr><td>{name}</td>(.*?)</tr>", path.read_text("utf-8"), re.DOTALL)
    return re.findall(r"<td[^>]*>(.*?)</td>", found[1], re.DOTALL)


def test_the_page_is_alone_and_says_how_the_points_are_spread(page):
    read = Page(page)
    assert read.loaded == []
    text = page.read_text("utf-8")
    assert "http" not in text
    assert "5 submissions, 1 of which could not be read." in text
    assert "mean 5.4, median 5.75 of 10 points; the middle half has 3.75 to 7.38." in text
    assert "Written answers of 1 wait for manual grading; they count 0 here." in text
    assert 'aria-label="1 with 0, 1 with 5, 1 with 6, 1 with 10"' in text


def test_exercises_come_by_difficulty_without_what_waits(page):
    names = re.findall(r"<tr><td>([\w-]+)</td><td><svg", page.read_text("utf-8"))
    assert names == ["hard_assignments", "same-components", "e_step"]
    assert row(page, "e_step")[1:] == ["75%", "3.8 of 5", "3", "1", "0"]
    assert row(page, "same-components")[1:] == ["50%", "1.5 of 3", "1", "1", "1"]
    assert 'width="60.0"' in row(page, "same-components")[0]


def test_misconceptions_are_counted_and_known_ones_told_apart(course, page):
    first, second = failure_groups(course / "autograded", LESSON.assignment, KNOWN)
    assert (first.exercise, first.law) == ("hard_assignments", MISTAKE.law)
    assert first.misconceptions == {MISTAKE.hint: 2}
    assert first.students == ["again", "known", "other"]
    alike = {each.hint for each in KNOWN if each.law == MISTAKE.law
             and each.exercise == "hard_assignments"}  # fmt: skip
    assert set(first.candidates) == alike - {MISTAKE.hint}
    assert (second.exercise, second.law) == ("e_step", "TimeLimitExceeded")
    assert (second.students, second.misconceptions) == (["other"], {})
    assert f"2 with a known one: {MISTAKE.hint[:30]}" in Page(page).text


def test_what_could_not_be_graded_is_listed_and_escaped(course, page):
    assert unreadable_submissions(course / "autograded", LESSON.assignment) == {
        "torn": ["The file is <empty>."]
    }
    assert "The file is &lt;empty&gt;." in page.read_text("utf-8")
    assert row(page, "all") == ["The cell test-e_step is missing: the original was put back."]


def test_tables_for_canvas_and_moodle(course, tmp_path):
    canvas, moodle = tmp_path / "canvas.csv", tmp_path / "moodle.csv"
    main(["report", LESSON.assignment, f"--course={course}", f"--html={tmp_path / 'x.html'}",
          f"--canvas={canvas}", f"--moodle={moodle}"])  # fmt: skip
    heads, possible, *rows = csv.reader(canvas.open(encoding="utf-8"))
    assert heads == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "03-e-step"]
    assert possible == ["    Points Possible", "", "", "", "", "10"]
    by_id = {each[2]: each for each in rows}
    assert by_id["known"] == ["known", "lms-known", "known", "known", "", "6.5"]
    assert by_id["absent"] == ["Last, First", "", "absent", "absent", "", ""]
    heads, *rows = csv.reader(moodle.open(encoding="utf-8"))
    assert heads == ["First name", "Last name", "ID number", "Email address", "03-e-step"]
    by_id = {each[2]: each for each in rows}
    assert by_id["absent"] == ["First", "Last", "absent", "a@example.org", ""]
    assert by_id["all"][-1] == "10"


def test_a_lesson_without_grades_is_named(course, capsys):
    assert main(["report", "04-m-step", f"--course={course}", f"--html={course / 'x.html'}"]) == 2
    message = capsys.readouterr().err
    assert f"{course / 'gradebook.db'} holds no grades of 04-m-step: run em-grade" in message


def test_a_course_without_a_gradebook_gets_none(tmp_path, capsys):
    page = tmp_path / "x.html"
    assert main(["report", LESSON.assignment, f"--course={tmp_path}", f"--html={page}"]) == 2
    assert "holds no grades of 03-e-step" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_gradebook_and_wrong_answers_are_those_of_the_course(tmp_path, monkeypatch):
    """Its configuration puts the gradebook elsewhere; its lesson lists one misconception."""
    source = tmp_path / "solutions" / LESSON.assignment
    (source / "wrong_answers").mkdir(parents=True)
    (source / "wrong_answers" / "hard_assignments.py").write_text(
        "# %% wrong: our law\n# Only here.\nown = 1\n"
    )
    shutil.copy(LESSON.solution, source)
    (tmp_path / "records").mkdir()
    settings = (
        "c.CourseDirectory.source_directory = 'solutions'\n"
        "c.CourseDirectory.db_url = 'sqlite:///records/points.db'\n"
    )
    (tmp_path / "nbgrader_config.py").write_text(settings)
    broken = {"hard_assignments": Failure("our law", "CheckFailure", "our law: z is 3.")}
    notebooks = {"a": graded("own = 1", broken)}
    handed_in(tmp_path, {"a": (5, 0, 1)}, notebooks, gradebook="records/points.db")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    arguments = [f"--course={tmp_path}", "--canvas=canvas.csv", "--moodle=moodle.csv"]
    assert main(["report", LESSON.assignment, *arguments]) == 0
    text = (elsewhere / f"{LESSON.assignment}-report.html").read_text("utf-8")
    assert "mean 6.0" in text
    assert "1 with a known one: Only here." in text
    assert (elsewhere / "canvas.csv").read_text("utf-8").endswith(",a,a,,6\n")
    assert (elsewhere / "moodle.csv").read_text("utf-8").endswith(",a,,6\n")
    assert not (tmp_path / "gradebook.db").exists()


def test_a_class_without_a_fault_has_nothing_to_list(tmp_path):
    handed_in(tmp_path, {"all": (5, 2, 3)}, {"all": graded("", {})})
    text = page_of(tmp_path, LESSON.assignment)
    assert "0 of which could not be read." in text
    assert "mean 10.0, median 10 of 10 points; the middle half has 10 to 10." in text
    assert "No law was broken." in text
    assert "Every file could be read." in text
    assert "Noticed" not in text
    assert "manual grading; they count" not in text


def test_a_class_that_nobody_could_read_has_no_points_to_show(tmp_path):
    torn = graded("", {}, ["It is no JSON."], readable=False)
    handed_in(tmp_path, {"torn": (None, None, None)}, {"torn": torn})
    text = page_of(tmp_path, LESSON.assignment)
    assert "1 of which could not be read.</p>" in text
    assert "It is no JSON." in text
    for heading in ("Points", "Exercises", "Misconceptions", "Noticed"):
        assert f"<h2>{heading}</h2>" not in text


def test_mistakes_that_nobody_has_listed_are_counted_by_their_law_alone(tmp_path):
    missed = {"e_step": Failure("TimeLimitExceeded", "TimeLimitExceeded", "too long")}
    given = {"a": graded("own = 1", missed), "b": graded("own = 2", missed)}
    handed_in(tmp_path, {"a": (0, 2, 3), "b": (0, None, 3)}, given)
    text = page_of(tmp_path, LESSON.assignment)
    assert re.search(r"<td>TimeLimitExceeded</td><td[^>]*>2</td><td><details>", text)
    assert "with a known one" not in text
