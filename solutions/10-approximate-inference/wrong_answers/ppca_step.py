"""Wrong and unusual answers to ppca_step (lesson 10)."""

# %% right
# From the covariance of the data about the mean that is given.
def ppca_step(x, mean, W, variance):
    S = (x - mean).T @ (x - mean) / len(x)
    M = W.T @ W + variance * np.eye(W.shape[1])
    SW = S @ W
    new = np.linalg.solve((variance * np.eye(len(M)) + np.linalg.solve(M, W.T @ SW)).T, SW.T).T
    return new, np.trace(S - SW @ np.linalg.solve(M, new.T)) / len(S)

# %% right
# Row by row, with the expected square written out.
def ppca_step(x, mean, W, variance):
    (n, d), L = x.shape, W.shape[1]
    spread = np.linalg.inv(np.eye(L) + W.T @ W / variance)
    U, V, total = np.zeros((L, L)), np.zeros((d, L)), 0.0
    for row in x:
        e = spread @ W.T @ (row - mean) / variance
        U += np.outer(e, e) + spread
        V += np.outer(row - mean, e)
    new = np.linalg.solve(U, V.T).T
    for row in x:
        e = spread @ W.T @ (row - mean) / variance
        total += np.sum((row - mean - new @ e) ** 2) + np.sum((new @ spread) * new)
    return new.tolist(), total / (n * d)

# %% right
# By least squares with rows that stand for the doubt about z.
def ppca_step(x, mean, W, variance):
    n, d, L = *x.shape, W.shape[1]
    M = W.T @ W + variance * np.eye(L)
    e = np.linalg.solve(M, W.T @ (x - mean).T).T
    doubt = np.linalg.cholesky(n * variance * np.linalg.inv(M)).T
    Z, Y = np.vstack([e, doubt]), np.vstack([x - mean, np.zeros((L, d))])
    new = np.linalg.lstsq(Z, Y, rcond=None)[0].T
    return new, ((Y - Z @ new.T) ** 2).sum() / (n * d)

# %% wrong: least squares (10.31)
# E[zzᵀ] is not the square of E[z]. What is still in doubt about z, once x is known?
# ~ e.T @ e + len(x) * variance * np.linalg.inv(M) → e.T @ e
# %% wrong: least squares (10.31)
# You add the posterior's covariance once. Each row has its own.
# ~ len(x) * variance → variance
# %% wrong: least squares (10.31)
# The posterior's covariance is σ²M⁻¹, not M⁻¹.
# ~ len(x) * variance → len(x)
# %% wrong: least squares (10.31)
# Your M lacks σ²I.
# ~ W.T @ W + variance * np.eye(L) → W.T @ W
# %% wrong: least squares (10.31)
# You work with x; W and z explain x − μ.
# ~ deviations, L = x - mean, → deviations, L = x,
# %% wrong: the mean that is given
# You take the mean of the rows. The one that is given is held fixed.
# ~ deviations, L = x - mean, → deviations, L = x - x.mean(axis=0),
# %% wrong: what is left over (10.31)
# You take the old W in the residual. The variance belongs to the new one.
# ~ (new * cross) → (W * cross)
# %% wrong: what is left over (10.31)
# You square the residuals at the posterior means. Their expectation also has the doubt about z in
# it.
# ~ ((deviations**2).sum() - (new * cross).sum()) → ((deviations - e @ new.T) ** 2).sum()
# %% wrong: what is left over (10.31)
# You divide by n. Every row has d residuals, all with the variance σ².
# ~ deviations.size → len(x)
# %% wrong: what is left over (10.31)
# You divide by (n − 1)d. The maximum of the likelihood divides by nd.
# ~ deviations.size → deviations[1:].size
# %% wrong: what is left over (10.31)
# You return the standard deviation.
# - return new, ((deviations**2).sum() - (new * cross).sum()) / deviations.size
# + return new, np.sqrt(((deviations**2).sum() - (new * cross).sum()) / deviations.size)
# %% wrong: shape
# Your W is (L, d): it is transposed.
# ~ return new, → return new.T,
# %% wrong: what is left over (10.31)
# You make a second E-step with the new W before you take the variance. Both halves of (10.31) use
# one E-step, at the old parameters.
# - return new, ((deviations**2).sum() - (new * cross).sum()) / deviations.size
# + M = new.T @ new + variance * np.eye(L)
# + e = np.linalg.solve(M, new.T @ deviations.T).T
# + second = e.T @ e + len(x) * variance * np.linalg.inv(M)
# + cross = deviations.T @ e
# + square = (deviations**2).sum() - 2 * (new * cross).sum() + np.trace(new.T @ new @ second)
# + return new, square / deviations.size
# %% wrong: least squares (10.31)
# You return the maximum itself, by eigenvectors. Asked for is one step from W and the variance.
def ppca_step(x, mean, W, variance):
    L = W.shape[1]
    values, vectors = np.linalg.eigh((x - mean).T @ (x - mean) / len(x))
    noise = values[:-L].mean()
    return vectors[:, -L:] * np.sqrt(values[-L:] - noise), noise

# %% wrong: least squares (10.31)
# You add I where M has σ²I.
# ~ W.T @ W + variance * np.eye(L) → W.T @ W + np.eye(L)
# %% wrong: least squares (10.31)
# You add the prior's covariance I for each row. Given x the doubt about z is smaller.
# ~ variance * np.linalg.inv(M) → np.eye(L)
# %% wrong: what is left over (10.31)
# You subtract the trace twice. In the expected square one of the two comes back.
# ~ - (new * cross).sum() → - 2 * (new * cross).sum()
# %% wrong: what is left over (10.31)
# You divide by n(d − L), as the closed form's mean of d − L eigenvalues does. Here it is nd.
# ~ / deviations.size → / (len(x) * (x.shape[1] - L))
# %% wrong: the mean that is given
# You find a new mean on the way. The one that is given is held fixed.
#   e = np.linalg.solve(M, W.T @ deviations.T).T
# + deviations = x - (x - e @ W.T).mean(axis=0)
