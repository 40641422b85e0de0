"""What a confined process may see of the machine: files it may read, packages it must not find."""

import os
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

_SYSTEM_PATHS = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/fonts",
    "/usr/share/zoneinfo", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts",
)  # fmt: skip


@dataclass(frozen=True)
class Visibility:
    """What a confined process may see. All paths are real paths.

    Attributes
    ----------
    readable : tuple of str
        Files and folders that it may read, with all that lies below them.
    hidden_packages : tuple of str
        Top-level Python packages that appear to it as if they were not installed.
    hidden_folders : tuple of str
        The folders of these packages; they are closed even where they lie below a readable one.
    """

    readable: tuple[str, ...]
    hidden_packages: tuple[str, ...] = ()
    hidden_folders: tuple[str, ...] = ()

    def rules(self) -> tuple[list[str], list[str]]:
        """Express the readable files without a rule for a parent of a hidden folder.

        Landlock grants access to all that lies below an allowed folder, with no exception. So a
        folder that holds a hidden one is replaced by its children; only its names may be listed.

        Returns
        -------
        readable : list of str
            Files and folders to be read with all that lies below them.
        listable : list of str
            Folders of which only the names of the entries may be read.
        """
        readable: list[str] = []
        listable: list[str] = []
        remaining = outermost(self.readable)
        while remaining:
            path = remaining.pop()
            if path in self.hidden_folders:
                continue
            if not any(folder.startswith(path + "/") for folder in self.hidden_folders):
                readable.append(path)
                continue
            listable.append(path)
            # A link grants nothing: what it points to is either readable by itself or not at all.
            children = (child for child in os.scandir(path) if not child.is_symlink())
            remaining += [child.path for child in children]
        return readable, listable


def visibility(readable: Iterable[str], hidden_packages: Sequence[str] = ()) -> Visibility:
    """Describe what a confined process may see.

    Parameters
    ----------
    readable : iterable of str
        Files and folders; those that do not exist are left out.
    hidden_packages : sequence of str
        Top-level packages, installed or not.

    Returns
    -------
    Visibility
    """
    folders = (path for name in hidden_packages for path in package_folders(name))
    return Visibility(_real(readable), tuple(hidden_packages), _real(folders))


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
