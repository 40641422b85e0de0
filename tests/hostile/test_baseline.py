"""The page that says what attacks get is of these attacks, and our side of it is clean."""

import re

import pytest

from tests.hostile.baseline import COLUMNS, PAGE
from tests.support.attack_files import ATTACKS, SPOILS

PAGE_TEXT = PAGE.read_text("utf-8")
ROWS = {
    found[1]: [cell.strip() for cell in found[2].split(" | ")]
    for found in re.finditer(r"^\| `(\w+)` \|(.*)\|$", PAGE_TEXT, re.MULTILINE)
}


def test_the_page_lists_every_attack():
    assert set(ROWS) == {path.stem for path in ATTACKS}


def test_no_attack_got_anything_here():
    spoiled = {path.stem for path in ATTACKS if SPOILS in path.read_text("utf-8")}
    for name, (_, *cells) in ROWS.items():
        ours = dict(zip(COLUMNS, (each.split(" / ")[1] for each in cells), strict=True))
        expected = dict.fromkeys(COLUMNS, "no") | {"gained": "0"}
        if name in spoiled:
            ours.pop("lost"), expected.pop("lost")
        assert ours == expected, name


@pytest.mark.parametrize("column", COLUMNS)
def test_the_totals_of_the_page_are_those_of_its_rows(column):
    title, place = COLUMNS[column], list(COLUMNS).index(column)
    results = [cells[1 + place].split(" / ") for cells in ROWS.values()]
    totals = tuple(sum(result[k] not in ("0", "no") for result in results) for k in (0, 1))
    found = re.search(rf"^\| {title} \| (\d+) \| (\d+) \|$", PAGE_TEXT, re.MULTILINE)
    assert tuple(map(int, found.groups())) == totals
    assert totals[0] > 0, "stock nbgrader withstood every attack: was it attacked?"
