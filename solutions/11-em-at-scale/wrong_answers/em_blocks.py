"""Wrong and unusual answers to em_blocks (lesson 11)."""

# %% right plain_loops
# One loop over iterations, one over blocks, one over components.
def em_blocks(blocks, start, iterations):
    weights, means, covariances = start
    K, d = means.shape
    trace = []
    for t in range(iterations + 1):
        c, s, S, log_p = np.zeros(K), np.zeros((K, d)), np.zeros((K, d, d)), 0.0
        centre = means
        for x in blocks:
            a = log_joint(x, weights, means, covariances)
            top = a.max(axis=1, keepdims=True)
            p = np.exp(a - top)
            total = p.sum(axis=1, keepdims=True)
            r = p / total
            c = c + r.sum(axis=0)
            for k in range(K):
                deviations = x - centre[k]
                s[k] += r[:, k] @ deviations
                S[k] += (r[:, k, None] * deviations).T @ deviations
            log_p += float((top + np.log(total)).sum())
        trace.append(log_p)
        if t == iterations:
            break
        shift = s / c[:, None]
        weights = c / c.sum()
        means = centre + shift
        covariances = S / c[:, None, None] - shift[:, :, None] * shift[:, None, :]
    return (weights, means, covariances), np.array(trace)

# %% right
# Two passes over the blocks an iteration: the means first, then deviations from them.
def em_blocks(blocks, start, iterations):
    theta, trace = start, []
    for t in range(iterations + 1):
        joints = [log_joint(x, *theta) for x in blocks]
        trace.append(sum(special.logsumexp(a, axis=1).sum() for a in joints))
        if t < iterations:
            shares = [special.softmax(a, axis=1) for a in joints]
            c = sum(r.sum(axis=0) for r in shares)
            means = sum(r.T @ x for r, x in zip(shares, blocks)) / c[:, None]
            around = [
                sum((r[:, k] * (x - means[k]).T) @ (x - means[k]) for r, x in zip(shares, blocks))
                for k in range(len(c))
            ]
            theta = c / c.sum(), means, np.array(around) / c[:, None, None]
    return theta, trace

# %% right
# All blocks joined: the same numbers, though not with less memory.
def em_blocks(blocks, start, iterations):
    x = np.concatenate(blocks)
    (weights, means, covariances), trace = start, []
    while True:
        a = log_joint(x, weights, means, covariances)
        trace.append(np.logaddexp.reduce(a, axis=1).sum())
        if len(trace) > iterations:
            return (weights, means, covariances), trace
        r = np.exp(a - np.logaddexp.reduce(a, axis=1)[:, None])
        weights, means = r.mean(axis=0), np.array([np.average(x, axis=0, weights=q) for q in r.T])
        covariances = np.array(
            [np.cov(x.T, aweights=q, ddof=0).reshape(x.shape[1], -1) for q in r.T]
        )

# %% right
# Each block about its own means, merged by (11.6).
def em_blocks(blocks, start, iterations):
    theta, trace = start, []
    for t in range(iterations + 1):
        total = None
        log_p = 0.0
        for x in blocks:
            a = log_joint(x, *theta)
            log_density = np.logaddexp.reduce(a, axis=1)
            log_p += log_density.sum()
            r = np.exp(a - log_density[:, None])
            c = r.sum(axis=0)
            means = r.T @ x / c[:, None]
            u = x[:, None] - means
            scatter = np.einsum("nk,nki,nkj->kij", r, u, u)
            if total is None:
                total = c, means, scatter
                continue
            count, mean, M = total
            gap, both = means - mean, count + c
            between = (count * c / both)[:, None, None] * gap[:, :, None] * gap[:, None, :]
            total = both, mean + (c / both)[:, None] * gap, M + scatter + between
        trace.append(log_p)
        if t < iterations:
            theta = total[0] / total[0].sum(), total[1], total[2] / total[0][:, None, None]
    return theta, trace

