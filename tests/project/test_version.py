"""The version in pyproject.toml, CITATION.cff and CHANGELOG.md is the same."""

import re
import tomllib

import yaml

from em_authoring.lesson_paths import ROOT

VERSION = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
RELEASE = re.compile(r"^## \[(?P<version>[\d.]+)\] - (?P<date>\d{4}-\d\d-\d\d|Unreleased)$", re.M)


def test_the_citation_names_this_version():
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == VERSION


def test_the_changelog_begins_with_this_version():
    newest, *older = RELEASE.finditer((ROOT / "CHANGELOG.md").read_text("utf-8"))
    assert newest["version"] == re.sub(r"\.dev\d+$", "", VERSION)
    assert (newest["date"] == "Unreleased") == (".dev" in VERSION)
    assert all(release["date"] != "Unreleased" for release in older)
