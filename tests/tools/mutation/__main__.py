"""Run mutmut on some models, in a copy of the library and its tests, and list the survivors.

``python -m tests.tools.mutation`` takes all of ``em_helpers/models``, which is a matter of hours;
``python -m tests.tools.mutation log_space mixture`` takes those files, and ``--children 1``
leaves the other processors alone. The copy is in ``build/mutation``; a mutant survives if no test
in ``tests/em_helpers`` fails on it.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[3]
COPY = ROOT / "build" / "mutation"

CONFIGURATION = """\
[mutmut]
source_paths=
    {paths}
pytest_add_cli_args_test_selection=
    tests/em_helpers/
also_copy=
    em_helpers
    tests
pytest_add_cli_args=
    -x
    -q
    -m
    not slow
    -p
    no:cacheprovider
    --ignore=tests/em_helpers/test_public_names.py
    --deselect=tests/em_helpers/test_em.py::test_importing_the_library_costs_little
"""


def main(arguments):
    """Copy, mutate, run, and print what survived and how many of each file did."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.mutation", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FILE", help="a file of em_helpers/models")
    parser.add_argument("--children", type=int, default=os.cpu_count(), help="mutants at a time")
    chosen = parser.parse_args(arguments)
    shutil.rmtree(COPY, ignore_errors=True)
    ignore = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for part in ("em_helpers", "tests/em_helpers", "tests/support", "tests/benchmarks"):
        shutil.copytree(ROOT / part, COPY / part, ignore=ignore)
    for name in ("tests/__init__.py", "pyproject.toml"):
        shutil.copy(ROOT / name, COPY / name)
    files = [f"em_helpers/models/{name}.py" for name in chosen.names] or ["em_helpers/models/"]
    paths = "\n    ".join(files)
    (COPY / "setup.cfg").write_text(CONFIGURATION.format(paths=paths))
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    environment = os.environ | {"FEWER_EXAMPLES": "8"}
    run = [mutmut, "run", "--max-children", str(chosen.children)]
    subprocess.run(run, cwd=COPY, env=environment, check=False)
    results = subprocess.run(
        [mutmut, "results", "--all", "true"],
        cwd=COPY,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    print(report(results.stdout))
    return 0


def report(results):
    """The mutants that no test killed, and a line of counts for each file.

    Parameters
    ----------
    results : str
        What ``mutmut results --all true`` prints: a mutant and its fate in each line.

    Returns
    -------
    str
    """
    fates = [line.strip().rpartition(": ") for line in results.splitlines() if ": " in line]
    lines = [f"{mutant}: {fate}" for mutant, _, fate in fates if fate != "killed"]
    counts = Counter((mutant.split(".")[2], fate) for mutant, _, fate in fates)
    lines += [f"{count} of {name} {fate}" for (name, fate), count in sorted(counts.items())]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
