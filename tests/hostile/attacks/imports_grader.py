"""Imports the grader by name, and by a finder of its own."""

# ruff: noqa

import importlib.machinery
import importlib.util
import sys

for name in ("em_grader", "em_authoring", "em_grader.sandbox.serialization"):
    for look in (
        importlib.import_module,
        importlib.util.find_spec,
        lambda name: importlib.machinery.PathFinder.find_spec(name).loader.load_module(),
    ):
        try:
            if look(name) is not None:
                print(LOOT, name, look)
        except Exception:
            pass
if any(name.partition(".")[0] in ("em_grader", "em_authoring") for name in sys.modules):
    print(LOOT)


def double(x):
    return 0 * np.asarray(x)
