"""The message of a system call that fails."""

import pytest

from em_grader.sandbox.jail import syscalls


def test_a_call_that_fails_says_which_and_why():
    with pytest.raises(OSError, match="prctl: Invalid argument"):
        syscalls.prctl(4711)
