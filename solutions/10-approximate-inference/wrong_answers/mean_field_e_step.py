"""Wrong and unusual answers to mean_field_e_step (lesson 10)."""

# %% right
# Row by row with products of factors kept, and tanh in place of the logistic function.
def mean_field_e_step(x, factors, priors, variance, sweeps):
    G, J, table = factors @ factors.T, len(priors), []
    for row in x:
        h = np.log(priors) - np.log(1 - priors) + (factors @ row - np.diag(G) / 2) / variance
        q = [float(p) for p in priors]
        for _ in range(sweeps):
            for j in range(J):
                coupled = sum(q[i] * G[i, j] for i in range(J) if i != j)
                q[j] = 0.5 + 0.5 * float(np.tanh((h[j] - coupled / variance) / 2))
        table.append(q)
    return table

# %% right
# By the two expected log-joints of (10.12), normalised with log-sum-exp.
def mean_field_e_step(x, factors, priors, variance, sweeps):
    n, J = len(x), len(priors)
    q = np.ones((n, 1)) * priors
    for _ in range(sweeps):
        for j in range(J):
            logs = np.empty((n, 2))
            for on in (0, 1):
                trial = q.copy()
                trial[:, j] = on
                distance = ((x - trial @ factors) ** 2).sum(axis=1)
                prior = priors[j] if on else 1 - priors[j]
                logs[:, on] = np.log(prior) - distance / (2 * variance)
            q[:, j] = np.exp(logs[:, 1] - special.logsumexp(logs, axis=1))
    return q

# %% right
# With a residual that is kept up to date.
def mean_field_e_step(x, factors, priors, variance, sweeps):
    q = np.repeat(priors[None], len(x), axis=0)
    rest = x - q @ factors
    for _ in range(sweeps):
        for j, f in enumerate(factors):
            rest = rest + np.outer(q[:, j], f)
            odds = np.log(priors[j]) - np.log1p(-priors[j]) + (rest - f / 2) @ f / variance
            q[:, j] = np.exp(-np.logaddexp(0, -odds))
            rest = rest - np.outer(q[:, j], f)
    return q

# %% wrong: one sweep, in turn (10.15)
# You update all causes from the old values. Each is to see the newest values of the others; all at
# once, the bound may fall.
# - for j, f in enumerate(factors):
# -     others = x - q @ factors + q[:, [j]] * f
# -     q[:, j] = special.expit(special.logit(priors[j]) + (others - f / 2) @ f / variance)
# + squares = (factors**2).sum(axis=1)
# + others = (x - q @ factors) @ factors.T + q * squares
# + q = special.expit(special.logit(priors) + (others - squares / 2) / variance)
# %% wrong: a single cause has its posterior
# Half the square of the factor lacks in the log odds: a cause that is on has to fit x, not only to
# point towards it.
# ~ (others - f / 2) @ f → others @ f
# %% wrong: a single cause has its posterior
# You take off the whole square of the factor. Expand the square in (10.2): which coefficient has
# it?
# ~ f / 2 → f
# %% wrong: a single cause has its posterior
# You forgot to divide by the variance.
# ~ @ f / variance → @ f
# %% wrong: a single cause has its posterior
# You divide by the standard deviation. In (10.2) it is the variance.
# ~ / variance → / np.sqrt(variance)
# %% wrong: a single cause has its posterior
# The prior lacks: with nothing to see in x, q has to be π.
# ~ special.logit(priors[j]) + (others → (others
# %% wrong: a single cause has its posterior
# You add log π_j. The log odds compare z_j = 1 with z_j = 0, which has a prior as well.
# ~ special.logit(priors[j]) → np.log(priors[j])
# %% wrong: a single cause has its posterior
# You take off what cause j itself explains. The sum in (10.15) runs over the others only.
# ~ others = x - q @ factors + q[:, [j]] * f → others = x - q @ factors
# %% wrong: one sweep, in turn (10.15)
# You leave the other causes out, as if each had to explain x alone.
# ~ others = x - q @ factors + q[:, [j]] * f → others = x
# %% wrong: the start
# You start at one half. The question says where to start.
# ~ np.tile(priors, (len(x), 1)) → np.full((len(x), len(priors)), 0.5)
# %% wrong: one sweep, in turn (10.15)
# You go through the causes from the last to the first.
# ~ enumerate(factors) → reversed(list(enumerate(factors)))
# %% wrong: a single cause has its posterior
# You decide for 0 or 1. q keeps the probability.
# - q[:, j] = special.expit(special.logit(priors[j]) + (others - f / 2) @ f / variance)
# + q[:, j] = special.logit(priors[j]) + (others - f / 2) @ f / variance > 0
# %% wrong: one sweep, in turn (10.15)
# You pass on decisions, 0 or 1, to the other causes, and round their probabilities away.
# ~ x - q @ factors + q[:, [j]] * f → x - np.round(q) @ factors + np.round(q[:, [j]]) * f
# %% wrong: one sweep, in turn (10.15)
# The other causes are to be taken off x. Check the sign.
# ~ x - q @ factors + q[:, [j]] * f → x + q @ factors - q[:, [j]] * f
# %% wrong: several sweeps
# You make one sweep whatever `sweeps` says.
# ~ range(sweeps) → range(min(sweeps, 1))
# %% wrong: finite
# exp of a large number is infinite, and inf/inf is no number. Which form of the logistic function
# is safe on both sides?
# - q[:, j] = special.expit(special.logit(priors[j]) + (others - f / 2) @ f / variance)
# + odds = np.exp(special.logit(priors[j]) + (others - f / 2) @ f / variance)
# + q[:, j] = odds / (1 + odds)
# %% wrong: shape
# You return causes in rows. Rows of q are rows of x.
# ~ return q → return q.T
# %% wrong: a single cause has its posterior
# You multiply by the variance. Little noise makes sure, so it stands below.
# ~ / variance → * variance
# %% wrong: a single cause has its posterior
# You divide the prior's log odds by the variance as well. The prior knows no noise.
# ~ special.logit(priors[j]) → special.logit(priors[j]) / variance
# %% wrong: a single cause has its posterior
# You divide by 2σ². Expand the square in (10.2): the cross term has a factor of 2.
# ~ / variance → / (2 * variance)
# %% wrong: a single cause has its posterior
# You put the q of the last sweep in the prior's place. π_j stays what it is.
# - q[:, j] = special.expit(special.logit(priors[j]) + (others - f / 2) @ f / variance)
# + before = special.logit(np.clip(q[:, j], 1e-12, 1 - 1e-12))
# + q[:, j] = special.expit(before + (others - f / 2) @ f / variance)
# %% wrong: several sweeps
# You begin each sweep at the priors again, so a second one adds nothing.
#   for _ in range(sweeps):
# +     q = np.tile(priors, (len(x), 1))
# %% wrong: one sweep, in turn (10.15)
# You return the exact p(z_j = 1 | x). The best product has other values.
def mean_field_e_step(x, factors, priors, variance, sweeps):
    if sweeps == 0:
        return np.tile(priors, (len(x), 1))
    s = np.array(list(np.ndindex(*[2] * len(priors))), dtype=float)
    a = s @ np.log(priors) + (1 - s) @ np.log(1 - priors)
    a = a - ((x[:, None] - s @ factors) ** 2).sum(axis=2) / (2 * variance)
    return special.softmax(a, axis=1) @ s
