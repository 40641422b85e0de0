"""Wrong and unusual answers to score_means (lesson 03)."""

# %% right
# All at once with einsum and inverses.
def score_means(x, weights, means, covariances):
    u = x[:, None, :] - means
    pulls = np.einsum("kij,nkj->nki", np.linalg.inv(covariances), u)
    a = np.log(weights) - 0.5 * np.linalg.slogdet(covariances)[1]
    r = special.softmax(a - 0.5 * (u * pulls).sum(axis=2), axis=1)
    return np.einsum("nk,nki->ki", r, pulls)

# %% right
# Point by point: each adds its pull to each component.
def score_means(x, weights, means, covariances):
    score = np.zeros(means.shape)
    for row in x:
        logs = np.array([
            np.log(w) + stats.multivariate_normal.logpdf(row, m, S)
            for w, m, S in zip(weights, means, covariances)
        ])
        r = np.exp(logs - special.logsumexp(logs))
        for k in range(len(weights)):
            score[k] += r[k] * np.linalg.inv(covariances[k]) @ (row - means[k])
    return score

# %% right all_at_once
# The moments first: Σ r x less c_k μ_k, then one solve a component.
def score_means(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        a[:, k] = np.log(weights[k]) + stats.multivariate_normal.logpdf(
            x, means[k], covariances[k]
        )
    r = special.softmax(a, axis=1)

    towards = r.T @ x - r.sum(axis=0)[:, None] * means
    return np.linalg.solve(covariances, towards[:, :, None])[:, :, 0].tolist()

# %% wrong: covariance enters (3.20)
# The covariance is missing from the gradient: look at the unit, which is one over that of x.
# ~ [np.linalg.solve(S, pull) for S, pull in zip(covariances, pulls)] → pulls
# %% wrong: covariance enters (3.20)
# You multiply by the covariance; (3.20) has its inverse. A point pulls less at a wide component,
# not more.
# ~ np.linalg.solve(S, pull) → S @ pull
# %% wrong: covariance enters (3.20)
# You divide by the variances and leave the correlations out. Solve with the whole matrix.
# ~ np.linalg.solve(S, pull) → pull / np.diag(S)
# %% wrong: covariance enters (3.20)
# You solve with the Cholesky factor only once. (3.9) needs it for the length of a vector; the
# gradient has the inverse of the whole covariance.
# ~ np.linalg.solve(S, pull) → np.linalg.solve(np.linalg.cholesky(S), pull)
# %% wrong, from all_at_once: pull (3.21)
# The sign is turned: a point above the mean raises the likelihood if the mean moves up.
# - towards = r.T @ x - r.sum(axis=0)[:, None] * means
# - return np.linalg.solve(covariances, towards[:, :, None])[:, :, 0].tolist()
# + return [
# +     np.linalg.solve(covariances[k], r[:, k] @ (means[k] - x)) for k in range(len(weights))
# + ]
# %% wrong: pull (3.21)
# Every point pulls at every mean with its whole weight. How much of it belongs to component k?
# ~ r[:, k] @ (x - means[k]) → np.sum(x - means[k], axis=0)
# %% wrong: pull (3.21)
# Your posterior leaves the prior out: the weights enter it, see (3.2).
# ~ np.log(weight) + stats → stats
# %% wrong: pull (3.21)
# You use hard labels. Fisher's identity averages over the posterior.
# ~ r = special.softmax(log_joint, axis=1) → r = np.eye(len(weights))[log_joint.argmax(axis=1)]
# %% wrong: pull (3.21)
# You divide by c_k. That is the way to the next mean of EM, up to Σ_k; the gradient is a sum over
# the data.
# ~ [:, k] @ (x - means[k]) → [:, k] / r[:, k].sum() @ (x - means[k])
# %% wrong: pull (3.21)
# You average over the rows. The log-likelihood is summed over them, and so is its gradient.
# ~ (x - means[k]) for → (x - means[k]) / len(x) for
# %% wrong: pull (3.21)
# You weigh by the prior instead of the posterior: has x been seen or not?
# ~ r = special.softmax(log_joint, axis=1) → r = np.tile(weights, (len(x), 1))
# %% wrong: pull (3.21)
# You weigh by the joint. The constant p(x), which turns it into the posterior, is missing.
# ~ special.softmax(log_joint, axis=1) → np.exp(log_joint)
# %% wrong: pull (3.21)
# You differentiate the posterior as well. In (3.18) it stands outside the gradient and is held
# fixed.
#   r = special.softmax(log_joint, axis=1)
# + r = r * (1 + log_joint - (r * log_joint).sum(axis=1, keepdims=True))
# %% wrong: finite
# Far from every component all densities are 0 and your posterior is 0/0. Compute it in logs, as in
# (3.4).
# - r = special.softmax(log_joint, axis=1)
# + r = np.exp(log_joint) / np.exp(log_joint).sum(axis=1, keepdims=True)
# %% wrong, from all_at_once: shape
# Rows are components and columns are those of x; yours are the other way round.
# - towards = r.T @ x - r.sum(axis=0)[:, None] * means
# - return np.linalg.solve(covariances, towards[:, :, None])[:, :, 0].tolist()
# + return np.column_stack(
# +     [np.linalg.solve(covariances[k], r[:, k] @ (x - means[k])) for k in range(len(weights))]
# + )
