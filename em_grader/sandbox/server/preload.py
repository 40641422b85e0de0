"""What the fork server imports and uses once before it forks, so that its children start fast."""

import importlib
import pkgutil

from em_grader.sandbox import random_state
from em_grader.sandbox.worker import shell
from em_grader.sandbox.worker.runtime_check import RuntimeCheck, is_reference

MODULES = (
    "numpy.testing", "scipy.special", "scipy.stats", "scipy.linalg", "scipy.optimize",
    "matplotlib.pyplot", "matplotlib_inline.backend_inline", "tqdm.auto", "em_helpers.checks",
    "em_helpers.checks.simulated", "em_helpers.datasets", "em_helpers.plots.stepper",
)  # fmt: skip

_WARM_UP_CELLS = (
    "%matplotlib inline\nimport matplotlib.pyplot as plt\n"
    "figure, ax = plt.subplots()\nax.plot([1, 2])\nax.set_title('$x$')\nplt.show()",
    "import scipy.stats\nscipy.stats.multivariate_normal([0, 0]).logpdf([[0, 0]])",
    "def f(x):\n    assert x == 1, 'x'\nf(2)",
)


def load() -> tuple[shell.Shell, RuntimeCheck]:
    """Import modules, run a few cells, and install the runtime check.

    Returns
    -------
    shell : em_grader.sandbox.worker.shell.Shell
        With an empty namespace.
    runtime_check : em_grader.sandbox.worker.runtime_check.RuntimeCheck
        Installed, and not active.
    """
    for name in MODULES:
        importlib.import_module(name)
    package = importlib.import_module("em_helpers")
    for module in pkgutil.walk_packages(package.__path__, "em_helpers."):
        if is_reference(module.name):
            importlib.import_module(module.name)
    warm_shell = shell.create_shell()
    for source in _WARM_UP_CELLS:
        shell.run_cell(warm_shell, source, 1 << 20)
    warm_shell.reset(new_session=True)
    importlib.import_module("matplotlib.pyplot").close("all")
    random_state.seed("")
    runtime_check = RuntimeCheck()
    runtime_check.install()
    return warm_shell, runtime_check
