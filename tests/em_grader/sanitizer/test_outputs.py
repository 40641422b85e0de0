"""What a student's process says that its cells showed: text and pictures, or it is refused."""

import base64

import pytest

from em_grader.sanitizer.outputs import InvalidOutput, sanitize_outputs

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n123").decode()
JPEG = base64.b64encode(b"\xff\xd8\xff123").decode()


def shows(data, metadata=None, kind="display_data"):
    return [{"output_type": kind, "data": data, "metadata": metadata or {}}]


def stream(**changes):
    return [{"output_type": "stream", "name": "stdout", "text": "x"} | changes]


def error(**changes):
    given = {"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": ["a", "b"]}
    return [given | changes]


FORGED = {
    "no list": {"output_type": "stream"},
    "too many": stream() * 1001,
    "no mapping": ["text"],
    "no kind": [{"name": "stdout"}],
    "another kind": [{"output_type": "update_display_data", "data": {}}],
    "another stream": stream(name="stdin"),
    "a stream of no text": stream(text=["x"]),
    "a stream too long": stream(text="x" * (4 << 20) + "x"),
    "an exception's name that is no text": error(ename=None),
    "a traceback that is no list": error(traceback="a"),
    "a traceback of other things": error(traceback=["a", {}]),
    "a traceback too long": error(traceback=["a"] * 501),
    "data that are no mapping": shows([PNG]),
    "data of other kinds": shows({1: "x"}),
    "metadata that are no mapping": shows({"text/plain": "x"}, ["alt"]),
    "a picture that is no text": shows({"image/png": 17}),
    "a picture in other characters": shows({"image/png": PNG + '"><script>'}),
    "a picture of another kind": shows({"image/png": JPEG}),
    "no picture at all": shows({"image/jpeg": "aGVsbG8="}),
}


@pytest.mark.parametrize("outputs", FORGED.values(), ids=FORGED)
def test_what_is_no_output_is_refused(outputs):
    with pytest.raises(InvalidOutput, match=r"an output|outputs|a picture"):
        sanitize_outputs(outputs)


def test_text_comes_through_without_what_moves_a_cursor():
    assert sanitize_outputs(stream(text="a\x00b\x1b[2J\n\tc\x7f")) == stream(text="ab\x1b[2J\n\tc")
    assert sanitize_outputs(error(traceback=["a\x08b"], extra="x")) == error(traceback=["ab"])


def test_a_picture_comes_through_with_its_size_and_its_words_escaped():
    about = {"width": 640, "height": "9", "alt": '`x` " onerror=<b>', "other": 1}
    (shown,) = sanitize_outputs(shows({"image/png": f"{PNG[:5]}\n{PNG[5:]}"}, {"image/png": about}))
    alt = "&#x27;x&#x27; &quot; onerror=&lt;b&gt;"
    assert shown == shows({"image/png": PNG}, {"image/png": {"width": 640, "alt": alt}})[0]
    (bare,) = sanitize_outputs(shows({"image/jpeg": JPEG}, {"image/jpeg": [640]}))
    assert bare["metadata"] == {}


@pytest.mark.parametrize(
    "size", [{"width": 0}, {"height": 10_000}, {"width": True}, {"width": 1.5}, {"alt": 3}]
)
def test_a_size_that_is_none_is_left_out(size):
    (shown,) = sanitize_outputs(shows({"image/png": PNG}, {"image/png": size}))
    assert shown["metadata"] == {}


def test_of_several_forms_those_stay_that_no_browser_runs():
    data = {"text/html": "<b>x</b>", "text/plain": "x", "text/latex": "$x^2$"}
    (shown,) = sanitize_outputs(shows(data, kind="execute_result"))
    assert shown["data"] == {"text/latex": "$x^2$", "text/plain": "x"}
    assert shown["execution_count"] is None


@pytest.mark.parametrize("latex", [r"\href{x}{y}", "$a<b$", "https://x", "x" * 20_000, None])
def test_latex_that_acts_is_left_out(latex):
    (shown,) = sanitize_outputs(shows({"text/latex": latex, "text/plain": "plain"}))
    assert shown["data"] == {"text/plain": "plain"}


def test_what_has_no_harmless_form_is_named():
    for data, kind in (
        ({"text/html<script>": "x"}, "text/htmlscript"),
        ({"application/" + "x" * 60: "x"}, "application/" + "x" * 48),
        ({"<>": "x"}, "an empty output"),
        ({}, "an empty output"),
    ):
        (shown,) = sanitize_outputs(shows(data))
        said = f"[{kind} is not shown: only text and pictures are]"
        assert shown["data"] == {"text/plain": said}
