"""Wrong and unusual answers to convergence_rate (lesson 07)."""

# %% right
# math.dist on three rows.
def convergence_rate(iterates):
    import math

    *_, a, b, c = [list(map(float, row)) for row in iterates]
    return math.dist(b, c) / math.dist(a, b) if a != b else 0.0

# %% right
# Square roots of inner products.
def convergence_rate(iterates):
    iterates = np.array(iterates)
    u, v = iterates[-2] - iterates[-3], iterates[-1] - iterates[-2]
    if not np.any(u):
        return np.float64(0)
    return np.sqrt((v @ v) / (u @ u))

# %% right
# Rows of the array, subtracted.
def convergence_rate(iterates):
    before = np.linalg.norm(iterates[-2] - iterates[-3])
    return np.linalg.norm(iterates[-1] - iterates[-2]) / before if before else 0

# %% wrong: the last step over the one before (7.27)
# Your ratio is upside down: for a sequence that converges the rate is below 1.
# ~ float(after / before) if before > 0 → float(before / after) if after > 0
# %% wrong: the last two steps (7.27)
# These are the first two steps. The rate is a limit: which end of the run is closer to it?
# ~ [-3:] → [:3]
# %% wrong: the last two steps (7.27)
# You average over the whole run, the first iterations included, where the fast directions still
# count.
# - steps = np.diff(np.asarray(iterates, dtype=float)[-3:], axis=0)
# - before, after = np.linalg.norm(steps, axis=1)
# - return float(after / before) if before > 0 else 0.0
# + steps = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
# + return (steps[1:] / steps[:-1]).mean() if (steps[:-1] != 0).all() else 0.0
# %% wrong: lengths of steps, in the Euclidean norm (7.27)
# You take the change of the norm, not the norm of the change. An iterate that moves on a circle
# around the origin has steps too.
# - steps = np.diff(np.asarray(iterates, dtype=float)[-3:], axis=0)
# - before, after = np.linalg.norm(steps, axis=1)
# + before, after = np.abs(np.diff(np.linalg.norm(iterates[-3:], axis=1)))
# %% wrong: the last step over the one before (7.27)
# You square the lengths. The square is how the likelihood's gap shrinks (7.26); the question asks
# for that of the iterates.
# ~ after / before → (after / before) ** 2
# %% wrong: lengths of steps, in the Euclidean norm (7.27)
# The largest entry of a step is another norm. In the limit it gives the same rate, but not at a
# finite t; which norm does (7.27) name?
# ~ np.linalg.norm(steps, axis=1) → np.abs(steps).max(axis=1)
# %% wrong: lengths of steps, in the Euclidean norm (7.27)
# You follow one coordinate. A step has a length, to which every coordinate adds.
# ~ np.linalg.norm(steps, axis=1) → np.abs(steps[:, 0])
# %% wrong: the last step over the one before (7.27)
# You measure errors from the last iterate, as if it were the limit. Its own error is not small
# compared with that of the iterates just before; use steps.
# - steps = np.diff(np.asarray(iterates, dtype=float)[-3:], axis=0)
# + steps = np.asarray(iterates, dtype=float)[-3:-1] - iterates[-1]
# %% wrong: finite
# When the iterates stand still both steps have length 0. What does the question ask for then?
# ~ if before > 0 else 0.0 →
# %% wrong: a ratio above 1
# A ratio above 1 is news: the run has not reached its end, or leaves a saddle. Do not hide it.
# ~ float(after / before) → min(float(after / before), 1.0)
# %% wrong: short steps are steps (7.27)
# Steps of a billionth are the ones near the end of a run, the very ones that show the rate. Only a
# step of exactly 0 is an exception.
# ~ float(after / before) if before > 0 else 0.0 → float(after / (before + 1e-8))
# %% wrong: finite
# You return 0 where the *last* step is 0. The exception is a denominator of 0: which step is that?
# ~ before > 0 → after > 0
# %% wrong: the last two steps (7.27)
# A step of length 0 earlier in the run is of no matter. Only the last step but one stands in the
# denominator.
# - return float(after / before) if before > 0 else 0.0
# + every = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
# + return float(after / before) if (every > 0).all() else 0.0
# %% wrong: short steps are steps (7.27)
# You call a step of length 1e-12 standing still. Coordinates may be as small as that; only a step
# of exactly 0 is an exception.
# ~ before > 0 → before > 1e-12
