"""What the repository holds: no stray files, no path of a machine."""

import re
import subprocess

from em_authoring.lesson_paths import ROOT


def tracked():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for path in listed.stdout.splitlines() if (ROOT / path).is_file()]


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
