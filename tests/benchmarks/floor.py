"""The least that an iteration costs on this machine: flops, exp, log, and one read of the data."""

import time

import numpy as np


def rates():
    """Measured rates of one thread, a second: flops of GEMM, exp, log, bytes read."""
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(512, 512)), rng.normal(size=(512, 512))
    v = rng.uniform(-5, 0, 4096)
    w, out = np.exp(v), np.empty(4096)
    big = rng.normal(size=2**23)
    return {
        "flops": 2 * 512**3 / _best(lambda: a @ b),
        "exp": 4096 / _best(lambda: np.exp(v, out=out)),
        "log": 4096 / _best(lambda: np.log(w, out=out)),
        "bytes": big.nbytes / _best(lambda: np.add.reduce(big)),
    }


def milliseconds(n, d, components, rates):
    """What an iteration with full covariances needs at those rates.

    For each row and component: d for x − μ, d² + d for a triangular product, 2d for its length,
    2d for the first moment, d² + 2d for half of the second; for each row K exponentials, a
    logarithm, and 8d bytes.
    """
    flops = n * components * (2 * d**2 + 8 * d)
    seconds = (
        flops / rates["flops"]
        + n * components / rates["exp"]
        + n / rates["log"]
        + 8 * n * d / rates["bytes"]
    )
    return 1e3 * seconds


def _best(work):
    times = []
    for _ in range(30):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)
