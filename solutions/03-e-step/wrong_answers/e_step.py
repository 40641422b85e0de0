"""Wrong and unusual answers to e_step (lesson 03)."""

# %% right
# The last column is what the others leave of 1, which may be −1e-17 in floating point.
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    r = special.softmax(a, axis=1)
    left = np.ones(len(x))
    for k in range(len(weights) - 1):
        left -= r[:, k]
    r[:, -1] = left
    return r

# %% right
# scipy's log densities and softmax.
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    with np.errstate(divide="ignore"):
        for k in range(len(weights)):
            log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
            a[:, k] = np.log(weights[k]) + log_density
    return special.softmax(a, axis=1)

# %% right
# A double loop over rows and components, with an inverse and a determinant.
def e_step(x, weights, means, covariances):
    result = []
    for row in x:
        logs = []
        for w, m, S in zip(weights, means, covariances):
            u = row - m
            logs.append(
                np.log(w) - 0.5 * np.log(np.linalg.det(S)) - 0.5 * u @ np.linalg.inv(S) @ u
            )
        terms = [np.exp(each - max(logs)) for each in logs]
        result.append([float(term / sum(terms)) for term in terms])
    return result

# %% right
# One einsum for all distances; one over the sum of the odds against each component.
def e_step(x, weights, means, covariances):
    keep = weights > 0
    u = x[:, None, :] - means[keep]
    d2 = np.einsum("nki,kij,nkj->nk", u, np.linalg.inv(covariances[keep]), u)
    a = np.log(weights[keep]) - 0.5 * (np.linalg.slogdet(covariances[keep])[1] + d2)
    r = np.zeros((len(x), len(weights)))
    with np.errstate(over="ignore"):
        r[:, keep] = 1 / np.exp(a[:, None, :] - a[:, :, None]).sum(axis=2)
    return r

