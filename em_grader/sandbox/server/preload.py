"""What the fork server loads and warms before it forks: what a first use costs is paid once."""

import importlib
import pkgutil

from em_grader.sandbox import random_state
from em_grader.sandbox.worker import shell
from em_grader.sandbox.worker.runtime_check import Guard, is_reference

MODULES = (
    "numpy.testing", "scipy.special", "scipy.stats", "scipy.linalg", "scipy.optimize",
    "matplotlib.pyplot", "matplotlib_inline.backend_inline", "tqdm.auto", "em_helpers.checks",
    "em_helpers.checks.simulated", "em_helpers.datasets", "em_helpers.plots.em_run",
)  # fmt: skip

_WARM = (
    "%matplotlib inline\nimport matplotlib.pyplot as plt\n"
    "figure, ax = plt.subplots()\nax.plot([1, 2])\nax.set_title('$x$')\nplt.show()",
    "import scipy.stats\nscipy.stats.multivariate_normal([0, 0]).logpdf([[0, 0]])",
    "def f(x):\n    assert x == 1, 'x'\nf(2)",
)


def load():
    """Import, run one plot and one failing cell, and set the guard.

    Returns
    -------
    shell : em_grader.sandbox.worker.shell.Shell
        With nothing in its namespace.
    guard : em_grader.sandbox.worker.runtime_check.Guard
        Installed, and down.
    """
    for name in MODULES:
        importlib.import_module(name)
    package = importlib.import_module("em_helpers")
    for each in pkgutil.walk_packages(package.__path__, "em_helpers."):
        if is_reference(each.name):
            importlib.import_module(each.name)
    warm = shell.make()
    for source in _WARM:
        shell.run(warm, source, 1 << 20)
    warm.reset(new_session=True)
    importlib.import_module("matplotlib.pyplot").close("all")
    random_state.seed("")
    guard = Guard()
    guard.install()
    return warm, guard
