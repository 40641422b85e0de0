"""``python -m em_authoring.student_archive``: the students' archive, ``build/em-course.zip``.

It holds the students' notebooks, the library, and what
a student needs to start; nothing of solutions, tests or grading.
"""

import json
import sys
import tomllib
import zipfile
from pathlib import Path
from types import SimpleNamespace

import nbformat

from em_authoring.lesson import ROOT, lessons
from em_authoring.lesson_source import read

ARCHIVE = ROOT / "build" / "em-course.zip"
FIRST = "00-start-here"

PROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "em-helpers"
version = {version}
description = "The student's copy of a course on latent variable models and the EM algorithm"
requires-python = {python}
license-files = ["LICENSE"]
dependencies = {dependencies}

[project.scripts]
em-check = "em_helpers.checks.__main__:main"

[tool.setuptools.packages.find]
include = ["em_helpers*"]

[tool.setuptools.package-data]
"em_helpers.checks" = ["originals/*.ipynb"]
{package_data}"""


def files(root=ROOT):
    """What the archive holds.

    Parameters
    ----------
    root : Path
        Where the lessons are taken from.

    Returns
    -------
    dict of str to bytes
        The contents by the path within the archive.

    Raises
    ------
    FileNotFoundError
        A lesson has no students' notebook yet.
    """
    there = {}
    for lesson in lessons(root):
        if not lesson.release.exists():
            raise FileNotFoundError(
                f"{lesson.release.relative_to(root)} is not built; "
                f"run make notebooks LESSON={lesson.assignment}."
            )
        there[f"course/{lesson.assignment}/{lesson.release.name}"] = lesson.release.read_bytes()
    there[f"course/{FIRST}/start-here.ipynb"] = _first_notebook()
    originals = {
        f"em_helpers/checks/originals/{path.split('/')[1]}.ipynb": text
        for path, text in there.items()
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {
        "README.md": (ROOT / "docs" / "archive" / "README.md").read_bytes(),
        "start.py": (ROOT / "docs" / "archive" / "start.py").read_bytes(),
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
        "pyproject.toml": _project(project).encode(),
        "environment.yml": _environment(project).encode(),
        **there,
        **originals,
        **_library(),
    }


def _first_notebook():
    notebook = read(SimpleNamespace(source=ROOT / "docs" / "archive" / "start-here.md"))
    return (nbformat.writes(notebook) + "\n").encode()


def _library():
    package = ROOT / "em_helpers"
    kept = {}
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            kept[path.relative_to(ROOT).as_posix()] = path.read_bytes()
    return kept


def _project(project):
    data = project["tool"]["setuptools"]["package-data"]
    shared = {name: globs for name, globs in data.items() if name.split(".")[0] == "em_helpers"}
    return PROJECT.format(
        version=json.dumps(project["project"]["version"]),
        python=json.dumps(project["project"]["requires-python"]),
        dependencies=json.dumps(project["project"]["dependencies"], indent=2),
        package_data="".join(f'"{name}" = {json.dumps(globs)}\n' for name, globs in shared.items()),
    )


def _environment(project):
    """The same packages for conda, and the library itself by pip."""
    needed = [f"python{project['project']['requires-python']}", "pip"]
    lines = [f"  - {each}" for each in needed + project["project"]["dependencies"]]
    head = "# conda env create -f environment.yml && conda activate em\nname: em\n"
    channels = "channels:\n  - conda-forge\ndependencies:\n"
    return head + channels + "\n".join([*lines, "  - pip:", "      - .", ""])


def write(path, contents):
    """Write a zip archive, the same bytes for the same contents.

    Parameters
    ----------
    path : Path
    contents : dict of str to bytes
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"em-course/{name}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text)


def main(place=ARCHIVE):
    """Write the archive and say where it is."""
    try:
        contents = files()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    write(Path(place), contents)
    print(Path(place).relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
