"""What passes between the processes arrives as it was, and nothing else gets through."""

import json
import math
import socket
import struct

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as arrays

from em_grader.sandbox import serialization
from tests.support.round_trip import round_trip

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | st.text()
    | st.binary()
)
KEYS = st.integers() | st.text() | st.tuples(st.integers(), st.booleans())
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_plain_values_arrive_as_they_were(value):
    back = round_trip(value)
    assert type(back) is type(value)
    assert back == value or _has_surrogates(value)


def _has_surrogates(value):
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return True
    return "\\ud" in repr(value)


NUMBERS = (
    arrays.boolean_dtypes()
    | arrays.integer_dtypes()
    | arrays.floating_dtypes()
    | arrays.complex_number_dtypes()
)


@given(arrays.arrays(NUMBERS, arrays.array_shapes(min_dims=0, min_side=0, max_side=4)))
def test_arrays_arrive_to_the_bit(array):
    back = round_trip(array)
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert back.tobytes() == np.ascontiguousarray(array).tobytes()
    assert back.flags.writeable


@pytest.mark.parametrize(
    "value",
    [
        np.float32(1.5),
        np.int8(-3),
        np.bool_(True),
        np.array(["a", "bcd"]),
        {1, 2},
        range(2, 9, 3),
        slice(1, None),
        math.inf,
        -0.0,
        1 << 80,
        -(1 << 62),
    ],
    ids=repr,
)
def test_other_values_arrive(value):
    back = round_trip(value)
    assert type(back) is type(value)
    assert np.all(back == value)


def test_nan_and_the_sign_of_zero_arrive():
    assert math.isnan(round_trip(math.nan))
    assert math.copysign(1, round_trip(-0.0)) == -1


@pytest.mark.parametrize("bits", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_a_generator_goes_on_where_it_was(bits):
    rng = np.random.Generator(getattr(np.random, bits)(7))
    rng.integers(0, 10, 3, dtype=np.int32)
    back = round_trip(rng)
    assert back.normal(size=700).tolist() == rng.normal(size=700).tolist()


@pytest.mark.parametrize("bits", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_children_of_a_generator_are_those_of_its_state(bits):
    def drawn(seed):
        rng = round_trip(np.random.Generator(getattr(np.random, bits)(seed)))
        return [child.random() for child in rng.spawn(2)]

    first, second = drawn(7)
    assert [first, second] == drawn(7)
    assert first != second
    assert not {first, second} & set(drawn(8))


def test_subclasses_arrive_as_what_they_inherit_from():
    class Number(float):
        pass

    class Table(np.ndarray):
        pass

    class Words(dict):
        pass

    values = [Number(1.5), np.eye(2).view(Table), Words(a=1), np.ma.masked_array([1.0, 2.0])]
    assert [type(each) for each in round_trip(values)] == [float, np.ndarray, dict, np.ndarray]


def test_ragged_arrays_of_objects_arrive():
    ragged = np.array([np.zeros(2), [1, 2, 3]], dtype=object)
    back = round_trip(ragged)
    assert back.dtype == object
    assert back[1] == [1, 2, 3]


@pytest.mark.parametrize("value", [print, object(), math, iter([]), lambda: 0, np.dtype("O")])
def test_what_is_no_data_arrives_as_a_name(value):
    back = round_trip(value)
    assert isinstance(back, serialization.Opaque)
    assert type(back).__name__ == type(value).__name__


class OwnBits(np.random.PCG64):
    """A generator's bits under another name."""


class Failing:
    """A table that does not turn into an array."""

    def __array__(self, dtype=None, copy=None):
        raise ValueError("seen 7.314")


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (np.zeros(2, [("a", float), ("b", int)]), "ndarray"),
        (np.array(["2020-01-01"], "datetime64[D]"), "ndarray"),
        (np.empty(3, "V0"), "ndarray"),
        (np.random.Generator(OwnBits(7)), "Generator"),
        (Failing(), serialization.UNKNOWN_TYPE),
        (type("a b", (), {})(), "object"),
    ],
    ids=["records", "dates", "nothing", "bits of one's own", "a table that fails", "no name"],
)
def test_what_cannot_travel_is_named_and_no_more(value, name):
    assert repr(round_trip(value)) == f"<{name} object>"


def test_a_table_of_another_library_arrives_as_an_array():
    class Frame:
        def __array__(self, dtype=None, copy=None):
            return np.arange(6.0).reshape(2, 3)

    assert round_trip(Frame()).tolist() == [[0, 1, 2], [3, 4, 5]]


