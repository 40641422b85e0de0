"""``em-check LESSON``: which exercises pass their visible checks; or set one back to its stub.

The notebook on disk is what counts: save it first. Nothing but ``--reset`` changes it. The hidden
tests, which give the points, run when a notebook is graded.
"""

import argparse
import sys
from pathlib import Path

import nbformat

from em_helpers.checks.notebook import NotFound, check, find, reset


def main(arguments=None):
    """Print an exercise a line.

    Returns
    -------
    int
        0 if every visible check passes, or the exercise was reset; 1 if one does not; 2 if there is
        no such lesson or exercise.
    """
    parser = argparse.ArgumentParser(prog="em-check", description=__doc__.replace("``", ""))
    parser.add_argument("lesson", help="as 03-e-step or 3, or a notebook's path")
    parser.add_argument("--reset", metavar="EXERCISE", help="set this answer back to its stub")
    chosen = parser.parse_args(arguments)
    try:
        path = find(chosen.lesson, Path.cwd())
        if chosen.reset:
            kept = reset(path, chosen.reset)
            print(f"{chosen.reset} is back to its stub; what stood there is kept in {kept.name}.")
            print("If the notebook is open in JupyterLab: File > Reload Notebook from Disk.")
            return 0
    except NotFound as error:
        print(f"em-check: {error}", file=sys.stderr)
        return 2
    outcomes = check(nbformat.read(path, as_version=4), path.parent, report=_show)
    passing = sum(outcome.state == "passes" for outcome in outcomes)
    print(f"{passing} of {len(outcomes)} exercises pass their visible checks.")
    return int(passing < len(outcomes))


def _show(outcome):
    print(f"{outcome.state:9} {outcome.exercise}", flush=True)
    for line in outcome.message.splitlines():
        print(f"          {line}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
