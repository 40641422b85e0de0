"""Answers to the exercises of lesson 7: wrong ones with hints, and other right ones."""

from em_authoring.attempt import Attempt


def wrong(exercise, loses_at, hint, source):
    return Attempt(exercise, source.strip() + "\n", False, hint, loses_at)


def right(exercise, hint, source):
    return Attempt(exercise, source.strip() + "\n", True, hint)


FALL = [
    wrong(
        "first_fall",
        "negative log-likelihoods (7.3)",
        "With a negative log-likelihood, ρ times it is negative, and taking it off *raises* the "
        "limit: a rise counts as a fall. What are the bars in (7.3) for?",
        """
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        if trace[t] < trace[t - 1] - rtol * trace[t - 1]:
            return t
    return -1
""",
    ),
    wrong(
        "first_fall",
        "relative to the value before (7.3)",
        "You take rtol for nats. A log-likelihood of −400 and one of −0.004 are rounded at very "
        "different sizes; what is ρ multiplied by in (7.3)?",
        """
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        if trace[t] < trace[t - 1] - rtol:
            return t
    return -1
""",
    ),
    wrong(
        "first_fall",
        "relative to the value before (7.3)",
        "You scale ρ by the first value of the trace. The rounding of ℓ_t goes with the size of "
        "its neighbours; which value stands between the bars in (7.3)?",
        """
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        if trace[t] < trace[t - 1] - rtol * abs(trace[0]):
            return t
    return -1
""",
    ),
    wrong(
        "first_fall",
        "relative to the value before (7.3)",
        "You scale ρ by the value after the step. Which of the two values stands between the bars "
        "in (7.3)?",
        """
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        if trace[t] < trace[t - 1] - rtol * abs(trace[t]):
            return t
    return -1
""",
    ),
    wrong(
        "first_fall",
        "relative to the value before (7.3)",
        "You scale ρ by the smaller of the two values. (7.3) names one of them.",
        """
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        if trace[t] < trace[t - 1] - rtol * min(abs(trace[t - 1]), abs(trace[t])):
            return t
    return -1
""",
    ),
    wrong(
        "first_fall",
        "with ρ = 0 every fall counts (7.3)",
        "np.isclose has a tolerance atol of its own, 1e-8, beside rtol. What does (7.3) allow if "
        "ρ = 0?",
        """
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        a, b = trace[t - 1], trace[t]
        if b < a and not np.isclose(b, a, rtol=rtol):
            return t
    return -1
""",
    ),
    wrong(
        "first_fall",
        "the number of the iteration that fell",
        "You return the place before the fall. np.diff starts at t = 1: which entry belongs to "
        "which iteration?",
        """
def first_fall(trace, rtol):
    falls = np.flatnonzero(np.diff(trace) < -rtol * np.abs(trace[:-1]))
    return int(falls[0]) if falls.size else -1
""",
    ),
    wrong(
        "first_fall",
        "standing still is no fall (7.3)",
        "With rtol = 0, two equal values are no fall. Is the sign in (7.3) strict?",
        """
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        if trace[t] <= trace[t - 1] - rtol * abs(trace[t - 1]):
            return t
    return -1
""",
    ),
    wrong(
        "first_fall",
        "the first fall, not another",
        "Your loop goes on after the first fall and reports the last one. Which did (7.3) ask for?",
        """
def first_fall(trace, rtol):
    found = -1
    for t in range(1, len(trace)):
        if trace[t] < trace[t - 1] - rtol * abs(trace[t - 1]):
            found = t
    return found
""",
    ),
    wrong(
        "first_fall",
        "the first fall, not another",
        "The deepest fall need not be the first. What is the smallest t that satisfies (7.3)?",
        """
def first_fall(trace, rtol):
    trace = np.asarray(trace)
    if len(trace) < 2:
        return -1
    change = np.diff(trace) + rtol * np.abs(trace[:-1])
    return int(np.argmin(change)) + 1 if change.min() < 0 else -1
""",
    ),
    wrong(
        "first_fall",
        "compared with the value just before (7.3)",
        "You compare with the highest value so far, so several small steps down add up to a fall. "
        "With what does (7.3) compare?",
        """
def first_fall(trace, rtol):
    highest = trace[0]
    for t in range(1, len(trace)):
        if trace[t] < highest - rtol * abs(highest):
            return t
        highest = max(highest, trace[t])
    return -1
""",
    ),
    wrong(
        "first_fall",
        "returns a value",
        "What does your function return when the trace never falls?",
        """
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        if trace[t] < trace[t - 1] - rtol * abs(trace[t - 1]):
            return t
""",
    ),
    right(
        "first_fall",
        "The definition as a loop.",
        """
def first_fall(trace, rtol):
    for t in range(1, len(trace)):
        before = float(trace[t - 1])
        if float(trace[t]) < before - rtol * abs(before):
            return t
    return -1
""",
    ),
    right(
        "first_fall",
        "A generator and a default.",
        """
def first_fall(trace, rtol):
    pairs = enumerate(zip(trace, trace[1:]), start=1)
    return next((t for t, (a, b) in pairs if a - b > rtol * abs(a)), -1)
""",
    ),
]

