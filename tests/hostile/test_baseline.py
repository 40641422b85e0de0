"""The page that says what attacks get is of these attacks, and our side of it is clean."""

import re

from tests.hostile.baseline import COLUMNS, PAGE
from tests.support.attack_files import ATTACKS, SPOILS

ROWS = {
    found[1]: [cell.strip() for cell in found[2].split(" | ")]
    for found in re.finditer(r"^\| `(\w+)` \|(.*)\|$", PAGE.read_text("utf-8"), re.MULTILINE)
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


def test_stock_nbgrader_was_attacked_as_well():
    stock = [[cell.split(" / ")[0] for cell in cells[1:]] for cells in ROWS.values()]
    assert sum(each[0] not in ("0", "?") for each in stock) >= 3
    assert sum(each[1] == "**yes**" for each in stock) >= 50
