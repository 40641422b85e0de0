"""Ways to damage a notebook, and files that are no notebook at all.

The changes in ``INTACT`` leave the answers where they can be found, so no point is lost. Those in
``LOSING`` lose one answer, and name its exercise. The files in ``UNREADABLE`` have no cells.
"""

import copy
import json


def cell(notebook, name):
    return next(
        c for c in notebook["cells"] if c["metadata"].get("nbgrader", _NO)["grade_id"] == name
    )


_NO = {"grade_id": None}


def each(notebook):
    return notebook["cells"]


def graded(notebook):
    return [c for c in notebook["cells"] if "nbgrader" in c["metadata"]]


def _remove(*names):
    def change(notebook):
        gone = [id(cell(notebook, name)) for name in names]
        notebook["cells"] = [c for c in each(notebook) if id(c) not in gone]

    return change


def _duplicate(name, place=None):
    def change(notebook):
        at = each(notebook).index(cell(notebook, name))
        twin = copy.deepcopy(each(notebook)[at])
        each(notebook).insert(at + 1 if place is None else place, twin)

    return change


def _marking(name, **changes):
    def change(notebook):
        cell(notebook, name)["metadata"]["nbgrader"].update(changes)

    return change


def _source(name, text):
    def change(notebook):
        cell(notebook, name)["source"] = text

    return change


def _set(**changes):
    def change(notebook):
        notebook.update(changes)

    return change


def _all_cells(action):
    def change(notebook):
        for one in each(notebook):
            action(one)

    return change


def _reverse(notebook):
    each(notebook).reverse()


def _tests_first(notebook):
    each(notebook).sort(key=lambda c: not c["metadata"].get("nbgrader", {}).get("grade", False))


def _retyped(name, kind):
    def change(notebook):
        one = cell(notebook, name)
        one["cell_type"] = kind
        if kind != "code":
            one.pop("outputs", None)
            one.pop("execution_count", None)

    return change


def _as_version_3(notebook):
    cells = notebook.pop("cells")
    for one in cells:
        if one["cell_type"] == "code":
            one["input"] = one.pop("source")
            one["language"] = "python"
            one["prompt_number"] = 1
    notebook.update(nbformat=3, nbformat_minor=0, worksheets=[{"cells": cells, "metadata": {}}])


def _unmark(notebook):
    for one in each(notebook):
        one["metadata"] = {}


def _forget_ids(notebook):
    for one in each(notebook):
        one.pop("id", None)


def _unmark_and_forget(notebook):
    _unmark(notebook)
    _forget_ids(notebook)


def _swap(notebook):
    one, other = cell(notebook, "test-double"), cell(notebook, "test-row_log_sums")
    for key in ("source", "metadata"):
        one[key], other[key] = other[key], one[key]


def _only_answers(notebook):
    notebook["cells"] = [cell(notebook, "double"), cell(notebook, "row_log_sums")]


def _added_tests(notebook):
    twin = copy.deepcopy(cell(notebook, "test-double"))
    twin["metadata"]["nbgrader"].update(grade_id="test-more", points=100)
    each(notebook).append(twin)


def _split(notebook):
    answer = cell(notebook, "row_log_sums")
    head = copy.deepcopy(answer)
    head["metadata"], head["id"] = {}, "head"
    head["source"] = "SPLIT = True"
    each(notebook).insert(each(notebook).index(answer), head)


def _huge_outputs(notebook):
    text = "x" * 3_000_000
    stream = {"output_type": "stream", "name": "stdout", "text": text}
    cell(notebook, "double")["outputs"] = [stream] * 3


def _one_text(notebook):
    for one in each(notebook):
        one["source"] = "".join(one["source"])


def _html_answer(notebook):
    cell(notebook, "why")["source"] = '<script>alert("x")</script> <img src=x onerror=alert(1)>'


def _odd_cells(notebook):
    notebook["cells"] += [None, 7, [], "text", {}, {"source": 3}, {"cell_type": "code"}]


