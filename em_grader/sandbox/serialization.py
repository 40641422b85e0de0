"""Serialization of data in messages between processes that do not trust each other.

Nothing else passes between a student's process and the trusted grader. A message is two lengths, a
tree in JSON, and the bytes of the arrays to which the tree refers. It holds no code, no class and
no import by name. The receiver checks every length before it reserves memory, and every form before
it builds a value; instances of subclasses arrive as their base classes. An object that is not data
arrives as an ``Opaque`` with the name of its type, if that is a well-known type: the name of a
class of the answer's own could be made of a hidden test's data.
"""

from __future__ import annotations

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
import socket
import struct
import types
from collections.abc import Iterable
from typing import Any, Protocol

import numpy as np

MAX_MESSAGE_BYTES = 64 << 20
"""Bytes of one message, in either direction."""

MAX_TREE_BYTES = 8 << 20
"""Bytes of the JSON part of a message; numbers in bulk travel as arrays."""

MAX_DEPTH = 40
"""Levels of nesting in one value."""

MAX_KEYS = 2_000
"""Elements of a set or a dict, since many equal hashes would be slow to insert."""

MAX_EMPTY_ARRAY_SIZE = 1_000_000
"""The product of the nonzero sides of an array without elements."""

PLAIN_KINDS = "biufcUS"
"""Kinds of arrays whose bytes travel: booleans, integers, floats, complex numbers, text."""

_LENGTHS = struct.Struct("<II")
_BIT_GENERATORS = {"PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"}
_WELL_KNOWN_MODULES = (
    builtins, collections, datetime, decimal, fractions, functools, math, np, np.dtypes,
    np.linalg, np.ma, np.polynomial, np.random, pathlib, random, types,
)  # fmt: skip
_ITERABLES: tuple[Iterable[Any], ...] = ([], (), {}, set(), "", b"", range(0))
_WELL_KNOWN_TYPES = {
    name
    for module in _WELL_KNOWN_MODULES
    for value in vars(module).values()
    if isinstance(value, type) and (name := value.__name__).isidentifier()
} | {
    "DataFrame", "Series", "Tensor", "Figure", "Axes", "Line2D", "rv_frozen",
    *(type(iter(iterable)).__name__ for iterable in _ITERABLES),
    "dict_keys", "dict_values", "dict_items",
}  # fmt: skip
UNKNOWN_TYPE = "class_of_its_own"
"""The name that stands for that of a type that is not well known."""

_POSITIONS = (("pos", 624), ("buffer_pos", 4))
"""A state's positions in its own buffer, and the buffer's length, which NumPy does not check."""


class SerializationError(ValueError):
    """A value that cannot be serialized, or bytes that are not a valid message."""


