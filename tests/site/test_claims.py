"""Each claim on the claims' page names equations that are there and that a test shows."""

import re

import pytest

from em_helpers.authoring.lesson import ROOT, lessons
from em_helpers.authoring.source import read

ROWS = [
    [cell.strip() for cell in line.strip("| \n").split(" | ")]
    for line in (ROOT / "docs" / "claims.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| what one reads")
]
TAGS = {
    number
    for lesson in lessons()
    for cell in read(lesson).cells
    for number in re.findall(r"\\tag\{([\d.]+)\}", cell.source)
}
TESTED = {
    number
    for path in (ROOT / "tests" / "equations").glob("test_lesson_*.py")
    for marks in re.findall(r"pytest\.mark\.equation\((.*?)\)", path.read_text("utf-8"))
    for number in re.findall(r"\d+\.\d+", marks)
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_a_claim_leads_to_equations_that_are_tested(row):
    claim, holds, where = row
    assert claim.endswith(".")
    assert holds.endswith(".")
    numbers = re.findall(r"\(([1-9]\d?\.[1-9]\d?)\)", where)
    assert numbers, "the last column names an equation"
    assert set(numbers) <= TAGS
    assert set(numbers) <= TESTED
    for lesson in re.findall(r"Lesson (\d+)", where):
        assert any(number.startswith(f"{lesson}.") for number in numbers)


def test_there_are_claims():
    assert len(ROWS) >= 9
