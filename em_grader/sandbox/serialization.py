"""The only thing that passes between a student's process and the referee: data in frames.

A frame is two lengths, a tree in JSON, and the bytes of the arrays that the tree refers to. There
is no code in it, no class and no import by name. Whoever reads checks every length before it
reserves memory and every form before it builds a value; subclasses arrive as what they inherit
from. What is no data at all arrives as an ``Opaque`` that says its type's name, if it is one that
everybody knows: the name of a class of one's own could be made of what a hidden test handed over.
"""

import builtins
import collections
import datetime
import decimal
import fractions
import functools
import json
import math
import pathlib
import random
import struct
import types

import numpy as np

LARGEST_FRAME = 64 << 20
"""Bytes of one frame, both ways."""

LARGEST_TREE = 8 << 20
"""Bytes of the JSON part of a frame: numbers in bulk travel as arrays."""

DEEPEST = 40
"""Levels of nesting in one value."""

MOST_KEYS = 2_000
"""Elements of a set or a dict: equal hashes make more of them slow to take in."""

LARGEST_SIDE_OF_NOTHING = 1_000_000
"""The other sides of an array without elements, multiplied."""

NUMBERS = "biufcUS"
"""Kinds of arrays whose bytes travel: booleans, integers, floats, complex numbers, text."""

_LENGTHS = struct.Struct("<II")
_STATES = {"PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"}
_FAMILIAR = (
    builtins, collections, datetime, decimal, fractions, functools, math, np, np.dtypes,
    np.linalg, np.ma, np.polynomial, np.random, pathlib, random, types,
)  # fmt: skip
_KNOWN_TYPES = {
    name
    for module in _FAMILIAR
    for value in vars(module).values()
    if isinstance(value, type) and (name := value.__name__).isidentifier()
} | {
    "DataFrame", "Series", "Tensor", "Figure", "Axes", "Line2D", "rv_frozen",
    *(type(iter(each)).__name__ for each in ([], (), {}, set(), "", b"", range(0))),
    *(type(each).__name__ for each in ({}.keys(), {}.values(), {}.items())),
}  # fmt: skip
OWN_CLASS = "class_of_its_own"
"""How a type is called whose name is not among those that everybody knows."""

_POSITIONS = (("pos", 624), ("buffer_pos", 4))
"""Where a state points into its own buffer, and the buffer's length: NumPy does not look."""


class SerializationError(ValueError):
    """A value that cannot travel, or bytes that are no frame."""


class Opaque:
    """Stands for an object of the other side that is no data; only its type's name came along."""

    def __repr__(self):
        return f"<{type(self).__name__} object>"


def pack(value):
    """One value as the bytes of a frame, lengths included.

    Parameters
    ----------
    value : object
        None, booleans, numbers, text, bytes, arrays, ``numpy.random.Generator``s, and lists,
        tuples, sets, dicts of such. Anything else becomes an ``Opaque``.

    Returns
    -------
    bytes

    Raises
    ------
    SerializationError
        The value is nested too deep or too large.
    """
    blob = bytearray()
    try:
        text = json.dumps(_tree(value, blob, 0), separators=(",", ":"), ensure_ascii=False)
        tree = text.encode()
    except (RecursionError, ValueError) as error:
        raise SerializationError(str(error)) from None
    if len(tree) > LARGEST_TREE or len(tree) + len(blob) > LARGEST_FRAME:
        raise SerializationError(
            f"the value takes {(len(tree) + len(blob)) / 2**20:.0f} MB; at most "
            f"{LARGEST_FRAME >> 20} MB may be passed, of which {LARGEST_TREE >> 20} MB in lists."
        )
    return b"".join([_LENGTHS.pack(len(tree), len(blob)), tree, blob])


def unpack(tree, blob):
    """The value of a frame.

    Parameters
    ----------
    tree, blob : bytes
        The two parts of a frame.

    Returns
    -------
    object

    Raises
    ------
    SerializationError
        They are not what ``pack`` makes.
    """
    try:
        return _value(json.loads(tree), memoryview(blob), 0)
    except SerializationError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise SerializationError(f"not a frame: {type(error).__name__}") from None


def send(sock, value):
    """Write one value to a socket."""
    sock.sendall(pack(value))


def receive(sock):
    """Read one value from a socket.

    Raises
    ------
    EOFError
        The other side is gone.
    SerializationError
        What came is no frame.
    """
    tree_size, blob_size = _LENGTHS.unpack(_read(sock, _LENGTHS.size))
    if tree_size > LARGEST_TREE or tree_size + blob_size > LARGEST_FRAME:
        raise SerializationError("a frame over the limit")
    return unpack(bytes(_read(sock, tree_size)), _read(sock, blob_size))


