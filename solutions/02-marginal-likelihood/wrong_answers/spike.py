"""Wrong and unusual answers to spike (lesson 02)."""

# %% right
# Narrows down step by step; the spike is the second component.
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    weights = np.array([0.5, 0.5])
    means = np.array([mean, x[-1]])
    log_eps = 0.5 * np.log(s2)
    while True:
        covariances = np.array([s2 * np.eye(d), np.exp(2 * log_eps) * np.eye(d)])
        a = np.column_stack(
            [
                np.log(0.5)
                - 0.5 * ((x - m) ** 2).sum(axis=1) / S[0, 0]
                - d / 2 * np.log(2 * np.pi * S[0, 0])
                for m, S in zip(means, covariances)
            ]
        )
        if special.logsumexp(a, axis=1).sum() > bound:
            return weights, means, covariances
        log_eps -= 1.0

# %% right
# As narrow as the question can ever need, whatever the bound; lists for an answer.
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    covariances = [(s2 * np.exp(-620.0) * np.eye(d)).tolist(), (s2 * np.eye(d)).tolist()]
    return [[0.5, 0.5], [x[0].tolist(), mean.tolist()], covariances]

# %% right
# The wide component takes the data's own covariance and nearly all of the weight.
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    wide = np.cov(x.T, bias=True).reshape(d, d) + np.eye(d) if n > 1 else np.eye(d)
    w = 1 / (n + 1)
    narrow = np.diag(np.full(d, np.exp(-660.0) * np.trace(wide)))
    return np.array([w, 1 - w]), np.stack([x[n // 2], mean]), np.stack([narrow, wide])

# %% wrong: a spike on a row (2.26)
# Your spike stands on the mean of the data, where no data need be. On what does the narrow
# component have to sit, so that its density counts?
# ~ e2 = s2 * np.exp(-2 * log_ratio) → e2 = np.exp(-620.0)
# ~ np.array([x[0], mean]) → np.array([mean, mean])
# %% wrong: a spike on a row (2.26)
# A fixed width reaches a fixed height. How narrow must it be for the bound that is given?
# ~ e2 = s2 * np.exp(-2 * log_ratio) → e2 = 1e-6
# %% wrong: a spike on a row (2.26)
# ε in (2.26) is a standard deviation. What stands in the covariance?
# ~ np.exp(-2 * log_ratio) → np.exp(-log_ratio) / np.sqrt(s2)
# %% wrong: positive definite
# In d dimensions a spike climbs d times as fast, so this one is narrower than it has to be, and its
# variance becomes 0 in floating point.
# ~ (bound + 1 - l0) / d → bound + 1 - l0
# %% wrong: a spike on a row (2.26)
# Both components are narrow. Which density is left for the other rows?
# ~ e2 = s2 * np.exp(-2 * log_ratio) → s2 = e2 = np.exp(-620.0)
# ~ np.array([x[0], mean]) → np.array([x[0], x[1] if n > 1 else x[0]])
# %% wrong: data spread out
# Your wide component has variance 1, in whatever units the data come. What do rows hundreds away
# from the mean cost?
# ~ e2 = s2 * np.exp(-2 * log_ratio) → e2, s2 = np.exp(-650.0), 1.0
# %% wrong: positive definite
# What is the covariance of a single row, or of equal rows?
# - covariances = np.array([e2 * np.eye(d), s2 * np.eye(d)])
# + covariances = np.array([np.exp(-650.0) * np.eye(d), np.cov(x.T, bias=True).reshape(d, d)])
# %% wrong: finite
# What is ε if the bound lies far below ℓ_0?
# ~ max((bound + 1 - l0) / d, 0.0) → (bound + 1 - l0) / d
# %% wrong: positive definite
# A covariance of zero is no Gaussian density. Narrow the component down as far as the bound asks,
# and no further.
# ~ e2 = s2 * np.exp(-2 * log_ratio) → e2 = 0.0
# %% wrong: a spike on a row (2.26)
# The spike has all the weight. What is p(x) in the rows where it does not stand?
# ~ e2 = s2 * np.exp(-2 * log_ratio) → e2 = np.exp(-620.0)
# ~ np.array([0.5, 0.5]) → np.array([1.0, 0.0])
# %% wrong: shape
# You returned variances. A covariance is a matrix, also for d = 1.
# ~ e2 = s2 * np.exp(-2 * log_ratio) → e2 = np.exp(-620.0)
# ~ np.array([e2 * np.eye(d), s2 * np.eye(d)]) → np.array([e2, s2])
# %% wrong: a spike on a row (2.26)
# These are the numbers of the example. The spike has to stand on a row of x.
def spike(x, bound):
    covariances = np.array([[[2 * np.exp(-209.0)]], [[2.0]]])
    return np.array([0.5, 0.5]), np.array([[-1.0], [0.0]]), covariances
