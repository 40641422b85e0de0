"""Models are values: what they hold is nobody else's, and nobody changes it."""


def keep(model, **arrays):
    """Store read-only copies of arrays in a frozen dataclass.

    Parameters
    ----------
    model : a frozen dataclass
    **arrays : array
        By the names of its fields.
    """
    for name, array in arrays.items():
        array = array.copy()
        array.setflags(write=False)
        model.__dict__[name] = array
