"""``python -m em_authoring.student_archive``: build the students' archive, ``build/em-course.zip``.

It holds the students' notebooks, the library ``em_helpers`` and what a student needs to begin. It
holds nothing of solutions, hidden tests or grading.
"""

import json
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from em_authoring.lesson_paths import ROOT, all_lessons
from em_authoring.lesson_source import read_myst_notebook

ARCHIVE = ROOT / "build" / "em-course.zip"
FIRST_ASSIGNMENT = "00-start-here"
EXTRA = "dask"
"""The one extra of the course's project that students may want."""

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

[project.optional-dependencies]
{extra} = {extra_dependencies}

[project.scripts]
em-check = "em_helpers.checks.__main__:main"

[tool.setuptools.packages.find]
include = ["em_helpers*"]

[tool.setuptools.package-data]
"em_helpers.checks" = ["originals/*.ipynb"]
{package_data}"""


def archive_files(root: Path = ROOT) -> dict[str, bytes]:
    """The files of the archive.

    Parameters
    ----------
    root : Path
        The course directory that holds the lessons.

    Returns
    -------
    dict of str to bytes
        Contents by path within the archive.

    Raises
    ------
    FileNotFoundError
        A lesson has no students' notebook yet.
    """
    notebooks = _notebooks(root)
    originals = {
        f"em_helpers/checks/originals/{path.split('/')[1]}.ipynb": content
        for path, content in notebooks.items()
    }
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {
        "README.md": (ROOT / "docs" / "archive" / "README.md").read_bytes(),
        "start.py": (ROOT / "docs" / "archive" / "start.py").read_bytes(),
        "LICENSE": (ROOT / "LICENSE").read_bytes(),
        "pyproject.toml": _project(settings).encode(),
        "environment.yml": _conda_environment(settings["project"]).encode(),
        **notebooks,
        **originals,
        **_library(),
    }


def _notebooks(root: Path) -> dict[str, bytes]:
    """The students' notebooks of all lessons, and the first one, which has no lesson."""
    notebooks = {}
    for lesson in all_lessons(root):
        if not lesson.release.exists():
            raise FileNotFoundError(
                f"{lesson.release.relative_to(root)} is not built; "
                f"run make notebooks LESSON={lesson.assignment}."
            )
        path = f"course/{lesson.assignment}/{lesson.release.name}"
        notebooks[path] = lesson.release.read_bytes()
    first = read_myst_notebook(ROOT / "docs" / "archive" / "start-here.md")
    notebooks[f"course/{FIRST_ASSIGNMENT}/start-here.ipynb"] = (
        f"{nbformat.writes(first)}\n".encode()
    )
    return notebooks


def _library() -> dict[str, bytes]:
    """Every file of ``em_helpers``: modules, data, and the marks and stubs of its types."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in sorted((ROOT / "em_helpers").rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def _project(settings: Mapping[str, Any]) -> str:
    """The archive's ``pyproject.toml``, taken from the course's own."""
    project = settings["project"]
    package_data = settings["tool"]["setuptools"]["package-data"]
    return PROJECT.format(
        version=json.dumps(project["version"]),
        python=json.dumps(project["requires-python"]),
        dependencies=json.dumps(project["dependencies"], indent=2),
        extra=EXTRA,
        extra_dependencies=json.dumps(project["optional-dependencies"][EXTRA]),
        package_data="".join(
            f'"{package}" = {json.dumps(patterns)}\n'
            for package, patterns in package_data.items()
            if package.split(".")[0] == "em_helpers"
        ),
    )


def _conda_environment(project: Mapping[str, Any]) -> str:
    """The archive's ``environment.yml``: the same packages by conda, the library itself by pip."""
    packages = [f"python{project['requires-python']}", "pip", *project["dependencies"]]
    return "\n".join(
        [
            "# conda env create -f environment.yml && conda activate em",
            "name: em",
            "channels:",
            "  - conda-forge",
            "dependencies:",
            *(f"  - {package}" for package in packages),
            "  - pip:",
            "      - .",
            "",
        ]
    )


def write_archive(path: Path, contents: Mapping[str, bytes]) -> None:
    """Write a zip archive with one folder; the same contents give the same bytes.

    Parameters
    ----------
    path : Path
    contents : dict of str to bytes
        As ``archive_files`` returns them.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(f"em-course/{name}", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)


def main(path: Path = ARCHIVE) -> int:
    """Write the archive and print its path; returns the exit status."""
    try:
        contents = archive_files()
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    write_archive(path, contents)
    print(path.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
