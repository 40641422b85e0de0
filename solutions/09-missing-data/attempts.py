"""Answers that people give to the exercises of lesson 9, wrong and right."""

from em_authoring.attempt import Attempt


def wrong(exercise, loses_at, hint, source):
    return Attempt(exercise, source.strip() + "\n", False, hint, loses_at)


def right(exercise, hint, source):
    return Attempt(exercise, source.strip() + "\n", True, hint)


LINKAGE = [
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You give the second part the share θ/4 of the first cell. What is its probability, given "
        "that the animal is in the first cell?",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / 4
    return (z + counts[3]) / (z + counts[1] + counts[2] + counts[3])
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You count all animals of the first cell as linked. Only the expected z of them belong to "
        "the part whose probability depends on θ.",
        """
def linkage_step(counts, theta):
    return (counts[0] + counts[3]) / sum(counts)
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You round the expected count to a whole animal. An expectation need not be whole.",
        """
def linkage_step(counts, theta):
    z = round(counts[0] * theta / (2 + theta))
    return (z + counts[3]) / (z + counts[1] + counts[2] + counts[3])
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "Your denominator is all animals. Those in the part of probability ½ say nothing on θ: "
        "which factors of the likelihood does (9.4) come from?",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / (2 + theta)
    return (z + counts[3]) / sum(counts)
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You keep the part of the first cell whose probability is ½, and leave out the other. "
        "Which of the two depends on θ?",
        """
def linkage_step(counts, theta):
    z = counts[0] * 2 / (2 + theta)
    return (z + counts[3]) / (z + counts[1] + counts[2] + counts[3])
""",
    ),
    wrong(
        "linkage_step",
        "counts that are seen (9.4)",
        "The animals of the last cell are linked too, and were recorded. Where are they in your "
        "numerator?",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / (2 + theta)
    return z / (z + counts[1] + counts[2] + counts[3])
""",
    ),
    wrong(
        "linkage_step",
        "counts that are seen (9.4)",
        "These are the counts of the text. Take them from the argument.",
        """
def linkage_step(counts, theta):
    z = 125 * theta / (2 + theta)
    return (z + 34) / (z + 72)
""",
    ),
    wrong(
        "linkage_step",
        "counts that are seen (9.4)",
        "Two cells have the probability (1 − θ)/4. You counted one of them.",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / (2 + theta)
    return (z + counts[3]) / (z + counts[1] + counts[3])
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You return the maximum of the likelihood itself. Asked for is one step from theta, which "
        "is not there yet.",
        """
def linkage_step(counts, theta):
    a, b, c, d = counts
    n, p = a + b + c + d, a - 2 * (b + c) - d
    return (p + np.sqrt(p * p + 8 * n * d)) / (2 * n)
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You divide the part θ/4 by the other part. A probability given the first cell is the "
        "part over the whole of it, ½ + θ/4.",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / 2
    return (z + counts[3]) / (z + counts[1] + counts[2] + counts[3])
""",
    ),
    wrong(
        "linkage_step",
        "counts that are seen (9.4)",
        "Your numerator is the animals that are not linked: that is the share 1 − θ.",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / (2 + theta)
    return (counts[1] + counts[2]) / (z + counts[1] + counts[2] + counts[3])
""",
    ),
    wrong(
        "linkage_step",
        "counts that are seen (9.4)",
        "You set θ/4 to the share of the linked animals among all. The cells of (1 − θ)/4 "
        "speak of θ too: where is the maximum of both terms of the objective?",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / (2 + theta)
    return 4 * (z + counts[3]) / sum(counts)
""",
    ),
    wrong(
        "linkage_step",
        "counts that are seen (9.4)",
        "You add an animal to each side, as a prior would. Asked for is the maximum of the "
        "likelihood's bound.",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / (2 + theta)
    return (z + counts[3] + 1) / (z + counts[1] + counts[2] + counts[3] + 2)
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You draw z. The E-step takes its expectation: no chance is left in it.",
        """
def linkage_step(counts, theta):
    z = np.random.default_rng(0).binomial(int(counts[0]), theta / (2 + theta))
    return (z + counts[3]) / (z + counts[1] + counts[2] + counts[3])
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You take the most probable z. The M-step needs the expected one.",
        """
def linkage_step(counts, theta):
    z = np.floor((counts[0] + 1) * theta / (2 + theta))
    return (z + counts[3]) / (z + counts[1] + counts[2] + counts[3])
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You make more than one step. Asked for is the next θ only.",
        """
def linkage_step(counts, theta):
    for _ in range(2):
        z = counts[0] * theta / (2 + theta)
        theta = (z + counts[3]) / (z + counts[1] + counts[2] + counts[3])
    return theta
""",
    ),
    wrong(
        "linkage_step",
        "expected count (9.3)",
        "You count the linked animals of the first cell above the line, and its others below "
        "it. Both are to be z.",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / (2 + theta)
    return (z + counts[3]) / (counts[0] - z + counts[1] + counts[2] + counts[3])
""",
    ),
    right(
        "linkage_step",
        "The five cells written out, and the share among three of them.",
        """
def linkage_step(counts, theta):
    cells = np.array([0.5, theta / 4])
    split = counts[0] * cells / cells.sum()
    linked = split[1] + counts[3]
    return linked / (linked + counts[1] + counts[2])
""",
    ),
    right(
        "linkage_step",
        "The expectation summed over the binomial distribution of z.",
        """
def linkage_step(counts, theta):
    a = int(counts[0])
    z = np.arange(a + 1)
    mean = float(z @ stats.binom.pmf(z, a, theta / (2 + theta)))
    return np.array((mean + counts[3]) / (mean + np.sum(counts[1:])))
""",
    ),
    right(
        "linkage_step",
        "The maximum of the objective by its slope's sign, halving the interval.",
        """
def linkage_step(counts, theta):
    z = counts[0] * theta / (2 + theta)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if (z + counts[3]) * (1 - middle) > (counts[1] + counts[2]) * middle:
            low = middle
        else:
            high = middle
    return low
""",
    ),
]

