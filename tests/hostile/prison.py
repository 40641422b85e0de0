"""A throwaway machine for graders that do not protect theirs: namespaces and limits around it all.

What runs in here sees a read-only Python installation and a disk in memory, has no network but a
loopback of its own, is a user that nobody else is, and ends with the last line. It takes root.
"""

import fcntl
import json
import os
import resource
import shutil
import signal
import socket
import struct
import sys
import tempfile
import time

from em_authoring.lesson import ROOT
from em_grader.sandbox.jail import namespaces
from em_grader.sandbox.jail.visibility import python_and_system_paths, visibility

FIRST_USER = 1_900_000_000
"""Each prison has a user of its own, since processes are counted by user."""
DISK = 512 << 20
KEPT = 1100
"""A descriptor above those that the keepers of a namespace close."""
LIMITS = {
    resource.RLIMIT_NPROC: 200,
    resource.RLIMIT_AS: 4 << 30,
    resource.RLIMIT_FSIZE: 256 << 20,
    resource.RLIMIT_CPU: 200,
    resource.RLIMIT_CORE: 0,
}


def within(action, look, template, seconds):
    """Copy a folder into a prison, do something there as nobody, and look at what became of it.

    Parameters
    ----------
    action : callable
        Called with the folder's path in the prison, in a process without rights.
    look : callable
        Called with that path afterwards, out of reach of the process; gives what JSON can hold.
    template : Path
    seconds : float
        What the action may take.

    Returns
    -------
    dict or None
        What ``look`` gave; None if the prison itself came to an end.
    """
    ours, theirs = socket.socketpair()
    root = tempfile.mkdtemp(prefix="em-prison-")
    keeper = os.fork()
    if keeper == 0:
        ours.close()
        try:
            _be_prison(action, look, template, root, seconds, theirs)
        except BaseException as error:
            print(f"the prison failed: {type(error).__name__}: {error}", file=sys.stderr)
        finally:
            os._exit(0)
    theirs.close()
    ours.settimeout(seconds + 60)
    said = b""
    try:
        while piece := ours.recv(1 << 16):
            said += piece
    except TimeoutError:
        os.kill(keeper, signal.SIGKILL)
    os.waitpid(keeper, 0)
    os.rmdir(root)
    return json.loads(said) if said else None


def _be_prison(action, look, template, root, seconds, report):
    place = os.getpid()
    seen = [*python_and_system_paths(), sys.prefix, str(ROOT), str(template)]
    seen += [os.path.dirname(os.path.realpath(sys.executable))]
    seen += ["/usr/bin", "/bin", "/etc", "/usr/share"]
    os.dup2(report.fileno(), KEPT)
    namespaces.enter(root, visibility(seen), DISK)
    report = socket.socket(fileno=KEPT)
    _loopback()
    user = FIRST_USER + place
    course = f"{namespaces.SCRATCH}/course"
    shutil.copytree(template, course)
    for folder, _, files in os.walk(namespaces.SCRATCH):
        for name in (".", *files):
            os.chown(os.path.join(folder, name), user, user, follow_symlinks=False)
    grader = os.fork()
    if grader == 0:
        report.close()
        _be_nobody(user)
        action(course)
        os._exit(0)
    _wait(grader, seconds)
    report.sendall(json.dumps(look(course)).encode())
    os._exit(0)


def _be_nobody(user):
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)
    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    home = f"{namespaces.SCRATCH}/home"
    os.mkdir(home)
    places = ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR")
    os.environ.update(dict.fromkeys(places, home), JUPYTER_PLATFORM_DIRS="0")
    tempfile.tempdir = home


def _loopback():
    with socket.socket() as any_socket:
        request = struct.pack("16sh14x", b"lo", 0x1 | 0x40)
        fcntl.ioctl(any_socket, 0x8914, request)


def _wait(child, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.05)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
