"""Wrong and unusual answers to m_step_means (lesson 04)."""

# %% right
# np.average divides by the sum of its weights.
def m_step_means(x, r):
    return np.array([np.average(x, axis=0, weights=r[:, k]) for k in range(r.shape[1])])

# %% right
# Q_k first, then its mean.
def m_step_means(x, r):
    shares = r / r.sum(axis=0)
    return np.einsum("nk,nd->kd", shares, x)

# %% right
# Three loops and lists.
def m_step_means(x, r):
    means = []
    for k in range(len(r[0])):
        count = sum(row[k] for row in r)
        means.append([
            sum(r[i][k] * x[i][j] for i in range(len(x))) / count for j in range(len(x[0]))
        ])
    return means

# %% wrong: means move with the data
# You divided by the number of all cases. By what must the weights of component k be divided so that
# they sum to one?
# ~ counts[:, None] → len(x)
# %% wrong: means move with the data
# A weighted sum is not yet a mean. What do the weights of component k sum to?
# ~ (r.T @ x) / counts[:, None] → r.T @ x
# %% wrong: means move with the data
# You normalised the rows of r, which sum to one already. Q_k is a distribution over the cases: over
# which index does it sum to one?
# ~ counts = r.sum(axis=0) → shares = r / r.sum(axis=1, keepdims=True)
# ~ (r.T @ x) / counts[:, None] → shares.T @ x
# %% wrong: labels as responsibilities (4.4)
# Every component has the mean of all the data: r does not enter. Which cases should count more in
# component k?
# ~ (r.T @ x) / counts[:, None] → np.tile(x.mean(axis=0), (r.shape[1], 1))
# %% wrong: weighted means (4.15)
# You gave each case wholly to its most probable component. (4.15) lets it count in all of them, by
# its share.
def m_step_means(x, r):
    z = r.argmax(axis=1)
    overall = x.mean(axis=0)
    return np.array(
        [x[z == k].mean(axis=0) if (z == k).any() else overall for k in range(r.shape[1])]
    )

# %% wrong: weighted means (4.15)
# Your weights sum to one, but they are not Q_k: how does (4.5) make them from r?
# ~ counts = r.sum(axis=0) → shares = r**2 / (r**2).sum(axis=0)
# ~ (r.T @ x) / counts[:, None] → shares.T @ x
# %% wrong: shape
# The numbers are there, with rows and columns swapped. One row belongs to one component.
# ~ counts = r.sum(axis=0) → means = (r.T @ x) / r.sum(axis=0)[:, None]
# ~ (r.T @ x) / counts[:, None] → means.T
# %% wrong: IndexError
# You wrote down two components. How many columns has r?
# ~ (r.T @ x) / counts[:, None] → np.array([r[:, 0] @ x / counts[0], r[:, 1] @ x / counts[1]])
# %% wrong: ValueError
# The product of r and x, entry by entry, pairs component k with column k of x. Each component needs
# the whole row of x.
# ~ (r.T @ x) / counts[:, None] → ((r * x).sum(axis=0) / counts)[:, None]
# %% wrong: arguments stay as they were
# The means are right, but the caller's responsibilities have become something else. Make a new
# array.
# ~ counts = r.sum(axis=0) → r /= r.sum(axis=0)
# ~ (r.T @ x) / counts[:, None] → r.T @ x