# %% right
# All rows moved once, so that one of them is the origin.
def em_blocks(blocks, start, iterations):
    (weights, means, covariances), origin, trace = start, blocks[0][0], []
    means, moved = means - origin, [x - origin for x in blocks]
    for _ in range(iterations):
        joints = [log_joint(x, weights, means, covariances) for x in moved]
        trace.append(sum(special.logsumexp(a, axis=1).sum() for a in joints))
        shares = [special.softmax(a, axis=1) for a in joints]
        c = sum(r.sum(axis=0) for r in shares)
        means = sum(r.T @ x for r, x in zip(shares, moved)) / c[:, None]
        S = sum(np.einsum("nk,ni,nj->kij", r, x, x) for r, x in zip(shares, moved))
        covariances = S / c[:, None, None] - np.einsum("ki,kj->kij", means, means)
        weights = c / sum(map(len, moved))
    last = [log_joint(x, weights, means, covariances) for x in moved]
    trace.append(sum(special.logsumexp(a, axis=1).sum() for a in last))
    return [weights, means + origin, covariances], trace

# %% wrong, from plain_loops: covariances (11.3)
# You average the blocks' covariances, each about the block's own means. What is the last term of
# (11.6)?
# - S[k] += (r[:, k, None] * deviations).T @ deviations
# + own = x - r[:, k] @ x / r[:, k].sum()
# + S[k] += (r[:, k, None] * own).T @ own
# ~ [:, None, None] - shift[:, :, None] * shift[:, None, :] → [:, None, None]
# %% wrong, from plain_loops: means (11.3)
# Each block's moments are about the block's own means, and you add them as they are. Statistics add
# about one centre; move them there first, by (11.4).
# ~ centre[k] → r[:, k] @ x / r[:, k].sum()
# %% wrong, from plain_loops: covariances (11.3)
# You divide by c_k − 1. The maximum likelihood estimate divides by c_k.
# ~ c[:, None, None] → (c[:, None, None] - 1)
# %% wrong, from plain_loops: covariances (11.3)
# You added something to the diagonal of the covariances. The M-step (11.3) has no such term.
# - covariances = S / c[:, None, None] - shift[:, :, None] * shift[:, None, :]
# + covariances = (
# +     S / c[:, None, None] - shift[:, :, None] * shift[:, None, :] + 1e-3 * np.eye(d)
# + )
# %% wrong, from plain_loops: weights (11.3)
# You divide the counts by the rows of the last block. Which n is meant in (11.3)?
# ~ c.sum() → len(x)
# %% wrong, from plain_loops: weights (11.3)
# Your weights stay as they were at the start.
# - weights = c / c.sum()
# %% wrong, from plain_loops: weights (11.3)
# You normalise over the rows of a block. Responsibilities sum to one in each row, over the
# components.
# ~ p / total → p / p.sum(axis=0)
# %% wrong, from plain_loops: weights (11.3)
# You leave out the weights in the responsibilities; log_joint has them in it.
# ~ p / total → special.softmax(a - np.log(weights), axis=1)
# %% wrong, from plain_loops: the last value is that of θ
# Your E-step is at the start in every iteration. It belongs to the newest θ.
# ~ x, weights, means, covariances → x, *start
# %% wrong, from plain_loops: log-likelihood of all blocks (11.2)
# You skip blocks that have fewer rows than there are components. Their statistics count like all
# others.
#   for x in blocks:
# +     if len(x) < K:
# +         continue
# %% wrong, from plain_loops: arguments stay as they were
# The += of an array changes the array itself: the means of the start, here. Write means = means +
# shift.
# ~ means = centre + shift → means += shift
# %% wrong, from plain_loops: logs first (3.4)
# You add a tiny number so that nothing is divided by 0. Far from all components that number is then
# the answer. Take each row's maximum off before you exponentiate.
# ~ (a - top) → (a) + 1e-300
# ~ (top + np.log(total)).sum() → np.log(total).sum()
# %% wrong, from plain_loops: log-likelihood of all blocks (11.2)
# Your trace holds the log-likelihood of the last block. Add it over the blocks.
# ~ log_p += float((top + np.log(total)).sum()) → log_p = float((top + np.log(total)).sum())
# %% wrong, from plain_loops: log-likelihood of all blocks (11.2)
# Your trace holds averages over rows. log p(D; θ) is a sum.
# ~ (log_p) → (log_p / sum(map(len, blocks)))
# %% wrong, from plain_loops: log-likelihood of all blocks (11.2)
# You average the blocks' log-likelihoods. They add, by (11.2).
# ~ (log_p) → (log_p / len(blocks))
# %% wrong, from plain_loops: iterations + 1 values
# Your trace lacks a value. How many parameters are there from the start to the last iteration?
# ~ iterations + 1 → iterations
# %% wrong, from plain_loops: no iteration, the start
# You make one M-step more than was asked for. What is the result of no iterations?
# - if t == iterations:
# -     break
# %% wrong, from plain_loops: one block
# Your sums still hold those of the iterations before. Statistics add at one θ_t only: start them at
# zero in each pass.
#   trace = []
# + c, s, S = np.zeros(K), np.zeros((K, d)), np.zeros((K, d, d))
# ~ c, s, S, log_p = np.zeros(K), np.zeros((K, d)), np.zeros((K, d, d)), 0.0 → log_p = 0.0
# %% wrong, from plain_loops: weights (11.3)
# Each block counts alike, however many rows it has. Statistics are sums, not averages.
# ~ p / total → p / total / len(x)
# %% wrong, from plain_loops: covariances (11.3)
# Your covariances are about the old means. Which term of (11.3) moves them to the new?
# ~ [:, None, None] - shift[:, :, None] * shift[:, None, :] → [:, None, None]
# %% wrong, from plain_loops: means (11.3)
# s_k/c_k is the mean's distance from the centre. Where is the centre?
# ~ centre + shift → shift
# %% wrong, from plain_loops: far from the origin (11.7)
# Your moments are raw. By (11.7) they lose all digits of the variance when the data lie far from
# the origin; take them about the current means.
# ~ centre = means → centre = np.zeros((K, d))
# %% wrong, from plain_loops: covariances (11.3)
# Your covariances have no entries off the diagonal.
# ~ (r[:, k, None] * deviations).T @ deviations → np.diag(r[:, k] @ deviations**2)
# %% wrong, from plain_loops: finite
# Far from all components every density is 0 in floating point, and 0/0 is no responsibility. Take
# each row's maximum off before you exponentiate.
# ~ a.max(axis=1, keepdims=True) → 0.0
# %% wrong, from plain_loops: finite
# One row's log-joint may lie thousands below another's. The maximum to take off is that of the row,
# not of the block.
# ~ a.max(axis=1, keepdims=True) → np.full((len(x), 1), a.max())
# %% wrong: means (11.3)
# You make an M-step in every block and average the parameters. Averages of means forget how much of
# a component each block holds: add statistics, then make one M-step.
def em_blocks(blocks, start, iterations):
    def one_pass(x, theta):
        a = log_joint(x, *theta)
        log_density = special.logsumexp(a, axis=1, keepdims=True)
        r = np.exp(a - log_density)
        c = r.sum(axis=0)
        means = r.T @ x / c[:, None]
        around = [(q * (x - m).T) @ (x - m) / q.sum() for q, m in zip(r.T, means)]
        return (c / len(x), means, np.array(around)), log_density.sum()

    theta, trace = start, []
    for _ in range(iterations + 1):
        passes = [one_pass(x, theta) for x in blocks]
        trace.append(sum(value for _, value in passes))
        last = theta
        sizes = np.array([len(x) for x in blocks]) / sum(map(len, blocks))
        theta = tuple(
            sum(size * fitted[i] for size, (fitted, _) in zip(sizes, passes)) for i in range(3)
        )
    return last, trace

# %% wrong: weights (11.3)
# You make an M-step after each block. That is incremental EM; an iteration of EM makes one after
# all of them, (11.8).
def em_blocks(blocks, start, iterations):
    def statistics(x, theta):
        a = log_joint(x, *theta)
        log_density = special.logsumexp(a, axis=1, keepdims=True)
        r = np.exp(a - log_density)
        u = x[:, None, :] - start[1]
        S = np.einsum("nk,nki,nkj->kij", r, u, u)
        return [r.sum(axis=0), np.einsum("nk,nki->ki", r, u), S], log_density.sum()

    def m_step(parts):
        c, s, S = (sum(each) for each in zip(*parts))
        u = s / c[:, None]
        return c / c.sum(), start[1] + u, S / c[:, None, None] - u[:, :, None] * u[:, None, :]

    theta = start
    trace = [sum(statistics(x, theta)[1] for x in blocks)]
    parts = [statistics(x, theta)[0] for x in blocks]
    for _ in range(iterations):
        for j, x in enumerate(blocks):
            parts[j] = statistics(x, theta)[0]
            theta = m_step(parts)
        trace.append(sum(statistics(x, theta)[1] for x in blocks))
    return theta, trace
