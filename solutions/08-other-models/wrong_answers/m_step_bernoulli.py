"""Wrong and unusual answers to m_step_bernoulli (lesson 08)."""

# %% right
# A multinomial with two words for each entry.
def m_step_bernoulli(x, r, alpha):
    ones = np.einsum("nk,nd->kd", r, x) + alpha
    zeros = np.einsum("nk,nd->kd", r, 1 - x) + alpha
    return r.mean(axis=0), ones / (ones + zeros)

# %% right
# Pseudo-rows put under the data: all ones and all zeros, each with weight alpha.
def m_step_bernoulli(x, r, alpha):
    more = np.vstack([x, np.ones((1, x.shape[1])), np.zeros((1, x.shape[1]))])
    b = [np.average(more, axis=0, weights=np.r_[share, alpha, alpha]) for share in r.T]
    return [share.sum() / len(x) for share in r.T], b

# %% right
# Entry by entry, over the rows where it is 1.
def m_step_bernoulli(x, r, alpha):
    c = [share.sum() for share in r.T]
    b = [
        [(r[x[:, j] == 1, k].sum() + alpha) / (c[k] + 2 * alpha) for j in range(x.shape[1])]
        for k in range(len(c))
    ]
    return [each / len(x) for each in c], b

# %% wrong: alpha on each side (8.21)
# You add alpha to the ones but not to what they are a share of. How many pseudo-cases are there
# with alpha on each side?
# ~ (c[:, None] + 2 * alpha) → c[:, None]
# %% wrong: alpha on each side (8.21)
# You add alpha ones and no zeros. It stands on each side.
# ~ 2 * alpha → alpha
# %% wrong: alpha on each side (8.21)
# You add alpha once for each entry of the row, as for words. An entry has two values; how many
# pseudo-cases does it get?
# ~ 2 * alpha → alpha * x.shape[1]
# %% wrong: share of ones (8.10)
# You normalise over the entries, as for words. Each entry has a probability of its own, and they
# need not sum to one.
# - return c / len(r), (r.T @ x + alpha) / (c[:, None] + 2 * alpha)
# + s = r.T @ x + alpha + 1e-12
# + return c / len(r), s / s.sum(axis=1, keepdims=True)
# %% wrong: share of ones (8.10)
# You divide by the number of all rows. A component has c_k of them.
# ~ c[:, None] + 2 → len(x) + 2
# %% wrong: alpha never smooths weights
# You smooth the weights as well. The prior is one on the probabilities of the entries.
# ~ c / len(r) → (c + alpha) / (c + alpha).sum()
# %% wrong: share of ones (8.10)
# You take plain means: every component gets the same. Rows count with their responsibilities.
# ~ c = r.sum(axis=0) → c, r = r.sum(axis=0), np.ones(r.shape)
# ~ c[:, None] → len(x)
# %% wrong: pseudo-counts (8.21)
# You leave alpha out, so a pixel that was never black never will be.
# ~ (r.T @ x + alpha) / (c[:, None] + 2 * alpha) → r.T @ x / c[:, None]
# %% wrong: shape
# Rows are components and columns are entries; yours are the other way round.
# ~ (r.T @ x + alpha) / (c[:, None] + 2 * alpha) → (x.T @ r + alpha) / (c + 2 * alpha)
# %% wrong: share of ones (8.10)
# These are the natural parameters, the log-odds. The probabilities are asked for.
# - return c / len(r), (r.T @ x + alpha) / (c[:, None] + 2 * alpha)
# + b = (r.T @ x + alpha) / (c[:, None] + 2 * alpha)
# + return c / len(r), special.logit(np.clip(b, 1e-9, 1 - 1e-9))
# %% wrong: alpha on each side (8.21)
# You add alpha once for each component. An entry has two values, and alpha stands on each of the
# two sides.
# ~ 2 * alpha → alpha * r.shape[1]
# %% wrong: pseudo-counts (8.21)
# You smooth after the division. A pseudo-count is added to counts, before.
# ~ (r.T @ x + alpha) / (c[:, None] + 2 * alpha) → (r.T @ x / c[:, None] + alpha) / (1 + 2 * alpha)
# %% wrong: pseudo-counts (8.21)
# You smooth only where all or none of the rows are 1. The Beta prior is there whatever the counts
# are.
# - return c / len(r), (r.T @ x + alpha) / (c[:, None] + 2 * alpha)
# + n, s = c[:, None], r.T @ x
# + edge = (s < 1e-12) | (s > n - 1e-12)
# + return c / len(r), np.where(edge, (s + alpha) / (n + 2 * alpha), s / n)
# %% wrong: share of ones (8.10)
# This is the posterior mean, which adds one more on each side. (8.21) is the mode.
# - return c / len(r), (r.T @ x + alpha) / (c[:, None] + 2 * alpha)
# + return c / len(r), (r.T @ x + alpha + 1) / (c[:, None] + 2 * alpha + 2)
# %% wrong: share of ones (8.10)
# You keep the probabilities off 0 and 1 by a floor of your own. If alpha is 0, an entry that is
# never 1 has the probability 0.
# - return c / len(r), (r.T @ x + alpha) / (c[:, None] + 2 * alpha)
# + return c / len(r), np.clip((r.T @ x + alpha) / (c[:, None] + 2 * alpha), 1e-3, 1 - 1e-3)
# %% wrong: share of ones (8.10)
# These are the probabilities of a zero.
# ~ r.T @ x → r.T @ (1 - x)
# %% wrong: weights are c_k / n (4.9)
# These are expected counts. Weights are their shares.
# ~ c / len(r) → c
