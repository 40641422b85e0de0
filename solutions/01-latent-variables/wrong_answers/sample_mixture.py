"""Wrong and unusual answers to sample_mixture (lesson 01)."""

# %% right
# Row by row with NumPy's own Gaussian; lists for an answer.
def sample_mixture(rng, n, weights, means, covariances):
    x, z = [], []
    for _ in range(n):
        k = rng.choice(len(weights), p=weights)
        x.append(rng.multivariate_normal(means[k], covariances[k]))
        z.append(int(k))
    return x, z

# %% right
# Labels by inverting the cumulative weights; an eigenvector root instead of Cholesky.
def sample_mixture(rng, n, weights, means, covariances):
    edges = np.cumsum(weights)[:-1]
    z = (rng.random(n)[:, None] > edges).sum(axis=1)
    values, vectors = np.linalg.eigh(covariances)
    roots = vectors * np.sqrt(values)[:, None, :]
    x = np.empty((n, means.shape[1]))
    for k in range(len(weights)):
        rows = np.flatnonzero(z == k)
        x[rows] = means[k] + rng.standard_normal((len(rows), means.shape[1])) @ roots[k].T
    return [x, z]

# %% right in_groups
# Multinomial counts, then a shuffle of x and z together.
def sample_mixture(rng, n, weights, means, covariances):
    d = means.shape[1]
    counts = rng.multinomial(n, weights)
    z = np.repeat(np.arange(len(weights)), counts)
    x = np.vstack(
        [
            rng.multivariate_normal(m, S, size=c).reshape(c, d)
            for m, S, c in zip(means, covariances, counts)
        ]
    )
    order = rng.permutation(n)
    return x[order], z[order]

# %% right
# Gumbel's trick for the labels; draws from every component, of which one is kept.
def sample_mixture(rng, n, weights, means, covariances):
    z = np.argmax(np.log(weights) + rng.gumbel(size=(n, len(weights))), axis=1)
    noise = rng.normal(size=(len(weights), n, means.shape[1]))
    every = means[:, None, :] + noise @ np.linalg.cholesky(covariances).transpose(0, 2, 1)
    return every[z, np.arange(n)], z

# %% wrong: variances of a component (1.15)
# You multiply the noise by Σ. Which covariance has Σε, and which matrix does (1.15) ask for?
# ~ np.linalg.cholesky(covariances) → covariances
# %% wrong: labels follow the weights (1.14)
# Your labels are all equally likely. What are the weights for?
# ~ rng.choice(len(weights), size=n, p=weights) → rng.integers(len(weights), size=n)
# %% wrong: labels follow the weights (1.14)
# You draw one z for all rows. Each row has its own.
def sample_mixture(rng, n, weights, means, covariances):
    k = rng.choice(len(weights), p=weights)
    x = rng.multivariate_normal(means[k], covariances[k], size=n)
    return x, np.full(n, k)

