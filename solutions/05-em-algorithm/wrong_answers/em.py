"""Wrong and unusual answers to em (lesson 05)."""

# %% right plain_loops
# Plain loops, with each row's maximum taken off by hand.
def em(x, start, tol, max_iterations):
    n, d = x.shape
    weights, means, covariances = start
    K = len(weights)
    trace = []

    def posterior(weights, means, covariances):
        a = log_joint(x, weights, means, covariances)
        top = a.max(axis=1, keepdims=True)
        p = np.exp(a - top)
        total = p.sum(axis=1, keepdims=True)
        return p / total, float((top + np.log(total)).sum())

    r, value = posterior(weights, means, covariances)
    trace.append(value)
    for t in range(max_iterations):
        counts = r.sum(axis=0)
        old_means = means
        weights = counts / n
        means = (r.T @ x) / counts[:, None]
        covariances = np.zeros((K, d, d))
        for k in range(K):
            deviations = x - means[k]
            covariances[k] = (r[:, k, None] * deviations).T @ deviations / counts[k]
        r, value = posterior(weights, means, covariances)
        trace.append(value)
        if abs(trace[-1] - trace[-2]) < tol:
            break
    return (weights, means, covariances), np.array(trace)

# %% right
# Two passes over the data an iteration, np.cov with weights, a list for the trace.
def em(x, start, tol, max_iterations):
    def log_likelihood_of(theta):
        return special.logsumexp(log_joint(x, *theta), axis=1).sum()

    theta, trace = tuple(start), [log_likelihood_of(start)]
    while len(trace) <= max_iterations:
        r = special.softmax(log_joint(x, *theta), axis=1)
        shares = r / r.sum(axis=0)
        means = np.einsum("nk,nd->kd", shares, x)
        covariances = np.stack(
            [np.cov(x.T, aweights=q, ddof=0).reshape(x.shape[1], -1) for q in shares.T]
        )
        theta = r.mean(axis=0), means, covariances
        trace.append(log_likelihood_of(theta))
        if abs(trace[-1] - trace[-2]) < tol:
            return theta, trace
    return theta, trace

# %% right
# Recursion instead of a loop, and weights normalised by the sum of the counts.
def em(x, start, tol, max_iterations, so_far=()):
    a = log_joint(x, *start)
    log_density = np.logaddexp.reduce(a, axis=1)
    trace = [*so_far, log_density.sum()]
    gained = len(trace) > 1 and abs(trace[-1] - trace[-2]) < tol
    if gained or len(trace) > max_iterations:
        return start, trace
    r = np.exp(a - log_density[:, None])
    c = r.sum(axis=0)
    moved = r.T @ x / c[:, None]
    around = [(x - m).T @ np.diag(q) @ (x - m) / q.sum() for m, q in zip(moved, r.T)]
    return em(x, (c / c.sum(), moved, np.array(around)), tol, max_iterations, trace)

