"""A lesson from release to feedback: a student and an instructor, each in a JupyterLab."""

import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

import pytest

from em_authoring.known_answers import lesson_wrong_answers
from em_authoring.lesson_paths import find_lesson
from em_grader.read_gradebook import read_points
from tests.browser import accounts
from tests.browser.lab import (
    answer,
    cell,
    dismiss,
    enter,
    formgrader,
    menu,
    open_notebook,
    press,
    run_all,
    validate,
)
from tests.browser.pictures import keep
from tests.browser.room import furnish, open_lab

LESSON = find_lesson("03-e-step")
WRITTEN = {
    "same-components": "The density cancels in (3.2), so the posterior is $\\pi_k$ in every row.",
    "through-the-posterior": "Log-likelihood minus entropy; the posterior is to be held fixed.",
}
WRONG = "def hard_assignments(responsibilities):\n    return responsibilities.argmin(axis=1)"


@pytest.fixture(scope="module")
def people():
    """Homes and an exchange that both may write to; accounts, or why there are none."""
    room = Path(tempfile.mkdtemp(prefix="em-class-"))
    room.chmod(0o755)
    exchange = room / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    both = (
        furnish(room / "instructor", "instructor", exchange, [LESSON]),
        furnish(room / "student", "student", exchange, []),
    )
    made, why = [], ""
    try:
        made = accounts.make(("instructor", "student"), room)
        for desk, account in zip(both, made, strict=True):
            desk.account = account
    except accounts.NoAccounts as error:
        why = str(error)
    try:
        yield both, exchange, why
    finally:
        for desk in both:
            desk.stop()
        accounts.remove(made)
        shutil.rmtree(room, ignore_errors=True)


def test_a_lesson_from_release_to_feedback(browser, people):
    (instructor, student), *_ = people
    named = instructor.types(".venv/bin/nbgrader db student add student --first-name First "
                             "--last-name Student")  # fmt: skip
    assert not named.returncode, named.stderr
    open_lab(instructor, "instructor")
    open_lab(student, "lab")
    teaching = enter(browser, instructor)
    release(teaching)
    learning = enter(browser, student)
    work(learning)
    hand_in(learning)
    grade(teaching)
    grades = read_points(f"sqlite:///{instructor.checkout / 'gradebook.db'}")
    earned = {row.exercise: row.points for row in grades}
    assert earned["same-components"] == 2
    assert sum(earned.values()) == 19
    told = read_feedback(learning, student)
    assert violations(browser, told) == []
    for desk in (instructor, student):
        assert desk.asked
        mine = (desk.url, "data:", "blob:")
        assert not [address for address in desk.asked if not address.startswith(mine)]


def test_each_owns_what_is_theirs_and_sees_nothing_of_the_other(people):
    (instructor, student), exchange, why = people
    if why:
        pytest.skip(f"both people were one user of the system: {why}")
    of_student = (
        student.home.rglob("e-step.ipynb"),
        exchange.glob("em/inbound/*/e-step.ipynb"),
    )
    of_instructor = (
        (instructor.checkout / "submitted").rglob("e-step.ipynb"),
        (instructor.checkout / "autograded").rglob("e-step.ipynb"),
        exchange.glob("em/outbound/**/e-step.ipynb"),
        exchange.glob("em/feedback/**/*.html"),
    )
    for desk, places in ((student, of_student), (instructor, of_instructor)):
        for found in map(list, places):
            assert found
            assert {path.stat().st_uid for path in found} == {desk.account.number}
    gradebook = instructor.checkout / "gradebook.db"
    assert "Permission denied" in student.types(f"cat {gradebook}").stderr
    assert "Permission denied" in student.types(f"ls {instructor.home}").stderr
    assert "Permission denied" in student.types(f"ls {exchange}/em/inbound").stderr
    assert "Permission denied" in student.types(f"ls {exchange}/em/feedback").stderr
    assert "Permission denied" in instructor.types(f"ls {student.home}").stderr
    assert not instructor.types(f"ls {exchange}/em/inbound").returncode


def release(page):
    """The instructor generates the release and hands it out."""
    frame = formgrader(page)
    row = frame.locator("#main-table tr", has_text=LESSON.assignment)
    row.wait_for()
    assert "Successfully created" in press(frame, row, "assign")
    assert "Successfully released" in press(frame, row, "release")
    row.locator(".status", has_text="released").wait_for()
    row.scroll_into_view_if_needed()
    keep(page, "formgrader")