def _read(sock, size):
    buffer = bytearray()
    while len(buffer) < size:
        piece = sock.recv(min(size - len(buffer), 1 << 20))
        if not piece:
            raise EOFError("the other side is gone")
        buffer += piece
    return buffer


def _tree(value, blob, depth):
    if depth > DEEPEST:
        raise SerializationError(f"the value is nested deeper than {DEEPEST} levels")
    if value is None or value is True or value is False:
        return value
    if isinstance(value, np.ndarray):
        return _array_tree(np.asarray(value), blob, depth)
    if isinstance(value, np.generic):
        tree = _array_tree(np.asarray(value), blob, depth)
        return ["scalar", *tree[1:]] if tree[0] == "array" else tree
    if isinstance(value, int):
        return int(value) if abs(value) < 1 << 62 else ["int", hex(value)]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else ["float", repr(float(value))]
    if isinstance(value, str):
        return ["text", str(value).encode("utf-8", "replace").decode()]
    if isinstance(value, complex):
        return ["complex", repr(value.real), repr(value.imag)]
    if isinstance(value, (bytes, bytearray)):
        return ["bytes", *_append(bytes(value), blob)]
    if isinstance(value, (set, frozenset, dict)) and len(value) > MOST_KEYS:
        raise SerializationError(f"a set or a dict of more than {MOST_KEYS} elements")
    for kind, classes in _SEQUENCES.items():
        if isinstance(value, classes):
            return [kind, [_tree(each, blob, depth + 1) for each in list(value)]]
    if isinstance(value, dict):
        pairs = list(dict.items(value))
        return ["dict", [[_tree(each, blob, depth + 1) for each in pair] for pair in pairs]]
    if isinstance(value, (range, slice)):
        ends = [_tree(each, blob, depth + 1) for each in (value.start, value.stop, value.step)]
        return ["range" if isinstance(value, range) else "slice", ends]
    if isinstance(value, np.random.Generator):
        return _generator_tree(value, blob, depth)
    return _foreign_tree(value, blob, depth)


_SEQUENCES = {"list": list, "tuple": tuple, "set": (set, frozenset)}


def _append(data, blob):
    if len(blob) + len(data) > LARGEST_FRAME:
        raise SerializationError(f"more than {LARGEST_FRAME >> 20} MB in one value")
    blob += data
    return len(blob) - len(data), len(data)


def _array_tree(array, blob, depth):
    if array.dtype.kind == "O":
        elements = [_tree(each, blob, depth + 1) for each in array.ravel().tolist()]
        return ["objects", list(array.shape), elements]
    if array.dtype.kind not in NUMBERS or array.dtype.itemsize == 0:
        return ["opaque", "ndarray"]
    if array.nbytes > LARGEST_FRAME:
        raise SerializationError(
            f"an array of {array.nbytes / 2**20:.0f} MB is over the limit of "
            f"{LARGEST_FRAME >> 20} MB"
        )
    return ["array", array.dtype.str, list(array.shape), *_append(array.tobytes(), blob)]


def _generator_tree(generator, blob, depth):
    state = generator.bit_generator.state
    if state["bit_generator"] not in _STATES:
        return ["opaque", "Generator"]
    return ["generator", _tree(state, blob, depth + 1)]


def _foreign_tree(value, blob, depth):
    """A table of some other library, if it turns into an array of numbers; else its type's name."""
    kind = type(value)
    if callable(getattr(kind, "__array__", None)):
        try:
            array = np.asarray(value)
        except Exception:
            array = None
        if array is not None and array.dtype.kind in NUMBERS:
            return _array_tree(array, blob, depth)
    name = kind.__name__ if kind.__name__.isidentifier() else "object"
    return ["opaque", name[:80]]


def _value(tree, blob, depth):
    if depth > DEEPEST:
        raise SerializationError("nested too deep")
    if tree is None or type(tree) in (bool, int, float):
        return tree
    if type(tree) is not list or not tree or type(tree[0]) is not str:
        raise SerializationError("not a tagged value")
    read = _READERS.get(tree[0])
    if read is None:
        raise SerializationError("an unknown tag")
    return read(tree[1:], blob, depth + 1)


def _part(start, length, blob):
    if type(start) is not int or type(length) is not int or not 0 <= start <= len(blob) - length:
        raise SerializationError("bytes outside the frame")
    if length < 0:
        raise SerializationError("a negative length")
    return blob[start : start + length]


