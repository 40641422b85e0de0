"""Wrong and unusual answers to mean_field_gap (lesson 10)."""

# %% right from_the_bound
# As the difference of log p, enumerated, and the bound (10.14).
def mean_field_gap(x, q, factors, priors, variance):
    J, d = factors.shape
    s = np.array(list(np.ndindex(*[2] * J)), dtype=float)
    joint = s @ np.log(priors) + (1 - s) @ np.log(1 - priors) - np.zeros((len(x), 1))
    joint = joint - ((x[:, None] - s @ factors) ** 2).sum(axis=2) / (2 * variance)
    joint = joint - d / 2 * np.log(2 * np.pi * variance)
    log_p = special.logsumexp(joint, axis=1)
    square = ((x - q @ factors) ** 2).sum(axis=1) + (q * (1 - q)) @ (factors**2).sum(axis=1)
    bound = q @ np.log(priors) + (1 - q) @ np.log(1 - priors) - square / (2 * variance)
    bound = (
        bound
        - d / 2 * np.log(2 * np.pi * variance)
        + (-special.xlogy(q, q) - special.xlogy(1 - q, 1 - q)).sum(axis=1)
    )
    return float((log_p - bound).sum())

# %% right
# State by state in plain Python.
def mean_field_gap(x, q, factors, priors, variance):
    J, total = len(priors), 0.0
    for row, u in zip(x, q):
        logs, shares = [], []
        for number in range(2**J):
            z = [(number >> j) & 1 for j in range(J)]
            mean = sum((f for f, on in zip(factors, z) if on), np.zeros(len(row)))
            prior = sum(np.log(p if on else 1 - p) for p, on in zip(priors, z))
            logs.append(prior - np.sum((row - mean) ** 2) / (2 * variance))
            shares.append(np.prod([v if on else 1 - v for v, on in zip(u, z)]))
        normaliser = special.logsumexp(logs)
        for a, share in zip(logs, shares):
            if share > 0:
                total += share * (np.log(share) - a + normaliser)
    return np.array(total)

# %% right
# The entropy of a product as a sum, and the cross-entropy over states.
def mean_field_gap(x, q, factors, priors, variance):
    J = len(priors)
    s = np.array(list(np.ndindex(*[2] * J)), dtype=float)
    a = (
        s @ np.log(priors)
        + (1 - s) @ np.log(1 - priors)
        - ((x[:, None] - s @ factors) ** 2).sum(axis=2) / (2 * variance)
    )
    b = special.log_softmax(a, axis=1)
    p = np.where(s == 1, q[:, None], 1 - q[:, None]).prod(axis=2)
    return float(np.sum(special.xlogy(q, q) + special.xlogy(1 - q, 1 - q)) - np.sum(p * b))

# %% wrong: one cause, summed over rows (10.16)
# You exchanged q and the posterior. The gap is KL(q ‖ p), with the expectation under q.
# - return np.sum(special.xlogy(product, product) - product * log_posterior)
# + return np.sum(np.exp(log_posterior) * (log_posterior - np.log(product)))
# %% wrong: one cause, summed over rows (10.16)
# You average over rows. The gap is summed.
# - return np.sum(special.xlogy(product, product) - product * log_posterior)
# + return np.sum(special.xlogy(product, product) - product * log_posterior) / len(x)
# %% wrong: no gap at a posterior
# You compare with the joint. What is missing until it is the posterior?
# - log_posterior = special.log_softmax(log_prior - squares / (2 * variance), axis=1)
# + log_posterior = log_prior - squares / (2 * variance)
# %% wrong: no gap at a posterior
# You leave out the priors of the states.
# ~ log_prior - squares / → -squares /
# %% wrong: no gap at a posterior
# You count the priors of the causes that are on, and not of those that are off.
# ~ + (1 - states) @ np.log1p(-priors) →
# %% wrong: no gap at a posterior
# The exponent of a normal density has 2σ² below the square.
# ~ (2 * variance) → variance
# %% wrong: no gap at a posterior
# You return the cross-entropy. The entropy of q lacks.
# ~ special.xlogy(product, product) - product → -product
# %% wrong: one cause, summed over rows (10.16)
# Your sign is turned: log p − L is not negative.
# ~ return np.sum( → return -np.sum(
# %% wrong: the q that is given (10.16)
# You compare each q_j with the posterior of that cause alone. The posterior's couplings are what a
# product cannot have: compare over all states.
# - return np.sum(special.xlogy(product, product) - product * log_posterior)
# + r = np.exp(log_posterior)
# + return np.sum(special.rel_entr(q, r @ states) + special.rel_entr(1 - q, r @ (1 - states)))
# %% wrong, from from_the_bound: no gap at a posterior
# You put the q_j in place of the z_j in log p(x, z). The expected square has the variance of each
# z_j as well: which equation?
# ~ + (q * (1 - q)) @ (factors**2).sum(axis=1) →
# %% wrong, from from_the_bound: no gap at a posterior
# Your entropy counts q log q, and not (1 − q) log (1 − q).
# ~ (-special.xlogy(q, q) - special.xlogy(1 - q, 1 - q)) → (-special.xlogy(q, q))
# %% wrong: finite
# Entries of q may be 0 or 1, and 0 log 0 counts as 0.
# ~ special.xlogy(product, product) → product * np.log(product)
# %% wrong: finite
# Far away every state's density is 0 in floating point. Normalise in logs.
# - log_posterior = special.log_softmax(log_prior - squares / (2 * variance), axis=1)
# + p = np.exp(log_prior - squares / (2 * variance))
# + log_posterior = np.log(p / p.sum(axis=1, keepdims=True))
# %% wrong, from from_the_bound: one cause, summed over rows (10.16)
# You use the best q instead of the one that is given.
#   def mean_field_gap(x, q, factors, priors, variance):
# +     q = np.tile(priors, (len(x), 1))
# +     for _ in range(50):
# +         for j, f in enumerate(factors):
# +             rest = x - q @ factors + q[:, [j]] * f
# +             q[:, j] = special.expit(special.logit(priors[j]) + (rest - f / 2) @ f / variance)
# %% wrong: no gap at a posterior
# Your states are those of two causes. There may be any number up to ten.
# ~ J = len(priors) → priors, factors, q, J = priors[[0, -1]], factors[[0, -1]], q[:, [0, -1]], 2
# %% wrong: logs first (3.4)
# You add a small number before you take the logarithm. Far away probabilities are smaller still:
# normalise in logs.
# ~ product * log_posterior → product * np.log(np.exp(log_posterior) + 1e-300)
# %% wrong: finite
# The posterior's probabilities are 0 in floating point far away. Take their logarithms from
# log-sum-exp.
# - return np.sum(special.xlogy(product, product) - product * log_posterior)
# + return np.sum(special.rel_entr(product, np.exp(log_posterior)))
# %% wrong: no gap at a posterior
# You normalise over all rows at once. Each row has a posterior of its own.
# ~ (2 * variance), axis=1 → (2 * variance)
# %% wrong: one cause, summed over rows (10.16)
# You measure in bits. A nat is the natural logarithm's unit.
# - return np.sum(special.xlogy(product, product) - product * log_posterior)
# + return np.sum(special.xlogy(product, product) - product * log_posterior) / np.log(2)
# %% wrong, from from_the_bound: no gap at a posterior
# The normal density's constant is in log p, but not in your bound.
# - - d / 2 * np.log(2 * np.pi * variance)
# %% wrong: the q that is given (10.16)
# Your q runs through the causes in another order than your states.
# ~ q[:, None, :], 1 - q[:, None, :] → q[:, None, ::-1], 1 - q[:, None, ::-1]