CONDITIONAL = [
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "You return the covariance of the missing entries as if nothing had been observed. What "
        "does observing the others take off it?",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    return mean[m] + B @ (x[observed] - mean[observed]), covariance[np.ix_(m, m)]
""",
    ),
    wrong(
        "conditional_normal",
        "regression (9.16)",
        "The conditional mean has to be at μ_m when the observed entries are at μ_o. You multiply "
        "x_o itself, not its deviation.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    cov = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(observed, m)]
    return mean[m] + B @ x[observed], cov
""",
    ),
    wrong(
        "conditional_normal",
        "regression (9.16)",
        "You fill in the unconditional mean. The observed entries move it.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    return mean[m], covariance[np.ix_(m, m)] - B @ covariance[np.ix_(observed, m)]
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "You leave out Σ_oo⁻¹: the units of your result do not fit.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)]
    return mean[m] + B @ (x - mean)[observed], covariance[np.ix_(m, m)] - B @ B.T
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "Observing takes doubt away. Check the sign of what you do to Σ_mm.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    cov = covariance[np.ix_(m, m)] + B @ covariance[np.ix_(observed, m)]
    return mean[m] + B @ (x - mean)[observed], cov
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "You cut the missing block out of Σ⁻¹. It is a precision: (9.17) has one more step.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    P = np.linalg.inv(covariance)
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    return mean[m] + B @ (x - mean)[observed], P[np.ix_(m, m)]
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "You have taken True for missing. In observed, True says that the entry was seen.",
        """
def conditional_normal(x, observed, mean, covariance):
    o, m = ~observed, observed
    B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
    return mean[m] + B @ (x - mean)[o], covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
""",
    ),
    wrong(
        "conditional_normal",
        "several gaps (9.16)",
        "You return only the diagonal of the conditional covariance. Two missing entries stay "
        "correlated, given the observed ones.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    cov = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(observed, m)]
    return mean[m] + B @ (x - mean)[observed], np.diag(np.diag(cov))
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "You regress on each observed entry by itself. They are correlated, so Σ_oo has to be "
        "inverted as a whole, off-diagonal entries and all.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] / np.diag(covariance)[observed]
    cov = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(observed, m)]
    return mean[m] + B @ (x - mean)[observed], cov
""",
    ),
    wrong(
        "conditional_normal",
        "finite",
        "You multiply the NaN of a gap by zero, and that is NaN. Take the observed entries out of "
        "x before you compute with it.",
        """
def conditional_normal(x, observed, mean, covariance):
    m, padded = ~observed, np.zeros((int((~observed).sum()), x.size))
    within = covariance[np.ix_(observed, observed)]
    padded[:, observed] = covariance[np.ix_(m, observed)] @ np.linalg.inv(within)
    return mean[m] + padded @ (x - mean), covariance[np.ix_(m, m)] - padded @ covariance[:, m]
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "You return standard deviations and correlations where variances are asked for.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    cov = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(observed, m)]
    return mean[m] + B @ (x - mean)[observed], linalg.sqrtm(cov)
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "You take it that the observed entries come first. Which ones they are, observed says.",
        """
def conditional_normal(x, observed, mean, covariance):
    k = int(observed.sum())
    B = covariance[k:, :k] @ np.linalg.inv(covariance[:k, :k])
    return mean[k:] + B @ (x - mean)[:k], covariance[k:, k:] - B @ covariance[:k, k:]
""",
    ),
    wrong(
        "conditional_normal",
        "shape",
        "You treat each missing entry by itself and return variances. Asked for is the covariance "
        "matrix of all of them.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    cov = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(observed, m)]
    return mean[m] + B @ (x - mean)[observed], np.diag(cov)
""",
    ),
    wrong(
        "conditional_normal",
        "regression (9.16)",
        "The sign of the pull is wrong. By the precision matrix, the mean is where P_mm (x_m "
        "− μ_m) + P_mo (x_o − μ_o) is zero.",
        """
def conditional_normal(x, observed, mean, covariance):
    m, o = ~observed, observed
    P = np.linalg.inv(covariance)
    C = np.linalg.inv(P[np.ix_(m, m)])
    return mean[m] + C @ P[np.ix_(m, o)] @ (x - mean)[o], C
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "Your covariance grows with the distance of x_o from μ_o. That is so for Student's t; "
        "a normal's does not depend on the values observed.",
        """
def conditional_normal(x, observed, mean, covariance):
    m, o = ~observed, observed
    B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
    far = (x - mean)[o] @ np.linalg.inv(covariance[np.ix_(o, o)]) @ (x - mean)[o]
    C = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
    return mean[m] + B @ (x - mean)[o], C * (1 + far) / (1 + o.sum())
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "You use the first of the observed entries only. The others tell something as well.",
        """
def conditional_normal(x, observed, mean, covariance):
    m, o = ~observed, np.flatnonzero(observed)[:1]
    B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
    C = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
    return mean[m] + B @ (x - mean)[o], C
""",
    ),
    wrong(
        "conditional_normal",
        "regression (9.16)",
        "You add a little to the diagonal of Σ_oo. It is positive definite as it stands, and "
        "where a column's unit makes its variance small, a little is much.",
        """
def conditional_normal(x, observed, mean, covariance):
    m, o = ~observed, observed
    within = covariance[np.ix_(o, o)] + 1e-6 * np.eye(o.sum())
    B = covariance[np.ix_(m, o)] @ np.linalg.inv(within)
    return mean[m] + B @ (x - mean)[o], covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
""",
    ),
    wrong(
        "conditional_normal",
        "nothing observed",
        "With nothing observed you return a standard normal. Nothing was learned, so the law "
        "is the one that was given.",
        """
def conditional_normal(x, observed, mean, covariance):
    if not observed.any():
        return np.zeros(len(mean)), np.eye(len(mean))
    m, o = ~observed, observed
    B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
    return mean[m] + B @ (x - mean)[o], covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
""",
    ),
    wrong(
        "conditional_normal",
        "shape",
        "You return all entries. Asked for are the missing ones only, m of them.",
        """
def conditional_normal(x, observed, mean, covariance):
    m, o = ~observed, observed
    B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
    full, doubt = np.where(o, x, mean), np.zeros_like(covariance)
    full[m] += B @ (x - mean)[o]
    doubt[np.ix_(m, m)] = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
    return full, doubt
""",
    ),
    wrong(
        "conditional_normal",
        "conditional covariance (9.16)",
        "You return correlations. Asked for are covariances.",
        """
def conditional_normal(x, observed, mean, covariance):
    m, o = ~observed, observed
    B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
    C = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
    scale = np.sqrt(np.diag(C))
    return mean[m] + B @ (x - mean)[o], C / np.outer(scale, scale)
""",
    ),
    wrong(
        "conditional_normal",
        "shape",
        "You look for NaN in x. What was observed, the argument observed says; at the other "
        "places x may hold any number.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = np.isnan(x)
    o = ~m
    B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
    return mean[m] + B @ (x - mean)[o], covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
""",
    ),
    right(
        "conditional_normal",
        "By the precision matrix (9.17), which needs no Σ_oo.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = np.flatnonzero(~observed)
    o = np.flatnonzero(observed)
    P = np.linalg.inv(covariance)
    C = np.linalg.inv(P[np.ix_(m, m)])
    return mean[m] - C @ P[np.ix_(m, o)] @ (x[o] - mean[o]), C
""",
    ),
    right(
        "conditional_normal",
        "One observed entry after the other, as sweeps of the covariance; lists come back.",
        """
def conditional_normal(x, observed, mean, covariance):
    mu, S = [float(v) for v in mean], np.array(covariance, dtype=float)
    for j in range(len(mu)):
        if observed[j]:
            column = S[:, j] / S[j, j]
            shift = x[j] - mu[j]
            mu = [a + b * shift for a, b in zip(mu, column)]
            S = S - np.outer(column, S[j])
    m = [j for j in range(len(mu)) if not observed[j]]
    return [mu[j] for j in m], [[S[i, j] for j in m] for i in m]
""",
    ),
    right(
        "conditional_normal",
        "With a Cholesky factor of Σ_oo.",
        """
def conditional_normal(x, observed, mean, covariance):
    o, m = observed.nonzero()[0], (~observed).nonzero()[0]
    if o.size == 0:
        return mean.copy(), covariance.copy()
    factor = linalg.cho_factor(covariance[o][:, o])
    solved = linalg.cho_solve(factor, covariance[o][:, m])
    return mean[m] + solved.T @ (x[o] - mean[o]), covariance[m][:, m] - covariance[m][:, o] @ solved
""",
    ),
    right(
        "conditional_normal",
        "By least squares, in place of an inverse, with index arrays.",
        """
def conditional_normal(x, observed, mean, covariance):
    o, m = np.where(observed)[0], np.where(np.logical_not(observed))[0]
    B, *_ = np.linalg.lstsq(covariance[o[:, None], o], covariance[o[:, None], m], rcond=None)
    centre = [mean[i] + sum(B[:, a] * (x[o] - mean[o])) for a, i in enumerate(m)]
    return centre, covariance[m[:, None], m] - np.einsum("om,on->mn", B, covariance[o[:, None], m])
""",
    ),
]

FILL = """
def _fill(x, mean, covariance):
    m = np.isnan(x)
    B = covariance[np.ix_(m, ~m)] @ np.linalg.inv(covariance[np.ix_(~m, ~m)])
    filled = np.array(x, dtype=float)
    filled[m] = mean[m] + B @ (x - mean)[~m]
    C = np.zeros_like(covariance)
    C[np.ix_(m, m)] = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(~m, m)]
    return m, filled, C