class Opaque:
    """Stands for an object of the other process that is not data; its type has the same name."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} object>"


def pack(value: Any) -> bytes:
    """Serialize one value as a message, lengths included.

    None, booleans, numbers, text, bytes, arrays, ``numpy.random.Generator``s, and lists, tuples,
    sets, dicts of such travel as they are; anything else becomes an ``Opaque``. Raises
    ``SerializationError`` if the value is nested too deep or too large.
    """
    blob = bytearray()
    try:
        text = json.dumps(_encode(value, blob, 0), separators=(",", ":"), ensure_ascii=False)
        tree = text.encode()
    except (RecursionError, ValueError) as error:
        raise SerializationError(str(error)) from None
    if len(tree) > MAX_TREE_BYTES or len(tree) + len(blob) > MAX_MESSAGE_BYTES:
        raise SerializationError(
            f"the value takes {(len(tree) + len(blob)) / 2**20:.0f} MB; at most "
            f"{MAX_MESSAGE_BYTES >> 20} MB may be passed, of which {MAX_TREE_BYTES >> 20} MB in "
            f"lists."
        )
    return b"".join([_LENGTHS.pack(len(tree), len(blob)), tree, blob])


def unpack(tree: bytes, blob: bytes | bytearray) -> Any:
    """Deserialize the value of a message from its two parts.

    Raises ``SerializationError`` if they are not what ``pack`` returns.
    """
    try:
        return _decode(json.loads(tree), memoryview(blob), 0)
    except SerializationError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, OverflowError, RecursionError) as error:
        raise SerializationError(f"not a message: {type(error).__name__}") from None


class Readable(Protocol):
    """A socket, as far as reading needs it."""

    def recv(self, size: int, /) -> bytes:
        """Read up to so many bytes."""


def send(sock: socket.socket, value: Any) -> None:
    """Write one value to a socket."""
    sock.sendall(pack(value))


def receive(sock: Readable) -> Any:
    """Read one value from a socket.

    Raises ``EOFError`` if the other side closed the connection, and ``SerializationError`` if what
    came is not a valid message.
    """
    tree_size, blob_size = _LENGTHS.unpack(_receive_bytes(sock, _LENGTHS.size))
    if tree_size > MAX_TREE_BYTES or tree_size + blob_size > MAX_MESSAGE_BYTES:
        raise SerializationError("a message over the limit")
    return unpack(bytes(_receive_bytes(sock, tree_size)), _receive_bytes(sock, blob_size))


def _receive_bytes(sock, size):
    buffer = bytearray()
    while len(buffer) < size:
        piece = sock.recv(min(size - len(buffer), 1 << 20))
        if not piece:
            raise EOFError("the other side is gone")
        buffer += piece
    return buffer


def _encode(value: Any, blob: bytearray, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise SerializationError(f"the value is nested deeper than {MAX_DEPTH} levels")
    if value is None or value is True or value is False:
        return value
    if isinstance(value, np.ndarray):
        return _encode_array(np.asarray(value), blob, depth)
    if isinstance(value, np.generic):
        tree = _encode_array(np.asarray(value), blob, depth)
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
    if isinstance(value, (set, frozenset, dict)) and len(value) > MAX_KEYS:
        raise SerializationError(f"a set or a dict of more than {MAX_KEYS} elements")
    for kind, classes in _SEQUENCES.items():
        if isinstance(value, classes):
            return [kind, [_encode(element, blob, depth + 1) for element in list(value)]]
    if isinstance(value, dict):
        pairs = list(dict.items(value))
        return ["dict", [[_encode(part, blob, depth + 1) for part in pair] for pair in pairs]]
    if isinstance(value, (range, slice)):
        bounds = [_encode(end, blob, depth + 1) for end in (value.start, value.stop, value.step)]
        return ["range" if isinstance(value, range) else "slice", bounds]
    if isinstance(value, np.random.Generator):
        return _encode_generator(value, blob, depth)
    return _encode_other(value, blob, depth)


_SEQUENCES: dict[str, Any] = {
    "list": list,
    "tuple": tuple,
    "set": (set, frozenset),
}


def _append(data, blob):
    if len(blob) + len(data) > MAX_MESSAGE_BYTES:
        raise SerializationError(f"more than {MAX_MESSAGE_BYTES >> 20} MB in one value")
    blob += data
    return len(blob) - len(data), len(data)


def _encode_array(array, blob, depth):
    if array.dtype.kind == "O":
        elements = [_encode(element, blob, depth + 1) for element in array.ravel().tolist()]
        return ["objects", list(array.shape), elements]
    if array.dtype.kind not in PLAIN_KINDS or array.dtype.itemsize == 0:
        return ["opaque", "ndarray"]
    if array.nbytes > MAX_MESSAGE_BYTES:
        raise SerializationError(
            f"an array of {array.nbytes / 2**20:.0f} MB is over the limit of "
            f"{MAX_MESSAGE_BYTES >> 20} MB"
        )
    return ["array", array.dtype.str, list(array.shape), *_append(array.tobytes(), blob)]


def _encode_generator(generator, blob, depth):
    state = generator.bit_generator.state
    if state["bit_generator"] not in _BIT_GENERATORS:
        return ["opaque", "Generator"]
    return ["generator", _encode(state, blob, depth + 1)]


def _encode_other(value, blob, depth):
    """Encode another library's table that converts to an array of numbers; else a type's name."""
    kind = type(value)
    if callable(getattr(kind, "__array__", None)):
        try:
            array = np.asarray(value)
        except Exception:
            array = None
        if array is not None and array.dtype.kind in PLAIN_KINDS:
            return _encode_array(array, blob, depth)
    name = kind.__name__ if kind.__name__.isidentifier() else "object"
    return ["opaque", name[:80]]


def _decode(tree, blob, depth):
    if depth > MAX_DEPTH:
        raise SerializationError("nested too deep")
    if tree is None or type(tree) in (bool, int, float):
        return tree
    if type(tree) is not list or not tree or type(tree[0]) is not str:
        raise SerializationError("not a tagged value")
    decode = _DECODERS.get(tree[0])
    if decode is None:
        raise SerializationError("an unknown tag")
    return decode(tree[1:], blob, depth + 1)


def _bytes_at(start, length, blob):
    if type(start) is not int or type(length) is not int or not 0 <= start <= len(blob) - length:
        raise SerializationError("bytes outside the message")
    if length < 0:
        raise SerializationError("a negative length")
    return blob[start : start + length]


def _decode_array(parts, blob, depth):
    code, shape, start, length = parts
    dtype = np.dtype(_checked_text(code, 16))
    if dtype.kind not in PLAIN_KINDS or dtype.itemsize == 0 or dtype.hasobject:
        raise SerializationError("an array of no numbers")
    if math.prod(_checked_shape(shape)) * dtype.itemsize != length:
        raise SerializationError("an array whose size is not that of its bytes")
    return np.frombuffer(bytes(_bytes_at(start, length, blob)), dtype).reshape(shape).copy()


def _decode_objects(parts, blob, depth):
    shape, elements = parts
    if type(elements) is not list or math.prod(_checked_shape(shape)) != len(elements):
        raise SerializationError("an array whose size is not that of its elements")
    array = np.empty(len(elements), dtype=object)
    for index, element in enumerate(elements):
        array[index] = _decode(element, blob, depth)
    return array.reshape(shape)


def _checked_shape(shape):
    if type(shape) is not list or len(shape) > 16:
        raise SerializationError("not a shape")
    if any(type(side) is not int or not 0 <= side < 1 << 40 for side in shape):
        raise SerializationError("not a shape")
    if 0 in shape and math.prod(max(side, 1) for side in shape) > MAX_EMPTY_ARRAY_SIZE:
        raise SerializationError("a shape too large")
    return shape


def _checked_text(value, max_length=MAX_TREE_BYTES):
    if type(value) is not str or len(value) > max_length:
        raise SerializationError("not a text")
    return value


def _decode_int(parts, blob, depth):
    (digits,) = parts
    return int(_checked_text(digits, 20_000), 16)


def _decode_float(parts, blob, depth):
    (digits,) = parts
    return float(_checked_text(digits, 40))


def _decode_complex(parts, blob, depth):
    real, imaginary = parts
    return complex(float(_checked_text(real, 40)), float(_checked_text(imaginary, 40)))


def _decode_text(parts, blob, depth):
    (text,) = parts
    return _checked_text(text)


def _decode_bytes(parts, blob, depth):
    start, length = parts
    return bytes(_bytes_at(start, length, blob))


def _decode_sequence(make):
    def decode(parts, blob, depth):
        (elements,) = parts
        if type(elements) is not list:
            raise SerializationError("not a list of values")
        return make(_decode(element, blob, depth) for element in elements)

    return decode


def _decode_set(parts, blob, depth):
    (elements,) = parts
    if type(elements) is not list or len(elements) > MAX_KEYS:
        raise SerializationError("too many keys")
    return {_decode(element, blob, depth) for element in elements}


def _decode_dict(parts, blob, depth):
    (pairs,) = parts
    if type(pairs) is not list or len(pairs) > MAX_KEYS:
        raise SerializationError("too many keys")
    return {_decode(key, blob, depth): _decode(value, blob, depth) for key, value in pairs}


def _decode_range(make):
    def decode(parts, blob, depth):
        (bounds,) = parts
        start, stop, step = (_decode(end, blob, depth) for end in bounds)
        return make(start, stop, step)

    return decode


def _decode_generator(parts, blob, depth):
    state = _decode(parts[0], blob, depth)
    if type(state) is not dict or state.get("bit_generator") not in _BIT_GENERATORS:
        raise SerializationError("not the state of a generator")
    kind = getattr(np.random, state["bit_generator"])
    for name, largest in _POSITIONS:
        if not 0 <= state.get(name, _inner_state(state).get(name, 0)) <= largest:
            raise SerializationError("not the state of a generator")
    # A seed sequence of the state's own, so that spawn() gives each state its own children.
    copy = kind(0)
    copy.state = state
    bit_generator = kind(copy.random_raw(4).tolist())
    bit_generator.state = state
    return np.random.Generator(bit_generator)


def _inner_state(state):
    return state["state"] if type(state.get("state")) is dict else {}


def _decode_opaque(parts, blob, depth):
    (name,) = parts
    if not _checked_text(name, 80).isidentifier():
        raise SerializationError("not the name of a type")
    return type(name if name in _WELL_KNOWN_TYPES else UNKNOWN_TYPE, (Opaque,), {})()


_DECODERS = {
    "array": _decode_array,
    "scalar": lambda parts, blob, depth: _decode_array(parts, blob, depth)[()],
    "objects": _decode_objects,
    "int": _decode_int,
    "float": _decode_float,
    "complex": _decode_complex,
    "text": _decode_text,
    "bytes": _decode_bytes,
    "list": _decode_sequence(list),
    "tuple": _decode_sequence(tuple),
    "set": _decode_set,
    "dict": _decode_dict,
    "range": _decode_range(range),
    "slice": _decode_range(slice),
    "generator": _decode_generator,
    "opaque": _decode_opaque,
}
