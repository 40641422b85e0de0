"""Every attack under stock nbgrader and under this course's configuration, in one table.

``python -m tests.hostile.baseline`` writes ``docs/attacks.md``; it takes root, since stock nbgrader
is kept in a prison, and some time. Names of attacks try those only and print what came of them.
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

from em_authoring.lesson import ROOT
from tests.em_grader.road import Road
from tests.hostile.lesson import RIGHT, SOURCE, Lesson, leaks
from tests.hostile.prison import within
from tests.hostile.test_attacks import ATTACKS, LATER, active_in

PAGE = ROOT / "docs" / "attacks.md"
PLAIN = (
    "c = get_config()\n"
    'c.CourseDirectory.source_directory = "solutions"\n'
    'c.CourseDirectory.release_directory = "course"\n'
)
"""Stock nbgrader, told only how the folders are called."""
ATTACKER, PEER = "mallory", "peer"
SECONDS = 90
COLUMNS = {
    "gained": "gain points",
    "told": "are told what is hidden",
    "others": "change others' grades",
    "acts": "act in a browser",
    "lost": "lose the notebook's other points",
}


def course_of(folder, configuration):
    """A course in which a peer has been graded."""
    lesson = Lesson("09-doubling", folder / "source")
    lesson.source.parent.mkdir(parents=True)
    lesson.source.write_text(SOURCE, "utf-8")
    course = folder / "course"
    course.mkdir()
    road = Road(lesson, course)
    road.hand_in(PEER, road.filled(RIGHT))
    if configuration:
        (course / "nbgrader_config.py").write_text(configuration)
    grade(course, PEER, ROOT if configuration is None else course)
    (course / "solutions" / "treasure.txt").write_text("treasure")
    return course, road


def grade(course, student, configured_in):
    """nbgrader's own commands for one student, in this process."""
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


def hand_in(road, course, attack, seen_as):
    """Put an attack in the place of an answer; ``seen_as`` is the course's path where it runs."""
    first, _, later = attack.partition(LATER)
    head = f"COURSE, LOOT = {seen_as!r}, 'treasu' + 're'\n"
    notebook = road.filled(RIGHT | {"double": head + first})
    notebook.cells += [new_code_cell(each) for each in later.split(LATER) if each]
    place = course / "submitted" / ATTACKER / "09-doubling"
    place.mkdir(parents=True)
    nbformat.write(notebook, place / "doubling.ipynb")


def outcome(course, before, attack):
    """What became of a course: points by student and exercise, and what feedback holds.

    Feedback shows the attack's own code; what stands there was told by nobody.
    """
    after = scores(course)
    pages = [each.read_text("utf-8") for each in Path(course).glob(f"feedback/{ATTACKER}/*/*.html")]
    text = html.unescape(re.sub(r"<[^>]*>", "", "".join(pages)))
    return {
        "gained": (after or {}).get(ATTACKER, {}).get("test-double", 0.0),
        "told": bool(set(leaks(text)) - set(leaks(attack))) or "treasure" in text,
        "others": after is None or after.get(PEER) != before[PEER],
        "acts": bool(active_in("".join(body_of(page) for page in pages))),
        "lost": (after or {}).get(ATTACKER, {}).get("test-row_log_sums", 0.0) < 4,
    }


def body_of(page):
    """The cells of a page, without what nbgrader puts around them."""
    return page.partition('id="notebook-container"')[2].partition("</body>")[0]


def scores(course):
    """Points by student and exercise, or None where there is no gradebook any more."""
    found = {}
    try:
        with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
            for each in gradebook.assignments[0].submissions:
                grades = [grade for notebook in each.notebooks for grade in notebook.grades]
                found[each.student.id] = {grade.name: float(grade.score) for grade in grades}
    except Exception:
        return None
    return found