"""

ROWS = [
    wrong(
        "expected_row_statistics",
        "conditional covariance (9.20)",
        "The square of the expectation is not the expected square. What does a gap's own variance "
        "add?",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    return filled, np.outer(filled, filled)
""",
    ),
    wrong(
        "expected_row_statistics",
        "conditional covariance (9.20)",
        "You add the variance that a gap has without the observed entries. They are known: use the "
        "conditional one.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    second = np.outer(filled, filled)
    second[np.ix_(m, m)] += covariance[np.ix_(m, m)]
    return filled, second
""",
    ),
    wrong(
        "expected_row_statistics",
        "several gaps (9.20)",
        "You add conditional variances, but two gaps in one row have a conditional covariance as "
        "well.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    return filled, np.outer(filled, filled) + np.diag(np.diag(C))
""",
    ),
    wrong(
        "expected_row_statistics",
        "a row without gaps",
        "You return the second moment about the mean. The question asks for the raw one, E[xxᵀ].",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    return filled, np.outer(filled - mean, filled - mean) + C
""",
    ),
    wrong(
        "expected_row_statistics",
        "a row without gaps",
        "You return the covariance of the row given what was recorded, not its expected square.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    return filled, C
""",
    ),
    wrong(
        "expected_row_statistics",
        "a row without gaps",
        "You add Σ to every entry. An entry that was recorded has no variance left.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    return filled, np.outer(filled, filled) + covariance
""",
    ),
    wrong(
        "expected_row_statistics",
        "filled row (9.19)",
        "You fill a gap with the mean of its column. The recorded entries of this row tell more.",
        """
def expected_row_statistics(x, mean, covariance):
    m = np.isnan(x)
    filled = np.where(m, mean, x)
    second = np.outer(filled, filled)
    second[np.ix_(m, m)] += covariance[np.ix_(m, m)]
    return filled, second
""",
    ),
    wrong(
        "expected_row_statistics",
        "several gaps (9.20)",
        "You regress each gap on the recorded entries by itself, and so lose what two gaps share. "
        "Take the block of all gaps at once.",
        """
def expected_row_statistics(x, mean, covariance):
    o = ~np.isnan(x)
    filled, extra = np.array(x, dtype=float), np.zeros(len(x))
    inverse = np.linalg.inv(covariance[np.ix_(o, o)])
    for j in np.flatnonzero(~o):
        b = inverse @ covariance[o, j]
        filled[j] = mean[j] + b @ (x - mean)[o]
        extra[j] = covariance[j, j] - b @ covariance[o, j]
    return filled, np.outer(filled, filled) + np.diag(extra)
""",
    ),
    wrong(
        "expected_row_statistics",
        "arguments stay as they were",
        "You fill the gaps in the caller's own row. Work on a copy.",
        """
def expected_row_statistics(x, mean, covariance):
    m = np.isnan(x)
    B = covariance[np.ix_(m, ~m)] @ np.linalg.inv(covariance[np.ix_(~m, ~m)])
    C = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(~m, m)]
    x[m] = mean[m] + B @ (x - mean)[~m]
    second = np.outer(x, x)
    second[np.ix_(m, m)] += C
    return x, second
