"""Wrong and unusual answers to em_missing (lesson 09)."""

# %% right
# By raw expected squares, the second form of (9.21), and sweeps.
def em_missing(x, tol, max_iterations):
    n, d = x.shape

    def row_statistics(row, mu, S):
        log_p = 0.0
        for j in range(d):
            if not np.isnan(row[j]):
                log_p -= 0.5 * (np.log(2 * np.pi * S[j, j]) + (row[j] - mu[j]) ** 2 / S[j, j])
                gain = S[:, j] / S[j, j]
                mu = mu + gain * (row[j] - mu[j])
                S = S - np.outer(gain, S[j])
        return mu, np.outer(mu, mu) + S, log_p

    def sums(mu, S):
        parts = [row_statistics(row, mu, S) for row in x]
        return tuple(sum(part[k] for part in parts) for k in range(3))

    mu = np.array([col[~np.isnan(col)].mean() for col in x.T])
    S = np.diag([col[~np.isnan(col)].var() for col in x.T])
    first, second, log_p = sums(mu, S)
    trace = [log_p]
    while len(trace) <= max_iterations:
        mu = first / n
        S = second / n - np.outer(mu, mu)
        first, second, log_p = sums(mu, S)
        trace.append(log_p)
        if abs(trace[-1] - trace[-2]) < tol:
            break
    return mu.tolist(), S.tolist(), trace

# %% right
# All rows of one pattern of gaps at once.
def em_missing(x, tol, max_iterations):
    n, d = x.shape
    patterns = {}
    for i, key in enumerate(map(tuple, np.isnan(x))):
        patterns.setdefault(key, []).append(i)

    def e_step(mu, S):
        filled, extra, log_p = x.copy(), np.zeros((d, d)), 0.0
        for key, rows in patterns.items():
            m = np.array(key)
            o, some = ~m, x[rows][:, ~m] - mu[~m]
            K = S[np.ix_(o, o)]
            solved = np.linalg.solve(K, some.T)
            log_p -= 0.5 * len(rows) * np.linalg.slogdet(2 * np.pi * K)[1]
            log_p -= 0.5 * np.sum(some.T * solved)
            filled[np.ix_(rows, m)] = mu[m] + solved.T @ S[np.ix_(o, m)]
            C = S[np.ix_(m, m)] - S[np.ix_(m, o)] @ np.linalg.solve(K, S[np.ix_(o, m)])
            extra[np.ix_(m, m)] += len(rows) * C
        return filled, extra, log_p

    mu, S = np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0))
    filled, extra, log_p = e_step(mu, S)
    trace = [log_p]
    for _ in range(max_iterations):
        mu = filled.mean(axis=0)
        S = np.atleast_2d(np.cov(filled.T, bias=True)) + extra / n
        filled, extra, log_p = e_step(mu, S)
        trace.append(log_p)
        if abs(trace[-1] - trace[-2]) < tol:
            break
    return mu, S, np.array(trace)

# %% right
# Row by row with determinants and inverses, raw sums, a loop with a flag.
def em_missing(x, tol, max_iterations):
    n, d = x.shape
    columns = [column[~np.isnan(column)] for column in x.T]
    mu = np.array([np.mean(column) for column in columns])
    S = np.diag([np.mean((column - m) ** 2) for column, m in zip(columns, mu)])

    def log_likelihood(mu, S):
        total = 0.0
        for row in x:
            o = np.where(~np.isnan(row))[0]
            within, rest = S[o][:, o], row[o] - mu[o]
            total -= np.log(np.linalg.det(2 * np.pi * within)) / 2
            total -= rest @ np.linalg.inv(within) @ rest / 2
        return total

    trace, done = [log_likelihood(mu, S)], False
    while not done and len(trace) <= max_iterations:
        first, second = np.zeros(d), np.zeros((d, d))
        for row in x:
            seen = (~np.isnan(row)).astype(float)
            gain = S @ np.linalg.pinv(S * np.outer(seen, seen))
            full = mu + gain @ (np.where(seen > 0, row - mu, 0.0))
            first += full
            second += np.outer(full, full) + S - gain @ np.diag(seen) @ S
        mu = first / n
        S = second / n - np.outer(mu, mu)
        trace.append(log_likelihood(mu, S))
        done = trace[-1] - trace[-2] < tol and trace[-2] - trace[-1] < tol
    return mu, S, np.array(trace)

