"""Start here: `python3 start.py` (on Windows `py start.py`) installs the course into `.venv`.

After that:

    python3 start.py check LESSON     which exercises pass, as `check 00-start-here`
    python3 start.py lab              opens JupyterLab on the lessons
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
    """Make the virtual environment and install the course and what it needs into it."""
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(f"This is Python {sys.version.split()[0]}; the course needs 3.11 or newer.")
    print("installing into .venv; this takes some minutes and needs a network", flush=True)
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        sys.exit("Python lacks its venv module: on Debian or Ubuntu, apt install python3-venv")
    run([sys.executable, "-m", "venv", str(ENVIRONMENT)])
    run([str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(HERE)])
    for left_over in ("build", "em_helpers.egg-info"):
        shutil.rmtree(HERE / left_over, ignore_errors=True)
    READY.touch()
    print("installed; next: the same command with  check 00-start-here  behind it")


def run(command, folder=HERE):
    """Run a command in a folder, and end with it if it fails."""
    status = subprocess.run(command, cwd=folder, check=False).returncode
    if status:
        sys.exit(status)


def main():
    """Install, check or open, as the first word says."""
    word, *rest = sys.argv[1:] or ["install"]
    if word not in ("install", "check", "lab"):
        sys.exit(__doc__)
    if word == "install" or not READY.exists():
        install()
    if word == "check":
        run([str(PYTHON), "-m", "em_helpers.checks", *(rest or ["00-start-here"])])
    if word == "lab":
        run([str(PYTHON), "-m", "jupyterlab", *rest], HERE / "course")


if __name__ == "__main__":
    main()