""",
    ),
    wrong(
        "expected_row_statistics",
        "conditional covariance (9.20)",
        "You subtract the conditional covariance. A spread makes an expected square larger.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    return filled, np.outer(filled, filled) - C
""",
    ),
    wrong(
        "expected_row_statistics",
        "conditional covariance (9.20)",
        "You add the standard deviation where the variance belongs.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    return filled, np.outer(filled, filled) + np.diag(np.sqrt(np.diag(C)))
""",
    ),
    wrong(
        "expected_row_statistics",
        "nothing but gaps",
        "A row without any recorded entry tells nothing, and its expectation is not zero: what is "
        "E[x] of the model itself?",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    if np.isnan(x).all():
        return np.zeros(len(x)), np.zeros((len(x), len(x)))
    m, filled, C = _fill(x, mean, covariance)
    return filled, np.outer(filled, filled) + C
""",
    ),
    wrong(
        "expected_row_statistics",
        "shape",
        "You return the two in the other order: E[x] comes first.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    return np.outer(filled, filled) + C, filled
""",
    ),
    wrong(
        "expected_row_statistics",
        "several gaps (9.20)",
        "On the diagonal you add the conditional variances, beside it the unconditional "
        "covariances. All of them are entries of one conditional covariance.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    doubt = np.where(np.outer(m, m), covariance, 0.0)
    np.fill_diagonal(doubt, np.diag(C))
    return filled, np.outer(filled, filled) + doubt
""",
    ),
    wrong(
        "expected_row_statistics",
        "conditional covariance (9.20)",
        "You multiply a recorded entry by the mean of the gap's column. Given the recorded "
        "entry, the gap's expectation is the filled value.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    second = np.outer(filled, filled) + C
    second[np.ix_(m, ~m)] = np.outer(mean[m], x[~m])
    second[np.ix_(~m, m)] = np.outer(x[~m], mean[m])
    return filled, second
""",
    ),
    wrong(
        "expected_row_statistics",
        "conditional covariance (9.20)",
        "You put the conditional covariance into the top left corner. It belongs in the rows "
        "and columns of the gaps.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    second, k = np.outer(filled, filled), m.sum()
    second[:k, :k] += C[np.ix_(m, m)]
    return filled, second
""",
    ),
    wrong(
        "expected_row_statistics",
        "nothing but gaps",
        "For a row of nothing but gaps you return the square of the mean. The row has the "
        "model's whole covariance left.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    if np.isnan(x).all():
        return mean, np.outer(mean, mean)
    m, filled, C = _fill(x, mean, covariance)
    return filled, np.outer(filled, filled) + C
""",
    ),
    wrong(
        "expected_row_statistics",
        "nothing but gaps",
        "For a row of nothing but gaps you return the covariance. The second moment asked for "
        "is raw: what of the mean?",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    if np.isnan(x).all():
        return mean, covariance
    m, filled, C = _fill(x, mean, covariance)
    return filled, np.outer(filled, filled) + C
""",
    ),
    wrong(
        "expected_row_statistics",
        "conditional covariance (9.20)",
        "You add a block of the precision matrix. That is the inverse of the conditional "
        "covariance.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    second = np.outer(filled, filled)
    second[np.ix_(m, m)] += np.linalg.inv(covariance)[np.ix_(m, m)]
    return filled, second
""",
    ),
    wrong(
        "expected_row_statistics",
        "filled row (9.19)",
        "You add up regressions on one recorded entry each. Recorded entries are correlated: "
        "regress on all of them together.",
        """
def expected_row_statistics(x, mean, covariance):
    m = np.isnan(x)
    B = covariance[np.ix_(m, ~m)] / np.diag(covariance)[~m]
    filled = np.array(x, dtype=float)
    filled[m] = mean[m] + B @ (x - mean)[~m]
    second = np.outer(filled, filled)
    second[np.ix_(m, m)] += covariance[np.ix_(m, m)] - B @ covariance[np.ix_(~m, m)]
    return filled, second
""",
    ),
    wrong(
        "expected_row_statistics",
        "filled row (9.19)",
        "You fill a gap with its deviation from the mean and forget to add the mean.",
        FILL
        + """
def expected_row_statistics(x, mean, covariance):
    m, filled, C = _fill(x, mean, covariance)
    filled[m] -= mean[m]
    return filled, np.outer(filled, filled) + C
""",
    ),
    right(
        "expected_row_statistics",
        "Entry by entry: E[x_i x_j] = E[x_i] E[x_j] + Cov(x_i, x_j), in loops.",
        """
def expected_row_statistics(x, mean, covariance):
    d = len(x)
    gaps = [j for j in range(d) if np.isnan(x[j])]
    known = [j for j in range(d) if j not in gaps]
    P = np.linalg.inv(covariance)
    C = np.linalg.inv(P[np.ix_(gaps, gaps)]) if gaps else np.zeros((0, 0))
    first = [float(v) for v in x]
    for a, i in enumerate(gaps):
        pull = [sum(P[j, k] * (x[k] - mean[k]) for k in known) for j in gaps]
        first[i] = mean[i] - sum(C[a, b] * pull[b] for b in range(len(gaps)))
    second = [[first[i] * first[j] for j in range(d)] for i in range(d)]
    for a, i in enumerate(gaps):
        for b, j in enumerate(gaps):
            second[i][j] += C[a, b]
    return first, second
""",
    ),
    right(
        "expected_row_statistics",
        "Sweeps over the whole covariance: what is observed is swept to zero, the rest is C.",
        """
def expected_row_statistics(x, mean, covariance):
    mu, S = np.array(mean, dtype=float), np.array(covariance, dtype=float)
    for j in np.flatnonzero(~np.isnan(x)):
        gain = S[:, j] / S[j, j]
        mu = mu + gain * (x[j] - mu[j])
        S = S - np.outer(gain, S[j])
    return mu, np.outer(mu, mu) + S
""",
    ),
    right(
        "expected_row_statistics",
        "With a pseudo-inverse and masks in place of blocks.",
        """
def expected_row_statistics(x, mean, covariance):
    seen = np.diag((~np.isnan(x)).astype(float))
    gain = covariance @ seen @ np.linalg.pinv(seen @ covariance @ seen)
    first = mean + gain @ seen @ (np.nan_to_num(x) - mean)
    C = covariance - gain @ covariance
    return first, np.einsum("i,j->ij", first, first) + C
""",
    ),
    right(
        "expected_row_statistics",
        "An answer to exercise 2 used again, with rows of no gaps aside.",
        """
def conditional_normal(x, observed, mean, covariance):
    m = ~observed
    B = covariance[np.ix_(m, observed)] @ np.linalg.inv(covariance[np.ix_(observed, observed)])
    C = covariance[np.ix_(m, m)] - B @ covariance[np.ix_(observed, m)]
    return mean[m] + B @ (x[observed] - mean[observed]), C


def expected_row_statistics(x, mean, covariance):
    observed, first = ~np.isnan(x), x.copy()
    if observed.all():
        return x, np.outer(x, x)
    first[~observed], C = conditional_normal(x, observed, mean, covariance)
    second = first[:, None] * first
    gaps = np.flatnonzero(~observed)
    for a, i in enumerate(gaps):
        second[i, gaps] += C[a]
    return first, second
""",
    ),
]


def loop(start="np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0))", gap=None, **parts):
    """EM with gaps, with some of its lines replaced."""
    lines = {
        "fill": "mean[m] + B @ (row[o] - mean[o])",
        "doubt": "covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]",
        "log_p": "stats.multivariate_normal.logpdf(row[o], mean[o], covariance[np.ix_(o, o)])",
        "m_step": "new, ((filled - new).T @ (filled - new) + doubt) / len(x)",
        "stop": "abs(trace[-1] - trace[-2]) < tol",
        "first": "trace = [log_p]",
        "last": "return mean, covariance, np.array(trace)",
        "before": "pass",
    } | parts
    return f"""
def em_missing(x, tol, max_iterations):
    def e_step(mean, covariance):
        filled, doubt, log_p = np.array(x, dtype=float), np.zeros_like(covariance), 0.0
        for i, row in enumerate(x):
            o, m = ~np.isnan(row), np.isnan(row)
            B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
            filled[i, m] = {lines["fill"]}
            doubt[np.ix_(m, m)] += {lines["doubt"]}
            log_p += {lines["log_p"]}
        return filled, doubt, log_p

    mean, covariance = {start}
    filled, doubt, log_p = e_step(mean, covariance)
    {lines["first"]}
    for _ in range(max_iterations):
        {lines["before"]}
        new = filled.mean(axis=0)
        mean, covariance = {lines["m_step"]}
        filled, doubt, log_p = e_step(mean, covariance)
        trace.append(log_p)
        if {lines["stop"]}:
            break
    {lines["last"]}
"""


EM = [
    wrong(
        "em_missing",
        "conditional covariance (9.21)",
        "You take the covariance of the filled rows. Filled entries lie on the regression, without "
        "scatter: which term of (9.21) gives it back?",
        loop(doubt="0.0"),
    ),
    wrong(
        "em_missing",
        "conditional covariance (9.21)",
        "You add the unconditional covariance of the gaps. Given the recorded entries, less is "
        "open.",
        loop(doubt="covariance[np.ix_(m, m)]"),
    ),
    wrong(
        "em_missing",
        "mean (9.21)",
        "You fill every gap with the column's current mean. What do the other entries of the row "
        "say?",
        loop(fill="mean[m]"),
    ),
    wrong(
        "em_missing",
        "the start",
        "Your starting variances are divided by the number recorded less one.",
        loop(start="np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0, ddof=1))"),
    ),
    wrong(
        "em_missing",
        "the start",
        "You start at the covariance of the complete rows. The question asks for the variances of "
        "all recorded entries, on a diagonal.",
        loop(
            start="np.nanmean(x, axis=0), "
            "np.atleast_2d(np.cov(x[~np.isnan(x).any(axis=1)].T, bias=True))"
        ),
    ),
    wrong(
        "em_missing",
        "the start",
        "You start at the variances of the table with means filled in. They are divided by n, and "
        "so too small.",
        loop(
            start="np.nanmean(x, axis=0), "
            "np.diag(np.where(np.isnan(x), np.nanmean(x, axis=0), x).var(axis=0))"
        ),
    ),
    wrong(
        "em_missing",
        "the start",
        "A variance is asked for on the diagonal; you put standard deviations there.",
        loop(start="np.nanmean(x, axis=0), np.diag(np.nanstd(x, axis=0))"),
    ),
    wrong(
        "em_missing",
        "conditional covariance (9.21)",
        "You divide the covariance by n − 1. The maximum of (9.18) has n.",
        loop(m_step="new, ((filled - new).T @ (filled - new) + doubt) / (len(x) - 1)"),
    ),
    wrong(
        "em_missing",
        "conditional covariance (9.21)",
        "Your covariance is about the previous mean. (9.21) takes deviations from the new one.",
        loop(m_step="new, ((filled - mean).T @ (filled - mean) + doubt) / len(x)"),
    ),
    wrong(
        "em_missing",
        "log-likelihood of what was recorded (9.22)",
        "You evaluate the density of the filled rows. A value that was filled in is no data: which "
        "entries of a row does (9.22) hold?",
        loop(log_p="stats.multivariate_normal.logpdf(filled[i], mean, covariance)"),
    ),
    wrong(
        "em_missing",
        "log-likelihood of what was recorded (9.22)",
        "Your trace leaves out the rows with gaps. Their recorded entries count.",
        loop(log_p="0.0 if m.any() else stats.multivariate_normal.logpdf(row, mean, covariance)"),
    ),
    wrong(
        "em_missing",
        "log-likelihood of what was recorded (9.22)",
        "Your trace is an average over rows; it is to be the sum.",
        loop(
            log_p="stats.multivariate_normal.logpdf(row[o], mean[o], covariance[np.ix_(o, o)])"
            " / len(x)"
        ),
    ),
    wrong(
        "em_missing",
        "log-likelihood of what was recorded (9.22)",
        "You leave the normalising constant out. Rows have different numbers of recorded entries, "
        "but each has its own power of 2π.",
        loop(
            log_p="stats.multivariate_normal.logpdf(row[o], mean[o], covariance[np.ix_(o, o)])"
            " + 0.5 * o.sum() * np.log(2 * np.pi)"
        ),
    ),
    wrong(
        "em_missing",
        "T + 1 values",
        "Your trace lacks the start: it has T entries, not T + 1.",
        loop(first="trace = []", stop="len(trace) > 1 and abs(trace[-1] - trace[-2]) < tol"),
    ),
    wrong(
        "em_missing",
        "keeps the iteration that stops",
        "When the gain is small enough you return the parameters of the iteration before. The one "
        "that stopped the loop is kept.",
        loop(
            before="previous = mean, covariance",
            stop="abs(trace[-1] - trace[-2]) < tol and (mean := previous[0]) is not None "
            "and (covariance := previous[1]) is not None and trace.pop()",
        ),
    ),
    wrong(
        "em_missing",
        "keeps the iteration that stops",
        "You compare the gain with tol times the log-likelihood. The tolerance is in nats.",
        loop(stop="abs(trace[-1] - trace[-2]) < tol * abs(trace[-1])"),
    ),
    wrong(
        "em_missing",
        "keeps the iteration that stops",
        "Your rule looks at how far the mean moved. The question's looks at the log-likelihood.",
        loop(before="old = mean", stop="np.abs(mean - old).max() < tol"),
    ),
    wrong(
        "em_missing",
        "log-likelihood of what was recorded (9.22)",
        "Your trace is one iteration late: its last entry belongs to the parameters before those "
        "that you return.",
        """
def em_missing(x, tol, max_iterations):
    recorded = ~np.isnan(x)
    mean, covariance, trace = np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0)), []
    for _ in range(max_iterations + 1):
        filled, doubt, log_p = np.where(recorded, x, mean), np.zeros_like(covariance), 0.0
        for row, o in zip(filled, recorded):
            B = covariance[np.ix_(~o, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
            log_p += stats.multivariate_normal.logpdf(row[o], mean[o], covariance[np.ix_(o, o)])
            row[~o] = mean[~o] + B @ (row[o] - mean[o])
            doubt[np.ix_(~o, ~o)] += covariance[np.ix_(~o, ~o)] - B @ covariance[np.ix_(o, ~o)]
        trace.append(log_p)
        if len(trace) <= max_iterations:
            mean = filled.mean(axis=0)
            covariance = ((filled - mean).T @ (filled - mean) + doubt) / len(x)
        if len(trace) > 1 and abs(trace[-1] - trace[-2]) < tol:
            break
    return mean, covariance, trace[:1] + trace[:-1]
""",
    ),
    wrong(
        "em_missing",
        "mean (9.21)",
        "You fit the complete rows only. Rows with gaps have entries that were recorded.",
        loop(
            m_step="x[~np.isnan(x).any(axis=1)].mean(axis=0), "
            "np.atleast_2d(np.cov(x[~np.isnan(x).any(axis=1)].T, bias=True))"
        ),
    ),
    wrong(
        "em_missing",
        "conditional covariance (9.21)",
        "You fill the gaps anew once the mean has moved, before you take the covariance. Both "
        "halves of (9.21) use one E-step, at the old parameters.",
        loop(
            before="old = covariance",
            m_step="new, (lambda f, c: ((f - new).T @ (f - new) + c) / len(x))"
            "(*e_step(new, old)[:2])",
        ),
    ),
    wrong(
        "em_missing",
        "conditional covariance (9.21)",
        "You add the conditional variances of the gaps only. Two gaps in one row have a "
        "conditional covariance too.",
        loop(doubt="np.diag(np.diag(covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]))"),
    ),
    wrong(
        "em_missing",
        "mean (9.21)",
        "After the first iteration no NaN is left in your table, so nothing is filled anew. "
        "Keep where the gaps are: their expectations change with θ.",
        """
def em_missing(x, tol, max_iterations):
    def log_likelihood(mean, covariance):
        seen = [(row[~np.isnan(row)], ~np.isnan(row)) for row in x]
        density = stats.multivariate_normal
        return sum(density.logpdf(r, mean[o], covariance[np.ix_(o, o)]) for r, o in seen)

    table, mean, covariance = x.copy(), np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0))
    trace = [log_likelihood(mean, covariance)]
    for _ in range(max_iterations):
        doubt = np.zeros_like(covariance)
        for row in table:
            o, m = ~np.isnan(row), np.isnan(row)
            B = covariance[np.ix_(m, o)] @ np.linalg.inv(covariance[np.ix_(o, o)])
            row[m] = mean[m] + B @ (row[o] - mean[o])
            doubt[np.ix_(m, m)] += covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]
        mean = table.mean(axis=0)
        covariance = ((table - mean).T @ (table - mean) + doubt) / len(x)
        trace.append(log_likelihood(mean, covariance))
        if abs(trace[-1] - trace[-2]) < tol:
            break
    return mean, covariance, trace
