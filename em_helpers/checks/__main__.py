"""``em-check LESSON``: show which exercises pass their visible checks, or reset one to its stub.

The notebook on disk is checked, so save it first. Only ``--reset`` changes it. The hidden tests,
which give the points, run when a notebook is graded.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat

from em_helpers.checks.reset_answer import NotFoundError, find_notebook, reset_answer
from em_helpers.checks.run_checks import Outcome, run_checks


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and print one line per exercise.

    The exit status is 0 if every visible check passes or the exercise was reset, 1 if a check does
    not pass, and 2 if there is no such lesson or exercise.
    """
    parser = argparse.ArgumentParser(prog="em-check", description=str(__doc__).replace("``", ""))
    parser.add_argument("lesson", help="such as 03-e-step or 3, or a notebook's path")
    parser.add_argument("--reset", metavar="EXERCISE", help="reset this answer to its stub")
    options = parser.parse_args(arguments)
    try:
        path = find_notebook(options.lesson, Path.cwd())
        if options.reset:
            backup = reset_answer(path, options.reset)
            print(f"{options.reset} is reset to its stub; the old answer is in {backup.name}.")
            print("If the notebook is open in JupyterLab: File > Reload Notebook from Disk.")
            return 0
    except NotFoundError as error:
        print(f"em-check: {error}", file=sys.stderr)
        return 2
    outcomes = run_checks(nbformat.read(path, as_version=4), path.parent, report=_print)
    passing = sum(outcome.state == "passes" for outcome in outcomes)
    print(f"{passing} of {len(outcomes)} exercises pass their visible checks.")
    return int(passing < len(outcomes))


def _print(outcome: Outcome) -> None:
    print(f"{outcome.state:9} {outcome.exercise}", flush=True)
    for line in outcome.message.splitlines():
        print(f"          {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
