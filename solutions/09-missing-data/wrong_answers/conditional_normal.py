"""Wrong and unusual answers to conditional_normal (lesson 09)."""

# %% right
# By the precision matrix (9.17), which needs no Σ_oo.
def conditional_normal(x, observed, mean, covariance):
    m = np.flatnonzero(~observed)
    o = np.flatnonzero(observed)
    P = np.linalg.inv(covariance)
    C = np.linalg.inv(P[np.ix_(m, m)])
    return mean[m] - C @ P[np.ix_(m, o)] @ (x[o] - mean[o]), C

# %% right
# One observed entry after the other, as sweeps of the covariance; lists come back.
def conditional_normal(x, observed, mean, covariance):
    mu, S = [float(v) for v in mean], np.array(covariance, dtype=float)
    for j in range(len(mu)):
        if observed[j]:
            column = S[:, j] / S[j, j]
            shift = x[j] - mu[j]
            mu = [a + b * shift for a, b in zip(mu, column)]
            S = S - np.outer(column, S[j])
    m = [j for j in range(len(mu)) if not observed[j]]
    return [mu[j] for j in m], [[S[i, j] for j in m] for i in m]

# %% right
# With a Cholesky factor of Σ_oo.
def conditional_normal(x, observed, mean, covariance):
    o, m = observed.nonzero()[0], (~observed).nonzero()[0]
    if o.size == 0:
        return mean.copy(), covariance.copy()
    factor = linalg.cho_factor(covariance[o][:, o])
    solved = linalg.cho_solve(factor, covariance[o][:, m])
    return mean[m] + solved.T @ (x[o] - mean[o]), covariance[m][:, m] - covariance[m][:, o] @ solved

# %% right
# By least squares, in place of an inverse, with index arrays.
def conditional_normal(x, observed, mean, covariance):
    o, m = np.where(observed)[0], np.where(np.logical_not(observed))[0]
    B, *_ = np.linalg.lstsq(covariance[o[:, None], o], covariance[o[:, None], m], rcond=None)
    centre = [mean[i] + sum(B[:, a] * (x[o] - mean[o])) for a, i in enumerate(m)]
    return centre, covariance[m[:, None], m] - np.einsum("om,on->mn", B, covariance[o[:, None], m])

