"""A graded function calls neither the reference nor a ready-made fit: a guard, best effort.

It lives in the student's process, whose code could undo it; it is there for those who try whether
``return GaussianMixture(...)`` counts, and it says why it does not. Provided cells are free to call
the reference, since the guard is up only while a graded function runs.
"""

import functools
import inspect
import sys
import types

_FREE = {"arguments", "checks", "datasets", "plots"}
"""Rooms of em_helpers that are nobody's answer; the others are the reference."""

READY_MADE = ("sklearn",)


class ReferenceCalled(RuntimeError):
    """A graded function called what it is to compute itself."""


class Guard:
    """Raises where a graded function calls the reference.

    Attributes
    ----------
    allowed : frozenset of str
        Names that the exercise lends; ``*`` is all of them.
    """

    def __init__(self):
        self.allowed = frozenset("*")
        self._within, self._watched, self._new = 0, set(), False

    def up(self, allowed):
        """Refuse calls from now on, but for some names."""
        self.allowed = frozenset(allowed)
        if self._new and "*" not in self.allowed:
            self._new = False
            for name in [each for each in sys.modules if each.split(".")[0] in READY_MADE]:
                self._watch(name)

    def down(self):
        """Let everything pass."""
        self.allowed, self._within = frozenset("*"), 0

    def install(self):
        """Watch every function and class of the reference that this process has loaded.

        It takes a tenth of a second, so the fork server does it for all processes to come.
        """
        for name in [each for each in sys.modules if is_reference(each)]:
            self._watch(name)
        sys.meta_path.insert(0, self)

    def find_spec(self, name, path=None, target=None):
        """Refuse the import of a ready-made fit inside a graded function."""
        if name.split(".")[0] in READY_MADE:
            self._new = True
            self._refuse(name.split(".")[0])

    def _watch(self, module_name):
        module = sys.modules[module_name]
        if module_name in self._watched or module is None:
            return
        self._watched.add(module_name)
        for name, value in list(vars(module).items()):
            if getattr(value, "__module__", None) != module_name or name.startswith("_"):
                continue
            if isinstance(value, types.FunctionType):
                self._replace(value, self._guarded(value, name))
            elif inspect.isclass(value) and not issubclass(value, BaseException):
                for method, function in list(vars(value).items()):
                    if isinstance(function, types.FunctionType) and _public(method):
                        setattr(value, method, self._guarded(function))

    def _replace(self, function, guarded):
        """Everywhere in the reference where a function is known by a name."""
        for module in list(sys.modules.values()):
            if module is None or not getattr(module, "__name__", "").startswith("em_helpers"):
                continue
            for name, value in list(vars(module).items()):
                if value is function:
                    setattr(module, name, guarded)

    def _guarded(self, function, name=None):
        """The function, or the method of an instance whose class has a name of its own."""
        if hasattr(function, "_guarded"):
            return function

        @functools.wraps(function)
        def guarded(*arguments, **options):
            if "*" not in self.allowed and not self._within:
                self._refuse(name or type(arguments[0]).__name__)
                self._within += 1
                try:
                    return function(*arguments, **options)
                finally:
                    self._within -= 1
            return function(*arguments, **options)

        guarded._guarded = True
        return guarded

    def _refuse(self, name):
        if "*" not in self.allowed and name not in self.allowed:
            raise ReferenceCalled(refusal(name))


def is_reference(name):
    """Whether a full name lies in a room of the reference."""
    package, _, rest = name.partition(".")
    return package == "em_helpers" and rest != "" and rest.split(".")[0] not in _FREE


@functools.cache
def public_names():
    """What the reference's loaded modules define.

    Returns
    -------
    frozenset of str
    """
    modules = [module for name, module in list(sys.modules.items()) if is_reference(name)]
    return frozenset(
        name
        for module in modules
        for name, value in vars(module).items()
        if getattr(value, "__module__", None) == module.__name__
    )


def refusal(name):
    """What a student reads."""
    return (
        f"the answer calls {name}, which does what is asked for here; "
        f"compute it from the lesson's equations instead."
    )


def _public(method):
    return method in ("__init__", "__call__") or not method.startswith("_")
