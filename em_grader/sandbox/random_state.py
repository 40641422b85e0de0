"""The global random generators of NumPy and Python, kept in step between two processes."""

# ruff: noqa: NPY002 (the legacy generator is what this is about)

import array
import random
import zlib

import numpy as np


def seed(name):
    """Start both where a test of this name always starts, on any machine."""
    number = zlib.crc32(name.encode())
    np.random.seed(number)
    random.seed(number)


def state():
    """The state of both, in a form that travels and that ``==`` compares.

    NumPy takes a tenth of a millisecond to say it, so it is asked once a call on each side.

    Returns
    -------
    list
    """
    _, keys, position, has_gauss, gauss = np.random.get_state()
    _, words, gauss_next = random.getstate()
    return [
        [keys.tobytes(), int(position), int(has_gauss), float(gauss)],
        [array.array("I", words).tobytes(), gauss_next],
    ]


def restore(value):
    """Put both into a state that ``state`` gave here or in another process.

    Raises
    ------
    ValueError
        It is no such state.
    """
    try:
        (keys, position, has_gauss, gauss), (words, gauss_next) = value
        keys, words = np.frombuffer(keys, np.uint32), np.frombuffer(words, np.uint32)
        right = (keys.size, words.size) == (624, 625) and 0 <= position <= 624
        if not right or not (gauss_next is None or type(gauss_next) is float):
            raise ValueError("sizes")
        words = tuple(map(int, words))
        np.random.set_state(("MT19937", keys, int(position), int(bool(has_gauss)), float(gauss)))
        random.setstate((3, words, gauss_next))
    except (TypeError, ValueError) as error:
        raise ValueError(f"not the state of the random generators: {error}") from None