def work(page):
    """The student fetches the lesson, runs it, answers, and validates until it passes."""
    menu(page, "Nbgrader", "Assignment List")
    released = page.locator("#released_assignments_list .list_item", has_text=LESSON.assignment)
    released.get_by_role("button", name="Fetch").click()
    page.locator(
        "#fetched_assignments_list .list_item", has_text=LESSON.assignment
    ).first.wait_for()
    keep(page, "assignment-list")
    open_notebook(page, LESSON.assignment, LESSON.solution.name)
    run_all(page)
    right = {
        each.exercise: each.source for each in lesson_wrong_answers(LESSON.source.parent).right
    }
    for name, source in (right | {"hard_assignments": WRONG} | WRITTEN).items():
        answer(page, name, source)
    run_all(page)
    cell(page, "check-hard_assignments")
    page.wait_for_timeout(500)
    keep(page, "broken-law")
    said = validate(page)
    assert "CheckFailure" in said
    assert said.count("The following cell failed") == 1
    keep(page, "validate-fails")
    dismiss(page)
    answer(page, "hard_assignments", right["hard_assignments"])
    assert "Success! Your notebook passes all the tests." in validate(page)
    keep(page, "validate-passes")
    dismiss(page)


def hand_in(page):
    """The student submits through the assignment list."""
    menu(page, "Nbgrader", "Assignment List")
    mine = page.locator("#fetched_assignments_list .list_item", has_text=LESSON.assignment).first
    mine.get_by_role("button", name="Submit").click()
    page.locator("#submitted_assignments_list .list_item", has_text="UTC").first.wait_for()
    keep(page, "submitted")


def grade(page):
    """The instructor collects, autogrades, grades by hand, and sends feedback."""
    frame = page.frame_locator("iframe[src*=formgrader]")
    row = frame.locator("#main-table tr", has_text=LESSON.assignment)
    assert "Successfully collected" in press(frame, row, "collect")
    row.locator(".num-submissions a").click()
    submission = frame.locator("#main-table tr", has_text="UTC")
    assert "Successfully autograded" in press(frame, submission, "autograde")
    submission.locator(".status", has_text="needs manual grading").wait_for()
    assert submission.locator(".score").inner_text() == "15 / 20"
    submission.scroll_into_view_if_needed()
    keep(page, "autograded")
    by_hand(page, frame)
    frame.get_by_role("link", name="Manual Grading").first.click()
    frame.get_by_role("link", name="Manage Assignments").first.click()
    row.wait_for()
    assert "Successfully generated feedback" in press(frame, row, "generate-feedback")
    assert "Successfully released feedback" in press(frame, row, "release-feedback")


def by_hand(page, frame):
    """Points and a comment for each written answer."""
    frame.get_by_role("link", name="Manual Grading").first.click()
    for name in (LESSON.assignment, LESSON.name, "Submission"):
        frame.locator("#main-table a:visible", has_text=name).first.click()
    for name, given in (("same-components", "2"), ("through-the-posterior", "2")):
        score = frame.locator(f"input.score#{name}")
        frame.locator(f"#{name}_extra_credit[placeholder]").wait_for()  # its script is there
        score.scroll_into_view_if_needed()
        with page.expect_response(lambda r: "/api/grade" in r.url and r.request.method == "PUT"):
            score.fill(given)
            score.press("Tab")
    comment = frame.locator("#same-components-comment")
    with page.expect_response(lambda r: "/api/comment" in r.url and r.request.method == "PUT"):
        comment.fill("And what does EM do from there?")
        comment.press("Tab")
    comment.scroll_into_view_if_needed()
    keep(page, "by-hand")


def read_feedback(page, student):
    """The student fetches the feedback and reads points and comment; returns the page."""
    mine = page.locator("#submitted_assignments_list .list_item", has_text=LESSON.assignment).first
    mine.get_by_role("button", name="Fetch Feedback").click()
    mine.get_by_text("view feedback").first.click()
    page.locator(".jp-DirListing-item", has_text=f"{LESSON.name}.html").dblclick()
    read = page.frame_locator(".jp-HTMLViewer iframe")
    read.get_by_role("heading", name="19 of 20 points").wait_for()
    read.get_by_text("And what does EM do from there?").first.wait_for()
    keep(page, "feedback")
    (told,) = student.checkout.rglob("feedback/**/e-step.html")
    text = told.read_text("utf-8")
    assert "<script" not in text
    assert "And what does EM do from there?" in text
    assert "HIDDEN TESTS" not in text
    return told


def violations(browser, path):
    """What axe finds on a page that lies on the disk."""
    page = browser.new_page()
    page.goto(path.as_uri())
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    found = page.evaluate("rules => axe.run(document, rules)", rules)["violations"]
    page.close()
    return [(each["id"], [node["html"][:200] for node in each["nodes"][:3]]) for each in found]
