"""Answers to the exercises of lesson 05: wrong ones with hints, and other right ones."""

from em_authoring.attempt import Attempt


def em(*replacements):
    """The loop written plainly, with some of its lines replaced."""
    source = """
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
"""
    for old, new in replacements:
        if source.count(old) != 1:
            raise ValueError(f"{old!r} is there {source.count(old)} times, not once.")
        source = source.replace(old, new)
    return source


def wrong_em(hint, loses_at, *replacements):
    """An attempt that differs from a right answer in a few lines."""
    return Attempt("em", em(*replacements), right=False, hint=hint, loses_at=loses_at)


EM = [
    Attempt("em", em(), right=True, hint="Plain loops, with each row's maximum taken off by hand."),
    Attempt(
        "em",
        '''
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
''',
        right=True,
        hint="Two passes over the data an iteration, np.cov with weights, a list for the trace.",
    ),
    Attempt(
        "em",
        '''
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
''',
        right=True,
        hint="Recursion instead of a loop, and weights normalised by the sum of the counts.",
    ),
    wrong_em(
        "Your E-step does not look at the weights. Which two factors make the joint p(x, z_k)?",
        "log-likelihood of the start (5.3)",
        ("a = log_joint(x, weights, means, covariances)",
         "a = log_joint(x, np.ones(K), means, covariances)"),
    ),
    wrong_em(
        "You took the deviations from the means that the E-step used. Which means does the "
        "covariance in (5.2) refer to?",
        "covariances (5.2)",
        ("deviations = x - means[k]", "deviations = x - old_means[k]"),
    ),
    wrong_em(
        "Your covariances are divided by the number of all rows. How many rows does component k "
        "expect to have?",
        "covariances (5.2)",
        ("@ deviations / counts[k]", "@ deviations / n"),
    ),
    wrong_em(
        "You divide by one less than the count. That removes a bias; it does not maximise J.",
        "covariances (5.2)",
        ("@ deviations / counts[k]", "@ deviations / (counts[k] - 1)"),
    ),
    wrong_em(
        "Your covariances have no entries off the diagonal. What is the outer product of a "
        "deviation with itself?",
        "covariances (5.2)",
        ("(r[:, k, None] * deviations).T @ deviations / counts[k]",
         "np.diag((r[:, k, None] * deviations**2).sum(axis=0) / counts[k])"),
    ),
    wrong_em(
        "All rows count alike in every covariance. Where do the responsibilities enter?",
        "covariances (5.2)",
        ("(r[:, k, None] * deviations).T @ deviations / counts[k]",
         "deviations.T @ deviations / n"),
    ),
    wrong_em(
        "You rounded the responsibilities to labels. EM averages over labels; hard assignments "
        "climb another function.",
        "weights (5.2)",
        ("return p / total, float(",
         "return np.eye(K)[p.argmax(axis=1)], float("),
    ),
    wrong_em(
        "Your weights never change. What is the M-step's weight of a component?",
        "weights (5.2)",
        ("weights = counts / n\n", "weights = start[0]\n"),
    ),
    wrong_em(
        "You divide the means by the number of all rows. What must the weights of one component's "
        "mean sum to?",
        "means (5.2)",
        ("(r.T @ x) / counts[:, None]", "(r.T @ x) / n"),
    ),
    wrong_em(
        "Far from all components every density is 0 in floating point, and 0/0 is no "
        "responsibility. Take each row's maximum off before you exponentiate.",
        "finite",
        ("top = a.max(axis=1, keepdims=True)", "top = 0.0"),
    ),
    wrong_em(
        "One row's log-joint may lie thousands below another's. The maximum to take off is that of "
        "the row.",
        "finite",
        ("top = a.max(axis=1, keepdims=True)", "top = a.max()"),
        ("float((top + np.log(total)).sum())", "float(top * n + np.log(total).sum())"),
    ),
    wrong_em(
        "Your trace holds means over the rows. log p(D; θ) is a sum over rows: (5.3).",
        "log-likelihood of the start (5.3)",
        ("float((top + np.log(total)).sum())", "float((top + np.log(total)).mean())"),
    ),
    wrong_em(
        "Your trace holds J, the expected complete-data log-likelihood. By how much does it lie "
        "below log p(D; θ)?",
        "log-likelihood of the start (5.3)",
        ("float((top + np.log(total)).sum())", "float((p / total * a).sum())"),
    ),
    wrong_em(
        "Your trace lacks the value at the start. Which θ does trace[0] belong to?",
        "no iteration, the start",
        ("r, value = posterior(weights, means, covariances)\n    trace.append(value)\n",
         "r, value = posterior(weights, means, covariances)\n"),
        ("if abs(trace", "if len(trace) > 1 and abs(trace"),
    ),
    wrong_em(
        "When the gain is small you return the θ before the last iteration, though the trace "
        "includes it. The rule keeps that iteration.",
        "keeps the iteration that stops (5.7)",
        ("        r, value = posterior(weights, means, covariances)\n        trace.append(value)\n"
         "        if abs(trace[-1] - trace[-2]) < tol:\n            break\n",
         "        r, value = posterior(weights, means, covariances)\n"
         "        if abs(value - trace[-1]) < tol:\n            break\n"
         "        trace.append(value)\n"),
    ),
    wrong_em(
        "Your gain is relative to the size of the log-likelihood. That size depends on the units "
        "of x, by (5.8).",
        "keeps the iteration that stops (5.7)",
        ("if abs(trace[-1] - trace[-2]) < tol:",
         "if abs(trace[-1] - trace[-2]) < tol * abs(trace[-2]):"),
    ),
    wrong_em(
        "You compare the gain a row with tol. (5.7) compares the gain of all rows together.",
        "keeps the iteration that stops (5.7)",
        ("if abs(trace[-1] - trace[-2]) < tol:", "if abs(trace[-1] - trace[-2]) / n < tol:"),
    ),
    wrong_em(
        "You stop when the means hardly move. (5.7) looks at log p(D; θ).",
        "keeps the iteration that stops (5.7)",
        ("if abs(trace[-1] - trace[-2]) < tol:", "if np.abs(means - old_means).max() < tol:"),
    ),
    wrong_em(
        "You never stop before max_iterations. Where does tol enter?",
        "keeps the iteration that stops (5.7)",
        ("if abs(trace[-1] - trace[-2]) < tol:", "if False:"),
    ),
    wrong_em(
        "Your loop stops when the gain equals tol. (5.7) has a strict sign: with tol = 0 no gain "
        "is small enough.",
        "all iterations with tol = 0",
        ("if abs(trace[-1] - trace[-2]) < tol:", "if abs(trace[-1] - trace[-2]) <= tol:"),
    ),
    wrong_em(
        "You put a smallest tolerance in the place of 0. With tol = 0 only max_iterations ends "
        "the run.",
        "all iterations with tol = 0",
        ("if abs(trace[-1] - trace[-2]) < tol:", "if abs(trace[-1] - trace[-2]) < (tol or 1e-8):"),
    ),
    wrong_em(
        "Your loop has a limit of its own. Which argument says how many iterations it may make?",
        "all iterations with tol = 0",
        ("for t in range(max_iterations):", "for t in range(min(max_iterations, 20)):"),
    ),
    wrong_em(
        "Your loop makes one iteration even where none is allowed.",
        "no iteration, the start",
        ("for t in range(max_iterations):", "for t in range(max(max_iterations, 1)):"),
    ),
    wrong_em(
        "Your loop makes one iteration fewer than allowed. How many values has the trace after T "
        "iterations?",
        "T + 1 values (5.3)",
        ("for t in range(max_iterations):", "for t in range(max_iterations - 1):"),
    ),
    wrong_em(
        "You pair each θ with the log-likelihood of the one before it: the E-step after the last "
        "M-step is missing.",
        "the last value is that of θ",
        ("        r, value = posterior(weights, means, covariances)\n"
         "        trace.append(value)\n        if",
         "        trace.append(value)\n"
         "        r, value = posterior(weights, means, covariances)\n        if"),
        ("if abs(trace[-1] - trace[-2]) < tol:", "if abs(value - trace[-1]) < tol:"),
    ),
    wrong_em(
        "You wrote two components into the code. K is the length of weights.",
        "ValueError",
        ("K = len(weights)\n", "K = 2\n"),
        ("means = (r.T @ x) / counts[:, None]\n",
         "means = np.array([r[:, k] @ x / counts[k] for k in range(K)])\n"),
    ),
    wrong_em(
        "Your covariances are numbers, which is right for one column only. What shape has the "
        "covariance of d columns?",
        "LinAlgError",
        ("(r[:, k, None] * deviations).T @ deviations / counts[k]",
         "(r[:, k, None] * deviations**2).sum() / counts[k]"),
    ),
    wrong_em(
        "You wrote the new means into the caller's array. Build new arrays instead.",
        "arguments stay as they were",
        ("means = (r.T @ x) / counts[:, None]\n", "means[:] = (r.T @ x) / counts[:, None]\n"),
    ),
    Attempt(
        "em",
        '''
def em(x, start, tol, max_iterations):
    theta = np.array([0.425, 0.575]), np.array([[-4 / 17], [14 / 23]]), np.array(
        [[[188 / 289]], [[218 / 529]]]
    )
    return theta, np.array([-5.3613, -4.8586])
''',
        right=False,
        hint="These are the numbers of the example. The function is to compute them from its "
        "arguments.",
        loses_at="shape",
    ),
]  # fmt: skip


