"""Each sandbox holds for an ordinary user too: the self-test and some attacks, unprivileged."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile

import pytest

from em_authoring.lesson_paths import ROOT

pytestmark = pytest.mark.slow

USER = 1_999_999_998
SAMPLE = (
    "deep_folders", "exits", "fork_bomb", "gradebook", "kills_others", "locks_files", "memory",
    "nameless_files", "network", "peer", "signals_by_file", "solutions", "system_files",
    "tells_later", "traces_others", "writes_points",
)  # fmt: skip


def why_not():
    """What keeps another user from running the tests with this Python, or None."""
    if os.geteuid() != 0:
        return "it takes root to become another user; the other tests try this one"
    if shutil.which("setpriv") is None:
        return "it takes setpriv (util-linux) to become another user"
    for path in (os.path.realpath(sys.executable), sys.prefix, str(ROOT)):
        while path != "/":
            if not os.stat(path).st_mode & stat.S_IXOTH:
                return f"other users cannot enter {path}; use a Python that they can read"
            path = os.path.dirname(path)
    return None


@pytest.fixture
def home():
    """A folder of that user's; those of pytest are closed to others."""
    with tempfile.TemporaryDirectory(prefix="em-home-") as folder:
        if os.geteuid() == 0:
            os.chown(folder, USER, USER)
        yield folder


@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_the_sandbox_holds_for_an_ordinary_user(level, home):
    reason = why_not()
    if reason:
        pytest.skip(reason)
    become = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups", "--no-new-privs"]
    attacks = "tests/hostile/test_attacks.py::test_attack_gains_nothing"
    jail = "tests/em_grader/sandbox/jail"
    self_test = f"{jail}/test_self_test.py::test_every_check_of_the_self_test_holds"
    chosen = [f"{self_test}[{level}]", *(f"{attacks}[{each}]" for each in SAMPLE)]
    told = subprocess.run(
        [*become, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "HOME": home,
            "TMPDIR": home,
            "EM_SANDBOX": level,
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-1000:]
    assert f"{len(SAMPLE) + 1} passed" in told.stdout