# %% wrong: conditional covariance (9.21)
# You take the covariance of the filled rows. Filled entries lie on the regression, without scatter:
# which term of (9.21) gives it back?
# - doubt[np.ix_(~seen, ~seen)] += covariance[np.ix_(~seen, ~seen)] - B @ between.T
# %% wrong: conditional covariance (9.21)
# You add the unconditional covariance of the gaps. Given the recorded entries, less is open.
# ~ - B @ between.T →
# %% wrong: mean (9.21)
# You fill every gap with the column's current mean. What do the other entries of the row say?
# ~ mean[~seen] + B @ (row[seen] - mean[seen]) → mean[~seen]
# %% wrong: the start
# Your starting variances are divided by the number recorded less one.
# ~ np.nanvar(x, axis=0) → np.nanvar(x, axis=0, ddof=1)
# %% wrong: the start
# You start at the covariance of the complete rows. The question asks for the variances of all
# recorded entries, on a diagonal.
# ~ np.diag(np.nanvar(x, axis=0)) → np.atleast_2d(np.cov(x[recorded.all(axis=1)].T, bias=True))
# %% wrong: the start
# You start at the variances of the table with means filled in. They are divided by n, and so too
# small.
# - mean, covariance = np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0))
# + mean = np.nanmean(x, axis=0)
# + covariance = np.diag(np.where(recorded, x, mean).var(axis=0))
# %% wrong: the start
# A variance is asked for on the diagonal; you put standard deviations there.
# ~ np.nanvar(x, axis=0) → np.nanstd(x, axis=0)
# %% wrong: conditional covariance (9.21)
# You divide the covariance by n − 1. The maximum of (9.18) has n.
# ~ / len(x) → / (len(x) - 1)
# %% wrong: conditional covariance (9.21)
# Your covariance is about the previous mean. (9.21) takes deviations from the new one.
#   for _ in range(max_iterations):
# +     covariance = ((filled - mean).T @ (filled - mean) + doubt) / len(x)
# - covariance = ((filled - mean).T @ (filled - mean) + doubt) / len(x)
# %% wrong: log-likelihood of what was recorded (9.22)
# You evaluate the density of the filled rows. A value that was filled in is no data: which entries
# of a row does (9.22) hold?
# - log_p += stats.multivariate_normal.logpdf(row[seen], mean[seen], within)
# - B = np.linalg.solve(within, between.T).T
# - row[~seen] = mean[~seen] + B @ (row[seen] - mean[seen])
# + B = np.linalg.solve(within, between.T).T
# + row[~seen] = mean[~seen] + B @ (row[seen] - mean[seen])
# + log_p += stats.multivariate_normal.logpdf(row, mean, covariance)
# %% wrong: log-likelihood of what was recorded (9.22)
# Your trace leaves out the rows with gaps. Their recorded entries count.
# ~ log_p += stats → log_p += seen.all() * stats
# %% wrong: log-likelihood of what was recorded (9.22)
# Your trace is an average over rows; it is to be the sum.
# ~ (row[seen], mean[seen], within) → (row[seen], mean[seen], within) / len(x)
# %% wrong: log-likelihood of what was recorded (9.22)
# You leave the normalising constant out. Rows have different numbers of recorded entries, but each
# has its own power of 2π.
#   log_p += stats.multivariate_normal.logpdf(row[seen], mean[seen], within)
# + log_p += 0.5 * seen.sum() * np.log(2 * np.pi)
# %% wrong: T + 1 values
# Your trace lacks the start: it has T entries, not T + 1.
# ~ trace = [log_p] → trace = []
# ~ if abs( → if len(trace) > 1 and abs(
# %% wrong: keeps the iteration that stops
# When the gain is small enough you return the parameters of the iteration before. The one that
# stopped the loop is kept.
#   for _ in range(max_iterations):
# +     previous = mean, covariance
#   if abs(trace[-1] - trace[-2]) < tol:
# +     mean, covariance = previous
# +     trace.pop()
# %% wrong: keeps the iteration that stops
# You compare the gain with tol times the log-likelihood. The tolerance is in nats.
# ~ < tol → < tol * abs(trace[-1])
# %% wrong: keeps the iteration that stops
# Your rule looks at how far the mean moved. The question's looks at the log-likelihood.
# ~ mean = filled.mean(axis=0) → old, mean = mean, filled.mean(axis=0)
# ~ abs(trace[-1] - trace[-2]) → np.abs(mean - old).max()
# %% wrong: log-likelihood of what was recorded (9.22)
# Your trace is one iteration late: its last entry belongs to the parameters before those that you
# return.
def em_missing(x, tol, max_iterations):
    recorded = ~np.isnan(x)
    mean, covariance, trace = np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0)), []
    for _ in range(max_iterations + 1):
        filled, doubt, log_p = np.where(recorded, x, mean), np.zeros_like(covariance), 0.0
        for row, o in zip(filled, recorded):
            B = covariance[np.ix_(~o, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
            log_p += stats.multivariate_normal.logpdf(row[o], mean[o], covariance[np.ix_(o, o)])
            row[~o] = mean[~o] + B @ (row[o] - mean[o])
            doubt[np.ix_(~o, ~o)] += covariance[np.ix_(~o, ~o)] - B @ covariance[np.ix_(o, ~o)]
        trace.append(log_p)
        if len(trace) <= max_iterations:
            mean = filled.mean(axis=0)
            covariance = ((filled - mean).T @ (filled - mean) + doubt) / len(x)
        if len(trace) > 1 and abs(trace[-1] - trace[-2]) < tol:
            break
    return mean, covariance, trace[:1] + trace[:-1]

# %% wrong: mean (9.21)
# You fit the complete rows only. Rows with gaps have entries that were recorded.
# -     mean = filled.mean(axis=0)
# -     covariance = ((filled - mean).T @ (filled - mean) + doubt) / len(x)
# +     complete = x[recorded.all(axis=1)]
# +     mean, covariance = complete.mean(axis=0), np.atleast_2d(np.cov(complete.T, bias=True))
# %% wrong: conditional covariance (9.21)
# You fill the gaps anew once the mean has moved, before you take the covariance. Both halves of
# (9.21) use one E-step, at the old parameters.
#   mean = filled.mean(axis=0)
# + filled, doubt, _ = e_step(mean, covariance)
# %% wrong: conditional covariance (9.21)
# You add the conditional variances of the gaps only. Two gaps in one row have a conditional
# covariance too.
# - doubt[np.ix_(~seen, ~seen)] += covariance[np.ix_(~seen, ~seen)] - B @ between.T
# + doubt[~seen, ~seen] += np.diag(covariance)[~seen] - np.diag(B @ between.T)
# %% wrong: mean (9.21)
# After the first iteration no NaN is left in your table, so nothing is filled anew. Keep where the
# gaps are: their expectations change with θ.
def em_missing(x, tol, max_iterations):
    def log_likelihood(mean, covariance):
        seen = [(row[~np.isnan(row)], ~np.isnan(row)) for row in x]
        density = stats.multivariate_normal
        return sum(density.logpdf(r, mean[o], covariance[np.ix_(o, o)]) for r, o in seen)

    table, mean, covariance = x.copy(), np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0))
    trace = [log_likelihood(mean, covariance)]
    for _ in range(max_iterations):
        doubt = np.zeros_like(covariance)
        for row in table:
            o, m = ~np.isnan(row), np.isnan(row)
            B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
            row[m] = mean[m] + B @ (row[o] - mean[o])
            doubt[np.ix_(m, m)] += covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
        mean = table.mean(axis=0)
        covariance = ((table - mean).T @ (table - mean) + doubt) / len(x)
        trace.append(log_likelihood(mean, covariance))
        if abs(trace[-1] - trace[-2]) < tol:
            break
    return mean, covariance, trace

