"""``python -m tests.browser``: the tests that need a browser, which is installed if it can be."""

import os
import shutil
import subprocess
import sys


def chromium_is_there():
    """Find Chromium, or install Debian's where that is allowed."""
    if shutil.which("chromium") or shutil.which("chromium-browser"):
        return True
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return False
    print("installing Debian's chromium", flush=True)
    commands = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    )
    return not any(subprocess.run(command, check=False).returncode for command in commands)


def main(arguments):
    """Run pytest, or say why not.

    Returns
    -------
    int
        pytest's exit status; 0 where there is no Chromium.
    """
    if not chromium_is_there():
        print(
            "SKIPPED: the browser tests need Chromium, and it is neither here nor can it be "
            "installed by this user; on Debian or Ubuntu: apt install chromium"
        )
        return 0
    command = [sys.executable, "-m", "pytest", "-v", "tests/browser", *arguments]
    return subprocess.run(command, env=os.environ | {"EM_BROWSER": "1"}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
