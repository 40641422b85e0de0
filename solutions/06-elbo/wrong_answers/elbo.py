"""Wrong and unusual answers to elbo (lesson 06)."""

# %% right with_log_joint
# Expectation plus entropy (6.3), zeros masked twice.
def log_joint(x, weights, means, covariances):
    columns = []
    for k in range(len(weights)):
        log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
        with np.errstate(divide="ignore"):
            columns.append(np.log(weights[k]) + np.reshape(log_density, len(x)))
    return np.array(columns).T


def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()

# %% right
# Two loops and a Cholesky factor, term by term of (6.2).
def elbo(x, q, weights, means, covariances):
    total = 0.0
    for i, row in enumerate(x):
        for k, share in enumerate(q[i]):
            if share > 0:
                factor = np.linalg.cholesky(covariances[k])
                z = linalg.solve_triangular(factor, row - means[k], lower=True)
                total += share * (
                    np.log(weights[k]) - np.log(share) - np.log(np.diag(factor)).sum()
                    - 0.5 * (z @ z + len(row) * np.log(2 * np.pi))
                )
    return total

# %% right, from with_log_joint
# The log-likelihood less the divergence (6.7).
# - return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()
# + log_p = special.logsumexp(a, axis=1)
# + with np.errstate(divide="ignore", invalid="ignore"):
# +     terms = q * (np.log(q) - a + log_p[:, None])
# + return log_p.sum() - np.nansum(terms)
# %% right
# From the expected statistics of lesson 4: counts and scatter matrices.
def elbo(x, q, weights, means, covariances):
    c, d = q.sum(axis=0), x.shape[1]
    total = -np.sum(special.xlogy(q, q)) + np.sum(special.xlogy(c, weights))
    for k in range(len(c)):
        deviations = x - means[k]
        scatter = np.einsum("n,ni,nj->ij", q[:, k], deviations, deviations)
        log_determinant = np.linalg.slogdet(covariances[k])[1]
        trace = np.trace(np.linalg.solve(covariances[k], scatter))
        total -= 0.5 * (c[k] * (d * np.log(2 * np.pi) + log_determinant) + trace)
    return [total][0]

# %% wrong: one component, summed over rows (6.2)
# Your density looks at the first column of x only. How many columns may x have?
def elbo(x, q, weights, means, covariances):
    deviations = np.sqrt(np.array([S[0][0] for S in covariances]))
    a = np.log(weights) + stats.norm.logpdf(x[:, :1], means[:, 0], deviations)
    return np.sum(q * a) + special.entr(q).sum()

# %% wrong: log p at the posterior (6.8)
# This is the expected complete-data log-likelihood. (6.3) has a second term, which makes the bound
# touch.
# ~ + log_density - np.log(share) → + log_density
# %% wrong: log p at the posterior (6.8)
# Doubt raises the bound. With which sign does log q stand in (6.2), and which sign has it itself?
# ~ - np.log(share) → + np.log(share)
# %% wrong, from with_log_joint: log-joint of one label (6.2)
# You replaced q by the posterior. The bound is asked for at the q that is given.
#   a = log_joint(x, weights, means, covariances)
# + q = special.softmax(a, axis=1)
# %% wrong, from with_log_joint: log-joint of one label (6.2)
# This is log p(D; θ), which holds no q. It is what the bound lies below.
# - a = log_joint(x, weights, means, covariances)
# - return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()
# + return special.logsumexp(log_joint(x, weights, means, covariances), axis=1).sum()
# %% wrong, from with_log_joint: log p at the posterior (6.8)
# You took the log of an average over q. Jensen (6.1) moves the logarithm inside: the average is of
# logs.
# - return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()
# + return np.sum(special.logsumexp(a, b=q, axis=1)) + special.entr(q).sum()
# %% wrong: log-joint of one label (6.2)
# Your joint is p(x | z). Which factor of p(x, z; θ) is missing?
# ~ (np.log(weights[k]) + log_density - np.log(share)) → (log_density - np.log(share))
# %% wrong, from with_log_joint: one component, summed over rows (6.2)
# You put the posterior where (6.2) has the joint, and got minus a divergence. What is the
# difference between the two?
# - return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()
# + log_posterior = special.log_softmax(a, axis=1)
# + return np.sum(q * np.where(q > 0, log_posterior, 0.0)) + special.entr(q).sum()
# %% wrong: one component, summed over rows (6.2)
# You averaged over the rows. The bound on log p(D; θ) is a sum.
# ~ return total → return total / len(x)
# %% wrong, from with_log_joint: finite
# Where q is 0 you multiply 0 by infinity. Such a term counts as 0, and floating point has to be
# told.
# - return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()
# + return np.sum(q * (a - np.log(q)))
# %% wrong, from with_log_joint: finite
# The entropy minds the zeros of q, the expectation does not: a weight of 0 gives log 0 = −∞, and 0
# · −∞ is nan.
# - a = log_joint(x, weights, means, covariances)
# - return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()
# + return np.sum(q * log_joint(x, weights, means, covariances)) + special.entr(q).sum()
# %% wrong: finite
# Far from every component the density is 0 in floating point, and its log −∞. Stay in logs from the
# start.
# - log_density = stats.multivariate_normal.logpdf(x[picked], means[k], covariances[k])
# - total += np.sum(share * (np.log(weights[k]) + log_density - np.log(share)))
# + density = stats.multivariate_normal.pdf(x[picked], means[k], covariances[k])
# + total += np.sum(share * np.log(weights[k] * density / share))
# %% wrong: logs first (3.4)
# You replaced densities that vanish by a number of your own, so a point a hundred standard
# deviations away looks like one at thirty-seven. Stay in logs from the start.
# - log_density = stats.multivariate_normal.logpdf(x[picked], means[k], covariances[k])
# - total += np.sum(share * (np.log(weights[k]) + log_density - np.log(share)))
# + density = stats.multivariate_normal.pdf(x[picked], means[k], covariances[k])
# + total += np.sum(share * np.log(np.maximum(weights[k] * density, 1e-300) / share))
# %% wrong, from with_log_joint: log p at the posterior (6.8)
# You used only the most probable label of each row. The average runs over all labels that q allows.
# - return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()
# + return np.sum(a[np.arange(len(x)), q.argmax(axis=1)])
# %% wrong: one component, summed over rows (6.2)
# You kept only the variances. The density needs the whole covariance matrix.
# ~ means[k], covariances[k]) → means[k], np.diag(np.diag(covariances[k])))
# %% wrong: log p at the posterior (6.8)
# One logarithm is in nats, the other in bits.
# ~ np.log(share) → np.log2(share)
# %% wrong: log-joint of one label (6.2)
# You added the entropy of the weights. (6.3) has the entropy of q.
# ~ log_density - np.log(share) → log_density
# ~ return total → return total + np.sum(special.entr(weights)) * len(x)
# %% wrong: one component, summed over rows (6.2)
# This is the number of the example. The function is to compute it from its arguments.
def elbo(x, q, weights, means, covariances):
    return -4.974560

# %% wrong, from with_log_joint: arguments stay as they were
# You wrote into the caller's q. Work on a copy, or step over the zeros.
# - return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()
# + q[q == 0] = 1e-300
# + return np.sum(q * (np.maximum(a, -1e100) - np.log(q)))
