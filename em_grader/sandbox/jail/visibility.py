"""What a confined process may see of the machine: files it may read, packages it must not find."""

import os
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType
from typing import Any

_SYSTEM_PATHS = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/fonts",
    "/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts",
)  # fmt: skip


@dataclass(frozen=True)
class Visibility:
    """What a confined process may see. All paths are real paths."""

    readable: tuple[str, ...]  # files and folders, with all that lies below them
    hidden_packages: tuple[str, ...]  # top-level packages that seem not to be installed
    hidden_folders: tuple[str, ...]  # of these packages; closed even below a readable one
    readable_without_hidden: tuple[str, ...]  # as ``around`` returns them
    listable: tuple[str, ...]


def visibility(readable: Iterable[str], hidden_packages: Sequence[str] = ()) -> Visibility:
    """Describe what a process may see: some files and folders, but not some packages."""
    paths = _real(readable)
    folders = _real(path for name in hidden_packages for path in package_folders(name))
    return Visibility(paths, tuple(hidden_packages), folders, *around(paths, folders))


def around(
    readable: Iterable[str], hidden_folders: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Express readable files without naming a parent of a hidden folder.

    Landlock grants access to all that lies below an allowed folder, with no exception. So a folder
    that holds a hidden one is replaced by its other children; only its names may be listed.

    Returns
    -------
    readable : tuple of str
        Files and folders to be read with all that lies below them.
    listable : tuple of str
        Folders of which only the names of the entries may be read.
    """
    allowed: list[str] = []
    listable: list[str] = []
    remaining = outermost(readable)
    while remaining:
        path = remaining.pop()
        if path in hidden_folders:
            continue
        if not any(folder.startswith(path + "/") for folder in hidden_folders):
            allowed.append(path)
            continue
        listable.append(path)
        # A link grants nothing: what it points to is either readable by itself or not at all.
        children = (child for child in os.scandir(path) if not child.is_symlink())
        remaining += [child.path for child in children]
    return tuple(allowed), tuple(listable)


def python_and_system_paths() -> list[str]:
    """List what every Python program reads: the installation and the system's libraries."""
    paths = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    paths += [os.path.join(prefix, "lib") for prefix in (sys.prefix, sys.base_prefix)]
    return [*paths, *_SYSTEM_PATHS]


def package_folders(name: str) -> list[str]:
    """List the folders of a top-level package; none if it is not installed."""
    spec = find_spec(name)
    return list(spec.submodule_search_locations or ()) if spec is not None else []


def outermost(paths: Iterable[str]) -> list[str]:
    """Select the real paths that lie below none of the others."""
    selected: list[str] = []
    for path in _real(paths):
        if not selected or not path.startswith(selected[-1] + "/"):
            selected.append(path)
    return selected


def _real(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({os.path.realpath(path) for path in paths if os.path.exists(path)}))


def hide_packages(names: Sequence[str]) -> None:
    """Forget top-level packages and keep this process from importing them.

    Code of theirs that is running continues to run. Their files must be closed by other means.
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
