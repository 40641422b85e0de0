"""Run stock nbgrader within namespaces and limits, since it does not confine what it grades.

A confined process sees a read-only Python installation and a disk in memory. It has a loopback
interface but no network, and a user of its own. Confining it takes root.
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

from em_authoring.lesson_paths import ROOT
from em_grader.sandbox.jail import namespaces
from em_grader.sandbox.jail.visibility import python_and_system_paths, visibility

FIRST_USER = 1_900_000_000
"""Each confined run has a user of its own, because the kernel counts processes by user."""
DISK = 512 << 20
REPORT_DESCRIPTOR = 1100
"""A descriptor above those that entering the namespaces closes."""
LIMITS = {
    resource.RLIMIT_NPROC: 200,
    resource.RLIMIT_AS: 4 << 30,
    resource.RLIMIT_FSIZE: 256 << 20,
    resource.RLIMIT_CPU: 200,
    resource.RLIMIT_CORE: 0,
}


def run_confined(action, look, template, seconds):
    """Copy a folder into the confined file system, act on the copy, and look at the result.

    Parameters
    ----------
    action : callable
        Called with the path of the copy, in a process without privileges.
    look : callable
        Called with that path afterwards, where the process cannot reach it; returns data for JSON.
    template : Path
    seconds : float
        The time limit of the action.

    Returns
    -------
    dict or None
        The result of ``look``; None if the confining process itself ended.
    """
    ours, theirs = socket.socketpair()
    root = tempfile.mkdtemp(prefix="em-confined-")
    keeper = os.fork()
    if keeper == 0:
        ours.close()
        try:
            _confine(action, look, template, root, seconds, theirs)
        except BaseException as error:
            print(f"the confined run failed: {type(error).__name__}: {error}", file=sys.stderr)
        finally:
            os._exit(0)
    theirs.close()
    ours.settimeout(seconds + 60)
    received = b""
    try:
        while piece := ours.recv(1 << 16):
            received += piece
    except TimeoutError:
        os.kill(keeper, signal.SIGKILL)
    os.waitpid(keeper, 0)
    os.rmdir(root)
    return json.loads(received) if received else None


def _confine(action, look, template, root, seconds, report):
    number = os.getpid()
    seen = [*python_and_system_paths(), sys.prefix, str(ROOT), str(template)]
    seen += [os.path.dirname(os.path.realpath(sys.executable))]
    seen += ["/usr/bin", "/bin", "/etc", "/usr/share"]
    os.dup2(report.fileno(), REPORT_DESCRIPTOR)
    namespaces.enter(root, visibility(seen), DISK)
    report = socket.socket(fileno=REPORT_DESCRIPTOR)
    _loopback()
    user = FIRST_USER + number
    course = f"{namespaces.SCRATCH}/course"
    shutil.copytree(template, course)
    for folder, _, files in os.walk(namespaces.SCRATCH):
        for name in (".", *files):
            os.chown(os.path.join(folder, name), user, user, follow_symlinks=False)
    grader = os.fork()
    if grader == 0:
        report.close()
        _drop_privileges(user)
        action(course)
        os._exit(0)
    _wait(grader, seconds)
    report.sendall(json.dumps(look(course)).encode())
    os._exit(0)


def _drop_privileges(user):
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
    variables = ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR")
    os.environ.update(dict.fromkeys(variables, home), JUPYTER_PLATFORM_DIRS="0")
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
