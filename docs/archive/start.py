"""Install the course into `.venv`: `python3 start.py` (on Windows `py start.py`).

After that:

    python3 start.py check LESSON     report which exercises pass, for example of 00-start-here
    python3 start.py lab              open JupyterLab on the lessons
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".venv"
PYTHON = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
READY = ENVIRONMENT / "installed"


def install():
    """Create the virtual environment and install the course and its requirements into it."""
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(f"This is Python {sys.version.split()[0]}; the course needs 3.11 or newer.")
    print("Installing into .venv. This takes a few minutes and needs a network.", flush=True)
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        sys.exit("Python lacks its venv module. On Debian or Ubuntu, run: apt install python3-venv")
    run([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(HERE)])
    for build_folder in ("build", "em_helpers.egg-info"):
        shutil.rmtree(HERE / build_folder, ignore_errors=True)
    READY.touch()
    print("The course is installed. Next, run the same command followed by: check 00-start-here")


def run(command, folder=HERE):
    """Run a command in a folder, and exit with its status if it fails."""
    status = subprocess.run(command, cwd=folder, check=False).returncode
    if status:
        sys.exit(status)


def main():
    """Run the command that the first argument names: install, check or lab."""
    command, *rest = sys.argv[1:] or ["install"]
    if command not in ("install", "check", "lab"):
        sys.exit(__doc__)
    if command == "install" or not READY.exists():
        install()
    if command == "check":
        run([str(PYTHON), "-m", "em_helpers.checks", *(rest or ["00-start-here"])])
    if command == "lab":
        run([str(PYTHON), "-m", "jupyterlab", *rest], HERE / "course")


if __name__ == "__main__":
    main()
