"""What passes of nbgrader's own suite as it comes passes under this course's configuration."""

import pytest

from tests.hostile.own_suite import DIFFERENT, OURS, failed, run

pytestmark = pytest.mark.slow

FAIL_AS_IT_COMES = {
    "test_load_test_template_file", "test_replace_autotest_code", "test_consistent_release_version",
    "test_kernel_right_workingdir", "test_kernel_wrong_workingdir",
    "test_warning_autotest_nongrade", "test_error_autotest_nongrade", "test_int_autotest",
    "test_float_autotest", "test_string_autotest", "test_list_autotest",
}  # fmt: skip
"""They read a file of nbgrader's repository that its wheel lacks."""


def test_only_argued_differences_fail():
    outcomes = run(OURS)
    assert len(outcomes) > 150
    assert failed(outcomes) - FAIL_AS_IT_COMES == set(DIFFERENT)
