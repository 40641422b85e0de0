"""Time and memory of an iteration, side by side."""

import gc
import time
import tracemalloc

import numpy as np

REPETITIONS = 7


def milliseconds(sides, seconds=0.5):
    """Median time of an iteration for each side, the sides taking turns.

    Every repetition runs as many iterations from the start as fit into ``seconds`` for the
    slowest side.
    """
    times = {name: [] for name in sides}
    slowest = max(_time(side, 1) for side in sides.values())
    iterations = int(np.clip(seconds / slowest, 1, 400))
    for _ in range(REPETITIONS):
        for name, side in sides.items():
            times[name].append(_time(side, iterations))
    return {name: 1e3 * float(np.median(values)) for name, values in times.items()}


def megabytes(side):
    """The most memory that one iteration holds beyond the data, in 10⁶ bytes."""
    side.restart()
    gc.collect()
    tracemalloc.start()
    side.step()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def log_likelihoods(sides, iterations=3):
    """The log-likelihood that each side reports after some iterations from the start."""
    result = {}
    for name, side in sides.items():
        side.restart()
        for _ in range(iterations):
            value = side.step()
        result[name] = value
    return result


def _time(side, iterations):
    side.restart()
    began = time.perf_counter()
    for _ in range(iterations):
        side.step()
    return (time.perf_counter() - began) / iterations
