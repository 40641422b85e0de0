"""nbgrader's own tests of autograding and preprocessing, under this course's configuration.

``python -m tests.hostile.own_suite`` runs them twice, under nbgrader as it comes and under ours,
and says what differs. What passes there and fails here must be argued in ``DIFFERENT``.
"""

import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from em_authoring.lesson_paths import ROOT

SUITES = ("nbgrader.tests.apps.test_nbgrader_autograde", "nbgrader.tests.preprocessors")

OURS = f"""
c = get_config()
load_subconfig({str(ROOT / "nbgrader_config.py")!r})
# how this course makes its releases, and what it calls folders and stubs, is not how it grades
for name in ("course_id", "source_directory", "release_directory", "ignore"):
    del c.CourseDirectory[name]
del c.ClearSolutions["code_stub"], c.ClearSolutions["text_stub"], c.GenerateAssignment["force"]
"""

_ANSWERS_ONLY = "a submission gives its answers and nothing else: "
DIFFERENT = {
    "test_grade_empty_timestamp": (
        "nbgrader ends the whole run at a timestamp that makes no sense; here it counts as none, "
        "with a warning, and everybody is graded"
    ),
    "test_side_effects": (
        "code that is graded writes into a scratch directory that goes with it, never into "
        "autograded/, which is copied to where students can read it"
    ),
    "test_hidden_tests_single_notebook": (
        "it wants the hidden tests' code in autograded/; here it is taken out again after grading, "
        "since feedback shows what is there"
    ),
    "test_hidden_tests_autotest": "as test_hidden_tests_single_notebook",
    "test_handle_failure": (
        _ANSWERS_ONLY + "a notebook that is not the assignment's is no failure but one that has no "
        "answers, and is graded as that with notes"
    ),
    "test_handle_failure_single_notebook": "as test_handle_failure",
    "test_missing_source_kernelspec": (
        _ANSWERS_ONLY + "the kernel that it names is of no account, so an unknown one is no failure"
    ),
    "test_incorrect_source_kernelspec": "as test_missing_source_kernelspec",
    "test_no_execute": (
        _ANSWERS_ONLY + "outputs that were handed in are never taken for what the code shows"
    ),
}
"""Tests that pass under nbgrader as it comes and fail here, each with the reason."""


def run(configuration, *options):
    """Outcomes of the suites' tests under a configuration.

    Parameters
    ----------
    configuration : str
        What ``nbgrader_config.py`` in ``JUPYTER_CONFIG_DIR`` holds.
    *options : str
        More for pytest.

    Returns
    -------
    dict of (str, str) to str
        By class and test: ``passed``, ``failed`` or ``skipped``.
    """
    with tempfile.TemporaryDirectory(prefix="em-suite-") as folder:
        settings, report = Path(folder, "settings"), Path(folder, "report.xml")
        settings.mkdir()
        (settings / "nbgrader_config.py").write_text(configuration, "utf-8")
        subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
                *(f"--junitxml={report}", *options, "--pyargs", *SUITES),
            ],
            cwd=folder,
            env=os.environ | {"JUPYTER_CONFIG_DIR": str(settings)},
            stdout=subprocess.DEVNULL,
            check=False,
        )
        cases = list(ElementTree.parse(report).iter("testcase"))
    return {(each.get("classname"), each.get("name")): _outcome(each) for each in cases}


def _outcome(case):
    kinds = {each.tag for each in case}
    return "failed" if kinds & {"failure", "error"} else "skipped" if kinds else "passed"


def failed(outcomes):
    """The names of the tests that failed."""
    return {name for (_, name), outcome in outcomes.items() if outcome == "failed"}


def main():
    """Run both and compare; the exit status says whether the differences are those argued."""
    stock, ours = run(""), run(OURS, *sys.argv[1:])
    different = {each[1] for each in ours if (ours[each], stock[each]) == ("failed", "passed")}
    print(f"{len(ours)} tests; {len(failed(stock))} fail under nbgrader as it comes")
    for name in sorted(different | set(DIFFERENT)):
        said = DIFFERENT.get(name, "NOT ARGUED")
        print(f"{name}: {said if name in different else 'ARGUED, BUT IT PASSES'}")
    return int(different != set(DIFFERENT))


if __name__ == "__main__":
    sys.exit(main())
