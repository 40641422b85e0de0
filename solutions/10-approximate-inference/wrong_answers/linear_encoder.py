"""Wrong and unusual answers to linear_encoder (lesson 10)."""

# %% right
# By the conditional normal of lesson 9, from the joint covariance of x and z.
def linear_encoder(mean, W, variance):
    d, L = W.shape
    C = W @ W.T + variance * np.eye(d)
    A = np.linalg.solve(C, W).T
    return A, -(A @ mean), np.eye(L) - A @ W

# %% right
# By the singular values of W.
def linear_encoder(mean, W, variance):
    U, s, Vt = np.linalg.svd(W, full_matrices=False)
    A = Vt.T @ np.diag(s / (s**2 + variance)) @ U.T
    S = Vt.T @ np.diag(variance / (s**2 + variance)) @ Vt
    return A.tolist(), (-A @ mean).tolist(), S.tolist()

# %% right
# As ridge regression on rows that stand for the prior.
def linear_encoder(mean, W, variance):
    d, L = W.shape
    X = np.vstack([W, np.sqrt(variance) * np.eye(L)])
    A = np.linalg.lstsq(X, np.vstack([np.eye(d), np.zeros((L, d))]), rcond=None)[0]
    return [A, A @ -mean, variance * np.linalg.inv(X.T @ X)]

# %% wrong: slope of the posterior (10.27)
# You project by least squares. The prior on z pulls towards 0: M has a second term.
# ~ W.T @ W + variance * np.eye(W.shape[1]) → W.T @ W
# %% wrong: slope of the posterior (10.27)
# You add I to WᵀW. In which units is W?
# ~ variance * np.eye(W.shape[1]) → np.eye(W.shape[1])
# %% wrong: slope of the posterior (10.27)
# You add the standard deviation; M has the variance.
# ~ variance * np.eye(W.shape[1]) → np.sqrt(variance) * np.eye(W.shape[1])
# %% wrong: covariance of the posterior (10.27)
# Your S is M⁻¹. Complete the square in (10.27) again: which factor stands before zᵀMz?
# ~ variance * np.linalg.inv(M) → np.linalg.inv(M)
# %% wrong: covariance of the posterior (10.27)
# Your S is the precision. Invert it.
# ~ variance * np.linalg.inv(M) → M / variance
# %% wrong: covariance of the posterior (10.27)
# You keep only the diagonal of S. The columns of W need not be orthogonal.
# ~ variance * np.linalg.inv(M) → np.diag(np.diag(variance * np.linalg.inv(M)))
# %% wrong: covariance of the posterior (10.27)
# Your S is the covariance of A x + b over the data. The posterior's is what is still in doubt once
# x is known.
# ~ variance * np.linalg.inv(M) → A @ (W @ W.T + variance * np.eye(len(W))) @ A.T
# %% wrong: offset of the posterior (10.27)
# The encoder takes x itself, not x − μ. Where does μ go?
# ~ -A @ mean → np.zeros(len(A))
# %% wrong: offset of the posterior (10.27)
# Check the sign of b: at x = μ the posterior's mean is 0.
# ~ A, -A → A, A
# %% wrong: shape
# Your A is (d, L). It maps x, of d numbers, to z, of L numbers.
# ~ return A, → return A.T,
# %% wrong: slope of the posterior (10.27)
# You scale each row as if the columns of W were orthogonal. M is a full matrix.
# ~ np.linalg.solve(M, W.T) → W.T / np.diag(M)[:, None]
# %% wrong: slope of the posterior (10.27)
# Your A is Wᵀ over σ², which is the pull of x alone. The prior and the other z share it.
# ~ np.linalg.solve(M, W.T) → W.T / variance
# %% wrong: slope of the posterior (10.27)
# You add the variance to every entry of WᵀW. Which matrix does it multiply?
# ~ variance * np.eye(W.shape[1]) → variance
# %% wrong: covariance of the posterior (10.27)
# You multiply M⁻¹ by the standard deviation.
# ~ mean, variance → mean, np.sqrt(variance)
# %% wrong: shape
# Your offset is −μ. It has to be in the space of z: which map takes μ there?
# ~ A @ mean → mean
# %% wrong: offset of the posterior (10.27)
# Your offset is −Wᵀμ. The map from x to the mean of z has M⁻¹ in it as well.
# ~ A, -A → A, -W.T
# %% wrong: shape
# The order is A, b, S.
# ~ A, -A @ mean → -A @ mean, A
