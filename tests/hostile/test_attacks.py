"""Each file of ``attacks`` is an answer that does not double, and tries to win or learn or harm.

For each: no point for it, nothing of the hidden tests in any output, nothing read or changed in
the course, and the other exercise of the same notebook keeps its points.
"""

import hashlib

import pytest
from nbformat.v4 import new_code_cell

from tests.support.active_html import active_parts
from tests.support.attack_files import ATTACKS, LATER, SPOILS
from tests.support.secret_lesson import RIGHT

pytestmark = pytest.mark.slow


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


def test_every_attack_says_what_it_tries():
    """Whether all attacks are here is tested by ``test_baseline.py``, against docs/attacks.md."""
    silent = [path.name for path in ATTACKS if not path.read_text("utf-8").startswith('"""')]
    assert silent == []