""",
    ),
    wrong(
        "em_missing",
        "mean (9.21)",
        "You keep the mean of the recorded entries. Where the gaps lie is no accident: the "
        "filled values move the mean.",
        loop(m_step="mean, ((filled - mean).T @ (filled - mean) + doubt) / len(x)"),
    ),
    wrong(
        "em_missing",
        "conditional covariance (9.21)",
        "You divide each column by the number of its recorded entries. Every row counts in "
        "every column, by its expectation.",
        loop(
            m_step="new, ((filled - new).T @ (filled - new) + doubt) / (~np.isnan(x)).sum(axis=0)"
        ),
    ),
    wrong(
        "em_missing",
        "conditional covariance (9.21)",
        "You add the conditional covariances of all rows to an average over rows. They are to "
        "be averaged too.",
        loop(m_step="new, (filled - new).T @ (filled - new) / len(x) + doubt"),
    ),
    wrong(
        "em_missing",
        "the start",
        "Your start has the covariances of the complete pairs. The question asks for a "
        "diagonal matrix.",
        loop(
            start="np.nanmean(x, axis=0), "
            "np.atleast_2d(np.ma.cov(np.ma.masked_invalid(x).T, bias=True).filled(0))"
        ),
    ),
    wrong(
        "em_missing",
        "log-likelihood of what was recorded (9.22)",
        "You add up the densities of single entries. The recorded entries of a row are correlated.",
        loop(log_p="stats.norm.logpdf(row[o], mean[o], np.sqrt(np.diag(covariance)[o])).sum()"),
    ),
    wrong(
        "em_missing",
        "log-likelihood of what was recorded (9.22)",
        "Your trace is the expected complete-data log-likelihood J. What EM makes climb, and "
        "asked for, is (9.22).",
        loop(
            log_p="stats.multivariate_normal.logpdf(filled[i], mean, covariance) - 0.5 * np.trace("
            "np.linalg.inv(covariance)[np.ix_(m, m)]"
            " @ (covariance[np.ix_(m, m)] - B @ covariance[np.ix_(o, m)]))"
        ),
    ),
    wrong(
        "em_missing",
        "keeps the iteration that stops",
        "You never look at tol.",
        loop(stop="False"),
    ),
    wrong(
        "em_missing",
        "keeps the iteration that stops",
        "You stop after two small gains in a row. The question says the first.",
        loop(stop="len(trace) > 2 and max(abs(np.diff(trace[-3:]))) < tol"),
    ),
    wrong(
        "em_missing",
        "absolute gain, in any units",
        "You add a little to the diagonal of Σ. In other units that is much, and it is not "
        "the maximum.",
        loop(
            m_step="new, ((filled - new).T @ (filled - new) + doubt) / len(x)"
            " + 1e-6 * np.eye(len(new))"
        ),
    ),
    right(
        "em_missing",
        "By raw expected squares, the second form of (9.21), and sweeps.",
        """
