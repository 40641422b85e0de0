"""What feedback on a hidden test repeats of an exception's message, and what it leaves out."""

import pytest

from em_grader.sandbox.referee.safe_messages import MESSAGE_OMITTED, StudentText, safe_message

STUDENT_TEXT = StudentText(
    ["def double(x):\n    y = undefined_name\n    raise ValueError('my own words')"]
)

REPEATED = [
    "",
    "my own words",
    "name 'undefined_name' is not defined",
    "module 'numpy' has no attribute 'double'",
    "'numpy.ndarray' object has no attribute 'undefined_name'",
    "unsupported operand type(s) for +: 'int' and 'str'",
    "'>' not supported between instances of 'str' and 'int'",
    "double() missing 1 required positional argument: 'x'",
    "double() takes 1 positional argument but 2 were given",
    "operands could not be broadcast together with shapes (2,3) (4,)",
    "shapes (2,3) and (2,) not aligned: 3 (dim 1) != 2 (dim 0)",
    "cannot reshape array of size 12 into shape (5,3)",
    "index 5 is out of bounds for axis 0 with size 3",
    "float() argument must be a string or a real number, not 'list'",
]


@pytest.mark.parametrize("message", REPEATED)
def test_what_python_and_numpy_say_is_repeated(message):
    assert safe_message(message, STUDENT_TEXT) == message


def test_a_file_is_not_named():
    assert safe_message("[Errno 13] Permission denied: 'seen_7'", STUDENT_TEXT) == (
        "[Errno 13] Permission denied"
    )


LEFT_OUT = [
    "seen 7.3415926535897",
    "hdebfjcgfdfijh",
    "my own words hdebfjcg",
    "name 'seen_7_3415926535897' is not defined",
    "name 'hdebfjcg' is not defined",
    "operands could not be broadcast together with shapes (7341,5926) (5358,9700) (12,)",
    "cannot reshape array of size 73415926 into shape (5,3)",
    "could not convert string to float: 'seen 7.34'",
    "[Errno 734] Unknown words",
    "name 'undefined_name' is not defined\n7.3415926535897",
]


@pytest.mark.parametrize("message", LEFT_OUT)
def test_what_could_hold_hidden_data_is_left_out(message):
    assert safe_message(message, STUDENT_TEXT) == MESSAGE_OMITTED
