"""Two people of one machine: accounts that root makes for a test, each behind a closed door.

An account may not pass through a folder that is closed to it, such as root's home, even where the
Python that is to be run lies there. So each of its processes begins in a mount namespace of its
own, in which such a folder is covered and holds nothing but the way to this Python and checkout.
"""

import os
import pwd
import shlex
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from em_authoring.lesson_paths import ROOT

NEEDED = ("useradd", "userdel", "unshare", "setpriv", "mount")
IN_USE = 8
"""What userdel returns while a process of the user runs."""
PROBE = "import em_helpers, jupyterlab, nbgrader"


class NoAccounts(Exception):
    """Why this user cannot make accounts here, or why they would be of no use."""


@dataclass(frozen=True)
class Account:
    """A user of the system.

    Attributes
    ----------
    name : str
    home : Path
    stash : Path
        Where the ways to closed folders are held while these are covered.
    """

    name: str
    home: Path
    stash: Path

    @property
    def number(self):
        """The user's id, which is the group's too."""
        return pwd.getpwnam(self.name).pw_uid

    def runs(self, *command):
        """A command, as root gives it, that this user's process runs."""
        return ["unshare", "--mount", "sh", "-c", self._steps(), "sh", *map(str, command)]

    def _steps(self):
        covered = {
            path: closed(path) for path in dict.fromkeys((sys.base_prefix, sys.prefix, ROOT))
        }
        ways = [(path, self.stash / str(i)) for i, path in enumerate(covered) if covered[path]]
        steps = ["set -e"]
        steps += [f"mount --bind {quoted(path)} {quoted(kept)}" for path, kept in ways]
        tops = sorted({top for top in covered.values() if top})
        steps += [f"mount -t tmpfs -o mode=755 tmpfs {quoted(top)}" for top in tops]
        for path, kept in ways:
            steps.append(f"mkdir -p {quoted(path)} && mount --bind {quoted(kept)} {quoted(path)}")
        ids = f"--reuid={self.number} --regid={self.number}"
        return "\n".join([*steps, f'exec setpriv {ids} --clear-groups -- "$@"'])


def quoted(path):
    """A path as a shell reads it."""
    return shlex.quote(str(path))


def closed(path):
    """The topmost folder above a path that others may not pass, or ``None``."""
    above = reversed(Path(path).resolve().parents)
    return next((folder for folder in above if not folder.stat().st_mode & 0o001), None)


def make(names, room):
    """Make an account for each name, whose home is a folder of that name.

    Parameters
    ----------
    names : tuple of str
    room : Path
        The folder that holds the homes, which are there already.

    Returns
    -------
    list of Account

    Raises
    ------
    NoAccounts
        This user is not root, a tool is missing, a name is taken, or the account could not run
        this Python.
    """
    if os.geteuid() != 0:
        raise NoAccounts("only root can make accounts")
    missing = [tool for tool in NEEDED if not shutil.which(tool)]
    if missing:
        raise NoAccounts(f"{', '.join(missing)} missing")
    made = []
    try:
        for name in names:
            _free(name)
            made.append(_make(name, room))
        for account in made:
            account.home.chmod(0o700)
            _probe(account)
    except NoAccounts:
        remove(made)
        raise
    return made


def _free(name):
    """See that nobody has a name but what an earlier test left behind."""
    try:
        home = Path(pwd.getpwnam(name).pw_dir)
    except KeyError:
        return
    if home.parent.name.startswith("em-class-") and not home.exists():
        subprocess.run(["userdel", name], check=True)
    else:
        raise NoAccounts(f"there is a user {name!r} already")


def _make(name, room):
    account = Account(name, room / name, room / f"ways-of-{name}")
    for i in range(3):
        (account.stash / str(i)).mkdir(parents=True)
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir",
               account.home, "--shell", "/bin/sh", name]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoAccounts(f"useradd {name}: {done.stderr.strip()}")
    own(account, account.home)
    return account


def own(account, folder):
    """Give somebody a folder and all that is in it."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.number, account.number, follow_symlinks=False)


def _probe(account):
    command = account.runs(sys.executable, "-c", PROBE)
    done = subprocess.run(command, cwd=account.home, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip() or "no word").splitlines()[-1]
        raise NoAccounts(f"another user cannot run this Python and checkout: {said}")


def remove(accounts):
    """Remove what ``make`` made, once the last process of each has ended."""
    for account in accounts:
        for _ in range(60):
            done = subprocess.run(["userdel", account.name], check=False, capture_output=True)
            if done.returncode != IN_USE:
                break
            time.sleep(0.5)
