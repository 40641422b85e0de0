"""A test's result: rendered once, stored in the notebook's metadata, read back from there."""

import nbformat
import pytest
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat.v4 import new_code_cell, new_notebook

from em_grader.exercise_result import (
    ExerciseResult,
    Failure,
    FailureDetails,
    store_results,
    stored_results,
)

FAILURE = Failure(
    "a law: with a colon",
    "CheckFailure",
    "a law: with a colon: r is 0.3",
    ["  in f: y = x"],
    "a hint",
)
DETAILS = FailureDetails(4, "checks.agrees(secret)", {"secret": "7.25"}, call_count=1)


@pytest.mark.parametrize(
    ("result", "outputs"),
    [
        (ExerciseResult("f", 3.0, 3.0), []),
        (
            ExerciseResult("f", 1.5, 3.0, states_points=True),
            [
                {
                    "output_type": "execute_result",
                    "data": {"text/plain": "1.5"},
                    "metadata": {},
                    "execution_count": None,
                }
            ],
        ),
        (
            ExerciseResult("f", 0.0, 3.0, failure=FAILURE),
            [
                {
                    "output_type": "error",
                    "ename": "CheckFailure",
                    "evalue": "a law: with a colon: r is 0.3",
                    "traceback": [
                        "CheckFailure: a law: with a colon: r is 0.3",
                        "  in f: y = x",
                        "Hint: a hint",
                    ],
                }
            ],
        ),
        (
            ExerciseResult("f", 0.0, 3.0, failure=Failure("KeyError", "KeyError", "")),
            [
                {
                    "output_type": "error",
                    "ename": "KeyError",
                    "evalue": "",
                    "traceback": ["KeyError"],
                }
            ],
        ),
    ],
)
def test_a_result_is_rendered_as_outputs_of_nbformat(result, outputs):
    assert result.as_outputs() == outputs


@pytest.fixture
def notebook():
    """A graded notebook that was written, and read again."""
    cell = new_code_cell("x", metadata={"nbgrader": {"grade_id": "test-f"}})
    notebook = new_notebook(cells=[cell])
    detailed = Failure("finite", "CheckFailure", "finite: r is nan", details=DETAILS)
    results = [
        ExerciseResult("g", 0.0, 3.0, failure=FAILURE),
        ExerciseResult("f", 0.0, 2.0, failure=detailed),
        ExerciseResult("e", 1.5, 2.0, states_points=True),
    ]
    store_results(notebook.metadata, results)
    return nbformat.reads(nbformat.writes(notebook), as_version=4)


def test_stored_results_are_read_back_in_their_order(notebook):
    first, second, third = stored_results(notebook.metadata)
    assert first == ExerciseResult("g", 0.0, 3.0, failure=FAILURE)
    assert second.failure.law == "finite"
    assert third == ExerciseResult("e", 1.5, 2.0, states_points=True)


def test_the_instructors_details_are_not_stored(notebook):
    assert stored_results(notebook.metadata)[1].failure.details is None
    assert "7.25" not in nbformat.writes(notebook)


def test_results_travel_as_data_with_their_details():
    result = ExerciseResult("f", 0.0, 2.0, failure=Failure("x", "X", "", details=DETAILS))
    assert ExerciseResult.from_data(result.as_data()) == result


def test_results_outlast_the_clearing_of_cell_metadata(notebook):
    clear = ClearMetadataPreprocessor(
        enabled=True, clear_notebook_metadata=False, preserve_cell_metadata_mask={"nbgrader"}
    )
    cleared, _ = clear.preprocess(notebook, {})
    assert [each.exercise for each in stored_results(cleared.metadata)] == ["g", "f", "e"]


def test_a_notebook_without_results_has_none():
    assert stored_results(new_notebook().metadata) == []
