"""Run every attack under stock nbgrader and under this course, and tabulate the results.

``python -m tests.hostile.baseline`` writes ``docs/attacks.md``. It needs root, because stock
nbgrader is confined while it runs the attacks, and about half an hour. With the names of attacks as
arguments, it runs only these and prints their results.
"""

import contextlib
import html
import io
import multiprocessing
import os
import re
import shutil
import sys
import tempfile
from functools import partial
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook
from nbgrader.tests import run_nbgrader
from tqdm import tqdm

from em_authoring.lesson_paths import ROOT, Lesson
from tests.support.active_html import active_in
from tests.support.attack_files import ATTACKS, LATER
from tests.support.confined_run import run_confined
from tests.support.nbgrader_course import NbgraderCourse
from tests.support.secret_lesson import RIGHT, SOURCE, leaks

PAGE = ROOT / "docs" / "attacks.md"
PLAIN = (
    "c = get_config()\n"
    'c.CourseDirectory.source_directory = "solutions"\n'
    'c.CourseDirectory.release_directory = "course"\n'
)
"""Stock nbgrader's configuration: only the names of the folders are set."""
ATTACKER, PEER = "mallory", "peer"
SECONDS = 90
COLUMNS = {
    "gained": "gain points",
    "leaked": "learn what is hidden",
    "others": "change others' grades",
    "acts": "act in a browser",
    "lost": "lose the notebook's other points",
}


def course_of(folder, configuration):
    """Make a course in which a peer has been graded."""
    lesson = Lesson("09-doubling", folder / "source")
    lesson.source.parent.mkdir(parents=True)
    lesson.source.write_text(SOURCE, "utf-8")
    course = folder / "course"
    course.mkdir()
    nbgrader_course = NbgraderCourse(lesson, course)
    nbgrader_course.hand_in(PEER, nbgrader_course.filled(RIGHT))
    if configuration:
        (course / "nbgrader_config.py").write_text(configuration)
    grade(course, PEER, ROOT if configuration is None else course)
    (course / "solutions" / "treasure.txt").write_text("treasure")
    return course, nbgrader_course


def grade(course, student, configured_in):
    """Run nbgrader's own commands for one student, in this process."""
    os.chdir(configured_in)
    common = [
        "--assignment=09-doubling",
        f"--student={student}",
        f"--CourseDirectory.root={course}",
    ]
    common.append(f"--CourseDirectory.db_url=sqlite:///{course}/gradebook.db")
    for command in ("autograde", "generate_feedback"):
        with contextlib.suppress(AssertionError), contextlib.redirect_stderr(io.StringIO()):
            run_nbgrader([command, *common])


def hand_in(nbgrader_course, course, attack, seen_as):
    """Hand in an attack in place of an answer.

    ``seen_as`` is the course's path where the attack runs.
    """
    first, _, later = attack.partition(LATER)
    head = f"COURSE, LOOT = {seen_as!r}, 'treasu' + 're'\n"
    notebook = nbgrader_course.filled(RIGHT | {"double": head + first})
    notebook.cells += [new_code_cell(source) for source in later.split(LATER) if source]
    folder = course / "submitted" / ATTACKER / "09-doubling"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "doubling.ipynb")


def outcome(course, before, attack):
    """Compare a course's grades and feedback with those before the attack.

    Feedback contains the attack's own code, so whatever stands in that code does not count as
    leaked.
    """
    after = scores(course)
    paths = Path(course).glob(f"feedback/{ATTACKER}/*/*.html")
    pages = [path.read_text("utf-8") for path in paths]
    text = html.unescape(re.sub(r"<[^>]*>", "", "".join(pages)))
    return {
        "gained": (after or {}).get(ATTACKER, {}).get("test-double", 0.0),
        "leaked": bool(set(leaks(text)) - set(leaks(attack))) or "treasure" in text,
        "others": after is None or after.get(PEER) != before[PEER],
        "acts": bool(active_in("".join(body_of(page) for page in pages))),
        "lost": (after or {}).get(ATTACKER, {}).get("test-row_log_sums", 0.0) < 4,
    }


def body_of(page):
    """Extract the cells of a page, without what nbgrader puts around them."""
    return page.partition('id="notebook-container"')[2].partition("</body>")[0]


def scores(course):
    """Read the points by student and exercise; None if the gradebook is gone or damaged."""
    points = {}
    try:
        with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
            for submission in gradebook.assignments[0].submissions:
                grades = [grade for notebook in submission.notebooks for grade in notebook.grades]
                points[submission.student.id] = {grade.name: float(grade.score) for grade in grades}
    except Exception:
        return None
    return points


