"""``python -m tests.benchmarks.grading``: throughput of grading beside stock nbgrader, in one run.

Prints the tables and writes them to ``build/grading-benchmark.json``; the exit status says whether
stock nbgrader and ours gave the same points. Stock nbgrader grades the first submissions of the
same class, in the middle of the run: it is slow, and its time grows as their number.
"""

import argparse
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from em_grader.read_gradebook import read_points
from tests.benchmarks.classroom import classroom, stock_twin
from tests.benchmarks.footprint import footprint

BUILD = Path("build")
PROCESSORS = 2
GRADE = ["nbgrader", "autograde"]


def main(arguments=None):
    """Run everything; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.grading")
    parser.add_argument("lesson", nargs="?", default="03-e-step")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10, 60, 300])
    parser.add_argument("--stock", type=int, default=20, help="submissions for stock nbgrader")
    parser.add_argument("--compared", type=int, default=60, help="the size that is compared")
    chosen = parser.parse_args(arguments)
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:PROCESSORS])
    rows, tables = [], {}
    print(f"{chosen.lesson}, {PROCESSORS} processors")
    print("           submissions      s   a minute   processor s each   MB")
    with tempfile.TemporaryDirectory(prefix="em-benchmark-") as folder:
        for size in chosen.sizes:
            course = classroom(chosen.lesson, size, _new(folder, f"ours-{size}"))
            if size == chosen.compared:
                stock = stock_twin(course, chosen.stock, Path(folder, "stock"))
                rows.append(_row("stock", chosen.stock, [*GRADE, chosen.lesson], stock))
                tables["stock"] = _points(stock)
            jobs = f"--SandboxExecute.jobs={PROCESSORS}"
            rows.append(_row("ours", size, [*GRADE, chosen.lesson, jobs], course.folder))
            tables[size] = _points(course.folder)
    result = {"lesson": chosen.lesson, "processors": PROCESSORS, "rows": rows}
    if chosen.compared in tables:
        result |= _compared(rows, chosen.compared, tables["stock"], tables[chosen.compared])
    BUILD.mkdir(exist_ok=True)
    (BUILD / "grading-benchmark.json").write_text(json.dumps(result, indent=1))
    return int(bool(result.get("differences")))


def _new(folder, name):
    place = Path(folder, name)
    place.mkdir()
    return place


def _row(side, size, command, folder):
    used = footprint(command, folder)
    row = {"side": side, "submissions": size, **asdict(used)}
    row |= {"a_minute": 60 * size / used.seconds, "processor_each": used.processor_seconds / size}
    print(
        f"{side:10} {size:11} {used.seconds:6.1f} {row['a_minute']:10.1f} "
        f"{row['processor_each']:18.3f} {used.megabytes:4.0f}",
        flush=True,
    )
    return row


def _points(course):
    rows = read_points(f"sqlite:///{course / 'gradebook.db'}")
    return {f"{row.student} {row.exercise}": row.points for row in rows}


def _compared(rows, size, stock, ours):
    """How many times as fast ours is, and where points differ."""
    theirs = next(row for row in rows if row["side"] == "stock")
    mine = next(row for row in rows if (row["side"], row["submissions"]) == ("ours", size))
    ratio = mine["a_minute"] / theirs["a_minute"]
    processor = theirs["processor_each"] / mine["processor_each"]
    differing = {each: [stock[each], ours[each]] for each in stock if stock[each] != ours[each]}
    print(f"{ratio:.1f} times as many a minute, {processor:.1f} times less processor time each")
    print(f"{len(stock)} grades of both sides, {len(differing)} of them differ {differing or ''}")
    return {"ratio": ratio, "processor_ratio": processor, "differences": differing}


if __name__ == "__main__":
    sys.exit(main())
