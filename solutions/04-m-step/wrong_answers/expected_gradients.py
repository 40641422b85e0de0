"""Wrong and unusual answers to expected_gradients (lesson 04)."""

# %% right
# The inverse multiplied out: one outer product of Σ⁻¹(x − μ) a case.
def expected_gradients(x, r, weights, means, covariances):
    precisions = np.linalg.inv(covariances)
    pulls = np.einsum("kij,nkj->nki", precisions, x[:, None, :] - means)
    in_means = np.einsum("nk,nki->ki", r, pulls)
    outer = np.einsum("nk,nki,nkj->kij", r, pulls, pulls)
    return in_means, 0.5 * (outer - r.sum(axis=0)[:, None, None] * precisions)

# %% right
# Case by case, with the gradient of each case's log-density.
def expected_gradients(x, r, weights, means, covariances):
    first, second = [], []
    for k in range(len(means)):
        d = len(means[k])
        gradient, matrix = np.zeros(d), np.zeros((d, d))
        for row, share in zip(x, r[:, k]):
            pull = np.linalg.solve(covariances[k], row - means[k])
            gradient += share * pull
            matrix += share * (np.outer(pull, pull) - np.linalg.inv(covariances[k])) / 2
        first.append(gradient.tolist())
        second.append(matrix.tolist())
    return first, second

# %% right
# Two solves in place of an inverse.
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = x - mean
        in_means.append(np.linalg.solve(covariance, weight @ deviations))
        excess = (weight[:, None] * deviations).T @ deviations - weight.sum() * covariance
        half = np.linalg.solve(covariance, excess)
        in_covariances.append(0.5 * np.linalg.solve(covariance, half.T))
    return np.array(in_means), np.array(in_covariances)

# %% wrong: gradient in the means (4.24)
# Your gradient in the means points from the mean to the data as they lie. What does the quadratic
# form of the exponent multiply a deviation by?
# ~ precision @ (weight @ deviations) → weight @ deviations
# %% wrong: gradient in the means (4.24)
# Your gradient in the means has the wrong sign: the Q-function rises when a mean moves towards its
# cases.
# ~ x - mean → mean - x
# %% wrong: gradient in the covariances (4.26)
# Your gradient in the covariances vanishes where it should, but its size is off. Which factor
# stands before the log-determinant and the square in log N?
# ~ 0.5 * precision @ (scatter → precision @ (scatter
# %% wrong: no slope at the M-step
# Your gradient in the covariances is never negative, so the Q-function would be largest at an
# infinite covariance. Which part of log N depends on the determinant?
# ~ (scatter - weight.sum() * covariance) → scatter
# %% wrong: entries of Σ are free (4.26)
# You took Σ_ij and Σ_ji as one variable. The question takes all entries as free, as (4.25) does.
# ~ (in_covariances) → ([2 * each - np.diag(np.diag(each)) for each in in_covariances])
# %% wrong: weights stand in a term of their own (4.6)
# You multiplied by the weights π_k. They are in the responsibilities already, and log π_k is a term
# of its own that no mean or covariance enters.
# ~ in zip(r.T, means → in zip((r * weights).T, means
# %% wrong: gradient in the means (4.24)
# You have the gradient of the mean of log N under Q_k. By what is it multiplied in (4.6)?
# ~ precision @ (weight @ deviations) → precision @ (weight @ deviations) / weight.sum()
# ~ (scatter - weight.sum() * covariance) → (scatter / weight.sum() - covariance)
# %% wrong: gradient in the covariances (4.26)
# You measured the spread about the best means. The gradient is asked for at the means that are
# given; (4.18) says what differs.
# - scatter = (weight[:, None] * deviations).T @ deviations
# + about = x - (weight @ x) / weight.sum()
# + scatter = (weight[:, None] * about).T @ about
# %% wrong: gradient in the covariances (4.26)
# This is the gradient in the precision Σ⁻¹. What does the chain rule through ∂Σ⁻¹ = −Σ⁻¹ ∂Σ Σ⁻¹
# make of it?
# - 0.5 * precision @ (scatter - weight.sum() * covariance) @ precision
# + 0.5 * (weight.sum() * covariance - scatter)
