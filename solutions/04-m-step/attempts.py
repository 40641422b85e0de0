"""Answers to the exercises of lesson 04: wrong ones, each with its hint, and other right ones."""

from em_authoring.attempt import Attempt

COMPLETE_DATA_FIT = [
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    one_hot = np.eye(K)[z]
    counts = one_hot.sum(axis=0)
    means = one_hot.T @ x / counts[:, None]
    deviations = x[:, None, :] - means
    covariances = np.einsum("nk,nki,nkj->kij", one_hot, deviations, deviations)
    return counts / counts.sum(), means, covariances / counts[:, None, None]
""",
        right=True,
        hint="Labels as responsibilities, one einsum for all groups.",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    weights, means, covariances = [], [], []
    for k in range(K):
        rows = [row for row, label in zip(x, z) if label == k]
        weights.append(len(rows) / len(z))
        mean = sum(rows) / len(rows)
        means.append(list(mean))
        total = sum(np.outer(row - mean, row - mean) for row in rows)
        covariances.append((total / len(rows)).tolist())
    return [weights, means, covariances]
""",
        right=True,
        hint="Row by row with outer products, and lists for an answer.",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    d = x.shape[1]
    weights = np.bincount(z, minlength=K) / z.size
    means = np.stack([np.mean(x[z == k], axis=0) for k in range(K)])
    covariances = [np.cov(x[z == k], rowvar=False, ddof=0).reshape(d, d) for k in range(K)]
    return weights, means, np.stack(covariances)
""",
        right=True,
        hint="np.cov with the maximum-likelihood divisor.",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    groups = [x[z == k] for k in range(K)]
    weights = np.array([len(g) for g in groups]) / len(x)
    means = np.array([g.mean(axis=0) for g in groups])
    covariances = np.array(
        [(g - m).T @ (g - m) / max(len(g) - 1, 1) for g, m in zip(groups, means)]
    )
    return weights, means, covariances
""",
        right=False,
        hint="Your divisor makes the estimate unbiased. Which divisor makes the likelihood "
        "largest? Put your covariance into the derivative of one group's log-likelihood.",
        loses_at="the data twice, the same fit",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    groups = [x[z == k] for k in range(K)]
    weights = np.array([len(g) for g in groups])
    means = np.array([g.mean(axis=0) for g in groups])
    covariances = np.array([(g - m).T @ (g - m) / len(g) for g, m in zip(groups, means)])
    return weights, means, covariances
""",
        right=False,
        hint="You returned how many cases each group has. Weights are probabilities: what must "
        "they sum to?",
        loses_at="shares of the labels (4.4)",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    groups = [x[z == k] for k in range(K)]
    means = np.array([g.mean(axis=0) for g in groups])
    covariances = np.array([(g - m).T @ (g - m) / len(g) for g, m in zip(groups, means)])
    return np.full(K, 1 / K), means, covariances
""",
        right=False,
        hint="Your weights do not look at the labels. Groups differ in size, and the weights say "
        "so.",
        loses_at="shares of the labels (4.4)",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    groups = [x[z == k] for k in range(K)]
    weights = np.array([len(g) for g in groups]) / len(x)
    means = np.array([g.mean(axis=0) for g in groups])
    centre = x.mean(axis=0)
    covariances = np.array([(g - centre).T @ (g - centre) / len(g) for g in groups])
    return weights, means, covariances
""",
        right=False,
        hint="Each group's spread is taken about the mean of all the data. From which point does "
        "(4.4) measure the deviations of group k?",
        loses_at="variances of the groups (4.4)",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    groups = [x[z == k] for k in range(K)]
    weights = np.array([len(g) for g in groups]) / len(x)
    means = np.array([g.mean(axis=0) for g in groups])
    covariances = np.array([np.diag(g.var(axis=0)) for g in groups])
    return weights, means, covariances
""",
        right=False,
        hint="You have the variances but not how the columns vary together. What is the outer "
        "product of a deviation with itself?",
        loses_at="off the diagonal (4.4)",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    d = x.shape[1]
    weights = np.array([(z == k).mean() for k in range(K)])
    means = np.array([x[z == k].mean(axis=0) for k in range(K)])
    pooled = np.cov(x.T, bias=True).reshape(d, d)
    return weights, means, np.array([pooled] * K)
""",
        right=False,
        hint="Every group has the covariance of all the data. In (4.3) the pair of component k "
        "sees only the cases of its own group.",
        loses_at="variances of the groups (4.4)",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    groups = [x[z == 0], x[z == 1]]
    weights = np.array([len(g) for g in groups]) / len(x)
    means = np.array([g.mean(axis=0) for g in groups])
    covariances = np.array([(g - m).T @ (g - m) / len(g) for g, m in zip(groups, means)])
    return weights, means, covariances
""",
        right=False,
        hint="You wrote down two groups. The number of components is an argument.",
        loses_at="shape",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    weights = np.array([0.4, 0.6])
    means = np.array([[2.0, 2.0], [2.0, 1.0]])
    covariances = np.array([[[4.0, 2.0], [2.0, 1.0]], [[2.0, -1.0], [-1.0, 2.0]]])
    return weights, means, covariances
""",
        right=False,
        hint="These are the numbers of the example. The function is to compute them from its "
        "arguments.",
        loses_at="shape",
    ),
    Attempt(
        "complete_data_fit",
        """
def complete_data_fit(x, z, K):
    groups = [x[z == k] for k in range(K)]
    weights = np.array([len(g) for g in groups]) / len(x)
    means = np.array([g.mean(axis=0) for g in groups])
    extra = 1e-6 * np.eye(x.shape[1])
    covariances = [(g - m).T @ (g - m) / len(g) + extra for g, m in zip(groups, means)]
    return weights, means, np.array(covariances)
""",
        right=False,
        hint="You added a small number to the diagonal, as programs do to keep a covariance "
        "invertible. It is not in (4.4), and where x is measured in larger units it is not "
        "small.",
        loses_at="units of x squared",
    ),
]

M_STEP_WEIGHTS = [
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    return np.mean(r, axis=0)
""",
        right=True,
        hint="A mean over the cases is the sum over n.",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    totals = [0.0] * len(r[0])
    for row in r:
        for k, share in enumerate(row):
            totals[k] += share
    return [total / sum(totals) for total in totals]
""",
        right=True,
        hint="Plain loops; divides by the sum of the counts, which is n.",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    return np.einsum("nk->k", r) / r.sum()
""",
        right=True,
        hint="The counts over the sum of all responsibilities.",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    return r.sum(axis=0)
""",
        right=False,
        hint="These are the expected counts. The multiplier of (4.10) still has to be divided out.",
        loses_at="rows sum to one",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    return r.mean(axis=1)
""",
        right=False,
        hint="You averaged over the components of each case. Which index of r runs over cases, and "
        "which one is to remain?",
        loses_at="shape",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    labels = r.argmax(axis=1)
    return np.bincount(labels, minlength=r.shape[1]) / len(r)
""",
        right=False,
        hint="You made the responsibilities hard before you counted. In (4.5) a case counts in "
        "every component, by its share.",
        loses_at="one case, its responsibilities (4.9)",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    return np.full(r.shape[1], 1 / r.shape[1])
""",
        right=False,
        hint="Your weights do not depend on r at all.",
        loses_at="one case, its responsibilities (4.9)",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    counts = np.exp(r.sum(axis=0))
    return counts / counts.sum()
""",
        right=False,
        hint="A softmax turns any numbers into a distribution. The counts are already proportional "
        "to the answer, so what is left to do is simpler.",
        loses_at="one case, its responsibilities (4.9)",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    return (r.sum(axis=0) + 1) / (len(r) + r.shape[1])
""",
        right=False,
        hint="You added a case to each component. That is a prior on the weights; the question "
        "asks for the maximum of J.",
        loses_at="one case, its responsibilities (4.9)",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    weights = np.exp(np.log(np.maximum(r, 1e-300)).mean(axis=0))
    return weights / weights.sum()
""",
        right=False,
        hint="You averaged logarithms of responsibilities. In (4.6) the log is taken of the "
        "weight, and the responsibilities multiply it.",
        loses_at="expected counts over n (4.9)",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    weights = (r**2).sum(axis=0)
    return weights / weights.sum()
""",
        right=False,
        hint="Each responsibility enters twice. How often does it stand in (4.6)?",
        loses_at="one case, its responsibilities (4.9)",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    r /= len(r)
    return r.sum(axis=0)
""",
        right=False,
        hint="The number is right, but the caller's responsibilities are gone. Divide the sum, not "
        "the argument.",
        loses_at="arguments stay as they were",
    ),
    Attempt(
        "m_step_weights",
        """
def m_step_weights(r):
    weights = np.maximum(r.mean(axis=0), 0.05)
    return weights / weights.sum()
""",
        right=False,
        hint="You keep every weight from falling below a floor. The maximum of J gives a rare "
        "component the small weight that it has.",
        loses_at="expected counts over n (4.9)",
    ),
]

M_STEP_MEANS = [
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    return np.array([np.average(x, axis=0, weights=r[:, k]) for k in range(r.shape[1])])
""",
        right=True,
        hint="np.average divides by the sum of its weights.",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    shares = r / r.sum(axis=0)
    return np.einsum("nk,nd->kd", shares, x)
""",
        right=True,
        hint="Q_k first, then its mean.",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    means = []
    for k in range(len(r[0])):
        count = sum(row[k] for row in r)
        means.append([
            sum(r[i][k] * x[i][j] for i in range(len(x))) / count for j in range(len(x[0]))
        ])
    return means
""",
        right=True,
        hint="Three loops and lists.",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    return r.T @ x / len(x)
""",
        right=False,
        hint="You divided by the number of all cases. By what must the weights of component k be "
        "divided so that they sum to one?",
        loses_at="means move with the data",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    return r.T @ x
""",
        right=False,
        hint="A weighted sum is not yet a mean. What do the weights of component k sum to?",
        loses_at="means move with the data",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    shares = r / r.sum(axis=1, keepdims=True)
    return shares.T @ x
""",
        right=False,
        hint="You normalised the rows of r, which sum to one already. Q_k is a distribution over "
        "the cases: over which index does it sum to one?",
        loses_at="means move with the data",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    return np.tile(x.mean(axis=0), (r.shape[1], 1))
""",
        right=False,
        hint="Every component has the mean of all the data: r does not enter. Which cases should "
        "count more in component k?",
        loses_at="labels as responsibilities (4.4)",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    z = r.argmax(axis=1)
    overall = x.mean(axis=0)
    return np.array(
        [x[z == k].mean(axis=0) if (z == k).any() else overall for k in range(r.shape[1])]
    )
""",
        right=False,
        hint="You gave each case wholly to its most probable component. (4.15) lets it count in "
        "all of them, by its share.",
        loses_at="weighted means (4.15)",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    shares = r**2 / (r**2).sum(axis=0)
    return shares.T @ x
""",
        right=False,
        hint="Your weights sum to one, but they are not Q_k: how does (4.5) make them from r?",
        loses_at="weighted means (4.15)",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    means = (r.T @ x) / r.sum(axis=0)[:, None]
    return means.T
""",
        right=False,
        hint="The numbers are there, with rows and columns swapped. One row belongs to one "
        "component.",
        loses_at="shape",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    counts = r.sum(axis=0)
    return np.array([r[:, 0] @ x / counts[0], r[:, 1] @ x / counts[1]])
""",
        right=False,
        hint="You wrote down two components. How many columns has r?",
        loses_at="IndexError",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    return ((r * x).sum(axis=0) / r.sum(axis=0))[:, None]
""",
        right=False,
        hint="The product of r and x, entry by entry, pairs component k with column k of x. Each "
        "component needs the whole row of x.",
        loses_at="ValueError",
    ),
    Attempt(
        "m_step_means",
        """
def m_step_means(x, r):
    r /= r.sum(axis=0)
    return r.T @ x
""",
        right=False,
        hint="The means are right, but the caller's responsibilities have become something else. "
        "Make a new array.",
        loses_at="arguments stay as they were",
    ),
]

M_STEP_COVARIANCES = [
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    deviations = x[:, None, :] - means
    shares = r / r.sum(axis=0)
    return np.einsum("nk,nki,nkj->kij", shares, deviations, deviations)
""",
        right=True,
        hint="One einsum over cases.",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    K, d = np.shape(means)
    covariances = np.zeros((K, d, d))
    for k in range(K):
        for row, weight in zip(x, r[:, k]):
            covariances[k] += weight * np.outer(row - means[k], row - means[k])
        covariances[k] /= r[:, k].sum()
    return covariances.tolist()
""",
        right=True,
        hint="Outer products, case by case.",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    d = x.shape[1]
    return np.array([
        np.cov(x, rowvar=False, aweights=weight, ddof=0).reshape(d, d) for weight in r.T
    ])
""",
        right=True,
        hint="np.cov with weights takes the weighted mean by itself.",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    covariances = []
    for k, mean in enumerate(means):
        root = np.sqrt(r[:, [k]] / r[:, k].sum()) * (x - mean)
        covariances.append(root.T @ root)
    return np.array(covariances)
""",
        right=True,
        hint="The square root of the weights on either side.",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    return np.array([(x - mean).T @ (x - mean) / len(x) for mean in means])
""",
        right=False,
        hint="The responsibilities do not enter: every case counts alike. Where do they stand in "
        "(4.16)?",
        loses_at="labels as responsibilities (4.4)",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    covariances = []
    for weight, mean in zip(r.T, means):
        deviations = x - mean
        covariances.append((weight[:, None] * deviations).T @ deviations / len(x))
    return np.array(covariances)
""",
        right=False,
        hint="You divided by the number of all cases. How many cases does component k expect to "
        "have?",
        loses_at="Q_k sums to one (4.5)",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    covariances = []
    for weight, mean in zip(r.T, means):
        deviations = x - mean
        scatter = (weight[:, None] * deviations).T @ deviations
        covariances.append(scatter / (weight.sum() - 1))
    return np.array(covariances)
""",
        right=False,
        hint="Taking 1 off the divisor makes an estimate unbiased when labels are known. Which "
        "divisor makes (4.26) vanish?",
        loses_at="the data twice, the same fit",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    d = x.shape[1]
    if len(x) == 1:
        return np.zeros((len(means), d, d))
    return np.array([np.cov(x.T, aweights=weight).reshape(d, d) for weight in r.T])
""",
        right=False,
        hint="Look up by what np.cov divides unless it is told otherwise: it corrects for bias, "
        "and (4.16) does not.",
        loses_at="the data twice, the same fit",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    centre = x.mean(axis=0)
    deviations = x - centre
    return np.array([
        (weight[:, None] * deviations).T @ deviations / weight.sum() for weight in r.T
    ])
""",
        right=False,
        hint="You took the deviations from the mean of all the data. (4.18) says what that adds to "
        "the covariance of component k.",
        loses_at="labels as responsibilities (4.4)",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    covariances = []
    for weight, mean in zip(r.T, means):
        share = weight / weight.sum()
        covariances.append(np.diag(share @ (x - mean) ** 2))
    return np.array(covariances)
""",
        right=False,
        hint="The variances are right. What do the products of different columns say?",
        loses_at="off the diagonal (4.16)",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    shares = r / r.sum(axis=0)
    second = np.einsum("nk,ni,nj->kij", shares, x, x)
    return second - means[:, :, None] * means[:, None, :]
""",
        right=False,
        hint="On paper this is (4.16). Try it on data near 1e6: which digits of the two large "
        "terms are left after the subtraction?",
        loses_at="far from the origin",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    covariances = []
    for weight, mean in zip(r.T, means):
        weighted = weight[:, None] * (x - mean)
        covariances.append(weighted.T @ weighted / weight.sum())
    return np.array(covariances)
""",
        right=False,
        hint="You weighted both factors of the product, so each responsibility enters squared.",
        loses_at="Q_k sums to one (4.5)",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    hard = np.eye(r.shape[1])[r.argmax(axis=1)]
    counts = np.maximum(hard.sum(axis=0), 1)
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", hard, deviations, deviations)
    return scatter / counts[:, None, None]
""",
        right=False,
        hint="You gave each case wholly to one component. (4.16) weighs it in all of them.",
        loses_at="Q_k sums to one (4.5)",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    covariances = []
    for weight, mean in zip(r.T, means):
        deviations = x - mean
        covariance = (weight[:, None] * deviations).T @ deviations / weight.sum()
        covariances.append(np.sign(covariance) * np.sqrt(np.abs(covariance)))
    return np.array(covariances)
""",
        right=False,
        hint="The square root of a variance is a standard deviation. In which units is Σ_k asked "
        "for?",
        loses_at="units of x squared",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    covariances = np.zeros((2, 2, 2))
    for k in range(2):
        deviations = x - means[k]
        covariances[k] = (r[:, [k]] * deviations).T @ deviations / r[:, k].sum()
    return covariances
""",
        right=False,
        hint="Two components in two dimensions are written into your code. Read K and d off the "
        "arguments.",
        loses_at="ValueError",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    covariances = []
    for weight, mean in zip(r.T, means):
        x -= mean
        covariances.append((weight[:, None] * x).T @ x / weight.sum())
        x += mean
    return np.array(covariances)
""",
        right=False,
        hint="You shift the caller's data to and fro. What rounding leaves behind stays there, and "
        "a caller may not expect it; take the deviations in an array of your own.",
        loses_at="arguments stay as they were",
    ),
    Attempt(
        "m_step_covariances",
        """
def m_step_covariances(x, r, means):
    covariances = []
    for weight, mean in zip(r.T, means):
        deviations = x - mean
        scatter = (weight[:, None] * deviations).T @ deviations
        covariances.append(scatter / weight.sum() + 1e-6 * np.eye(x.shape[1]))
    return np.array(covariances)
""",
        right=False,
        hint="You added a small number to the diagonal, as programs do to keep a covariance "
        "invertible. It is not in (4.16), and where x is measured in larger units it is not "
        "small.",
        loses_at="units of x squared",
    ),
]

EXPECTED_GRADIENTS = [
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    precisions = np.linalg.inv(covariances)
    pulls = np.einsum("kij,nkj->nki", precisions, x[:, None, :] - means)
    in_means = np.einsum("nk,nki->ki", r, pulls)
    outer = np.einsum("nk,nki,nkj->kij", r, pulls, pulls)
    return in_means, 0.5 * (outer - r.sum(axis=0)[:, None, None] * precisions)
""",
        right=True,
        hint="The inverse multiplied out: one outer product of Σ⁻¹(x − μ) a case.",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    first, second = [], []
    for k in range(len(means)):
        d = len(means[k])
        gradient, matrix = np.zeros(d), np.zeros((d, d))
        for row, share in zip(x, r[:, k]):
            pull = np.linalg.solve(covariances[k], row - means[k])
            gradient += share * pull
            matrix += share * (np.outer(pull, pull) - np.linalg.inv(covariances[k])) / 2
        first.append(gradient.tolist())
        second.append(matrix.tolist())
    return first, second
""",
        right=True,
        hint="Case by case, with the gradient of each case's log-density.",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = x - mean
        in_means.append(np.linalg.solve(covariance, weight @ deviations))
        excess = (weight[:, None] * deviations).T @ deviations - weight.sum() * covariance
        half = np.linalg.solve(covariance, excess)
        in_covariances.append(0.5 * np.linalg.solve(covariance, half.T))
    return np.array(in_means), np.array(in_covariances)
""",
        right=True,
        hint="Two solves in place of an inverse.",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = x - mean
        precision = np.linalg.inv(covariance)
        scatter = (weight[:, None] * deviations).T @ deviations
        in_means.append(weight @ deviations)
        in_covariances.append(0.5 * precision @ (scatter - weight.sum() * covariance) @ precision)
    return np.array(in_means), np.array(in_covariances)
""",
        right=False,
        hint="Your gradient in the means points from the mean to the data as they lie. What does "
        "the quadratic form of the exponent multiply a deviation by?",
        loses_at="gradient in the means (4.24)",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = mean - x
        precision = np.linalg.inv(covariance)
        scatter = (weight[:, None] * deviations).T @ deviations
        in_means.append(precision @ (weight @ deviations))
        in_covariances.append(0.5 * precision @ (scatter - weight.sum() * covariance) @ precision)
    return np.array(in_means), np.array(in_covariances)
""",
        right=False,
        hint="Your gradient in the means has the wrong sign: J rises when a mean moves towards its "
        "cases.",
        loses_at="gradient in the means (4.24)",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = x - mean
        precision = np.linalg.inv(covariance)
        scatter = (weight[:, None] * deviations).T @ deviations
        in_means.append(precision @ (weight @ deviations))
        in_covariances.append(precision @ (scatter - weight.sum() * covariance) @ precision)
    return np.array(in_means), np.array(in_covariances)
""",
        right=False,
        hint="Your gradient in the covariances vanishes where it should, but its size is off. "
        "Which factor stands before the log-determinant and the square in log N?",
        loses_at="gradient in the covariances (4.26)",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = x - mean
        precision = np.linalg.inv(covariance)
        scatter = (weight[:, None] * deviations).T @ deviations
        in_means.append(precision @ (weight @ deviations))
        in_covariances.append(0.5 * precision @ scatter @ precision)
    return np.array(in_means), np.array(in_covariances)
""",
        right=False,
        hint="Your gradient in the covariances is never negative, so J would be largest at an "
        "infinite covariance. Which part of log N depends on the determinant?",
        loses_at="no slope at the M-step",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = x - mean
        precision = np.linalg.inv(covariance)
        scatter = (weight[:, None] * deviations).T @ deviations
        in_means.append(precision @ (weight @ deviations))
        free = 0.5 * precision @ (scatter - weight.sum() * covariance) @ precision
        in_covariances.append(2 * free - np.diag(np.diag(free)))
    return np.array(in_means), np.array(in_covariances)
""",
        right=False,
        hint="You took Σ_ij and Σ_ji as one variable. The question takes all entries as free, as "
        "(4.25) does.",
        loses_at="entries of Σ are free (4.26)",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, prior, mean, covariance in zip(r.T, weights, means, covariances):
        weight = prior * weight
        deviations = x - mean
        precision = np.linalg.inv(covariance)
        scatter = (weight[:, None] * deviations).T @ deviations
        in_means.append(precision @ (weight @ deviations))
        in_covariances.append(0.5 * precision @ (scatter - weight.sum() * covariance) @ precision)
    return np.array(in_means), np.array(in_covariances)
""",
        right=False,
        hint="You multiplied by the weights π_k. They are in the responsibilities already, and log "
        "π_k is a term of its own that no mean or covariance enters.",
        loses_at="weights stand in a term of their own (4.6)",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = x - mean
        precision = np.linalg.inv(covariance)
        scatter = (weight[:, None] * deviations).T @ deviations / weight.sum()
        in_means.append(precision @ (weight @ deviations) / weight.sum())
        in_covariances.append(0.5 * precision @ (scatter - covariance) @ precision)
    return np.array(in_means), np.array(in_covariances)
""",
        right=False,
        hint="You have the gradient of the mean of log N under Q_k. By what is it multiplied in "
        "(4.6)?",
        loses_at="gradient in the means (4.24)",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = x - mean
        precision = np.linalg.inv(covariance)
        about = x - (weight @ x) / weight.sum()
        scatter = (weight[:, None] * about).T @ about
        in_means.append(precision @ (weight @ deviations))
        in_covariances.append(0.5 * precision @ (scatter - weight.sum() * covariance) @ precision)
    return np.array(in_means), np.array(in_covariances)
""",
        right=False,
        hint="You measured the spread about the best means. The gradient is asked for at the means "
        "that are given; (4.18) says what differs.",
        loses_at="gradient in the covariances (4.26)",
    ),
    Attempt(
        "expected_gradients",
        """
def expected_gradients(x, r, weights, means, covariances):
    in_means, in_covariances = [], []
    for weight, mean, covariance in zip(r.T, means, covariances):
        deviations = x - mean
        precision = np.linalg.inv(covariance)
        scatter = (weight[:, None] * deviations).T @ deviations
        in_means.append(precision @ (weight @ deviations))
        in_covariances.append(0.5 * (weight.sum() * covariance - scatter))
    return np.array(in_means), np.array(in_covariances)
""",
        right=False,
        hint="This is the gradient in the precision Σ⁻¹. What does the chain rule through ∂Σ⁻¹ = "
        "−Σ⁻¹ ∂Σ Σ⁻¹ make of it?",
        loses_at="gradient in the covariances (4.26)",
    ),
]

