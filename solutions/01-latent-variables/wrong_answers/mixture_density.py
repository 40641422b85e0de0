"""Wrong and unusual answers to mixture_density (lesson 01)."""

# %% right
# In logs, exponentiated at the end.
def mixture_density(x, weights, means, covariances):
    log_p = [
        np.log(w) + np.atleast_1d(stats.multivariate_normal.logpdf(x, m, S))
        for w, m, S in zip(weights, means, covariances)
    ]
    return np.exp(special.logsumexp(log_p, axis=0))

# %% right
# einsum for all components; |2πΣ| holds the power of 2π.
def mixture_density(x, weights, means, covariances):
    u = x[:, None, :] - means
    distances = np.einsum("nki,kij,nkj->nk", u, np.linalg.inv(covariances), u)
    densities = np.exp(-distances / 2) / np.sqrt(np.linalg.det(2 * np.pi * covariances))
    return densities @ weights

# %% right
# Two loops and a list.
def mixture_density(x, weights, means, covariances):
    d = len(means[0])
    result = []
    for row in x:
        p = 0.0
        for weight, mean, covariance in zip(weights, means, covariances):
            u = row - mean
            exponent = -0.5 * u @ np.linalg.solve(covariance, u)
            norm = (2 * np.pi) ** (d / 2) * np.linalg.det(covariance) ** 0.5
            p += weight * np.exp(exponent) / norm
        result.append(p)
    return result

# %% wrong: mixture (1.10)
# All your components weigh the same. Which weights does (1.10) give them?
# ~ weight * stats → 1 / len(weights) * stats
# %% wrong: mixture (1.10)
# This is one Gaussian with averaged parameters. (1.10) averages the densities.
def mixture_density(x, weights, means, covariances):
    mean = weights @ means
    covariance = np.einsum("k,kij->ij", weights, covariances)
    return np.atleast_1d(stats.multivariate_normal.pdf(x, mean, covariance))

# %% wrong: mixture (1.10)
# You keep the likeliest component alone. What does (1.1) do with the others?
# - total += weight * stats.multivariate_normal.pdf(x, mean, covariance)
# + total = np.maximum(total, weight * stats.multivariate_normal.pdf(x, mean, covariance))
# %% wrong: shape
# This is the joint, one column a component. The marginal has z summed out.
# ~ len(x) → (len(x), 0)
# - total += weight * stats.multivariate_normal.pdf(x, mean, covariance)
# + density = np.atleast_1d(stats.multivariate_normal.pdf(x, mean, covariance))
# + total = np.column_stack([total, weight * density])
# %% wrong: one row, one component (1.7)
# You add up logarithms, which multiplies densities. The sum in (1.10) is one of densities.
# - total += weight * stats.multivariate_normal.pdf(x, mean, covariance)
# + total += np.log(weight) + stats.multivariate_normal.logpdf(x, mean, covariance)
# %% wrong: one row, one component (1.7)
# You made the values at these rows sum to one. A density integrates to one over all x, and its
# value at a row does not depend on which other rows were asked for.
# ~ return total → return total / total.sum()
# %% wrong: a density may exceed 1 (1.10)
# You cut the result at 1. Is the value of a density a probability?
# ~ return total → return np.minimum(total, 1.0)
# %% wrong: one row, one component (1.7)
# A product over the columns is right for independent columns. Where did the off-diagonal entries of
# Σ go?
# - total += weight * stats.multivariate_normal.pdf(x, mean, covariance)
# + total += weight * stats.norm.pdf(x, mean, np.sqrt(np.diag(covariance))).prod(axis=1)
# %% wrong: one row, one component (1.7)
# You look at the first column of x only. A row has d numbers.
# - total += weight * stats.multivariate_normal.pdf(x, mean, covariance)
# + total += weight * stats.norm.pdf(x[:, 0], mean[0], np.sqrt(covariance[0, 0]))
# %% wrong: one row, one component (1.7)
# Which power has the determinant in (1.7)?
# - total += weight * stats.multivariate_normal.pdf(x, mean, covariance)
# + away = x - mean
# + distances = np.sum(away @ np.linalg.inv(covariance) * away, axis=1)
# + norm = (2 * np.pi) ** (x.shape[1] / 2) * np.linalg.det(covariance)
# + total += weight * np.exp(-distances / 2) / norm
# %% wrong: finite
# Where every density is 0 you compute -inf less -inf. What is the density there?
def mixture_density(x, weights, means, covariances):
    densities = [
        np.atleast_1d(stats.multivariate_normal.pdf(x, m, S)) for m, S in zip(means, covariances)
    ]
    log_p = np.log(np.array(densities) * weights[:, None])
    top = log_p.max(axis=0)
    return np.exp(top + np.log(np.exp(log_p - top).sum(axis=0)))
