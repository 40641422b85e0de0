"""Wrong and unusual answers to log_joint (lesson 01)."""

# %% right with_scipy
# scipy's log-density.
def log_joint(x, weights, means, covariances):
    return np.column_stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal.logpdf(x, m, S))
            for w, m, S in zip(weights, means, covariances)
        ]
    )

# %% right
# Row by row as (1.9) is written, with lists for an answer.
def log_joint(x, weights, means, covariances):
    d = x.shape[1]
    table = []
    for row in x:
        line = []
        for weight, mean, covariance in zip(weights, means, covariances):
            u = row - mean
            value = np.log(weight) - d / 2 * np.log(2 * np.pi)
            value -= 0.5 * np.log(np.linalg.det(covariance))
            value -= 0.5 * u @ np.linalg.inv(covariance) @ u
            line.append(float(value))
        table.append(line)
    return table

# %% right
# All components at once by their Cholesky factors.
def log_joint(x, weights, means, covariances):
    L = np.linalg.cholesky(covariances)
    u = x[:, None, :] - means
    white = np.linalg.solve(L, u.transpose(1, 2, 0))
    half_log_det = np.log(np.diagonal(L, axis1=1, axis2=2)).sum(axis=1)
    constant = np.log(weights) - half_log_det - x.shape[1] / 2 * np.log(2 * np.pi)
    return constant - 0.5 * np.einsum("kdn,kdn->nk", white, white)

# %% wrong: logs first (1.9)
# Far from a component its density is 0 before you take the logarithm. Write down the logarithm of
# the density instead.
# -     columns.append(np.log(weight) - 0.5 * log_determinant - 0.5 * distances)
# - return np.column_stack(columns)
# +     columns.append(weight * np.exp(-0.5 * log_determinant) * np.exp(-0.5 * distances))
# + return np.log(np.column_stack(columns))
# %% wrong: weight enters (1.9)
# This is the log-density of x given its component. Which factor of (1.8) is missing?
# ~ np.log(weight) - 0.5 → -0.5
# %% wrong: weight enters (1.9)
# You multiply the logarithm by the weight. What does the logarithm of a product become?
# - columns.append(np.log(weight) - 0.5 * log_determinant - 0.5 * distances)
# + columns.append(weight * (-0.5 * log_determinant - 0.5 * distances))
# %% wrong: dimension and distance (1.7)
# Your constant is that of one dimension. How often does (1.7) have the factor (2π)^(−1/2)?
# - log_determinant = np.linalg.slogdet(2 * np.pi * covariance)[1]
# + log_determinant = np.log(2 * np.pi) + np.linalg.slogdet(covariance)[1]
# %% wrong: whole covariance (1.7)
# You use the variances only. The entries off the diagonal belong to the distance and to the
# determinant as well.
# ~ deviations = x - mean → deviations, covariance = x - mean, np.diag(np.diag(covariance))
# %% wrong: variances (1.7)
# A wide component has a low density everywhere. Which term of (1.9) says so?
# ~ np.linalg.slogdet(2 * np.pi * covariance)[1] → x.shape[1] * np.log(2 * np.pi)
# %% wrong: variances (1.7)
# Compare the power of the determinant in (1.7) with what you take off in logs.
# ~ np.pi * covariance → np.pi * covariance @ covariance
# %% wrong: variances (1.7)
# You take Σ for a standard deviation. In one dimension, is Σ the variance or its root?
# - distances = np.sum(deviations * np.linalg.solve(covariance, deviations.T).T, axis=1)
# + distances = np.sum(np.linalg.solve(covariance, deviations.T) ** 2, axis=0)
# - log_determinant = np.linalg.slogdet(2 * np.pi * covariance)[1]
# + log_determinant = np.linalg.slogdet(2 * np.pi * covariance @ covariance)[1]
# %% wrong: standard deviation one (1.7)
# The exponent of (1.7) has a factor in front of the squared distance.
# ~ 0.5 * distances → distances
# %% wrong: dimension and distance (1.7)
# You look at the first column of x only. A row has d numbers.
# ~ deviations = x - mean → deviations, covariance = (x - mean)[:, :1], covariance[:1, :1]
# %% wrong, from with_scipy: arguments stay as they were
# You centre the data, and in place: the caller's x is gone, and the means do not move along.
#   def log_joint(x, weights, means, covariances):
# +     x -= x.mean(axis=0)
# %% wrong: IndexError
# You wrote down two components. How many there are, the weights say.
def log_joint(x, weights, means, covariances):
    a = np.log(weights[0]) + stats.multivariate_normal.logpdf(x, means[0], covariances[0])
    b = np.log(weights[1]) + stats.multivariate_normal.logpdf(x, means[1], covariances[1])
    return np.column_stack([np.atleast_1d(a), np.atleast_1d(b)])
