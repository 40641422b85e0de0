"""Hiding packages from a process, so that they appear to it as if they were not installed."""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


def hide_packages(names: Sequence[str]) -> None:
    """Forget packages and keep this process from importing them.

    Code of theirs that is running continues to run. Their files must be closed by other means.

    Parameters
    ----------
    names : sequence of str
        Top-level packages.
    """
    for module in [module for module in sys.modules if _package(module) in names]:
        del sys.modules[module]
    sys.meta_path[:] = [_FinderWithout(names, finder) for finder in sys.meta_path]


class _FinderWithout:
    """A finder of modules that does not find some packages."""

    def __init__(self, names: Sequence[str], finder: Any) -> None:
        self._names, self._finder = frozenset(names), finder

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if _package(name) in self._names:
            return None
        return self._finder.find_spec(name, path, target)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._finder, name)


def _package(module: str) -> str:
    return module.partition(".")[0]
