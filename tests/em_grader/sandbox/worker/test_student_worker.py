"""The student's worker: outputs, parameters, exceptions and random states as data."""

import numpy as np
import pytest

from em_grader.sandbox import random_state
from em_grader.sandbox.worker.shell import CUT, MAX_OUTPUTS, Outputs
from em_grader.sandbox.worker.student_worker import _describe_exception, _parameters


def stream(text, name="stdout"):
    return {"output_type": "stream", "name": name, "text": text}


def test_what_is_printed_in_a_row_is_one_output():
    outputs = Outputs(100)
    for name, text in (("stdout", "a"), ("stdout", "b"), ("stderr", "c"), ("stdout", "d")):
        outputs.write(name, text)
    assert outputs.items == [stream("ab"), stream("c", "stderr"), stream("d")]


@pytest.mark.parametrize("texts", [["abc", "def"], ["abcd", "ef"], ["abcdef"]])
def test_output_is_cut_at_its_limit_once(texts):
    outputs = Outputs(4)
    for text in [*texts, "more", "and more"]:
        outputs.write("stdout", text)
    outputs.add({"output_type": "display_data"}, 0)
    assert outputs.items[-1] == stream(CUT)
    assert "".join(each["text"] for each in outputs.items[:-1]) == "abcd"
    outputs.clear()
    outputs.write("stdout", "new")
    assert outputs.items == [stream("new")]


def test_outputs_are_cut_at_their_number():
    outputs = Outputs(1 << 20)
    for number in range(MAX_OUTPUTS + 5):
        outputs.add({"number": number}, 1)
    assert [each.get("number") for each in outputs.items[-2:]] == [MAX_OUTPUTS - 1, None]
    assert outputs.items[-1] == stream(CUT)


def test_a_functions_parameters_are_their_names_and_kinds():
    assert _parameters(lambda x, *rest, scale=1, **more: x) == [
        ["x", 1], ["rest", 2], ["scale", 3], ["more", 4],
    ]  # fmt: skip
    forged = type("Forged", (), {"__call__": lambda self: None, "__signature__": 3})
    assert _parameters(forged()) is None


def test_an_exception_is_its_names_its_message_and_the_lines_of_the_students_cells():
    class Mute(KeyError):
        def __str__(self):
            raise ValueError

    space = {}
    cell = "def f(n):\n    return f(n - 1) if n else 1 / 0\n"
    exec(compile(cell, "<ipython-input-3-abc>", "exec"), space)
    try:
        space["f"](30)
    except ZeroDivisionError as error:
        name, bases, message, lines = _describe_exception(error)
    assert (name, bases, message) == (
        "ZeroDivisionError",
        ["ArithmeticError", "Exception", "BaseException", "object"],
        "division by zero",
    )
    assert [line[:2] for line in lines] == [["f", 2]] * 12
    assert _describe_exception(Mute("x"))[:3] == (
        "Mute", ["KeyError", "LookupError", "Exception", "BaseException", "object"], "",
    )  # fmt: skip
    assert len(_describe_exception(ValueError("x" * 5000))[2]) == 2000


def test_random_states_are_put_back():
    random_state.seed("a test")
    np.random.normal()  # noqa: NPY002
    before = random_state.state()
    drawn = np.random.normal(size=3), np.random.random()  # noqa: NPY002
    assert random_state.state() != before
    random_state.restore(before)
    assert random_state.state() == before
    again = np.random.normal(size=3), np.random.random()  # noqa: NPY002
    assert again[0].tolist() == drawn[0].tolist()
    assert again[1] == drawn[1]


@pytest.mark.parametrize(
    "change",
    [
        lambda state: None,
        lambda state: [state[0]],
        lambda state: [[state[0][0][:-4], *state[0][1:]], state[1]],
        lambda state: [[state[0][0], 700, *state[0][2:]], state[1]],
        lambda state: [[state[0][0], "1", *state[0][2:]], state[1]],
        lambda state: [[*state[0][:3], "x"], state[1]],
        lambda state: [state[0], [state[1][0][:-3], None]],
        lambda state: [state[0], [state[1][0], "x"]],
        lambda state: [state[0], [state[1][0], 1]],
    ],
)
def test_a_random_state_that_is_none_is_refused_and_changes_nothing(change):
    random_state.seed("another test")
    before = random_state.state()
    with pytest.raises(ValueError, match="not the state of the random generators"):
        random_state.restore(change(before))
    assert random_state.state() == before
