"""Each file of ``attacks`` is an answer that does not double, and tries to win or learn or harm.

For each: no point for it, nothing of the hidden tests in any output, nothing read or changed in
the course, and the other exercise of the same notebook keeps its points.
"""

import hashlib
from html.parser import HTMLParser
from pathlib import Path

import nbconvert
import pytest
from nbformat.v4 import new_code_cell

from tests.hostile.lesson import RIGHT

ATTACKS = sorted(Path(__file__).with_name("attacks").glob("*.py"))
SPOILS = "# It may spoil its own later answers."
pytestmark = pytest.mark.slow
LATER = "# %% later\n"


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A course with things worth stealing."""
    folder = tmp_path_factory.mktemp("course")
    for path in ("solutions/x.md", "gradebook.db", "submitted/peer/09-doubling/doubling.ipynb"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text("treasure")
    return folder


def fingerprint(folder):
    return {
        str(path): (path.stat().st_mode, path.stat().st_mtime_ns, _digest(path))
        for path in sorted(folder.rglob("*"))
    }


def _digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def notebook_with(target, attack, course):
    """The release with an attack in place of the answer."""
    first, _, later = attack.partition(LATER)
    answer = f"COURSE, LOOT = {str(course)!r}, 'treasu' + 're'\n{first}"
    notebook = target.filled(RIGHT | {"double": answer})
    notebook.cells += [new_code_cell(each) for each in later.split(LATER) if each]
    return notebook


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_attack_gains_nothing(path, graded, target, course, server):
    before = fingerprint(course)
    attack = path.read_text("utf-8")
    outcome = graded(notebook_with(target, attack, course))
    assert outcome.points["double"] == 0
    assert outcome.points["row_log_sums"] == 4 or SPOILS in attack
    assert outcome.leaks() == []
    assert "treasure" not in outcome.text()
    assert fingerprint(course) == before
    assert server.alive()
    assert active_parts(outcome.notebook) == []


def test_there_are_enough_attacks():
    assert len(ATTACKS) >= 40
    assert all(path.read_text("utf-8").startswith('"""') for path in ATTACKS)


def active_parts(notebook):
    """What a browser would run of a notebook turned into a page, the template's own left out."""
    exporter = nbconvert.HTMLExporter(template_name="basic")
    body, _ = exporter.from_notebook_node(notebook)
    return active_in(body)


def active_in(body):
    """What a browser would run of a piece of HTML."""
    seen = _Active()
    seen.feed(body)
    return seen.found


class _Active(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "iframe", "object", "embed", "svg", "form", "link", "base"):
            self.found.append(tag)
        for name, value in attributes:
            address = (value or "").strip().lower()
            if name.startswith("on") or address.startswith(("javascript:", "data:text")):
                self.found.append(f"{tag} {name}={value}")
