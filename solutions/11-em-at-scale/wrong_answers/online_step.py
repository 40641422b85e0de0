"""Wrong and unusual answers to online_step (lesson 11)."""

# %% right plain_loops
# Every sum written out.
def online_step(statistics, block, theta, step):
    a = log_joint(block, *theta)
    p = np.exp(a - a.max(axis=1, keepdims=True))
    r = p / p.sum(axis=1, keepdims=True)
    n, d = block.shape
    K = len(theta[0])
    seen_c = r.sum(axis=0) / n
    seen_s = r.T @ block / n
    seen_S = np.zeros((K, d, d))
    for k in range(K):
        seen_S[k] = (r[:, k, None] * block).T @ block / n
    c = (1 - step) * statistics[0] + step * seen_c
    s = (1 - step) * statistics[1] + step * seen_s
    S = (1 - step) * statistics[2] + step * seen_S
    means = s / c[:, None]
    covariances = np.zeros((K, d, d))
    for k in range(K):
        covariances[k] = S[k] / c[k] - np.outer(means[k], means[k])
    return (c, s, S), (c, means, covariances)

# %% right
# Tensor products and lists in place of tuples.
def online_step(statistics, block, theta, step):
    r = special.softmax(log_joint(block, *theta), axis=1)
    squares = block[:, :, None] * block[:, None, :]
    seen = [np.tensordot(r, part, (0, 0)) for part in (np.ones(len(block)), block, squares)]
    mixed = [(1 - step) * np.array(a) + step * b / len(block) for a, b in zip(statistics, seen)]
    c = mixed[0].reshape(-1, 1)
    means = mixed[1] / c
    spread = np.einsum("ki,kj->kij", means, means)
    return mixed, [mixed[0] / mixed[0].sum(), means, mixed[2] / c[:, :, None] - spread]

# %% right
# Scatters about the means, merged by (11.6), and moved back to 0 at the end.
def online_step(statistics, block, theta, step):
    (c0, s0, S0), r = statistics, special.softmax(log_joint(block, *theta), axis=1)
    old, new = s0 / c0[:, None], r.T @ block / r.sum(axis=0)[:, None]
    u = block[:, None] - new
    scatter = np.einsum("nk,nki,nkj->kij", r, u, u) / len(block)
    a, b = (1 - step) * c0, step * r.mean(axis=0)
    c, gap = a + b, new - old
    means = (a[:, None] * old + b[:, None] * new) / c[:, None]
    M = (1 - step) * (S0 - c0[:, None, None] * old[:, :, None] * old[:, None, :])
    M = M + step * scatter + (a * b / c)[:, None, None] * gap[:, :, None] * gap[:, None, :]
    raw = M + c[:, None, None] * means[:, :, None] * means[:, None, :]
    return (c, c[:, None] * means, raw), (c, means, M / c[:, None, None])

# %% wrong: mixed with γ (11.16)
# You make a step with γ for every row. (11.16) makes one for the whole block.
def online_step(statistics, block, theta, step):
    c, s, S = statistics
    for x in block:
        r = special.softmax(log_joint(x[None], *theta), axis=1)[0]
        c = (1 - step) * c + step * r
        s = (1 - step) * s + step * r[:, None] * x
        S = (1 - step) * S + step * r[:, None, None] * np.outer(x, x)
    m = s / c[:, None]
    v = S / c[:, None, None] - m[:, :, None] * m[:, None, :]
    return (c, s, S), (c, m, v)

