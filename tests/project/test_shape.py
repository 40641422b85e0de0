"""The house: imports point one way, nothing stray lies about, no path of a machine is kept."""

import ast
import re
import subprocess

import pytest

from em_authoring.lesson import ROOT

ROOMS = [
    "arguments", "models", "bounds", "batches", "monitor", "em", "initialization",
    "information",
    "approximate", "datasets", "checks", "plots", "authoring", "grading",
]  # fmt: skip
SEPARATE = {("plots", "checks"), ("authoring", "checks"), ("authoring", "plots")}


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for path in listed.stdout.splitlines() if (ROOT / path).is_file()]


def modules():
    return [path for path in tracked() if path.startswith("em_helpers/") and path.endswith(".py")]


def rooms_imported(path):
    for node in ast.walk(ast.parse((ROOT / path).read_text("utf-8"))):
        names = [each.name for each in getattr(node, "names", []) if isinstance(each, ast.alias)]
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name}" for name in names]
        for name in names:
            if name.startswith("em_helpers."):
                room = name.split(".")[1]
                yield room if room in ROOMS else "em"


@pytest.mark.parametrize("path", [p for p in modules() if p != "em_helpers/__init__.py"])
def test_imports_point_one_way(path):
    room = path.split("/")[1].removesuffix(".py")
    for other in rooms_imported(path):
        assert ROOMS.index(other) <= ROOMS.index(room), f"{path} imports {other}"
        assert (room, other) not in SEPARATE, f"{path} imports {other}"


def test_no_path_of_a_machine_is_kept():
    pattern = re.compile(r"(?:^|[\s\"'(=])/(?:home|root|work|tmp|Users)/[\w.-]+", re.MULTILINE)
    found = {
        path: pattern.search(text).group()
        for path in tracked()
        if path.endswith((".py", ".md", ".ipynb", ".toml", ".yml", "Makefile"))
        and pattern.search(text := (ROOT / path).read_text("utf-8"))
    }
    assert not found


def test_course_holds_notebooks_only():
    inside = [path for path in tracked() if path.startswith("course/")]
    assert all(re.fullmatch(r"course/(\d\d)-([a-z-]+)/\2\.ipynb", path) for path in inside)


def test_each_source_has_its_copies_and_its_wrong_answers():
    for path in tracked():
        found = re.fullmatch(r"solutions/(\d\d-([a-z-]+))/(.*)", path)
        if found:
            listed = re.fullmatch(r"wrong_answers/[a-z_]+\.py", found[3])
            assert listed or found[3] in (f"{found[2]}.md", f"{found[2]}.ipynb"), path
            assert (ROOT / "course" / found[1] / f"{found[2]}.ipynb").exists()
            assert (ROOT / "solutions" / found[1] / "wrong_answers").is_dir()
