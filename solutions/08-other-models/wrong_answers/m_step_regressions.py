"""Wrong and unusual answers to m_step_regressions (lesson 08)."""

# %% right
# Rows multiplied by the root of r, then plain least squares.
def m_step_regressions(x, y, r):
    b, variances = [], []
    for k in range(r.shape[1]):
        root = np.sqrt(r[:, k])
        b.append(linalg.lstsq(root[:, None] * x, root * y)[0])
        variances.append(np.average((y - x @ b[k]) ** 2, weights=r[:, k]))
    return list(r.mean(axis=0)), b, variances

# %% right
# All components at once by einsum.
def m_step_regressions(x, y, r):
    G = np.einsum("nk,ni,nj->kij", r, x, x)
    b = np.linalg.solve(G, np.einsum("nk,ni,n->ki", r, x, y)[:, :, None])[:, :, 0]
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, np.einsum("nk,nk->k", r, residuals**2) / r.sum(axis=0)

# %% right
# By QR of the rows multiplied by the root of r.
def m_step_regressions(x, y, r):
    b, variances = [], []
    for share in r.T:
        root = np.sqrt(share)
        Q, R = np.linalg.qr(root[:, None] * x)
        b.append(linalg.solve_triangular(R, Q.T @ (root * y)))
        variances.append((share * (y - x @ b[-1]) ** 2).sum() / share.sum())
    return r.mean(axis=0), np.array(b), np.array(variances)

# %% wrong: shape
# You add a column of ones. The question says that x holds one already if there is an intercept.
# ~ variances = [], [] → variances, x = [], [], np.column_stack([np.ones(len(x)), x])
# %% wrong: labels give a fit of each group
# Every component gets the line of all data. Where do the responsibilities enter (8.26)?
# ~ np.linalg.solve(weighted.T @ x, weighted.T @ y) → np.linalg.solve(x.T @ x, x.T @ y)
# %% wrong: weighted least squares (8.26)
# You multiply both x and y by r, so squares are weighted by r squared. By which power of r do you
# have to multiply before a plain least-squares fit?
# ~ x, weighted.T @ y → weighted, weighted.T @ (share * y)
# %% wrong: labels give a fit of each group
# You weight the right side of (8.26) but not the left.
# ~ np.linalg.solve(weighted.T @ x, → np.linalg.solve(x.T @ x,
# %% wrong: weighted least squares (8.26)
# You give each row to one line. In the M-step a row counts for all of them.
# - b = np.linalg.solve(weighted.T @ x, weighted.T @ y)
# + own = r.argmax(axis=1) == len(coefficients)
# + b = np.linalg.lstsq(x[own], y[own], rcond=None)[0]
# %% wrong: units of y squared
# You return standard deviations; variances are asked for.
# ~ np.array(variances) → np.sqrt(variances)
# %% wrong: the data twice, the same fit
# You divide by c_k - p. That makes an estimate unbiased; what maximises (8.25)?
# ~ share.sum() → (share.sum() - x.shape[1])
# %% wrong: weighted variances (8.28)
# You divide the weighted squares by all n rows. How many rows does component k expect?
# ~ share.sum() → len(x)
# %% wrong: weighted variances (8.28)
# The squares are not weighted: a row that belongs to another line counts in full.
# ~ share @ (y - x @ b) ** 2 / share.sum() → np.mean((y - x @ b) ** 2)
# %% wrong: weighted variances (8.28)
# This is the weighted variance of y itself. The scatter is about the line, not about the mean.
# ~ y - x @ b → y - share @ y / share.sum()
# %% wrong: far from zero
# By (8.29) this is right on paper. Far from zero it takes the difference of two huge sums: take the
# residuals first.
# ~ (y - x @ b) ** 2 → (y**2 - (x @ b) ** 2)
# %% wrong: weighted variances (8.28)
# You return one variance for all lines. In (8.23) each has its own.
# ~ share.sum() → len(x)
# ~ np.array(variances) → np.full(len(variances), sum(variances))
# %% wrong: shape
# Your answer takes x for a single column. With p columns (8.26) is a system of equations.
# ~ variances = [], [] → variances, x = [], [], x[:, :1]
# %% wrong: labels give a fit of each group
# You fit each column by itself. Columns that are correlated, the intercept included, share what
# they explain: solve (8.26) as one system.
# ~ np.linalg.solve(weighted.T @ x, weighted.T @ y) → weighted.T @ y / (weighted * x).sum(axis=0)
# %% wrong: weights are c_k / n (4.9)
# These are expected counts. Weights are their shares.
# ~ r.mean(axis=0) → r.sum(axis=0)
# %% wrong: weighted variances (8.28)
# You take the mean residual off before you square. It is 0 only if there is an intercept; (8.28)
# squares the residuals as they are.
# - variances.append(share @ (y - x @ b) ** 2 / share.sum())
# + residuals = y - x @ b
# + variances.append(share @ (residuals - share @ residuals / share.sum()) ** 2 / share.sum())
# %% wrong: weighted variances (8.28)
# You take the residuals from the average of the lines. Component k's scatter is about its own line.
# -     variances.append(share @ (y - x @ b) ** 2 / share.sum())
# - return r.mean(axis=0), np.array(coefficients), np.array(variances)
# + squares = (y - (r * (x @ np.transpose(coefficients))).sum(axis=1)) ** 2
# + return r.mean(axis=0), np.array(coefficients), r.T @ squares / r.sum(axis=0)
# %% wrong: weighted variances (8.28)
# You multiply the residuals by r before you square, so r is squared too.
# ~ share @ (y - x @ b) ** 2 → share**2 @ (y - x @ b) ** 2
# %% wrong: labels give a fit of each group
# A thousandth on the diagonal draws the coefficients to 0. It is not in (8.26), and with a positive
# definite matrix it is not needed.
# ~ weighted.T @ x, → weighted.T @ x + 1e-3 * np.eye(x.shape[1]),
# %% wrong: labels give a fit of each group
# You fit with an intercept and then throw it away. The slopes of another model are not those of
# this one.
def m_step_regressions(x, y, r):
    ones = np.column_stack([np.ones(len(x)), x])
    b = np.array([np.linalg.lstsq(np.sqrt(s)[:, None] * ones, np.sqrt(s) * y)[0] for s in r.T])
    residuals = y[:, None] - ones @ b.T
    return r.mean(axis=0), b[:, 1:], (r * residuals**2).sum(axis=0) / r.sum(axis=0)

# %% wrong: units of y squared
# These are precisions, one over the variances.
# ~ share @ (y - x @ b) ** 2 / share.sum() → share.sum() / (share @ (y - x @ b) ** 2)
# %% wrong: shape
# Rows are components and columns are coefficients; yours are the other way round.
# ~ np.array(coefficients) → np.array(coefficients).T
