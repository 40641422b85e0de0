"""``python -m em_authoring [LESSON ...]``: build the notebooks from their sources."""

import argparse
import sys
from collections.abc import Sequence

import nbformat

from em_authoring.execute_notebook import execute
from em_authoring.lesson_paths import all_lessons, find_lesson
from em_authoring.lesson_source import read_lesson_source
from em_authoring.student_release import make_releases, write_release


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the lessons that are named, or all of them; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m em_authoring", description=__doc__)
    parser.add_argument("lesson", nargs="*", help="such as 03-e-step; the default is every lesson")
    names = parser.parse_args(arguments).lesson
    try:
        lessons = [find_lesson(name) for name in names] if names else all_lessons()
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    notebooks = {lesson: read_lesson_source(lesson) for lesson in lessons}
    for lesson, text in make_releases(notebooks).items():
        write_release(lesson, text)
    for lesson, notebook in notebooks.items():
        print(f"running {lesson.assignment}", flush=True)
        execute(notebook, lesson.solution.parent)
        lesson.solution.write_text(nbformat.writes(notebook) + "\n", "utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
