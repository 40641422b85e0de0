"""What each student's process finds: visible files, imported modules, environment variables."""

import importlib
import pkgutil

from em_grader.sandbox import random_state
from em_grader.sandbox.jail.visibility import (
    Visibility,
    package_folders,
    python_and_system_paths,
    visibility,
)
from em_grader.sandbox.reference_names import is_reference
from em_grader.sandbox.worker import shell
from em_grader.sandbox.worker.reference_guard import RuntimeCheck

HIDDEN_PACKAGES = ("em_authoring", "em_grader")
"""Packages that a student's installation does not contain."""


MODULES = (
    "numpy.testing", "scipy.special", "scipy.stats", "scipy.linalg", "scipy.optimize",
    "matplotlib.pyplot", "matplotlib_inline.backend_inline", "tqdm.auto", "em_helpers.checks",
    "em_helpers.checks.simulated", "em_helpers.datasets", "em_helpers.plots.stepper",
)  # fmt: skip

STUDENT_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "NBGRADER_EXECUTION": "autograde",
}
"""The environment variables of a student's process."""

_WARM_UP_CELLS = (
    "%matplotlib inline\nimport matplotlib.pyplot as plt\n"
    "figure, ax = plt.subplots()\nax.plot([1, 2])\nax.set_title('$x$')\nplt.show()",
    "import scipy.stats\nscipy.stats.multivariate_normal([0, 0]).logpdf([[0, 0]])",
    "def f(x):\n    assert x == 1, 'x'\nf(2)",
)


def student_visibility() -> Visibility:
    """Describe what a student's process may see of this machine."""
    readable = [*python_and_system_paths(), *package_folders("em_helpers")]
    return visibility(readable, HIDDEN_PACKAGES)


def preload() -> tuple[shell.Shell, RuntimeCheck]:
    """Import modules, run a few cells, and install the runtime check, before the fork server forks.

    The shell's namespace is empty, and the runtime check is not active.
    """
    for name in MODULES:
        importlib.import_module(name)
    package = importlib.import_module("em_helpers")
    for module in pkgutil.walk_packages(package.__path__, "em_helpers."):
        if is_reference(module.name):
            importlib.import_module(module.name)
    warm_shell = shell.create_shell()
    for source in _WARM_UP_CELLS:
        shell.run_student_cell(warm_shell, source, 1 << 20)
    warm_shell.reset(new_session=True)
    importlib.import_module("matplotlib.pyplot").close("all")
    random_state.seed("")
    runtime_check = RuntimeCheck()
    runtime_check.install()
    return warm_shell, runtime_check
