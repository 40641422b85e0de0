"""Wrong and unusual answers to hard_em_step (lesson 07)."""

# %% right
# One-hot responsibilities and einsum, with a log-joint by Cholesky factors.
def hard_em_step(x, weights, means, covariances):
    away = x[:, None, :] - means
    L = np.linalg.cholesky(covariances)
    white = np.linalg.solve(L, away.transpose(1, 2, 0))
    volume = np.log(np.diagonal(L, axis1=1, axis2=2)).sum(axis=1)
    with np.errstate(divide="ignore"):
        a = np.log(weights) - volume - 0.5 * (white**2).sum(axis=1).T
    q = np.eye(len(weights))[np.argmax(a, axis=1)]
    n = q.sum(axis=0)
    full = n > 0
    m = np.where(full, n, 1)
    new = np.where(full[:, None], q.T @ x / m[:, None], means)
    dev = x[:, None, :] - new
    S = np.einsum("nk,nki,nkj->kij", q, dev, dev) / m[:, None, None]
    return n / n.sum(), new, np.where(full[:, None, None], S, covariances)

# %% right
# A loop over rows, plain lists as the result.
def hard_em_step(x, weights, means, covariances):
    K, d = means.shape
    members = [[] for _ in range(K)]
    for row in x:
        scores = []
        for w, m, s in zip(weights, means, covariances):
            if w == 0:
                scores.append(-np.inf)
            else:
                scores.append(np.log(w) + stats.multivariate_normal.logpdf(row, m, s))
        members[scores.index(max(scores))].append(row)
    theta = [], [], []
    for k, rows in enumerate(members):
        theta[0].append(len(rows) / len(x))
        if rows:
            mean = sum(rows) / len(rows)
            theta[1].append(mean.tolist())
            theta[2].append((sum(np.outer(y - mean, y - mean) for y in rows) / len(rows)).tolist())
        else:
            theta[1].append(means[k].tolist())
            theta[2].append(covariances[k].tolist())
    return theta

# %% right
# One-hot labels and np.where for the components without rows.
def hard_em_step(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    z = np.eye(len(weights))[a.argmax(axis=1)]
    c = z.sum(axis=0)
    safe = np.maximum(c, 1)
    new = np.where(c[:, None] > 0, z.T @ x / safe[:, None], means)
    away = x[:, None] - new
    shapes = np.einsum("nk,nki,nkj->kij", z, away, away) / safe[:, None, None]
    return [c / len(x), new, np.where(c[:, None, None] > 0, shapes, covariances)]

# %% wrong: one component a row (3.10)
# This is EM: a row is shared between components. In hard EM each row counts for its most probable
# component, and for no other.
# - labels = log_joint(x, weights, means, covariances).argmax(axis=1)
# - counts = np.bincount(labels, minlength=len(weights))
# + r = special.softmax(log_joint(x, weights, means, covariances), axis=1)
# + counts = r.sum(axis=0)
# - rows = x[labels == k]
# - means[k] = rows.mean(axis=0)
# - deviations = rows - means[k]
# - covariances[k] = deviations.T @ deviations / counts[k]
# + means[k] = r[:, k] @ x / counts[k]
# + deviations = x - means[k]
# + covariances[k] = (r[:, k, None] * deviations).T @ deviations / counts[k]
# %% wrong: weights enter the labels (3.10)
# Your labels compare densities. The posterior is proportional to density times weight: what is
# missing in the comparison?
# - labels = log_joint(x, weights, means, covariances).argmax(axis=1)
# + labels = log_joint(x, np.ones(len(weights)), means, covariances).argmax(axis=1)
# %% wrong: one component a row (3.10)
# The nearest mean in the Euclidean distance is the label of k-means. Here each component has a
# covariance, which says how to measure distance, and a weight.
# - labels = log_joint(x, weights, means, covariances).argmax(axis=1)
# + labels = ((x[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
# %% wrong: covariances enter the labels (3.10)
# Your comparison has the distances and the weights, but not the determinants: a wide component is
# also a low one. Look at all terms of the log-joint (3.8).
# - labels = log_joint(x, weights, means, covariances).argmax(axis=1)
# + away = x[:, None] - means
# + squared = np.einsum("nki,kij,nkj->nk", away, np.linalg.inv(covariances), away)
# + labels = (np.log(weights) - squared / 2).argmax(axis=1)
# %% wrong: covariances of the rows (4.4)
# You divide by n_k − 1. The maximum of the complete-data likelihood divides by n_k; with another
# divisor C may fall.
# ~ covariances[k] = deviations.T @ deviations / counts[k] → covariances[k] = np.cov(rows.T)
# %% wrong: covariances of the rows (4.4)
# Your deviations are from the means that came in. Which means are in (4.4)?
#   rows = x[labels == k]
# + deviations = rows - means[k]
# - deviations = rows - means[k]
# %% wrong: finite
# The mean of no rows is 0/0. What does the question say about a component without rows?
# ~ np.flatnonzero(counts) → range(len(weights))
# %% wrong: a component without rows
# Your empty component keeps its old weight, so the weights no longer sum to one. Which weights
# maximise Σ n_k log π_k if some n_k is 0?
# ~ return counts / len(x), means → return np.where(counts > 0, counts / len(x), weights), means
# %% wrong: shape
# A component without rows is missing from your answer. np.bincount and np.unique know only the
# labels that occur: how many components are there?
# - return counts / len(x), means, covariances
# + some = counts > 0
# + return counts[some] / len(x), means[some], covariances[some]
# %% wrong: ties to the lowest
# Where two components tie, your label is the higher one.
# - labels = log_joint(x, weights, means, covariances).argmax(axis=1)
# + labels = len(weights) - 1 - log_joint(x, weights, means, covariances)[:, ::-1].argmax(axis=1)
# %% wrong: ties to the lowest
# A row whose two components tie counts for both of yours, so the weights do not sum to one. Each
# row has one label.
# - labels = log_joint(x, weights, means, covariances).argmax(axis=1)
# - counts = np.bincount(labels, minlength=len(weights))
# + a = log_joint(x, weights, means, covariances)
# + best = a == a.max(axis=1, keepdims=True)
# + counts = best.sum(axis=0)
# ~ x[labels == k] → x[best[:, k]]
# %% wrong: far points (3.4)
# Far from every component all your densities are 0, and argmax returns label 0. Compare logs: the
# largest log-joint is where the largest joint would be.
# ~ log_joint(x, weights, means, covariances) → np.exp(log_joint(x, weights, means, covariances))
# %% wrong: arguments stay as they were
# You write the new means into the array that you were given, so whoever called you has lost θ_t.
# Work on a copy.
# - means, covariances = np.array(means, dtype=float), np.array(covariances, dtype=float)
# %% wrong: covariances of the rows (4.4)
# You keep the variances only. The components of this lesson have full covariances: what about the
# products of different coordinates in (4.4)?
# ~ deviations.T @ deviations / counts[k] → np.diag(rows.var(axis=0))
# %% wrong: a weight of 0, far from the others
# You put a small number in place of a weight of 0, and far from the other components it wins. The
# log of 0 is −∞: a component of weight 0 gets no row, however near.
# - labels = log_joint(x, weights, means, covariances).argmax(axis=1)
# + labels = log_joint(x, np.maximum(weights, 1e-300), means, covariances).argmax(axis=1)
# %% wrong: data in small units (4.4)
# You add a small number to each variance. Whether it is small depends on the unit of x; and the
# rows of each label are enough without it.
# ~ counts[k] → counts[k] + 1e-6 * np.eye(x.shape[1])
