"""Answers that people give to the exercises of lesson 11, wrong and right."""

from em_authoring.attempt import Attempt


def replaced(source, *replacements):
    """A right answer with some of its lines replaced."""
    for old, new in replacements:
        if source.count(old) != 1:
            raise ValueError(f"{old!r} is there {source.count(old)} times, not once.")
        source = source.replace(old, new)
    return source


def wrong(exercise, source, loses_at, hint, *replacements):
    return Attempt(exercise, replaced(source, *replacements), False, hint, loses_at)


def right(exercise, source, hint):
    return Attempt(exercise, source, True, hint)


ADDED = """
def merge(a, b):
    c = a[0] + b[0]
    s = a[1] + b[1]
    S = a[2] + b[2]
    log_p = a[3] + b[3]
    return c, s, S, log_p
"""

MERGE = [
    right("merge", ADDED, "Four sums, one a line."),
    right(
        "merge",
        """
def merge(a, b):
    result = [np.array(part, dtype=float) for part in a]
    for i, part in enumerate(b):
        result[i] = np.add(result[i], part)
    return result
""",
        "A list of copies, added to.",
    ),
    right(
        "merge",
        """
def merge(a, b):
    whole = []
    for part, other in zip(a, b):
        whole.append(np.sum([part, other], axis=0).tolist())
    return tuple(whole)
""",
        "Nested lists.",
    ),
    wrong(
        "merge",
        ADDED,
        "parts",
        "You left out the log-likelihood. A loop wants it for its trace, and it adds as well.",
        ("return c, s, S, log_p", "return c, s, S"),
    ),
    wrong(
        "merge",
        ADDED,
        "second moments add (11.2)",
        "You took the mean's part off the second moments, as (11.5) does. The M-step does that, "
        "once; sums about one centre just add.",
        (
            "S = a[2] + b[2]\n",
            "S = a[2] + b[2] - s[:, :, None] * s[:, None, :] / c[:, None, None]\n",
        ),
    ),
    wrong(
        "merge",
        ADDED,
        "second moments add (11.2)",
        "You averaged the second moments. By (11.1) they are sums over rows.",
        ("S = a[2] + b[2]\n", "S = (a[2] + b[2]) / 2\n"),
    ),
    wrong(
        "merge",
        ADDED,
        "counts add (11.2)",
        "You return the result of an M-step: weights, means and covariances. Asked for are the "
        "statistics, which the next block can still be added to.",
        (
            "    return c, s, S, log_p\n",
            "    u = s / c[:, None]\n"
            "    spread = S / c[:, None, None] - u[:, :, None] * u[:, None, :]\n"
            "    return c / c.sum(), u, spread, log_p\n",
        ),
    ),
    wrong(
        "merge",
        ADDED,
        "parts",
        "The plus sign of tuples puts one behind the other. Add part by part.",
        (ADDED.split("b):\n")[1], "    return a + b\n"),
    ),
    wrong(
        "merge",
        ADDED,
        "log-likelihoods add (11.2)",
        "You average the log-likelihoods. They are sums over rows, by (11.1).",
        ("a[3] + b[3]", "(a[3] + b[3]) / 2"),
    ),
    wrong(
        "merge",
        ADDED,
        "log-likelihoods add (11.2)",
        "You add the likelihoods, not their logarithms. Rows are independent: what happens to the "
        "probability of two blocks together?",
        ("a[3] + b[3]", "np.logaddexp(a[3], b[3])"),
    ),
    wrong(
        "merge",
        ADDED,
        "log-likelihoods add (11.2)",
        "You kept the log-likelihood of one block only.",
        ("a[3] + b[3]", "b[3]"),
    ),
    wrong(
        "merge",
        ADDED,
        "counts add (11.2)",
        "You made the counts sum to one. They are the numbers of rows that a component expects.",
        ("c = a[0] + b[0]\n", "c = (a[0] + b[0]) / (a[0] + b[0]).sum()\n"),
    ),
    wrong(
        "merge",
        ADDED,
        "first moments add (11.2)",
        "You weight the first moments by the counts, as one does with means. s_k is a sum already.",
        ("s = a[1] + b[1]\n", "s = (a[0][:, None] * a[1] + b[0][:, None] * b[1]) / c[:, None]\n"),
    ),
    wrong(
        "merge",
        ADDED,
        "second moments add (11.2)",
        "You weight the second moments by the counts, as one does with covariances. S_k is a sum "
        "already.",
        (
            "S = a[2] + b[2]\n",
            "S = a[0][:, None, None] * a[2] + b[0][:, None, None] * b[2]\n"
            "    S = S / c[:, None, None]\n",
        ),
    ),
    wrong(
        "merge",
        ADDED,
        "second moments add (11.2)",
        "You add the scatter between the blocks, (11.6). That is for moments about each block's "
        "own mean; these are about one centre.",
        (
            "S = a[2] + b[2]\n",
            "gap = a[1] / a[0][:, None] - b[1] / b[0][:, None]\n"
            "    share = (a[0] * b[0] / c)[:, None, None]\n"
            "    S = a[2] + b[2] + share * gap[:, :, None] * gap[:, None, :]\n",
        ),
    ),
    wrong(
        "merge",
        ADDED,
        "arguments stay as they were",
        "The += of an array changes the array itself, here the caller's. Write a + b.",
        ("c = a[0] + b[0]\n", "c = a[0]\n    c += b[0]\n"),
    ),
    wrong(
        "merge",
        ADDED,
        "second moments add (11.2)",
        "You keep the diagonal of the second moments only. All of S_k adds.",
        ("S = a[2] + b[2]\n", "S = (a[2] + b[2]) * np.eye(a[1].shape[1])\n"),
    ),
]

