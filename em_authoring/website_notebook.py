"""The edition of a lesson for the public site: the students' notebook with outputs."""

import copy

from nbformat import NotebookNode


def public_edition(executed: NotebookNode, released: NotebookNode) -> NotebookNode:
    """The students' notebook with the outputs of its provided cells.

    Answers, checks and tests have no outputs, since these could show what students may not see.

    Parameters
    ----------
    executed : nbformat.NotebookNode
        The instructors' edition with its outputs.
    released : nbformat.NotebookNode
        The students' edition of the same lesson.

    Raises
    ------
    ValueError
        The two are not editions of the same lesson: their cells differ in number, order or, where
        the cells are provided, in source.
    """
    public = copy.deepcopy(released)
    if [cell.id for cell in executed.cells] != [cell.id for cell in public.cells]:
        raise ValueError("the executed notebook and the released one have different cells")
    for cell, original in zip(public.cells, executed.cells, strict=True):
        if cell.cell_type != "code" or "nbgrader" in original.metadata:
            continue
        if cell.source != original.source:
            raise ValueError(f"the provided cell {cell.id} was executed with another source")
        cell.outputs = copy.deepcopy(original.outputs)
        cell.execution_count = original.execution_count
    return public
