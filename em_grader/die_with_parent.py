"""Run a module in a child process that ends when its parent ends.

``python -m em_grader.die_with_parent PARENT MODULE ...`` asks the kernel for this (see
PR_SET_PDEATHSIG in prctl(2)) before it imports the module, which may take seconds. So killing the
parent at any moment leaves nothing running. On systems other than Linux the module is only run.
"""

import ctypes
import os
import runpy
import signal
import sys

_PARENT_DEATH_SIGNAL = 1


def child_command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs a module, with arguments, in a child process of this one."""
    return [sys.executable, "-m", __name__, str(os.getpid()), module, *arguments]


def run_as_child(parent: str, module: str, *arguments: str) -> None:
    """Run a module as ``python -m`` does, in a process that ends when its parent ends.

    The parent is the number of the process that started this one.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != int(parent):
            os._exit(1)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    run_as_child(*sys.argv[1:])