# %% wrong: prior enters (3.2)
# You compare the densities of x under the components. Before x was seen, were all components
# equally probable?
# ~ log_joint += np.log(weights) → pass
# %% wrong: finite
# Far from every component all your densities are 0, and 0/0 is no number. Take logs, and each row's
# maximum off, before you exponentiate (3.4).
# ~ - log_joint.max(axis=1, keepdims=True) →
# %% wrong: rows sum to one
# A tiny number in the denominator hides the 0/0 and returns a row of zeros. The point does belong
# somewhere: work in logs and take each row's maximum off.
# ~ - log_joint.max(axis=1, keepdims=True) →
# ~ relative.sum(axis=1, keepdims=True) → (relative.sum(axis=1, keepdims=True) + 1e-300)
# %% wrong: finite
# You take the maximum of the whole table off. Another row may lie thousands of nats lower: which
# m(x) does (3.4) ask for?
# ~ log_joint.max(axis=1, keepdims=True) → log_joint.max()
# %% wrong: rows sum to one
# Your columns sum to one, not your rows. The component is unknown, the row is given: over what does
# the denominator of (3.2) sum?
# ~ log_joint.max(axis=1, keepdims=True) → log_joint.max(axis=0)
# ~ relative.sum(axis=1, keepdims=True) → relative.sum(axis=0)
# %% wrong: shape
# You have one row a component; one row a point and one column a component was asked for.
# - return relative / relative.sum(axis=1, keepdims=True)
# + return (relative / relative.sum(axis=1, keepdims=True)).T
# %% wrong: determinant (3.8)
# A wide component is lower at its top than a narrow one. Which term of (3.8) says so, and does it
# depend on k?
# ~ -np.log(np.diag(factor)).sum() - 0.5 → -0.5
# %% wrong: determinant (3.8)
# The determinant enters with a power of one half: compare your constant with (3.8).
# ~ -np.log(np.diag(factor)).sum() → -2 * np.log(np.diag(factor)).sum()
# %% wrong: whole covariance enters (3.8)
# You use the variances and leave the correlations out. What does the inverse of a matrix do with
# the entries off its diagonal?
# ~ factor = np.linalg.cholesky(covariance) → factor = np.diag(np.sqrt(np.diag(covariance)))
# %% wrong: distance (3.8)
# A variance stands where a standard deviation belongs: check the unit of the distance in your
# exponent, it has none.
# - whitened = linalg.solve_triangular(factor, (x - mean).T, lower=True)
# + whitened = np.linalg.solve(covariance, (x - mean).T)
# %% wrong: distance (3.8)
# The exponent of a Gaussian has a factor one half before the squared distance.
# ~ 0.5 * (whitened**2) → (whitened**2)
# %% wrong: distance (3.8)
# You multiply by the covariance where (3.8) has its inverse: a wider component would make the same
# point farther away.
# ~ linalg.solve_triangular(factor, (x - mean).T, lower=True) → factor.T @ (x - mean).T
# %% wrong: prior enters (3.2)
# You return a hard assignment. The posterior is a row of probabilities, and only rarely 0 and 1.
# ~ relative / relative.sum(axis=1, keepdims=True) → np.eye(len(weights))[log_joint.argmax(axis=1)]
# %% wrong: not negative
# You stopped at (3.4), which is the log of what was asked for.
# - return relative / relative.sum(axis=1, keepdims=True)
# + return log_joint - special.logsumexp(log_joint, axis=1, keepdims=True)
# %% wrong: rows sum to one
# This is the joint p(x, z). Its constant is still to be divided out: which sum is it?
# - log_joint[:, k] = -np.log(np.diag(factor)).sum() - 0.5 * (whitened**2).sum(axis=0)
# + log_joint[:, k] = stats.multivariate_normal.logpdf(x, mean, covariance)
# - relative = np.exp(log_joint - log_joint.max(axis=1, keepdims=True))
# - return relative / relative.sum(axis=1, keepdims=True)
# + return np.exp(log_joint)
# %% wrong: arguments stay as they were
# You take the mean off x itself, so the next component sees data that have moved, and so does
# whoever called you. Make a new array of the differences.
# - whitened = linalg.solve_triangular(factor, (x - mean).T, lower=True)
# + x -= mean
# + whitened = linalg.solve_triangular(factor, x.T, lower=True)
# %% wrong: weight of zero (3.2)
# You moved the weights away from 0 before taking the log. A component of weight 0 explains nothing,
# however near the point; log 0 = −inf is just right here.
# ~ np.log(weights) → np.log(weights + 1e-8)
# %% wrong: shape
# Your answer knows two components only. Let the columns run over all K.
def e_step(x, weights, means, covariances):
    a, b = (
        np.log(weights[k]) + np.atleast_1d(
            stats.multivariate_normal(means[k], covariances[k]).logpdf(x)
        )
        for k in (0, 1)
    )
    r = special.expit(a - b)
    return np.column_stack([r, 1 - r])

# %% wrong: distance (3.8)
# You use the first column of x only. With d columns the density is that of all of them together,
# with the whole covariance (3.8).
# - factor = np.linalg.cholesky(covariance)
# + x, mean, factor = x[:, :1], mean[:1], np.sqrt(covariance[:1, :1])
# %% wrong: distance (3.8)
# You give each point to components by its plain distance to the means. The covariance says in which
# unit a distance is measured, and it is another one for each component.
# ~ factor = np.linalg.cholesky(covariance) → factor = np.eye(len(mean))
# %% wrong: whole covariance enters (3.8)
# solve_triangular reads the upper triangle unless you say lower=True, and that of a Cholesky factor
# L holds its diagonal only: the correlations are lost.
# ~ (x - mean).T, lower=True) → (x - mean).T)
# %% wrong: weight of zero (3.2)
# You lift the weights to 1e-300 before taking the log. Its log is −691 only, and a point that is
# far from the other components is worth more nats than that.
# ~ np.log(weights) → np.log(np.maximum(weights, 1e-300))
# %% wrong: AxisError
# Of a single row scipy's logpdf returns a plain number, and numbers have no axis 1 to be stacked
# along. Make arrays of them first.
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w) + stats.multivariate_normal(m, S).logpdf(x)
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    return special.softmax(a, axis=1)
