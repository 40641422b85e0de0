"""Pack a value as the processes of the sandbox do, and unpack it again."""

from em_grader.sandbox import serialization


def round_trip(value):
    """Return a value as the other process receives it."""
    message = serialization.pack(value)
    size = serialization._LENGTHS.size
    tree, _ = serialization._LENGTHS.unpack(message[:size])
    return serialization.unpack(message[size : size + tree], message[size + tree :])
