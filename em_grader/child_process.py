"""Running a module that ends as its parent ends: ``python -m em_grader.child_process``.

The kernel is told (PR_SET_PDEATHSIG, see prctl(2)) before the module is imported, which may take
seconds: who is killed leaves nothing running.
"""

import ctypes
import os
import runpy
import signal
import sys

_DIE_WITH_PARENT = 1


def command(module, *arguments):
    """What starts a module that ends as this process ends.

    Parameters
    ----------
    module : str
    *arguments : str

    Returns
    -------
    list of str
    """
    return [sys.executable, "-m", __name__, str(os.getpid()), module, *arguments]


def main(parent, module, *arguments):
    """Run the module as ``python -m`` does.

    Parameters
    ----------
    parent : str
        The number of the process that started this one.
    module : str
    *arguments : str
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != int(parent):
            os._exit(1)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