# %% wrong, from plain_loops: mixed with γ (11.16)
# You keep covariances in the place of second moments. S is Σ r x xᵀ a row.
# ~ s, S → s, covariances
# %% wrong, from plain_loops: mixed with γ (11.16)
# You divide the block's first moments by its counts. (11.16) divides all three sums by the number
# of rows.
# ~ r.T @ block / n → r.T @ block / r.sum(axis=0)[:, None]
# %% wrong, from plain_loops: mixed with γ (11.16)
# Your second moments leave out the responsibilities.
# ~ (r[:, k, None] * block).T → block.T
# %% wrong, from plain_loops: mixed with γ (11.16)
# You assign each row to one component. The E-step shares it out.
# ~ p / p.sum(axis=1, keepdims=True) → np.eye(p.shape[1])[p.argmax(axis=1)]
# %% wrong, from plain_loops: mixed with γ (11.16)
# You normalise over the rows of the block. Responsibilities sum to one in each row, over the
# components.
# ~ p.sum(axis=1, keepdims=True) → p.sum(axis=0)
# %% wrong, from plain_loops: weights (11.16)
# Your weights are those that were passed. The M-step renews them too.
# ~ c, means → theta[0], means
# %% wrong, from plain_loops: covariances (11.16)
# Your covariances have no entries off the diagonal.
#   covariances[k] = S[k] / c[k] - np.outer(means[k], means[k])
# + covariances[k] = np.diag(np.diag(covariances[k]))
# %% wrong, from plain_loops: mixed with γ (11.16)
# The statistics come first, then θ.
# ~ (c, s, S), (c, means, covariances) → (c, means, covariances), (c, s, S)
# %% wrong, from plain_loops: arguments stay as they were
# The *= and += of an array change the array itself, here the caller's statistics.
# - c = (1 - step) * statistics[0] + step * seen_c
# + c = statistics[0]
# + c *= 1 - step
# + c += step * seen_c
# %% wrong, from plain_loops: mixed with γ (11.16)
# γ is the weight of the new block, not of what was there.
#       seen_S[k] = (r[:, k, None] * block).T @ block / n
# + step = 1 - step
# %% wrong, from plain_loops: mixed with γ (11.16)
# You mix in the sums of the block. (11.16) divides them by its number of rows.
# ~ block.shape → 1, block.shape[1]
# %% wrong, from plain_loops: mixed with γ (11.16)
# You add the block to all of what was there. What was there shrinks by 1 − γ.
# ~ (1 - step) * statistics[0] → statistics[0]
# ~ (1 - step) * statistics[1] → statistics[1]
# ~ (1 - step) * statistics[2] → statistics[2]
# %% wrong, from plain_loops: mixed with γ (11.16)
# You made an M-step of the old statistics before the E-step. The E-step is at the θ that was
# passed.
# - a = log_joint(block, *theta)
# + m = statistics[1] / statistics[0][:, None]
# + v = statistics[2] / statistics[0][:, None, None] - m[:, :, None] * m[:, None, :]
# + a = log_joint(block, statistics[0], m, v)
# %% wrong, from plain_loops: mixed with γ (11.16)
# You return the statistics of the block alone; the next step needs the mixed ones.
# ~ c, s, S → seen_c, seen_s, seen_S
# %% wrong, from plain_loops: mixed with γ (11.16)
# Your second moments are about the old means. Here they are raw: Σ r x xᵀ.
# - seen_S[k] = (r[:, k, None] * block).T @ block / n
# + u = block - theta[1][k]
# + seen_S[k] = (r[:, k, None] * u).T @ u / n
# %% wrong, from plain_loops: mixed with γ (11.16)
# Your responsibilities leave out the weights.
# ~ block, *theta → block, np.ones(len(theta[0])), theta[1], theta[2]
# %% wrong, from plain_loops: covariances (11.16)
# S/c is the mean of x xᵀ. What has to go off to make it a covariance?
# ~ [k] - np.outer(means[k], means[k]) → [k]
# %% wrong, from plain_loops: covariances (11.16)
# You take off the outer product of the old means. The M-step's covariance is about the new ones.
# ~ means[k], means[k] → theta[1][k], theta[1][k]
# %% wrong, from plain_loops: means (11.16)
# s is a sum over rows with the component's share in it. Divide by c_k for its mean.
# ~ s / c[:, None] → s
# %% wrong, from plain_loops: weights (11.16)
# You mix parameters: the M-step of the block, averaged with θ. (11.16) mixes statistics and then
# makes one M-step.
# - return (c, s, S), (c, means, covariances)
# + m = seen_s / seen_c[:, None]
# + v = seen_S / seen_c[:, None, None] - m[:, :, None] * m[:, None, :]
# + mixed = tuple((1 - step) * a + step * b for a, b in zip(theta, (seen_c, m, v)))
# + return (c, s, S), mixed
# %% wrong, from plain_loops: weights (11.16)
# You return the M-step of the block alone. It belongs to the mixed statistics.
# - return (c, s, S), (c, means, covariances)
# + m = seen_s / seen_c[:, None]
# + v = seen_S / seen_c[:, None, None] - m[:, :, None] * m[:, None, :]
# + return (c, s, S), (seen_c, m, v)
# %% wrong, from plain_loops: finite
# Far from all components every density is 0 in floating point. Take each row's maximum off before
# you exponentiate.
# ~ a - a.max(axis=1, keepdims=True) → a
# %% wrong, from plain_loops: parts
# The statistics come first, then θ, each as a tuple of three.
# ~ (c, s, S), (c, means, covariances) → c, s, S, c, means, covariances
