"""A student's process may reply anything: what is no proper reply costs the process, no more."""

import contextlib
import socket
import threading
import time

import numpy as np
import pytest

from em_grader.sandbox import random_state, serialization
from em_grader.sandbox.fork_server_client import Child
from em_grader.sandbox.limits import Limits
from em_grader.sandbox.referee import answer_errors
from em_grader.sandbox.referee.student_process import StudentProcess, TimeBudget

STREAM = {"output_type": "stream", "name": "stdout", "text": "x"}
RAISED = ["raised", "KeyError", ["LookupError"], "'k'", [["f", 2, "x['k']"]]]


class ProcessClient:
    """Starts processes that give prepared replies, and notes what they were asked."""

    def __init__(self, *lives):
        self._lives, self.asked, self.stopped = iter(lives), [], []

    def start_student(self, limits):
        ours, theirs = socket.socketpair()
        self.asked.append([])
        life = theirs, next(self._lives), self.asked[-1]
        threading.Thread(target=_live, args=life).start()
        return Child(len(self.asked), ours)

    def end(self, child):
        child.socket.close()
        self.stopped.append(child.pid)

    def exit_status(self, child):
        child.socket.close()
        return 3 << 8


def _live(sock, replies, asked):
    with sock, contextlib.suppress(EOFError, OSError):
        for reply in replies:
            number, *request = serialization.receive(sock)
            asked.append(request)
            sock.sendall(reply if isinstance(reply, bytes) else serialization.pack(reply(number)))


def says(*reply):
    return lambda number: [number, *reply]


def process(*lives, **limits):
    chosen = Limits(**{"cell": 5.0, "call": 5.0} | limits)
    process_client = ProcessClient(*lives)
    return StudentProcess(process_client, chosen, TimeBudget(chosen.notebook)), process_client


FORGED = {
    "no list": lambda number: {"done": number},
    "too short": lambda number: [number],
    "a number that is none": lambda number: [True, "done", [], None],
    "another number": lambda number: [number + 1, "done", [], None],
    "another word": says("perhaps", [], None),
    "more than was asked": says("done", [], None, None),
    "less than was asked": says("done", []),
    "an exception without a message": says("raised", "KeyError", []),
    "an exception whose name is no name": says("raised", "a b", [], "", []),
    "an exception whose message is too long": says("raised", "KeyError", [], "x" * 2001, []),
    "an exception with too many bases": says("raised", "KeyError", ["A"] * 41, "", []),
    "no frame": b"\x04\0\0\0\0\0\0\0]]]]",
    "outputs that are none": says("done", {"a": 1}, None),
    "an exception of another form": says("done", [], 7),
}


@pytest.mark.parametrize("reply", FORGED.values(), ids=FORGED)
def test_a_reply_of_another_form_costs_the_process(reply):
    asked, process_client = process([reply])
    with pytest.raises(answer_errors.NotSerializable, match="did not reply properly: "):
        asked.run("x = 1")
    assert process_client.stopped == [1]


def test_what_ran_to_its_end_runs_again_in_the_next_process():
    done = says("done", [STREAM], None)
    asked, process_client = process([done, FORGED["another word"]], [done, done])
    assert asked.run("a = 1") == ([STREAM], None)
    with pytest.raises(answer_errors.NotSerializable):
        asked.run("b = 2")
    assert asked.run("c = 3") == ([STREAM], None)
    first, second = ([source for _, source in each] for each in process_client.asked)
    assert (first, second) == (["a = 1", "b = 2"], ["a = 1", "c = 3"])
    assert asked.restarts == 1
    asked.stop()


LOOKS = {
    "no mapping": ["x"],
    "a name that was not asked for": {"other": ["value", 1]},
    "no pair": {"double": ["function"]},
    "of another kind": {"double": ["module", None]},
}


@pytest.mark.parametrize("found", LOOKS.values(), ids=LOOKS)
def test_names_that_were_not_asked_for_are_refused(found):
    asked, _ = process([says("done", found)])
    with pytest.raises(answer_errors.NotSerializable, match="another form than asked for"):
        asked.describe({"double"})
    assert process()[0].describe(set()) == {}


