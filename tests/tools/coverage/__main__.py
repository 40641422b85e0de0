"""Run tests under coverage.py, and fail if they leave too much of ``em_helpers`` unrun.

``python -m tests.tools.coverage`` takes those that together reach everything, some ten minutes;
``python -m tests.tools.coverage tests/em_helpers`` hands its arguments to pytest instead and
reports without judging.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import coverage

from tests.tools.coverage import table

ROOT = Path(__file__).parents[3]
BUILD = ROOT / "build" / "coverage"
PROCESSES, DATA, SETTINGS = BUILD / "processes", BUILD / "data", BUILD / "settings.ini"
LEAST = 95
"""Per cent of the lines, and of the branches, that are to be run."""

CONFIGURATION = f"""\
[run]
branch = true
source =
    {ROOT / "em_helpers"}
    {ROOT / "em_grader"}
    {ROOT / "em_authoring"}
disable_warnings = no-data-collected
"""

QUICK = ("-m", "not slow", "tests")
SLOW = (
    "-m", "slow", "--dist", "loadfile", "tests/em_grader",
    "--ignore", "tests/em_grader/test_wrong_answers.py",
    "--ignore", "tests/em_grader/sandbox/jail/test_ordinary_user.py",
    "tests/em_authoring/test_main.py", "tests/em_authoring/test_student_archive.py",
    "tests/site/test_check_command.py",
    "tests/hostile/test_broken.py", "tests/hostile/test_faults.py",
)  # fmt: skip
"""Of the slow tests those that reach what the quick ones do not; the others repeat it."""


def measured(arguments):
    """Run pytest, every process measured that it starts; whether all tests passed."""
    ours = {
        "EM_COVERAGE": str(PROCESSES),
        "EM_COVERAGE_SETTINGS": str(SETTINGS),
        "PYTHONPATH": str(Path(__file__).parent / "startup"),
    }
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | ours, check=False).returncode == 0


def gather():
    """Put together what the processes left."""
    together = coverage.CoverageData(str(DATA))
    for path in PROCESSES.iterdir():
        content = path.read_bytes()
        end = 8 + int.from_bytes(content[:8], "little")
        if end > 8:
            one = coverage.CoverageData(no_disk=True)
            one.loads(content[8:end])
            together.update(one)


def main(arguments):
    """Measure, show, and judge; the exit status."""
    shutil.rmtree(BUILD, ignore_errors=True)
    PROCESSES.mkdir(parents=True)
    PROCESSES.chmod(0o1777)  # jailed processes are other users
    SETTINGS.write_text(CONFIGURATION, "utf-8")
    runs = [arguments] if arguments else [QUICK, SLOW]
    passed = [measured(each) for each in runs]
    gather()
    shares = table.show(BUILD, coverage.Coverage(str(DATA), config_file=str(SETTINGS)))
    enough = arguments or all(each >= LEAST for each in shares.values())
    if not enough:
        print(f"at least {LEAST} % of the lines and of the branches are to be run.")
    if not all(passed):
        print("a test failed: see above.")
    return int(not (enough and all(passed)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
