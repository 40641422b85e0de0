"""Models are values: what they hold is nobody else's, and nobody changes it."""

import numpy as np


def keep(model, **parameters):
    """Store read-only copies of arrays, and numbers as floats, in a frozen dataclass.

    Parameters
    ----------
    model : a frozen dataclass
    **parameters : array or float
        By the names of its fields.
    """
    for name, value in parameters.items():
        array = np.array(value)
        array.setflags(write=False)
        model.__dict__[name] = array if array.shape else float(array)