# %% wrong: mean (9.21)
# You keep the mean of the recorded entries. Where the gaps lie is no accident: the filled values
# move the mean.
# - mean = filled.mean(axis=0)
# %% wrong: conditional covariance (9.21)
# You divide each column by the number of its recorded entries. Every row counts in every column, by
# its expectation.
# ~ np.linalg.solve(within, between.T).T → between @ np.linalg.inv(within)
# ~ - B @ between.T → - B @ covariance[np.ix_(seen, ~seen)]
# ~ / len(x) → / recorded.sum(axis=0)
# %% wrong: conditional covariance (9.21)
# You add the conditional covariances of all rows to an average over rows. They are to be averaged
# too.
# - covariance = ((filled - mean).T @ (filled - mean) + doubt) / len(x)
# + covariance = (filled - mean).T @ (filled - mean) / len(x) + doubt
# %% wrong: the start
# Your start has the covariances of the complete pairs. The question asks for a diagonal matrix.
#   mean, covariance = np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0))
# + covariance = np.atleast_2d(np.ma.cov(np.ma.masked_invalid(x).T, bias=True).filled(0))
# %% wrong: log-likelihood of what was recorded (9.22)
# You add up the densities of single entries. The recorded entries of a row are correlated.
# - log_p += stats.multivariate_normal.logpdf(row[seen], mean[seen], within)
# + log_p += stats.norm.logpdf(row[seen], mean[seen], np.sqrt(np.diag(within))).sum()
# %% wrong: log-likelihood of what was recorded (9.22)
# Your trace is the Q-function, the expected complete-data log-likelihood. What EM makes climb, and
# asked for, is (9.22).
# -         log_p += stats.multivariate_normal.logpdf(row[seen], mean[seen], within)
# -         B = np.linalg.solve(within, between.T).T
# -         row[~seen] = mean[~seen] + B @ (row[seen] - mean[seen])
# -         doubt[np.ix_(~seen, ~seen)] += covariance[np.ix_(~seen, ~seen)] - B @ between.T
# +         B = np.linalg.solve(within, between.T).T
# +         row[~seen] = mean[~seen] + B @ (row[seen] - mean[seen])
# +         own = covariance[np.ix_(~seen, ~seen)] - B @ between.T
# +         doubt[np.ix_(~seen, ~seen)] += own
# +         log_p += stats.multivariate_normal.logpdf(row, mean, covariance)
# +         log_p -= 0.5 * np.trace(np.linalg.inv(covariance)[np.ix_(~seen, ~seen)] @ own)
# %% wrong: keeps the iteration that stops
# You never look at tol.
# - if abs(trace[-1] - trace[-2]) < tol:
# -     break
# %% wrong: keeps the iteration that stops
# You stop after two small gains in a row. The question says the first.
# ~ abs(trace[-1] - trace[-2]) < tol → len(trace) > 2 and max(abs(np.diff(trace[-3:]))) < tol
# %% wrong: absolute gain, in any units
# You add a little to the diagonal of Σ. In other units that is much, and it is not the maximum.
# ~ / len(x) → / len(x) + 1e-6 * np.eye(len(mean))
