"""Incremental EM: an M-step after the E-step of every block, not of all of them."""

import time

import numpy as np

from em_helpers.em import Fit, as_blocks, warn_of_fall


def fit_incremental(start, blocks, *, tol=1e-8, max_sweeps=1000):
    """EM that renews each block's statistics in turn, with an M-step after each (equation 11.13).

    What climbs is the free energy F(q, θ) = E_q[log p(x, z; θ)] − E_q[log q], in which q of a
    block is its posterior at the θ of its last visit (equations 11.12 and 11.14); log p(D; θ)
    need not climb. At a fixed point both agree (equation 11.15). The statistics of all blocks are
    kept, and summed anew each time, so that no rounding builds up.

    Parameters
    ----------
    start : a model
    blocks : list of array_like, (n_b, d)
    tol : float
        In nats, on the gain of a sweep in F.
    max_sweeps : int
        Over all blocks.

    Returns
    -------
    Fit
        Its trace is F after the first E-steps, then after each sweep, plus the log prior;
        ``seconds`` are those of sweeps.

    Raises
    ------
    ValueError
        The data are not what the model takes.
    DegenerateComponent
        A component broke down.

    Notes
    -----
    Neal and Hinton (1998), in Learning in Graphical Models, Kluwer, 355-368.
    """
    blocks = as_blocks(blocks)
    model, parts = start, [start.e_step(block) for block in blocks]
    entropies = [_entropy(model, part) for part in parts]
    trace, seconds = [_free_energy(model, parts, entropies)], []
    reason, converged = f"stopped at max_sweeps = {max_sweeps}", False
    for _ in range(max_sweeps):
        began = time.perf_counter()
        for b, block in enumerate(blocks):
            model = model.m_step(_total(parts))
            parts[b] = model.e_step(block)
            entropies[b] = _entropy(model, parts[b])
        trace.append(_free_energy(model, parts, entropies))
        seconds.append(time.perf_counter() - began)
        warn_of_fall(trace)
        gain = trace[-1] - trace[-2]
        if abs(gain) < tol:
            reason, converged = f"the gain {gain:.3g} is below tol = {tol:.3g}", True
            break
    sweeps = len(seconds) + 1
    return Fit(model, np.array(trace), np.array(seconds), converged, reason, sweeps)


def _total(parts):
    first, *rest = parts
    return sum(rest, start=first)


def _entropy(model, statistics):
    """−E_q[log q] at the posterior, where it is log p(x; θ) − E_q[log p(x, z; θ)]."""
    return statistics.log_likelihood - model.expected_log_joint(statistics)


def _free_energy(model, parts, entropies):
    return model.expected_log_joint(_total(parts)) + sum(entropies) + model.log_prior()
