"""Wrong and unusual answers to m_step_map (lesson 04)."""

# %% right
# All components at once.
def m_step_map(x, r, means, psi, nu):
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return (psi + scatter) / (r.sum(axis=0) + nu + x.shape[1] + 1)[:, None, None]

# %% right
# The prior as further cases, then one case after the other.
def m_step_map(x, r, means, psi, nu):
    d = len(psi)
    prior_cases = nu + d + 1
    covariances = []
    for k in range(len(means)):
        total = np.array(psi, dtype=float)
        for row, share in zip(x, r[:, k]):
            total += share * np.outer(row - means[k], row - means[k])
        covariances.append((total / (sum(r[:, k]) + prior_cases)).tolist())
    return covariances

# %% right
# The weighted average of (4.35).
def m_step_map(x, r, means, psi, nu):
    d = x.shape[1]
    mode = psi / (nu + d + 1)
    covariances = []
    for weight, mean in zip(r.T, means):
        count = weight.sum()
        if count == 0:
            covariances.append(mode)
            continue
        deviations = x - mean
        likeliest = (weight[:, None] * deviations).T @ deviations / count
        w = count / (count + nu + d + 1)
        covariances.append(w * likeliest + (1 - w) * mode)
    return np.array(covariances)

# %% wrong: without cases, the mode of the prior (4.35)
# This is the mean of the posterior. Its mode is asked for: collect the factors of the
# log-determinant in (4.33).
# ~ nu + d + 1 → nu - d - 1
# %% wrong: without cases, the mode of the prior (4.35)
# Something is missing from your denominator: which power of the determinant stands in the density
# (4.32)?
# ~ nu + d + 1 → nu
# %% wrong: without cases, the mode of the prior (4.35)
# Two dimensions are written into your denominator. Read d off the arguments.
# ~ nu + d + 1 → nu + 3
# %% wrong: finite
# The prior does not enter. Without cases your answer is 0/0.
# ~ (psi + scatter) / (weight.sum() + nu + d + 1) → scatter / weight.sum()
# %% wrong: mode of the posterior (4.34)
# You added the prior's mode to the maximum-likelihood covariance. (4.35) averages the two: what are
# their weights, and what do they sum to?
# - covariances.append((psi + scatter) / (weight.sum() + nu + d + 1))
# + covariances.append(scatter / max(weight.sum(), 1e-12) + psi / (nu + d + 1))
# %% wrong: without cases, the mode of the prior (4.35)
# You multiplied the scale by the degrees of freedom. How does Ψ stand in (4.32)?
# ~ psi + scatter → nu * psi + scatter
# %% wrong: without cases, the mode of the prior (4.35)
# You divided every component by the number of all cases. How many does component k expect to have?
# ~ weight.sum() + nu → len(x) + nu
# %% wrong: deviations from the means given (4.17)
# You computed means of your own and left those that were given aside.
# ~ deviations = x - mean → deviations = x - weight @ x / max(weight.sum(), 1e-300)
# %% wrong: arguments stay as they were
# Your prior grows from component to component, and the caller's Ψ with it. Each component starts
# from the same prior.
# ~ scatter = ( → psi += (
# ~ psi + scatter → psi
# %% wrong: without cases, the mode of the prior (4.35)
# The responsibilities count the cases in your denominator but do not weigh them in the numerator.
# ~ (weight[:, None] * deviations).T @ deviations → deviations.T @ deviations
