"""Answers that people give to the exercises of lesson 01: wrong ones with hints, and right ones."""

from em_authoring.attempt import Attempt

TOPIC_LOG_JOINT = [
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    with np.errstate(divide="ignore"):
        log_words = np.log(word_probabilities)
    result = []
    for row in counts:
        line = []
        for weight, log_beta in zip(topic_weights, log_words):
            said = row > 0
            line.append(np.log(weight) + np.sum(row[said] * log_beta[said]))
        result.append(line)
    return result
""",
        right=True,
        hint="Article by article, only over the words that occur; lists for an answer.",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    possible = word_probabilities > 0
    log_words = np.log(np.where(possible, word_probabilities, 1.0))
    log_p = np.log(topic_weights) + counts @ log_words.T
    log_p[counts @ (~possible).T.astype(float) > 0] = -np.inf
    return log_p
""",
        right=True,
        hint="A matrix product, with the impossible articles put in afterwards.",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.einsum("nv,kv->nkv", counts, np.log(word_probabilities))
    terms[np.isnan(terms)] = 0.0
    return terms.sum(axis=2) + np.log(topic_weights)[None, :]
""",
        right=True,
        hint="Each 0 · −inf is set to 0 before the sum.",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    return np.log(topic_weights) + counts @ np.log(word_probabilities).T
""",
        right=False,
        hint="A count of 0 times a log-probability of −inf is nan in floating point. What is it in "
        "(1.5), and why?",
        loses_at="finite",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    log_words = np.log(word_probabilities + 1e-12)
    return np.log(topic_weights) + counts @ log_words.T
""",
        right=False,
        hint="Your small number makes impossible words merely rare. What does (1.4) give for a "
        "word that occurs although its probability is 0?",
        loses_at="impossible word (1.4)",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    with np.errstate(divide="ignore", invalid="ignore"):
        log_p = np.log(topic_weights) + counts @ np.log(word_probabilities).T
    return np.where(np.isnan(log_p), -np.inf, log_p)
""",
        right=False,
        hint="You treat every article that meets a probability of 0 as impossible. Which factor "
        "does a word bring that does not occur?",
        loses_at="zero times log zero (1.5)",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    log_words = np.nan_to_num(np.log(word_probabilities), neginf=0.0)
    return np.log(topic_weights) + counts @ log_words.T
""",
        right=False,
        hint="Replacing log 0 by 0 is the same as giving an impossible word the probability 1. "
        "When does the word occur, and when not?",
        loses_at="impossible word (1.4)",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    powers = word_probabilities[None, :, :] ** counts[:, None, :]
    with np.errstate(divide="ignore"):
        return np.log(topic_weights * powers.prod(axis=2))
""",
        right=False,
        hint="The product of many probabilities underflows before you take its logarithm. Take the "
        "logarithm of each factor first.",
        loses_at="logs first (1.5)",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    return special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
""",
        right=False,
        hint="This is the log-probability of the words given the topic. Which factor of the joint "
        "is missing?",
        loses_at="an empty article (1.5)",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    terms = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    return terms + counts.sum(axis=1)[:, None] * np.log(topic_weights)
""",
        right=False,
        hint="The topic's weight enters once for every word. How often is the topic drawn for one "
        "article?",
        loses_at="an empty article (1.5)",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    present = (counts > 0).astype(float)
    terms = special.xlogy(present[:, None, :], word_probabilities)
    return np.log(topic_weights) + terms.sum(axis=2)
""",
        right=False,
        hint="A word that occurs three times counts for you like one that occurs once. Look at the "
        "exponent in (1.4).",
        loses_at="counts times log probabilities (1.5)",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    m = counts.sum(axis=1)
    orders = special.gammaln(m + 1) - special.gammaln(counts + 1).sum(axis=1)
    terms = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    return orders[:, None] + np.log(topic_weights) + terms
""",
        right=False,
        hint="You added the multinomial coefficient, which is right for counts. The question asks "
        "for (1.5), the words in their order.",
        loses_at="counts times log probabilities (1.5)",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    length = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    shares = counts / length
    return np.log(topic_weights) + special.xlogy(shares[:, None, :], word_probabilities).sum(axis=2)
""",
        right=False,
        hint="You divide the counts by the article's length. Does a longer article say as little "
        "about its topic as a short one?",
        loses_at="counts times log probabilities (1.5)",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    terms = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    return (np.log(topic_weights) + terms).T
""",
        right=False,
        hint="Rows and columns are swapped: one row an article, one column a topic.",
        loses_at="shape",
    ),
    Attempt(
        "topic_log_joint",
        """
def topic_log_joint(counts, topic_weights, word_probabilities):
    terms = special.xlogy(counts[:, None, :], word_probabilities)
    log_p = np.log(topic_weights) + terms.sum(axis=2)
    return log_p - special.logsumexp(log_p, axis=1, keepdims=True)
""",
        right=False,
        hint="You normalised over the topics, which gives the posterior of lesson 3. The joint "
        "keeps its constant.",
        loses_at="counts times log probabilities (1.5)",
    ),
]