INTACT = {
    "as it was": lambda notebook: None,
    "a check deleted": _remove("check-double"),
    "a test deleted": _remove("test-double"),
    "all tests deleted": _remove("test-double", "test-row_log_sums"),
    "everything deleted but the answers": _only_answers,
    "the written question deleted": _remove("why"),
    "an answer twice": _duplicate("double"),
    "a test twice": _duplicate("test-double"),
    "a test at the top as well": _duplicate("test-row_log_sums", 0),
    "order reversed": _reverse,
    "tests moved to the top": _tests_first,
    "tests swapped": _swap,
    "points of a test changed": _marking("test-double", points=100),
    "points of a test no number": _marking("test-double", points="many"),
    "points of a test negative": _marking("test-double", points=-3),
    "a test unlocked": _marking("test-double", locked=False),
    "a test marked a solution": _marking("test-double", solution=True),
    "a test not graded": _marking("test-double", grade=False),
    "an answer graded": _marking("double", grade=True, points=50),
    "an answer locked": _marking("double", locked=True),
    "a checksum changed": _marking("test-double", checksum="0"),
    "an old schema": _marking("test-double", schema_version=1),
    "a schema of the future": _marking("test-double", schema_version=99),
    "a schema that is no number": _marking("test-double", schema_version=None),
    "a test rewritten": _source("test-double", "assert True"),
    "a test that shows points": _source("test-double", "3.0"),
    "a check rewritten": _source("check-double", "raise SystemExit"),
    "a test made text": _retyped("test-double", "markdown"),
    "a test made raw": _retyped("test-double", "raw"),
    "a test added": _added_tests,
    "another kernel": _set(metadata={"kernelspec": {"name": "bash", "display_name": "Bash"}}),
    "a kernel that is a path": _set(metadata={"kernelspec": {"name": "../../x"}}),
    "no metadata": lambda notebook: notebook.pop("metadata"),
    "metadata that are a list": _set(metadata=[1, 2]),
    "nbformat 5": _set(nbformat=5, nbformat_minor=9),
    "nbformat that is a text": _set(nbformat="four"),
    "no nbformat": lambda notebook: notebook.pop("nbformat"),
    "nbformat 3": _as_version_3,
    "no cell ids": _forget_ids,
    "all cell ids alike": _all_cells(lambda one: one.update(id="same")),
    "cell ids that are numbers": _all_cells(lambda one: one.update(id=7)),
    "no cell metadata": _unmark,
    "neither ids nor metadata": _unmark_and_forget,
    "cell metadata that are null": _all_cells(lambda one: one.update(metadata=None)),
    "marking that is a list": _all_cells(lambda one: one["metadata"].update(nbgrader=[])),
    "tags that are no list": _all_cells(lambda one: one["metadata"].update(tags=3)),
    "tags that skip": _all_cells(lambda one: one["metadata"].update(tags=["skip-execution"])),
    "sources as one text": _one_text,
    "outputs that are no list": _all_cells(lambda one: one.update(outputs="many")),
    "outputs of nine megabytes": _huge_outputs,
    "an added cell before an answer": _split,
    "an added cell that raises": lambda n: each(n).insert(1, _code("raise RuntimeError")),
    "an added cell without sense": lambda n: each(n).insert(1, _code("def (:")),
    "an added cell that ends the process": lambda n: each(n).insert(
        1, _code("import os\nos._exit(1)")
    ),
    "an added cell of six hundred magics": lambda n: each(n).append(_code("%time 1\n" * 600)),
    "an added cell of a megabyte": lambda n: each(n).append(_code("x = 1\n" * 170_000)),
    "an added cell of a sum too long": lambda n: each(n).append(_code("1" + " + 1" * 5000)),
    "a thousand added cells": lambda n: each(n).extend(_code(f"x = {i}") for i in range(1000)),
    "cells that print two megabytes each": lambda n: each(n).extend(
        _code("print('x' * 2_000_000)") for _ in range(7)
    ),
    "an integer of ten thousand digits": _set(large="DIGITS"),
    "numbers that are none": _set(metadata={"a": float("nan"), "b": float("inf")}),
    "cells that are no cells": _odd_cells,
    "a script in a written answer": _html_answer,
    "keys that nobody knows": _set(hello=1, signature="x", worksheets=[]),
}

LOSING = {
    "an answer deleted": (_remove("double"), "double"),
    "an answer emptied": (_source("double", ""), "double"),
    "an answer of spaces": (_source("double", " \n\t\n"), "double"),
    "an answer that is no Python": (_source("double", "def double(x) return 2x"), "double"),
    "an answer with another name": (
        _source("double", "def dubble(x):\n    return 2 * x"),
        "double",
    ),
    "an answer with null bytes": (_source("double", "def double(x):\0 return 2 * x"), "double"),
    "an answer nested too deep": (_source("double", "(" * 5000 + ")" * 5000), "double"),
    "a source that is a number": (_source("double", 5), "double"),
    "a source that is null": (_source("double", None), "double"),
    "an answer with surrogates": (
        _source("double", "def double(x):\n    return '\ud800'"),
        "double",
    ),
}


def _code(source):
    return {
        "cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [],
        "source": source, "id": "extra",
    }  # fmt: skip


UNREADABLE = {
    "empty": b"",
    "spaces": b"  \n\n ",
    "half a file": b'{"cells": [{"cell_type": "code", "source": "1',
    "no JSON": b"def double(x):\n    return 2 * x\n",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "zeros": bytes(4096),
    "a zip": b"PK\x03\x04" + bytes(100),
    "UTF-16": '{"cells": []}'.encode("utf-16"),
    "a list": b"[1, 2, 3]",
    "a number": b"3",
    "null": b"null",
    "an object without cells": b'{"metadata": {}, "nbformat": 4}',
    "cells that are a text": b'{"cells": "none"}',
    "nested too deep": b"[" * 200_000,
    "HTML": b"<!DOCTYPE html><html><body>404</body></html>",
    "merge conflict": b'<<<<<<< HEAD\n{"cells": []}\n=======\n>>>>>>> x\n',
}


def broken(change, notebook):
    """The bytes of an honest notebook, given as text, after a change."""
    loaded = json.loads(notebook)
    change(loaded)
    return json.dumps(loaded).replace('"DIGITS"', "9" * 10_000).encode()
