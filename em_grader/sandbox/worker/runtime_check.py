"""The runtime check: a graded function may call neither the reference nor a ready-made fit.

It is a best effort: it lives in the student's process, whose code could undo it. It is there for
students who try whether ``return GaussianMixture(...)`` counts, and explains why it does not.
Provided cells may call the reference, since the check is active only while a graded function runs.
"""

from __future__ import annotations

import functools
import inspect
import sys
import types
from collections.abc import Iterable

_FREE = {"arguments", "checks", "datasets", "plots"}
"""Parts of em_helpers that answer no exercise; the others are the reference."""

READY_MADE = ("sklearn",)


class ReferenceCalled(RuntimeError):
    """A graded function called what it should compute itself."""


class RuntimeCheck:
    """Raises where a graded function calls the reference.

    ``allowlist`` holds the functions of the reference that may be called; ``*`` is all of them.
    """

    def __init__(self) -> None:
        self.allowlist = frozenset("*")
        self._call_depth, self._has_new_modules = 0, False
        self._wrapped_modules: set[str] = set()

    def activate(self, allowlist: Iterable[str]) -> None:
        """Refuse calls of the reference from now on, except for some names."""
        self.allowlist = frozenset(allowlist)
        if self._has_new_modules and "*" not in self.allowlist:
            self._has_new_modules = False
            for name in [name for name in sys.modules if name.split(".")[0] in READY_MADE]:
                self._wrap_module(name)

    def deactivate(self) -> None:
        """Allow all calls."""
        self.allowlist, self._call_depth = frozenset("*"), 0

    def install(self) -> None:
        """Wrap every function and class of the reference that this process has loaded.

        It takes a tenth of a second, so the fork server does it for all later processes.
        """
        for name in [name for name in sys.modules if is_reference(name)]:
            self._wrap_module(name)
        sys.meta_path.insert(0, self)

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse the import of a ready-made fit inside a graded function."""
        if name.split(".")[0] in READY_MADE:
            self._has_new_modules = True
            self._refuse(name.split(".")[0])

    def _wrap_module(self, module_name):
        module = sys.modules[module_name]
        if module_name in self._wrapped_modules or module is None:
            return
        self._wrapped_modules.add(module_name)
        for name, value in list(vars(module).items()):
            if getattr(value, "__module__", None) != module_name or name.startswith("_"):
                continue
            if isinstance(value, types.FunctionType):
                self._replace(value, self._checked(value, name))
            elif inspect.isclass(value) and not issubclass(value, BaseException):
                for method, function in list(vars(value).items()):
                    if isinstance(function, types.FunctionType) and _is_public(method):
                        setattr(value, method, self._checked(function))

    def _replace(self, function, checked):
        """Replace a function under all its names in em_helpers."""
        for module in list(sys.modules.values()):
            if module is None or not getattr(module, "__name__", "").startswith("em_helpers"):
                continue
            for name, value in list(vars(module).items()):
                if value is function:
                    setattr(module, name, checked)

    def _checked(self, function, name=None):
        """Wrap a function, or without a name a method, whose class names it when it is called."""
        if hasattr(function, "_checked"):
            return function

        @functools.wraps(function)
        def checked(*arguments, **options):
            if "*" not in self.allowlist and not self._call_depth:
                self._refuse(name or type(arguments[0]).__name__)
                self._call_depth += 1
                try:
                    return function(*arguments, **options)
                finally:
                    self._call_depth -= 1
            return function(*arguments, **options)

        vars(checked)["_checked"] = True
        return checked

    def _refuse(self, name):
        if "*" not in self.allowlist and name not in self.allowlist:
            raise ReferenceCalled(refusal(name))


def is_reference(name: str) -> bool:
    """Whether a full name lies in the reference."""
    package, _, rest = name.partition(".")
    return package == "em_helpers" and rest != "" and rest.split(".")[0] not in _FREE


@functools.cache
def public_names() -> frozenset[str]:
    """List the names that the reference's loaded modules define."""
    modules = [module for name, module in list(sys.modules.items()) if is_reference(name)]
    return frozenset(
        name
        for module in modules
        for name, value in vars(module).items()
        if getattr(value, "__module__", None) == module.__name__
    )


def refusal(name: str) -> str:
    """Compose the message that a student reads."""
    return (
        f"the answer calls {name}, which does what is asked for here; "
        f"compute it from the lesson's equations instead."
    )


def _is_public(method):
    return method in ("__init__", "__call__") or not method.startswith("_")