LOOP = """
def em_blocks(blocks, start, iterations):
    weights, means, covariances = start
    K, d = means.shape
    trace = []
    for t in range(iterations + 1):
        c, s, S, log_p = np.zeros(K), np.zeros((K, d)), np.zeros((K, d, d)), 0.0
        centre = means
        for x in blocks:
            a = log_joint(x, weights, means, covariances)
            top = a.max(axis=1, keepdims=True)
            p = np.exp(a - top)
            total = p.sum(axis=1, keepdims=True)
            r = p / total
            c = c + r.sum(axis=0)
            for k in range(K):
                deviations = x - centre[k]
                s[k] += r[:, k] @ deviations
                S[k] += (r[:, k, None] * deviations).T @ deviations
            log_p += float((top + np.log(total)).sum())
        trace.append(log_p)
        if t == iterations:
            break
        shift = s / c[:, None]
        weights = c / c.sum()
        means = centre + shift
        covariances = S / c[:, None, None] - shift[:, :, None] * shift[:, None, :]
    return (weights, means, covariances), np.array(trace)
"""

EVERY = "log_p += float((top + np.log(total)).sum())"

EM_BLOCKS = [
    right("em_blocks", LOOP, "One loop over iterations, one over blocks, one over components."),
    right(
        "em_blocks",
        """
def em_blocks(blocks, start, iterations):
    theta, trace = start, []
    for t in range(iterations + 1):
        joints = [log_joint(x, *theta) for x in blocks]
        trace.append(sum(special.logsumexp(a, axis=1).sum() for a in joints))
        if t < iterations:
            shares = [special.softmax(a, axis=1) for a in joints]
            c = sum(r.sum(axis=0) for r in shares)
            means = sum(r.T @ x for r, x in zip(shares, blocks)) / c[:, None]
            around = [
                sum((r[:, k] * (x - means[k]).T) @ (x - means[k]) for r, x in zip(shares, blocks))
                for k in range(len(c))
            ]
            theta = c / c.sum(), means, np.array(around) / c[:, None, None]
    return theta, trace
""",
        "Two passes over the blocks an iteration: the means first, then deviations from them.",
    ),
    right(
        "em_blocks",
        """
def em_blocks(blocks, start, iterations):
    x = np.concatenate(blocks)
    (weights, means, covariances), trace = start, []
    while True:
        a = log_joint(x, weights, means, covariances)
        trace.append(np.logaddexp.reduce(a, axis=1).sum())
        if len(trace) > iterations:
            return (weights, means, covariances), trace
        r = np.exp(a - np.logaddexp.reduce(a, axis=1)[:, None])
        weights, means = r.mean(axis=0), np.array([np.average(x, axis=0, weights=q) for q in r.T])
        covariances = np.array(
            [np.cov(x.T, aweights=q, ddof=0).reshape(x.shape[1], -1) for q in r.T]
        )
""",
        "All blocks joined: the same numbers, though not with less memory.",
    ),
    right(
        "em_blocks",
        """
def em_blocks(blocks, start, iterations):
    theta, trace = start, []
    for t in range(iterations + 1):
        total = None
        log_p = 0.0
        for x in blocks:
            a = log_joint(x, *theta)
            log_density = np.logaddexp.reduce(a, axis=1)
            log_p += log_density.sum()
            r = np.exp(a - log_density[:, None])
            c = r.sum(axis=0)
            means = r.T @ x / c[:, None]
            u = x[:, None] - means
            scatter = np.einsum("nk,nki,nkj->kij", r, u, u)
            if total is None:
                total = c, means, scatter
                continue
            count, mean, M = total
            gap, both = means - mean, count + c
            between = (count * c / both)[:, None, None] * gap[:, :, None] * gap[:, None, :]
            total = both, mean + (c / both)[:, None] * gap, M + scatter + between
        trace.append(log_p)
        if t < iterations:
            theta = total[0] / total[0].sum(), total[1], total[2] / total[0][:, None, None]
    return theta, trace
""",
        "Each block about its own means, merged by (11.6).",
    ),
    right(
        "em_blocks",
        """
def em_blocks(blocks, start, iterations):
    (weights, means, covariances), origin, trace = start, blocks[0][0], []
    means, moved = means - origin, [x - origin for x in blocks]
    for _ in range(iterations):
        joints = [log_joint(x, weights, means, covariances) for x in moved]
        trace.append(sum(special.logsumexp(a, axis=1).sum() for a in joints))
        shares = [special.softmax(a, axis=1) for a in joints]
        c = sum(r.sum(axis=0) for r in shares)
        means = sum(r.T @ x for r, x in zip(shares, moved)) / c[:, None]
        S = sum(np.einsum("nk,ni,nj->kij", r, x, x) for r, x in zip(shares, moved))
        covariances = S / c[:, None, None] - np.einsum("ki,kj->kij", means, means)
        weights = c / sum(map(len, moved))
    last = [log_joint(x, weights, means, covariances) for x in moved]
    trace.append(sum(special.logsumexp(a, axis=1).sum() for a in last))
    return [weights, means + origin, covariances], trace
""",
        "All rows moved once, so that one of them is the origin.",
    ),
    wrong(
        "em_blocks",
        LOOP,
        "covariances (11.3)",
        "You average the blocks' covariances, each about the block's own means. What is the last "
        "term of (11.6)?",
        (
            "                S[k] += (r[:, k, None] * deviations).T @ deviations\n",
            "                own = x - r[:, k] @ x / r[:, k].sum()\n"
            "                S[k] += (r[:, k, None] * own).T @ own\n",
        ),
        (" - shift[:, :, None] * shift[:, None, :]", ""),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "means (11.3)",
        "Each block's moments are about the block's own means, and you add them as they are. "
        "Statistics add about one centre; move them there first, by (11.4).",
        ("deviations = x - centre[k]", "deviations = x - r[:, k] @ x / r[:, k].sum()"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "covariances (11.3)",
        "You divide by c_k − 1. The maximum likelihood estimate divides by c_k.",
        ("S / c[:, None, None] -", "S / (c[:, None, None] - 1) -"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "covariances (11.3)",
        "You added something to the diagonal of the covariances. The M-step (11.3) has no such "
        "term.",
        (
            "- shift[:, :, None] * shift[:, None, :]",
            "- shift[:, :, None] * shift[:, None, :] + 1e-3 * np.eye(d)",
        ),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "weights (11.3)",
        "You divide the counts by the rows of the last block. Which n is meant in (11.3)?",
        ("weights = c / c.sum()", "weights = c / len(x)"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "weights (11.3)",
        "Your weights stay as they were at the start.",
        ("        weights = c / c.sum()\n", ""),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "weights (11.3)",
        "You normalise over the rows of a block. Responsibilities sum to one in each row, over "
        "the components.",
        ("r = p / total\n", "r = p / p.sum(axis=0)\n"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "weights (11.3)",
        "You leave out the weights in the responsibilities; log_joint has them in it.",
        ("r = p / total\n", "r = special.softmax(a - np.log(weights), axis=1)\n"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "the last value is that of θ",
        "Your E-step is at the start in every iteration. It belongs to the newest θ.",
        (
            "a = log_joint(x, weights, means, covariances)",
            "a = log_joint(x, *start)",
        ),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "log-likelihood of all blocks (11.2)",
        "You skip blocks that have fewer rows than there are components. Their statistics count "
        "like all others.",
        (
            "        for x in blocks:\n",
            "        for x in blocks:\n            if len(x) < K:\n                continue\n",
        ),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "arguments stay as they were",
        "The += of an array changes the array itself: the means of the start, here. Write "
        "means = means + shift.",
        ("means = centre + shift", "means += shift"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "logs first (3.4)",
        "You add a tiny number so that nothing is divided by 0. Far from all components that "
        "number is then the answer. Take each row's maximum off before you exponentiate.",
        ("p = np.exp(a - top)", "p = np.exp(a) + 1e-300"),
        ("(top + np.log(total))", "np.log(total)"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "log-likelihood of all blocks (11.2)",
        "Your trace holds the log-likelihood of the last block. Add it over the blocks.",
        (EVERY, EVERY.replace("+=", "=")),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "log-likelihood of all blocks (11.2)",
        "Your trace holds averages over rows. log p(D; θ) is a sum.",
        ("trace.append(log_p)", "trace.append(log_p / sum(map(len, blocks)))"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "log-likelihood of all blocks (11.2)",
        "You average the blocks' log-likelihoods. They add, by (11.2).",
        ("trace.append(log_p)", "trace.append(log_p / len(blocks))"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "iterations + 1 values",
        "Your trace lacks a value. How many parameters are there from the start to the last "
        "iteration?",
        ("        if t == iterations:\n            break\n", ""),
        ("range(iterations + 1)", "range(iterations)"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "no iteration, the start",
        "You make one M-step more than was asked for. What is the result of no iterations?",
        ("        if t == iterations:\n            break\n", ""),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "one block",
        "Your sums still hold those of the iterations before. Statistics add at one θ_t only: "
        "start them at zero in each pass.",
        (
            "    for t in range(iterations + 1):\n"
            "        c, s, S, log_p = np.zeros(K), np.zeros((K, d)), np.zeros((K, d, d)), 0.0\n",
            "    c, s, S = np.zeros(K), np.zeros((K, d)), np.zeros((K, d, d))\n"
            "    for t in range(iterations + 1):\n        log_p = 0.0\n",
        ),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "weights (11.3)",
        "Each block counts alike, however many rows it has. Statistics are sums, not averages.",
        ("r = p / total\n", "r = p / total / len(x)\n"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "covariances (11.3)",
        "Your covariances are about the old means. Which term of (11.3) moves them to the new?",
        (" - shift[:, :, None] * shift[:, None, :]", ""),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "means (11.3)",
        "s_k/c_k is the mean's distance from the centre. Where is the centre?",
        ("means = centre + shift", "means = shift"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "far from the origin (11.7)",
        "Your moments are raw. By (11.7) they lose all digits of the variance when the data lie "
        "far from the origin; take them about the current means.",
        ("        centre = means\n", "        centre = np.zeros((K, d))\n"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "covariances (11.3)",
        "Your covariances have no entries off the diagonal.",
        (
            "S[k] += (r[:, k, None] * deviations).T @ deviations",
            "S[k] += np.diag(r[:, k] @ deviations**2)",
        ),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "finite",
        "Far from all components every density is 0 in floating point, and 0/0 is no "
        "responsibility. Take each row's maximum off before you exponentiate.",
        ("top = a.max(axis=1, keepdims=True)", "top = 0.0"),
    ),
    wrong(
        "em_blocks",
        LOOP,
        "finite",
        "One row's log-joint may lie thousands below another's. The maximum to take off is that of "
        "the row, not of the block.",
        ("top = a.max(axis=1, keepdims=True)", "top = np.full((len(x), 1), a.max())"),
    ),
    wrong(
        "em_blocks",
        """
def em_blocks(blocks, start, iterations):
    def one_pass(x, theta):
        a = log_joint(x, *theta)
        log_density = special.logsumexp(a, axis=1, keepdims=True)
        r = np.exp(a - log_density)
        c = r.sum(axis=0)
        means = r.T @ x / c[:, None]
        around = [(q * (x - m).T) @ (x - m) / q.sum() for q, m in zip(r.T, means)]
        return (c / len(x), means, np.array(around)), log_density.sum()

    theta, trace = start, []
    for _ in range(iterations + 1):
        passes = [one_pass(x, theta) for x in blocks]
        trace.append(sum(value for _, value in passes))
        last = theta
        sizes = np.array([len(x) for x in blocks]) / sum(map(len, blocks))
        theta = tuple(
            sum(size * fitted[i] for size, (fitted, _) in zip(sizes, passes)) for i in range(3)
        )
    return last, trace
""",
        "means (11.3)",
        "You make an M-step in every block and average the parameters. Averages of means forget "
        "how much of a component each block holds: add statistics, then make one M-step.",
    ),
    wrong(
        "em_blocks",
        """
def em_blocks(blocks, start, iterations):
    def statistics(x, theta):
        a = log_joint(x, *theta)
        log_density = special.logsumexp(a, axis=1, keepdims=True)
        r = np.exp(a - log_density)
        u = x[:, None, :] - start[1]
        S = np.einsum("nk,nki,nkj->kij", r, u, u)
        return [r.sum(axis=0), np.einsum("nk,nki->ki", r, u), S], log_density.sum()

    def m_step(parts):
        c, s, S = (sum(each) for each in zip(*parts))
        u = s / c[:, None]
        return c / c.sum(), start[1] + u, S / c[:, None, None] - u[:, :, None] * u[:, None, :]

    theta = start
    trace = [sum(statistics(x, theta)[1] for x in blocks)]
    parts = [statistics(x, theta)[0] for x in blocks]
    for _ in range(iterations):
        for j, x in enumerate(blocks):
            parts[j] = statistics(x, theta)[0]
            theta = m_step(parts)
        trace.append(sum(statistics(x, theta)[1] for x in blocks))
    return theta, trace
""",
        "weights (11.3)",
        "You make an M-step after each block. That is incremental EM; an iteration of EM makes one "
        "after all of them, (11.8).",
    ),
]

ONLINE = """
def online_step(statistics, block, theta, step):
    a = log_joint(block, *theta)
    p = np.exp(a - a.max(axis=1, keepdims=True))
    r = p / p.sum(axis=1, keepdims=True)
    n, d = block.shape
    K = len(theta[0])
    seen_c = r.sum(axis=0) / n
    seen_s = r.T @ block / n
    seen_S = np.zeros((K, d, d))
    for k in range(K):
        seen_S[k] = (r[:, k, None] * block).T @ block / n
    c = (1 - step) * statistics[0] + step * seen_c
    s = (1 - step) * statistics[1] + step * seen_s
    S = (1 - step) * statistics[2] + step * seen_S
    means = s / c[:, None]
    covariances = np.zeros((K, d, d))
    for k in range(K):
        covariances[k] = S[k] / c[k] - np.outer(means[k], means[k])
    return (c, s, S), (c, means, covariances)
"""

ONLINE_STEP = [
    right("online_step", ONLINE, "Every sum written out."),
    right(
        "online_step",
        """
def online_step(statistics, block, theta, step):
    r = special.softmax(log_joint(block, *theta), axis=1)
    squares = block[:, :, None] * block[:, None, :]
    seen = [np.tensordot(r, part, (0, 0)) for part in (np.ones(len(block)), block, squares)]
    mixed = [(1 - step) * np.array(a) + step * b / len(block) for a, b in zip(statistics, seen)]
    c = mixed[0].reshape(-1, 1)
    means = mixed[1] / c
    spread = np.einsum("ki,kj->kij", means, means)
    return mixed, [mixed[0] / mixed[0].sum(), means, mixed[2] / c[:, :, None] - spread]
""",
        "Tensor products and lists in place of tuples.",
    ),
    right(
        "online_step",
        """
def online_step(statistics, block, theta, step):
    (c0, s0, S0), r = statistics, special.softmax(log_joint(block, *theta), axis=1)
    old, new = s0 / c0[:, None], r.T @ block / r.sum(axis=0)[:, None]
    u = block[:, None] - new
    scatter = np.einsum("nk,nki,nkj->kij", r, u, u) / len(block)
    a, b = (1 - step) * c0, step * r.mean(axis=0)
    c, gap = a + b, new - old
    means = (a[:, None] * old + b[:, None] * new) / c[:, None]
    M = (1 - step) * (S0 - c0[:, None, None] * old[:, :, None] * old[:, None, :])
    M = M + step * scatter + (a * b / c)[:, None, None] * gap[:, :, None] * gap[:, None, :]
    raw = M + c[:, None, None] * means[:, :, None] * means[:, None, :]
    return (c, c[:, None] * means, raw), (c, means, M / c[:, None, None])
""",
        "Scatters about the means, merged by (11.6), and moved back to 0 at the end.",
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "You make a step with γ for every row. (11.16) makes one for the whole block.",
        (
            ONLINE.split("step):\n")[1],
            "    c, s, S = statistics\n"
            "    for x in block:\n"
            "        r = special.softmax(log_joint(x[None], *theta), axis=1)[0]\n"
            "        c = (1 - step) * c + step * r\n"
            "        s = (1 - step) * s + step * r[:, None] * x\n"
            "        S = (1 - step) * S + step * r[:, None, None] * np.outer(x, x)\n"
            "    m = s / c[:, None]\n"
            "    v = S / c[:, None, None] - m[:, :, None] * m[:, None, :]\n"
            "    return (c, s, S), (c, m, v)\n",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "You keep covariances in the place of second moments. S is Σ r x xᵀ a row.",
        ("return (c, s, S), ", "return (c, s, covariances), "),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "You divide the block's first moments by its counts. (11.16) divides all three sums by "
        "the number of rows.",
        ("seen_s = r.T @ block / n", "seen_s = r.T @ block / r.sum(axis=0)[:, None]"),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "Your second moments leave out the responsibilities.",
        ("(r[:, k, None] * block).T @ block / n", "block.T @ block / n"),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "You assign each row to one component. The E-step shares it out.",
        (
            "r = p / p.sum(axis=1, keepdims=True)",
            "r = np.eye(p.shape[1])[p.argmax(axis=1)]",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "You normalise over the rows of the block. Responsibilities sum to one in each row, over "
        "the components.",
        ("r = p / p.sum(axis=1, keepdims=True)", "r = p / p.sum(axis=0)"),
    ),
    wrong(
        "online_step",
        ONLINE,
        "weights (11.16)",
        "Your weights are those that were passed. The M-step renews them too.",
        ("(c, means, covariances)\n", "(theta[0], means, covariances)\n"),
    ),
    wrong(
        "online_step",
        ONLINE,
        "covariances (11.16)",
        "Your covariances have no entries off the diagonal.",
        (
            "np.outer(means[k], means[k])",
            "np.outer(means[k], means[k])\n"
            "        covariances[k] = np.diag(np.diag(covariances[k]))",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "The statistics come first, then θ.",
        (
            "return (c, s, S), (c, means, covariances)",
            "return (c, means, covariances), (c, s, S)",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "arguments stay as they were",
        "The *= and += of an array change the array itself, here the caller's statistics.",
        (
            "c = (1 - step) * statistics[0] + step * seen_c",
            "c = statistics[0]\n    c *= 1 - step\n    c += step * seen_c",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "γ is the weight of the new block, not of what was there.",
        (
            "c = (1 - step) * statistics[0] + step * seen_c",
            "step = 1 - step\n    c = (1 - step) * statistics[0] + step * seen_c",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "You mix in the sums of the block. (11.16) divides them by its number of rows.",
        ("n, d = block.shape\n", "n, d = 1, block.shape[1]\n"),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "You add the block to all of what was there. What was there shrinks by 1 − γ.",
        ("(1 - step) * statistics[0]", "statistics[0]"),
        ("(1 - step) * statistics[1]", "statistics[1]"),
        ("(1 - step) * statistics[2]", "statistics[2]"),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "You made an M-step of the old statistics before the E-step. The E-step is at the θ that "
        "was passed.",
        (
            "    a = log_joint(block, *theta)\n",
            "    m = statistics[1] / statistics[0][:, None]\n"
            "    v = statistics[2] / statistics[0][:, None, None] - m[:, :, None] * m[:, None, :]\n"
            "    a = log_joint(block, statistics[0], m, v)\n",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "You return the statistics of the block alone; the next step needs the mixed ones.",
        ("return (c, s, S), ", "return (seen_c, seen_s, seen_S), "),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "Your second moments are about the old means. Here they are raw: Σ r x xᵀ.",
        (
            "seen_S[k] = (r[:, k, None] * block).T @ block / n",
            "u = block - theta[1][k]\n        seen_S[k] = (r[:, k, None] * u).T @ u / n",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "mixed with γ (11.16)",
        "Your responsibilities leave out the weights.",
        (
            "a = log_joint(block, *theta)",
            "a = log_joint(block, np.ones(len(theta[0])), theta[1], theta[2])",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "covariances (11.16)",
        "S/c is the mean of x xᵀ. What has to go off to make it a covariance?",
        (" - np.outer(means[k], means[k])", ""),
    ),
    wrong(
        "online_step",
        ONLINE,
        "covariances (11.16)",
        "You take off the outer product of the old means. The M-step's covariance is about the "
        "new ones.",
        ("np.outer(means[k], means[k])", "np.outer(theta[1][k], theta[1][k])"),
    ),
    wrong(
        "online_step",
        ONLINE,
        "means (11.16)",
        "s is a sum over rows with the component's share in it. Divide by c_k for its mean.",
        ("means = s / c[:, None]", "means = s"),
    ),
    wrong(
        "online_step",
        ONLINE,
        "weights (11.16)",
        "You mix parameters: the M-step of the block, averaged with θ. (11.16) mixes statistics "
        "and then makes one M-step.",
        (
            "    return (c, s, S), (c, means, covariances)\n",
            "    m = seen_s / seen_c[:, None]\n"
            "    v = seen_S / seen_c[:, None, None] - m[:, :, None] * m[:, None, :]\n"
            "    new = seen_c, m, v\n"
            "    mixed = tuple((1 - step) * a + step * b for a, b in zip(theta, new))\n"
            "    return (c, s, S), mixed\n",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "weights (11.16)",
        "You return the M-step of the block alone. It belongs to the mixed statistics.",
        (
            "    return (c, s, S), (c, means, covariances)\n",
            "    m = seen_s / seen_c[:, None]\n"
            "    v = seen_S / seen_c[:, None, None] - m[:, :, None] * m[:, None, :]\n"
            "    return (c, s, S), (seen_c, m, v)\n",
        ),
    ),
    wrong(
        "online_step",
        ONLINE,
        "finite",
        "Far from all components every density is 0 in floating point. Take each row's maximum "
        "off before you exponentiate.",
        ("p = np.exp(a - a.max(axis=1, keepdims=True))", "p = np.exp(a)"),
    ),
    wrong(
        "online_step",
        ONLINE,
        "parts",
        "The statistics come first, then θ, each as a tuple of three.",
        ("return (c, s, S), (c, means, covariances)", "return c, s, S, c, means, covariances"),
    ),
]

POWERS = """
def cost_exponents():
    return 1, 2, 1
"""

COST_EXPONENTS = [
    right("cost_exponents", POWERS, "Counted by hand."),
    right(
        "cost_exponents",
        """
def cost_exponents():
    def count(n, d, K):
        return n * K * (2 * (d * (d + 1) // 2) + 2 * d) + K * d**3

    base = np.array([10**10, 300, 50])
    grown = [base * np.where(np.arange(3) == i, 7, 1) for i in range(3)]
    return [round(np.log(count(*g) / count(*base)) / np.log(7)) for g in grown]
""",
        "Counted by a formula whose growth is measured.",
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "power of d",
        "That is the inverse of Σ_k for every row. How often in an iteration is it needed?",
        ("1, 2, 1", "1, 3, 1"),
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "power of d",
        "That is the cost with diagonal covariances. How many entries has a full one?",
        ("1, 2, 1", "1, 1, 1"),
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "power of K",
        "Each pair of a row and a component is visited once. Do components meet each other?",
        ("1, 2, 1", "1, 2, 2"),
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "power of n",
        "Each row is looked at by itself. Where would two rows meet?",
        ("1, 2, 1", "2, 2, 1"),
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "power of d",
        "Your powers are in another order: first n, then d, then K.",
        ("1, 2, 1", "1, 1, 2"),
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "power of n",
        "Your powers are in another order: first n, then d, then K.",
        ("1, 2, 1", "2, 1, 1"),
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "power of d",
        "You added up the powers of the distance and of the moments. One comes after the other: "
        "the costs add, the powers do not.",
        ("1, 2, 1", "1, 4, 1"),
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "shape",
        "Three powers are asked for: of n, of d and of K.",
        ("1, 2, 1", "1, 2"),
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "power of n",
        "That is the Cholesky factorisation alone. Which part grows with the rows?",
        ("1, 2, 1", "0, 3, 1"),
    ),
    wrong(
        "cost_exponents",
        POWERS,
        "numbers",
        "Asked for are the three powers, not a text.",
        ("1, 2, 1", '"O(n d^2 K)"'),
    ),
]

ATTEMPTS = MERGE + EM_BLOCKS + ONLINE_STEP + COST_EXPONENTS