def under_stock(path, course, road):
    """One attack on stock nbgrader, in a prison."""
    before, attack = scores(course), path.read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="em-baseline-") as folder:
        mine = Path(folder, "course")
        shutil.copytree(course, mine)
        hand_in(road, mine, attack, "/scratch/course")
        return within(
            lambda seen_as: grade(Path(seen_as), ATTACKER, seen_as),
            lambda seen_as: outcome(seen_as, before, attack),
            mine,
            SECONDS,
        )


def under_ours(path, course, road):
    """One attack on the sandbox, by the same commands."""
    before, attack = scores(course), path.read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="em-baseline-") as folder:
        mine = Path(folder, "course")
        shutil.copytree(course, mine)
        hand_in(road, mine, attack, str(mine))
        grade(mine, ATTACKER, ROOT)
        return outcome(mine, before, attack)


def row(path, stock, ours):
    """A line of the table."""
    first_line = path.read_text("utf-8").partition("\n")[0]
    told = first_line.strip('"').removesuffix(".")
    cells = [f"`{path.stem}`", told.replace("|", "\\|").replace("<", "\\<")]
    for name in COLUMNS:
        cells.append(" / ".join(_said(each, name) for each in (stock, ours)))
    return f"| {' | '.join(cells)} |"


def _said(found, name):
    if found is None:
        return "?"
    value = found[name]
    return f"{value:g}" if name == "gained" else ("**yes**" if value else "no")


def page(rows, results):
    """The page of documentation."""
    counts = [
        f"| {title} | {sum(bool(s is None or s[name]) for s, _ in results)} "
        f"| {sum(bool(ours[name]) for _, ours in results)} |"
        for name, title in COLUMNS.items()
    ]
    return TEXT.format(
        version=version("nbgrader"),
        number=len(rows),
        counts="\n".join(counts),
        rows="\n".join(rows),
    )


TEXT = """# What attacks get

Each file of `tests/hostile/attacks` is an answer to one exercise (3 points) that does not do what
is asked, and tries to win, to learn or to harm; the notebook's other exercise is answered rightly
(4 points). The {number} of them were graded by the same commands, `nbgrader autograde` and
`nbgrader generate_feedback`, once by nbgrader {version} as it comes and once under this course's
configuration. Made by `python -m tests.hostile.baseline`.

| attacks that | as it comes | this course |
|---|---|---|
{counts}

*Points gained*: the answer that is wrong has points. *Told*: the attacker's feedback holds hidden
data, an expected value, code of a hidden test or a file of the course; nbgrader as it comes shows
the code of a hidden test in the feedback on any answer that fails it. *Others' grades changed*: a
peer who was graded before has other points, or there is no gradebook any more. *Act in a browser*:
the feedback's cells hold elements or addresses that a browser runs. *Other points lost*: the right
answer in the same notebook has no points.

Each cell says: nbgrader {version} as it comes / this course.

| attack | what it does | gained | told | others changed | acts | lost |
|---|---|---|---|---|---|---|
{rows}
"""


def main(names):
    """Try all attacks, or some; write the page where all were tried."""
    if os.geteuid() != 0:
        sys.exit("It takes root: stock nbgrader runs attacks with the rights of whoever starts it.")
    chosen = [path for path in ATTACKS if not names or path.stem in names]
    with tempfile.TemporaryDirectory(prefix="em-courses-") as folder:
        plain, plain_road = course_of(Path(folder, "stock"), PLAIN)
        ours, our_road = course_of(Path(folder, "ours"), None)
        apart = multiprocessing.get_context("spawn")
        with apart.Pool(2) as pool:
            stocks = pool.imap(partial(under_stock, course=plain, road=plain_road), chosen)
            mine = [under_ours(each, ours, our_road) for each in tqdm(chosen, "this course")]
            results = list(zip(tqdm(stocks, "as it comes", len(chosen)), mine, strict=True))
    rows = [row(path, *each) for path, each in zip(chosen, results, strict=True)]
    print("\n".join(rows))
    if not names:
        PAGE.write_text(page(rows, results), "utf-8")
    return int(any(each[name] for _, each in results for name in list(COLUMNS)[:4]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