LOG_JOINT = [
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    return np.column_stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal.logpdf(x, m, S))
            for w, m, S in zip(weights, means, covariances)
        ]
    )
""",
        right=True,
        hint="scipy's log-density.",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    d = x.shape[1]
    table = []
    for row in x:
        line = []
        for weight, mean, covariance in zip(weights, means, covariances):
            u = row - mean
            value = np.log(weight) - d / 2 * np.log(2 * np.pi)
            value -= 0.5 * np.log(np.linalg.det(covariance))
            value -= 0.5 * u @ np.linalg.inv(covariance) @ u
            line.append(float(value))
        table.append(line)
    return table
""",
        right=True,
        hint="Row by row as (1.9) is written, with lists for an answer.",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    L = np.linalg.cholesky(covariances)
    u = x[:, None, :] - means
    white = np.linalg.solve(L, u.transpose(1, 2, 0))
    half_log_det = np.log(np.diagonal(L, axis1=1, axis2=2)).sum(axis=1)
    constant = np.log(weights) - half_log_det - x.shape[1] / 2 * np.log(2 * np.pi)
    return constant - 0.5 * np.einsum("kdn,kdn->nk", white, white)
""",
        right=True,
        hint="All components at once by their Cholesky factors.",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    columns = [
        weight * np.atleast_1d(stats.multivariate_normal.pdf(x, mean, covariance))
        for weight, mean, covariance in zip(weights, means, covariances)
    ]
    with np.errstate(divide="ignore"):
        return np.log(np.column_stack(columns))
""",
        right=False,
        hint="Far from a component its density is 0 before you take the logarithm. Write down the "
        "logarithm of the density instead.",
        loses_at="logs first (1.9)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    return np.column_stack(
        [
            np.atleast_1d(stats.multivariate_normal.logpdf(x, mean, covariance))
            for mean, covariance in zip(means, covariances)
        ]
    )
""",
        right=False,
        hint="This is the log-density of x given its component. Which factor of (1.8) is missing?",
        loses_at="weight enters (1.9)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    return np.column_stack(
        [
            weight * np.atleast_1d(stats.multivariate_normal.logpdf(x, mean, covariance))
            for weight, mean, covariance in zip(weights, means, covariances)
        ]
    )
""",
        right=False,
        hint="You multiply the logarithm by the weight. What does the logarithm of a product "
        "become?",
        loses_at="weight enters (1.9)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    columns = []
    for weight, mean, covariance in zip(weights, means, covariances):
        u = x - mean
        distances = np.sum(u @ np.linalg.inv(covariance) * u, axis=1)
        log_det = np.linalg.slogdet(covariance)[1]
        columns.append(np.log(weight) - 0.5 * np.log(2 * np.pi) - 0.5 * log_det - 0.5 * distances)
    return np.column_stack(columns)
