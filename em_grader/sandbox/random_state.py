"""The global random generators of NumPy and Python, kept in step between two processes."""

# ruff: noqa: NPY002 (the subject is the legacy generator)

from __future__ import annotations

import array
import random
import zlib
from typing import Any

import numpy as np


def seed(name: str) -> None:
    """Seed both generators by a test's name, alike on any machine."""
    number = zlib.crc32(name.encode())
    np.random.seed(number)
    random.seed(number)


def state() -> list[list]:
    """Return the state of both generators, serializable and comparable with ``==``.

    NumPy takes a tenth of a millisecond for it, so each side asks once per call.
    """
    legacy_state: tuple[Any, ...] = np.random.get_state(legacy=True)  # type: ignore[assignment]
    _, keys, position, has_gauss, gauss = legacy_state
    _, words, gauss_next = random.getstate()
    return [
        [keys.tobytes(), int(position), int(has_gauss), float(gauss)],
        [array.array("I", words).tobytes(), gauss_next],
    ]


def restore(value: Any) -> None:
    """Restore a state that ``state`` returned, in this process or another.

    Raises
    ------
    ValueError
        The value is not such a state.
    """
    try:
        (keys, position, has_gauss, gauss), (words, gauss_next) = value
        keys, words = np.frombuffer(keys, np.uint32), np.frombuffer(words, np.uint32)
        is_valid = (keys.size, words.size) == (624, 625) and 0 <= position <= 624
        if not is_valid or not (gauss_next is None or type(gauss_next) is float):
            raise ValueError("sizes")
        words = tuple(map(int, words))
        np.random.set_state(("MT19937", keys, int(position), int(bool(has_gauss)), float(gauss)))
        random.setstate((3, words, gauss_next))
    except (TypeError, ValueError) as error:
        raise ValueError(f"not the state of the random generators: {error}") from None