def _read_array(parts, blob, depth):
    code, shape, start, length = parts
    dtype = np.dtype(_text(code, 16))
    if dtype.kind not in NUMBERS or dtype.itemsize == 0 or dtype.hasobject:
        raise SerializationError("an array of no numbers")
    if math.prod(_shape(shape)) * dtype.itemsize != length:
        raise SerializationError("an array whose size is not that of its bytes")
    return np.frombuffer(bytes(_part(start, length, blob)), dtype).reshape(shape).copy()


def _read_objects(parts, blob, depth):
    shape, elements = parts
    if type(elements) is not list or math.prod(_shape(shape)) != len(elements):
        raise SerializationError("an array whose size is not that of its elements")
    array = np.empty(len(elements), dtype=object)
    for place, element in enumerate(elements):
        array[place] = _value(element, blob, depth)
    return array.reshape(shape)


def _shape(shape):
    if type(shape) is not list or len(shape) > 16:
        raise SerializationError("not a shape")
    if any(type(each) is not int or not 0 <= each < 1 << 40 for each in shape):
        raise SerializationError("not a shape")
    if 0 in shape and math.prod(max(each, 1) for each in shape) > LARGEST_SIDE_OF_NOTHING:
        raise SerializationError("a shape too large")
    return shape


def _text(value, longest=LARGEST_TREE):
    if type(value) is not str or len(value) > longest:
        raise SerializationError("not a text")
    return value


def _read_int(parts, blob, depth):
    (digits,) = parts
    return int(_text(digits, 20_000), 16)


def _read_float(parts, blob, depth):
    (digits,) = parts
    return float(_text(digits, 40))


def _read_complex(parts, blob, depth):
    real, imaginary = parts
    return complex(float(_text(real, 40)), float(_text(imaginary, 40)))


def _read_text(parts, blob, depth):
    (text,) = parts
    return _text(text)


def _read_bytes(parts, blob, depth):
    return bytes(_part(*parts, blob))


def _read_many(make):
    def read(parts, blob, depth):
        (elements,) = parts
        if type(elements) is not list:
            raise SerializationError("not a list of values")
        return make(_value(each, blob, depth) for each in elements)

    return read


def _read_set(parts, blob, depth):
    return set(_few(parts[0], blob, depth))


def _few(elements, blob, depth):
    if type(elements) is not list or len(elements) > MOST_KEYS:
        raise SerializationError("too many keys")
    return [_value(each, blob, depth) for each in elements]


def _read_dict(parts, blob, depth):
    (pairs,) = parts
    if type(pairs) is not list or len(pairs) > MOST_KEYS:
        raise SerializationError("too many keys")
    return {_value(key, blob, depth): _value(each, blob, depth) for key, each in pairs}


def _read_ends(make):
    def read(parts, blob, depth):
        (ends,) = parts
        start, stop, step = (_value(each, blob, depth) for each in ends)
        return make(start, stop, step)

    return read


def _read_generator(parts, blob, depth):
    state = _value(parts[0], blob, depth)
    if type(state) is not dict or state.get("bit_generator") not in _STATES:
        raise SerializationError("not the state of a generator")
    kind = getattr(np.random, state["bit_generator"])
    for place, largest in _POSITIONS:
        if not 0 <= state.get(place, _inner(state).get(place, 0)) <= largest:
            raise SerializationError("not the state of a generator")
    ahead = kind(0)
    ahead.state = state
    bits = kind(ahead.random_raw(4).tolist())  # so that spawn() gives each state its own children
    bits.state = state
    return np.random.Generator(bits)


def _inner(state):
    return state["state"] if type(state.get("state")) is dict else {}


def _read_opaque(parts, blob, depth):
    (name,) = parts
    if not _text(name, 80).isidentifier():
        raise SerializationError("not the name of a type")
    return type(name if name in _KNOWN_TYPES else OWN_CLASS, (Opaque,), {})()


_READERS = {
    "array": _read_array,
    "scalar": lambda parts, blob, depth: _read_array(parts, blob, depth)[()],
    "objects": _read_objects,
    "int": _read_int,
    "float": _read_float,
    "complex": _read_complex,
    "text": _read_text,
    "bytes": _read_bytes,
    "list": _read_many(list),
    "tuple": _read_many(tuple),
    "set": _read_set,
    "dict": _read_dict,
    "range": _read_ends(range),
    "slice": _read_ends(slice),
    "generator": _read_generator,
    "opaque": _read_opaque,
}
