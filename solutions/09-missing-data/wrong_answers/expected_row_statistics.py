"""Wrong and unusual answers to expected_row_statistics (lesson 09)."""

# %% right
# Entry by entry: E[x_i x_j] = E[x_i] E[x_j] + Cov(x_i, x_j), in loops.
def expected_row_statistics(x, mean, covariance):
    d = len(x)
    gaps = [j for j in range(d) if np.isnan(x[j])]
    known = [j for j in range(d) if j not in gaps]
    P = np.linalg.inv(covariance)
    C = np.linalg.inv(P[np.ix_(gaps, gaps)]) if gaps else np.zeros((0, 0))
    first = [float(v) for v in x]
    for a, i in enumerate(gaps):
        pull = [sum(P[j, k] * (x[k] - mean[k]) for k in known) for j in gaps]
        first[i] = mean[i] - sum(C[a, b] * pull[b] for b in range(len(gaps)))
    second = [[first[i] * first[j] for j in range(d)] for i in range(d)]
    for a, i in enumerate(gaps):
        for b, j in enumerate(gaps):
            second[i][j] += C[a, b]
    return first, second

# %% right
# Sweeps over the whole covariance: what is observed is swept to zero, the rest is C.
def expected_row_statistics(x, mean, covariance):
    mu, S = np.array(mean, dtype=float), np.array(covariance, dtype=float)
    for j in np.flatnonzero(~np.isnan(x)):
        gain = S[:, j] / S[j, j]
        mu = mu + gain * (x[j] - mu[j])
        S = S - np.outer(gain, S[j])
    return mu, np.outer(mu, mu) + S

# %% right
# With a pseudo-inverse and masks in place of blocks.
def expected_row_statistics(x, mean, covariance):
    seen = np.diag((~np.isnan(x)).astype(float))
    gain = covariance @ seen @ np.linalg.pinv(seen @ covariance @ seen)
    first = mean + gain @ seen @ (np.nan_to_num(x) - mean)
    C = covariance - gain @ covariance
    return first, np.einsum("i,j->ij", first, first) + C

# %% right
# An answer to exercise 2 used again, with rows of no gaps aside.
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    C = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(observed, m)]
    return mean[m] + B @ (x[observed] - mean[observed]), C


def expected_row_statistics(x, mean, covariance):
    observed, first = ~np.isnan(x), x.copy()
    if observed.all():
        return x, np.outer(x, x)
    first[~observed], C = conditional_normal(x, observed, mean, covariance)
    second = first[:, None] * first
    gaps = np.flatnonzero(~observed)
    for a, i in enumerate(gaps):
        second[i, gaps] += C[a]
    return first, second

# %% wrong: conditional covariance (9.20)
# The square of the expectation is not the expected square. What does a gap's own variance add?
# - second[np.ix_(missing, missing)] += covariance[np.ix_(missing, missing)] - B @ between.T
# %% wrong: conditional covariance (9.20)
# You add the variance that a gap has without the observed entries. They are known: use the
# conditional one.
# ~ - B @ between.T →
# %% wrong: several gaps (9.20)
# You add conditional variances, but two gaps in one row have a conditional covariance as well.
# - second[np.ix_(missing, missing)] += covariance[np.ix_(missing, missing)] - B @ between.T
# + doubt = covariance[np.ix_(missing, missing)] - B @ between.T
# + second[missing, missing] += np.diag(doubt)
# %% wrong: a row without gaps
# You return the second moment about the mean. The question asks for the raw one, E[xxᵀ].
# ~ np.outer(filled, filled) → np.outer(filled - mean, filled - mean)
# %% wrong: a row without gaps
# You return the covariance of the row given what was recorded, not its expected square.
# ~ np.outer(filled, filled) → np.zeros_like(covariance)
# %% wrong: a row without gaps
# You add Σ to every entry. An entry that was recorded has no variance left.
# - second[np.ix_(missing, missing)] += covariance[np.ix_(missing, missing)] - B @ between.T
# + second += covariance
# %% wrong: filled row (9.19)
# You fill a gap with the mean of its column. The recorded entries of this row tell more.
# ~ [missing] + B @ (x - mean)[~missing] → [missing]
# ~ [np.ix_(missing, missing)] - B @ between.T → [np.ix_(missing, missing)]
# %% wrong: several gaps (9.20)
# You regress each gap on the recorded entries by itself, and so lose what two gaps share. Take the
# block of all gaps at once.
def expected_row_statistics(x, mean, covariance):
    o = ~np.isnan(x)
    filled, extra = np.array(x, dtype=float), np.zeros(len(x))
    inverse = np.linalg.inv(covariance[np.ix_(o, o)])
    for j in np.flatnonzero(~o):
        b = inverse @ covariance[o, j]
        filled[j] = mean[j] + b @ (x - mean)[o]
        extra[j] = covariance[j, j] - b @ covariance[o, j]
    return filled, np.outer(filled, filled) + np.diag(extra)

