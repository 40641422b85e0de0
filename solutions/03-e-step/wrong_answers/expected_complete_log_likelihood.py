"""Wrong and unusual answers to expected_complete_log_likelihood (lesson 03)."""

# %% right
# The two sums of (3.15), with xlogy for 0 log 0.
def expected_complete_log_likelihood(x, r, weights, means, covariances):
    value = special.xlogy(r.sum(axis=0), weights).sum()
    u = x[:, None, :] - means
    d2 = np.einsum("nki,kij,nkj->nk", u, np.linalg.inv(covariances), u)
    log_det = np.linalg.slogdet(2 * np.pi * covariances)[1]
    return value - 0.5 * np.sum(r * (log_det + d2))

# %% right in_a_table
# The table of log-joints, with 0 where r is 0.
def expected_complete_log_likelihood(x, r, weights, means, covariances):
    log_joint = np.empty(r.shape)
    with np.errstate(divide="ignore"):
        for k in range(len(weights)):
            log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
            log_joint[:, k] = np.log(weights[k]) + log_density
    return np.sum(r * np.where(r > 0, log_joint, 0))

# %% right
# A double loop that skips labels without probability.
def expected_complete_log_likelihood(x, r, weights, means, covariances):
    total = 0
    for row, q in zip(x, r):
        for k in range(len(q)):
            if q[k] > 0:
                L = np.linalg.cholesky(covariances[k])
                z = np.linalg.solve(L, row - means[k])
                log_density = -np.log(np.diag(L)).sum() - 0.5 * z @ z
                log_density -= 0.5 * len(row) * np.log(2 * np.pi)
                total = total + q[k] * (np.log(weights[k]) + log_density)
    return total

# %% wrong, from in_a_table: average of logs, summed (3.14)
# This is log p(D), the log of a sum over labels. In (3.14) the log comes first, and the average
# over labels after it.
# ~ np.sum(r * np.where(r > 0, log_joint, 0)) → special.logsumexp(log_joint, axis=1).sum()
# %% wrong, from in_a_table: average of logs, summed (3.14)
# You average the densities and take the log last. Where does the logarithm stand in (3.14)?
# ~ np.sum(r * np.where(r > 0, log_joint, 0)) → special.logsumexp(log_joint, b=r, axis=1).sum()
# %% wrong: average of logs, summed (3.14)
# One of the two sums of (3.15) is missing: the complete data have labels, and labels have
# probabilities.
# ~ (np.log(weights[k]) + log_density) → log_density
# %% wrong, from in_a_table: average of logs, summed (3.14)
# You divide by the number of rows. Log-likelihoods are summed over the rows of D.
# ~ np.sum(r * np.where(r > 0, log_joint, 0)) → np.where(r > 0, r * log_joint, 0).sum() / len(x)
# %% wrong, from in_a_table: average of logs, summed (3.14)
# You have added the entropy of r. That gives the bound of lesson 6; asked was the expectation
# alone.
# - return np.sum(r * np.where(r > 0, log_joint, 0))
# + return np.where(r > 0, r * log_joint, 0).sum() + special.entr(r).sum()
# %% wrong, from in_a_table: average of logs, summed (3.14)
# You take one label a row, the most probable. That is the right end of (3.17)'s first inequality;
# asked was the average over labels.
# ~ np.sum(r * np.where(r > 0, log_joint, 0)) → log_joint[np.arange(len(x)), r.argmax(axis=1)].sum()
# %% wrong: average of logs, summed (3.14)
# You take the mean of r for the weights. Those are the weights of the next M-step; the weights of
# this θ are an argument.
# ~ np.log(weights[k]) + log_density → np.log(r[:, k].mean()) + log_density
# %% wrong, from in_a_table: the r that is given (3.14)
# You compute the posterior at the θ of the arguments and leave r unused. In (3.14) the weights
# belong to θ_t and the logarithm to θ: two different parameters.
# - return np.sum(r * np.where(r > 0, log_joint, 0))
# + q = special.softmax(log_joint, axis=1)
# + return np.where(q > 0, q * log_joint, 0).sum()
# %% wrong, from in_a_table: finite
# Where a weight is 0 you multiply 0 by −inf, which is nan in floating point. What does a label that
# never occurs add to an average?
# ~ np.sum(r * np.where(r > 0, log_joint, 0)) → (r * log_joint).sum()
# %% wrong: finite
# You compute the density and take its log afterwards; far from a component the density is 0 before
# the log is taken. Ask for the log density at once.
# - if r[:, k].any():
# -     log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
# -     total += np.sum(r[:, k] * (np.log(weights[k]) + log_density))
# + if weights[k] > 0:
# +     density = stats.multivariate_normal.pdf(x, means[k], covariances[k])
# +     total += np.sum(r[:, k] * np.log(weights[k] * density))
# %% wrong: log density (3.8)
# The factor (2π)^(−d/2) cancels in a posterior, but not here: nothing is divided by.
# - total += np.sum(r[:, k] * (np.log(weights[k]) + log_density))
# + constant = x.shape[1] / 2 * np.log(2 * np.pi)
# + total += np.sum(r[:, k] * (np.log(weights[k]) + log_density + constant))
# %% wrong, from in_a_table: log density (3.8)
# You average the joint itself. Asked was the average of its logarithm.
# ~ np.sum(r * np.where(r > 0, log_joint, 0)) → (r * np.exp(log_joint)).sum()
# %% wrong, from in_a_table: arguments stay as they were
# You write the products into r, and whoever gave you r has lost it. Make a new array.
# - return np.sum(r * np.where(r > 0, log_joint, 0))
# + r *= np.where(r > 0, log_joint, 0)
# + return r.sum()
# %% wrong, from in_a_table: shape
# You return one number a row. Asked was their sum, the value for the whole of D.
# ~ np.sum(r * np.where(r > 0, log_joint, 0)) → np.where(r > 0, r * log_joint, 0).sum(axis=1)
