"""System calls of Linux that Python has no function for, and the numbers of those to deny.

Numbers are those of Linux's own tables (arch/x86/entry/syscalls/syscall_64.tbl and
include/uapi/asm-generic/unistd.h): a pair for x86-64 and aarch64, or one number from 424 on,
where both agree.
"""

import ctypes
import os
import platform
import signal

libc = ctypes.CDLL(None, use_errno=True)

MACHINE = platform.machine()
AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}.get(MACHINE)
"""The processor's name for seccomp, or None if this module has no table for it."""

LAST_KNOWN = 462
"""Later system calls fail as if the kernel did not have them."""

_NUMBERS: dict[str, int | tuple[int | None, int | None]] = {
    # new processes, other programs
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    # the network
    "socket": (41, 198), "connect": (42, 203), "bind": (49, 200), "listen": (50, 201),
    "accept": (43, 202), "accept4": (288, 242),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "kcmp": (312, 272), "pidfd_send_signal": 424, "pidfd_open": 434, "pidfd_getfd": 438,
    "process_madvise": 440, "process_mrelease": 448, "tkill": (200, 130),
    "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240), "setpriority": (141, 140),
    "ioprio_set": (251, 30), "sched_setparam": (142, 118), "sched_setscheduler": (144, 119),
    "sched_setattr": (314, 274), "migrate_pages": (256, 238), "move_pages": (279, 239),
    "setpgid": (109, 154), "setsid": (112, 157),
    # mounts and namespaces
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "unshare": (272, 97), "setns": (308, 268), "open_tree": 428, "move_mount": 429,
    "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "mount_setattr": 442,
    # memory that no limit counts, and what processes share
    "memfd_create": (319, 279), "memfd_secret": 447,
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190),
    "semop": (65, 193), "semctl": (66, 191), "msgget": (68, 186), "msgsnd": (69, 189),
    "msgrcv": (70, 188), "msgctl": (71, 187), "mq_open": (240, 180), "mq_unlink": (241, 181),
    # what Landlock does not look at: owners, modes, times and attributes of files, watching them
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": 452,
    "chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
    "utime": (132, None), "utimes": (235, None), "futimesat": (261, None),
    "utimensat": (280, 88), "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16),
    "truncate": (76, 45), "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265),
    "inotify_init": (253, None), "inotify_init1": (294, 26), "fanotify_init": (300, 262),
    "flock": (73, 32),
    # the machine itself
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219), "bpf": (321, 280),
    "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": 425,
    "io_uring_enter": 426, "io_uring_register": 427, "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "init_module": (175, 105), "delete_module": (176, 106),
    "finit_module": (313, 273), "reboot": (169, 142), "syslog": (103, 116), "acct": (163, 89),
    "swapon": (167, 224), "swapoff": (168, 225), "quotactl": (179, 60),
    "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171),
    "clock_adjtime": (305, 266), "sethostname": (170, 161), "setdomainname": (171, 162),
    "personality": (135, 92), "iopl": (172, None), "ioperm": (173, None),
    # allowed with certain arguments only
    "clone": (56, 220), "clone3": 435, "kill": (62, 129), "tgkill": (234, 131),
    "prlimit64": (302, 261), "sched_setaffinity": (203, 122), "socketpair": (53, 199),
    "fcntl": (72, 25), "ioctl": (16, 29),
}  # fmt: skip

CONDITIONAL = (
    "clone", "clone3", "kill", "tgkill", "prlimit64", "sched_setaffinity", "socketpair", "fcntl",
    "ioctl",
)  # fmt: skip
"""System calls that ``seccomp`` allows or denies by their arguments."""

_PARENT_DEATH_SIGNAL, _DUMPABLE, _NO_NEW_PRIVILEGES = 1, 4, 38


def number(name: str) -> int | None:
    """Return a system call's number on this machine, or None if the machine has no such call."""
    numbers = _NUMBERS[name]
    if isinstance(numbers, int):
        return numbers
    return numbers[0 if MACHINE == "x86_64" else 1]


def denied() -> list[int]:
    """List the numbers of the system calls that are denied whatever their arguments."""
    numbers = (number(name) for name in _NUMBERS if name not in CONDITIONAL)
    return sorted(each for each in numbers if each is not None)


def check(result: int, call: str) -> int:
    """Raise the error in errno if a call of libc failed; else return its result.

    Raises
    ------
    OSError
    """
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{call}: {os.strerror(code)}")
    return result


def prctl(option: int, *arguments: int) -> int:
    """Call ``prctl(2)``, which sets properties of the calling process.

    Raises
    ------
    OSError
    """
    padded = [*arguments, 0, 0, 0, 0][:4]
    return check(libc.prctl(option, *(ctypes.c_ulong(each) for each in padded)), "prctl")


def die_with_parent() -> None:
    """Have the kernel kill this process when the process that forked it ends."""
    prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def make_undumpable() -> None:
    """Keep other processes of the same user from tracing this one or reading its memory."""
    prctl(_DUMPABLE, 0)


def forbid_new_privileges() -> None:
    """Keep this process from gaining privileges by starting a program."""
    prctl(_NO_NEW_PRIVILEGES, 1)