def under_stock(path, course, nbgrader_course):
    """Run one attack on stock nbgrader, which is confined meanwhile."""
    before, attack = scores(course), path.read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="em-baseline-") as folder:
        copy = Path(folder, "course")
        shutil.copytree(course, copy)
        hand_in(nbgrader_course, copy, attack, "/scratch/course")
        return run_confined(
            lambda seen_as: grade(Path(seen_as), ATTACKER, seen_as),
            lambda seen_as: outcome(seen_as, before, attack),
            copy,
            SECONDS,
        )


def under_ours(path, course, nbgrader_course):
    """Run one attack on this course, by the same commands."""
    before, attack = scores(course), path.read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="em-baseline-") as folder:
        copy = Path(folder, "course")
        shutil.copytree(course, copy)
        hand_in(nbgrader_course, copy, attack, str(copy))
        grade(copy, ATTACKER, ROOT)
        return outcome(copy, before, attack)


def row(path, stock, ours):
    """Format one row of the table."""
    first_line = path.read_text("utf-8").partition("\n")[0]
    description = first_line.strip('"').removesuffix(".")
    cells = [f"`{path.stem}`", description.replace("|", "\\|").replace("<", "\\<")]
    for name in COLUMNS:
        cells.append(" / ".join(_cell(result, name) for result in (stock, ours)))
    return f"| {' | '.join(cells)} |"


def _cell(result, name):
    if result is None:
        return "?"
    value = result[name]
    return f"{value:g}" if name == "gained" else ("**yes**" if value else "no")


def page(rows, results):
    """Format the page of documentation."""
    counts = [
        f"| {title} | {sum(bool(stock is None or stock[name]) for stock, _ in results)} "
        f"| {sum(bool(ours[name]) for _, ours in results)} |"
        for name, title in COLUMNS.items()
    ]
    return TEXT.format(
        version=version("nbgrader"),
        number=len(rows),
        counts="\n".join(counts),
        rows="\n".join(rows),
    )


TEXT = """# Attacks and their results

This page shows how well the sandbox protects grades and hidden tests. An attack is a submission
with two exercises. The answer to the first one (3 points) is a file of `tests/hostile/attacks`: it
does not solve the exercise but tries to gain points, to learn hidden data, or to do harm. The
second exercise (4 points) is answered correctly. The {number} attacks were graded by the same
commands, `nbgrader autograde` and `nbgrader generate_feedback`, once by stock nbgrader {version}
and once under this course's configuration. `python -m tests.hostile.baseline` wrote this page.

| attacks that | stock nbgrader | this course |
|---|---|---|
{counts}

The columns of the next table have these meanings:

* *Gained*: the points of the wrong answer.
* *Leaked*: the attacker's feedback contains hidden data, an expected value, code of a hidden test
  or a file of the course. Stock nbgrader shows the code of a hidden test in the feedback on any
  answer that fails it.
* *Others changed*: a peer who was graded before has other points, or the gradebook is gone.
* *Acts*: the cells of the feedback contain elements or addresses that a browser runs.
* *Lost*: the right answer in the same notebook has no points.

Each cell shows the result under stock nbgrader {version}, then the result in this course.

| attack | what it does | gained | leaked | others changed | acts | lost |
|---|---|---|---|---|---|---|
{rows}
"""


def main(names):
    """Run all attacks and write the page, or run those that are named."""
    if os.geteuid() != 0:
        sys.exit("Run this as root: stock nbgrader must be confined while it runs the attacks.")
    chosen = [path for path in ATTACKS if not names or path.stem in names]
    with tempfile.TemporaryDirectory(prefix="em-courses-") as folder:
        plain, stock_course = course_of(Path(folder, "stock"), PLAIN)
        ours, our_course = course_of(Path(folder, "ours"), None)
        spawn = multiprocessing.get_context("spawn")
        with spawn.Pool(2) as pool:
            stock_outcomes = tqdm(
                pool.imap(partial(under_stock, course=plain, nbgrader_course=stock_course), chosen),
                "stock nbgrader",
                len(chosen),
            )
            our_outcomes = [
                under_ours(path, ours, our_course) for path in tqdm(chosen, "this course")
            ]
            results = list(zip(stock_outcomes, our_outcomes, strict=True))
    rows = [row(path, *result) for path, result in zip(chosen, results, strict=True)]
    print("\n".join(rows))
    if not names:
        PAGE.write_text(page(rows, results), "utf-8")
    return int(any(ours[name] for _, ours in results for name in list(COLUMNS)[:4]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