def plus_plus(*replacements):
    """k-means++ written plainly, with some of its lines replaced."""
    source = """
def kmeans_plus_plus(rng, x, K):
    n = len(x)
    first = rng.integers(n)
    chosen = [first]
    for m in range(1, K):
        squares = np.zeros(n)
        for i in range(n):
            squares[i] = min(((x[i] - x[j]) ** 2).sum() for j in chosen)
        p = squares / squares.sum()
        chosen.append(rng.choice(n, p=p))
    return x[chosen]
"""
    for old, new in replacements:
        if source.count(old) != 1:
            raise ValueError(f"{old!r} is there {source.count(old)} times, not once.")
        source = source.replace(old, new)
    return source


def wrong_plus_plus(hint, loses_at, *replacements):
    """An attempt that differs from a right answer in a few lines."""
    return Attempt(
        "kmeans_plus_plus", plus_plus(*replacements), right=False, hint=hint, loses_at=loses_at
    )


KMEANS_PLUS_PLUS = [
    Attempt("kmeans_plus_plus", plus_plus(), right=True, hint="Two plain loops."),
    Attempt(
        "kmeans_plus_plus",
        '''
def kmeans_plus_plus(rng, x, K):
    centres = [list(rng.choice(x))]
    for _ in range(K - 1):
        cost = linalg.norm(x[:, None] - np.array(centres), axis=2).min(axis=1) ** 2
        edge = np.cumsum(cost)
        place = np.searchsorted(edge, rng.random() * edge[-1], side="right")
        centres.append(list(x[place]))
    return centres
''',
        right=True,
        hint="The inverse of the cumulated costs at a uniform number, and lists.",
    ),
    Attempt(
        "kmeans_plus_plus",
        '''
def kmeans_plus_plus(rng, x, K):
    places, copies = np.unique(x, axis=0, return_counts=True)
    cost = copies.astype(float)
    centres = []
    nearest = np.full(len(places), np.inf)
    for _ in range(K):
        centres.append(places[rng.multinomial(1, cost / cost.sum()).argmax()])
        nearest = np.minimum(nearest, np.square(places - centres[-1]).sum(axis=1))
        cost = copies * nearest
        if not cost.any():
            break
    return np.array(centres)
''',
        right=True,
        hint="Distinct places with the number of their copies as weights.",
    ),
    wrong_plus_plus(
        "You always begin with the first row. Which distribution has the first centre?",
        "first centre even over the rows",
        ("first = rng.integers(n)", "first = 0"),
    ),
    wrong_plus_plus(
        "You begin with the row nearest to the mean. The first centre is to be drawn.",
        "first centre even over the rows",
        ("first = rng.integers(n)",
         "first = ((x - x.mean(axis=0)) ** 2).sum(axis=1).argmin()"),
    ),
    wrong_plus_plus(
        "Your own generator with a fixed seed gives the same centres at every call. Draw with rng.",
        "first centre even over the rows",
        ("n = len(x)", "n, rng = len(x), np.random.default_rng(0)"),
    ),
    wrong_plus_plus(
        "You dropped the copies. (5.14) sums over rows, so two equal rows have twice the share.",
        "first centre even over the rows",
        ("n = len(x)", "x = np.unique(x, axis=0)\n    n = len(x)"),
    ),
    wrong_plus_plus(
        "You draw in proportion to the distance. Which power stands in (5.14)?",
        "squared distances as weights (5.14)",
        ("p = squares / squares.sum()", "p = np.sqrt(squares) / np.sqrt(squares).sum()"),
    ),
    wrong_plus_plus(
        "Your weights are the fourth power of the distance: the squares are squared again.",
        "squared distances as weights (5.14)",
        ("p = squares / squares.sum()", "p = squares**2 / (squares**2).sum()"),
    ),
    wrong_plus_plus(
        "You take the furthest row every time, so an outlier is certain to be a centre. (5.14) "
        "gives every row a chance.",
        "squared distances as weights (5.14)",
        ("chosen.append(rng.choice(n, p=p))", "chosen.append(int(p.argmax()))"),
    ),
    wrong_plus_plus(
        "A softmax of the squared distances lets the furthest row take nearly all. What makes "
        "weights into probabilities in (5.14)?",
        "a drawn row has distance 0 (5.13)",
        ("p = squares / squares.sum()",
         "p = special.softmax(squares)"),
    ),
    wrong_plus_plus(
        "All your centres are drawn evenly. Later ones should know where the earlier ones are.",
        "a drawn row has distance 0 (5.13)",
        ("chosen.append(rng.choice(n, p=p))", "chosen.append(rng.integers(n))"),
    ),
    wrong_plus_plus(
        "You draw different rows, but evenly, and copies of a row count as different. What weight "
        "has a copy of a centre?",
        "a drawn row has distance 0 (5.13)",
        ("return x[chosen]", "return x[rng.permutation(n)[:K]]"),
    ),
    wrong_plus_plus(
        "You measure the distance to the latest centre only. A row near an earlier one is served "
        "already.",
        "a drawn row has distance 0 (5.13)",
        ("for j in chosen)", "for j in chosen[-1:])"),
    ),
    wrong_plus_plus(
        "You take the distance to the furthest centre. Which one does D(x) in (5.13) refer to?",
        "a drawn row has distance 0 (5.13)",
        ("squares[i] = min(", "squares[i] = max("),
    ),
    wrong_plus_plus(
        "You add the squared distances to all centres. (5.13) takes the nearest alone.",
        "a drawn row has distance 0 (5.13)",
        ("squares[i] = min(", "squares[i] = sum("),
    ),
    wrong_plus_plus(
        "You add the squared distances to all centres, and only keep rows from being drawn twice. "
        "(5.13) takes the nearest centre alone.",
        "the nearest centre counts (5.13)",
        ("squares[i] = min(((x[i] - x[j]) ** 2).sum() for j in chosen)",
         "squares[i] = sum(((x[i] - x[j]) ** 2).sum() for j in chosen) "
         "if min(((x[i] - x[j]) ** 2).sum() for j in chosen) > 0 else 0"),
    ),
    wrong_plus_plus(
        "You divide the columns by their standard deviations first. The question asks for "
        "distances in the units of x.",
        "squared distances as weights (5.14)",
        ("((x[i] - x[j]) ** 2).sum()", "(((x[i] - x[j]) / x.std(axis=0)) ** 2).sum()"),
    ),
    wrong_plus_plus(
        "You add the columns' absolute differences. The distances are Euclidean: squares first, "
        "then the sum.",
        "Euclidean distances (5.13)",
        ("((x[i] - x[j]) ** 2).sum()", "np.abs(x[i] - x[j]).sum() ** 2"),
    ),
    wrong_plus_plus(
        "You take the largest difference of any column. A Euclidean distance sums the squares of "
        "all columns.",
        "Euclidean distances (5.13)",
        ("((x[i] - x[j]) ** 2).sum()", "np.abs(x[i] - x[j]).max() ** 2"),
    ),
    wrong_plus_plus(
        "The later centres come from NumPy's global generator. Draw with rng only.",
        "one state, one answer",
        ("chosen.append(rng.choice(n, p=p))", "chosen.append(np.random.choice(n, p=p))"),
    ),
    wrong_plus_plus(
        "You return the row numbers. The question asks for the rows.",
        "shape",
        ("return x[chosen]", "return chosen"),
    ),
    wrong_plus_plus(
        "You draw several candidates and keep the one with the lowest cost. That is a later, "
        "greedy variant with another distribution than (5.14).",
        "squared distances as weights (5.14)",
        ("chosen.append(rng.choice(n, p=p))",
         "options = rng.choice(n, size=6, p=p)\n"
         "        costs = [\n"
         "            np.minimum(squares, ((x - x[j]) ** 2).sum(axis=1)).sum() for j in options\n"
         "        ]\n"
         "        chosen.append(options[int(np.argmin(costs))])"),
    ),
    wrong_plus_plus(
        "You move the centres to the means of their rows before you return. The starts asked for "
        "are rows.",
        "rows of x",
        ("return x[chosen]",
         "nearest = ((x[:, None] - x[chosen]) ** 2).sum(axis=2).argmin(axis=1)\n"
         "    return np.array([x[nearest == k].mean(axis=0) for k in range(K)])"),
    ),
]  # fmt: skip


