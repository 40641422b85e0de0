"""What a test says of an answer: a visible check all, a hidden one nothing of its data."""

import contextlib
import io

import numpy as np
import pytest

from em_grader.sandbox.limits import MAX_MESSAGE_LENGTH, Limits
from em_grader.sandbox.referee import answer_errors, test_namespace
from em_grader.sandbox.referee.explain_failure import partial_credit, safe_failure
from em_grader.sandbox.referee.safe_messages import MESSAGE_OMITTED, StudentText
from em_grader.sandbox.referee.test_namespace import AnswerProxy, CallTimer
from em_helpers.checks import CheckFailure

SOURCE = """class Mine(KeyError): pass
def double(x):
    y = [each for each in x]
    raise Mine('my own words')
"""
STUDENT_TEXT = StudentText([SOURCE])
SECRET = 7.31415926535


def answer_error(name="ValueError", bases=(), message="", lines=(), safe_to_show=False):
    return answer_errors.recreate_exception(name, bases, message, list(lines), safe_to_show)


def test_a_visible_check_shows_everything():
    error = answer_error("seen_7", ["KeyError"], f"seen {SECRET}")
    failure = safe_failure(error, STUDENT_TEXT, hidden=False)
    assert (failure.exception, failure.message) == ("seen_7", f"seen {SECRET}")
    long = safe_failure(ValueError("x" * (MAX_MESSAGE_LENGTH + 1)), STUDENT_TEXT, hidden=False)
    assert long.message == "x" * MAX_MESSAGE_LENGTH + " …"


@pytest.mark.parametrize(
    ("name", "bases", "shown"),
    [
        ("ZeroDivisionError", ["ArithmeticError"], "ZeroDivisionError"),
        ("Mine", ["KeyError"], "Mine"),
        ("seen_7_314", ["KeyError", "LookupError"], "KeyError"),
        ("seen_7_314", ["AlsoSeen"], "Exception"),
        ("CheckFailure", ["AssertionError"], "AssertionError"),
        ("TimeLimitExceeded", [], "Exception"),
    ],
)
def test_the_name_of_an_exception_tells_nothing_of_hidden_data(name, bases, shown):
    error = answer_error(name, bases)
    assert safe_failure(error, STUDENT_TEXT, hidden=True).exception == shown


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (CheckFailure("a law", f"double is {SECRET}, 12345.6789e-7 and 0.5"),
         "a law: double is 7.31416, 0.00123457 and 0.5"),
        (answer_error("NameError", message=f"'x' is {SECRET}", safe_to_show=True),
         f"'x' is {SECRET}"),
        (answer_error(message="my own words"), "my own words"),
        (answer_error(message=f"seen {SECRET}"), MESSAGE_OMITTED),
        (KeyError("seen"), MESSAGE_OMITTED),
        (AssertionError("x is 'my own words', \"double\" or 'seen', 7.31415926535"),
         "x is 'my own words', \"double\" or '…', 7.31416"),
        (AssertionError("a table\n of several lines"), ""),
    ],
)  # fmt: skip
def test_the_message_of_a_hidden_test_tells_nothing_of_its_data(error, message):
    assert safe_failure(error, STUDENT_TEXT, hidden=True).message == message


@pytest.mark.parametrize(
    ("error", "law"),
    [
        (CheckFailure("a law", "r is 0.3"), "a law"),
        (CheckFailure(f"the sum is {SECRET}", "it is not"), "the sum is 7.31416"),
        (answer_error("Mine", ["KeyError"], "my own words"), "Mine"),
        (answer_error("seen_7_314", ["KeyError"], "a law: x"), "KeyError"),
    ],
)
def test_the_law_is_the_checks_or_the_name_of_the_exception(error, law):
    assert safe_failure(error, STUDENT_TEXT, hidden=True).law == law


def test_a_law_may_hold_a_colon():
    error = CheckFailure("rows: sums to one", "r")
    assert safe_failure(error, STUDENT_TEXT, hidden=True).law == "rows: sums to one"


def test_only_lines_of_the_students_are_shown():
    lines = [
        ["double", 3, "    y = [each for each in x]"],
        ["<listcomp>", 99, "y = [each for each in x]"],
        ["seen_7", 3, "    y = [each for each in x]"],
        ["double", 4, "seen 7.314"],
        ["double", "4", "raise Mine('my own words')"],
        ["double", 4, "    raise Mine('my own words')"],
    ]
    error = answer_error("Mine", lines=lines)
    assert safe_failure(error, STUDENT_TEXT, hidden=False).answer_lines == [
        "  in double, line 3 of its cell: y = [each for each in x]",
        "  in <listcomp>: y = [each for each in x]",
        "  in double, line 4 of its cell: raise Mine('my own words')",
    ]
    assert safe_failure(error, STUDENT_TEXT, hidden=True).answer_lines == [
        "  in double, line 3 of its cell: y = [each for each in x]",
        "  in double, line 4 of its cell: raise Mine('my own words')",
    ]


