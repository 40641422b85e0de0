"""A runtime check: a graded function that calls em_helpers' own solution raises an exception.

It is a best effort: it lives in the student's process, whose code could undo it. It is there for
students who try whether ``return GaussianMixture(...)`` counts, and explains why it does not.
Provided cells may call the solution, since the check is active only while a graded function runs.
"""

from __future__ import annotations

import functools
import inspect
import sys
import types
from collections.abc import Iterable

from em_grader.sandbox.reference_names import READY_MADE, is_reference, refusal


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


def _is_public(method):
    return method in ("__init__", "__call__") or not method.startswith("_")
