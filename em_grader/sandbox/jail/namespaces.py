"""A file system, process table and network of one's own (see namespaces(7)), where allowed.

For root they are always allowed on a plain machine; for others where user namespaces are. When
process 1 of the namespaces ends, whatever runs in them ends.
"""

import ctypes
import os
import signal
import struct

from em_grader.sandbox.jail.syscalls import check, libc, number, prctl

_MOUNTS, _GROUPS, _HOSTNAME, _IPC = 0x20000, 0x2000000, 0x4000000, 0x8000000
_USERS, _PROCESSES, _NETWORK = 0x10000000, 0x20000000, 0x40000000
_READ_ONLY, _NO_SETUID, _NO_DEVICES, _NO_EXECUTION = 1, 2, 4, 8
_BIND, _RECURSIVE, _PRIVATE = 4096, 16384, 1 << 18
_MOUNT_SETATTR, _HERE, _ALL_BELOW = 442, -100, 0x8000
_DIE_WITH_PARENT, _DUMPABLE = 1, 4

SCRATCH = "/scratch"
"""The only folder to write to, in memory."""

_DEVICES = ("null", "zero", "urandom", "random")


def enter(root, read, scratch_bytes):
    """Move this process into namespaces and see nothing but some paths, read only.

    The calling process stays behind as a keeper that ends as its child ends. So does process 1 of
    the namespaces, which the kernel spares most signals; what returns is process 2.

    Parameters
    ----------
    root : str
        An empty folder to mount the new root on.
    read : list of str
        Real paths, files and folders, to keep in sight.
    scratch_bytes : int
        What ``SCRATCH`` may hold.

    Raises
    ------
    OSError
        The machine does not allow it.
    """
    user, group = os.geteuid(), os.getegid()
    alone = _MOUNTS | _PROCESSES | _NETWORK | _IPC | _HOSTNAME | _GROUPS
    check(libc.unshare(alone if user == 0 else alone | _USERS), "unshare")
    if user != 0:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
    for _ in range(2):
        child = os.fork()
        if child:
            _keep(child)
        prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    _mount(None, "/", flags=_RECURSIVE | _PRIVATE)
    _mount("tmpfs", root, "tmpfs", _NO_SETUID | _NO_DEVICES, f"size={scratch_bytes},mode=755")
    for path in _outermost(read):
        _show(path, root + path, recursive=True)
    for name in _DEVICES:
        _show(f"/dev/{name}", f"{root}/dev/{name}", recursive=False)
    os.mkdir(root + "/proc")
    protected = _NO_SETUID | _NO_DEVICES | _NO_EXECUTION
    _mount("proc", root + "/proc", "proc", protected, "hidepid=2")
    os.mkdir(root + SCRATCH)
    os.chmod(root + SCRATCH, 0o777)
    for link in ("/lib", "/lib64", "/bin", "/usr/lib64"):
        if os.path.islink(link) and not os.path.lexists(root + link):
            os.symlink(os.readlink(link), root + link)
    os.chdir(root)
    check(libc.syscall(number("pivot_root"), b".", b"."), "pivot_root")
    check(libc.umount2(b".", 2), "umount")
    os.chdir("/")


def _keep(child):
    """Wait for a child, out of its sight, and end as it ended."""
    prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    prctl(_DUMPABLE, 0)
    os.closerange(0, 1024)
    _, status = os.waitpid(child, 0)
    os._exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))


def _outermost(paths):
    """Paths that lie in none of the others."""
    kept = []
    for path in sorted({os.path.realpath(each) for each in paths if os.path.exists(each)}):
        if not kept or not path.startswith(kept[-1] + "/"):
            kept.append(path)
    return kept


def _show(path, place, recursive):
    if os.path.isdir(path):
        os.makedirs(place, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        open(place, "w").close()
    _mount(path, place, flags=_BIND | (_RECURSIVE if recursive else 0))
    if recursive:
        rights = struct.pack("<QQQQ", _READ_ONLY | _NO_SETUID | _NO_DEVICES, 0, 0, 0)
        below = ctypes.c_uint(_ALL_BELOW)
        size = ctypes.c_size_t(len(rights))
        where = os.fsencode(place)
        check(libc.syscall(_MOUNT_SETATTR, _HERE, where, below, rights, size), f"mount {place}")


def _mount(source, target, kind=None, flags=0, options=None):
    def encoded(text):
        return None if text is None else os.fsencode(text)

    code = libc.mount(
        encoded(source), encoded(target), encoded(kind), ctypes.c_ulong(flags), encoded(options)
    )
    check(code, f"mount {target}")


def _write(path, text):
    with open(path, "w") as file:
        file.write(text)
