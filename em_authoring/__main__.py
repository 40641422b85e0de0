"""``python -m em_authoring [LESSON ...]``: build the notebooks from their sources."""

import argparse
import sys

import nbformat

from em_authoring.execute import execute
from em_authoring.lesson import lesson, lessons
from em_authoring.lesson_source import read
from em_authoring.release import install, release


def main(arguments=None):
    """Build the lessons that are named, or all of them; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m em_authoring", description=__doc__)
    parser.add_argument("lesson", nargs="*", help="as 03-e-step; all of them if none is named")
    chosen = parser.parse_args(arguments).lesson
    try:
        built = [lesson(each) for each in chosen] if chosen else lessons()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    notebooks = {each: read(each) for each in built}
    for each, text in release(notebooks).items():
        install(each, text)
    for each, notebook in notebooks.items():
        print(f"running {each.assignment}", flush=True)
        execute(notebook, each.solution.parent)
        each.solution.write_text(nbformat.writes(notebook) + "\n", "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
