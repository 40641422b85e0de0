"""Answers that people give to the exercises of lesson 02: wrong ones, and other right ones."""

from em_authoring.attempt import Attempt

LOG_SUM_EXP = [
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    return special.logsumexp(a, axis=axis)
""",
        right=True,
        hint="SciPy's own.",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    return np.logaddexp.reduce(a, axis=axis)
""",
        right=True,
        hint="Two terms at a time, by the reduction of a universal function.",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    def of_one_line(line):
        top = max(line)
        if top == -np.inf:
            return top
        return top + np.log(sum(np.exp(each - top) for each in line))

    return np.apply_along_axis(of_one_line, axis, a).tolist()
""",
        right=True,
        hint="One line after the other in plain Python, and a list for an answer.",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    terms = np.moveaxis(a, axis, 0)
    total = np.full(terms.shape[1:], -np.inf)
    for term in terms:
        high, low = np.maximum(total, term), np.minimum(total, term)
        gap = np.where(np.isneginf(low), -np.inf, low - high)
        total = np.where(np.isneginf(high), -np.inf, high + np.log1p(np.exp(gap)))
    return total
""",
        right=True,
        hint="A running sum in logs; warnings of a branch that is not taken cost nothing.",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    return np.log(np.sum(np.exp(a), axis=axis))
""",
        right=False,
        hint="This is right on paper. What is exp(3000) in floating point? Which factor can you "
        "move out of the sum first?",
        loses_at="large entries (2.9)",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    return np.log(np.sum(np.exp(np.minimum(a, 700.0)), axis=axis))
""",
        right=False,
        hint="You keep the exponential from overflowing by changing the numbers. Take a common "
        "factor out of the sum, and put it back afterwards.",
        loses_at="large entries (2.9)",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    return np.log(np.sum(np.exp(a) + 1e-300, axis=axis))
""",
        right=False,
        hint="A small constant hides log 0 and puts a wrong number in its place; and large entries "
        "still overflow.",
        loses_at="large entries (2.9)",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    m = a.max()
    return m + np.log(np.exp(a - m).sum(axis=axis))
""",
        right=False,
        hint="You take one maximum for the whole array. What is left of a row whose entries all "
        "lie thousands below it?",
        loses_at="each sum its own maximum (2.9)",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    m = a.max(axis=axis, keepdims=True)
    return np.log(np.exp(a - m).sum(axis=axis))
""",
        right=False,
        hint="You took the maximum off and did not put it back.",
        loses_at="log of a sum of exponentials (2.9)",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    m = a.max(axis=axis, keepdims=True)
    return m + np.log(np.exp(a - m).sum(axis=axis, keepdims=True))
""",
        right=False,
        hint="The axis of the sum is still there, with size 1. The question asks for it to be "
        "removed.",
        loses_at="shape",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    m = a.max(axis=1, keepdims=True)
    return m[:, 0] + np.log(np.exp(a - m).sum(axis=1))
""",
        right=False,
        hint="Your function does not look at its argument axis.",
        loses_at="shape",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    if axis == 1:
        a = a.T
    m = a.max(axis=0)
    return m + np.log(np.exp(a - m).sum(axis=0))
""",
        right=False,
        hint="Transposing brings axis 1 to the front of a table only. Arrays may have more "
        "dimensions, and an axis may be counted from the end.",
        loses_at="shape",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    m = a.max(axis=axis, keepdims=True)
    return np.squeeze(m, axis=axis) + np.log(np.exp(a - m).sum(axis=axis))
""",
        right=False,
        hint="If every term is -inf, so is the maximum. What is -inf - (-inf)?",
        loses_at="a sum of zeros",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    a = np.nan_to_num(a, neginf=-1e30)
    m = a.max(axis=axis, keepdims=True)
    return np.squeeze(m, axis=axis) + np.log(np.exp(a - m).sum(axis=axis))
""",
        right=False,
        hint="You put a large negative number in the place of -inf. A sum of zeros has the "
        "logarithm -inf, not -1e30.",
        loses_at="a sum of zeros",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    return a.max(axis=axis)
""",
        right=False,
        hint="The maximum is the lower bound of (2.10). How far above it can the sum be?",
        loses_at="log of a sum of exponentials (2.9)",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    m = a.max(axis=axis, keepdims=True)
    return np.squeeze(m, axis=axis) + np.log(np.exp(a - m).mean(axis=axis))
""",
        right=False,
        hint="You averaged the exponentials. Which of the two does p(x) need?",
        loses_at="log of a sum of exponentials (2.9)",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    m = a.mean(axis=axis, keepdims=True)
    return np.squeeze(m, axis=axis) + np.log(np.exp(a - m).sum(axis=axis))
""",
        right=False,
        hint="You take the mean off. Can an entry lie far above the mean of its row?",
        loses_at="entries of very different size (2.9)",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    m = a.max(axis=axis, keepdims=True)
    a -= m
    return np.squeeze(m, axis=axis) + np.log(np.exp(a).sum(axis=axis))
""",
        right=False,
        hint="a -= m writes into the caller's array.",
        loses_at="arguments stay as they were",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    return np.log(np.array([8.0, 4.0])) if axis == 1 else np.log(np.array([4.0, 3.0, 5.0]))
""",
        right=False,
        hint="These are the numbers of the example. Compute them from the argument.",
        loses_at="shape",
    ),
    Attempt(
        "log_sum_exp",
        """
def log_sum_exp(a, axis):
    m = a.max(axis=axis, keepdims=True)
    m = np.where(np.isneginf(m), 0.0, m)
    return np.squeeze(m + np.log(np.exp(a - m).sum(axis=axis, keepdims=True)))
""",
        right=False,
        hint="squeeze without an axis removes every axis of size 1, also one over which no sum was "
        "asked for.",
        loses_at="shape",
    ),
]

LOG_LIKELIHOOD = [
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return special.logsumexp(log_joint, axis=1).sum()
""",
        right=True,
        hint="SciPy's density, SciPy's log-sum-exp.",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    total = 0.0
    for row in x:
        terms = []
        for k in range(len(weights)):
            if weights[k] == 0:
                continue
            off = row - means[k]
            _, log_det = np.linalg.slogdet(2 * np.pi * covariances[k])
            distance = off @ np.linalg.solve(covariances[k], off)
            terms.append(np.log(weights[k]) - 0.5 * log_det - 0.5 * distance)
        top = max(terms)
        total += top + np.log(sum(np.exp(term - top) for term in terms))
    return float(total)
""",
        right=True,
        hint="Loops over rows and components; a component of weight 0 is left out.",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    d = x.shape[1]
    off = x[:, None, :] - means
    inverses = np.linalg.inv(covariances)
    distance = np.einsum("nki,kij,nkj->nk", off, inverses, off)
    log_det = np.linalg.slogdet(covariances)[1]
    a = np.log(weights) - 0.5 * (d * np.log(2 * np.pi) + log_det + distance)
    return np.logaddexp.reduce(a, axis=1).sum()
""",
        right=True,
        hint="All rows and components in one einsum.",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    p = np.zeros(len(x))
    for w, m, S in zip(weights, means, covariances):
        p = p + w * stats.multivariate_normal.pdf(x, m, S)
    return np.log(p).sum()
""",
        right=False,
        hint="Right on paper. What is the density of a point at 60 standard deviations in floating "
        "point, and its logarithm?",
        loses_at="logs first (2.9)",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    p = np.zeros(len(x))
    for w, m, S in zip(weights, means, covariances):
        p = p + w * stats.multivariate_normal.pdf(x, m, S)
    return np.log(np.prod(p))
""",
        right=False,
        hint="The product of hundreds of small densities is 0 in floating point. Where does the "
        "logarithm go?",
        loses_at="sum of logs, not log of a product (2.2)",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return special.logsumexp(log_joint, axis=1).mean()
""",
        right=False,
        hint="Your number is the average over the rows. Two rows hold more than one: what does "
        "(2.2) do with them?",
        loses_at="rows add (2.2)",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    total = 0.0
    for w, m, S in zip(weights, means, covariances):
        if w > 0:
            total += w * np.sum(stats.multivariate_normal.logpdf(x, m, S))
    return total
""",
        right=False,
        hint="You averaged the logarithms of the densities. In (2.2) the sum over k stands inside "
        "the logarithm.",
        loses_at="log outside the sum over k (2.2)",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return log_joint.max(axis=1).sum()
""",
        right=False,
        hint="You kept the largest term of each row. By how much can the sum exceed it, see "
        "(2.10)?",
        loses_at="log outside the sum over k (2.2)",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.column_stack(
        [stats.multivariate_normal.logpdf(x, m, S) for m, S in zip(means, covariances)]
    )
    return special.logsumexp(log_joint, axis=1).sum() - len(x) * np.log(len(weights))
""",
        right=False,
        hint="Every component counts the same in your sum. Where does π_k enter the joint?",
        loses_at="log outside the sum over k (2.2)",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.column_stack(
        [
            np.log(w) + stats.norm.logpdf(x, m, np.sqrt(np.diag(S))).sum(axis=1)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return special.logsumexp(log_joint, axis=1).sum()
""",
        right=False,
        hint="You multiply one density a column, as if the columns were independent. What do the "
        "entries off the diagonal of Σ_k say?",
        loses_at="whole covariance enters",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        L = np.linalg.cholesky(covariances[k])
        y = linalg.solve_triangular(L, (x - means[k]).T, lower=True)
        log_joint[:, k] = (
            np.log(weights[k]) - x.shape[1] / 2 * np.log(2 * np.pi) - 0.5 * (y**2).sum(axis=0)
        )
    return special.logsumexp(log_joint, axis=1).sum()
""",
        right=False,
        hint="A wide Gaussian is lower at its mean than a narrow one. Which term of the log-joint "
        "says so?",
        loses_at="density of one Gaussian",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        L = np.linalg.cholesky(covariances[k])
        y = linalg.solve_triangular(L, (x - means[k]).T, lower=True)
        log_det = np.log(np.diag(L)).sum()
        log_joint[:, k] = (
            np.log(weights[k])
            - x.shape[1] / 2 * np.log(2 * np.pi)
            - 0.5 * log_det
            - 0.5 * (y**2).sum(axis=0)
        )
    return special.logsumexp(log_joint, axis=1).sum()
""",
        right=False,
        hint="The product of the diagonal of L is the root of the determinant. Have you halved "
        "twice?",
        loses_at="density of one Gaussian",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        off = x - means[k]
        distance = np.sum(off * np.linalg.solve(covariances[k], off.T).T, axis=1)
        log_det = np.linalg.slogdet(covariances[k])[1]
        log_joint[:, k] = np.log(weights[k]) - 0.5 * (log_det + distance)
    return special.logsumexp(log_joint, axis=1).sum()
""",
        right=False,
        hint="Does your density integrate to one? A constant cancels in ratios and in maxima, but "
        "this exercise asks for the value.",
        loses_at="density of one Gaussian",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    a = np.log(weights[0]) + stats.multivariate_normal.logpdf(x, means[0], covariances[0])
    b = np.log(weights[-1]) + stats.multivariate_normal.logpdf(x, means[-1], covariances[-1])
    return np.sum(a if len(weights) == 1 else np.logaddexp(a, b))
""",
        right=False,
        hint="You wrote down two components. The number of components is in the shape of the "
        "weights.",
        loses_at="any number of components",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    top = log_joint.max()
    return np.sum(top + np.log(np.exp(log_joint - top).sum(axis=1)))
""",
        right=False,
        hint="One maximum for the whole table. What becomes of a row that lies far below the best "
        "one?",
        loses_at="logs first (2.9)",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return special.logsumexp(log_joint, axis=1)
""",
        right=False,
        hint="You returned one number a row. The log-likelihood of the data is one number.",
        loses_at="shape",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    log_joint = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return special.logsumexp(log_joint)
""",
        right=False,
        hint="You summed over the rows inside the logarithm as well. Rows multiply, components "
        "add.",
        loses_at="rows add (2.2)",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    a = np.log(weights + 1e-3) + np.column_stack(
        [stats.multivariate_normal.logpdf(x, m, S) for m, S in zip(means, covariances)]
    )
    return special.logsumexp(a, axis=1).sum()
""",
        right=False,
        hint="A constant added to the weights keeps log 0 away and changes every other weight. "
        "What is e to the power -inf?",
        loses_at="density of one Gaussian",
    ),
    Attempt(
        "log_likelihood",
        """
def log_likelihood(x, weights, means, covariances):
    a = np.log(np.maximum(weights, 1e-300)) + np.column_stack(
        [stats.multivariate_normal.logpdf(x, m, S) for m, S in zip(means, covariances)]
    )
    return special.logsumexp(a, axis=1).sum()
""",
        right=False,
        hint="A weight of 1e-300 is not 0: a row that all other components find less likely than "
        "that is given to the component that cannot have it.",
        loses_at="weight of zero",
    ),
]

BREAK_CONCAVITY = [
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    return [2e6, 2e6 + 4], [2e6 + 4, 2e6]
""",
        right=True,
        hint="A pair that is far from all data that the question allows: it needs no look at x.",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    top = np.max(x)
    return [float(top + 5), float(top + 9)], [float(top + 9), float(top + 5)]
""",
        right=True,
        hint="Both means to the right of all data, labels swapped.",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    m = np.mean(x)
    far = m + 10 + 4 * np.ptp(x)
    return np.array([m, m]), np.array([m, far])
""",
        right=True,
        hint="One mean moves out of the data: the log-likelihood falls by log 2 a row, and is flat "
        "from there on. No labels are swapped.",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    m, s = x.min() - 3.0, 0.01
    return (m - s, m + s), (m + s, m - s)
""",
        right=True,
        hint="A short segment across the diagonal, where (2.23) is positive.",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    def level(means):
        a = -0.5 * (x[:, None] - means) ** 2
        return special.logsumexp(a, axis=1, b=0.5).sum()

    for t in np.arange(0.1, 20.0, 0.1):
        a = np.array([np.median(x), np.median(x) + 2 * t])
        b = a[::-1].copy()
        if level((a + b) / 2) < (level(a) + level(b)) / 2 - 1e-3:
            return a, b
""",
        right=True,
        hint="Tries segments until one works, and the first one does within twenty.",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    low, high = np.min(x), np.max(x)
    return np.array([low, high]), np.array([high, low])
""",
        right=False,
        hint="This works where the two ends fit better than the middle. Look at three rows within "
        "0.1 of each other.",
        loses_at="tightly gathered data",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    m, s = np.mean(x), np.std(x)
    return np.array([m - 2 * s, m + 2 * s]), np.array([m + 2 * s, m - 2 * s])
""",
        right=False,
        hint="The middle of your segment is the best place that there is for a single Gaussian. "
        "Must the midpoint lie among the data?",
        loses_at="data in two groups",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    m, s = np.mean(x), np.std(x)
    return np.array([m, m + 4 * s]), np.array([m + 4 * s, m])
""",
        right=False,
        hint="One mean stays and the other leaves: good. But how far it goes you measure in "
        "standard deviations of the data. Which standard deviation counts?",
        loses_at="tightly gathered data",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    return np.array([0.0, 4.0]), np.array([4.0, 0.0])
""",
        right=False,
        hint="Your pair does not look at the data. What if all of it lies at your midpoint?",
        loses_at="tightly gathered data",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    m = np.mean(x)
    return np.array([m, m]), np.array([m + 4, m + 4])
""",
        right=False,
        hint="Your segment runs along the diagonal. What is the curvature there, by (2.23)?",
        loses_at="data in two groups",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    m = np.mean(x)
    return np.array([m, m - 50]), np.array([m, m + 50])
""",
        right=False,
        hint="At a and at b one component serves no row at all; at your midpoint both lie in the "
        "middle of the data. Which of the two fits better?",
        loses_at="data in two groups",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    m = np.mean(x)
    return np.array([m, m + 4]), np.array([m, m + 4])
""",
        right=False,
        hint="a and b are the same point. How far is it from their midpoint?",
        loses_at="data in two groups",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    m = np.mean(x)
    return np.array([m, m + 1]), np.array([m + 1, m])
""",
        right=False,
        hint="The right idea, but count: what does the midpoint lose a row, and what do the ends "
        "lose at most?",
        loses_at="tightly gathered data",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    return np.array([-2.0, 2.0]), np.array([2.0, -2.0])
""",
        right=False,
        hint="This is the pair of the example. The data may lie anywhere, at its midpoint too.",
        loses_at="tightly gathered data",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    return np.array([20.0, 24.0]), np.array([24.0, 20.0])
""",
        right=False,
        hint="Far from most data, but not from all: what if the data lie at 22?",
        loses_at="data at your midpoint",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    half = np.median(x)
    low, high = np.mean(x[x <= half]), np.mean(x[x > half])
    return np.array([low, high]), np.array([high, low])
""",
        right=False,
        hint="Is there always a row above the median? And if there is: do the two halves fit "
        "better than their middle when they lie close together?",
        loses_at="tightly gathered data",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    c = x[0]
    return np.array([c, c + 4]), np.array([c + 4, c])
""",
        right=False,
        hint="One row says nothing about the others. What if those lie at your midpoint?",
        loses_at="more data at your midpoint",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    c = np.median(x)
    return np.array([c, c + 4]), np.array([c + 4, c])
""",
        right=False,
        hint="The median does not notice how far the other half lies above it. Which centre makes "
        "the term that is linear in x vanish when you sum over the rows?",
        loses_at="more data at your midpoint",
    ),
    Attempt(
        "break_concavity",
        """
def break_concavity(x):
    c = (np.min(x) + np.max(x)) / 2
    return np.array([c, c + 4]), np.array([c + 4, c])
""",
        right=False,
        hint="The two extreme rows say nothing about those between. What if nearly all of them "
        "lie at your midpoint?",
        loses_at="more data at your midpoint",
    ),
]

SPIKE = [
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    weights = np.array([0.5, 0.5])
    means = np.array([mean, x[-1]])
    log_eps = 0.5 * np.log(s2)
    while True:
        covariances = np.array([s2 * np.eye(d), np.exp(2 * log_eps) * np.eye(d)])
        a = np.column_stack(
            [
                np.log(0.5)
                - 0.5 * ((x - m) ** 2).sum(axis=1) / S[0, 0]
                - d / 2 * np.log(2 * np.pi * S[0, 0])
                for m, S in zip(means, covariances)
            ]
        )
        if special.logsumexp(a, axis=1).sum() > bound:
            return weights, means, covariances
        log_eps -= 1.0
""",
        right=True,
        hint="Narrows down step by step; the spike is the second component.",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    covariances = [(s2 * np.exp(-620.0) * np.eye(d)).tolist(), (s2 * np.eye(d)).tolist()]
    return [[0.5, 0.5], [x[0].tolist(), mean.tolist()], covariances]
""",
        right=True,
        hint="As narrow as the question can ever need, whatever the bound; lists for an answer.",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    wide = np.cov(x.T, bias=True).reshape(d, d) + np.eye(d) if n > 1 else np.eye(d)
    w = 1 / (n + 1)
    narrow = np.diag(np.full(d, np.exp(-660.0) * np.trace(wide)))
    return np.array([w, 1 - w]), np.stack([x[n // 2], mean]), np.stack([narrow, wide])
""",
        right=True,
        hint="The wide component takes the data's own covariance and nearly all of the weight.",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    covariances = np.array([np.exp(-620.0) * np.eye(d), s2 * np.eye(d)])
    return np.array([0.5, 0.5]), np.array([mean, mean]), covariances
""",
        right=False,
        hint="Your spike stands on the mean of the data, where no data need be. On what does the "
        "narrow component have to sit, so that its density counts?",
        loses_at="a spike on a row (2.26)",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    covariances = np.array([1e-6 * np.eye(d), s2 * np.eye(d)])
    return np.array([0.5, 0.5]), np.array([x[0], mean]), covariances
""",
        right=False,
        hint="A fixed width reaches a fixed height. How narrow must it be for the bound that is "
        "given?",
        loses_at="a spike on a row (2.26)",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    l0 = stats.multivariate_normal.logpdf(x, mean, s2 * np.eye(d)).sum() - n * np.log(2)
    eps = np.sqrt(s2) * np.exp(-max(bound + 1 - l0, 0.0) / d)
    covariances = np.array([eps * np.eye(d), s2 * np.eye(d)])
    return np.array([0.5, 0.5]), np.array([x[0], mean]), covariances
""",
        right=False,
        hint="ε in (2.26) is a standard deviation. What stands in the covariance?",
        loses_at="a spike on a row (2.26)",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    l0 = stats.multivariate_normal.logpdf(x, mean, s2 * np.eye(d)).sum() - n * np.log(2)
    eps = np.sqrt(s2) * np.exp(-max(bound + 1 - l0, 0.0))
    covariances = np.array([eps**2 * np.eye(d), s2 * np.eye(d)])
    return np.array([0.5, 0.5]), np.array([x[0], mean]), covariances
""",
        right=False,
        hint="In d dimensions a spike climbs d times as fast, so this one is narrower than it has "
        "to be, and its variance becomes 0 in floating point.",
        loses_at="positive definite",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    other = x[1] if n > 1 else x[0]
    narrow = np.exp(-620.0) * np.eye(d)
    return np.array([0.5, 0.5]), np.array([x[0], other]), np.array([narrow, narrow])
""",
        right=False,
        hint="Both components are narrow. Which density is left for the other rows?",
        loses_at="a spike on a row (2.26)",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    covariances = np.array([np.exp(-650.0) * np.eye(d), np.eye(d)])
    return np.array([0.5, 0.5]), np.array([x[0], x.mean(axis=0)]), covariances
""",
        right=False,
        hint="Your wide component has variance 1, in whatever units the data come. What do rows "
        "hundreds away from the mean cost?",
        loses_at="data spread out",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    wide = np.cov(x.T, bias=True).reshape(d, d)
    covariances = np.array([np.exp(-650.0) * np.eye(d), wide])
    return np.array([0.5, 0.5]), np.array([x[0], x.mean(axis=0)]), covariances
""",
        right=False,
        hint="What is the covariance of a single row, or of equal rows?",
        loses_at="positive definite",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    l0 = stats.multivariate_normal.logpdf(x, mean, s2 * np.eye(d)).sum() - n * np.log(2)
    e2 = s2 * np.exp(-2 * (bound + 1 - l0) / d)
    covariances = np.array([e2 * np.eye(d), s2 * np.eye(d)])
    return np.array([0.5, 0.5]), np.array([x[0], mean]), covariances
""",
        right=False,
        hint="What is ε if the bound lies far below ℓ_0?",
        loses_at="finite",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    covariances = np.array([np.zeros((d, d)), s2 * np.eye(d)])
    return np.array([0.5, 0.5]), np.array([x[0], mean]), covariances
""",
        right=False,
        hint="A covariance of zero is no Gaussian density. Narrow the component down as far as the "
        "bound asks, and no further.",
        loses_at="positive definite",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    covariances = np.array([np.exp(-620.0) * np.eye(d), s2 * np.eye(d)])
    return np.array([1.0, 0.0]), np.array([x[0], mean]), covariances
""",
        right=False,
        hint="The spike has all the weight. What is p(x) in the rows where it does not stand?",
        loses_at="a spike on a row (2.26)",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    n, d = x.shape
    mean = x.mean(axis=0)
    s2 = 1 + ((x - mean) ** 2).mean()
    return np.array([0.5, 0.5]), np.array([x[0], mean]), np.array([np.exp(-620.0), s2])
""",
        right=False,
        hint="You returned variances. A covariance is a matrix, also for d = 1.",
        loses_at="shape",
    ),
    Attempt(
        "spike",
        """
def spike(x, bound):
    covariances = np.array([[[2 * np.exp(-209.0)]], [[2.0]]])
    return np.array([0.5, 0.5]), np.array([[-1.0], [0.0]]), covariances
""",
        right=False,
        hint="These are the numbers of the example. The spike has to stand on a row of x.",
        loses_at="a spike on a row (2.26)",
    ),
]

ATTEMPTS = LOG_SUM_EXP + LOG_LIKELIHOOD + BREAK_CONCAVITY + SPIKE