@pytest.mark.parametrize(
    ("value", "points"),
    [(2.5, 2.5), (np.float32(1.5), 1.5), (7, 4.0), (-1, 0.0), (np.nan, 0.0)],
)
def test_the_last_line_of_a_test_may_be_a_part_of_its_points(value, points):
    assert partial_credit(value, 4.0) == points


@pytest.mark.parametrize("value", [None, True, "3", np.array([1.0, 2.0])])
def test_a_last_line_that_is_no_number_is_no_points(value):
    assert partial_credit(value, 4.0) is None


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (None, r"is gone: it ended\."),
        (24, "more than the 40 s of processor time"),
        (9, "it was killed, as happens when the machine runs out of memory"),
        ((128 + 25) << 8, "a file of more than the 3 MB"),
        (11, "it crashed with a segmentation fault"),
        ((128 + 31) << 8, "it crashed with a system call that is not allowed"),
        (7 << 8, "it ended itself with exit code 7"),
        (200 << 8, "it ended itself with exit code 200"),
        (5, r"is gone: it ended\."),
    ],
)
def test_how_a_process_ended_is_said(status, why):
    error = answer_errors.process_ended(status, Limits(cpu=40, file_size=3 << 20))
    with pytest.raises(answer_errors.ProcessEnded, match=why):
        raise error


class Answers:
    """In place of a student's process: calls give, change and print what they are told to."""

    def __init__(self, result=None, changed=(), printed=""):
        self._said = result, dict(changed), printed

    def call(self, name, arguments, options, seconds, allowed):
        if isinstance(self._said[0], Exception):
            raise self._said[0]
        return self._said


def proxy(process, parameters=None, limits=None):
    calls = []
    timer = CallTimer(limits or Limits())
    return AnswerProxy("double", parameters, process, timer, set(), calls), calls


def test_what_an_answer_changed_is_changed_here_as_well():
    array, numbers, table = np.array([1, 2]), [1, 2], {"a": 1}
    pair, rng, fixed = ([3], np.zeros(2)), np.random.default_rng(7), np.ones(2)
    fixed.flags.writeable = False
    after = {
        0: np.array([5.0, 6.0]), 1: [7], 2: {"b": 2}, 3: ([8], np.ones(2)),
        4: np.random.default_rng(8), 5: np.zeros(2), 6: [1], 9: [1], "x": [1],
    }  # fmt: skip
    function, calls = proxy(Answers(4.0, after, "said so\n"))
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        assert function(array, numbers, table, pair, rng, fixed, "text") == 4.0
    assert (array.tolist(), array.dtype.kind) == ([5, 6], "i")
    assert (numbers, table, pair[0]) == ([7], {"b": 2}, [8])
    assert pair[1].tolist() == [1.0, 1.0]
    assert rng.random() == np.random.default_rng(8).random()
    assert fixed.tolist() == [1.0, 1.0]
    assert printed.getvalue() == "said so\n"
    assert calls[0].arguments[1] == [1, 2], "as they were before the call"


def test_an_array_of_another_shape_changes_nothing():
    array = np.array([1.0, 2.0])
    proxy(Answers(None, {0: np.zeros(3)}))[0](array)
    assert array.tolist() == [1.0, 2.0]


def test_a_proxy_looks_like_the_function():
    import inspect

    function, _ = proxy(Answers(), [["x", 1], ["scale", 3]])
    assert repr(function) == "<function double of the submission>"
    assert str(inspect.signature(function)) == "(x, *, scale)"
    twice, _ = proxy(Answers(), [["x", 1], ["x", 1]])
    assert not hasattr(twice, "__signature__")
    unknown, _ = proxy(Answers(), [["x", 77]])
    assert not hasattr(unknown, "__signature__")


def test_calls_that_raised_are_noted_with_what_they_raised():
    function, calls = proxy(Answers(answer_error("KeyError")))
    with pytest.raises(KeyError):
        function(3)
    assert (calls[0].arguments, calls[0].raised) == ((3,), "KeyError")


def test_the_calls_of_one_test_have_a_time_together(monkeypatch):
    now = iter([10.0, 12.5, 20.0, 23.5])
    monkeypatch.setattr(test_namespace.time, "monotonic", lambda: next(now))
    timer = CallTimer(Limits(call=4.0, test=5.0))
    assert timer.start() == 4.0
    timer.stop()
    assert timer.start() == 2.5
    timer.stop()
    with pytest.raises(
        answer_errors.TimeLimitExceeded, match="calls of this test took more than the 5 s"
    ):
        timer.start()


def test_after_a_call_that_ran_too_long_the_test_is_out_of_time():
    function, calls = proxy(
        Answers(answer_errors.TimeLimitExceeded("too long")), limits=Limits(test=0.0)
    )
    with pytest.raises(
        answer_errors.TimeLimitExceeded, match="calls of this test took more than the 0 s"
    ):
        function(3)
    assert calls == []
