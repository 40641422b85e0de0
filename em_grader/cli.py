"""The command ``em-grade``: grade a class, regrade, report, and look at single answers."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from em_grader.sandbox.jail import LEVELS
from em_grader.sandbox.server.fork_server_launcher import NoSandbox
from em_grader.sandbox.server.grading_server import Server

# A command imports what it needs when it is run: `em-grade --help` answers at once, and `report`
# works on Windows, where submissions cannot be graded.

Command = TypeVar("Command", bound=Callable[..., Any])


class _GroupWithDefault(click.Group):
    """A group of commands; without a command's name, its arguments are those of ``grade``."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of their definitions, not of the alphabet

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = ["grade", *args]
        return super().parse_args(ctx, args)


def _course_option(command: Command) -> Command:
    return click.option(
        "--course",
        type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
        default=".",
        show_default="the current folder",
        help="The course directory, which holds nbgrader_config.py.",
    )(command)


def _sandbox_option(command: Command) -> Command:
    return click.option(
        "--sandbox",
        type=click.Choice(["auto", *LEVELS]),
        default="auto",
        show_default=True,
        help="The sandbox for student code. auto takes the strongest one that works on this "
        "machine; none runs student code without protection.",
    )(command)


def _execution_options(command: Command) -> Command:
    for option in (
        click.option(
            "--scheduler",
            default="",
            metavar="ADDRESS",
            show_default="this machine",
            help="Run submissions on the workers of this Dask scheduler, as in tcp://HOST:8786.",
        ),
        click.option(
            "--jobs",
            type=click.IntRange(min=0),
            default=0,
            show_default="one per processor",
            help="The number of submissions that run at the same time.",
        ),
        _sandbox_option,
    ):
        command = option(command)
    return command


def _file_option(name: str, help: str, **options: Any) -> Callable[[Command], Command]:
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option(name, type=kind, help=help, **options)


@click.group(
    cls=_GroupWithDefault,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    subcommand_metavar="COMMAND [ARGUMENTS]",
    epilog="em-grade LESSON is short for em-grade grade LESSON. em-grade COMMAND --help describes "
    "the command's options. Exit status: 0 if everything was done, 1 if a part was not, 2 if "
    "nothing was started.",
)
def em_grade() -> None:
    """Grade submissions to the lessons of an nbgrader course."""


@em_grade.command()
@click.argument("lesson")
@_execution_options
@_file_option("--csv", "Write the points to this CSV file.")
@click.option(
    "--resume",
    is_flag=True,
    help="Continue a run that was stopped: keep the submissions that it has completely graded.",
)
@_course_option
def grade(
    lesson: str,
    sandbox: str,
    jobs: int,
    scheduler: str,
    csv: Path | None,
    resume: bool,
    course: Path,
) -> int:
    """Grade all submissions to LESSON, for example 03-e-step."""
    from em_grader.batch_grading import ExecutionOptions, grade_class

    return grade_class(lesson, course, ExecutionOptions(sandbox, jobs, scheduler), csv, resume)


@em_grade.command()
@click.argument("lesson")
@_execution_options
@_file_option("--csv", "Write the changes to this CSV file.")
@click.option("--yes", is_flag=True, help="Write the changes without asking.")
@_course_option
def regrade(
    lesson: str,
    sandbox: str,
    jobs: int,
    scheduler: str,
    csv: Path | None,
    yes: bool,
    course: Path,
) -> int:
    """Grade LESSON again after a hidden test was corrected.

    All submissions are graded in a copy of the course. The changes are listed, and written to the
    gradebook only if you confirm them. Points and comments given by hand stay.
    """
    from em_grader.batch_grading import ExecutionOptions
    from em_grader.feedback.regrade import regrade

    def confirm() -> bool:
        if yes or not sys.stdin.isatty():
            return yes
        return input("Write this to the gradebook? Type yes: ").strip().lower() == "yes"

    return regrade(lesson, course, ExecutionOptions(sandbox, jobs, scheduler), confirm, csv)


@em_grade.command()
@click.argument("lesson")
@_file_option("--html", "Write the page to this file.", show_default="LESSON-report.html")
@_file_option("--canvas", "Write the points to this CSV file for Canvas.")
@_file_option("--moodle", "Write the points to this CSV file for Moodle.")
@_course_option
def report(
    lesson: str, html: Path | None, canvas: Path | None, moodle: Path | None, course: Path
) -> int:
    """Report how the class did in LESSON, and export the points.

    The HTML page shows the distribution of points, the exercises by difficulty, the misconceptions
    and the submissions that could not be graded.
    """
    from em_grader.course_config import load_course
    from em_grader.feedback.lms_tables import write_canvas, write_moodle
    from em_grader.feedback.report import report

    page = html or Path(f"{lesson}-report.html")
    page.write_text(report(course, lesson), "utf-8")
    click.echo(page)
    gradebook_url = load_course(course)[1].db_url
    for path, write_table in ((canvas, write_canvas), (moodle, write_moodle)):
        if path:
            write_table(path, gradebook_url, [lesson])
            click.echo(path)
    return 0


@em_grade.command("try")
@click.argument("lesson")
@click.argument("exercise")
@click.argument("file", type=click.Path(path_type=Path))
@_sandbox_option
def try_answer(lesson: str, exercise: str, file: Path, sandbox: str) -> int:
    """Grade one answer and print the result as JSON.

    LESSON is for example 03-e-step, EXERCISE the name of the function, and FILE a Python file with
    the answer.
    """
    from em_grader.grade_answer import grade_answer

    answer = file.read_text("utf-8")
    result = grade_answer(lesson, exercise, answer, sandbox)
    law, hint = (result.failure.law, result.failure.hint) if result.failure else (None, None)
    data = {"points": result.points, "max": result.maximum, "law": law, "hint": hint}
    click.echo(json.dumps(data))
    return 0


@em_grade.command()
@click.argument("student")
@click.argument("exercise")
@click.option(
    "--lesson",
    show_default="the only lesson with that exercise",
    help="The lesson, for example 03-e-step.",
)
@_sandbox_option
@_course_option
def replay(student: str, exercise: str, lesson: str | None, sandbox: str, course: Path) -> int:
    """Run one hidden test of one submission again.

    EXERCISE is the name of the function. The output explains the result with the hidden test's
    data, so it is meant for the instructor only. Nothing is written.
    """
    from em_grader.feedback.replay import replay

    click.echo(replay(course, student, exercise, lesson, sandbox))
    return 0


@em_grade.command()
@_sandbox_option
def doctor(sandbox: str) -> int:
    """Show which sandboxes work on this machine."""
    server = Server(sandbox)
    for level, checks in server.reports.items():
        for name, failure in checks.items():
            click.echo(f"{level:10} {name:26} {failure or 'holds'}")
    click.echo(f"\nStudent code is run in the sandbox {server.level!r}.")
    server.stop()
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, by default this process's command line; returns the exit status."""
    try:
        return em_grade.main(arguments, prog_name="em-grade", standalone_mode=False)
    except click.Abort:
        click.echo("Aborted.", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (NoSandbox, ValueError, FileNotFoundError) as error:
        click.echo(error, err=True)
        return 2


if __name__ == "__main__":
    sys.exit(main())