def em_missing(x, tol, max_iterations):
    n, d = x.shape

    def row_statistics(row, mu, S):
        log_p = 0.0
        for j in range(d):
            if not np.isnan(row[j]):
                log_p -= 0.5 * (np.log(2 * np.pi * S[j, j]) + (row[j] - mu[j]) ** 2 / S[j, j])
                gain = S[:, j] / S[j, j]
                mu = mu + gain * (row[j] - mu[j])
                S = S - np.outer(gain, S[j])
        return mu, np.outer(mu, mu) + S, log_p

    def sums(mu, S):
        parts = [row_statistics(row, mu, S) for row in x]
        return tuple(sum(part[k] for part in parts) for k in range(3))

    mu = np.array([col[~np.isnan(col)].mean() for col in x.T])
    S = np.diag([col[~np.isnan(col)].var() for col in x.T])
    first, second, log_p = sums(mu, S)
    trace = [log_p]
    while len(trace) <= max_iterations:
        mu = first / n
        S = second / n - np.outer(mu, mu)
        first, second, log_p = sums(mu, S)
        trace.append(log_p)
        if abs(trace[-1] - trace[-2]) < tol:
            break
    return mu.tolist(), S.tolist(), trace
""",
    ),
    right(
        "em_missing",
        "All rows of one pattern of gaps at once.",
        """
