"""Wrong and unusual answers to monte_carlo_e_step (lesson 10)."""

# %% right
# By Gumbel noise on the log-joint, one draw after the other.
def monte_carlo_e_step(rng, x, weights, means, covariances, samples):
    n, K = len(x), len(weights)
    a = np.empty((n, K))
    for k in range(K):
        factor = np.linalg.cholesky(covariances[k])
        white = linalg.solve_triangular(factor, (x - means[k]).T, lower=True)
        a[:, k] = np.log(weights[k]) - np.log(np.diag(factor)).sum() - 0.5 * (white**2).sum(axis=0)
    counts = np.zeros((n, K))
    for _ in range(samples):
        counts[np.arange(n), (a + rng.gumbel(size=(n, K))).argmax(axis=1)] += 1
    return counts / samples

# %% right
# Row by row with choice, as lists.
def _posterior(x, weights, means, covariances):
    a = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    a = np.exp(a - a.max(axis=1, keepdims=True))
    return a / a.sum(axis=1, keepdims=True)


def monte_carlo_e_step(rng, x, weights, means, covariances, samples):
    K, rows = len(weights), []
    for p in _posterior(x, weights, means, covariances):
        z = rng.choice(K, size=samples, p=p)
        rows.append([float(np.mean(z == k)) for k in range(K)])
    return rows

# %% right
# By a child of rng for each row, counts in single precision.
def _posterior(x, weights, means, covariances):
    a = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    a = np.exp(a - a.max(axis=1, keepdims=True))
    return a / a.sum(axis=1, keepdims=True)


def monte_carlo_e_step(rng, x, weights, means, covariances, samples):
    r = _posterior(x, weights, means, covariances)
    counts = [each.multinomial(samples, p) for each, p in zip(rng.spawn(len(x)), r)]
    return (np.array(counts) / samples).astype(np.float32)

# %% wrong: frequencies of m draws (10.5)
# You return the posterior itself. Asked for are frequencies of draws from it.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + return special.softmax(log_joint, axis=1)
# %% wrong: draws from the posterior (10.6)
# You draw from the weights. Each row has its own posterior, which its x decides.
# ~ special.softmax(log_joint, axis=1) → weights, size=len(x)
# %% wrong: draws from the posterior (10.6)
# You leave out the weights: the prior enters Bayes' rule.
# ~ np.log(weight) + stats → stats
# %% wrong: draws from the posterior (10.6)
# You put all draws on the most probable component. A draw takes a component as often as its
# probability says.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + return np.eye(len(weights))[log_joint.argmax(axis=1)]
# %% wrong: draws from the posterior (10.6)
# Each of your rows holds one draw, repeated: with more draws the frequencies have to come nearer to
# the posterior.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + posterior = special.softmax(log_joint, axis=1)
# + return np.array([np.eye(len(weights))[rng.choice(len(weights), p=p)] for p in posterior])
# %% wrong: draws of a row are independent (10.6)
# You draw one uniform number a row and spread the others evenly about it. That has less noise than
# independent draws, which the question asks for.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + u = (rng.random((len(x), 1)) + np.arange(samples)) / samples
# + edges = np.cumsum(special.softmax(log_joint, axis=1), axis=1)
# + edges[:, -1] = 1.0
# + z = (u[:, :, None] > edges[:, None, :]).sum(axis=2)
# + return np.stack([(z == k).mean(axis=1) for k in range(len(weights))], axis=1)
# %% wrong: draws of a row are independent (10.6)
# All your rows share the same uniform numbers, so they are not independent of each other.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + edges = np.cumsum(special.softmax(log_joint, axis=1), axis=1)
# + edges[:, -1] = 1.0
# + z = np.array([(u > edges).sum(axis=1) for u in rng.random(samples)])
# + return np.stack([(z == k).mean(axis=0) for k in range(len(weights))], axis=1)
# %% wrong: frequencies of m draws (10.5)
# You draw from a Dirichlet distribution about the posterior. Its rows are shares, but of no draws:
# a frequency is a whole number over m.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + posterior = special.softmax(log_joint, axis=1)
# + return np.array([rng.dirichlet(samples * p + 1e-9) for p in posterior])
# %% wrong: rows sum to one
# You return counts. Divide by the number of draws.
# ~ / samples →
# %% wrong: all randomness comes from rng
# You make a generator of your own, with a fixed seed: every call then gives the same draws. Use the
# one that comes in.
# ~ rng.multinomial → np.random.default_rng(0).multinomial
# %% wrong: all randomness comes from rng
# You draw from a fresh generator that has no seed, so the same rng gives another answer each time.
# Draw with rng only.
# ~ rng.multinomial → np.random.default_rng().multinomial
# %% wrong: ValueError
# Far from every component all densities are 0 in floating point, and 0/0 is no probability. Stay in
# logs until a row's maximum is taken off.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + p = np.exp(log_joint)
# + return rng.multinomial(samples, p / p.sum(axis=1, keepdims=True)) / samples
# %% wrong: shape
# You return components in rows. Rows of r are rows of x.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + return (rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples).T
# %% wrong: draws from the posterior (10.6)
# You use the diagonals of the covariances. A normal density has the whole matrix.
# - np.log(weight) + stats.multivariate_normal.logpdf(x, mean, covariance)
# + np.log(weight) + stats.norm.logpdf(x, mean, np.sqrt(np.diag(covariance))).sum(axis=1)
# %% wrong: draws from the posterior (10.6)
# You leave out the determinants of the covariances: a narrow component is denser.
#   np.log(weight) + stats.multivariate_normal.logpdf(x, mean, covariance)
# + + 0.5 * np.linalg.slogdet(covariance)[1]
# %% wrong: draws of a row are independent (10.6)
# You give each component the whole part of m r and draw only the rest. That has less noise than
# independent draws.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + expected = special.softmax(log_joint, axis=1) * samples
# + rest = expected - np.floor(expected)
# + left = np.round(rest.sum(axis=1)).astype(int)
# + drawn = [rng.multinomial(m, p / p.sum()) if m else 0 * p for m, p in zip(left, rest)]
# + return (np.floor(expected) + drawn) / samples
# %% wrong: frequencies of m draws (10.5)
# You draw one time too few.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + drawn = max(samples - 1, 1)
# + return rng.multinomial(drawn, special.softmax(log_joint, axis=1)) / drawn
# %% wrong: shape
# You return the labels that were drawn. Count how often each came.
# - return rng.multinomial(samples, special.softmax(log_joint, axis=1)) / samples
# + posterior = special.softmax(log_joint, axis=1)
# + return np.array([rng.choice(len(weights), size=samples, p=p) for p in posterior])
