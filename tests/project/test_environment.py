"""environment.yml and pyproject.toml name the same packages at the same versions."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import yaml

from em_authoring.lesson_paths import all_lessons
from em_authoring.lesson_source import read_lesson_source

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PACKAGES = ("em_helpers", "em_authoring", "em_grader")
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))


def split(requirement):
    name, version = re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[[a-z,]+\])?(.*)", requirement).groups()
    return name.lower(), version


def test_conda_and_pip_install_the_same():
    extras = {
        key: names
        for key, names in PYPROJECT["optional-dependencies"].items()
        if key not in ("site", "browser")
    }
    pip = dict(map(split, sum(extras.values(), PYPROJECT["dependencies"])))
    pip.pop(PYPROJECT["name"], None)
    *others, itself = pip_part()
    assert itself == "-e .", "the course itself"
    of_conda = [each for each in ENVIRONMENT["dependencies"] if isinstance(each, str)]
    conda = dict(map(split, of_conda + others))
    assert conda.pop("python") == PYPROJECT["requires-python"]
    assert conda.pop("pip") == ""
    assert conda == pip


def pip_part():
    """What conda leaves to pip."""
    (part,) = (each for each in ENVIRONMENT["dependencies"] if isinstance(each, dict))
    return part["pip"]


def imported(code):
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def codes():
    for folder in (*PACKAGES, "tests", "solutions"):
        for path in (ROOT / folder).rglob("*.py"):
            yield path.read_text("utf-8")
    for lesson in all_lessons():
        yield from (
            cell.source for cell in read_lesson_source(lesson).cells if cell.cell_type == "code"
        )


def test_what_is_imported_is_declared():
    packages = {
        "sklearn": "scikit-learn",
        "yaml": "pyyaml",
        "IPython": "jupyterlab",
        "lazy_loader": "lazy-loader",
        "math_core": "math-core",
        **dict.fromkeys(
            (
                "alembic",
                "jupyter_client",
                "nbclient",
                "nbconvert",
                "nbformat",
                "sqlalchemy",
                "traitlets",
            ),
            "nbgrader",
        ),
    }
    declared = dict(
        map(split, sum(PYPROJECT["optional-dependencies"].values(), PYPROJECT["dependencies"]))
    )
    roots = {name.split(".")[0] for code in codes() for name in imported(code)}
    foreign = roots - set(sys.stdlib_module_names) - {*PACKAGES, "tests"}
    assert {packages.get(name, name) for name in foreign} <= declared.keys()


def test_what_is_declared_is_pinned():
    declared = map(
        split, sum(PYPROJECT["optional-dependencies"].values(), PYPROJECT["dependencies"])
    )
    pins = re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    missing = {name for name, _ in declared} - {PYPROJECT["name"], *pins}
    assert not missing, "run make lock"


def test_constraints_hold_pins_only():
    text = (ROOT / "constraints.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    pin = re.compile(r"[a-z0-9.-]+==[\w.]+( ; [\w. '=!<>*()]+)?")
    assert not [line for line in lines if not pin.fullmatch(line)], "no address, no path, no option"
    assert not re.search(r"://|file:", text)