def test_a_value_too_deep_or_too_large_is_refused():
    deep = []
    for _ in range(serialization.MAX_DEPTH + 5):
        deep = [deep]
    loop = []
    loop.append(loop)
    for value, message in (
        (deep, "nested deeper than 40"),
        (loop, "nested deeper than 40"),
        (np.broadcast_to(1.0, (1 << 20, 1 << 10)), "an array of 8192 MB is over the limit of 64"),
        ([np.zeros(3 << 20)] * 3, "more than 64 MB in one value"),
        (["x" * 10] * 10**6, "at most 64 MB may be passed, of which 8 MB in lists"),
        (set(range(2001)), "a set or a dict of more than 2000"),
        (dict.fromkeys(range(2001)), "a set or a dict of more than 2000"),
    ):
        with pytest.raises(serialization.SerializationError, match=message):
            serialization.pack(value)


MT = {"bit_generator": "MT19937", "state": {"key": np.zeros(624, np.uint32), "pos": 700}}
FORGED = [
    [],
    ["array", "|O", [1], 0, 8],
    ["array", "<f8", [1 << 40], 0, 8],
    ["array", "<f8", [1 << 41, 1 << 41], 0, 8],
    ["array", "<f8", [-1], 0, 8],
    ["array", "<f8", [True], 0, 8],
    ["array", "<f8", [2], 0, 16],
    ["array", "<f8", [1], -8, 8],
    ["array", "<f8", [1], 0, -8],
    ["array", "<U0", [1 << 30], 0, 0],
    ["array", "V8", [1], 0, 8],
    ["array", "<f8,<f8", [1], 0, 16],
    ["scalar", "<f8", [], 0, 9],
    ["objects", [2], [1]],
    ["objects", [1 << 39], []],
    ["opaque", "os.system"],
    ["opaque", "__import__('os')"],
    ["int", "0x" + "f" * 20_001],
    ["int", "12z"],
    ["float", "x"],
    ["float", "1" * 41],
    ["complex", "1"],
    ["text", 1],
    ["bytes", 0, 100],
    ["bytes", 0, -1],
    ["bytes", 0.0, 1],
    ["array", "<f8", [1] * 17, 0, 8],
    ["array", "<f8", "1", 0, 8],
    ["array", "<f8", [0, 1 << 39], 0, 0],
    ["objects", [0, 1 << 39], []],
    ["set", [[1] * 2001]],
    ["dict", [[1, 1]] * 2001],
    ["slice", [[1, 2]]],
    json.loads('["list",[' * 45 + "]]" * 45),
    ["list", {"a": 1}],
    ["dict", [[["list", []], 1]]],
    ["dict", [[1]]],
    ["set", [["list", []]]],
    ["range", [1, 2, 0]],
    ["generator", ["dict", []]],
    ["generator", ["dict", [[["text", "bit_generator"], ["text", "os"]]]]],
    ["pickle", "gASV"],
    ["list"],
    "text",
    {"a": 1},
]


@pytest.mark.parametrize("tree", FORGED, ids=lambda tree: str(tree)[:40])
def test_what_pack_does_not_make_is_refused(tree):
    with pytest.raises(serialization.SerializationError):
        serialization.unpack(json.dumps(tree).encode(), bytes(8))


def test_a_generator_that_points_outside_its_buffer_is_refused():
    message = serialization.pack(MT)
    size, _ = serialization._LENGTHS.unpack(message[:8])
    tree = b'["generator",' + message[8 : 8 + size] + b"]"
    with pytest.raises(serialization.SerializationError, match="generator"):
        serialization.unpack(tree, message[8 + size :])


@pytest.mark.parametrize("tree", [b"", b"\xff\xfe", b"[" * 100_000, b"nul", b'["list",'])
def test_what_is_no_json_is_refused(tree):
    with pytest.raises(serialization.SerializationError):
        serialization.unpack(tree, b"")


def test_a_length_over_the_limit_reserves_no_memory():
    ours, theirs = socket.socketpair()
    theirs.sendall(struct.pack("<II", 1 << 31, 1 << 31))
    with pytest.raises(serialization.SerializationError, match="over the limit"):
        serialization.receive(ours)


def test_a_message_that_stops_halfway_is_the_end():
    ours, theirs = socket.socketpair()
    theirs.sendall(serialization.pack([1, 2, 3])[:-2])
    theirs.close()
    with pytest.raises(EOFError):
        serialization.receive(ours)
