"""What was run of each file and each room, as coverage.py counts it."""

import json
from collections import Counter
from pathlib import Path

COUNTS = {
    "lines": ("covered_lines", "num_statements"),
    "branches": ("covered_branches", "num_branches"),
}


def show(folder, measured):
    """Print the files of which something was not run, then the rooms, then all together.

    Parameters
    ----------
    folder : Path
        The same goes there as ``html/index.html`` and ``coverage.json``.
    measured : coverage.Coverage

    Returns
    -------
    dict of str to float
        Per cent of all lines and of all branches, and of both together as coverage.py has it.
    """
    measured.load()
    measured.html_report(directory=str(folder / "html"))
    measured.json_report(outfile=str(folder / "coverage.json"))
    files = json.loads((folder / "coverage.json").read_text("utf-8"))["files"]
    rooms = {}
    print(f"{'':42}{'lines':>18}{'branches':>18}   not run")
    for path, found in sorted(files.items()):
        numbers = Counter(
            {name: found["summary"][name] for pair in COUNTS.values() for name in pair}
        )
        rooms.setdefault(str(Path(path).parent), Counter()).update(numbers)
        unrun = found["missing_lines"]
        branches = [f"{a}→{b}" for a, b in found["missing_branches"] if a not in unrun]
        if unrun or branches:
            print(_row(path, numbers), ", ".join([*_ranges(unrun), *branches]))
    print()
    for room, numbers in sorted(rooms.items()):
        print(_row(room, numbers))
    everything = sum(rooms.values(), Counter())
    print(_row("all", everything))
    done, there = (sum(everything[pair[place]] for pair in COUNTS.values()) for place in (0, 1))
    shares = {name: _percent(everything, name) for name in COUNTS} | {"both": 100 * done / there}
    print(f"lines and branches together: {shares['both']:.2f} %")
    return shares


def _row(name, numbers):
    shares = [
        f"{numbers[done]:>5}/{numbers[there]:<5}{_percent(numbers, what):6.1f}%"
        for what, (done, there) in COUNTS.items()
    ]
    return f"{name.removeprefix('em_helpers/'):42}{''.join(shares)}  "


def _percent(numbers, what):
    done, there = (numbers[each] for each in COUNTS[what])
    return 100 * done / there if there else 100.0


def _ranges(lines):
    """Numbers that follow one another as first-last."""
    found = []
    for line in lines:
        if found and found[-1][1] == line - 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    return [f"{first}" if first == last else f"{first}-{last}" for first, last in found]
