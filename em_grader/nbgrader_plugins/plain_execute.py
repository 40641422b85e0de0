"""Running a rebuilt submission in a kernel, and keeping of a test's outputs what is its verdict."""

from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute

from em_grader.sandbox.limits import LONGEST_MESSAGE
from em_grader.submissions.cell_roles import is_test


class PlainExecute(Execute):
    """nbgrader's own execution, whose verdict on a test cell is whether it raised, nothing else.

    What a right answer prints, warns or writes to stderr costs no points. A verdict is one line:
    the law that broke. The traceback goes, since it shows the lines of the hidden test.
    """

    def preprocess(self, nb, resources, km=None):
        """Run every cell and replace the outputs of test cells by verdicts."""
        try:
            nb, resources = super().preprocess(nb, resources, km=km)
        except DeadKernelError:
            _say_who_died(nb)
        for cell in nb.cells:
            if cell.cell_type == "code" and is_test(cell):
                cell.outputs = [_verdict(each) for each in cell.outputs if _is_error(each)][-1:]
        return nb, resources


def _verdict(output):
    message = output.evalue
    if output.ename == "CellTimeoutError":
        message = "the answer did not come to an end in the time allowed; look for an endless loop."
    if len(message) > LONGEST_MESSAGE:
        message = message[:LONGEST_MESSAGE] + " ..."
    return new_output(
        "error", ename=output.ename, evalue=message, traceback=[f"{output.ename}: {message}"]
    )


def _is_error(output):
    return output.output_type == "error"


def _say_who_died(nb):
    """After the process ended, every test that had no turn failed for that reason."""
    for cell in nb.cells:
        if cell.cell_type == "code" and is_test(cell) and not cell.execution_count:
            message = "the process ended while the answers ran: it exited, or ran out of memory."
            cell.outputs = [
                new_output("error", ename="ProcessEnded", evalue=message, traceback=[message])
            ]
