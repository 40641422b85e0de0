"""Immutable parameters: a model owns read-only copies of its arrays."""

from typing import Any

import numpy as np


def freeze_parameters(owner: Any, **parameters: Any) -> None:
    """Store read-only copies of arrays, and numbers as floats, in a frozen dataclass."""
    for name, value in parameters.items():
        array = np.array(value)
        array.setflags(write=False)
        owner.__dict__[name] = array if array.shape else float(array)
