"""What a notebook shows to whom: an executed lesson without what students may not see."""

import copy

from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from traitlets.config.loader import PyFileConfigLoader

from em_authoring.lesson import ROOT


def public(notebook):
    """A copy with stubs for answers, without hidden tests, and without what either printed.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        A lesson with its outputs, the instructors' edition.

    Returns
    -------
    nbformat.NotebookNode
        ProvidedCells cells keep their outputs; answers, checks and tests have none.
    """
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    shown, resources = copy.deepcopy(notebook), {}
    for preprocessor in (ClearSolutions, ClearHiddenTests):
        shown, resources = preprocessor(config=config).preprocess(shown, resources)
    for cell in shown.cells:
        if cell.cell_type == "code" and "nbgrader" in cell.metadata:
            cell.outputs, cell.execution_count = [], None
    return shown
