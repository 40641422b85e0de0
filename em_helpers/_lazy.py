"""Public names that are imported when somebody asks for them, so that a package loads at once."""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def attach(
    package: str, modules: dict[str, list[str]]
) -> tuple[Callable[[str], Any], Callable[[], list[str]], list[str]]:
    """``__getattr__``, ``__dir__`` and ``__all__`` for a package whose names live in its modules.

    Parameters
    ----------
    package : str
    modules : dict
        The names that each module gives, by the module's full name.

    Returns
    -------
    tuple
    """
    origins = {name: module for module, names in modules.items() for name in names}

    def __getattr__(name: str) -> Any:
        if name not in origins:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(origins[name]), name)
        setattr(sys.modules[package], name, value)
        return value

    def __dir__() -> list[str]:
        return sorted({*vars(sys.modules[package]), *origins})

    return __getattr__, __dir__, sorted(origins)