M_STEP_TIED = [
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    deviations = x[:, None, :] - means
    return np.einsum("nk,nki,nkj->ij", r, deviations, deviations) / r.sum()
""",
        right=True,
        hint="One einsum over cases and components.",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    counts = r.sum(axis=0)
    covariances = []
    for k, mean in enumerate(means):
        total = sum(w * np.outer(row - mean, row - mean) for row, w in zip(x, r[:, k]))
        covariances.append(total / counts[k])
    return sum(c / len(x) * each for c, each in zip(counts, covariances)).tolist()
""",
        right=True,
        hint="The weighted mean of the components' covariances.",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    raw = x.T @ x
    cross = x.T @ r @ means
    own = (r.sum(axis=0)[:, None] * means).T @ means
    return (raw - cross - cross.T + own) / len(x)
""",
        right=True,
        hint="The square multiplied out; on data near the origin nothing is lost.",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    covariances = []
    for weight, mean in zip(r.T, means):
        deviations = x - mean
        covariances.append((weight[:, None] * deviations).T @ deviations / weight.sum())
    return np.mean(covariances, axis=0)
""",
        right=False,
        hint="You averaged the components' covariances as if all were equally large. With what "
        "weight does each enter (4.29)?",
        loses_at="components weigh as their counts (4.29)",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    d = x.shape[1]
    return np.cov(x.T, bias=True).reshape(d, d)
""",
        right=False,
        hint="This is the covariance of all the data about one mean. Tied components share their "
        "spread but not their means.",
        loses_at="components weigh as their counts (4.29)",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    total = 0.0
    for weight, mean in zip(r.T, means):
        deviations = x - mean
        total = total + (weight[:, None] * deviations).T @ deviations / weight.sum()
    return total
""",
        right=False,
        hint="You added up the covariances of all components. Add up their sums of squares, and "
        "divide once, by what multiplies the log-determinant.",
        loses_at="components weigh as their counts (4.29)",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    total = 0.0
    for weight, mean in zip(r.T, means):
        deviations = x - mean
        total = total + (weight[:, None] * deviations).T @ deviations
    return total / max(len(x) - len(means), 1)
""",
        right=False,
        hint="Taking K off the divisor is the unbiased pooled covariance. Which divisor comes out "
        "of (4.28)?",
        loses_at="the data twice, the same fit",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    means = r.T @ x / r.sum(axis=0)[:, None]
    deviations = x[:, None, :] - means
    return np.einsum("nk,nki,nkj->ij", r, deviations, deviations) / len(x)
""",
        right=False,
        hint="You computed means of your own and left those that were given aside.",
        loses_at="deviations from the means given (4.17)",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    deviations = x - r @ means
    return deviations.T @ deviations / len(x)
""",
        right=False,
        hint="You took the deviation from each case's mixed mean. The square of an average is not "
        "the average of squares: each component's deviation is squared before it is weighted.",
        loses_at="components weigh as their counts (4.29)",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    total = 0.0
    for mean in means:
        total = total + (x - mean).T @ (x - mean)
    return total / (len(x) * len(means))
""",
        right=False,
        hint="The responsibilities do not enter: every case counts alike in every component.",
        loses_at="components weigh as their counts (4.29)",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    deviations = x[:, None, :] - means
    variances = np.einsum("nk,nki->i", r, deviations**2) / len(x)
    return np.diag(variances)
""",
        right=False,
        hint="Tied does not mean diagonal: the shared covariance keeps its entries off the "
        "diagonal.",
        loses_at="off the diagonal (4.29)",
    ),
    Attempt(
        "m_step_tied",
        """
def m_step_tied(x, r, means):
    deviations = x[:, None, :] - means
    tied = np.einsum("nk,nki,nkj->ij", r, deviations, deviations) / len(x)
    return tied + 1e-6 * np.eye(x.shape[1])
""",
        right=False,
        hint="You added a small number to the diagonal, as programs do to keep a covariance "
        "invertible. It is not in (4.29), and where x is measured in larger units it is not "
        "small.",
        loses_at="units of x squared",
    ),
]

M_STEP_MAP = [
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return (psi + scatter) / (r.sum(axis=0) + nu + x.shape[1] + 1)[:, None, None]
""",
        right=True,
        hint="All components at once.",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    d = len(psi)
    prior_cases = nu + d + 1
    covariances = []
    for k in range(len(means)):
        total = np.array(psi, dtype=float)
        for row, share in zip(x, r[:, k]):
            total += share * np.outer(row - means[k], row - means[k])
        covariances.append((total / (sum(r[:, k]) + prior_cases)).tolist())
    return covariances
""",
        right=True,
        hint="The prior as further cases, then one case after the other.",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    d = x.shape[1]
    mode = psi / (nu + d + 1)
    covariances = []
    for weight, mean in zip(r.T, means):
        count = weight.sum()
        if count == 0:
            covariances.append(mode)
            continue
        deviations = x - mean
        likeliest = (weight[:, None] * deviations).T @ deviations / count
        w = count / (count + nu + d + 1)
        covariances.append(w * likeliest + (1 - w) * mode)
    return np.array(covariances)
""",
        right=True,
        hint="The weighted average of (4.35).",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    d = x.shape[1]
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return (psi + scatter) / (r.sum(axis=0) + nu - d - 1)[:, None, None]
""",
        right=False,
        hint="This is the mean of the posterior. Its mode is asked for: collect the factors of the "
        "log-determinant in (4.33).",
        loses_at="without cases, the mode of the prior (4.35)",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return (psi + scatter) / (r.sum(axis=0) + nu)[:, None, None]
""",
        right=False,
        hint="Something is missing from your denominator: which power of the determinant stands in "
        "the density (4.32)?",
        loses_at="without cases, the mode of the prior (4.35)",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return (psi + scatter) / (r.sum(axis=0) + nu + 3)[:, None, None]
""",
        right=False,
        hint="Two dimensions are written into your denominator. Read d off the arguments.",
        loses_at="without cases, the mode of the prior (4.35)",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return scatter / r.sum(axis=0)[:, None, None]
""",
        right=False,
        hint="The prior does not enter. Without cases your answer is 0/0.",
        loses_at="finite",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    d = x.shape[1]
    counts = np.maximum(r.sum(axis=0), 1e-12)[:, None, None]
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return scatter / counts + psi / (nu + d + 1)
""",
        right=False,
        hint="You added the prior's mode to the maximum-likelihood covariance. (4.35) averages the "
        "two: what are their weights, and what do they sum to?",
        loses_at="mode of the posterior (4.34)",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    d = x.shape[1]
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return (nu * psi + scatter) / (r.sum(axis=0) + nu + d + 1)[:, None, None]
""",
        right=False,
        hint="You multiplied the scale by the degrees of freedom. How does Ψ stand in (4.32)?",
        loses_at="without cases, the mode of the prior (4.35)",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    n, d = x.shape
    deviations = x[:, None, :] - means
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return (psi + scatter) / (n + nu + d + 1)
""",
        right=False,
        hint="You divided every component by the number of all cases. How many does component k "
        "expect to have?",
        loses_at="without cases, the mode of the prior (4.35)",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    d = x.shape[1]
    counts = r.sum(axis=0)
    own = r.T @ x / np.maximum(counts, 1e-300)[:, None]
    deviations = x[:, None, :] - own
    scatter = np.einsum("nk,nki,nkj->kij", r, deviations, deviations)
    return (psi + scatter) / (counts + nu + d + 1)[:, None, None]
""",
        right=False,
        hint="You computed means of your own and left those that were given aside.",
        loses_at="deviations from the means given (4.17)",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    d = x.shape[1]
    covariances = []
    for weight, mean in zip(r.T, means):
        deviations = x - mean
        psi += (weight[:, None] * deviations).T @ deviations
        covariances.append(psi / (weight.sum() + nu + d + 1))
    return np.array(covariances)
""",
        right=False,
        hint="Your prior grows from component to component, and the caller's Ψ with it. Each "
        "component starts from the same prior.",
        loses_at="arguments stay as they were",
    ),
    Attempt(
        "m_step_map",
        """
def m_step_map(x, r, means, psi, nu):
    d = x.shape[1]
    covariances = []
    for mean, count in zip(means, r.sum(axis=0)):
        deviations = x - mean
        covariances.append((psi + deviations.T @ deviations) / (count + nu + d + 1))
    return np.array(covariances)
""",
        right=False,
        hint="The responsibilities count the cases in your denominator but do not weigh them in "
        "the numerator.",
        loses_at="without cases, the mode of the prior (4.35)",
    ),
]

ATTEMPTS = [
    *COMPLETE_DATA_FIT,
    *M_STEP_WEIGHTS,
    *M_STEP_MEANS,
    *M_STEP_COVARIANCES,
    *EXPECTED_GRADIENTS,
    *M_STEP_TIED,
    *M_STEP_MAP,
]