""",
        right=False,
        hint="Your constant is that of one dimension. How often does (1.7) have the factor "
        "(2π)^(−1/2)?",
        loses_at="dimension and distance (1.7)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    d = x.shape[1]
    columns = []
    for weight, mean, covariance in zip(weights, means, covariances):
        variances = np.diag(covariance)
        distances = ((x - mean) ** 2 / variances).sum(axis=1)
        log_det = np.log(variances).sum()
        columns.append(np.log(weight) - 0.5 * (d * np.log(2 * np.pi) + log_det + distances))
    return np.column_stack(columns)
""",
        right=False,
        hint="You use the variances only. The entries off the diagonal belong to the distance and "
        "to the determinant as well.",
        loses_at="whole covariance (1.7)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    d = x.shape[1]
    columns = []
    for weight, mean, covariance in zip(weights, means, covariances):
        u = x - mean
        distances = np.sum(u @ np.linalg.inv(covariance) * u, axis=1)
        columns.append(np.log(weight) - d / 2 * np.log(2 * np.pi) - 0.5 * distances)
    return np.column_stack(columns)
""",
        right=False,
        hint="A wide component has a low density everywhere. Which term of (1.9) says so?",
        loses_at="variances (1.7)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    d = x.shape[1]
    columns = []
    for weight, mean, covariance in zip(weights, means, covariances):
        u = x - mean
        distances = np.sum(u @ np.linalg.inv(covariance) * u, axis=1)
        log_det = np.linalg.slogdet(covariance)[1]
        columns.append(np.log(weight) - d / 2 * np.log(2 * np.pi) - log_det - 0.5 * distances)
    return np.column_stack(columns)
""",
        right=False,
        hint="Compare the power of the determinant in (1.7) with what you take off in logs.",
        loses_at="variances (1.7)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    d = x.shape[1]
    columns = []
    for weight, mean, S in zip(weights, means, covariances):
        scaled = np.linalg.solve(S, (x - mean).T)
        log_det = 2 * np.linalg.slogdet(S)[1]
        columns.append(
            np.log(weight) - 0.5 * (d * np.log(2 * np.pi) + log_det + (scaled**2).sum(axis=0))
        )
    return np.column_stack(columns)
""",
        right=False,
        hint="You take Σ for a standard deviation. In one dimension, is Σ the variance or its "
        "root?",
        loses_at="variances (1.7)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    d = x.shape[1]
    columns = []
    for weight, mean, covariance in zip(weights, means, covariances):
        u = x - mean
        distances = np.sum(u @ np.linalg.inv(covariance) * u, axis=1)
        log_det = np.linalg.slogdet(covariance)[1]
        columns.append(np.log(weight) - d / 2 * np.log(2 * np.pi) - 0.5 * log_det - distances)
    return np.column_stack(columns)
""",
        right=False,
        hint="The exponent of (1.7) has a factor in front of the squared distance.",
        loses_at="standard deviation one (1.7)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    columns = []
    for weight, mean, covariance in zip(weights, means, covariances):
        columns.append(
            np.log(weight) + stats.norm.logpdf(x[:, 0], mean[0], np.sqrt(covariance[0, 0]))
        )
    return np.column_stack(columns)
""",
        right=False,
        hint="You look at the first column of x only. A row has d numbers.",
        loses_at="dimension and distance (1.7)",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    x -= x.mean(axis=0)
    return np.column_stack(
        [
            np.log(w) + np.atleast_1d(stats.multivariate_normal.logpdf(x, m, S))
            for w, m, S in zip(weights, means, covariances)
        ]
    )
""",
        right=False,
        hint="You centre the data, and in place: the caller's x is gone, and the means do not move "
        "along.",
        loses_at="arguments stay as they were",
    ),
    Attempt(
        "log_joint",
        """
def log_joint(x, weights, means, covariances):
    a = np.log(weights[0]) + stats.multivariate_normal.logpdf(x, means[0], covariances[0])
    b = np.log(weights[1]) + stats.multivariate_normal.logpdf(x, means[1], covariances[1])
    return np.column_stack([np.atleast_1d(a), np.atleast_1d(b)])
""",
        right=False,
        hint="You wrote down two components. How many there are, the weights say.",
        loses_at="IndexError",
    ),
]

