"""``em-grade``: a class at once, one answer at a time, and what this machine's sandbox gives."""

import argparse
import json
import sys
from pathlib import Path

from em_grader.sandbox import NoSandbox, Server
from em_grader.sandbox.jail import LEVELS


def main(arguments=None):
    """Run one command; returns the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    named = {
        "doctor": _doctor,
        "regrade": _regrade,
        "replay": _replay,
        "report": _report,
        "try": _try,
    }
    if arguments and arguments[0] in named:
        command, rest = named[arguments[0]], arguments[1:]
    else:
        command, rest = _class, arguments
    try:
        return command(rest)
    except (NoSandbox, ValueError, FileNotFoundError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser(name, description):
    parser = argparse.ArgumentParser(prog=f"em-grade{name}", description=description)
    parser.add_argument("--sandbox", default="auto", choices=["auto", *LEVELS])
    return parser


def _add_means(parser):
    parser.add_argument("--jobs", type=int, default=0, help="at a time; 0 for one a processor")
    parser.add_argument("--scheduler", default="", help="a Dask scheduler, as tcp://HOST:8786")


def _means(chosen):
    from em_grader.batch_grading import ExecutionOptions

    return ExecutionOptions(chosen.sandbox, chosen.jobs, chosen.scheduler)


def _class(arguments):
    from em_grader.batch_grading import grade_class

    parser = _parser(
        "", "Grade every submission to a lesson. Also: em-grade regrade, replay, report ..."
    )
    parser.add_argument("lesson", help="as 03-e-step")
    _add_means(parser)
    parser.add_argument("--csv", type=Path, help="write the points there as a table")
    parser.add_argument("--resume", action="store_true", help="keep what was graded to its end")
    parser.add_argument("--course", type=Path, default=Path.cwd(), help="the course directory")
    chosen = parser.parse_args(arguments)
    return grade_class(
        chosen.lesson, chosen.course.resolve(), _means(chosen), chosen.csv, chosen.resume
    )


def _report(arguments):
    from em_authoring.lesson import lesson
    from em_grader.feedback.lms_tables import write_canvas, write_moodle
    from em_grader.feedback.report import report

    told = "Say how a class did in a lesson: one HTML page, and tables for learning platforms."
    parser = argparse.ArgumentParser(prog="em-grade report", description=told)
    parser.add_argument("lesson", help="as 03-e-step")
    parser.add_argument("--html", type=Path, help="where the page goes; else LESSON-report.html")
    parser.add_argument("--canvas", type=Path, help="write the points for Canvas there")
    parser.add_argument("--moodle", type=Path, help="write the points for Moodle there")
    parser.add_argument("--course", type=Path, default=Path.cwd(), help="the course directory")
    chosen = parser.parse_args(arguments)
    page = chosen.html or Path(f"{chosen.lesson}-report.html")
    page.write_text(report(chosen.course, lesson(chosen.lesson)), "utf-8")
    print(page)
    gradebook = f"sqlite:///{chosen.course / 'gradebook.db'}"
    for path, write in ((chosen.canvas, write_canvas), (chosen.moodle, write_moodle)):
        if path:
            write(path, gradebook, [chosen.lesson])
            print(path)
    return 0


def _try(arguments):
    from em_grader.grade_answer import grade_answer

    parser = _parser(" try", "Grade one answer; prints JSON.")
    parser.add_argument("lesson", help="as 03-e-step")
    parser.add_argument("exercise", help="the function's name")
    parser.add_argument("file", type=Path, help="the answer, a file of Python")
    chosen = parser.parse_args(arguments)
    answer = chosen.file.read_text("utf-8")
    print(json.dumps(grade_answer(chosen.lesson, chosen.exercise, answer, chosen.sandbox)))
    return 0


def _regrade(arguments):
    from em_grader.feedback.regrade import regrade

    told = "Grade again by the tests as they are now, say who changed, and write it if confirmed."
    parser = _parser(" regrade", told)
    parser.add_argument("lesson", help="as 03-e-step")
    _add_means(parser)
    parser.add_argument("--csv", type=Path, help="write the changes there as a table")
    parser.add_argument("--yes", action="store_true", help="write to the gradebook, do not ask")
    parser.add_argument("--course", type=Path, default=Path.cwd(), help="the course directory")
    chosen = parser.parse_args(arguments)

    def confirm():
        if chosen.yes or not sys.stdin.isatty():
            return chosen.yes
        return input("Write this to the gradebook? Type yes: ").strip().lower() == "yes"

    return regrade(chosen.lesson, chosen.course.resolve(), _means(chosen), confirm, chosen.csv)


def _replay(arguments):
    from em_grader.feedback.replay import as_text, replay

    parser = _parser(" replay", "Run one hidden test of one submission again; writes nothing.")
    parser.add_argument("student")
    parser.add_argument("exercise", help="the function's name")
    parser.add_argument("--lesson", help="as 03-e-step, where several have that exercise")
    parser.add_argument("--course", type=Path, default=Path.cwd(), help="the course directory")
    chosen = parser.parse_args(arguments)
    which = chosen.student, chosen.exercise
    print(as_text(*which, replay(chosen.course, *which, chosen.lesson, chosen.sandbox)))
    return 0


def _doctor(arguments):
    chosen = _parser(" doctor", "Say which sandbox holds on this machine.").parse_args(arguments)
    server = Server(chosen.sandbox)
    for level, report in server.reports.items():
        for name, why in report.items():
            print(f"{level:10} {name:26} {why or 'holds'}")
    print(f"\nStudent code is run in the sandbox {server.level!r}.")
    server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
