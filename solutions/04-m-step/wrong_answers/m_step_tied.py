"""Wrong and unusual answers to m_step_tied (lesson 04)."""

# %% right
# One einsum over cases and components.
def m_step_tied(x, r, means):
    deviations = x[:, None, :] - means
    return np.einsum("nk,nki,nkj->ij", r, deviations, deviations) / r.sum()

# %% right
# The weighted mean of the components' covariances.
def m_step_tied(x, r, means):
    counts = r.sum(axis=0)
    covariances = []
    for k, mean in enumerate(means):
        total = sum(w * np.outer(row - mean, row - mean) for row, w in zip(x, r[:, k]))
        covariances.append(total / counts[k])
    return sum(c / len(x) * each for c, each in zip(counts, covariances)).tolist()

# %% right
# The square multiplied out; on data near the origin nothing is lost.
def m_step_tied(x, r, means):
    raw = x.T @ x
    cross = x.T @ r @ means
    own = (r.sum(axis=0)[:, None] * means).T @ means
    return (raw - cross - cross.T + own) / len(x)

# %% wrong: components weigh as their counts (4.29)
# You averaged the components' covariances as if all were equally large. With what weight does each
# enter (4.29)?
# -     scatter += (weight[:, None] * deviations).T @ deviations
# - return scatter / len(x)
# +     scatter += (weight[:, None] * deviations).T @ deviations / weight.sum()
# + return scatter / len(means)
# %% wrong: components weigh as their counts (4.29)
# This is the covariance of all the data about one mean. Tied components share their spread but not
# their means.
# ~ deviations = x - mean → deviations = x - x.mean(axis=0)
# %% wrong: components weigh as their counts (4.29)
# You added up the covariances of all components. Add up their sums of squares, and divide once, by
# what multiplies the log-determinant.
# -     scatter += (weight[:, None] * deviations).T @ deviations
# - return scatter / len(x)
# +     scatter += (weight[:, None] * deviations).T @ deviations / weight.sum()
# + return scatter
# %% wrong: the data twice, the same fit
# Taking K off the divisor is the unbiased pooled covariance. Which divisor comes out of (4.28)?
# ~ / len(x) → / max(len(x) - len(means), 1)
# %% wrong: deviations from the means given (4.17)
# You computed means of your own and left those that were given aside.
# ~ deviations = x - mean → deviations = x - weight @ x / weight.sum()
# %% wrong: components weigh as their counts (4.29)
# You took the deviation from each case's mixed mean. The square of an average is not the average of
# squares: each component's deviation is squared before it is weighted.
# - for weight, mean in zip(r.T, means, strict=True):
# -     deviations = x - mean
# -     scatter += (weight[:, None] * deviations).T @ deviations
# - return scatter / len(x)
# + deviations = x - r @ means
# + return deviations.T @ deviations / len(x)
# %% wrong: components weigh as their counts (4.29)
# The responsibilities do not enter: every case counts alike in every component.
# ~ weight[:, None] * deviations → deviations / len(means)
# %% wrong: off the diagonal (4.29)
# Tied does not mean diagonal: the shared covariance keeps its entries off the diagonal.
# ~ return scatter / len(x) → return np.diag(np.diag(scatter)) / len(x)
# %% wrong: units of x squared
# You added a small number to the diagonal, as programs do to keep a covariance invertible. It is
# not in (4.29), and where x is measured in larger units it is not small.
# ~ return scatter / len(x) → return scatter / len(x) + 1e-6 * np.eye(x.shape[1])