def em_missing(x, tol, max_iterations):
    n, d = x.shape
    patterns = {}
    for i, key in enumerate(map(tuple, np.isnan(x))):
        patterns.setdefault(key, []).append(i)

    def e_step(mu, S):
        filled, extra, log_p = x.copy(), np.zeros((d, d)), 0.0
        for key, rows in patterns.items():
            m = np.array(key)
            o, some = ~m, x[rows][:, ~m] - mu[~m]
            K = S[np.ix_(o, o)]
            solved = np.linalg.solve(K, some.T)
            log_p -= 0.5 * len(rows) * np.linalg.slogdet(2 * np.pi * K)[1]
            log_p -= 0.5 * np.sum(some.T * solved)
            filled[np.ix_(rows, m)] = mu[m] + solved.T @ S[np.ix_(o, m)]
            C = S[np.ix_(m, m)] - S[np.ix_(m, o)] @ np.linalg.solve(K, S[np.ix_(o, m)])
            extra[np.ix_(m, m)] += len(rows) * C
        return filled, extra, log_p

    mu, S = np.nanmean(x, axis=0), np.diag(np.nanvar(x, axis=0))
    filled, extra, log_p = e_step(mu, S)
    trace = [log_p]
    for _ in range(max_iterations):
        mu = filled.mean(axis=0)
        S = np.atleast_2d(np.cov(filled.T, bias=True)) + extra / n
        filled, extra, log_p = e_step(mu, S)
        trace.append(log_p)
        if abs(trace[-1] - trace[-2]) < tol:
            break
    return mu, S, np.array(trace)
""",
    ),
    right(
        "em_missing",
        "Row by row with determinants and inverses, raw sums, a loop with a flag.",
        """
def em_missing(x, tol, max_iterations):
    n, d = x.shape
    columns = [column[~np.isnan(column)] for column in x.T]
    mu = np.array([np.mean(column) for column in columns])
    S = np.diag([np.mean((column - m) ** 2) for column, m in zip(columns, mu)])

    def log_likelihood(mu, S):
        total = 0.0
        for row in x:
            o = np.where(~np.isnan(row))[0]
            within, rest = S[o][:, o], row[o] - mu[o]
            total -= np.log(np.linalg.det(2 * np.pi * within)) / 2
            total -= rest @ np.linalg.inv(within) @ rest / 2
        return total

    trace, done = [log_likelihood(mu, S)], False
    while not done and len(trace) <= max_iterations:
        first, second = np.zeros(d), np.zeros((d, d))
        for row in x:
            seen = (~np.isnan(row)).astype(float)
            gain = S @ np.linalg.pinv(S * np.outer(seen, seen))
            full = mu + gain @ (np.where(seen > 0, row - mu, 0.0))
            first += full
            second += np.outer(full, full) + S - gain @ np.diag(seen) @ S
        mu = first / n
        S = second / n - np.outer(mu, mu)
        trace.append(log_likelihood(mu, S))
        done = trace[-1] - trace[-2] < tol and trace[-2] - trace[-1] < tol
    return mu, S, np.array(trace)
""",
    ),
]

JOINT = """
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

