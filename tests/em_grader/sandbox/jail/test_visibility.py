"""Folders below a readable one can be hidden; nothing else changes for the process."""

import importlib.machinery
import importlib.metadata
import importlib.util
import os
import sys

import pytest

from em_grader.sandbox.jail import self_test
from em_grader.sandbox.jail.resource_limits import ResourceLimits
from em_grader.sandbox.jail.self_test import run_self_test
from em_grader.sandbox.jail.visibility import (
    around,
    package_folders,
    python_and_system_paths,
    visibility,
)

HIDDEN = ("hidden_one", "hidden_two")


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Packages side by side in a folder on the path, as an installation puts them."""
    site = tmp_path / "lib" / "site-packages"
    for name in (*HIDDEN, "visible"):
        (site / name / "inner").mkdir(parents=True)
        (site / name / "__init__.py").write_text("VALUE = 7\n")
        (site / name / "inner" / "__init__.py").write_text("VALUE = 8\n")
    (site / "single.py").write_text("VALUE = 9\n")
    (site / "link").symlink_to(site / "hidden_one")
    monkeypatch.syspath_prepend(str(site))
    yield site
    for name in [name for name in sys.modules if name.partition(".")[0] in (*HIDDEN, "visible")]:
        del sys.modules[name]


@pytest.fixture
def within(tmp_path, monkeypatch, installed):
    """A function that runs checks in a process confined at some level."""
    secret = tmp_path / "private" / "secret"
    secret.parent.mkdir()
    secret.touch()

    def run(level, **checks):
        monkeypatch.setattr(self_test, "_CHECKS", checks)
        scratch = tmp_path / "scratch"
        scratch.mkdir(0o700)
        readable = [*python_and_system_paths(), str(installed.parent), str(installed)]
        seen = visibility(readable, (*HIDDEN, "not_installed_at_all"))
        return run_self_test(level, str(scratch), ResourceLimits(), seen, str(secret))

    return run


def test_a_folder_around_a_hidden_one_is_replaced_by_its_other_children(installed):
    lib, site = str(installed.parent), str(installed)
    (installed.parent / "other").mkdir()
    seen = visibility([lib, site], HIDDEN)
    names = {os.path.relpath(path, lib) for path in seen.readable_without_hidden}
    assert names == {"other", "site-packages/visible", "site-packages/single.py"}
    assert sorted(seen.listable) == [lib, site]


def test_where_nothing_hidden_lies_below_the_paths_stay_as_they_are(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "ab").mkdir()
    paths = (str(tmp_path / "a"), str(tmp_path / "ab"))
    readable, listable = around([*paths, str(tmp_path / "a" / "b")], ["/elsewhere"])
    assert sorted(readable) == sorted(paths)
    assert listable == ()


def test_a_hidden_folder_that_is_itself_readable_is_closed(installed):
    hidden = str(installed / "hidden_one")
    assert around([hidden], [hidden]) == ((), ())


def test_a_package_that_is_not_installed_has_no_folder():
    assert package_folders("not_installed_at_all") == []
    assert len(package_folders("numpy")) == 1


@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_hidden_packages_are_closed_and_the_packages_beside_them_are_not(level, within, installed):
    def closed(expected):
        found = []
        for folder in ("hidden_one", "hidden_two", "link"):
            for path in ("__init__.py", "inner/__init__.py"):
                try:
                    found.append((installed / folder / path).read_text())
                except OSError:
                    continue
        return str(found) if found else None

    def beside(expected):
        import single
        import visible.inner

        return f"{visible.VALUE} {visible.inner.VALUE} {single.VALUE}"

    def listed(expected):
        return " ".join(sorted(os.listdir(installed)))

    report = within(level, closed=closed, beside=beside, listed=listed)
    assert report == {
        "closed": None,
        "beside": "7 8 9",
        "listed": "hidden_one hidden_two link single.py visible",
    }


@pytest.mark.parametrize("level", ["namespaces", "landlock", "none"])
def test_hidden_packages_appear_as_if_they_were_not_installed(level, within):
    import hidden_one.inner  # noqa: F401

    def imported(expected):
        errors = []
        for name in (*HIDDEN, "hidden_one.inner", "not_installed_at_all"):
            try:
                importlib.import_module(name)
            except ModuleNotFoundError as error:
                errors.append(str(error))
        return "; ".join(errors)

    def found(expected):
        names = [name for name in HIDDEN if importlib.util.find_spec(name) is not None]
        return ", ".join(names) or None

    def loaded(expected):
        return ", ".join(name for name in sys.modules if name.startswith("hidden")) or None

    def import_system(expected):
        importlib.invalidate_caches()
        names = {each.name for each in importlib.metadata.distributions()}
        return None if "numpy" in names else "numpy's metadata were not found"

    report = within(
        level, imported=imported, found=found, loaded=loaded, import_system=import_system
    )
    assert report == {
        "imported": "No module named 'hidden_one'; No module named 'hidden_two'; "
        "No module named 'hidden_one'; No module named 'not_installed_at_all'",
        "found": None,
        "loaded": None,
        "import_system": None,
    }


@pytest.mark.parametrize("level", ["namespaces", "landlock"])
def test_a_finder_of_ones_own_loads_nothing_of_a_hidden_package(level, within):
    def load(expected):
        spec = importlib.machinery.PathFinder.find_spec("hidden_one")
        module = importlib.util.module_from_spec(spec)
        try:
            spec.loader.exec_module(module)
        except (OSError, AttributeError):
            return None
        return f"VALUE = {getattr(module, 'VALUE', None)}"

    assert within(level, load=load)["load"] in (None, "VALUE = None")


@pytest.mark.parametrize("open_door", ["the file", "the module"])
def test_the_self_test_sees_a_hidden_package_that_is_not_hidden(open_door, within, monkeypatch):
    check = self_test._no_hidden_package
    if open_door == "the module":
        monkeypatch.setattr("em_grader.sandbox.jail.enter.hide_packages", lambda names: None)
    level = "none" if open_door == "the file" else "landlock"
    report = within(level, hidden=check)
    assert report["hidden"].startswith(
        "it was allowed" if open_door == "the file" else "hidden_one was found"
    )