MIXTURE_DENSITY = [
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    log_p = [
        np.log(w) + np.atleast_1d(stats.multivariate_normal.logpdf(x, m, S))
        for w, m, S in zip(weights, means, covariances)
    ]
    return np.exp(special.logsumexp(log_p, axis=0))
""",
        right=True,
        hint="In logs, exponentiated at the end.",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    u = x[:, None, :] - means
    distances = np.einsum("nki,kij,nkj->nk", u, np.linalg.inv(covariances), u)
    densities = np.exp(-distances / 2) / np.sqrt(np.linalg.det(2 * np.pi * covariances))
    return densities @ weights
""",
        right=True,
        hint="einsum for all components; |2πΣ| holds the power of 2π.",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    d = len(means[0])
    result = []
    for row in x:
        p = 0.0
        for weight, mean, covariance in zip(weights, means, covariances):
            u = row - mean
            exponent = -0.5 * u @ np.linalg.solve(covariance, u)
            norm = (2 * np.pi) ** (d / 2) * np.linalg.det(covariance) ** 0.5
            p += weight * np.exp(exponent) / norm
        result.append(p)
    return result
""",
        right=True,
        hint="Two loops and a list.",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    densities = [stats.multivariate_normal.pdf(x, m, S) for m, S in zip(means, covariances)]
    return np.mean(np.array(densities).reshape(len(means), len(x)), axis=0)
""",
        right=False,
        hint="All your components weigh the same. Which weights does (1.10) give them?",
        loses_at="mixture (1.10)",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    mean = weights @ means
    covariance = np.einsum("k,kij->ij", weights, covariances)
    return np.atleast_1d(stats.multivariate_normal.pdf(x, mean, covariance))
""",
        right=False,
        hint="This is one Gaussian with averaged parameters. (1.10) averages the densities.",
        loses_at="mixture (1.10)",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    joint = np.array(
        [
            w * np.atleast_1d(stats.multivariate_normal.pdf(x, m, S))
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return joint.max(axis=0)
""",
        right=False,
        hint="You keep the likeliest component alone. What does (1.1) do with the others?",
        loses_at="mixture (1.10)",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    return np.column_stack(
        [
            w * np.atleast_1d(stats.multivariate_normal.pdf(x, m, S))
            for w, m, S in zip(weights, means, covariances)
        ]
    )
""",
        right=False,
        hint="This is the joint, one column a component. The marginal has z summed out.",
        loses_at="shape",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    joint = [
        np.log(w) + np.atleast_1d(stats.multivariate_normal.logpdf(x, m, S))
        for w, m, S in zip(weights, means, covariances)
    ]
    return np.sum(joint, axis=0)
""",
        right=False,
        hint="You add up logarithms, which multiplies densities. The sum in (1.10) is one of "
        "densities.",
        loses_at="one row, one component (1.7)",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    p = sum(
        w * np.atleast_1d(stats.multivariate_normal.pdf(x, m, S))
        for w, m, S in zip(weights, means, covariances)
    )
    return p / p.sum()
""",
        right=False,
        hint="You made the values at these rows sum to one. A density integrates to one over all "
        "x, and its value at a row does not depend on which other rows were asked for.",
        loses_at="one row, one component (1.7)",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    p = sum(
        w * np.atleast_1d(stats.multivariate_normal.pdf(x, m, S))
        for w, m, S in zip(weights, means, covariances)
    )
    return np.minimum(p, 1.0)
""",
        right=False,
        hint="You cut the result at 1. Is the value of a density a probability?",
        loses_at="a density may exceed 1 (1.10)",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    total = np.zeros(len(x))
    for weight, mean, covariance in zip(weights, means, covariances):
        total += weight * stats.norm.pdf(x, mean, np.sqrt(np.diag(covariance))).prod(axis=1)
    return total
""",
        right=False,
        hint="A product over the columns is right for independent columns. Where did the "
        "off-diagonal entries of Σ go?",
        loses_at="one row, one component (1.7)",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    total = np.zeros(len(x))
    for weight, mean, covariance in zip(weights, means, covariances):
        total += weight * stats.norm.pdf(x[:, 0], mean[0], np.sqrt(covariance[0, 0]))
    return total
""",
        right=False,
        hint="You look at the first column of x only. A row has d numbers.",
        loses_at="one row, one component (1.7)",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    d = x.shape[1]
    total = np.zeros(len(x))
    for weight, mean, covariance in zip(weights, means, covariances):
        u = x - mean
        distances = np.sum(u @ np.linalg.inv(covariance) * u, axis=1)
        norm = (2 * np.pi) ** (d / 2) * np.linalg.det(covariance)
        total += weight * np.exp(-distances / 2) / norm
    return total
""",
        right=False,
        hint="Which power has the determinant in (1.7)?",
        loses_at="one row, one component (1.7)",
    ),
    Attempt(
        "mixture_density",
        """
def mixture_density(x, weights, means, covariances):
    densities = [
        np.atleast_1d(stats.multivariate_normal.pdf(x, m, S)) for m, S in zip(means, covariances)
    ]
    log_p = np.log(np.array(densities) * weights[:, None])
    top = log_p.max(axis=0)
    return np.exp(top + np.log(np.exp(log_p - top).sum(axis=0)))
""",
        right=False,
        hint="Where every density is 0 you compute -inf less -inf. What is the density there?",
        loses_at="finite",
    ),
]

SAMPLE_MIXTURE = [
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    x, z = [], []
    for _ in range(n):
        k = rng.choice(len(weights), p=weights)
        x.append(rng.multivariate_normal(means[k], covariances[k]))
        z.append(int(k))
    return x, z
""",
        right=True,
        hint="Row by row with NumPy's own Gaussian; lists for an answer.",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    edges = np.cumsum(weights)[:-1]
    z = (rng.random(n)[:, None] > edges).sum(axis=1)
    values, vectors = np.linalg.eigh(covariances)
    roots = vectors * np.sqrt(values)[:, None, :]
    x = np.empty((n, means.shape[1]))
    for k in range(len(weights)):
        rows = np.flatnonzero(z == k)
        x[rows] = means[k] + rng.standard_normal((len(rows), means.shape[1])) @ roots[k].T
    return [x, z]
""",
        right=True,
        hint="Labels by inverting the cumulative weights; an eigenvector root instead of Cholesky.",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    d = means.shape[1]
    counts = rng.multinomial(n, weights)
    z = np.repeat(np.arange(len(weights)), counts)
    x = np.vstack(
        [
            rng.multivariate_normal(m, S, size=c).reshape(c, d)
            for m, S, c in zip(means, covariances, counts)
        ]
    )
    order = rng.permutation(n)
    return x[order], z[order]
""",
        right=True,
        hint="Multinomial counts, then a shuffle of x and z together.",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = np.argmax(np.log(weights) + rng.gumbel(size=(n, len(weights))), axis=1)
    noise = rng.normal(size=(len(weights), n, means.shape[1]))
    every = means[:, None, :] + noise @ np.linalg.cholesky(covariances).transpose(0, 2, 1)
    return every[z, np.arange(n)], z
""",
        right=True,
        hint="Gumbel's trick for the labels; draws from every component, of which one is kept.",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    noise = rng.standard_normal((n, means.shape[1]))
    return means[z] + np.einsum("nij,nj->ni", covariances[z], noise), z
""",
        right=False,
        hint="You multiply the noise by Σ. Which covariance has Σε, and which matrix does (1.15) "
        "ask for?",
        loses_at="variances of a component (1.15)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.integers(len(weights), size=n)
    factors = np.linalg.cholesky(covariances)
    noise = rng.standard_normal((n, means.shape[1]))
    return means[z] + np.einsum("nij,nj->ni", factors[z], noise), z
""",
        right=False,
        hint="Your labels are all equally likely. What are the weights for?",
        loses_at="labels follow the weights (1.14)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    k = rng.choice(len(weights), p=weights)
    x = rng.multivariate_normal(means[k], covariances[k], size=n)
    return x, np.full(n, k)
""",
        right=False,
        hint="You draw one z for all rows. Each row has its own.",
        loses_at="labels follow the weights (1.14)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    factors = np.linalg.cholesky(covariances)
    drawn = rng.choice(len(weights), size=n, p=weights)
    noise = rng.standard_normal((n, means.shape[1]))
    x = means[drawn] + np.einsum("nij,nj->ni", factors[drawn], noise)
    z = rng.choice(len(weights), size=n, p=weights)
    return x, z
""",
        right=False,
        hint="You draw the labels twice: those that you return are not those that made x.",
        loses_at="x belongs to its z (1.14)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    counts = rng.multinomial(n, weights)
    z = np.repeat(np.arange(len(weights)), counts)
    x = np.vstack(
        [
            rng.multivariate_normal(m, S, size=c).reshape(c, len(m))
            for m, S, c in zip(means, covariances, counts)
        ]
    )
    return x, z
""",
        right=False,
        hint="Your rows come sorted by component, so a row tells the label of the next. Are they "
        "independent?",
        loses_at="rows are independent",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    counts = rng.multinomial(n, weights)
    z = np.repeat(np.arange(len(weights)), counts)
    x = np.vstack(
        [
            rng.multivariate_normal(m, S, size=c).reshape(c, len(m))
            for m, S, c in zip(means, covariances, counts)
        ]
    )
    rng.shuffle(x)
    rng.shuffle(z)
    return x, z
""",
        right=False,
        hint="You shuffle x and z apart from each other. z[i] is the component of x[i].",
        loses_at="x belongs to its z (1.14)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    counts = np.floor(n * weights).astype(int)
    counts[np.argmax(weights)] += n - counts.sum()
    z = rng.permutation(np.repeat(np.arange(len(weights)), counts))
    factors = np.linalg.cholesky(covariances)
    noise = rng.standard_normal((n, means.shape[1]))
    return means[z] + np.einsum("nij,nj->ni", factors[z], noise), z
""",
        right=False,
        hint="You fix how many rows each component gets. In independent draws these numbers are "
        "random; think of n = 2.",
        loses_at="rows are independent",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    deviations = np.sqrt(np.diagonal(covariances, axis1=1, axis2=2))
    return means[z] + deviations[z] * rng.standard_normal((n, means.shape[1])), z
""",
        right=False,
        hint="Your columns are independent given z. Where are the entries of Σ off the diagonal?",
        loses_at="correlations of a component (1.15)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    factors = np.linalg.cholesky(covariances)
    noise = rng.standard_normal((n, means.shape[1]))
    return means[z] + np.einsum("nji,nj->ni", factors[z], noise), z
""",
        right=False,
        hint="Your factor stands transposed. Compare L Lᵀ with Lᵀ L for a correlated Σ.",
        loses_at="variances of a component (1.15)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    factors = np.linalg.cholesky(covariances)
    noise = rng.standard_normal(means.shape[1])
    return means[z] + factors[z] @ noise, z
""",
        right=False,
        hint="You draw one noise vector and use it for every row. How many does a sample of n rows "
        "need?",
        loses_at="x belongs to its z (1.14)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    factors = np.linalg.cholesky(covariances)
    half = rng.standard_normal((n // 2 + 1, means.shape[1]))
    noise = np.repeat(half, 2, axis=0)[:n]
    return means[z] + np.einsum("nij,nj->ni", factors[z], noise), z
""",
        right=False,
        hint="You use each noise vector for two rows, so one row tells of the next.",
        loses_at="rows are independent",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    noise = rng.standard_normal((n, means.shape[1]))
    x = np.empty_like(noise)
    for k, factor in enumerate(np.linalg.cholesky(covariances)):
        x[z == k] = means[k] + noise[: (z == k).sum()] @ factor.T
    return x, z
""",
        right=False,
        hint="Every component takes its noise from the top of one list, so rows of different "
        "components share it.",
        loses_at="rows are independent",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    half = rng.standard_normal(((n + 1) // 2, means.shape[1]))
    noise = np.concatenate([half, -half])[:n]
    return means[z] + np.einsum("nij,nj->ni", np.linalg.cholesky(covariances)[z], noise), z
""",
        right=False,
        hint="The second half of your noise is the first with its sign changed. Its mean is right, "
        "but are the rows independent?",
        loses_at="rows are independent",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    own = np.random.default_rng(rng.integers(100))
    z = own.choice(len(weights), size=n, p=weights)
    noise = own.standard_normal((n, means.shape[1]))
    return means[z] + np.einsum("nij,nj->ni", np.linalg.cholesky(covariances)[z], noise), z
""",
        right=False,
        hint="You seed a generator of your own with one of 100 numbers, so there are 100 samples "
        "in all. Draw from rng itself.",
        loses_at="all randomness comes from rng",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    draws = [rng.multivariate_normal(m, S, size=n) for m, S in zip(means, covariances)]
    x = sum(w * each for w, each in zip(weights, draws))
    z = rng.choice(len(weights), size=n, p=weights)
    return x, z
""",
        right=False,
        hint="You average draws of all components. A mixture picks one component for each row.",
        loses_at="x belongs to its z (1.14)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = np.random.choice(len(weights), size=n, p=weights)
    x = np.array([np.random.multivariate_normal(means[k], covariances[k]) for k in z])
    return x, z
""",
        right=False,
        hint="You draw from NumPy's global generator. The randomness is to come from rng.",
        loses_at="all randomness comes from rng",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    rng = np.random.default_rng(0)
    z = rng.choice(len(weights), size=n, p=weights)
    factors = np.linalg.cholesky(covariances)
    noise = rng.standard_normal((n, means.shape[1]))
    return means[z] + np.einsum("nij,nj->ni", factors[z], noise), z
""",
        right=False,
        hint="You put a generator of your own in the place of rng, so every call draws the same.",
        loses_at="all randomness comes from rng",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    factors = np.linalg.cholesky(covariances)
    root3 = np.sqrt(3)
    noise = rng.uniform(-root3, root3, (n, means.shape[1]))
    return means[z] + np.einsum("nij,nj->ni", factors[z], noise), z
""",
        right=False,
        hint="Your noise has the right variance, but which distribution?",
        loses_at="Gaussian (1.15)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    factors = np.linalg.cholesky(covariances)
    noise = rng.standard_normal((n, means.shape[1]))
    return means[z] + np.einsum("nij,nj->ni", factors[z], noise), z + 1
""",
        right=False,
        hint="Code counts components from 0.",
        loses_at="labels",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = (rng.random(n) < weights[1]).astype(int)
    factors = np.linalg.cholesky(covariances)
    noise = rng.standard_normal((n, means.shape[1]))
    return means[z] + np.einsum("nij,nj->ni", factors[z], noise), z
""",
        right=False,
        hint="You wrote down two components. How many there are, the weights say.",
        loses_at="labels follow the weights (1.14)",
    ),
    Attempt(
        "sample_mixture",
        """
def sample_mixture(rng, n, weights, means, covariances):
    z = rng.choice(len(weights), size=n, p=weights)
    deviations = np.sqrt(covariances[:, 0, 0])
    return rng.normal(means[z, 0], deviations[z]), z
""",
        right=False,
        hint="Your x has one number a row. Its shape is (n, d), also if d = 1.",
        loses_at="shape",
    ),
]

ATTEMPTS = [*TOPIC_LOG_JOINT, *LOG_JOINT, *MIXTURE_DENSITY, *SAMPLE_MIXTURE]
