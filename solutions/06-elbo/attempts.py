"""Answers that people give to the exercises of lesson 06: wrong ones, and other right ones."""

from em_authoring.attempt import Attempt

ENTROPY = [
    Attempt(
        "entropy",
        """
def entropy(q):
    return special.entr(q).sum()
""",
        right=True,
        hint="scipy's −q log q, which knows that 0 log 0 = 0.",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return sum(stats.entropy(row) for row in q)
""",
        right=True,
        hint="scipy's entropy of one distribution, row by row.",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    total = 0.0
    for row in q:
        for share in row:
            if share > 0:
                total -= share * np.log(share)
    return total
""",
        right=True,
        hint="Two loops that step over the zeros.",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return -np.nansum(q * np.log(q))
""",
        right=True,
        hint="0 · −∞ is nan, and nansum leaves it out; the warning costs nothing.",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return -np.sum(q * np.log(q))
""",
        right=False,
        hint="A zero in q gives 0 · −∞, which is nan in floating point. What does such a term "
        "count as, and how can you keep the logarithm away from it?",
        loses_at="finite",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    positive = q[q > 0]
    return -np.sum(positive * np.log2(positive))
""",
        right=False,
        hint="Your entropy is in bits. Which logarithm does this course use?",
        loses_at="one row, in nats (6.3)",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return special.xlogy(q, q).sum()
""",
        right=False,
        hint="The logarithm of a probability is negative. What sign has the entropy in (6.3)?",
        loses_at="one row, in nats (6.3)",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return special.entr(q).sum() / len(q)
""",
        right=False,
        hint="You averaged over the rows. (6.3) sums over them.",
        loses_at="summed over rows (6.3)",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return special.entr(q.mean(axis=0)).sum()
""",
        right=False,
        hint="This is the entropy of the average row. Each row has an entropy of its own, and "
        "those are summed.",
        loses_at="summed over rows (6.3)",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return stats.entropy(q).sum()
""",
        right=False,
        hint="scipy took each column for a distribution and divided it by its sum. Along which "
        "axis does q sum to one?",
        loses_at="one row, in nats (6.3)",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return special.entr(q).sum(axis=1)
""",
        right=False,
        hint="You have the entropy of each row. The question asks for one number.",
        loses_at="shape",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return special.entr(q).sum() / np.log(q.shape[1])
""",
        right=False,
        hint="You measured the entropy in units of its largest value. (6.3) has no such "
        "division, and with a single component you divide by zero.",
        loses_at="one row, in nats (6.3)",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return -np.sum(q * np.log(q + 0.001))
""",
        right=False,
        hint="The number that you add keeps the logarithm finite, and shifts every term. Leave "
        "the zeros out instead.",
        loses_at="one row, in nats (6.3)",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return -np.sum(np.log(q.max(axis=1)))
""",
        right=False,
        hint="Only the largest entry of each row enters. Which entries does (6.3) sum over, "
        "and with which weights?",
        loses_at="one row, in nats (6.3)",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    first = q[:, 0]
    return np.sum(special.entr(first) + special.entr(1 - first))
""",
        right=False,
        hint="You wrote down two components. How many columns has q?",
        loses_at="any number of components",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return 1.5 * np.log(2)
""",
        right=False,
        hint="This is the number of the example. The function is to compute it from q.",
        loses_at="one row, in nats (6.3)",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    share = q[q > 0.001]
    return -np.sum(share * np.log(share))
""",
        right=False,
        hint="You left out small entries along with the zeros. Only a 0 adds nothing.",
        loses_at="small shares count",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    return -np.sum(q * np.log(np.clip(q, 1e-3, 1)))
""",
        right=False,
        hint="The floor keeps the logarithm finite, but also lifts small entries that are not 0.",
        loses_at="small shares count",
    ),
    Attempt(
        "entropy",
        """
def entropy(q):
    q[q == 0] = 1
    return -np.sum(q * np.log(q))
""",
        right=False,
        hint="The number is right, but whoever passed q finds ones where zeros were. Work on a "
        "copy.",
        loses_at="arguments stay as they were",
    ),
]

LOG_JOINT = """
def log_joint(x, weights, means, covariances):
    columns = []
    for k in range(len(weights)):
        log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
        with np.errstate(divide="ignore"):
            columns.append(np.log(weights[k]) + np.reshape(log_density, len(x)))
    return np.array(columns).T

"""

ELBO = [
    Attempt(
        "elbo",
        """
def elbo(x, q, weights, means, covariances):
    deviations = np.sqrt(np.array([S[0][0] for S in covariances]))
    a = np.log(weights) + stats.norm.logpdf(x[:, :1], means[:, 0], deviations)
    return np.sum(q * a) + special.entr(q).sum()
""",
        right=False,
        hint="Your density looks at the first column of x only. How many columns may x have?",
        loses_at="one component, summed over rows (6.2)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.where(q > 0, q * np.where(q > 0, a, 0.0), 0.0).sum() + special.entr(q).sum()
""",
        right=True,
        hint="Expectation plus entropy (6.3), zeros masked twice.",
    ),
    Attempt(
        "elbo",
        """
def elbo(x, q, weights, means, covariances):
    total = 0.0
    for i, row in enumerate(x):
        for k, share in enumerate(q[i]):
            if share > 0:
                factor = np.linalg.cholesky(covariances[k])
                z = linalg.solve_triangular(factor, row - means[k], lower=True)
                total += share * (
                    np.log(weights[k]) - np.log(share) - np.log(np.diag(factor)).sum()
                    - 0.5 * (z @ z + len(row) * np.log(2 * np.pi))
                )
    return total
""",
        right=True,
        hint="Two loops and a Cholesky factor, term by term of (6.2).",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    log_p = special.logsumexp(a, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = q * (np.log(q) - a + log_p[:, None])
    return log_p.sum() - np.nansum(terms)
""",
        right=True,
        hint="The log-likelihood less the divergence (6.7).",
    ),
    Attempt(
        "elbo",
        """
def elbo(x, q, weights, means, covariances):
    c, d = q.sum(axis=0), x.shape[1]
    total = -np.sum(special.xlogy(q, q)) + np.sum(special.xlogy(c, weights))
    for k in range(len(c)):
        deviations = x - means[k]
        scatter = np.einsum("n,ni,nj->ij", q[:, k], deviations, deviations)
        log_determinant = np.linalg.slogdet(covariances[k])[1]
        trace = np.trace(np.linalg.solve(covariances[k], scatter))
        total -= 0.5 * (c[k] * (d * np.log(2 * np.pi) + log_determinant) + trace)
    return [total][0]
""",
        right=True,
        hint="From the expected statistics of lesson 4: counts and scatter matrices.",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.sum(q * np.where(q > 0, a, 0.0))
""",
        right=False,
        hint="This is the expected complete-data log-likelihood. (6.3) has a second term, "
        "which makes the bound touch.",
        loses_at="log p at the posterior (6.8)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.sum(q * np.where(q > 0, a, 0.0)) - special.entr(q).sum()
""",
        right=False,
        hint="Doubt raises the bound. With which sign does log q stand in (6.2), and which "
        "sign has it itself?",
        loses_at="log p at the posterior (6.8)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    q = special.softmax(a, axis=1)
    return np.sum(q * np.where(q > 0, a, 0.0)) + special.entr(q).sum()
""",
        right=False,
        hint="You replaced q by the posterior. The bound is asked for at the q that is given.",
        loses_at="log-joint of one label (6.2)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    return special.logsumexp(log_joint(x, weights, means, covariances), axis=1).sum()
""",
        right=False,
        hint="This is log p(D; θ), which holds no q. It is what the bound lies below.",
        loses_at="log-joint of one label (6.2)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.sum(special.logsumexp(a, b=q, axis=1)) + special.entr(q).sum()
""",
        right=False,
        hint="You took the log of an average over q. Jensen (6.1) moves the logarithm inside: "
        "the average is of logs.",
        loses_at="log p at the posterior (6.8)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, np.ones(len(weights)), means, covariances)
    return np.sum(q * a) + special.entr(q).sum()
""",
        right=False,
        hint="Your joint is p(x | z). Which factor of p(x, z; θ) is missing?",
        loses_at="log-joint of one label (6.2)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    log_posterior = a - special.logsumexp(a, axis=1, keepdims=True)
    return np.sum(q * np.where(q > 0, log_posterior, 0.0)) + special.entr(q).sum()
""",
        right=False,
        hint="You put the posterior where (6.2) has the joint, and got minus a divergence. "
        "What is the difference between the two?",
        loses_at="one component, summed over rows (6.2)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.mean((q * np.where(q > 0, a, 0.0)).sum(axis=1) + special.entr(q).sum(axis=1))
""",
        right=False,
        hint="You averaged over the rows. The bound on log p(D; θ) is a sum.",
        loses_at="one component, summed over rows (6.2)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.sum(q * (a - np.log(q)))
""",
        right=False,
        hint="Where q is 0 you multiply 0 by infinity. Such a term counts as 0, and floating "
        "point has to be told.",
        loses_at="finite",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    return np.sum(q * log_joint(x, weights, means, covariances)) + special.entr(q).sum()
""",
        right=False,
        hint="The entropy minds the zeros of q, the expectation does not: a weight of 0 gives "
        "log 0 = −∞, and 0 · −∞ is nan.",
        loses_at="finite",
    ),
    Attempt(
        "elbo",
        """
def elbo(x, q, weights, means, covariances):
    joint = np.column_stack(
        [w * stats.multivariate_normal.pdf(x, m, S) for w, m, S in zip(weights, means, covariances)]
    )
    used = q > 0
    return np.sum(q[used] * np.log(joint[used] / q[used]))
""",
        right=False,
        hint="Far from every component the density is 0 in floating point, and its log −∞. "
        "Stay in logs from the start.",
        loses_at="finite",
    ),
    Attempt(
        "elbo",
        """
def elbo(x, q, weights, means, covariances):
    joint = np.column_stack(
        [w * stats.multivariate_normal.pdf(x, m, S) for w, m, S in zip(weights, means, covariances)]
    )
    used = q > 0
    return np.sum(q[used] * np.log(np.maximum(joint[used], 1e-300) / q[used]))
""",
        right=False,
        hint="You replaced densities that vanish by a number of your own, so a point a hundred "
        "standard deviations away looks like one at thirty-seven. Stay in logs from the "
        "start.",
        loses_at="logs first (3.4)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.sum(a[np.arange(len(x)), q.argmax(axis=1)])
""",
        right=False,
        hint="You used only the most probable label of each row. The average runs over all "
        "labels that q allows.",
        loses_at="log p at the posterior (6.8)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    variances = [np.diag(np.diag(S)) for S in covariances]
    a = log_joint(x, weights, means, variances)
    return np.sum(q * np.where(q > 0, a, 0.0)) + special.entr(q).sum()
""",
        right=False,
        hint="You kept only the variances. The density needs the whole covariance matrix.",
        loses_at="one component, summed over rows (6.2)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    used = q > 0
    return np.sum(q[used] * (a[used] - np.log2(q[used])))
""",
        right=False,
        hint="One logarithm is in nats, the other in bits.",
        loses_at="log p at the posterior (6.8)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    a = np.where(q > 0, a, 0.0)
    return np.sum(q * a) + np.sum(special.entr(weights)) * len(x)
""",
        right=False,
        hint="You added the entropy of the weights. (6.3) has the entropy of q.",
        loses_at="log-joint of one label (6.2)",
    ),
    Attempt(
        "elbo",
        """
def elbo(x, q, weights, means, covariances):
    return -4.974560
""",
        right=False,
        hint="This is the number of the example. The function is to compute it from its arguments.",
        loses_at="one component, summed over rows (6.2)",
    ),
    Attempt(
        "elbo",
        LOG_JOINT
        + """
def elbo(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    q[q == 0] = 1e-300
    return np.sum(q * (np.maximum(a, -1e100) - np.log(q)))
""",
        right=False,
        hint="You wrote into the caller's q. Work on a copy, or step over the zeros.",
        loses_at="arguments stay as they were",
    ),
]

KL_TO_POSTERIOR = [
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    log_posterior = special.log_softmax(a, axis=1)
    finite = np.where(q > 0, log_posterior, 0.0)
    return np.sum(special.xlogy(q, q) - q * finite)
""",
        right=True,
        hint="log_softmax normalises in logs; xlogy minds the zeros.",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    total = 0.0
    for row, shares in zip(log_joint(x, weights, means, covariances), q):
        log_p = np.logaddexp.reduce(row)
        for a, share in zip(row, shares):
            if share > 0:
                total += share * (np.log(share) - (a - log_p))
    return total
""",
        right=True,
        hint="Row by row, component by component.",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    bound = np.sum(q * np.where(q > 0, a, 0.0)) + special.entr(q).sum()
    return special.logsumexp(a, axis=1).sum() - bound
""",
        right=True,
        hint="log p less the bound (6.7).",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    log_posterior = special.log_softmax(log_joint(x, weights, means, covariances), axis=1)
    p = np.exp(log_posterior)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sum(np.where(p > 0, p * (log_posterior - np.log(np.maximum(q, 1e-300))), 0.0))
""",
        right=False,
        hint="You averaged over the posterior. In KL(q ‖ ρ) the average is over the first "
        "argument.",
        loses_at="from q to the posterior (6.5)",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    a = np.where(q > 0, log_joint(x, weights, means, covariances), 0.0)
    return np.sum(special.xlogy(q, q) - q * a)
""",
        right=False,
        hint="You measured the distance to the joint, which does not sum to one over z. What "
        "turns it into the posterior?",
        loses_at="zero at the posterior (6.6)",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    a = log_joint(x, np.ones(len(weights)), means, covariances)
    return np.sum(special.rel_entr(q, special.softmax(a, axis=1)))
""",
        right=False,
        hint="Your posterior does not know how common each component is. Where does the prior "
        "enter Bayes' rule?",
        loses_at="zero at the posterior (6.6)",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    posterior = special.softmax(log_joint(x, weights, means, covariances), axis=1)
    return np.sum(special.rel_entr(q, posterior))
""",
        right=False,
        hint="A posterior of e to the −1000 is 0 in floating point, and its log is then −∞. "
        "You can have the log of the posterior without the posterior.",
        loses_at="finite",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    posterior = special.softmax(log_joint(x, weights, means, covariances), axis=1)
    return np.sum(special.rel_entr(q, np.maximum(posterior, 1e-12)))
""",
        right=False,
        hint="You lifted small posteriors to a number of your own, which caps what the "
        "divergence can say. You can have the log of the posterior without the posterior.",
        loses_at="log of the posterior, in logs (3.4)",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    log_posterior = special.log_softmax(log_joint(x, weights, means, covariances), axis=1)
    return np.sum(q * (np.log(q) - log_posterior))
""",
        right=False,
        hint="Where q is 0 you multiply 0 by infinity. What does (6.5) say of such a term?",
        loses_at="finite",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    log_posterior = special.log_softmax(log_joint(x, weights, means, covariances), axis=1)
    finite = np.where(q > 0, log_posterior, 0.0)
    return np.sum(special.xlogy(q, q) - q * finite) / len(x)
""",
        right=False,
        hint="You averaged over the rows. The gap of log p(D; θ) is a sum over them.",
        loses_at="from q to the posterior (6.5)",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    log_posterior = special.log_softmax(log_joint(x, weights, means, covariances), axis=1)
    finite = np.where(q > 0, log_posterior, 0.0)
    return np.sum(q * finite - special.xlogy(q, q))
""",
        right=False,
        hint="Your number is never positive. Which way up is the fraction in (6.5)?",
        loses_at="from q to the posterior (6.5)",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    log_posterior = special.log_softmax(log_joint(x, weights, means, covariances), axis=1)
    finite = np.where(q > 0, log_posterior, 0.0)
    return np.sum(np.abs(special.xlogy(q, q) - q * finite))
""",
        right=False,
        hint="Single terms of (6.5) may be negative; only their sum may not. Nothing has to be "
        "made positive by force.",
        loses_at="from q to the posterior (6.5)",
    ),
    Attempt(
        "kl_to_posterior",
        LOG_JOINT
        + """
def kl_to_posterior(x, q, weights, means, covariances):
    log_posterior = special.log_softmax(log_joint(x, weights, means, covariances), axis=1)
    return -np.sum(np.where(q > 0, q * np.where(q > 0, log_posterior, 0.0), 0.0))
""",
        right=False,
        hint="This is the cross-entropy from q to the posterior. Which term of (6.5) is missing?",
        loses_at="zero at the posterior (6.6)",
    ),
    Attempt(
        "kl_to_posterior",
        """
def kl_to_posterior(x, q, weights, means, covariances):
    return 0.0
""",
        right=False,
        hint="The divergence is 0 only if q is the posterior. Here q is given and may be anything.",
        loses_at="from q to the posterior (6.5)",
    ),
    Attempt(
        "kl_to_posterior",
        """
def kl_to_posterior(x, q, weights, means, covariances):
    return 0.385398
""",
        right=False,
        hint="This is the number of the example. The function is to compute it from its arguments.",
        loses_at="zero at the posterior (6.6)",
    ),
]

HARD_GAP = [
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    log_posterior = special.log_softmax(log_joint(x, weights, means, covariances), axis=1)
    return -sum(max(row) for row in log_posterior)
""",
        right=True,
        hint="(6.9) as it stands, in logs.",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    r = special.softmax(log_joint(x, weights, means, covariances), axis=1)
    return -np.log(r.max(axis=1)).sum()
""",
        right=True,
        hint="The largest responsibility is at least 1/K, so its log is safe.",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    label = a.argmax(axis=1)
    bound = a[np.arange(len(x)), label].sum()
    return np.logaddexp.reduce(a, axis=1).sum() - bound
""",
        right=True,
        hint="log p less the bound at the hard q, whose entropy is 0.",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    r = special.softmax(log_joint(x, weights, means, covariances), axis=1)
    return np.sum(1 - r.max(axis=1))
""",
        right=False,
        hint="This is the expected number of wrong labels, from lesson 3. The gap is a "
        "divergence: put a hard q into (6.5).",
        loses_at="one row (6.9)",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    r = special.softmax(log_joint(x, weights, means, covariances), axis=1)
    return special.entr(r).sum()
""",
        right=False,
        hint="This is the entropy of the posterior. Which q is hard here, and which of the two "
        "has the entropy 0?",
        loses_at="one row (6.9)",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    r = special.softmax(log_joint(x, weights, means, covariances), axis=1)
    return -np.mean(np.log(r.max(axis=1)))
""",
        right=False,
        hint="You averaged over the rows. (6.9) sums over them.",
        loses_at="summed over rows (6.9)",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.sum(a.max(axis=1) - special.logsumexp(a, axis=1))
""",
        right=False,
        hint="The bound never exceeds log p, so the gap is not negative. What is subtracted "
        "from what?",
        loses_at="one row (6.9)",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    a = log_joint(x, np.ones(len(weights)), means, covariances)
    return np.sum(special.logsumexp(a, axis=1) - a.max(axis=1))
""",
        right=False,
        hint="Neither your log p nor your labels know the weights. Which factor of the joint "
        "is missing?",
        loses_at="the weights choose as well (3.10)",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    density = log_joint(x, np.ones(len(weights)), means, covariances)
    chosen = a[np.arange(len(x)), density.argmax(axis=1)]
    return np.sum(special.logsumexp(a, axis=1) - chosen)
""",
        right=False,
        hint="You chose each label by p(x | z) alone. The most probable component also depends "
        "on how common it is.",
        loses_at="the weights choose as well (3.10)",
    ),
    Attempt(
        "hard_gap",
        """
def hard_gap(x, weights, means, covariances):
    joint = np.column_stack(
        [w * stats.multivariate_normal.pdf(x, m, S) for w, m, S in zip(weights, means, covariances)]
    )
    return np.sum(np.log(joint.sum(axis=1)) - np.log(joint.max(axis=1)))
""",
        right=False,
        hint="Far from every component all densities are 0 in floating point, and you subtract "
        "−∞ from −∞. Stay in logs.",
        loses_at="finite",
    ),
    Attempt(
        "hard_gap",
        """
def hard_gap(x, weights, means, covariances):
    joint = np.column_stack(
        [w * stats.multivariate_normal.pdf(x, m, S) for w, m, S in zip(weights, means, covariances)]
    )
    joint = joint + 1e-300
    return np.sum(np.log(joint.sum(axis=1)) - np.log(joint.max(axis=1)))
""",
        right=False,
        hint="The number that you add decides for points that are far from everything: all "
        "components look alike there. Stay in logs.",
        loses_at="logs first (3.4)",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return special.logsumexp(a, axis=1).sum() - a.max()
""",
        right=False,
        hint="You took one maximum over the whole table. Every row has a label of its own.",
        loses_at="summed over rows (6.9)",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    r = special.softmax(log_joint(x, weights, means, covariances), axis=1)
    return -np.sum(np.log2(r.max(axis=1)))
""",
        right=False,
        hint="Your gap is in bits.",
        loses_at="one row (6.9)",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return special.logsumexp(a, axis=1).sum() - special.logsumexp(a, axis=1).sum()
""",
        right=False,
        hint="Your bound is tight, as it is at the posterior. The hard q is not the posterior.",
        loses_at="one row (6.9)",
    ),
    Attempt(
        "hard_gap",
        LOG_JOINT
        + """
def hard_gap(x, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    return np.sum(np.log1p(np.exp(-np.abs(a[:, 0] - a[:, 1]))))
""",
        right=False,
        hint="Your formula is for two components. How many are there?",
        loses_at="any number of components",
    ),
    Attempt(
        "hard_gap",
        """
def hard_gap(x, weights, means, covariances):
    return np.log(1.5) + np.log(1 + 2 * np.exp(-1.5))
""",
        right=False,
        hint="This is the number of the example. The function is to compute it from its arguments.",
        loses_at="one row (6.9)",
    ),
]

PARTS = (
    LOG_JOINT
    + """
def bound(x, q, *theta):
    return np.sum(q * np.where(q > 0, log_joint(x, *theta), 0.0)) + special.entr(q).sum()


def new_q(x, *theta):
    return special.softmax(log_joint(x, *theta), axis=1)


def new_theta(x, q):
    c = q.sum(axis=0)
    means = q.T @ x / c[:, None]
    covariances = np.array([np.cov(x.T, aweights=q[:, k], ddof=0) for k in range(len(c))])
    return c / len(x), means, covariances.reshape(len(c), x.shape[1], x.shape[1])

"""
)

HALF_STEPS = [
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
    return values
""",
        right=True,
        hint="Three small functions, np.cov with weights, and a list for an answer.",
    ),
    Attempt(
        "half_steps",
        """
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
""",
        right=True,
        hint="All in arrays; log p after the E-step, and the closed form of the bound after "
        "the M-step.",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    start = bound(x, new_q(x, weights, means, covariances), weights, means, covariances)
    theta = new_theta(x, new_q(x, weights, means, covariances))
    after = bound(x, new_q(x, weights, means, covariances), *theta)
    rest = half_steps(x, q, *theta, cycles - 1) if cycles > 1 else []
    return [start, after, *rest]
""",
        right=True,
        hint="Recursion on the number of cycles.",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
    return np.array(values)
""",
        right=False,
        hint="You began with the M-step, at the q that was given. Which half-step comes first?",
        loses_at="tight after the E-step (6.10)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        values.append(bound(x, q, *theta))
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
    return np.array(values)
""",
        right=False,
        hint="You noted the bound before each half-step. The question asks for it after each.",
        loses_at="tight after the E-step (6.10)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        values.append(bound(x, new_q(x, *theta), *theta))
    return np.array(values)
""",
        right=False,
        hint="After the M-step you renewed q before you took the bound, so every number is log "
        "p. Which argument does an M-step move, and which does it hold?",
        loses_at="q stays in the M-step (6.11)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        for renewed in (theta, new_theta(x, new_q(x, *theta))):
            values.append(special.logsumexp(log_joint(x, *renewed), axis=1).sum())
        theta = renewed
    return np.array(values)
""",
        right=False,
        hint="These are log-likelihoods. After an M-step the bound may lie below log p(D; θ).",
        loses_at="q stays in the M-step (6.11)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    q = new_q(x, *theta)
    for _ in range(cycles):
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
    return np.array(values)
""",
        right=False,
        hint="You took one E-step before the loop and none in it. After the first M-step your "
        "q is old.",
        loses_at="each E-step at the newest θ (6.10)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(np.sum(q * log_joint(x, *theta)))
        theta = new_theta(x, q)
        values.append(np.sum(q * log_joint(x, *theta)))
    return np.array(values)
""",
        right=False,
        hint="You noted the expected complete-data log-likelihood. What does (6.3) add to it?",
        loses_at="tight after the E-step (6.10)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        old = theta[1]
        weights, means, _ = new_theta(x, q)
        covariances = np.array(
            [(q[:, k] * (x - m).T) @ (x - m) / q[:, k].sum() for k, m in enumerate(old)]
        )
        theta = weights, means, covariances
        values.append(bound(x, q, *theta))
    return np.array(values)
""",
        right=False,
        hint="Your covariances are taken about the previous means. Lesson 4 takes them about "
        "the new.",
        loses_at="q stays in the M-step (6.11)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        theta = (weights, *new_theta(x, q)[1:])
        values.append(bound(x, q, *theta))
    return np.array(values)
""",
        right=False,
        hint="Your weights never change. The M-step renews all of θ.",
        loses_at="q stays in the M-step (6.11)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        weights, means, _ = new_theta(x, q)
        theta = weights, means, theta[2]
        values.append(bound(x, q, *theta))
    return np.array(values)
""",
        right=False,
        hint="Your covariances never change. The M-step renews all of θ.",
        loses_at="q stays in the M-step (6.11)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = np.eye(len(weights))[log_joint(x, *theta).argmax(axis=1)]
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
    return np.array(values)
""",
        right=False,
        hint="Your q is hard. Is the bound tight there?",
        loses_at="tight after the E-step (6.10)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, first, second = (weights, means, covariances), [], []
    for _ in range(cycles):
        q = new_q(x, *theta)
        first.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        second.append(bound(x, q, *theta))
    return np.array(first + second)
""",
        right=False,
        hint="You put all E-steps before all M-steps. The numbers are wanted in the order in "
        "which the half-steps are taken.",
        loses_at="each E-step at the newest θ (6.10)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta = weights, means, covariances
    values = [bound(x, q, *theta)]
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
    return np.array(values)
""",
        right=False,
        hint="You also noted the bound at the q that was given. How many numbers are asked for?",
        loses_at="shape",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
    return np.array(values)
""",
        right=False,
        hint="You noted one number a cycle. Each cycle has two half-steps.",
        loses_at="shape",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
    return np.array(values) / len(x)
""",
        right=False,
        hint="You divided by the number of rows. The bound is a sum over them.",
        loses_at="tight after the E-step (6.10)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        weights, means, covariances = new_theta(x, q)
        c = q.sum(axis=0)[:, None, None]
        theta = weights, means, covariances * c / (c - 1)
        values.append(bound(x, q, *theta))
    return np.array(values)
""",
        right=False,
        hint="You divided the scatter by c_k − 1. Which divisor makes the bound largest?",
        loses_at="q stays in the M-step (6.11)",
    ),
    Attempt(
        "half_steps",
        """
def half_steps(x, q, weights, means, covariances, cycles):
    values = []
    for _ in range(cycles):
        p = np.column_stack(
            [
                w * stats.multivariate_normal.pdf(x, m, S)
                for w, m, S in zip(weights, means, covariances)
            ]
        )
        q = p / p.sum(axis=1, keepdims=True)
        values.append(np.log(p.sum(axis=1)).sum())
        c = q.sum(axis=0)
        weights, means = c / len(x), q.T @ x / c[:, None]
        covariances = [(q[:, k] * (x - m).T) @ (x - m) / c[k] for k, m in enumerate(means)]
        a = [np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
             for w, m, S in zip(weights, means, covariances)]
        values.append(np.sum(q * np.transpose(a)) + special.entr(q).sum())
    return np.array(values)
""",
        right=False,
        hint="Far from every component all densities are 0 in floating point, and q is 0/0. "
        "The E-step needs logs, with each row's maximum taken off.",
        loses_at="ValueError",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for _ in range(cycles):
        q[:] = new_q(x, *theta)
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
    return values
""",
        right=False,
        hint="The numbers are right, but you wrote into the caller's q. Make a new table.",
        loses_at="arguments stay as they were",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    for t in range(cycles):
        share = 1.0 if t == 0 else 0.9
        q = (1 - share) * q + share * new_q(x, *theta)
        values.append(bound(x, q, *theta))
        theta = new_theta(x, q)
        values.append(bound(x, q, *theta))
    return values
""",
        right=False,
        hint="After the first cycle your E-steps go only part of the way to the posterior.",
        loses_at="each E-step at the newest θ (6.10)",
    ),
    Attempt(
        "half_steps",
        PARTS
        + """
def half_steps(x, q, weights, means, covariances, cycles):
    theta, values = (weights, means, covariances), []
    doubt = special.entr(new_q(x, *theta)).sum()
    for _ in range(cycles):
        q = new_q(x, *theta)
        values.append(np.sum(q * log_joint(x, *theta)) + doubt)
        theta = new_theta(x, q)
        values.append(np.sum(q * log_joint(x, *theta)) + doubt)
    return values
""",
        right=False,
        hint="You took the entropy of the first q for all cycles. It is constant in θ, not in q.",
        loses_at="each E-step at the newest θ (6.10)",
    ),
]

ATTEMPTS = [*ENTROPY, *ELBO, *KL_TO_POSTERIOR, *HARD_GAP, *HALF_STEPS]
