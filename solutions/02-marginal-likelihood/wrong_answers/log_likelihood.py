"""Wrong and unusual answers to log_likelihood (lesson 02)."""

# %% right with_scipy
# SciPy's density, SciPy's log-sum-exp.
def log_likelihood(x, weights, means, covariances):
    log_joint = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return special.logsumexp(log_joint, axis=1).sum()

# %% right
# Loops over rows and components; a component of weight 0 is left out.
def log_likelihood(x, weights, means, covariances):
    total = 0.0
    for row in x:
        terms = []
        for k in range(len(weights)):
            if weights[k] == 0:
                continue
            off = row - means[k]
            _, log_det = np.linalg.slogdet(2 * np.pi * covariances[k])
            distance = off @ np.linalg.solve(covariances[k], off)
            terms.append(np.log(weights[k]) - 0.5 * log_det - 0.5 * distance)
        top = max(terms)
        total += top + np.log(sum(np.exp(term - top) for term in terms))
    return float(total)

# %% right
# All rows and components in one einsum.
def log_likelihood(x, weights, means, covariances):
    d = x.shape[1]
    off = x[:, None, :] - means
    inverses = np.linalg.inv(covariances)
    distance = np.einsum("nki,kij,nkj->nk", off, inverses, off)
    log_det = np.linalg.slogdet(covariances)[1]
    a = np.log(weights) - 0.5 * (d * np.log(2 * np.pi) + log_det + distance)
    return np.logaddexp.reduce(a, axis=1).sum()

# %% wrong: logs first (2.9)
# Right on paper. What is the density of a point at 60 standard deviations in floating point, and
# its logarithm?
# - return np.sum(largest + np.log(np.exp(log_joint - largest[:, None]).sum(axis=1)))
# + return np.sum(np.log(np.exp(log_joint).sum(axis=1)))
# %% wrong: sum of logs, not log of a product (2.2)
# The product of hundreds of small densities is 0 in floating point. Where does the logarithm go?
# - return np.sum(largest + np.log(np.exp(log_joint - largest[:, None]).sum(axis=1)))
# + return np.log(np.prod(np.exp(log_joint).sum(axis=1)))
# %% wrong, from with_scipy: rows add (2.2)
# Your number is the average over the rows. Two rows hold more than one: what does (2.2) do with
# them?
# ~ (log_joint, axis=1).sum() → (log_joint, axis=1).mean()
# %% wrong: log outside the sum over k (2.2)
# You averaged the logarithms of the densities. In (2.2) the sum over k stands inside the logarithm.
# - largest = log_joint.max(axis=1)
# - return np.sum(largest + np.log(np.exp(log_joint - largest[:, None]).sum(axis=1)))
# + seen = weights > 0
# + return np.sum(weights[seen] * (log_joint - log_weights)[:, seen])
# %% wrong, from with_scipy: log outside the sum over k (2.2)
# You kept the largest term of each row. By how much can the sum exceed it, see (2.10)?
# ~ special.logsumexp(log_joint, axis=1).sum() → log_joint.max(axis=1).sum()
# %% wrong: log outside the sum over k (2.2)
# Every component counts the same in your sum. Where does π_k enter the joint?
# ~ log_weights = np.log(weights) → log_weights = np.log(np.full(len(weights), 1 / len(weights)))
# %% wrong, from with_scipy: whole covariance enters
# You multiply one density a column, as if the columns were independent. What do the entries off the
# diagonal of Σ_k say?
# - np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
# + np.log(w) + stats.norm.logpdf(x, m, np.sqrt(np.diag(S))).sum(axis=1)
# %% wrong: density of one Gaussian
# A wide Gaussian is lower at its mean than a narrow one. Which term of the log-joint says so?
# ~ 2 * np.log(np.diag(factor)).sum() → x.shape[1] * np.log(2 * np.pi)
# %% wrong: density of one Gaussian
# The product of the diagonal of L is the root of the determinant. Have you halved twice?
# - log_determinant = 2 * np.log(np.diag(factor)).sum()
# + log_determinant = np.log(np.diag(factor)).sum() + x.shape[1] / 2 * np.log(2 * np.pi)
# %% wrong: density of one Gaussian
# Does your density integrate to one? A constant cancels in ratios and in maxima, but this exercise
# asks for the value.
# ~ factor = np.linalg.cholesky(2 * np.pi * covariance) → factor = np.linalg.cholesky(covariance)
# ~ np.pi * (whitened**2) → 0.5 * (whitened**2)
# %% wrong: any number of components
# You wrote down two components. The number of components is in the shape of the weights.
def log_likelihood(x, weights, means, covariances):
    a = np.log(weights[0]) + stats.multivariate_normal.logpdf(x, means[0], covariances[0])
    b = np.log(weights[-1]) + stats.multivariate_normal.logpdf(x, means[-1], covariances[-1])
    return np.sum(a if len(weights) == 1 else np.logaddexp(a, b))

# %% wrong, from with_scipy: logs first (2.9)
# One maximum for the whole table. What becomes of a row that lies far below the best one?
# - return special.logsumexp(log_joint, axis=1).sum()
# + top = log_joint.max()
# + return np.sum(top + np.log(np.exp(log_joint - top).sum(axis=1)))
# %% wrong, from with_scipy: shape
# You returned one number a row. The log-likelihood of the data is one number.
# ~ (log_joint, axis=1).sum() → (log_joint, axis=1)
# %% wrong, from with_scipy: rows add (2.2)
# You summed over the rows inside the logarithm as well. Rows multiply, components add.
# ~ (log_joint, axis=1).sum() → (log_joint)
# %% wrong: density of one Gaussian
# A constant added to the weights keeps log 0 away and changes every other weight. What is e to the
# power -inf?
# ~ np.log(weights) → np.log(weights + 1e-3)
# %% wrong: weight of zero
# A weight of 1e-300 is not 0: a row that all other components find less likely than that is given
# to the component that cannot have it.
# ~ np.log(weights) → np.log(np.maximum(weights, 1e-300))