# %% wrong: conditional covariance (9.16)
# You return the covariance of the missing entries as if nothing had been observed. What does
# observing the others take off it?
# ~ - B @ between.T →
# %% wrong: regression (9.16)
# The conditional mean has to be at μ_m when the observed entries are at μ_o. You multiply x_o
# itself, not its deviation.
# ~ (x[observed] - mean[observed]) → x[observed]
# %% wrong: regression (9.16)
# You fill in the unconditional mean. The observed entries move it.
# ~ + B @ (x[observed] - mean[observed]) →
# %% wrong: conditional covariance (9.16)
# You leave out Σ_oo⁻¹: the units of your result do not fit.
# ~ np.linalg.solve(covariance[np.ix_(observed, observed)], between.T).T → between
# %% wrong: conditional covariance (9.16)
# Observing takes doubt away. Check the sign of what you do to Σ_mm.
# ~ - B @ between.T → + B @ between.T
# %% wrong: conditional covariance (9.16)
# You cut the missing block out of Σ⁻¹. It is a precision: (9.17) has one more step.
# - return conditional_mean, covariance[np.ix_(missing, missing)] - B @ between.T
# + return conditional_mean, np.linalg.inv(covariance)[np.ix_(missing, missing)]
# %% wrong: conditional covariance (9.16)
# You have taken True for missing. In observed, True says that the entry was seen.
# ~ missing = ~observed → missing, observed = observed, ~observed
# %% wrong: several gaps (9.16)
# You return only the diagonal of the conditional covariance. Two missing entries stay correlated,
# given the observed ones.
# - return conditional_mean, covariance[np.ix_(missing, missing)] - B @ between.T
# + return conditional_mean, np.diag(np.diag(covariance[np.ix_(missing, missing)] - B @ between.T))
# %% wrong: conditional covariance (9.16)
# You regress on each observed entry by itself. They are correlated, so Σ_oo has to be inverted as a
# whole, off-diagonal entries and all.
# - B = np.linalg.solve(covariance[np.ix_(observed, observed)], between.T).T
# + B = between / np.diag(covariance)[observed]
# %% wrong: finite
# You multiply the NaN of a gap by zero, and that is NaN. Take the observed entries out of x before
# you compute with it.
# - conditional_mean = mean[missing] + B @ (x[observed] - mean[observed])
# + padded = np.zeros((len(between), x.size))
# + padded[:, observed] = B
# + conditional_mean = mean[missing] + padded @ (x - mean)
# %% wrong: conditional covariance (9.16)
# You return standard deviations and correlations where variances are asked for.
# - return conditional_mean, covariance[np.ix_(missing, missing)] - B @ between.T
# + return conditional_mean, linalg.sqrtm(covariance[np.ix_(missing, missing)] - B @ between.T)
# %% wrong: conditional covariance (9.16)
# You take it that the observed entries come first. Which ones they are, observed says.
#   def conditional_normal(x, observed, mean, covariance):
# +     observed = np.arange(len(x)) < observed.sum()
# %% wrong: shape
# You treat each missing entry by itself and return variances. Asked for is the covariance matrix of
# all of them.
# - return conditional_mean, covariance[np.ix_(missing, missing)] - B @ between.T
# + return conditional_mean, np.diag(covariance[np.ix_(missing, missing)] - B @ between.T)
# %% wrong: regression (9.16)
# The sign of the pull is wrong. By the precision matrix, the mean is where P_mm (x_m − μ_m) + P_mo
# (x_o − μ_o) is zero.
# - conditional_mean = mean[missing] + B @ (x[observed] - mean[observed])
# - return conditional_mean, covariance[np.ix_(missing, missing)] - B @ between.T
# + conditional = covariance[np.ix_(missing, missing)] - B @ between.T
# + return mean[missing] - B @ (x[observed] - mean[observed]), conditional
# %% wrong: conditional covariance (9.16)
# Your covariance grows with the distance of x_o from μ_o. That is so for Student's t; a normal's
# does not depend on the values observed.
# - return conditional_mean, covariance[np.ix_(missing, missing)] - B @ between.T
# + u = (x - mean)[observed]
# + far = u @ np.linalg.solve(covariance[np.ix_(observed, observed)], u)
# + scale = (1 + far) / (1 + observed.sum())
# + return conditional_mean, scale * (covariance[np.ix_(missing, missing)] - B @ between.T)
# %% wrong: conditional covariance (9.16)
# You use the first of the observed entries only. The others tell something as well.
#   missing = ~observed
# + observed = np.flatnonzero(observed)[:1]
# %% wrong: regression (9.16)
# You add a little to the diagonal of Σ_oo. It is positive definite as it stands, and where a
# column's unit makes its variance small, a little is much.
# - B = np.linalg.solve(covariance[np.ix_(observed, observed)], between.T).T
# + within = covariance[np.ix_(observed, observed)] + 1e-6 * np.eye(observed.sum())
# + B = np.linalg.solve(within, between.T).T
# %% wrong: nothing observed
# With nothing observed you return a standard normal. Nothing was learned, so the law is the one
# that was given.
#   def conditional_normal(x, observed, mean, covariance):
# +     if not observed.any():
# +         return np.zeros(len(mean)), np.eye(len(mean))
# %% wrong: shape
# You return all entries. Asked for are the missing ones only, m of them.
# - return conditional_mean, covariance[np.ix_(missing, missing)] - B @ between.T
# + full, doubt = np.where(observed, x, mean), np.zeros_like(covariance)
# + full[missing] = conditional_mean
# + doubt[np.ix_(missing, missing)] = covariance[np.ix_(missing, missing)] - B @ between.T
# + return full, doubt
# %% wrong: conditional covariance (9.16)
# You return correlations. Asked for are covariances.
# - return conditional_mean, covariance[np.ix_(missing, missing)] - B @ between.T
# + doubt = covariance[np.ix_(missing, missing)] - B @ between.T
# + return conditional_mean, doubt / np.sqrt(np.outer(np.diag(doubt), np.diag(doubt)))
# %% wrong: shape
# You look for NaN in x. What was observed, the argument observed says; at the other places x may
# hold any number.
# ~ missing = ~observed → missing, observed = np.isnan(x), ~np.isnan(x)