def best(*replacements):
    """The restarts written plainly, with some lines replaced."""
    source = """
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
"""
    for old, new in replacements:
        if source.count(old) != 1:
            raise ValueError(f"{old!r} is there {source.count(old)} times, not once.")
        source = source.replace(old, new)
    return source


def wrong_best(hint, loses_at, *replacements):
    """An attempt that differs from a right answer in a few lines."""
    return Attempt(
        "best_of_restarts", best(*replacements), right=False, hint=hint, loses_at=loses_at
    )


BEST_OF_RESTARTS = [
    Attempt("best_of_restarts", best(), right=True, hint="A running best."),
    Attempt(
        "best_of_restarts",
        '''
def best_of_restarts(x, starts, tol, max_iterations):
    runs = [fit(GaussianMixture(*s), x, tol=tol, max_iterations=max_iterations) for s in starts]
    finals = [float("-inf") if run.broke_down else run.trace[-1] for run in runs]
    order = sorted(range(len(starts)), key=lambda s: finals[s])
    return list(runs[order[-1]].model.theta), finals
''',
        right=True,
        hint="The places sorted by their finals; lists for results.",
    ),
    Attempt(
        "best_of_restarts",
        '''
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
''',
        right=True,
        hint="A loop of one's own, whose exceptions count as breaking down.",
    ),
    wrong_best(
        "np.argmax gives the place of a NaN if there is one. A run that broke down must not win.",
        "a run that breaks down never wins",
        ("finals = []", "finals, thetas = [], []"),
        ("finals.append(value)", "finals.append(value)\n        thetas.append(run.model.theta)"),
        ("return best_theta,", "return thetas[int(np.argmax(finals))],"),
    ),
    wrong_best(
        "Python's max keeps a NaN that comes first, because every comparison with it is false.",
        "a run that breaks down never wins",
        ("finals = []", "finals, thetas = [], []"),
        ("finals.append(value)", "finals.append(value)\n        thetas.append(run.model.theta)"),
        ("return best_theta,", "return max(zip(finals, thetas), key=lambda pair: pair[0])[1],"),
    ),
    wrong_best(
        "A trace whose run broke down ends with the last value before that, a finite number, and "
        "the higher the spike, the larger. Which attribute says that the run broke down?",
        "a run that breaks down never wins",
        ('float("nan") if run.broke_down else run.trace[-1]', "run.trace[-1]"),
    ),
    wrong_best(
        "A run that broke down has the final 0 with you, which is larger than the others here.",
        "a run that breaks down never wins",
        ('float("nan") if', "0.0 if"),
    ),
    wrong_best(
        "Runs that broke down are missing from your finals. Each start has its place there.",
        "shape",
        ("        finals.append(value)\n",
         "        if not run.broke_down:\n            finals.append(value)\n"),
    ),
    wrong_best(
        "You take runs that reached max_iterations for broken. They did not converge, but where "
        "they ended is a sound model.",
        "finite",
        ("if run.broke_down else", "if not run.converged else"),
    ),
    wrong_best(
        "You return the θ of the last run. Which run's θ is asked for?",
        "θ of the largest final",
        ("if value > best_value:", "if not run.broke_down:"),
    ),
    wrong_best(
        "You return the best start, not where its run ended.",
        "θ of the largest final",
        ("best_value = run.model.theta, value", "best_value = start, value"),
    ),
    wrong_best(
        "You keep the smallest log-likelihood. Larger is better; it is the negative one that is to "
        "be small.",
        "θ of the largest final",
        ("best_value = None, -np.inf", "best_value = None, np.inf"),
        ("value > best_value", "value < best_value"),
    ),
    wrong_best(
        "Your finals are the log-likelihoods at the starts. Where does the trace hold the end?",
        "θ of the largest final",
        ("else run.trace[-1]", "else run.trace[0]"),
    ),
    wrong_best(
        "You sorted the finals. They belong to the starts, in their order.",
        "θ of the largest final",
        ("np.array(finals)", "np.sort(finals)"),
    ),
    wrong_best(
        "You keep the final nearest to 0. Log-likelihoods may be positive, and then the furthest "
        "from 0 is the largest.",
        "the largest, in any units (5.8)",
        ("best_value = None, -np.inf", "best_value = None, np.inf"),
        ("value > best_value", "abs(value) < best_value"),
        ("best_value = run.model.theta, value", "best_value = run.model.theta, abs(value)"),
    ),
    wrong_best(
        "You take a positive log-likelihood for a spike. In small units densities are above 1 for "
        "any sound fit.",
        "finite",
        ("if run.broke_down else", "if run.broke_down or run.trace[-1] > 0 else"),
    ),
    wrong_best(
        "Your search begins at -1000, and no final of this problem is as large. Which number is "
        "below all?",
        "parts",
        ("best_value = None, -np.inf", "best_value = None, -1000.0"),
    ),
    wrong_best(
        "You return the largest final. One value for each start is asked for.",
        "shape",
        ("np.array(finals)", "best_value"),
    ),
    wrong_best(
        "You choose the run that gained most. A bad start gains more than a good one.",
        "θ of the largest final",
        ("if value > best_value:", "if value - run.trace[0] > best_value:"),
        ("best_value = run.model.theta, value",
         "best_value = run.model.theta, value - run.trace[0]"),
    ),
    wrong_best(
        "Your runs go on for as long as the library's defaults allow. tol and max_iterations "
        "belong to each run.",
        "finite",
        (", tol=tol, max_iterations=max_iterations)", ")"),
    ),
    wrong_best(
        "Your runs ignore tol. When may a run stop?",
        "tol and max_iterations hold for each run",
        ("tol=tol", "tol=0.0"),
    ),
    wrong_best(
        "You start every run but the first at the end of the one before it.",
        "θ of the largest final",
        ("GaussianMixture(*start)", "GaussianMixture(*(best_theta or start))"),
    ),
]  # fmt: skip

ATTEMPTS = EM + KMEANS_PLUS_PLUS + BEST_OF_RESTARTS