# %% wrong: arguments stay as they were
# You fill the gaps in the caller's own row. Work on a copy.
# ~ x.astype(float) → x
# %% wrong: conditional covariance (9.20)
# You subtract the conditional covariance. A spread makes an expected square larger.
# ~ += covariance → -= covariance
# %% wrong: conditional covariance (9.20)
# You add the standard deviation where the variance belongs.
# - second[np.ix_(missing, missing)] += covariance[np.ix_(missing, missing)] - B @ between.T
# + doubt = covariance[np.ix_(missing, missing)] - B @ between.T
# + second[missing, missing] += np.sqrt(np.diag(doubt))
# %% wrong: nothing but gaps
# A row without any recorded entry tells nothing, and its expectation is not zero: what is E[x] of
# the model itself?
#   missing = np.isnan(x)
# + if missing.all():
# +     return np.zeros(len(x)), np.zeros((len(x), len(x)))
# %% wrong: shape
# You return the two in the other order: E[x] comes first.
# ~ return filled, second → return second, filled
# %% wrong: several gaps (9.20)
# On the diagonal you add the conditional variances, beside it the unconditional covariances. All of
# them are entries of one conditional covariance.
# - second[np.ix_(missing, missing)] += covariance[np.ix_(missing, missing)] - B @ between.T
# + doubt = covariance[np.ix_(missing, missing)]
# + np.fill_diagonal(doubt, np.diag(doubt - B @ between.T))
# + second[np.ix_(missing, missing)] += doubt
# %% wrong: conditional covariance (9.20)
# You multiply a recorded entry by the mean of the gap's column. Given the recorded entry, the gap's
# expectation is the filled value.
#   second[np.ix_(missing, missing)] += covariance[np.ix_(missing, missing)] - B @ between.T
# + second[np.ix_(missing, ~missing)] = np.outer(mean[missing], x[~missing])
# + second[np.ix_(~missing, missing)] = np.outer(x[~missing], mean[missing])
# %% wrong: conditional covariance (9.20)
# You put the conditional covariance into the top left corner. It belongs in the rows and columns of
# the gaps.
# - second[np.ix_(missing, missing)] += covariance[np.ix_(missing, missing)] - B @ between.T
# + k = missing.sum()
# + second[:k, :k] += covariance[np.ix_(missing, missing)] - B @ between.T
# %% wrong: nothing but gaps
# For a row of nothing but gaps you return the square of the mean. The row has the model's whole
# covariance left.
#   missing = np.isnan(x)
# + if missing.all():
# +     return mean, np.outer(mean, mean)
# %% wrong: nothing but gaps
# For a row of nothing but gaps you return the covariance. The second moment asked for is raw: what
# of the mean?
#   missing = np.isnan(x)
# + if missing.all():
# +     return mean, covariance
# %% wrong: conditional covariance (9.20)
# You add a block of the precision matrix. That is the inverse of the conditional covariance.
# - second[np.ix_(missing, missing)] += covariance[np.ix_(missing, missing)] - B @ between.T
# + second[np.ix_(missing, missing)] += np.linalg.inv(covariance)[np.ix_(missing, missing)]
# %% wrong: filled row (9.19)
# You add up regressions on one recorded entry each. Recorded entries are correlated: regress on all
# of them together.
# - B = np.linalg.solve(covariance[np.ix_(~missing, ~missing)], between.T).T
# + B = between / np.diag(covariance)[~missing]
# %% wrong: filled row (9.19)
# You fill a gap with its deviation from the mean and forget to add the mean.
# ~ mean[missing] + B @ (x - mean)[~missing] → B @ (x - mean)[~missing]
