"""Wrong and unusual answers to complete_data_fit (lesson 04)."""

# %% right
# Labels as responsibilities, one einsum for all groups.
def complete_data_fit(x, z, K):
    one_hot = np.eye(K)[z]
    counts = one_hot.sum(axis=0)
    means = one_hot.T @ x / counts[:, None]
    deviations = x[:, None, :] - means
    covariances = np.einsum("nk,nki,nkj->kij", one_hot, deviations, deviations)
    return counts / counts.sum(), means, covariances / counts[:, None, None]

# %% right
# Row by row with outer products, and lists for an answer.
def complete_data_fit(x, z, K):
    weights, means, covariances = [], [], []
    for k in range(K):
        rows = [row for row, label in zip(x, z) if label == k]
        weights.append(len(rows) / len(z))
        mean = sum(rows) / len(rows)
        means.append(list(mean))
        total = sum(np.outer(row - mean, row - mean) for row in rows)
        covariances.append((total / len(rows)).tolist())
    return [weights, means, covariances]

# %% right
# np.cov with the maximum-likelihood divisor.
def complete_data_fit(x, z, K):
    d = x.shape[1]
    weights = np.bincount(z, minlength=K) / z.size
    means = np.stack([np.mean(x[z == k], axis=0) for k in range(K)])
    covariances = [np.cov(x[z == k], rowvar=False, ddof=0).reshape(d, d) for k in range(K)]
    return weights, means, np.stack(covariances)

# %% wrong: the data twice, the same fit
# Your divisor makes the estimate unbiased. Which divisor makes the likelihood largest? Put your
# covariance into the derivative of one group's log-likelihood.
# ~ each.T @ each / len(each) → each.T @ each / max(len(each) - 1, 1)
# %% wrong: shares of the labels (4.4)
# You returned how many cases each group has. Weights are probabilities: what must they sum to?
# ~ len(group) / len(x) → len(group)
# %% wrong: shares of the labels (4.4)
# Your weights do not look at the labels. Groups differ in size, and the weights say so.
# ~ len(group) / len(x) → 1 / K
# %% wrong: variances of the groups (4.4)
# Each group's spread is taken about the mean of all the data. From which point does (4.4) measure
# the deviations of group k?
# ~ mean for group, mean in zip(groups, means, strict=True) → x.mean(axis=0) for group in groups
# %% wrong: off the diagonal (4.4)
# You have the variances but not how the columns vary together. What is the outer product of a
# deviation with itself?
# ~ each.T @ each / len(each) → np.diag((each**2).mean(axis=0))
# %% wrong: variances of the groups (4.4)
# Every group has the covariance of all the data. In (4.3) the pair of component k sees only the
# cases of its own group.
# - covariances = np.array([each.T @ each / len(each) for each in deviations])
# + covariances = np.array([np.cov(x.T, bias=True).reshape(x.shape[1], -1)] * K)
# %% wrong: shape
# You wrote down two groups. The number of components is an argument.
# ~ for k in range(K) → for k in range(2)
# %% wrong: shape
# These are the numbers of the example. The function is to compute them from its arguments.
def complete_data_fit(x, z, K):
    weights = np.array([0.4, 0.6])
    means = np.array([[2.0, 2.0], [2.0, 1.0]])
    covariances = np.array([[[4.0, 2.0], [2.0, 1.0]], [[2.0, -1.0], [-1.0, 2.0]]])
    return weights, means, covariances

# %% wrong: units of x squared
# You added a small number to the diagonal, as programs do to keep a covariance invertible. It is
# not in (4.4), and where x is measured in larger units it is not small.
# ~ each.T @ each / len(each) → each.T @ each / len(each) + 1e-6 * np.eye(x.shape[1])