LABELS = [
    wrong(
        "e_step_some_labels",
        "a known label is certain (9.30)",
        "You do not use the labels at all. A row whose label was recorded has no doubt left.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    return _posterior(x, weights, means, covariances)
""",
    ),
    wrong(
        "e_step_some_labels",
        "Bayes' rule where it is unknown (9.30)",
        "A label of −1 picks the last row of the identity, so unlabelled rows become certain of "
        "the last component. −1 means unknown.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    return np.eye(len(weights))[labels]
""",
    ),
    wrong(
        "e_step_some_labels",
        "Bayes' rule where it is unknown (9.30)",
        "You give unlabelled rows the prior. They still have their x.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = np.tile(weights, (len(x), 1))
    r[labels >= 0] = np.eye(len(weights))[labels[labels >= 0]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "Bayes' rule where it is unknown (9.30)",
        "You leave out the weights: the prior enters Bayes' rule for unlabelled rows.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, np.ones(len(weights)), means, covariances)
    r[labels >= 0] = np.eye(len(weights))[labels[labels >= 0]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "Bayes' rule where it is unknown (9.30)",
        "You decide for the most probable component of unlabelled rows. The E-step keeps the "
        "doubt.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    guess = _posterior(x, weights, means, covariances).argmax(axis=1)
    return np.eye(len(weights))[np.where(labels >= 0, labels, guess)]
""",
    ),
    wrong(
        "e_step_some_labels",
        "a known label is certain (9.30)",
        "You take every label above 0 as known. 0 is a label too; only −1 is none.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, weights, means, covariances)
    r[labels > 0] = np.eye(len(weights))[labels[labels > 0]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "a known label is certain (9.30)",
        "You read the labels as if they began at 1. They run from 0 to K − 1.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, weights, means, covariances)
    r[labels >= 0] = np.eye(len(weights))[labels[labels >= 0] - 1]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "a known label is certain (9.30)",
        "You set the label's entry to 1 and leave the others as they were, so the row sums to more "
        "than one.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, weights, means, covariances)
    for i, label in enumerate(labels):
        if label >= 0:
            r[i, label] = 1.0
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "finite",
        "Far from every component all densities are 0 in floating point, and 0/0 is no number. "
        "Stay in logs until a row's maximum is taken off.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    p = np.column_stack(
        [
            w * stats.multivariate_normal.pdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    for i, label in enumerate(labels):
        if label >= 0:
            p[i] = np.eye(len(weights))[label]
    return p / p.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_some_labels",
        "finite",
        "You mask the densities and then divide by their sum. Where a labelled row is far from its "
        "own component that sum is 0; by (9.30) no density is needed there at all.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    a = np.column_stack(
        [
            np.log(w) + stats.multivariate_normal.logpdf(x, m, S)
            for w, m, S in zip(weights, means, covariances)
        ]
    )
    p = np.exp(a - a.max(axis=1, keepdims=True))
    for i, label in enumerate(labels):
        if label >= 0:
            p[i, np.arange(len(weights)) != label] = 0
    return p / p.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_some_labels",
        "shape",
        "You return the labelled rows and the unlabelled ones one after the other, for components "
        "in rows. Rows of r are rows of x, in their order.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, weights, means, covariances)
    r[labels >= 0] = np.eye(len(weights))[labels[labels >= 0]]
    return r.T
""",
    ),
    wrong(
        "e_step_some_labels",
        "Bayes' rule where it is unknown (9.30)",
        "You take the weights from the labelled rows. They are given, and an E-step estimates "
        "nothing.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    k = labels >= 0
    w = np.bincount(labels[k], minlength=len(weights)) / max(k.sum(), 1) + 1e-9
    r = _posterior(x, w, means, covariances)
    r[k] = np.eye(len(weights))[labels[k]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "logs first (3.4)",
        "You add a tiny number to densities that are 0 in floating point, so points far away "
        "get equal shares. In logs nothing is lost.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    known = labels >= 0
    p = np.empty((len(x), len(weights)))
    for k, (w, m, S) in enumerate(zip(weights, means, covariances)):
        p[:, k] = w * stats.multivariate_normal(m, S).pdf(x) + 1e-300
    r = p / p.sum(axis=1, keepdims=True)
    r[known] = np.eye(len(weights))[labels[known]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "logs first (3.4)",
        "Where 0/0 comes out you put equal shares. Far points have a posterior too: stay in logs.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    known = labels >= 0
    p = np.empty((len(x), len(weights)))
    for k, (w, m, S) in enumerate(zip(weights, means, covariances)):
        p[:, k] = w * stats.multivariate_normal(m, S).pdf(x)
    r = np.nan_to_num(p / p.sum(axis=1, keepdims=True), nan=1 / len(weights))
    r[known] = np.eye(len(weights))[labels[known]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "a known label is certain (9.30)",
        "You give a known label 0.99. It was recorded, so nothing is left for the others.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, weights, means, covariances)
    known = labels >= 0
    r[known] = 0.01 / len(weights) + 0.99 * np.eye(len(weights))[labels[known]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "a known label is certain (9.30)",
        "You average the label with the posterior. Given the label, what x suggests no longer "
        "matters.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, weights, means, covariances)
    known = labels >= 0
    r[known] = (r[known] + np.eye(len(weights))[labels[known]]) / 2
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "Bayes' rule where it is unknown (9.30)",
        "You use the variances and leave out the covariances.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, weights, means, [np.diag(np.diag(S)) for S in covariances])
    known = labels >= 0
    r[known] = np.eye(len(weights))[labels[known]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "Bayes' rule where it is unknown (9.30)",
        "You give unlabelled rows equal shares. They still have their x.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = np.full((len(x), len(weights)), 1 / len(weights))
    known = labels >= 0
    r[known] = np.eye(len(weights))[labels[known]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "a known label is certain (9.30)",
        "You multiply the posterior by the label and do not normalise: the row sums to less "
        "than one.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, weights, means, covariances)
    known = labels >= 0
    r[known] *= np.eye(len(weights))[labels[known]]
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "no label at all",
        "You take the number of components from the labels that came. Some components may "
        "have none: K is the number of weights.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    r = _posterior(x, weights, means, covariances)
    K = max(labels.max() + 1, 1)
    for i, label in enumerate(labels):
        if label >= 0 or K == 1:
            r[i] = 0.0
            r[i, max(label, 0)] = 1.0
    return r
""",
    ),
    wrong(
        "e_step_some_labels",
        "shape",
        "You return the unlabelled rows only. The labelled ones belong to the answer too.",
        JOINT
        + """
def e_step_some_labels(x, labels, weights, means, covariances):
    return _posterior(x[labels < 0], weights, means, covariances)
""",
    ),
    right(
        "e_step_some_labels",
        "Excluded components get the log-joint −∞; the row's maximum is taken after that.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        factor = np.linalg.cholesky(covariances[k])
        white = linalg.solve_triangular(factor, (x - means[k]).T, lower=True)
        a[:, k] = np.log(weights[k]) - np.log(np.diag(factor)).sum() - 0.5 * (white**2).sum(axis=0)
    excluded = (labels[:, None] >= 0) & (labels[:, None] != np.arange(len(weights)))
    a = np.where(excluded, -np.inf, a)
    return np.exp(a - special.logsumexp(a, axis=1, keepdims=True))
""",
    ),
    right(
        "e_step_some_labels",
        "Row by row, as lists.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    K, rows = len(weights), []
    for row, label in zip(x, labels):
        if label != -1:
            rows.append([float(k == label) for k in range(K)])
            continue
        a = [
            np.log(weights[k]) + stats.multivariate_normal(means[k], covariances[k]).logpdf(row)
            for k in range(K)
        ]
        p = np.exp(np.array(a) - max(a))
        rows.append(list(p / p.sum()))
    return rows
""",
    ),
    right(
        "e_step_some_labels",
        "Quadratic forms by einsum, and a softmax in which labels outweigh everything.",
        """
def e_step_some_labels(x, labels, weights, means, covariances):
    deviations = x[:, None] - means
    forms = np.einsum("nki,kij,nkj->nk", deviations, np.linalg.inv(covariances), deviations)
    a = np.log(weights) - np.linalg.slogdet(covariances)[1] / 2 - forms / 2
    r = special.softmax(a, axis=1)
    for i in range(len(labels)):
        if labels[i] != -1:
            r[i] = 0
            r[i, labels[i]] = 1
    return r
""",
    ),
]

ATTEMPTS = LINKAGE + CONDITIONAL + ROWS + EM + LABELS
