"""Wrong and unusual answers to m_step_weights (lesson 04)."""

# %% right
# A mean over the cases is the sum over n.
def m_step_weights(r):
    return np.mean(r, axis=0)

# %% right
# Plain loops; divides by the sum of the counts, which is n.
def m_step_weights(r):
    totals = [0.0] * len(r[0])
    for row in r:
        for k, share in enumerate(row):
            totals[k] += share
    return [total / sum(totals) for total in totals]

# %% right
# The counts over the sum of all responsibilities.
def m_step_weights(r):
    return np.einsum("nk->k", r) / r.sum()

# %% wrong: rows sum to one
# These are the expected counts. The multiplier of (4.10) still has to be divided out.
# ~ counts / len(r) → counts
# %% wrong: shape
# You averaged over the components of each case. Which index of r runs over cases, and which one is
# to remain?
# - counts = r.sum(axis=0)
# - return counts / len(r)
# + return r.mean(axis=1)
# %% wrong: one case, its responsibilities (4.9)
# You made the responsibilities hard before you counted. In (4.5) a case counts in every component,
# by its share.
# ~ counts = r.sum(axis=0) → labels = r.argmax(axis=1)
# ~ return counts → return np.bincount(labels, minlength=r.shape[1])
# %% wrong: one case, its responsibilities (4.9)
# Your weights do not depend on r at all.
# ~ counts / len(r) → np.full(r.shape[1], 1 / r.shape[1])
# %% wrong: one case, its responsibilities (4.9)
# A softmax turns any numbers into a distribution. The counts are already proportional to the
# answer, so what is left to do is simpler.
# ~ r.sum(axis=0) → np.exp(r.sum(axis=0))
# ~ len(r) → counts.sum()
# %% wrong: one case, its responsibilities (4.9)
# You added a case to each component. That is a prior on the weights; the question asks for the
# maximum of the Q-function.
# ~ counts / len(r) → (counts + 1) / (len(r) + r.shape[1])
# %% wrong: expected counts over n (4.9)
# You averaged logarithms of responsibilities. In (4.6) the log is taken of the weight, and the
# responsibilities multiply it.
# ~ counts = r.sum(axis=0) → weights = np.exp(np.log(np.maximum(r, 1e-300)).mean(axis=0))
# ~ counts / len(r) → weights / weights.sum()
# %% wrong: one case, its responsibilities (4.9)
# Each responsibility enters twice. How often does it stand in (4.6)?
# ~ counts = r.sum(axis=0) → weights = (r**2).sum(axis=0)
# ~ counts / len(r) → weights / weights.sum()
# %% wrong: arguments stay as they were
# The number is right, but the caller's responsibilities are gone. Divide the sum, not the argument.
# ~ counts = r.sum(axis=0) → r /= len(r)
# ~ counts / len(r) → r.sum(axis=0)
# %% wrong: expected counts over n (4.9)
# You keep every weight from falling below a floor. The maximum of the Q-function gives a rare
# component the small weight that it has.
# ~ counts = r.sum(axis=0) → weights = np.maximum(r.mean(axis=0), 0.05)
# ~ counts / len(r) → weights / weights.sum()
