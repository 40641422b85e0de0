"""Wall time, processor time and memory of a command with everything that it starts."""

import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from em_grader.sandbox.jail.syscalls import prctl

PAUSE = 0.25
_BE_SUBREAPER = 36


@dataclass(frozen=True)
class Footprint:
    """What a command took.

    Attributes
    ----------
    seconds, processor_seconds : float
        Of wall time; of all its processes together.
    megabytes : float
        The most that its processes held at one time, shared pages counted once, in 10⁶ bytes.
    """

    seconds: float
    processor_seconds: float
    megabytes: float


def footprint(arguments, folder):
    """Run ``python -m ARGUMENTS`` in a folder and measure it.

    Raises
    ------
    RuntimeError
        It does not go through; the message ends with what it said.
    """
    prctl(_BE_SUBREAPER, 1)
    log = Path(folder, "benchmark.log")
    before, began = _children(), time.perf_counter()
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        peak, done = [0.0], threading.Event()
        watching = threading.Thread(target=_watch, args=(process.pid, peak, done))
        watching.start()
        status = process.wait()
        seconds = time.perf_counter() - began
        done.set()
        watching.join()
    _reap_orphans()
    if status:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{log.read_text()[-3000:]}")
    return Footprint(seconds, _children() - before, peak[0])


def _children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _reap_orphans():
    """Wait for what outlived its parent, so that its time is counted."""
    try:
        while os.waitpid(-1, 0)[0]:
            pass
    except ChildProcessError:
        return


def _watch(root, peak, done):
    while not done.wait(PAUSE):
        peak[0] = max(peak[0], sum(_held(pid) for pid in _tree(root)))


def _tree(root):
    """A process and all that descend from it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found, new = set(), {root}
    while new:
        found |= new
        new = {pid for pid, parent in parents.items() if parent in new} - found
    return found


def _held(pid):
    """A process's proportional share of memory, or its private pages' upper bound without it."""
    for name, key, unit in (("smaps_rollup", "Pss:", 1024), ("status", "RssAnon:", 1024)):
        try:
            lines = Path(f"/proc/{pid}/{name}").read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith(key):
                return int(line.split()[1]) * unit / 1e6
    return 0.0
