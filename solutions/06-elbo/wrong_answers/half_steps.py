"""Wrong and unusual answers to half_steps (lesson 06)."""

# %% right in_functions
# Three small functions, np.cov with weights, and a list for an answer.
def log_joint(x, weights, means, covariances):
    columns = []
    for k in range(len(weights)):
        log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
        with np.errstate(divide="ignore"):
            columns.append(np.log(weights[k]) + np.reshape(log_density, len(x)))
    return np.array(columns).T


def bound(x, q, *theta):
    return np.sum(q * np.where(q > 0, log_joint(x, *theta), 0.0)) + special.entr(q).sum()


def new_q(x, *theta):
    return special.softmax(log_joint(x, *theta), axis=1)


def new_theta(x, q):
    c = q.sum(axis=0)
    means = q.T @ x / c[:, None]
    covariances = np.array([np.cov(x.T, aweights=q[:, k], ddof=0) for k in range(len(c))])
    return c / len(x), means, covariances.reshape(len(c), x.shape[1], x.shape[1])


def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
    return values

# %% right
# All in arrays; log p after the E-step, and the closed form of the bound after the M-step.
def half_steps(x, q, weights, means, covariances, cycles):
    values = np.empty(2 * cycles)
    n, d = x.shape
    for t in range(cycles):
        factors = np.linalg.cholesky(covariances)
        deviations = x[None] - np.asarray(means)[:, None]
        white = np.linalg.solve(factors, deviations.transpose(0, 2, 1))
        halves = np.log(np.diagonal(factors, axis1=1, axis2=2)).sum(axis=1)
        a = (np.log(weights) - halves)[:, None] - 0.5 * np.einsum("kdn,kdn->kn", white, white)
        a -= 0.5 * d * np.log(2 * np.pi)
        log_p = np.logaddexp.reduce(a, axis=0)
        r = np.exp(a - log_p)
        values[2 * t] = log_p.sum()
        c = r.sum(axis=1)
        means = np.einsum("kn,nd->kd", r, x) / c[:, None]
        deviations = x[None] - means[:, None]
        covariances = np.einsum("kn,kni,knj->kij", r, deviations, deviations) / c[:, None, None]
        weights = c / n
        expected = c @ (np.log(weights) - 0.5 * np.linalg.slogdet(covariances)[1])
        expected -= 0.5 * n * d * (np.log(2 * np.pi) + 1)
        values[2 * t + 1] = expected + special.entr(r).sum()
    return values

# %% right
# Recursion on the number of cycles.
def log_joint(x, weights, means, covariances):
    columns = []
    for k in range(len(weights)):
        log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
        with np.errstate(divide="ignore"):
            columns.append(np.log(weights[k]) + np.reshape(log_density, len(x)))
    return np.array(columns).T


def bound(x, q, *theta):
    return np.sum(q * np.where(q > 0, log_joint(x, *theta), 0.0)) + special.entr(q).sum()


def new_q(x, *theta):
    return special.softmax(log_joint(x, *theta), axis=1)


def new_theta(x, q):
    c = q.sum(axis=0)
    means = q.T @ x / c[:, None]
    covariances = np.array([np.cov(x.T, aweights=q[:, k], ddof=0) for k in range(len(c))])
    return c / len(x), means, covariances.reshape(len(c), x.shape[1], x.shape[1])


def half_steps(x, q, weights, means, covariances, cycles):
    start = bound(x, new_q(x, weights, means, covariances), weights, means, covariances)
    theta = new_theta(x, new_q(x, weights, means, covariances))
    after = bound(x, new_q(x, weights, means, covariances), *theta)
    rest = half_steps(x, q, *theta, cycles - 1) if cycles > 1 else []
    return [start, after, *rest]