# %% wrong, from plain_loops: log-likelihood of the start (5.3)
# Your E-step does not look at the weights. Which two factors make the joint p(x, z_k)?
# ~ x, weights → x, np.ones(K)
# %% wrong, from plain_loops: covariances (5.2)
# You took the deviations from the means that the E-step used. Which means does the covariance in
# (5.2) refer to?
# ~ means[k] → old_means[k]
# %% wrong, from plain_loops: covariances (5.2)
# Your covariances are divided by the number of all rows. How many rows does component k expect to
# have?
# ~ counts[k] → n
# %% wrong, from plain_loops: covariances (5.2)
# You divide by one less than the count. That removes a bias; it does not maximise the Q-function.
# ~ counts[k] → (counts[k] - 1)
# %% wrong, from plain_loops: covariances (5.2)
# Your covariances have no entries off the diagonal. What is the outer product of a deviation with
# itself?
# - covariances[k] = (r[:, k, None] * deviations).T @ deviations / counts[k]
# + covariances[k] = np.diag((r[:, k, None] * deviations**2).sum(axis=0) / counts[k])
# %% wrong, from plain_loops: covariances (5.2)
# All rows count alike in every covariance. Where do the responsibilities enter?
# ~ (r[:, k, None] * deviations).T @ deviations / counts[k] → deviations.T @ deviations / n
# %% wrong, from plain_loops: weights (5.2)
# You rounded the responsibilities to labels. EM averages over labels; hard assignments climb
# another function.
# ~ p / total → np.eye(K)[p.argmax(axis=1)]
# %% wrong, from plain_loops: weights (5.2)
# Your weights never change. What is the M-step's weight of a component?
# ~ counts / n → start[0]
# %% wrong, from plain_loops: means (5.2)
# You divide the means by the number of all rows. What must the weights of one component's mean sum
# to?
# ~ counts[:, None] → n
# %% wrong, from plain_loops: finite
# Far from all components every density is 0 in floating point, and 0/0 is no responsibility. Take
# each row's maximum off before you exponentiate.
# ~ a.max(axis=1, keepdims=True) → 0.0
# %% wrong, from plain_loops: finite
# One row's log-joint may lie thousands below another's. The maximum to take off is that of the row.
# ~ a.max(axis=1, keepdims=True) → a.max()
# %% wrong, from plain_loops: log-likelihood of the start (5.3)
# Your trace holds means over the rows. log p(D; θ) is a sum over rows: (5.3).
# ~ (top + np.log(total)).sum() → (top + np.log(total)).mean()
# %% wrong, from plain_loops: log-likelihood of the start (5.3)
# Your trace holds the Q-function, the expected complete-data log-likelihood. By how much does it
# lie below log p(D; θ)?
# ~ top + np.log(total) → p / total * a
# %% wrong, from plain_loops: no iteration, the start
# Your trace lacks the value at the start. Which θ does trace[0] belong to?
# - trace.append(value)
# - for t in range(max_iterations):
# + for t in range(max_iterations):
# ~ if abs( → if len(trace) > 1 and abs(
# %% wrong, from plain_loops: keeps the iteration that stops (5.7)
# When the gain is small you return the θ before the last iteration, though the trace includes it.
# The rule keeps that iteration.
# -     trace.append(value)
# -     if abs(trace[-1] - trace[-2]) < tol:
# -         break
# +     if abs(value - trace[-1]) < tol:
# +         break
# +     trace.append(value)
# %% wrong, from plain_loops: keeps the iteration that stops (5.7)
# Your gain is relative to the size of the log-likelihood. That size depends on the units of x, by
# (5.8).
# ~ tol: → tol * abs(trace[-2]):
# %% wrong, from plain_loops: keeps the iteration that stops (5.7)
# You compare the gain a row with tol. (5.7) compares the gain of all rows together.
# ~ (trace[-1] - trace[-2]) < tol → (trace[-1] - trace[-2]) / n < tol
# %% wrong, from plain_loops: keeps the iteration that stops (5.7)
# You stop when the means hardly move. (5.7) looks at log p(D; θ).
# ~ abs(trace[-1] - trace[-2]) → np.abs(means - old_means).max()
# %% wrong, from plain_loops: keeps the iteration that stops (5.7)
# You never stop before max_iterations. Where does tol enter?
# ~ abs(trace[-1] - trace[-2]) < tol → False
# %% wrong, from plain_loops: all iterations with tol = 0
# Your loop stops when the gain equals tol. (5.7) has a strict sign: with tol = 0 no gain is small
# enough.
# ~ (trace[-1] - trace[-2]) < tol → (trace[-1] - trace[-2]) <= tol
# %% wrong, from plain_loops: all iterations with tol = 0
# You put a smallest tolerance in the place of 0. With tol = 0 only max_iterations ends the run.
# ~ tol: → (tol or 1e-8):
# %% wrong, from plain_loops: all iterations with tol = 0
# Your loop has a limit of its own. Which argument says how many iterations it may make?
# ~ (max_iterations) → (min(max_iterations, 20))
# %% wrong, from plain_loops: no iteration, the start
# Your loop makes one iteration even where none is allowed.
# ~ (max_iterations) → (max(max_iterations, 1))
# %% wrong, from plain_loops: T + 1 values (5.3)
# Your loop makes one iteration fewer than allowed. How many values has the trace after T
# iterations?
# ~ (max_iterations) → (max_iterations - 1)
# %% wrong, from plain_loops: the last value is that of θ
# You pair each θ with the log-likelihood of the one before it: the E-step after the last M-step is
# missing.
#       covariances[k] = (r[:, k, None] * deviations).T @ deviations / counts[k]
# + trace.append(value)
# - trace.append(value)
# - if abs(trace[-1] - trace[-2]) < tol:
# + if abs(value - trace[-1]) < tol:
# %% wrong, from plain_loops: ValueError
# You wrote two components into the code. K is the length of weights.
# ~ len(weights) → 2
# %% wrong, from plain_loops: LinAlgError
# Your covariances are numbers, which is right for one column only. What shape has the covariance of
# d columns?
# ~ (r[:, k, None] * deviations).T @ deviations → (r[:, k, None] * deviations**2).sum()
# %% wrong, from plain_loops: arguments stay as they were
# You wrote the new means into the caller's array. Build new arrays instead.
# ~ means = (r.T @ x) → means[:] = (r.T @ x)
# %% wrong: shape
# These are the numbers of the example. The function is to compute them from its arguments.
def em(x, start, tol, max_iterations):
    theta = np.array([0.425, 0.575]), np.array([[-4 / 17], [14 / 23]]), np.array(
        [[[188 / 289]], [[218 / 529]]]
    )
    return theta, np.array([-5.3613, -4.8586])
