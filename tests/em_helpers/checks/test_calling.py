"""Calling an answer on copies of its arguments."""

import sys
import warnings

import numpy as np
import pytest

from em_helpers.checks import CheckFailure, call


def test_the_answer_gets_what_it_is_given():
    x, generator = np.arange(3.0), np.random.default_rng(5)

    def answer(x, number, rng, pair):
        return x * number + pair[0], rng.random()

    got, drawn = call(answer, x, 2, generator, (1, [2]))
    np.testing.assert_array_equal(got, [1, 3, 5])
    assert drawn == np.random.default_rng(5).random()


def test_noise_costs_nothing_and_is_shown_on_stdout(capsys):
    def answer(x):
        warnings.warn("mind the gap", stacklevel=1)
        print("on stderr", file=sys.stderr)
        return x

    assert call(answer, 3) == 3
    out, err = capsys.readouterr()
    assert err == ""
    assert "mind the gap" in out
    assert "on stderr" in out


def in_place(x, pair):
    x[0] = 7.0
    return x


def in_place_deep(x, pair):
    pair[1].append(3)
    return x


def resized(x, pair):
    pair.append(1)
    return x


@pytest.mark.parametrize(
    ("answer", "name"), [(in_place, "'x'"), (in_place_deep, "'pair'"), (resized, "'pair'")]
)
def test_a_changed_argument_is_named(answer, name):
    x, pair = np.array([1.0, np.nan]), [np.ones(2), [1, 2]]
    with pytest.raises(CheckFailure, match=f"arguments stay as they were.*{name}"):
        call(answer, x, pair)
    np.testing.assert_array_equal(x, [1.0, np.nan])
    assert pair[1] == [1, 2]


def test_missing_values_that_stay_are_no_change():
    assert call(lambda x: 1, np.array([np.nan, 1.0])) == 1


def test_nothing_returned():
    with pytest.raises(CheckFailure, match="returns a value"):
        call(lambda x: None, 1)


def test_an_error_of_the_answer_passes_through():
    def answer(x):
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        call(answer, 1)


class Unsigned:
    """An answer whose parameters cannot be inspected."""

    __signature__ = 3

    def __call__(self, number, x):
        x[0] = 7.0
        return x


def takes_all(*arguments):
    arguments[1][0] = 7.0
    return 1


@pytest.mark.parametrize("answer", [Unsigned(), takes_all])
def test_an_argument_without_a_name_is_numbered(answer):
    with pytest.raises(CheckFailure, match="changed its argument 'number 2' in place"):
        call(answer, 1.0, np.zeros(2))