CALLS = {
    "changes that are no mapping": [2.0, [1], None, ""],
    "printed what is no text": [2.0, {}, None, 7],
    "a state that is none": [2.0, {}, {"bit_generator": "MT19937"}, ""],
}


@pytest.mark.parametrize("said", CALLS.values(), ids=CALLS)
def test_a_result_of_another_form_is_refused(said):
    random_state.seed("test")
    asked, process_client = process([says("done", *said)])
    with pytest.raises(answer_errors.NotSerializable, match="did not reply properly"):
        asked.call("double", [1.0], {}, 5.0, set())
    assert process_client.stopped == [1]


def test_a_result_arrives_with_what_was_changed_and_printed():
    asked, _ = process([says("done", np.array([2.0, 4.0]), {0: [1]}, None, "x" * 50)], output=20)
    result, changed, printed = asked.call("double", [[0]], {}, 5.0, {"log_sum_exp"})
    assert result.tolist() == [2.0, 4.0]
    assert changed == {0: [1]}
    assert printed == "x" * 20
    asked.stop()


def test_an_exception_arrives_as_one_of_its_kind():
    asked, _ = process([says(*RAISED)])
    with pytest.raises(KeyError) as caught:
        asked.call("f", [], {}, 5.0, set())
    assert isinstance(caught.value, answer_errors.AnswerError)
    assert caught.value.lines == [["f", 2, "x['k']"]]
    asked.stop()


@pytest.mark.parametrize(
    ("name", "bases", "fault", "message"),
    [
        (
            "SerializationError",
            ["ValueError"],
            answer_errors.NotSerializable,
            "cannot be handed over: it is over the li",
        ),
        (
            "ReferenceCalled",
            ["RuntimeError"],
            answer_errors.ReferenceUsed,
            "the answer calls sklearn, wh",
        ),
        ("ArrayMemoryError", ["MemoryError"], MemoryError, "may take 0.5 GB of memory"),
    ],
)
def test_what_the_sandbox_itself_raises_is_said_in_its_words(name, bases, fault, message):
    said = "the answer calls sklearn, and 7.3141592 is a secret"
    asked, _ = process([says("raised", name, bases, said, [])], memory=1 << 29)
    with pytest.raises(fault, match=message) as caught:
        asked.call("f", [], {}, 5.0, set())
    assert "7.3" not in str(caught.value)
    asked.stop()


def test_a_name_that_is_not_the_references_is_not_repeated():
    said = "the answer calls seen_7_314, which"
    asked, _ = process([says("raised", "ReferenceCalled", [], said, [])])
    with pytest.raises(
        answer_errors.ReferenceUsed, match="the answer calls the reference, which does"
    ):
        asked.call("f", [], {}, 5.0, set())
    asked.stop()


def test_a_process_that_hangs_up_is_said_to_have_ended():
    asked, _ = process([])
    with pytest.raises(answer_errors.ProcessEnded, match="exit code 3"):
        asked.run("x = 1")


def test_a_reply_that_does_not_come_is_not_waited_for():
    asked, process_client = process([lambda number: time.sleep(0.6)], cell=0.2)
    with pytest.raises(
        answer_errors.TimeLimitExceeded, match=r"the cell ran longer than the 0\.2 s"
    ):
        asked.run("x = 1")
    assert process_client.stopped == [1]


def test_a_budget_that_is_spent_starts_nothing():
    asked, process_client = process([], notebook=0.0)
    with pytest.raises(
        answer_errors.TimeLimitExceeded, match="more than the 0 s that are allowed for all of it"
    ):
        asked.run("x = 1")
    assert process_client.asked == []


def test_what_a_test_cannot_hand_over_is_the_tests_own_fault():
    asked, _ = process([says("done")])
    with pytest.raises(TypeError, match="a test passed what cannot be handed to an answer"):
        asked.call("f", [np.zeros((1 << 14, 1 << 10))], {}, 5.0, set())
    asked.stop()
