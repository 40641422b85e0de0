"""Wrong and unusual answers to best_of_restarts (lesson 05)."""

# %% right plain_loop
# A running best.
def best_of_restarts(x, starts, tol, max_iterations):
    best_theta, best_value = None, -np.inf
    finals = []
    for start in starts:
        run = fit(GaussianMixture(*start), x, tol=tol, max_iterations=max_iterations)
        value = float("nan") if run.broke_down else run.trace[-1]
        finals.append(value)
        if value > best_value:
            best_theta, best_value = run.model.theta, value
    return best_theta, np.array(finals)

# %% right
# The places sorted by their finals; lists for results.
def best_of_restarts(x, starts, tol, max_iterations):
    runs = [fit(GaussianMixture(*s), x, tol=tol, max_iterations=max_iterations) for s in starts]
    finals = [float("-inf") if run.broke_down else run.trace[-1] for run in runs]
    order = sorted(range(len(starts)), key=lambda s: finals[s])
    return list(runs[order[-1]].model.theta), finals

# %% right
# A loop of one's own, whose exceptions count as breaking down.
def best_of_restarts(x, starts, tol, max_iterations):
    def loop(theta):
        trace = []
        for t in range(max_iterations + 1):
            a = log_joint(x, *theta)
            log_density = special.logsumexp(a, axis=1)
            trace.append(log_density.sum())
            if t == max_iterations or (t > 0 and abs(trace[-1] - trace[-2]) < tol):
                return theta, trace[-1]
            r = np.exp(a - log_density[:, None])
            c = r.sum(axis=0)
            means = r.T @ x / c[:, None]
            covariances = [(q * (x - m).T) @ (x - m) / q.sum() for q, m in zip(r.T, means)]
            theta = c / len(x), means, np.array(covariances)

    thetas, finals = [], []
    for start in starts:
        try:
            theta, final = loop(start)
        except (ValueError, np.linalg.LinAlgError):
            theta, final = None, np.nan
        thetas.append(theta)
        finals.append(final if np.isfinite(final) else np.nan)
    return thetas[int(np.nanargmax(finals))], np.array(finals)

# %% wrong, from plain_loop: a run that breaks down never wins
# np.argmax gives the place of a NaN if there is one. A run that broke down must not win.
# ~ finals = [] → finals, thetas = [], []
#   finals.append(value)
# + thetas.append(run.model.theta)
# ~ return best_theta → return thetas[int(np.argmax(finals))]
# %% wrong, from plain_loop: a run that breaks down never wins
# Python's max keeps a NaN that comes first, because every comparison with it is false.
# ~ finals = [] → finals, thetas = [], []
#   finals.append(value)
# + thetas.append(run.model.theta)
# ~ return best_theta → return max(zip(finals, thetas), key=lambda pair: pair[0])[1]
# %% wrong, from plain_loop: a run that breaks down never wins
# A trace whose run broke down ends with the last value before that, a finite number, and the higher
# the spike, the larger. Which attribute says that the run broke down?
# ~ float("nan") if run.broke_down else run.trace[-1] → run.trace[-1]
# %% wrong, from plain_loop: a run that breaks down never wins
# A run that broke down has the final 0 with you, which is larger than the others here.
# ~ float("nan") → 0.0
# %% wrong, from plain_loop: shape
# Runs that broke down are missing from your finals. Each start has its place there.
# - finals.append(value)
# + if not run.broke_down:
# +     finals.append(value)
# %% wrong, from plain_loop: finite
# You take runs that reached max_iterations for broken. They did not converge, but where they ended
# is a sound model.
# ~ run.broke_down → not run.converged
# %% wrong, from plain_loop: θ of the largest final
# You return the θ of the last run. Which run's θ is asked for?
# ~ value > best_value → not run.broke_down
# %% wrong, from plain_loop: θ of the largest final
# You return the best start, not where its run ended.
# ~ run.model.theta → start
# %% wrong, from plain_loop: θ of the largest final
# You keep the smallest log-likelihood. Larger is better; it is the negative one that is to be
# small.
# ~ -np.inf → np.inf
# ~ value > best_value → value < best_value
# %% wrong, from plain_loop: θ of the largest final
# Your finals are the log-likelihoods at the starts. Where does the trace hold the end?
# ~ [-1] → [0]
# %% wrong, from plain_loop: θ of the largest final
# You sorted the finals. They belong to the starts, in their order.
# ~ np.array(finals) → np.sort(finals)
# %% wrong, from plain_loop: the largest, in any units (5.8)
# You keep the final nearest to 0. Log-likelihoods may be positive, and then the furthest from 0 is
# the largest.
# ~ -np.inf → np.inf
# ~ value > best_value → abs(value) < best_value
# ~ run.model.theta, value → run.model.theta, abs(value)
# %% wrong, from plain_loop: finite
# You take a positive log-likelihood for a spike. In small units densities are above 1 for any sound
# fit.
# ~ else → or run.trace[-1] > 0 else
# %% wrong, from plain_loop: parts
# Your search begins at -1000, and no final of this problem is as large. Which number is below all?
# ~ np.inf → 1000.0
# %% wrong, from plain_loop: shape
# You return the largest final. One value for each start is asked for.
# ~ np.array(finals) → best_value
# %% wrong, from plain_loop: θ of the largest final
# You choose the run that gained most. A bad start gains more than a good one.
# ~ value > best_value → value - run.trace[0] > best_value
# ~ run.model.theta, value → run.model.theta, value - run.trace[0]
# %% wrong, from plain_loop: finite
# Your runs go on for as long as the library's defaults allow. tol and max_iterations belong to each
# run.
# ~ x, tol=tol, max_iterations=max_iterations → x
# %% wrong, from plain_loop: tol and max_iterations hold for each run
# Your runs ignore tol. When may a run stop?
# ~ tol=tol → tol=0.0
# %% wrong, from plain_loop: θ of the largest final
# You start every run but the first at the end of the one before it.
# - run = fit(GaussianMixture(*start), x, tol=tol, max_iterations=max_iterations)
# + run = fit(
# +     GaussianMixture(*(best_theta or start)), x, tol=tol, max_iterations=max_iterations
# + )
