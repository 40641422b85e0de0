"""Answers that people give to the exercises of lesson 10, wrong and right."""

from em_authoring.attempt import Attempt


def wrong(exercise, loses_at, hint, source):
    return Attempt(exercise, source.strip() + "\n", False, hint, loses_at)


def right(exercise, hint, source):
    return Attempt(exercise, source.strip() + "\n", True, hint)


POSTERIOR = """
def _posterior(x, weights, means, covariances):
    a = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    a = np.exp(a - a.max(axis=1, keepdims=True))
    return a / a.sum(axis=1, keepdims=True)


"""


def sampler(body):
    return (
        POSTERIOR + "def monte_carlo_e_step(rng, x, weights, means, covariances, samples):" + body
    )


DRAWS = [
    wrong(
        "monte_carlo_e_step",
        "frequencies of m draws (10.5)",
        "You return the posterior itself. Asked for are frequencies of draws from it.",
        sampler("""
    return _posterior(x, weights, means, covariances)
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "draws from the posterior (10.6)",
        "You draw from the weights. Each row has its own posterior, which its x decides.",
        sampler("""
    return rng.multinomial(samples, weights, size=len(x)) / samples
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "draws from the posterior (10.6)",
        "You leave out the weights: the prior enters Bayes' rule.",
        sampler("""
    r = _posterior(x, np.ones(len(weights)), means, covariances)
    return rng.multinomial(samples, r) / samples
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "draws from the posterior (10.6)",
        "You put all draws on the most probable component. A draw takes a component as often as "
        "its probability says.",
        sampler("""
    r = _posterior(x, weights, means, covariances)
    return np.eye(len(weights))[r.argmax(axis=1)]
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "draws from the posterior (10.6)",
        "Each of your rows holds one draw, repeated: with more draws the frequencies have to come "
        "nearer to the posterior.",
        sampler("""
    r = _posterior(x, weights, means, covariances)
    return np.array([np.eye(len(weights))[rng.choice(len(weights), p=p)] for p in r])
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "draws of a row are independent (10.6)",
        "You draw one uniform number a row and spread the others evenly about it. That has less "
        "noise than independent draws, which the question asks for.",
        sampler("""
    r = _posterior(x, weights, means, covariances)
    u = (rng.random((len(x), 1)) + np.arange(samples)) / samples
    edges = np.cumsum(r, axis=1)
    edges[:, -1] = 1.0
    z = (u[:, :, None] > edges[:, None, :]).sum(axis=2)
    return np.stack([(z == k).mean(axis=1) for k in range(len(weights))], axis=1)
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "draws of a row are independent (10.6)",
        "All your rows share the same uniform numbers, so they are not independent of each other.",
        sampler("""
    r = _posterior(x, weights, means, covariances)
    edges = np.cumsum(r, axis=1)
    edges[:, -1] = 1.0
    counts = np.zeros(r.shape)
    for u in rng.random(samples):
        z = (u > edges).sum(axis=1)
        counts[np.arange(len(x)), z] += 1
    return counts / samples
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "frequencies of m draws (10.5)",
        "You draw from a Dirichlet distribution about the posterior. Its rows are shares, but of "
        "no draws: a frequency is a whole number over m.",
        sampler("""
    r = _posterior(x, weights, means, covariances)
    return np.array([rng.dirichlet(samples * p + 1e-9) for p in r])
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "rows sum to one",
        "You return counts. Divide by the number of draws.",
        sampler("""
    return rng.multinomial(samples, _posterior(x, weights, means, covariances))
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "all randomness comes from rng",
        "You make a generator of your own, with a fixed seed: every call then gives the same "
        "draws. Use the one that comes in.",
        sampler("""
    own = np.random.default_rng(0)
    return own.multinomial(samples, _posterior(x, weights, means, covariances)) / samples
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "all randomness comes from rng",
        "You draw from a fresh generator that has no seed, so the same rng gives another answer "
        "each time. Draw with rng only.",
        sampler("""
    own = np.random.default_rng()
    return own.multinomial(samples, _posterior(x, weights, means, covariances)) / samples
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "ValueError",
        "Far from every component all densities are 0 in floating point, and 0/0 is no "
        "probability. Stay in logs until a row's maximum is taken off.",
        """
def monte_carlo_e_step(rng, x, weights, means, covariances, samples):
    p = np.column_stack(
        [
            w * stats.multivariate_normal.pdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return rng.multinomial(samples, p / p.sum(axis=1, keepdims=True)) / samples
""",
    ),
    wrong(
        "monte_carlo_e_step",
        "shape",
        "You return components in rows. Rows of r are rows of x.",
        sampler("""
    return (rng.multinomial(samples, _posterior(x, weights, means, covariances)) / samples).T
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "draws from the posterior (10.6)",
        "You use the diagonals of the covariances. A normal density has the whole matrix.",
        """
def monte_carlo_e_step(rng, x, weights, means, covariances, samples):
    a = np.column_stack(
        [
            np.log(w) + stats.norm.logpdf(x, m, np.sqrt(np.diag(S))).sum(axis=1)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    return rng.multinomial(samples, special.softmax(a, axis=1)) / samples
""",
    ),
    wrong(
        "monte_carlo_e_step",
        "draws from the posterior (10.6)",
        "You leave out the determinants of the covariances: a narrow component is denser.",
        """
def monte_carlo_e_step(rng, x, weights, means, covariances, samples):
    a = np.empty((len(x), len(weights)))
    for k, S in enumerate(covariances):
        y = x - means[k]
        a[:, k] = np.log(weights[k]) - 0.5 * np.einsum("ni,ij,nj->n", y, np.linalg.inv(S), y)
    return rng.multinomial(samples, special.softmax(a, axis=1)) / samples
""",
    ),
    wrong(
        "monte_carlo_e_step",
        "draws of a row are independent (10.6)",
        "You give each component the whole part of m r and draw only the rest. That has less "
        "noise than independent draws.",
        sampler("""
    r = _posterior(x, weights, means, covariances)
    sure = np.floor(r * samples)
    rest = r * samples - sure
    left = np.round(rest.sum(axis=1)).astype(int)
    drawn = [rng.multinomial(m, p / p.sum()) if m else 0 * p for m, p in zip(left, rest)]
    return (sure + np.array(drawn)) / samples
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "frequencies of m draws (10.5)",
        "You draw one time too few.",
        sampler("""
    drawn = max(samples - 1, 1)
    return rng.multinomial(drawn, _posterior(x, weights, means, covariances)) / drawn
"""),
    ),
    wrong(
        "monte_carlo_e_step",
        "shape",
        "You return the labels that were drawn. Count how often each came.",
        sampler("""
    r = _posterior(x, weights, means, covariances)
    return np.array([rng.choice(len(weights), size=samples, p=p) for p in r])
"""),
    ),
    right(
        "monte_carlo_e_step",
        "By Gumbel noise on the log-joint, one draw after the other.",
        """
def monte_carlo_e_step(rng, x, weights, means, covariances, samples):
    n, K = len(x), len(weights)
    a = np.empty((n, K))
    for k in range(K):
        factor = np.linalg.cholesky(covariances[k])
        white = linalg.solve_triangular(factor, (x - means[k]).T, lower=True)
        a[:, k] = np.log(weights[k]) - np.log(np.diag(factor)).sum() - 0.5 * (white**2).sum(axis=0)
    counts = np.zeros((n, K))
    for _ in range(samples):
        counts[np.arange(n), (a + rng.gumbel(size=(n, K))).argmax(axis=1)] += 1
    return counts / samples
""",
    ),
    right(
        "monte_carlo_e_step",
        "Row by row with choice, as lists.",
        sampler("""
    K, rows = len(weights), []
    for p in _posterior(x, weights, means, covariances):
        z = rng.choice(K, size=samples, p=p)
        rows.append([float(np.mean(z == k)) for k in range(K)])
    return rows
"""),
    ),
    right(
        "monte_carlo_e_step",
        "By a child of rng for each row, counts in single precision.",
        sampler("""
    r = _posterior(x, weights, means, covariances)
    counts = [each.multinomial(samples, p) for each, p in zip(rng.spawn(len(x)), r)]
    return (np.array(counts) / samples).astype(np.float32)
"""),
    ),
]


def sweeper(
    start="np.tile(priors, (len(x), 1))",
    order="range(J)",
    prior="np.log(priors[j] / (1 - priors[j]))",
    others="x - q @ factors + q[:, [j]] * f",
    pull="(rest @ f - f @ f / 2) / variance",
    share="special.expit(odds)",
    after="",
):
    return f"""
def mean_field_e_step(x, factors, priors, variance, sweeps):
    J = len(priors)
    q = {start}
    for _ in range(sweeps):
        for j in {order}:
            f = factors[j]
            rest = {others}
            odds = {prior} + {pull}
            q[:, j] = {share}
    return q{after}
"""


SWEEPS = [
    wrong(
        "mean_field_e_step",
        "one sweep, in turn (10.15)",
        "You update all causes from the old values. Each is to see the newest values of the "
        "others; all at once, the bound may fall.",
        """
def mean_field_e_step(x, factors, priors, variance, sweeps):
    q = np.tile(priors, (len(x), 1))
    squares = (factors**2).sum(axis=1)
    for _ in range(sweeps):
        rest = (x - q @ factors) @ factors.T + q * squares
        q = special.expit(special.logit(priors) + (rest - squares / 2) / variance)
    return q
""",
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "Half the square of the factor lacks in the log odds: a cause that is on has to fit x, "
        "not only to point towards it.",
        sweeper(pull="rest @ f / variance"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You take off the whole square of the factor. Expand the square in (10.2): which "
        "coefficient has it?",
        sweeper(pull="(rest @ f - f @ f) / variance"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You forgot to divide by the variance.",
        sweeper(pull="rest @ f - f @ f / 2"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You divide by the standard deviation. In (10.2) it is the variance.",
        sweeper(pull="(rest @ f - f @ f / 2) / np.sqrt(variance)"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "The prior lacks: with nothing to see in x, q has to be π.",
        sweeper(prior="0.0"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You add log π_j. The log odds compare z_j = 1 with z_j = 0, which has a prior as well.",
        sweeper(prior="np.log(priors[j])"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You take off what cause j itself explains. The sum in (10.15) runs over the others only.",
        sweeper(others="x - q @ factors"),
    ),
    wrong(
        "mean_field_e_step",
        "one sweep, in turn (10.15)",
        "You leave the other causes out, as if each had to explain x alone.",
        sweeper(others="x"),
    ),
    wrong(
        "mean_field_e_step",
        "the start",
        "You start at one half. The question says where to start.",
        sweeper(start="np.full((len(x), J), 0.5)"),
    ),
    wrong(
        "mean_field_e_step",
        "one sweep, in turn (10.15)",
        "You go through the causes from the last to the first.",
        sweeper(order="reversed(range(J))"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You decide for 0 or 1. q keeps the probability.",
        sweeper(share="odds > 0"),
    ),
    wrong(
        "mean_field_e_step",
        "one sweep, in turn (10.15)",
        "You pass on decisions, 0 or 1, to the other causes, and round their probabilities away.",
        sweeper(others="x - np.round(q) @ factors + np.round(q[:, [j]]) * f"),
    ),
    wrong(
        "mean_field_e_step",
        "one sweep, in turn (10.15)",
        "The other causes are to be taken off x. Check the sign.",
        sweeper(others="x + q @ factors - q[:, [j]] * f"),
    ),
    wrong(
        "mean_field_e_step",
        "several sweeps",
        "You make one sweep whatever `sweeps` says.",
        sweeper(start="np.tile(priors, (len(x), 1)); sweeps = min(sweeps, 1)"),
    ),
    wrong(
        "mean_field_e_step",
        "finite",
        "exp of a large number is infinite, and inf/inf is no number. Which form of the logistic "
        "function is safe on both sides?",
        sweeper(share="np.exp(odds) / (1 + np.exp(odds))"),
    ),
    wrong(
        "mean_field_e_step",
        "shape",
        "You return causes in rows. Rows of q are rows of x.",
        sweeper(after=".T"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You multiply by the variance. Little noise makes sure, so it stands below.",
        sweeper(pull="(rest @ f - f @ f / 2) * variance"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You divide the prior's log odds by the variance as well. The prior knows no noise.",
        sweeper(prior="np.log(priors[j] / (1 - priors[j])) / variance"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You divide by 2σ². Expand the square in (10.2): the cross term has a factor of 2.",
        sweeper(pull="(rest @ f - f @ f / 2) / (2 * variance)"),
    ),
    wrong(
        "mean_field_e_step",
        "a single cause has its posterior",
        "You put the q of the last sweep in the prior's place. π_j stays what it is.",
        sweeper(prior="special.logit(np.clip(q[:, j], 1e-12, 1 - 1e-12))"),
    ),
    wrong(
        "mean_field_e_step",
        "several sweeps",
        "You begin each sweep at the priors again, so a second one adds nothing.",
        sweeper().replace("for j in", "q = np.tile(priors, (len(x), 1))\n        for j in"),
    ),
    wrong(
        "mean_field_e_step",
        "one sweep, in turn (10.15)",
        "You return the exact p(z_j = 1 | x). The best product has other values.",
        """
def mean_field_e_step(x, factors, priors, variance, sweeps):
    if sweeps == 0:
        return np.tile(priors, (len(x), 1))
    s = np.array(list(np.ndindex(*[2] * len(priors))), dtype=float)
    a = s @ np.log(priors) + (1 - s) @ np.log(1 - priors)
    a = a - ((x[:, None] - s @ factors) ** 2).sum(axis=2) / (2 * variance)
    return special.softmax(a, axis=1) @ s
""",
    ),
    right(
        "mean_field_e_step",
        "Row by row with products of factors kept, and tanh in place of the logistic function.",
        """
def mean_field_e_step(x, factors, priors, variance, sweeps):
    G, J, table = factors @ factors.T, len(priors), []
    for row in x:
        h = np.log(priors) - np.log(1 - priors) + (factors @ row - np.diag(G) / 2) / variance
        q = [float(p) for p in priors]
        for _ in range(sweeps):
            for j in range(J):
                coupled = sum(q[i] * G[i, j] for i in range(J) if i != j)
                q[j] = 0.5 + 0.5 * float(np.tanh((h[j] - coupled / variance) / 2))
        table.append(q)
    return table
""",
    ),
    right(
        "mean_field_e_step",
        "By the two expected log-joints of (10.12), normalised with log-sum-exp.",
        """
def mean_field_e_step(x, factors, priors, variance, sweeps):
    n, J = len(x), len(priors)
    q = np.ones((n, 1)) * priors
    for _ in range(sweeps):
        for j in range(J):
            logs = np.empty((n, 2))
            for on in (0, 1):
                trial = q.copy()
                trial[:, j] = on
                distance = ((x - trial @ factors) ** 2).sum(axis=1)
                prior = priors[j] if on else 1 - priors[j]
                logs[:, on] = np.log(prior) - distance / (2 * variance)
            q[:, j] = np.exp(logs[:, 1] - special.logsumexp(logs, axis=1))
    return q
""",
    ),
    right(
        "mean_field_e_step",
        "With a residual that is kept up to date.",
        """
def mean_field_e_step(x, factors, priors, variance, sweeps):
    q = np.repeat(priors[None], len(x), axis=0)
    rest = x - q @ factors
    for _ in range(sweeps):
        for j, f in enumerate(factors):
            rest = rest + np.outer(q[:, j], f)
            odds = np.log(priors[j]) - np.log1p(-priors[j]) + (rest - f / 2) @ f / variance
            q[:, j] = np.exp(-np.logaddexp(0, -odds))
            rest = rest - np.outer(q[:, j], f)
    return q
""",
    ),
]


def enumerated(
    log_prior="s @ np.log(priors) + (1 - s) @ np.log(1 - priors)",
    scale="2 * variance",
    posterior="special.log_softmax(a, axis=1)",
    result="np.sum(special.xlogy(p, p) - p * b)",
):
    return f"""
def mean_field_gap(x, q, factors, priors, variance):
    J = len(priors)
    s = np.array(list(np.ndindex(*[2] * J)), dtype=float)
    a = {log_prior} - ((x[:, None] - s @ factors) ** 2).sum(axis=2) / ({scale})
    b = {posterior}
    p = np.where(s == 1, q[:, None], 1 - q[:, None]).prod(axis=2)
    return {result}
"""


def difference(
    noise="variance",
    spread="(q * (1 - q)) @ (factors**2).sum(axis=1)",
    entropy="-special.xlogy(q, q) - special.xlogy(1 - q, 1 - q)",
    constant="d / 2 * np.log(2 * np.pi * variance)",
):
    return f"""
def mean_field_gap(x, q, factors, priors, variance):
    J, d = factors.shape
    s = np.array(list(np.ndindex(*[2] * J)), dtype=float)
    joint = s @ np.log(priors) + (1 - s) @ np.log(1 - priors) - np.zeros((len(x), 1))
    joint = joint - ((x[:, None] - s @ factors) ** 2).sum(axis=2) / (2 * variance)
    joint = joint - d / 2 * np.log(2 * np.pi * variance)
    log_p = special.logsumexp(joint, axis=1)
    square = ((x - q @ factors) ** 2).sum(axis=1) + {spread}
    bound = q @ np.log(priors) + (1 - q) @ np.log(1 - priors) - square / (2 * {noise})
    bound = bound - {constant} + ({entropy}).sum(axis=1)
    return float((log_p - bound).sum())
"""


GAP = [
    wrong(
        "mean_field_gap",
        "one cause, summed over rows (10.16)",
        "You exchanged q and the posterior. The gap is KL(q ‖ p), with the expectation under q.",
        enumerated(result="np.sum(np.exp(b) * (b - np.log(p)))"),
    ),
    wrong(
        "mean_field_gap",
        "one cause, summed over rows (10.16)",
        "You average over rows. The gap is summed.",
        enumerated(result="np.mean(np.sum(special.xlogy(p, p) - p * b, axis=1))"),
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "You compare with the joint. What is missing until it is the posterior?",
        enumerated(posterior="a"),
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "You leave out the priors of the states.",
        enumerated(log_prior="0"),
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "You count the priors of the causes that are on, and not of those that are off.",
        enumerated(log_prior="s @ np.log(priors)"),
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "The exponent of a normal density has 2σ² below the square.",
        enumerated(scale="variance"),
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "You return the cross-entropy. The entropy of q lacks.",
        enumerated(result="np.sum(-p * b)"),
    ),
    wrong(
        "mean_field_gap",
        "one cause, summed over rows (10.16)",
        "Your sign is turned: log p − L is not negative.",
        enumerated(result="np.sum(p * b - special.xlogy(p, p))"),
    ),
    wrong(
        "mean_field_gap",
        "the q that is given (10.16)",
        "You compare each q_j with the posterior of that cause alone. The posterior's couplings "
        "are what a product cannot have: compare over all states.",
        enumerated(
            result="np.sum(special.rel_entr(q, np.exp(b) @ s)"
            " + special.rel_entr(1 - q, np.exp(b) @ (1 - s)))"
        ),
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "You put the q_j in place of the z_j in log p(x, z). The expected square has the variance "
        "of each z_j as well: which equation?",
        difference(spread="0"),
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "Your entropy counts q log q, and not (1 − q) log (1 − q).",
        difference(entropy="-special.xlogy(q, q)"),
    ),
    wrong(
        "mean_field_gap",
        "finite",
        "Entries of q may be 0 or 1, and 0 log 0 counts as 0.",
        enumerated(result="np.sum(p * (np.log(p) - b))"),
    ),
    wrong(
        "mean_field_gap",
        "finite",
        "Far away every state's density is 0 in floating point. Normalise in logs.",
        enumerated(
            posterior="np.log(np.exp(a) / np.exp(a).sum(axis=1, keepdims=True) + 0 * a)",
        ),
    ),
    wrong(
        "mean_field_gap",
        "one cause, summed over rows (10.16)",
        "You use the best q instead of the one that is given.",
        """
def mean_field_gap(x, q, factors, priors, variance):
    J = len(priors)
    q = np.tile(priors, (len(x), 1))
    for _ in range(50):
        for j, f in enumerate(factors):
            rest = x - q @ factors + q[:, [j]] * f
            q[:, j] = special.expit(special.logit(priors[j]) + (rest - f / 2) @ f / variance)
"""
        + difference().strip().split("\n", 1)[1],
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "Your states are those of two causes. There may be any number up to ten.",
        """
def mean_field_gap(x, q, factors, priors, variance):
    total = 0.0
    f, g = factors[0], factors[-1]
    for row, u in zip(x, q):
        logs, shares = [], []
        for a in (0, 1):
            for b in (0, 1):
                prior = priors[0] ** a * (1 - priors[0]) ** (1 - a)
                prior *= priors[-1] ** b * (1 - priors[-1]) ** (1 - b)
                square = ((row - a * f - b * g) ** 2).sum()
                logs.append(np.log(prior) - square / (2 * variance))
                shares.append((u[0] if a else 1 - u[0]) * (u[-1] if b else 1 - u[-1]))
        logs, shares = np.array(logs), np.array(shares)
        total += np.sum(special.xlogy(shares, shares) - shares * special.log_softmax(logs))
    return total
""",
    ),
    wrong(
        "mean_field_gap",
        "logs first (3.4)",
        "You add a small number before you take the logarithm. Far away probabilities are smaller "
        "still: normalise in logs.",
        enumerated(posterior="np.log(special.softmax(a, axis=1) + 1e-300)"),
    ),
    wrong(
        "mean_field_gap",
        "finite",
        "The posterior's probabilities are 0 in floating point far away. Take their logarithms "
        "from log-sum-exp.",
        enumerated(result="np.sum(special.rel_entr(p, np.exp(b)))"),
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "You normalise over all rows at once. Each row has a posterior of its own.",
        enumerated(posterior="a - special.logsumexp(a)"),
    ),
    wrong(
        "mean_field_gap",
        "one cause, summed over rows (10.16)",
        "You measure in bits. A nat is the natural logarithm's unit.",
        enumerated(result="np.sum(special.xlogy(p, p) - p * b) / np.log(2)"),
    ),
    wrong(
        "mean_field_gap",
        "no gap at a posterior",
        "The normal density's constant is in log p, but not in your bound.",
        difference(constant="0"),
    ),
    wrong(
        "mean_field_gap",
        "the q that is given (10.16)",
        "Your q runs through the causes in another order than your states.",
        enumerated().replace("np.where(s == 1", "np.where(s[:, ::-1] == 1"),
    ),
    right(
        "mean_field_gap",
        "As the difference of log p, enumerated, and the bound (10.14).",
        difference(),
    ),
    right(
        "mean_field_gap",
        "State by state in plain Python.",
        """
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
""",
    ),
    right(
        "mean_field_gap",
        "The entropy of a product as a sum, and the cross-entropy over states.",
        enumerated(
            result="float(np.sum(special.xlogy(q, q) + special.xlogy(1 - q, 1 - q))"
            " - np.sum(p * b))"
        ),
    ),
]


def encoder(M="W.T @ W + variance * np.eye(L)", A="np.linalg.solve(M, W.T)", b="-A @ mean",
            S="variance * np.linalg.inv(M)"):  # fmt: skip
    return f"""
def linear_encoder(mean, W, variance):
    d, L = W.shape
    M = {M}
    A = {A}
    return A, {b}, {S}
"""


ENCODER = [
    wrong(
        "linear_encoder",
        "slope of the posterior (10.27)",
        "You project by least squares. The prior on z pulls towards 0: M has a second term.",
        encoder(M="W.T @ W"),
    ),
    wrong(
        "linear_encoder",
        "slope of the posterior (10.27)",
        "You add I to WᵀW. In which units is W?",
        encoder(M="W.T @ W + np.eye(L)"),
    ),
    wrong(
        "linear_encoder",
        "slope of the posterior (10.27)",
        "You add the standard deviation; M has the variance.",
        encoder(M="W.T @ W + np.sqrt(variance) * np.eye(L)"),
    ),
    wrong(
        "linear_encoder",
        "covariance of the posterior (10.27)",
        "Your S is M⁻¹. Complete the square in (10.27) again: which factor stands before zᵀMz?",
        encoder(S="np.linalg.inv(M)"),
    ),
    wrong(
        "linear_encoder",
        "covariance of the posterior (10.27)",
        "Your S is the precision. Invert it.",
        encoder(S="M / variance"),
    ),
    wrong(
        "linear_encoder",
        "covariance of the posterior (10.27)",
        "You keep only the diagonal of S. The columns of W need not be orthogonal.",
        encoder(S="np.diag(np.diag(variance * np.linalg.inv(M)))"),
    ),
    wrong(
        "linear_encoder",
        "covariance of the posterior (10.27)",
        "Your S is the covariance of A x + b over the data. The posterior's is what is still in "
        "doubt once x is known.",
        encoder(S="A @ (W @ W.T + variance * np.eye(d)) @ A.T"),
    ),
    wrong(
        "linear_encoder",
        "offset of the posterior (10.27)",
        "The encoder takes x itself, not x − μ. Where does μ go?",
        encoder(b="np.zeros(L)"),
    ),
    wrong(
        "linear_encoder",
        "offset of the posterior (10.27)",
        "Check the sign of b: at x = μ the posterior's mean is 0.",
        encoder(b="A @ mean"),
    ),
    wrong(
        "linear_encoder",
        "shape",
        "Your A is (d, L). It maps x, of d numbers, to z, of L numbers.",
        encoder(A="np.linalg.solve(M, W.T).T", b="-A.T @ mean"),
    ),
    wrong(
        "linear_encoder",
        "slope of the posterior (10.27)",
        "You scale each row as if the columns of W were orthogonal. M is a full matrix.",
        encoder(A="W.T / np.diag(M)[:, None]"),
    ),
    wrong(
        "linear_encoder",
        "slope of the posterior (10.27)",
        "Your A is Wᵀ over σ², which is the pull of x alone. The prior and the other z share it.",
        encoder(A="W.T / variance"),
    ),
    wrong(
        "linear_encoder",
        "slope of the posterior (10.27)",
        "You add the variance to every entry of WᵀW. Which matrix does it multiply?",
        encoder(M="W.T @ W + variance"),
    ),
    wrong(
        "linear_encoder",
        "covariance of the posterior (10.27)",
        "You multiply M⁻¹ by the standard deviation.",
        encoder(S="np.sqrt(variance) * np.linalg.inv(M)"),
    ),
    wrong(
        "linear_encoder",
        "shape",
        "Your offset is −μ. It has to be in the space of z: which map takes μ there?",
        encoder(b="-mean"),
    ),
    wrong(
        "linear_encoder",
        "offset of the posterior (10.27)",
        "Your offset is −Wᵀμ. The map from x to the mean of z has M⁻¹ in it as well.",
        encoder(b="-W.T @ mean"),
    ),
    wrong(
        "linear_encoder",
        "shape",
        "The order is A, b, S.",
        encoder().replace("return A, -A @ mean,", "return -A @ mean, A,"),
    ),
    right(
        "linear_encoder",
        "By the conditional normal of lesson 9, from the joint covariance of x and z.",
        """
def linear_encoder(mean, W, variance):
    d, L = W.shape
    C = W @ W.T + variance * np.eye(d)
    A = np.linalg.solve(C, W).T
    return A, -(A @ mean), np.eye(L) - A @ W
""",
    ),
    right(
        "linear_encoder",
        "By the singular values of W.",
        """
def linear_encoder(mean, W, variance):
    U, s, Vt = np.linalg.svd(W, full_matrices=False)
    A = Vt.T @ np.diag(s / (s**2 + variance)) @ U.T
    S = Vt.T @ np.diag(variance / (s**2 + variance)) @ Vt
    return A.tolist(), (-A @ mean).tolist(), S.tolist()
""",
    ),
    right(
        "linear_encoder",
        "As ridge regression on rows that stand for the prior.",
        """
def linear_encoder(mean, W, variance):
    d, L = W.shape
    X = np.vstack([W, np.sqrt(variance) * np.eye(L)])
    A = np.linalg.lstsq(X, np.vstack([np.eye(d), np.zeros((L, d))]), rcond=None)[0]
    return [A, A @ -mean, variance * np.linalg.inv(X.T @ X)]
""",
    ),
]


def step(
    y="x - mean",
    M="W.T @ W + variance * np.eye(L)",
    second="e.T @ e + n * variance * np.linalg.inv(M)",
    new="V @ np.linalg.inv(U)",
    noise="((y**2).sum() - (new * V).sum()) / (n * d)",
):
    return f"""
def ppca_step(x, mean, W, variance):
    n, d = x.shape
    L = W.shape[1]
    y = {y}
    M = {M}
    e = y @ W @ np.linalg.inv(M)
    U = {second}
    V = y.T @ e
    new = {new}
    return new, {noise}
"""


STEP = [
    wrong(
        "ppca_step",
        "least squares (10.31)",
        "E[zzᵀ] is not the square of E[z]. What is still in doubt about z, once x is known?",
        step(second="e.T @ e"),
    ),
    wrong(
        "ppca_step",
        "least squares (10.31)",
        "You add the posterior's covariance once. Each row has its own.",
        step(second="e.T @ e + variance * np.linalg.inv(M)"),
    ),
    wrong(
        "ppca_step",
        "least squares (10.31)",
        "The posterior's covariance is σ²M⁻¹, not M⁻¹.",
        step(second="e.T @ e + n * np.linalg.inv(M)"),
    ),
    wrong(
        "ppca_step",
        "least squares (10.31)",
        "Your M lacks σ²I.",
        step(M="W.T @ W"),
    ),
    wrong(
        "ppca_step",
        "least squares (10.31)",
        "You work with x; W and z explain x − μ.",
        step(y="x"),
    ),
    wrong(
        "ppca_step",
        "the mean that is given",
        "You take the mean of the rows. The one that is given is held fixed.",
        step(y="x - x.mean(axis=0)"),
    ),
    wrong(
        "ppca_step",
        "what is left over (10.31)",
        "You take the old W in the residual. The variance belongs to the new one.",
        step(noise="((y**2).sum() - (W * V).sum()) / (n * d)"),
    ),
    wrong(
        "ppca_step",
        "what is left over (10.31)",
        "You square the residuals at the posterior means. Their expectation also has the doubt "
        "about z in it.",
        step(noise="((y - e @ new.T) ** 2).sum() / (n * d)"),
    ),
    wrong(
        "ppca_step",
        "what is left over (10.31)",
        "You divide by n. Every row has d residuals, all with the variance σ².",
        step(noise="((y**2).sum() - (new * V).sum()) / n"),
    ),
    wrong(
        "ppca_step",
        "what is left over (10.31)",
        "You divide by (n − 1)d. The maximum of the likelihood divides by nd.",
        step(noise="((y**2).sum() - (new * V).sum()) / ((n - 1) * d)"),
    ),
    wrong(
        "ppca_step",
        "what is left over (10.31)",
        "You return the standard deviation.",
        step(noise="np.sqrt(((y**2).sum() - (new * V).sum()) / (n * d))"),
    ),
    wrong(
        "ppca_step",
        "shape",
        "Your W is (L, d): it is transposed.",
        step(new="np.linalg.inv(U) @ V.T", noise="((y**2).sum() - (new * V.T).sum()) / (n * d)"),
    ),
    wrong(
        "ppca_step",
        "what is left over (10.31)",
        "You make a second E-step with the new W before you take the variance. Both halves of "
        "(10.31) use one E-step, at the old parameters.",
        """
def ppca_step(x, mean, W, variance):
    y, n = x - mean, len(x)

    def e_step(W):
        M = np.linalg.inv(W.T @ W + variance * np.eye(W.shape[1]))
        e = y @ W @ M
        return y.T @ e, e.T @ e + n * variance * M

    V, U = e_step(W)
    new = V @ np.linalg.inv(U)
    V, U = e_step(new)
    square = (y**2).sum() - 2 * (new * V).sum() + np.trace(new.T @ new @ U)
    return new, square / y.size
""",
    ),
    wrong(
        "ppca_step",
        "least squares (10.31)",
        "You return the maximum itself, by eigenvectors. Asked for is one step from W and the "
        "variance.",
        """
def ppca_step(x, mean, W, variance):
    L = W.shape[1]
    values, vectors = np.linalg.eigh((x - mean).T @ (x - mean) / len(x))
    noise = values[:-L].mean()
    return vectors[:, -L:] * np.sqrt(values[-L:] - noise), noise
""",
    ),
    wrong(
        "ppca_step",
        "least squares (10.31)",
        "You add I where M has σ²I.",
        step(M="W.T @ W + np.eye(L)"),
    ),
    wrong(
        "ppca_step",
        "least squares (10.31)",
        "You add the prior's covariance I for each row. Given x the doubt about z is smaller.",
        step(second="e.T @ e + n * np.eye(L)"),
    ),
    wrong(
        "ppca_step",
        "what is left over (10.31)",
        "You subtract the trace twice. In the expected square one of the two comes back.",
        step(noise="((y**2).sum() - 2 * (new * V).sum()) / (n * d)"),
    ),
    wrong(
        "ppca_step",
        "what is left over (10.31)",
        "You divide by n(d − L), as the closed form's mean of d − L eigenvalues does. Here it is "
        "nd.",
        step(noise="((y**2).sum() - (new * V).sum()) / (n * (d - L))"),
    ),
    wrong(
        "ppca_step",
        "the mean that is given",
        "You find a new mean on the way. The one that is given is held fixed.",
        """
def ppca_step(x, mean, W, variance):
    y, n = x - mean, len(x)
    M = np.linalg.inv(W.T @ W + variance * np.eye(W.shape[1]))
    e = y @ W @ M
    y = x - (x - e @ W.T).mean(axis=0)
    V, U = y.T @ e, e.T @ e + n * variance * M
    new = V @ np.linalg.inv(U)
    return new, ((y**2).sum() - (new * V).sum()) / y.size
""",
    ),
    right(
        "ppca_step",
        "From the covariance of the data about the mean that is given.",
        """
def ppca_step(x, mean, W, variance):
    S = (x - mean).T @ (x - mean) / len(x)
    M = W.T @ W + variance * np.eye(W.shape[1])
    SW = S @ W
    new = np.linalg.solve((variance * np.eye(len(M)) + np.linalg.solve(M, W.T @ SW)).T, SW.T).T
    return new, np.trace(S - SW @ np.linalg.solve(M, new.T)) / len(S)
""",
    ),
    right(
        "ppca_step",
        "Row by row, with the expected square written out.",
        """
def ppca_step(x, mean, W, variance):
    (n, d), L = x.shape, W.shape[1]
    spread = np.linalg.inv(np.eye(L) + W.T @ W / variance)
    U, V, total = np.zeros((L, L)), np.zeros((d, L)), 0.0
    for row in x:
        e = spread @ W.T @ (row - mean) / variance
        U += np.outer(e, e) + spread
        V += np.outer(row - mean, e)
    new = np.linalg.solve(U, V.T).T
    for row in x:
        e = spread @ W.T @ (row - mean) / variance
        total += np.sum((row - mean - new @ e) ** 2) + np.sum((new @ spread) * new)
    return new.tolist(), total / (n * d)
""",
    ),
    right(
        "ppca_step",
        "By least squares with rows that stand for the doubt about z.",
        """
def ppca_step(x, mean, W, variance):
    n, d, L = *x.shape, W.shape[1]
    M = W.T @ W + variance * np.eye(L)
    e = np.linalg.solve(M, W.T @ (x - mean).T).T
    doubt = np.linalg.cholesky(n * variance * np.linalg.inv(M)).T
    Z, Y = np.vstack([e, doubt]), np.vstack([x - mean, np.zeros((L, d))])
    new = np.linalg.lstsq(Z, Y, rcond=None)[0].T
    return new, ((Y - Z @ new.T) ** 2).sum() / (n * d)
""",
    ),
]

ATTEMPTS = DRAWS + SWEEPS + GAP + ENCODER + STEP
