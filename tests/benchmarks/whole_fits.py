"""Whole fits: Old Faithful with its start, and the accelerated loop against the plain one."""

import time
import warnings

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture as Peer

from em_helpers import GaussianMixture, PoissonMixture, datasets, fit, gaussian_start
from em_helpers.approximate import fit_accelerated
from tests.benchmarks.measure import REPETITIONS


def old_faithful():
    """Milliseconds of start and fit to the same tolerance: (scikit-learn, here)."""
    x = datasets.faithful()

    def peer(seed):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            Peer(2, tol=1e-8 / len(x), reg_covar=0.0, max_iter=1000, random_state=seed).fit(x)

    def ours(seed):
        found = fit(gaussian_start(np.random.default_rng(seed), x, 2), x, tol=1e-8)
        assert found.converged

    times = {peer: [], ours: []}
    for seed in range(5 * REPETITIONS):
        for side in times:
            began = time.perf_counter()
            side(seed)
            times[side].append(time.perf_counter() - began)
    return tuple(1e3 * float(np.median(values)) for values in times.values())


def overlapping(quick=False):
    """Problems on which EM is slow: (name, start, data); ``quick`` leaves out the longest."""
    yield (
        "death notices, 2 Poissons",
        PoissonMixture([0.4, 0.6], [[1.0], [2.0]]),
        datasets.death_notices(),
    )
    sizes = ((2, 3, 1.8), (4, 3, 2.0)) if quick else ((1, 2, 1.5), (2, 3, 1.8), (4, 3, 2.0))
    for d, components, gap in sizes:
        rng = np.random.default_rng(10 * d + components)
        true = GaussianMixture(
            np.arange(2, components + 2) / np.arange(2, components + 2).sum(),
            gap * rng.normal(size=(components, d)) / np.sqrt(d),
            [np.eye(d) * (1 + 0.2 * k) for k in range(components)],
        )
        x = true.sample(rng, 2000)[0]
        yield f"{components} Gaussians in {d}-d, overlapping", gaussian_start(rng, x, components), x


def e_steps_to(target, trace, per_entry):
    """How many E-steps until the log-likelihood is within 1e-6 nats of a target."""
    reached = np.flatnonzero(np.asarray(trace) >= target - 1e-6)
    return int(per_entry[reached[0]]) if reached.size else None


def acceleration(quick=False):
    """For each problem the E-steps of plain and accelerated EM to within 1e-6 nats of the top."""
    rows = []
    for name, start, x in overlapping(quick):
        plain = fit(start, x, tol=1e-11, max_iterations=50_000)
        fast = fit_accelerated(start, x, tol=1e-11, max_e_steps=50_000)
        target = min(plain.trace[-1], fast.trace[-1])
        rows.append(
            {
                "problem": name,
                "plain": e_steps_to(target, plain.trace, np.arange(1, len(plain.trace) + 1)),
                "accelerated": e_steps_to(target, fast.trace, fast.e_steps_so_far),
                "plain_top": float(plain.trace[-1]),
                "accelerated_top": float(fast.trace[-1]),
                "fell": bool((np.diff(fast.trace) < -1e-12 * np.abs(fast.trace[1:])).any()),
            }
        )
    return rows
