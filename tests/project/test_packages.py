"""Each package can be imported without those above it and without their requirements."""

import subprocess
import sys

import pytest

IMPORT_ALL = """
import importlib, pkgutil, sys

package, *refused = sys.argv[1:]

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in refused:
            raise ModuleNotFoundError(name, name=name)

sys.meta_path.insert(0, Refuse())
modules = list(pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."))
for module in modules:
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print(len(modules))
"""

GRADER = ["em_grader", "click", "nh3", "math_core", "distributed"]
AUTHORING = ["em_authoring", "jupytext"]


@pytest.mark.parametrize(
    ("package", "refused"),
    [("em_helpers", GRADER + AUTHORING), ("em_authoring", GRADER), ("em_grader", [])],
)
def test_a_package_imports_alone(package, refused, tmp_path):
    run = subprocess.run(
        [sys.executable, "-c", IMPORT_ALL, package, *refused],
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 5
