"""Which names belong to the reference: the parts of em_helpers that solve exercises."""

import functools
import sys

_FREE = {"arguments", "checks", "datasets", "plots"}
"""Parts of em_helpers that answer no exercise; the others are the reference."""

READY_MADE = ("sklearn",)


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
