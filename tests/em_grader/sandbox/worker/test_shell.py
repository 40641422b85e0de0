"""A student's tracebacks and warnings show the student's and the libraries' code, not the grader's.

The frames of the grader are those of functions whose file lies in em_grader.
"""

import traceback
import warnings

import pytest

from em_grader.sandbox.worker import shell
from em_grader.sandbox.worker.shell import drop_grader_frames, shorten_warnings

GRADER_FILE = shell._GRADER_FOLDER + "sandbox/worker/some_file.py"


def compiled_in_the_grader(source, **names):
    exec(compile(source, GRADER_FILE, "exec"), names)
    return names["f"]


def lines(error):
    return "".join(traceback.format_exception(error))


def fails():
    raise ValueError("inner")


def test_the_graders_frames_are_dropped_wherever_they_stand():
    wrapper = compiled_in_the_grader("def f():\n    return g()", g=fails)
    outer = compiled_in_the_grader("def f():\n    return g()", g=lambda: wrapper())
    with pytest.raises(ValueError) as caught:
        outer()
    assert "some_file.py" in lines(caught.value)
    drop_grader_frames(caught.value)
    names = [frame.name for frame in traceback.extract_tb(caught.value.__traceback__)]
    assert names[-2:] == ["<lambda>", "fails"]
    assert "some_file.py" not in lines(caught.value)


def test_the_last_frame_is_dropped_as_well():
    raises = compiled_in_the_grader("def f():\n    raise KeyError('k')")
    with pytest.raises(KeyError) as caught:
        raises()
    drop_grader_frames(caught.value)
    assert "some_file.py" not in lines(caught.value)
    assert "KeyError: 'k'" in lines(caught.value)


def test_causes_and_contexts_are_cleaned_and_a_circle_of_them_ends():
    raises = compiled_in_the_grader("def f():\n    raise KeyError('k')")
    errors = []
    for _ in range(2):
        with pytest.raises(KeyError) as caught:
            raises()
        errors.append(caught.value)
    first, second = errors
    first.__cause__, second.__context__ = second, first
    drop_grader_frames(first)
    assert "some_file.py" not in lines(first)
    drop_grader_frames(None)


def test_a_warning_names_no_file_of_the_grader(monkeypatch):
    monkeypatch.setattr(warnings, "formatwarning", warnings.formatwarning)
    shorten_warnings()
    shown = warnings.formatwarning("it fell", RuntimeWarning, GRADER_FILE, 3)
    assert shown == "RuntimeWarning: it fell\n"
    shown = warnings.formatwarning("it fell", RuntimeWarning, "/elsewhere/x.py", 3)
    assert shown.startswith("/elsewhere/x.py:3: RuntimeWarning: it fell\n")
