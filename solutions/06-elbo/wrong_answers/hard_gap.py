"""Wrong and unusual answers to hard_gap (lesson 06)."""

# %% right in_logs
# (6.9) as it stands, in logs.
def log_joint(x, weights, means, covariances):
    columns = []
    for k in range(len(weights)):
        log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
        with np.errstate(divide="ignore"):
            columns.append(np.log(weights[k]) + np.reshape(log_density, len(x)))
    return np.array(columns).T


def hard_gap(x, weights, means, covariances):
    log_posterior = special.log_softmax(log_joint(x, weights, means, covariances), axis=1)
    return -sum(max(row) for row in log_posterior)

# %% right, from in_logs
# The largest responsibility is at least 1/K, so its log is safe.
# - log_posterior = special.log_softmax(log_joint(x, weights, means, covariances), axis=1)
# - return -sum(max(row) for row in log_posterior)
# + r = special.softmax(log_joint(x, weights, means, covariances), axis=1)
# + return -np.log(r.max(axis=1)).sum()
# %% right
# log p less the bound at the hard q, whose entropy is 0.
def log_joint(x, weights, means, covariances):
    columns = []
    for k in range(len(weights)):
        log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
        with np.errstate(divide="ignore"):
            columns.append(np.log(weights[k]) + np.reshape(log_density, len(x)))
    return np.array(columns).T


def hard_gap(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    label = a.argmax(axis=1)
    bound = a[np.arange(len(x)), label].sum()
    return np.logaddexp.reduce(a, axis=1).sum() - bound

# %% wrong: one row (6.9)
# This is the expected number of wrong labels, from lesson 3. The gap is a divergence: put a hard q
# into (6.5).
# - return np.sum(special.logsumexp(log_joint, axis=1) - log_joint.max(axis=1))
# + return np.sum(1 - special.softmax(log_joint, axis=1).max(axis=1))
# %% wrong: one row (6.9)
# This is the entropy of the posterior. Which q is hard here, and which of the two has the entropy
# 0?
# - return np.sum(special.logsumexp(log_joint, axis=1) - log_joint.max(axis=1))
# + return np.sum(special.entr(special.softmax(log_joint, axis=1)))
# %% wrong: summed over rows (6.9)
# You averaged over the rows. (6.9) sums over them.
# ~ return np.sum( → return np.mean(
# %% wrong: one row (6.9)
# The bound never exceeds log p, so the gap is not negative. What is subtracted from what?
# ~ return np.sum( → return -np.sum(
# %% wrong: the weights choose as well (3.10)
# Neither your log p nor your labels know the weights. Which factor of the joint is missing?
# - with np.errstate(divide="ignore"):
# -     log_joint += np.log(weights)
# %% wrong: the weights choose as well (3.10)
# You chose each label by p(x | z) alone. The most probable component also depends on how common it
# is.
# ~ log_joint += np.log(weights) → density, log_joint = log_joint, log_joint + np.log(weights)
# - return np.sum(special.logsumexp(log_joint, axis=1) - log_joint.max(axis=1))
# + chosen = log_joint[np.arange(len(x)), density.argmax(axis=1)]
# + return np.sum(special.logsumexp(log_joint, axis=1) - chosen)
# %% wrong: finite
# Far from every component all densities are 0 in floating point, and you subtract −∞ from −∞. Stay
# in logs.
# - return np.sum(special.logsumexp(log_joint, axis=1) - log_joint.max(axis=1))
# + joint = np.exp(log_joint)
# + return np.sum(np.log(joint.sum(axis=1)) - np.log(joint.max(axis=1)))
# %% wrong: logs first (3.4)
# The number that you add decides for points that are far from everything: all components look alike
# there. Stay in logs.
# - return np.sum(special.logsumexp(log_joint, axis=1) - log_joint.max(axis=1))
# + joint = np.exp(log_joint) + 1e-300
# + return np.sum(np.log(joint.sum(axis=1)) - np.log(joint.max(axis=1)))
# %% wrong: summed over rows (6.9)
# You took one maximum over the whole table. Every row has a label of its own.
# - return np.sum(special.logsumexp(log_joint, axis=1) - log_joint.max(axis=1))
# + return np.sum(special.logsumexp(log_joint, axis=1)) - log_joint.max()
# %% wrong: one row (6.9)
# Your gap is in bits.
# - return np.sum(special.logsumexp(log_joint, axis=1) - log_joint.max(axis=1))
# + return np.sum(special.logsumexp(log_joint, axis=1) - log_joint.max(axis=1)) / np.log(2)
# %% wrong: one row (6.9)
# Your bound is tight, as it is at the posterior. The hard q is not the posterior.
# ~ log_joint.max(axis=1) → special.logsumexp(log_joint, axis=1)
# %% wrong: any number of components
# Your formula is for two components. How many are there?
# - return np.sum(special.logsumexp(log_joint, axis=1) - log_joint.max(axis=1))
# + return np.sum(np.log1p(np.exp(-np.abs(log_joint[:, 0] - log_joint[:, 1]))))
# %% wrong: one row (6.9)
# This is the number of the example. The function is to compute it from its arguments.
def hard_gap(x, weights, means, covariances):
    return np.log(1.5) + np.log(1 + 2 * np.exp(-1.5))