# %% wrong, from in_functions: tight after the E-step (6.10)
# You began with the M-step, at the q that was given. Which half-step comes first?
#   for _ in range(cycles):
# +     theta = new_theta(x, q)
# +     values.append(bound(x, q, *theta))
# - theta = new_theta(x, q)
# - values.append(bound(x, q, *theta))
# %% wrong, from in_functions: tight after the E-step (6.10)
# You noted the bound before each half-step. The question asks for it after each.
#   for _ in range(cycles):
# +     values.append(bound(x, q, *theta))
# -     values.append(bound(x, q, *theta))
# - return values
# + return np.array(values)
# %% wrong, from in_functions: q stays in the M-step (6.11)
# After the M-step you renewed q before you took the bound, so every number is log p. Which argument
# does an M-step move, and which does it hold?
# -     values.append(bound(x, q, *theta))
# - return values
# +     values.append(bound(x, new_q(x, *theta), *theta))
# + return np.array(values)
# %% wrong, from in_functions: q stays in the M-step (6.11)
# These are log-likelihoods. After an M-step the bound may lie below log p(D; θ).
# -     q = new_q(x, *theta)
# -     values.append(bound(x, q, *theta))
# -     theta = new_theta(x, q)
# -     values.append(bound(x, q, *theta))
# +     for renewed in (theta, new_theta(x, new_q(x, *theta))):
# +         values.append(special.logsumexp(log_joint(x, *renewed), axis=1).sum())
# +     theta = renewed
# %% wrong, from in_functions: each E-step at the newest θ (6.10)
# You took one E-step before the loop and none in it. After the first M-step your q is old.
#   theta, values = (weights, means, covariances), []
# + q = new_q(x, *theta)
# - q = new_q(x, *theta)
# %% wrong, from in_functions: tight after the E-step (6.10)
# You noted the expected complete-data log-likelihood. What does (6.3) add to it?
# - return np.sum(q * np.where(q > 0, log_joint(x, *theta), 0.0)) + special.entr(q).sum()
# + return np.sum(q * np.where(q > 0, log_joint(x, *theta), 0.0))
# %% wrong, from in_functions: q stays in the M-step (6.11)
# Your covariances are taken about the previous means. Lesson 4 takes them about the new.
# - theta = new_theta(x, q)
# + about = [(q[:, k] * (x - m).T) @ (x - m) / q[:, k].sum() for k, m in enumerate(theta[1])]
# + theta = *new_theta(x, q)[:2], np.array(about)
# %% wrong, from in_functions: q stays in the M-step (6.11)
# Your weights never change. The M-step renews all of θ.
# ~ theta = new_theta(x, q) → theta = (weights, *new_theta(x, q)[1:])
# %% wrong, from in_functions: q stays in the M-step (6.11)
# Your covariances never change. The M-step renews all of θ.
# - theta = new_theta(x, q)
# + weights, means, _ = new_theta(x, q)
# + theta = weights, means, theta[2]
# %% wrong, from in_functions: tight after the E-step (6.10)
# Your q is hard. Is the bound tight there?
# ~ q = new_q(x, *theta) → q = np.eye(len(weights))[log_joint(x, *theta).argmax(axis=1)]
# %% wrong, from in_functions: each E-step at the newest θ (6.10)
# You put all E-steps before all M-steps. The numbers are wanted in the order in which the
# half-steps are taken.
# ~ return values → return np.array(values[::2] + values[1::2])
# %% wrong, from in_functions: shape
# You also noted the bound at the q that was given. How many numbers are asked for?
# - theta, values = (weights, means, covariances), []
# + theta = weights, means, covariances
# + values = [bound(x, q, *theta)]
# %% wrong, from in_functions: shape
# You noted one number a cycle. Each cycle has two half-steps.
#   q = new_q(x, *theta)
# - values.append(bound(x, q, *theta))
# %% wrong, from in_functions: tight after the E-step (6.10)
# You divided by the number of rows. The bound is a sum over them.
# ~ return values → return np.array(values) / len(x)
# %% wrong, from in_functions: q stays in the M-step (6.11)
# You divided the scatter by c_k − 1. Which divisor makes the bound largest?
# - theta = new_theta(x, q)
# + weights, means, covariances = new_theta(x, q)
# + c = q.sum(axis=0)[:, None, None]
# + theta = weights, means, covariances * c / (c - 1)
# %% wrong: ValueError
# Far from every component all densities are 0 in floating point, and q is 0/0. The E-step needs
# logs, with each row's maximum taken off.
# - q = special.softmax(log_joint(), axis=1)
# + joint = np.exp(log_joint())
# + q = joint / joint.sum(axis=1, keepdims=True)
# %% wrong, from in_functions: arguments stay as they were
# The numbers are right, but you wrote into the caller's q. Make a new table.
# ~ q = new_q(x, *theta) → q[:] = new_q(x, *theta)
# %% wrong, from in_functions: each E-step at the newest θ (6.10)
# After the first cycle your E-steps go only part of the way to the posterior.
# - for _ in range(cycles):
# -     q = new_q(x, *theta)
# + for t in range(cycles):
# +     share = 1.0 if t == 0 else 0.9
# +     q = (1 - share) * q + share * new_q(x, *theta)
# %% wrong: each E-step at the newest θ (6.10)
# You took the entropy of the first q for all cycles. It is constant in θ, not in q.
# ~ values = [] → values, doubt = [], np.sum(special.entr(special.softmax(log_joint(), axis=1)))
#   q = special.softmax(log_joint(), axis=1)
# - values.append(np.sum(q * log_joint()) + np.sum(special.entr(q)))
# + values.append(np.sum(q * log_joint()) + doubt)
#   covariances = [scatter / count for scatter, count in zip(scatters, counts)]
# - values.append(np.sum(q * log_joint()) + np.sum(special.entr(q)))
# + values.append(np.sum(q * log_joint()) + doubt)