# %% wrong: x belongs to its z (1.14)
# You draw the labels twice: those that you return are not those that made x.
# ~ return x, z → return x, rng.choice(len(weights), size=n, p=weights)
# %% wrong, from in_groups: rows are independent
# Your rows come sorted by component, so a row tells the label of the next. Are they independent?
# ~ return x[order], z[order] → return x, z
# %% wrong, from in_groups: x belongs to its z (1.14)
# You shuffle x and z apart from each other. z[i] is the component of x[i].
# - order = rng.permutation(n)
# - return x[order], z[order]
# + rng.shuffle(x)
# + rng.shuffle(z)
# + return x, z
# %% wrong: rows are independent
# You fix how many rows each component gets. In independent draws these numbers are random; think of
# n = 2.
# - z = rng.choice(len(weights), size=n, p=weights)
# + counts = np.floor(n * weights).astype(int)
# + counts[np.argmax(weights)] += n - counts.sum()
# + z = rng.permutation(np.repeat(np.arange(len(weights)), counts))
# %% wrong: correlations of a component (1.15)
# Your columns are independent given z. Where are the entries of Σ off the diagonal?
# ~ np.linalg.cholesky(covariances) → np.array([np.diag(np.sqrt(np.diag(S))) for S in covariances])
# %% wrong: variances of a component (1.15)
# Your factor stands transposed. Compare L Lᵀ with Lᵀ L for a correlated Σ.
# - x = means[z] + np.einsum("nij,nj->ni", factors[z], noise)
# - return x, z
# + return means[z] + np.einsum("nji,nj->ni", factors[z], noise), z
# %% wrong: x belongs to its z (1.14)
# You draw one noise vector and use it for every row. How many does a sample of n rows need?
# ~ (n, means.shape[1]) → (1, means.shape[1])
# %% wrong: rows are independent
# You use each noise vector for two rows, so one row tells of the next.
# ~ ((n, means.shape[1])) → ((n // 2 + 1, means.shape[1])).repeat(2, axis=0)[:n]
# %% wrong: rows are independent
# Every component takes its noise from the top of one list, so rows of different components share
# it.
# - x = means[z] + np.einsum("nij,nj->ni", factors[z], noise)
# + x = np.empty_like(noise)
# + for k, factor in enumerate(factors):
# +     x[z == k] = means[k] + noise[: (z == k).sum()] @ factor.T
# %% wrong: rows are independent
# The second half of your noise is the first with its sign changed. Its mean is right, but are the
# rows independent?
# - noise = rng.standard_normal((n, means.shape[1]))
# + half = rng.standard_normal(((n + 1) // 2, means.shape[1]))
# + noise = np.concatenate([half, -half])[:n]
# %% wrong: all randomness comes from rng
# You seed a generator of your own with one of 100 numbers, so there are 100 samples in all. Draw
# from rng itself.
#   def sample_mixture(rng, n, weights, means, covariances):
# +     rng = np.random.default_rng(rng.integers(100))
# %% wrong: x belongs to its z (1.14)
# You average draws of all components. A mixture picks one component for each row.
def sample_mixture(rng, n, weights, means, covariances):
    draws = [rng.multivariate_normal(m, S, size=n) for m, S in zip(means, covariances)]
    x = sum(w * each for w, each in zip(weights, draws))
    z = rng.choice(len(weights), size=n, p=weights)
    return x, z

# %% wrong: all randomness comes from rng
# You draw from NumPy's global generator. The randomness is to come from rng.
def sample_mixture(rng, n, weights, means, covariances):
    z = np.random.choice(len(weights), size=n, p=weights)
    x = np.array([np.random.multivariate_normal(means[k], covariances[k]) for k in z])
    return x, z

# %% wrong: all randomness comes from rng
# You put a generator of your own in the place of rng, so every call draws the same.
#   def sample_mixture(rng, n, weights, means, covariances):
# +     rng = np.random.default_rng(0)
# %% wrong: Gaussian (1.15)
# Your noise has the right variance, but which distribution?
# - noise = rng.standard_normal((n, means.shape[1]))
# + noise = rng.uniform(-np.sqrt(3), np.sqrt(3), (n, means.shape[1]))
# %% wrong: labels
# Code counts components from 0.
# - x = means[z] + np.einsum("nij,nj->ni", factors[z], noise)
# - return x, z
# + return means[z] + np.einsum("nij,nj->ni", factors[z], noise), z + 1
# %% wrong: labels follow the weights (1.14)
# You wrote down two components. How many there are, the weights say.
# ~ rng.choice(len(weights), size=n, p=weights) → (rng.random(n) < weights[1]).astype(int)
# %% wrong: shape
# Your x has one number a row. Its shape is (n, d), also if d = 1.
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    deviations = np.sqrt(covariances[:, 0, 0])
    return rng.normal(means[z, 0], deviations[z]), z