HARD = [
    wrong(
        "hard_em_step",
        "one component a row (3.10)",
        "This is EM: a row is shared between components. In hard EM each row counts for its most "
        "probable component, and for no other.",
        """
def hard_em_step(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    r = special.softmax(a, axis=1)
    c = r.sum(axis=0)
    new = r.T @ x / c[:, None]
    shapes = [(r[:, k, None] * (x - new[k])).T @ (x - new[k]) / c[k] for k in range(len(c))]
    return c / len(x), new, np.array(shapes)
""",
    ),
    wrong(
        "hard_em_step",
        "weights enter the labels (3.10)",
        "Your labels compare densities. The posterior is proportional to density times weight: "
        "what is missing in the comparison?",
        """
def hard_em_step(x, weights, means, covariances):
    labels = log_joint(x, np.ones(len(weights)), means, covariances).argmax(axis=1)
    counts = np.bincount(labels, minlength=len(weights))
    means, covariances = means.copy(), covariances.copy()
    for k in range(len(weights)):
        if counts[k]:
            rows = x[labels == k]
            means[k] = rows.mean(axis=0)
            covariances[k] = np.cov(rows.T, bias=True)
    return counts / len(x), means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "one component a row (3.10)",
        "The nearest mean in the Euclidean distance is the label of k-means. Here each component "
        "has a covariance, which says how to measure distance, and a weight.",
        """
def hard_em_step(x, weights, means, covariances):
    labels = ((x[:, None] - means) ** 2).sum(axis=2).argmin(axis=1)
    counts = np.bincount(labels, minlength=len(weights))
    means, covariances = means.copy(), covariances.copy()
    for k in range(len(weights)):
        if counts[k]:
            rows = x[labels == k]
            means[k] = rows.mean(axis=0)
            covariances[k] = np.cov(rows.T, bias=True)
    return counts / len(x), means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "covariances enter the labels (3.10)",
        "Your comparison has the distances and the weights, but not the determinants: a wide "
        "component is also a low one. Look at all terms of the log-joint (3.8).",
        """
def hard_em_step(x, weights, means, covariances):
    away = x[:, None] - means
    squared = np.einsum("nki,kij,nkj->nk", away, np.linalg.inv(covariances), away)
    with np.errstate(divide="ignore"):
        labels = (np.log(weights) - squared / 2).argmax(axis=1)
    counts = np.bincount(labels, minlength=len(weights))
    means, covariances = means.copy(), covariances.copy()
    for k in range(len(weights)):
        if counts[k]:
            rows = x[labels == k]
            means[k] = rows.mean(axis=0)
            covariances[k] = np.cov(rows.T, bias=True)
    return counts / len(x), means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "covariances of the rows (4.4)",
        "You divide by n_k − 1. The maximum of the complete-data likelihood divides by n_k; with "
        "another divisor C may fall.",
        """
def hard_em_step(x, weights, means, covariances):
    labels = log_joint(x, weights, means, covariances).argmax(axis=1)
    counts = np.bincount(labels, minlength=len(weights))
    means, covariances = means.copy(), covariances.copy()
    for k in range(len(weights)):
        if counts[k]:
            rows = x[labels == k]
            means[k] = rows.mean(axis=0)
            covariances[k] = np.cov(rows.T)
    return counts / len(x), means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "covariances of the rows (4.4)",
        "Your deviations are from the means that came in. Which means are in (4.4)?",
        """
def hard_em_step(x, weights, means, covariances):
    labels = log_joint(x, weights, means, covariances).argmax(axis=1)
    counts = np.bincount(labels, minlength=len(weights))
    new, shapes = means.copy(), covariances.copy()
    for k in range(len(weights)):
        if counts[k]:
            rows = x[labels == k]
            new[k] = rows.mean(axis=0)
            shapes[k] = (rows - means[k]).T @ (rows - means[k]) / counts[k]
    return counts / len(x), new, shapes
""",
    ),
    wrong(
        "hard_em_step",
        "finite",
        "The mean of no rows is 0/0. What does the question say about a component without rows?",
        """
def hard_em_step(x, weights, means, covariances):
    labels = log_joint(x, weights, means, covariances).argmax(axis=1)
    K, d = means.shape
    counts = np.bincount(labels, minlength=K)
    q = np.eye(K)[labels]
    new = q.T @ x / counts[:, None]
    away = x[:, None] - new
    shapes = np.einsum("nk,nki,nkj->kij", q, away, away) / counts[:, None, None]
    return counts / len(x), new, shapes
""",
    ),
    wrong(
        "hard_em_step",
        "a component without rows",
        "Your empty component keeps its old weight, so the weights no longer sum to one. Which "
        "weights maximise Σ n_k log π_k if some n_k is 0?",
        """
def hard_em_step(x, weights, means, covariances):
    labels = log_joint(x, weights, means, covariances).argmax(axis=1)
    weights, means, covariances = weights.copy(), means.copy(), covariances.copy()
    for k in np.unique(labels):
        rows = x[labels == k]
        weights[k] = len(rows) / len(x)
        means[k] = rows.mean(axis=0)
        covariances[k] = np.cov(rows.T, bias=True)
    return weights, means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "shape",
        "A component without rows is missing from your answer. np.bincount and np.unique know only "
        "the labels that occur: how many components are there?",
        """
def hard_em_step(x, weights, means, covariances):
    labels = log_joint(x, weights, means, covariances).argmax(axis=1)
    d = x.shape[1]
    parts = [x[labels == k] for k in np.unique(labels)]
    shapes = [np.cov(rows.T, bias=True).reshape(d, d) for rows in parts]
    shares = [len(rows) / len(x) for rows in parts]
    return shares, [rows.mean(axis=0) for rows in parts], shapes
""",
    ),
    wrong(
        "hard_em_step",
        "ties to the lowest",
        "Where two components tie, your label is the higher one.",
        """
def hard_em_step(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    K, d = means.shape
    labels = K - 1 - a[:, ::-1].argmax(axis=1)
    means, covariances = means.copy(), covariances.copy()
    for k in np.unique(labels):
        rows = x[labels == k]
        means[k] = rows.mean(axis=0)
        covariances[k] = np.cov(rows.T, bias=True).reshape(d, d)
    return np.bincount(labels, minlength=K) / len(x), means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "ties to the lowest",
        "A row whose two components tie counts for both of yours, so the weights do not sum to "
        "one. Each row has one label.",
        """
def hard_em_step(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    best = a == a.max(axis=1, keepdims=True)
    d = x.shape[1]
    means, covariances = means.copy(), covariances.copy()
    for k in range(len(weights)):
        if best[:, k].any():
            rows = x[best[:, k]]
            means[k] = rows.mean(axis=0)
            covariances[k] = np.cov(rows.T, bias=True).reshape(d, d)
    return best.mean(axis=0), means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "far points (3.4)",
        "Far from every component all your densities are 0, and argmax returns label 0. Compare "
        "logs: the largest log-joint is where the largest joint would be.",
        """
def hard_em_step(x, weights, means, covariances):
    p = np.column_stack([
        w * np.atleast_1d(stats.multivariate_normal.pdf(x, m, s))
        for w, m, s in zip(weights, means, covariances)
    ])
    labels = p.argmax(axis=1)
    K, d = means.shape
    means, covariances = means.copy(), covariances.copy()
    for k in np.unique(labels):
        rows = x[labels == k]
        means[k] = rows.mean(axis=0)
        covariances[k] = np.cov(rows.T, bias=True).reshape(d, d)
    return np.bincount(labels, minlength=K) / len(x), means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "arguments stay as they were",
        "You write the new means into the array that you were given, so whoever called you has "
        "lost θ_t. Work on a copy.",
        """
def hard_em_step(x, weights, means, covariances):
    labels = log_joint(x, weights, means, covariances).argmax(axis=1)
    d = x.shape[1]
    for k in np.unique(labels):
        rows = x[labels == k]
        means[k] = rows.mean(axis=0)
        covariances[k] = np.cov(rows.T, bias=True).reshape(d, d)
    return np.bincount(labels, minlength=len(weights)) / len(x), means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "covariances of the rows (4.4)",
        "You keep the variances only. The components of this lesson have full covariances: what "
        "about the products of different coordinates in (4.4)?",
        """
def hard_em_step(x, weights, means, covariances):
    labels = log_joint(x, weights, means, covariances).argmax(axis=1)
    means, covariances = means.copy(), covariances.copy()
    for k in np.unique(labels):
        rows = x[labels == k]
        means[k] = rows.mean(axis=0)
        covariances[k] = np.diag(rows.var(axis=0))
    return np.bincount(labels, minlength=len(weights)) / len(x), means, covariances
""",
    ),
    right(
        "hard_em_step",
        "One-hot responsibilities and einsum, with a log-joint by Cholesky factors.",
        """
def hard_em_step(x, weights, means, covariances):
    away = x[:, None, :] - means
    L = np.linalg.cholesky(covariances)
    white = np.linalg.solve(L, away.transpose(1, 2, 0))
    volume = np.log(np.diagonal(L, axis1=1, axis2=2)).sum(axis=1)
    with np.errstate(divide="ignore"):
        a = np.log(weights) - volume - 0.5 * (white**2).sum(axis=1).T
    q = np.eye(len(weights))[np.argmax(a, axis=1)]
    n = q.sum(axis=0)
    full = n > 0
    m = np.where(full, n, 1)
    new = np.where(full[:, None], q.T @ x / m[:, None], means)
    dev = x[:, None, :] - new
    S = np.einsum("nk,nki,nkj->kij", q, dev, dev) / m[:, None, None]
    return n / n.sum(), new, np.where(full[:, None, None], S, covariances)
""",
    ),
    right(
        "hard_em_step",
        "A loop over rows, plain lists as the result.",
        """
def hard_em_step(x, weights, means, covariances):
    K, d = means.shape
    members = [[] for _ in range(K)]
    for row in x:
        scores = []
        for w, m, s in zip(weights, means, covariances):
            if w == 0:
                scores.append(-np.inf)
            else:
                scores.append(np.log(w) + stats.multivariate_normal.logpdf(row, m, s))
        members[scores.index(max(scores))].append(row)
    theta = [], [], []
    for k, rows in enumerate(members):
        theta[0].append(len(rows) / len(x))
        if rows:
            mean = sum(rows) / len(rows)
            theta[1].append(mean.tolist())
            theta[2].append((sum(np.outer(y - mean, y - mean) for y in rows) / len(rows)).tolist())
        else:
            theta[1].append(means[k].tolist())
            theta[2].append(covariances[k].tolist())
    return theta
""",
    ),
    wrong(
        "hard_em_step",
        "a weight of 0, far from the others",
        "You put a small number in place of a weight of 0, and far from the other components it "
        "wins. The log of 0 is −∞: a component of weight 0 gets no row, however near.",
        """
def hard_em_step(x, weights, means, covariances):
    a = log_joint(x, np.maximum(weights, 1e-300), means, covariances)
    labels = a.argmax(axis=1)
    means, covariances = means.copy(), covariances.copy()
    for k in np.unique(labels):
        rows = x[labels == k]
        means[k] = rows.mean(axis=0)
        covariances[k] = (rows - means[k]).T @ (rows - means[k]) / len(rows)
    return np.bincount(labels, minlength=len(weights)) / len(x), means, covariances
""",
    ),
    wrong(
        "hard_em_step",
        "data in small units (4.4)",
        "You add a small number to each variance. Whether it is small depends on the unit of x; "
        "and the rows of each label are enough without it.",
        """
def hard_em_step(x, weights, means, covariances):
    labels = log_joint(x, weights, means, covariances).argmax(axis=1)
    means, covariances = means.copy(), covariances.copy()
    for k in np.unique(labels):
        rows = x[labels == k]
        means[k] = rows.mean(axis=0)
        covariances[k] = (rows - means[k]).T @ (rows - means[k]) / len(rows)
        covariances[k] += 1e-6 * np.eye(x.shape[1])
    return np.bincount(labels, minlength=len(weights)) / len(x), means, covariances
""",
    ),
    right(
        "hard_em_step",
        "One-hot labels and np.where for the components without rows.",
        """
def hard_em_step(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    z = np.eye(len(weights))[a.argmax(axis=1)]
    c = z.sum(axis=0)
    safe = np.maximum(c, 1)
    new = np.where(c[:, None] > 0, z.T @ x / safe[:, None], means)
    away = x[:, None] - new
    shapes = np.einsum("nk,nki,nkj->kij", z, away, away) / safe[:, None, None]
    return [c / len(x), new, np.where(c[:, None, None] > 0, shapes, covariances)]
""",
    ),
]

RATE = [
    wrong(
        "convergence_rate",
        "the last step over the one before (7.27)",
        "Your ratio is upside down: for a sequence that converges the rate is below 1.",
        """
def convergence_rate(iterates):
    before, after = np.linalg.norm(np.diff(iterates[-3:], axis=0), axis=1)
    return before / after if after > 0 else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "the last two steps (7.27)",
        "These are the first two steps. The rate is a limit: which end of the run is closer to it?",
        """
def convergence_rate(iterates):
    steps = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
    return steps[1] / steps[0] if steps[0] > 0 else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "the last two steps (7.27)",
        "You average over the whole run, the first iterations included, where the fast directions "
        "still count.",
        """
def convergence_rate(iterates):
    steps = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
    if (steps[:-1] == 0).any():
        return 0.0
    return (steps[1:] / steps[:-1]).mean()
""",
    ),
    wrong(
        "convergence_rate",
        "lengths of steps, in the Euclidean norm (7.27)",
        "You take the change of the norm, not the norm of the change. An iterate that moves on a "
        "circle around the origin has steps too.",
        """
def convergence_rate(iterates):
    lengths = np.abs(np.diff(np.linalg.norm(iterates, axis=1)))
    return lengths[-1] / lengths[-2] if lengths[-2] > 0 else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "the last step over the one before (7.27)",
        "You square the lengths. The square is how the likelihood's gap shrinks (7.26); the "
        "question asks for that of the iterates.",
        """
def convergence_rate(iterates):
    steps = (np.diff(iterates, axis=0) ** 2).sum(axis=1)
    return steps[-1] / steps[-2] if steps[-2] > 0 else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "lengths of steps, in the Euclidean norm (7.27)",
        "The largest entry of a step is another norm. In the limit it gives the same rate, but not "
        "at a finite t; which norm does (7.27) name?",
        """
def convergence_rate(iterates):
    steps = np.abs(np.diff(iterates, axis=0)).max(axis=1)
    return steps[-1] / steps[-2] if steps[-2] > 0 else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "lengths of steps, in the Euclidean norm (7.27)",
        "You follow one coordinate. A step has a length, to which every coordinate adds.",
        """
def convergence_rate(iterates):
    steps = np.abs(np.diff(np.asarray(iterates)[:, 0]))
    return steps[-1] / steps[-2] if steps[-2] > 0 else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "the last step over the one before (7.27)",
        "You measure errors from the last iterate, as if it were the limit. Its own error is not "
        "small compared with that of the iterates just before; use steps.",
        """
def convergence_rate(iterates):
    errors = np.linalg.norm(iterates - iterates[-1], axis=1)
    return errors[-2] / errors[-3] if errors[-3] > 0 else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "finite",
        "When the iterates stand still both steps have length 0. What does the question ask for "
        "then?",
        """
def convergence_rate(iterates):
    steps = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
    return steps[-1] / steps[-2]
""",
    ),
    wrong(
        "convergence_rate",
        "a ratio above 1",
        "A ratio above 1 is news: the run has not reached its end, or leaves a saddle. Do not hide "
        "it.",
        """
def convergence_rate(iterates):
    steps = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
    return min(steps[-1] / steps[-2], 1.0) if steps[-2] > 0 else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "short steps are steps (7.27)",
        "Steps of a billionth are the ones near the end of a run, the very ones that show the "
        "rate. Only a step of exactly 0 is an exception.",
        """
def convergence_rate(iterates):
    steps = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
    return steps[-1] / (steps[-2] + 1e-8)
""",
    ),
    right(
        "convergence_rate",
        "math.dist on three rows.",
        """
def convergence_rate(iterates):
    import math

    *_, a, b, c = [list(map(float, row)) for row in iterates]
    return math.dist(b, c) / math.dist(a, b) if a != b else 0.0
""",
    ),
    right(
        "convergence_rate",
        "Square roots of inner products.",
        """
def convergence_rate(iterates):
    iterates = np.array(iterates)
    u, v = iterates[-2] - iterates[-3], iterates[-1] - iterates[-2]
    if not np.any(u):
        return np.float64(0)
    return np.sqrt((v @ v) / (u @ u))
""",
    ),
    wrong(
        "convergence_rate",
        "finite",
        "You return 0 where the *last* step is 0. The exception is a denominator of 0: which step "
        "is that?",
        """
def convergence_rate(iterates):
    steps = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
    return steps[-1] / steps[-2] if steps[-1] > 0 else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "the last two steps (7.27)",
        "A step of length 0 earlier in the run is of no matter. Only the last step but one stands "
        "in the denominator.",
        """
def convergence_rate(iterates):
    steps = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
    return steps[-1] / steps[-2] if (steps > 0).all() else 0.0
""",
    ),
    wrong(
        "convergence_rate",
        "short steps are steps (7.27)",
        "You call a step of length 1e-12 standing still. Coordinates may be as small as that; only "
        "a step of exactly 0 is an exception.",
        """
def convergence_rate(iterates):
    steps = np.linalg.norm(np.diff(iterates, axis=0), axis=1)
    return steps[-1] / steps[-2] if steps[-2] > 1e-12 else 0.0
""",
    ),
    right(
        "convergence_rate",
        "Rows of the array, subtracted.",
        """
def convergence_rate(iterates):
    before = np.linalg.norm(iterates[-2] - iterates[-3])
    return np.linalg.norm(iterates[-1] - iterates[-2]) / before if before else 0
""",
    ),
]

JUMP = [
    wrong(
        "accelerated_step",
        "the end of a geometric sequence (7.32)",
        "Your jump goes backwards. α is negative; what sign does the term with r have then?",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if not v.any():
        return t2
    alpha = np.linalg.norm(r) / np.linalg.norm(v)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
    wrong(
        "accelerated_step",
        "the end of a geometric sequence (7.32)",
        "The error is to be multiplied by a square: multiply out (I − α(A − I))² in (7.32) and see "
        "which factor stands before r.",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if not v.any():
        return t2
    alpha = -np.linalg.norm(r) / np.linalg.norm(v)
    return t0 - alpha * r + alpha**2 * v
""",
    ),
    wrong(
        "accelerated_step",
        "the end of a geometric sequence (7.32)",
        "v is the change of the step, the second step minus the first. Yours is the second step.",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - t1
    if not (v - r).any():
        return t2
    alpha = -np.linalg.norm(r) / np.linalg.norm(v)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
    wrong(
        "accelerated_step",
        "the end of a geometric sequence (7.32)",
        "The jump starts at t0, the point that r starts from; yours starts at t2.",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if not v.any():
        return t2
    alpha = -np.linalg.norm(r) / np.linalg.norm(v)
    return t2 - 2 * alpha * r + alpha**2 * v
""",
    ),
    wrong(
        "accelerated_step",
        "the step length ‖r‖ / ‖v‖ (7.31)",
        "Your α is ⟨r, v⟩ / ⟨v, v⟩, another scheme of the same paper. It agrees where r and v are "
        "parallel, and only there; which α is in (7.31)?",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if not v.any():
        return t2
    alpha = (r @ v) / (v @ v)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
    wrong(
        "accelerated_step",
        "the step length ‖r‖ / ‖v‖ (7.31)",
        "You extrapolate each coordinate by itself (Aitken). (7.31) has one α for all of them.",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    safe = np.where(v == 0, 1, v)
    return np.where(v == 0, t2, t0 - r**2 / safe)
""",
    ),
    wrong(
        "accelerated_step",
        "α is not limited (7.31)",
        "You keep α at −1 or below. Many programs do, but the question asks for (7.31) as it "
        "stands.",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if not v.any():
        return t2
    alpha = min(-np.linalg.norm(r) / np.linalg.norm(v), -1.0)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
    wrong(
        "accelerated_step",
        "finite",
        "With v = 0 you divide by zero. What does the question ask for then?",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    alpha = -np.linalg.norm(r) / np.linalg.norm(v)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
    wrong(
        "accelerated_step",
        "t2 if v = 0 (7.31)",
        "With v = 0 the two steps are equal, and you return the point before them. Which of the "
        "three is furthest on?",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if not v.any():
        return t0
    alpha = -np.linalg.norm(r) / np.linalg.norm(v)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
    wrong(
        "accelerated_step",
        "the end of a geometric sequence (7.32)",
        "α = −1 gives t2 again, two plain EM steps. The jump is long because α depends on r and v.",
        """
def accelerated_step(t0, t1, t2):
    alpha = -1
    return t0 - 2 * alpha * (t1 - t0) + alpha**2 * (t2 - 2 * t1 + t0)
""",
    ),
    wrong(
        "accelerated_step",
        "short steps are steps (7.30)",
        "Near the end of a run v is tiny, and a jump is worth most there. Only v = 0 is an "
        "exception.",
        """
def accelerated_step(t0, t1, t2):
    t0, t1, t2 = np.asarray(t0), np.asarray(t1), np.asarray(t2)
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if np.linalg.norm(v) < 1e-4:
        return t2
    alpha = -np.linalg.norm(r) / np.linalg.norm(v)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
    right(
        "accelerated_step",
        "With the length −α in place of α.",
        """
def accelerated_step(t0, t1, t2):
    t0, t1, t2 = np.array(t0), np.array(t1), np.array(t2)
    first, second = t1 - t0, t2 - t1
    change = second - first
    if (change == 0).all():
        return t2
    s = np.sqrt((first @ first) / (change @ change))
    return t0 + s * (2 * first + s * change)
""",
    ),
    right(
        "accelerated_step",
        "Plain Python, a list as the result.",
        """
def accelerated_step(t0, t1, t2):
    r = [b - a for a, b in zip(t0, t1)]
    v = [c - b - s for b, c, s in zip(t1, t2, r)]
    bottom = sum(e * e for e in v)
    if bottom == 0:
        return list(t2)
    alpha = -((sum(s * s for s in r) / bottom) ** 0.5)
    return [a - 2 * alpha * s + alpha**2 * e for a, s, e in zip(t0, r, v)]
""",
    ),
    wrong(
        "accelerated_step",
        "short steps are steps (7.30)",
        "np.allclose calls everything below 1e-8 zero. The question says: exactly 0.",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if np.allclose(v, 0):
        return t2
    alpha = -np.linalg.norm(r) / np.linalg.norm(v)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
    right(
        "accelerated_step",
        "The three points with the factors (1 + α)², −2α(1 + α), α².",
        """
def accelerated_step(t0, t1, t2):
    r = t1 - t0
    v = t2 - t1 - r
    if np.count_nonzero(v) == 0:
        return t2
    a = -np.linalg.norm(r) / np.linalg.norm(v)
    return (1 + a) ** 2 * t0 - 2 * a * (1 + a) * t1 + a**2 * t2
""",
    ),
    wrong(
        "accelerated_step",
        "α is not limited (7.31)",
        "You cut α off at −100. In a slow direction α is −1/(1 − λ), as long as it has to be.",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if not v.any():
        return t2
    alpha = max(-np.linalg.norm(r) / np.linalg.norm(v), -100.0)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
    wrong(
        "accelerated_step",
        "t2 only if all of v is 0 (7.31)",
        "One entry of v is 0 and you give up the jump. The exception is v = 0 as a vector.",
        """
def accelerated_step(t0, t1, t2):
    r, v = t1 - t0, t2 - 2 * t1 + t0
    if (v == 0).any():
        return t2
    alpha = -np.linalg.norm(r) / np.linalg.norm(v)
    return t0 - 2 * alpha * r + alpha**2 * v
""",
    ),
]

BIC = [
    wrong(
        "bic",
        "−2 ℓ (7.34)",
        "Your sign is that of mclust. Here smaller is better: what is −2 times a likelihood that "
        "grows?",
        """
def bic(log_likelihood, n, d, K):
    p = (K - 1) + K * d + K * d * (d + 1) / 2
    return 2 * log_likelihood - p * np.log(n)
""",
    ),
    wrong(
        "bic",
        "−2 ℓ (7.34)",
        "This is half of (7.34). Models are ranked alike, but the number is not BIC.",
        """
def bic(log_likelihood, n, d, K):
    p = (K - 1) + K * d + K * d * (d + 1) / 2
    return -log_likelihood + 0.5 * p * np.log(n)
""",
    ),
    wrong(
        "bic",
        "−2 ℓ (7.34)",
        "This is Akaike's criterion: each coordinate costs 2, whatever n. What does it cost in "
        "(7.34)?",
        """
def bic(log_likelihood, n, d, K):
    p = (K - 1) + K * d + K * d * (d + 1) / 2
    return -2 * log_likelihood + 2 * p
""",
    ),
    wrong(
        "bic",
        "p log n (7.34)",
        "You count K weights. They sum to one: how many can be chosen freely?",
        """
def bic(log_likelihood, n, d, K):
    p = K + K * d + K * d * (d + 1) / 2
    return -2 * log_likelihood + p * np.log(n)
""",
    ),
    wrong(
        "bic",
        "free coordinates (7.35)",
        "A covariance has d² entries, but it is symmetric: how many of them are free?",
        """
def bic(log_likelihood, n, d, K):
    p = (K - 1) + K * d + K * d**2
    return -2 * log_likelihood + p * np.log(n)
""",
    ),
    wrong(
        "bic",
        "free coordinates (7.35)",
        "You count variances only. A full covariance has entries beside its diagonal.",
        """
def bic(log_likelihood, n, d, K):
    p = (K - 1) + K * d + K * d
    return -2 * log_likelihood + p * np.log(n)
""",
    ),
    wrong(
        "bic",
        "free coordinates (7.35)",
        "You count one covariance for all components. Here each has its own.",
        """
def bic(log_likelihood, n, d, K):
    p = (K - 1) + K * d + d * (d + 1) / 2
    return -2 * log_likelihood + p * np.log(n)
""",
    ),
    wrong(
        "bic",
        "p log n (7.34)",
        "Your logarithm has the base 10. The log-likelihood is in nats; in which base must log n "
        "be?",
        """
def bic(log_likelihood, n, d, K):
    p = (K - 1) + K * d + K * d * (d + 1) / 2
    return -2 * log_likelihood + p * np.log10(n)
""",
    ),
    wrong(
        "bic",
        "free coordinates (7.35)",
        "p = 5 is that of the example, K = 2 and d = 1.",
        """
def bic(log_likelihood, n, d, K):
    p = 5 if K > 1 else 2
    return -2 * log_likelihood + p * np.log(n)
""",
    ),
    wrong(
        "bic",
        "n counts rows (7.34)",
        "You take n·d numbers for the size of the data. The rows are what is independent: what is "
        "n in the step from (7.33) to (7.34)?",
        """
def bic(log_likelihood, n, d, K):
    p = K * (1 + d + d * (d + 1) / 2) - 1
    return -2 * log_likelihood + p * np.log(n * d)
""",
    ),
    right(
        "bic",
        "The coordinates counted one by one.",
        """
def bic(log_likelihood, n, d, K):
    import math

    free = -1
    for _ in range(K):
        free += 1
        free += d
        free += len([(i, j) for i in range(d) for j in range(i + 1)])
    return free * math.log(n) - 2 * log_likelihood
""",
    ),
    right(
        "bic",
        "The lower triangle by NumPy.",
        """
def bic(log_likelihood, n, d, K):
    p = K * (1 + d + np.tril_indices(d)[0].size) - 1
    return np.array(p * np.log(n) - 2 * log_likelihood)
""",
    ),
]

ATTEMPTS = FALL + HARD + RATE + JUMP + BIC
