"""Answers that people give to the exercises of lesson 3, wrong and right."""

from em_authoring.attempt import Attempt


def wrong(exercise, loses_at, hint, source):
    return Attempt(exercise, source.strip() + "\n", False, hint, loses_at)


def right(exercise, hint, source):
    return Attempt(exercise, source.strip() + "\n", True, hint)


COINS = [
    wrong(
        "e_step_coins",
        "heads and tails enter (3.6)",
        "You count the heads of each set, but not its tails. A tail is evidence as well: which "
        "factor of (3.6) holds it?",
        """
def e_step_coins(heads, tosses, biases):
    likelihood = np.asarray(biases) ** np.asarray(heads)[:, None]
    return likelihood / likelihood.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_coins",
        "finite",
        "With thousands of tosses your likelihoods are 0 in floating point, and 0/0 is no number. "
        "Work with their logs, and see which shift of a row (3.3) allows you.",
        """
def e_step_coins(heads, tosses, biases):
    h, m = np.asarray(heads)[:, None], np.asarray(tosses)[:, None]
    likelihood = biases**h * (1 - biases) ** (m - h)
    return likelihood / likelihood.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_coins",
        "finite",
        "The binomial probability of a set that is unlikely under every coin is 0 in floating "
        "point too. scipy offers the log of it; take it from there with (3.4).",
        """
def e_step_coins(heads, tosses, biases):
    p = stats.binom.pmf(heads[:, None], tosses[:, None], biases)
    return p / p.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_coins",
        "rows sum to one",
        "A tiny number added to the denominator keeps 0/0 away and gives 0, which is no posterior. "
        "The information was lost before, when the likelihood became 0: stay in logs.",
        """
def e_step_coins(heads, tosses, biases):
    h, m = heads[:, None], tosses[:, None]
    likelihood = biases**h * (1 - biases) ** (m - h)
    return likelihood / (likelihood.sum(axis=1, keepdims=True) + 1e-300)
""",
    ),
    wrong(
        "e_step_coins",
        "rows sum to one",
        "This is the joint of set and coin. What is its constant, as a function of the coin?",
        """
def e_step_coins(heads, tosses, biases):
    return stats.binom.pmf(heads[:, None], tosses[:, None], biases) / len(biases)
""",
    ),
    wrong(
        "e_step_coins",
        "rows sum to one",
        "You divide by a sum over the sets. The coin is what is unknown: over what does the "
        "denominator of (3.6) sum?",
        """
def e_step_coins(heads, tosses, biases):
    h, m = heads[:, None], tosses[:, None]
    a = h * np.log(biases) + (m - h) * np.log(1 - biases)
    p = np.exp(a - a.max(axis=0))
    return p / p.sum(axis=0)
""",
    ),
    wrong(
        "e_step_coins",
        "heads and tails enter (3.6)",
        "You decide for one coin in each set. The posterior keeps the doubt: a row may say 0.45 "
        "and 0.55.",
        """
def e_step_coins(heads, tosses, biases):
    h, m = heads[:, None], tosses[:, None]
    a = h * np.log(biases) + (m - h) * np.log(1 - biases)
    return np.eye(len(biases))[a.argmax(axis=1)]
""",
    ),
    wrong(
        "e_step_coins",
        "tosses of each set (3.6)",
        "Ten tosses are those of the example in the text. Where does m come from in your code?",
        """
def e_step_coins(heads, tosses, biases):
    h = heads[:, None]
    a = h * np.log(biases) + (10 - h) * np.log(1 - biases)
    p = np.exp(a - a.max(axis=1, keepdims=True))
    return p / p.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_coins",
        "tosses of each set (3.6)",
        "You take the first set's number of tosses for all sets. Each set has its own m.",
        """
def e_step_coins(heads, tosses, biases):
    r = []
    for h in heads:
        a = h * np.log(biases) + (tosses[0] - h) * np.log(1 - biases)
        p = np.exp(a - a.max())
        r.append(p / p.sum())
    return r
""",
    ),
    wrong(
        "e_step_coins",
        "shape",
        "Your answer knows two coins only. Let the sum in the denominator of (3.6) run over as "
        "many as there are biases.",
        """
def e_step_coins(heads, tosses, biases):
    a = heads * np.log(biases[0]) + (tosses - heads) * np.log(1 - biases[0])
    b = heads * np.log(biases[1]) + (tosses - heads) * np.log(1 - biases[1])
    r = special.expit(a - b)
    return np.column_stack([r, 1 - r])
""",
    ),
    wrong(
        "e_step_coins",
        "shape",
        "Rows are sets and columns are coins; yours are the other way round.",
        """
def e_step_coins(heads, tosses, biases):
    a = np.outer(np.log(biases), heads) + np.outer(np.log(1 - biases), tosses - heads)
    return special.softmax(a, axis=0)
""",
    ),
    wrong(
        "e_step_coins",
        "heads and tails enter (3.6)",
        "You raise 1 − b to the number of tosses. How many of them were tails?",
        """
def e_step_coins(heads, tosses, biases):
    a = np.outer(heads, np.log(biases)) + np.outer(tosses, np.log(1 - biases))
    return special.softmax(a, axis=1)
""",
    ),
    right(
        "e_step_coins",
        "Plain loops and lists, with the row's maximum taken off.",
        """
def e_step_coins(heads, tosses, biases):
    import math

    result = []
    for h, m in zip(heads, tosses):
        logs = [h * math.log(b) + (m - h) * math.log(1 - b) for b in biases]
        top = max(logs)
        terms = [math.exp(each - top) for each in logs]
        result.append([term / sum(terms) for term in terms])
    return result
""",
    ),
    right(
        "e_step_coins",
        "scipy's log probability with its softmax; the coefficient is carried along and cancels.",
        """
def e_step_coins(heads, tosses, biases):
    return special.softmax(stats.binom.logpmf(heads[:, None], tosses[:, None], biases), axis=1)
""",
    ),
    right(
        "e_step_coins",
        "One over the sum of the odds against each coin; an odds that overflows gives 0, rightly.",
        """
def e_step_coins(heads, tosses, biases):
    logit = np.log(biases) - np.log(1 - biases)
    a = heads[:, None] * logit + tosses[:, None] * np.log(1 - biases)
    return 1 / np.exp(a[:, None, :] - a[:, :, None]).sum(axis=2)
""",
    ),
]

