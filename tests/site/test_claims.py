"""Each claim on the claims' page names equations that are there and that a test shows."""

import re

import pytest

from em_authoring.lesson_paths import ROOT, all_lessons
from em_authoring.lesson_source import read_lesson_source

ROWS = [
    [cell.strip() for cell in line.strip("| \n").split(" | ")]
    for line in (ROOT / "docs" / "claims.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| claim ")
]
TAGS = {
    number
    for lesson in all_lessons()
    for cell in read_lesson_source(lesson).cells
    for number in re.findall(r"\\tag\{([\d.]+)\}", cell.source)
}
TESTED = {
    number
    for path in (ROOT / "tests" / "equations").glob("test_lesson_*.py")
    for marks in re.findall(r"pytest\.mark\.equation\((.*?)\)", path.read_text("utf-8"))
    for number in re.findall(r"\d+\.\d+", marks)
}


DEFINED = {
    number
    for path in (ROOT / "tests" / "equations").glob("test_lesson_*.py")
    for table in re.findall(r"DEFINITIONS = \{(.*?)\n\}", path.read_text("utf-8"), re.DOTALL)
    for number in re.findall(r"\"(\d+\.\d+)\":", table)
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_a_claim_leads_to_what_shows_it(row):
    claim, holds, where = row
    assert claim.endswith(".")
    assert holds.endswith(".")
    lesson = re.match(r"Lesson (\d+), ", where)[1]
    numbers = re.findall(r"\(([1-9]\d?\.[1-9]\d?)\)", where)
    assert set(numbers) <= TESTED | DEFINED, "a number that no lesson has"
    assert set(numbers) <= TAGS
    section = re.search(r"\bsection (\d+)", where)
    if section:
        (source,) = (
            each.source.read_text("utf-8") for each in all_lessons() if each.number == int(lesson)
        )
        assert re.search(rf"^## {section[1]}\. ", source, re.MULTILINE)
    assert numbers or section, "the last column names an equation or a section"
    assert re.search(r"\. Notes? [012](?:(?:, \d)? and [012])?$", where), "and the note"


def test_there_are_claims_of_every_note_and_most_of_them_name_a_tested_equation():
    places = [row[2] for row in ROWS]
    assert len(ROWS) > 40
    assert all(any(note in place.split("Note")[1] for place in places) for note in "012")
    shown = [place for place in places if TESTED & set(re.findall(r"\((\d+\.\d+)\)", place))]
    assert len(shown) > 0.8 * len(places)