E_STEP = [
    wrong(
        "e_step",
        "prior enters (3.2)",
        "You compare the densities of x under the components. Before x was seen, were all "
        "components equally probable?",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for m, S in zip(means, covariances)
        ],
        axis=1,
    )
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "finite",
        "Far from every component all your densities are 0, and 0/0 is no number. Take logs, and "
        "each row's maximum off, before you exponentiate (3.4).",
        """
def e_step(x, weights, means, covariances):
    p = np.stack(
        [
            w * np.atleast_1d(stats.multivariate_normal(m, S).pdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    return p / p.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step",
        "rows sum to one",
        "A tiny number in the denominator hides the 0/0 and returns a row of zeros. The point does "
        "belong somewhere: work in logs and take each row's maximum off.",
        """
def e_step(x, weights, means, covariances):
    p = np.stack(
        [
            w * np.atleast_1d(stats.multivariate_normal(m, S).pdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    return p / (p.sum(axis=1, keepdims=True) + 1e-300)
""",
    ),
    wrong(
        "e_step",
        "finite",
        "You take the maximum of the whole table off. Another row may lie thousands of nats lower: "
        "which m(x) does (3.4) ask for?",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    p = np.exp(a - a.max())
    return p / p.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step",
        "rows sum to one",
        "Your columns sum to one, not your rows. The component is unknown, the row is given: over "
        "what does the denominator of (3.2) sum?",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    return special.softmax(a, axis=0)
""",
    ),
    wrong(
        "e_step",
        "shape",
        "You have one row a component; one row a point and one column a component was asked for.",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return special.softmax(a, axis=0)
""",
    ),
    wrong(
        "e_step",
        "determinant (3.8)",
        "A wide component is lower at its top than a narrow one. Which term of (3.8) says so, and "
        "does it depend on k?",
        """
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        u = x - means[k]
        a[:, k] = np.log(weights[k]) - 0.5 * np.sum(u @ np.linalg.inv(covariances[k]) * u, axis=1)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "determinant (3.8)",
        "The determinant enters with a power of one half: compare your constant with (3.8).",
        """
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        u = x - means[k]
        distance = np.sum(np.linalg.solve(covariances[k], u.T).T * u, axis=1)
        a[:, k] = np.log(weights[k]) - np.linalg.slogdet(covariances[k])[1] - 0.5 * distance
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "whole covariance enters (3.8)",
        "You use the variances and leave the correlations out. What does the inverse of a matrix "
        "do with the entries off its diagonal?",
        """
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        sd = np.sqrt(np.diag(covariances[k]))
        a[:, k] = np.log(weights[k]) + stats.norm.logpdf(x, means[k], sd).sum(axis=1)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "distance (3.8)",
        "A variance stands where a standard deviation belongs: check the unit of the distance in "
        "your exponent, it has none.",
        """
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        z = np.linalg.solve(covariances[k], (x - means[k]).T)
        a[:, k] = np.log(weights[k]) - 0.5 * np.linalg.slogdet(covariances[k])[1]
        a[:, k] -= 0.5 * (z**2).sum(axis=0)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "distance (3.8)",
        "The exponent of a Gaussian has a factor one half before the squared distance.",
        """
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        L = np.linalg.cholesky(covariances[k])
        z = linalg.solve_triangular(L, (x - means[k]).T, lower=True)
        a[:, k] = np.log(weights[k]) - np.log(np.diag(L)).sum() - (z**2).sum(axis=0)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "distance (3.8)",
        "You multiply by the covariance where (3.8) has its inverse: a wider component would make "
        "the same point farther away.",
        """
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        u = x - means[k]
        a[:, k] = np.log(weights[k]) - 0.5 * np.linalg.slogdet(covariances[k])[1]
        a[:, k] -= 0.5 * np.einsum("ni,ij,nj->n", u, covariances[k], u)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "prior enters (3.2)",
        "You return a hard assignment. The posterior is a row of probabilities, and only rarely 0 "
        "and 1.",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    return np.eye(len(weights))[a.argmax(axis=1)]
""",
    ),
    wrong(
        "e_step",
        "not negative",
        "You stopped at (3.4), which is the log of what was asked for.",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    return a - special.logsumexp(a, axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step",
        "rows sum to one",
        "This is the joint p(x, z). Its constant is still to be divided out: which sum is it?",
        """
def e_step(x, weights, means, covariances):
    return np.stack(
        [
            w * np.atleast_1d(stats.multivariate_normal(m, S).pdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
""",
    ),
    wrong(
        "e_step",
        "arguments stay as they were",
        "You take the mean off x itself, so the next component sees data that have moved, and so "
        "does whoever called you. Make a new array of the differences.",
        """
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        x -= means[k]
        a[:, k] = np.log(weights[k]) + stats.multivariate_normal.logpdf(
            x, np.zeros(x.shape[1]), covariances[k]
        )
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "weight of zero (3.2)",
        "You moved the weights away from 0 before taking the log. A component of weight 0 explains "
        "nothing, however near the point; log 0 = −inf is just right here.",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w + 1e-8) + np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "shape",
        "Your answer knows two components only. Let the columns run over all K.",
        """
def e_step(x, weights, means, covariances):
    a, b = (
        np.log(weights[k]) + np.atleast_1d(
            stats.multivariate_normal(means[k], covariances[k]).logpdf(x)
        )
        for k in (0, 1)
    )
    r = special.expit(a - b)
    return np.column_stack([r, 1 - r])
""",
    ),
    wrong(
        "e_step",
        "distance (3.8)",
        "You use the first column of x only. With d columns the density is that of all of them "
        "together, with the whole covariance (3.8).",
        """
def e_step(x, weights, means, covariances):
    sd = np.sqrt(covariances[:, 0, 0])
    a = np.log(weights) + stats.norm.logpdf(x[:, :1], means[:, 0], sd)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "distance (3.8)",
        "You give each point to components by its plain distance to the means. The covariance "
        "says in which unit a distance is measured, and it is another one for each component.",
        """
def e_step(x, weights, means, covariances):
    squared = ((x[:, None, :] - means) ** 2).sum(axis=2)
    return special.softmax(np.log(weights) - 0.5 * squared, axis=1)
""",
    ),
    wrong(
        "e_step",
        "whole covariance enters (3.8)",
        "solve_triangular reads the upper triangle unless you say lower=True, and that of a "
        "Cholesky factor L holds its diagonal only: the correlations are lost.",
        """
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        L = np.linalg.cholesky(covariances[k])
        z = linalg.solve_triangular(L, (x - means[k]).T)
        a[:, k] = np.log(weights[k]) - np.log(np.diag(L)).sum() - 0.5 * (z**2).sum(axis=0)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "weight of zero (3.2)",
        "You lift the weights to 1e-300 before taking the log. Its log is −691 only, and a point "
        "that is far from the other components is worth more nats than that.",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(max(w, 1e-300)) + np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step",
        "AxisError",
        "Of a single row scipy's logpdf returns a plain number, and numbers have no axis 1 to be "
        "stacked along. Make arrays of them first.",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w) + stats.multivariate_normal(m, S).logpdf(x)
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    return special.softmax(a, axis=1)
""",
    ),
    right(
        "e_step",
        "The last column is what the others leave of 1, which may be −1e-17 in floating point.",
        """
def e_step(x, weights, means, covariances):
    a = np.stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal(m, S).logpdf(x))
            for w, m, S in zip(weights, means, covariances)
        ],
        axis=1,
    )
    r = special.softmax(a, axis=1)
    left = np.ones(len(x))
    for k in range(len(weights) - 1):
        left -= r[:, k]
    r[:, -1] = left
    return r
""",
    ),
    right(
        "e_step",
        "scipy's log densities and softmax.",
        """
def e_step(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    with np.errstate(divide="ignore"):
        for k in range(len(weights)):
            log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
            a[:, k] = np.log(weights[k]) + log_density
    return special.softmax(a, axis=1)
""",
    ),
    right(
        "e_step",
        "A double loop over rows and components, with an inverse and a determinant.",
        """
def e_step(x, weights, means, covariances):
    result = []
    for row in x:
        logs = []
        for w, m, S in zip(weights, means, covariances):
            u = row - m
            logs.append(
                np.log(w) - 0.5 * np.log(np.linalg.det(S)) - 0.5 * u @ np.linalg.inv(S) @ u
            )
        terms = [np.exp(each - max(logs)) for each in logs]
        result.append([float(term / sum(terms)) for term in terms])
    return result
""",
    ),
    right(
        "e_step",
        "One einsum for all distances; one over the sum of the odds against each component.",
        """
def e_step(x, weights, means, covariances):
    keep = weights > 0
    u = x[:, None, :] - means[keep]
    d2 = np.einsum("nki,kij,nkj->nk", u, np.linalg.inv(covariances[keep]), u)
    a = np.log(weights[keep]) - 0.5 * (np.linalg.slogdet(covariances[keep])[1] + d2)
    r = np.zeros((len(x), len(weights)))
    with np.errstate(over="ignore"):
        r[:, keep] = 1 / np.exp(a[:, None, :] - a[:, :, None]).sum(axis=2)
    return r
""",
    ),
]

HARD = [
    wrong(
        "hard_assignments",
        "shape",
        "You look for the largest entry of each column: which point is most typical of a "
        "component. Asked was the component of each point.",
        """
def hard_assignments(r):
    return np.argmax(r, axis=0)
""",
    ),
    wrong(
        "hard_assignments",
        "any number of components",
        "A threshold of one half knows two components. With more, the most probable one may have "
        "less than one half, and its label may be above 1.",
        """
def hard_assignments(r):
    return (r[:, 1] > 0.5).astype(int)
""",
    ),
    wrong(
        "hard_assignments",
        "shape",
        "You return the indicators, a row of zeros and a one. Asked was the label itself.",
        """
def hard_assignments(r):
    return (r == r.max(axis=1, keepdims=True)).astype(int)
""",
    ),
    wrong(
        "hard_assignments",
        "ties to the lowest",
        "Where two entries tie you return the last of them. Which one did the question ask for?",
        """
def hard_assignments(r):
    return r.shape[1] - 1 - np.argmax(r[:, ::-1], axis=1)
""",
    ),
    wrong(
        "hard_assignments",
        "most probable (3.10)",
        "Labels count from 0 in code.",
        """
def hard_assignments(r):
    return np.argmax(r, axis=1) + 1
""",
    ),
    wrong(
        "hard_assignments",
        "most probable (3.10)",
        "You draw labels with the probabilities r. That is a sample from the posterior, not its "
        "most probable value.",
        """
def hard_assignments(r):
    rng = np.random.default_rng(0)
    return [rng.choice(len(row), p=row) for row in r]
""",
    ),
    wrong(
        "hard_assignments",
        "whole numbers",
        "You return the largest responsibility. Asked was where it stands.",
        """
def hard_assignments(r):
    return r.max(axis=1)
""",
    ),
    wrong(
        "hard_assignments",
        "any number of components",
        "You return the mean of the labels, rounded. Labels are names, "
        "and the mean of 0 and 2 is not component 1.",
        """
def hard_assignments(r):
    return np.round(r @ np.arange(r.shape[1])).astype(int)
""",
    ),
    wrong(
        "hard_assignments",
        "nearly equal is not equal",
        "You round before you compare, so that 0.499999 and 0.5 tie. Only equal entries do.",
        """
def hard_assignments(r):
    return r.round(3).argmax(axis=1)
""",
    ),
    right(
        "hard_assignments",
        "A list comprehension over rows.",
        """
def hard_assignments(r):
    return [list(row).index(max(row)) for row in r]
""",
    ),
    right(
        "hard_assignments",
        "Loops that keep the best label so far, and move on only to a larger entry.",
        """
def hard_assignments(r):
    z = np.zeros(len(r))
    for i, row in enumerate(r):
        for k in range(1, len(row)):
            if row[k] > row[int(z[i])]:
                z[i] = k
    return z
""",
    ),
    right(
        "hard_assignments",
        "A stable sort of the negative entries: the first of equals stays first.",
        """
def hard_assignments(r):
    return np.argsort(-r, axis=1, kind="stable")[:, 0]
""",
    ),
]

LOG_JOINT = """
    log_joint = np.empty(r.shape)
    with np.errstate(divide="ignore"):
        for k in range(len(weights)):
            log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
            log_joint[:, k] = np.log(weights[k]) + log_density
"""
HEAD = "def expected_complete_log_likelihood(x, r, weights, means, covariances):" + LOG_JOINT

EXPECTED = [
    wrong(
        "expected_complete_log_likelihood",
        "average of logs, summed (3.14)",
        "This is log p(D), the log of a sum over labels. In (3.14) the log comes first, and the "
        "average over labels after it.",
        HEAD + "    return special.logsumexp(log_joint, axis=1).sum()",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "average of logs, summed (3.14)",
        "You average the densities and take the log last. Where does the logarithm stand in "
        "(3.14)?",
        HEAD + "    return special.logsumexp(log_joint, b=r, axis=1).sum()",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "average of logs, summed (3.14)",
        "One of the two sums of (3.15) is missing: the complete data have labels, and labels have "
        "probabilities.",
        """
def expected_complete_log_likelihood(x, r, weights, means, covariances):
    return sum(
        np.sum(r[:, k] * stats.multivariate_normal.logpdf(x, means[k], covariances[k]))
        for k in range(len(weights))
    )
""",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "average of logs, summed (3.14)",
        "You divide by the number of rows. Log-likelihoods are summed over the rows of D.",
        HEAD + "    return np.where(r > 0, r * log_joint, 0).sum() / len(x)",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "average of logs, summed (3.14)",
        "You have added the entropy of r. That gives the bound of lesson 6; asked was the "
        "expectation alone.",
        HEAD + "    return np.where(r > 0, r * log_joint, 0).sum() + special.entr(r).sum()",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "average of logs, summed (3.14)",
        "You take one label a row, the most probable. That is the right end of (3.17)'s first "
        "inequality; asked was the average over labels.",
        HEAD + "    return log_joint[np.arange(len(x)), r.argmax(axis=1)].sum()",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "average of logs, summed (3.14)",
        "You take the mean of r for the weights. Those are the weights of the next M-step; the "
        "weights of this θ are an argument.",
        """
def expected_complete_log_likelihood(x, r, weights, means, covariances):
    total = np.sum(special.xlogy(r.sum(axis=0), r.mean(axis=0)))
    for k in range(len(weights)):
        total += r[:, k] @ stats.multivariate_normal(means[k], covariances[k]).logpdf(x).reshape(-1)
    return total
""",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "the r that is given (3.14)",
        "You compute the posterior at the θ of the arguments and leave r unused. In (3.14) the "
        "weights belong to θ_t and the logarithm to θ: two different parameters.",
        HEAD
        + """
    q = special.softmax(log_joint, axis=1)
    return np.where(q > 0, q * log_joint, 0).sum()
""",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "finite",
        "Where a weight is 0 you multiply 0 by −inf, which is nan in floating point. What does a "
        "label that never occurs add to an average?",
        HEAD + "    return (r * log_joint).sum()",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "finite",
        "You compute the density and take its log afterwards; far from a component the density is "
        "0 before the log is taken. Ask for the log density at once.",
        """
def expected_complete_log_likelihood(x, r, weights, means, covariances):
    total = 0.0
    for k in range(len(weights)):
        if weights[k] > 0:
            density = stats.multivariate_normal.pdf(x, means[k], covariances[k])
            total += np.sum(r[:, k] * np.log(weights[k] * density))
    return total
""",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "log density (3.8)",
        "The factor (2π)^(−d/2) cancels in a posterior, but not here: nothing is divided by.",
        """
def expected_complete_log_likelihood(x, r, weights, means, covariances):
    total = 0.0
    for k in range(len(weights)):
        if weights[k] > 0:
            u = x - means[k]
            d2 = np.sum(np.linalg.solve(covariances[k], u.T).T * u, axis=1)
            half_log_det = 0.5 * np.linalg.slogdet(covariances[k])[1]
            total += r[:, k] @ (np.log(weights[k]) - half_log_det - 0.5 * d2)
    return total
""",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "log density (3.8)",
        "You average the joint itself. Asked was the average of its logarithm.",
        HEAD + "    return (r * np.exp(log_joint)).sum()",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "arguments stay as they were",
        "You write the products into r, and whoever gave you r has lost it. Make a new array.",
        HEAD
        + """
    r *= np.where(r > 0, log_joint, 0)
    return r.sum()
""",
    ),
    wrong(
        "expected_complete_log_likelihood",
        "shape",
        "You return one number a row. Asked was their sum, the value for the whole of D.",
        HEAD + "    return np.where(r > 0, r * log_joint, 0).sum(axis=1)",
    ),
    right(
        "expected_complete_log_likelihood",
        "The two sums of (3.15), with xlogy for 0 log 0.",
        """
def expected_complete_log_likelihood(x, r, weights, means, covariances):
    value = special.xlogy(r.sum(axis=0), weights).sum()
    u = x[:, None, :] - means
    d2 = np.einsum("nki,kij,nkj->nk", u, np.linalg.inv(covariances), u)
    log_det = np.linalg.slogdet(2 * np.pi * covariances)[1]
    return value - 0.5 * np.sum(r * (log_det + d2))
""",
    ),
    right(
        "expected_complete_log_likelihood",
        "The table of log-joints, with 0 where r is 0.",
        HEAD + "    return np.sum(r * np.where(r > 0, log_joint, 0))",
    ),
    right(
        "expected_complete_log_likelihood",
        "A double loop that skips labels without probability.",
        """
def expected_complete_log_likelihood(x, r, weights, means, covariances):
    total = 0
    for row, q in zip(x, r):
        for k in range(len(q)):
            if q[k] > 0:
                L = np.linalg.cholesky(covariances[k])
                z = np.linalg.solve(L, row - means[k])
                log_density = -np.log(np.diag(L)).sum() - 0.5 * z @ z
                log_density -= 0.5 * len(row) * np.log(2 * np.pi)
                total = total + q[k] * (np.log(weights[k]) + log_density)
    return total
""",
    ),
]

SCORE_HEAD = """
def score_means(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        a[:, k] = np.log(weights[k]) + stats.multivariate_normal.logpdf(
            x, means[k], covariances[k]
        )
    r = special.softmax(a, axis=1)
"""
SOLVED = """
    return [
        np.linalg.solve(covariances[k], r[:, k] @ (x - means[k])) for k in range(len(weights))
    ]
"""

SCORE = [
    wrong(
        "score_means",
        "covariance enters (3.20)",
        "The covariance is missing from the gradient: look at the unit, which is one over that of "
        "x.",
        SCORE_HEAD + "    return [r[:, k] @ (x - means[k]) for k in range(len(weights))]",
    ),
    wrong(
        "score_means",
        "covariance enters (3.20)",
        "You multiply by the covariance; (3.20) has its inverse. A point pulls less at a wide "
        "component, not more.",
        SCORE_HEAD
        + "    return [covariances[k] @ (r[:, k] @ (x - means[k])) for k in range(len(weights))]",
    ),
    wrong(
        "score_means",
        "covariance enters (3.20)",
        "You divide by the variances and leave the correlations out. Solve with the whole matrix.",
        SCORE_HEAD
        + """
    return [
        r[:, k] @ (x - means[k]) / np.diag(covariances[k]) for k in range(len(weights))
    ]
""",
    ),
    wrong(
        "score_means",
        "covariance enters (3.20)",
        "You solve with the Cholesky factor only once. (3.9) needs it for the length of a vector; "
        "the gradient has the inverse of the whole covariance.",
        SCORE_HEAD
        + """
    return [
        np.linalg.solve(np.linalg.cholesky(covariances[k]), r[:, k] @ (x - means[k]))
        for k in range(len(weights))
    ]
""",
    ),
    wrong(
        "score_means",
        "pull (3.21)",
        "The sign is turned: a point above the mean raises the likelihood if the mean moves up.",
        SCORE_HEAD
        + """
    return [
        np.linalg.solve(covariances[k], r[:, k] @ (means[k] - x)) for k in range(len(weights))
    ]
""",
    ),
    wrong(
        "score_means",
        "pull (3.21)",
        "Every point pulls at every mean with its whole weight. How much of it belongs to "
        "component k?",
        """
def score_means(x, weights, means, covariances):
    return [np.linalg.solve(S, (x - m).sum(axis=0)) for m, S in zip(means, covariances)]
""",
    ),
    wrong(
        "score_means",
        "pull (3.21)",
        "Your posterior leaves the prior out: the weights enter it, see (3.2).",
        """
def score_means(x, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        a[:, k] = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
    r = special.softmax(a, axis=1)
"""
        + SOLVED,
    ),
    wrong(
        "score_means",
        "pull (3.21)",
        "You use hard labels. Fisher's identity averages over the posterior.",
        SCORE_HEAD + "    r = np.eye(len(weights))[r.argmax(axis=1)]" + SOLVED,
    ),
    wrong(
        "score_means",
        "pull (3.21)",
        "You divide by c_k. That is the way to the next mean of EM, up to Σ_k; the gradient is a "
        "sum over the data.",
        SCORE_HEAD + "    r = r / r.sum(axis=0)" + SOLVED,
    ),
    wrong(
        "score_means",
        "pull (3.21)",
        "You average over the rows. The log-likelihood is summed over them, and so is its "
        "gradient.",
        SCORE_HEAD + "    r = r / len(x)" + SOLVED,
    ),
    wrong(
        "score_means",
        "pull (3.21)",
        "You weigh by the prior instead of the posterior: has x been seen or not?",
        """
def score_means(x, weights, means, covariances):
    r = np.tile(weights, (len(x), 1))
"""
        + SOLVED,
    ),
    wrong(
        "score_means",
        "pull (3.21)",
        "You weigh by the joint. The constant p(x), which turns it into the posterior, is missing.",
        SCORE_HEAD + "    r = np.exp(a)" + SOLVED,
    ),
    wrong(
        "score_means",
        "pull (3.21)",
        "You differentiate the posterior as well. In (3.18) it stands outside the gradient and is "
        "held fixed.",
        SCORE_HEAD + "    r = r * (1 + a - (r * a).sum(axis=1, keepdims=True))" + SOLVED,
    ),
    wrong(
        "score_means",
        "finite",
        "Far from every component all densities are 0 and your posterior is 0/0. Compute it in "
        "logs, as in (3.4).",
        """
def score_means(x, weights, means, covariances):
    p = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        p[:, k] = weights[k] * stats.multivariate_normal.pdf(x, means[k], covariances[k])
    r = p / p.sum(axis=1, keepdims=True)
"""
        + SOLVED,
    ),
    wrong(
        "score_means",
        "shape",
        "Rows are components and columns are those of x; yours are the other way round.",
        SCORE_HEAD
        + """
    return np.column_stack(
        [np.linalg.solve(covariances[k], r[:, k] @ (x - means[k])) for k in range(len(weights))]
    )
""",
    ),
    right(
        "score_means",
        "All at once with einsum and inverses.",
        """
def score_means(x, weights, means, covariances):
    u = x[:, None, :] - means
    pulls = np.einsum("kij,nkj->nki", np.linalg.inv(covariances), u)
    a = np.log(weights) - 0.5 * np.linalg.slogdet(covariances)[1]
    r = special.softmax(a - 0.5 * (u * pulls).sum(axis=2), axis=1)
    return np.einsum("nk,nki->ki", r, pulls)
""",
    ),
    right(
        "score_means",
        "Point by point: each adds its pull to each component.",
        """
def score_means(x, weights, means, covariances):
    score = np.zeros(means.shape)
    for row in x:
        logs = np.array([
            np.log(w) + stats.multivariate_normal.logpdf(row, m, S)
            for w, m, S in zip(weights, means, covariances)
        ])
        r = np.exp(logs - special.logsumexp(logs))
        for k in range(len(weights)):
            score[k] += r[k] * np.linalg.inv(covariances[k]) @ (row - means[k])
    return score
""",
    ),
    right(
        "score_means",
        "The moments first: Σ r x less c_k μ_k, then one solve a component.",
        SCORE_HEAD
        + """
    towards = r.T @ x - r.sum(axis=0)[:, None] * means
    return np.linalg.solve(covariances, towards[:, :, None])[:, :, 0].tolist()
""",
    ),
]

ATTEMPTS = COINS + E_STEP + HARD + EXPECTED + SCORE
