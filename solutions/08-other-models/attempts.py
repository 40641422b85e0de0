"""Answers that people give to the exercises of lesson 8, wrong and right."""

from em_authoring.attempt import Attempt


def wrong(exercise, loses_at, hint, source):
    return Attempt(exercise, source.strip() + "\n", False, hint, loses_at)


def right(exercise, hint, source):
    return Attempt(exercise, source.strip() + "\n", True, hint)


E_STEP = [
    wrong(
        "e_step_multinomial",
        "an empty article has the prior (8.13)",
        "Your posterior knows the words but not how frequent the topics are. What does an article "
        "without words tell about its topic?",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = np.array([special.xlogy(counts, w).sum(axis=1) for w in word_probabilities]).T
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "finite",
        "The product over the words of a long article is 0 in floating point, and 0/0 is no "
        "number. Stay in logs, and take each row's largest off before you exponentiate (3.4).",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    joint = topic_weights * np.prod(word_probabilities ** counts[:, None, :], axis=2)
    return joint / joint.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_multinomial",
        "finite",
        "You are in logs, but you exponentiate before anything is taken off, so that long articles "
        "still end at 0/0. Which shift of a row does (3.3) allow?",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    terms = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    joint = np.exp(np.log(topic_weights) + terms)
    return joint / joint.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_multinomial",
        "rows sum to one",
        "A tiny number in the denominator hides 0/0 and makes it 0, which is no posterior. The "
        "information was lost when the product became 0: stay in logs.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    joint = topic_weights * np.prod(word_probabilities ** counts[:, None, :], axis=2)
    return joint / (joint.sum(axis=1, keepdims=True) + 1e-300)
""",
    ),
    wrong(
        "e_step_multinomial",
        "finite",
        "Zero times log zero is nan in floating point, and a matrix product spreads it over the "
        "row. What should a word that does not occur add, whatever its probability?",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = counts @ np.log(word_probabilities).T + np.log(topic_weights)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "a word that the topic cannot say (1.4)",
        "A tiny number under the logarithm makes an impossible word merely improbable, and enough "
        "other words outvote it. By (8.13), what is the product if one factor is 0?",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = counts @ np.log(word_probabilities + 1e-12).T + np.log(topic_weights)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "a word that the topic cannot say (1.4)",
        "You leave out every word whose probability is 0, also when it occurs. Only a word that "
        "does not occur has no say.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    with np.errstate(divide="ignore"):
        logs = np.log(word_probabilities)
    logs[np.isinf(logs)] = 0
    return special.softmax(counts @ logs.T + np.log(topic_weights), axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "counts enter (8.13)",
        "You ask whether a word occurs, not how often. What is the exponent of its probability "
        "in (8.13)?",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :] > 0, word_probabilities).sum(axis=2)
    return special.softmax(a + np.log(topic_weights), axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "counts enter (8.13)",
        "You divide the counts by the article's length. Evidence adds up: two words say twice as "
        "much as one.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    a = special.xlogy(shares[:, None, :], word_probabilities).sum(axis=2)
    return special.softmax(a + np.log(topic_weights), axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "rows sum to one",
        "You normalise over the articles. Over what does the denominator of (8.13) sum?",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    return special.softmax(a + np.log(topic_weights), axis=0)
""",
    ),
    wrong(
        "e_step_multinomial",
        "an empty article has the prior (8.13)",
        "You decide for one topic in each article. The posterior keeps the doubt.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    return np.eye(len(topic_weights))[(a + np.log(topic_weights)).argmax(axis=1)]
""",
    ),
    wrong(
        "e_step_multinomial",
        "not negative",
        "These are logs. The posterior itself is asked for; exponentiate at the end.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    return special.log_softmax(a + np.log(topic_weights), axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "one topic an article (8.13)",
        "You add the weight's log once for every word. In (8.13) the topic is drawn once an "
        "article.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    joint = topic_weights[:, None] * word_probabilities
    a = special.xlogy(counts[:, None, :], joint).sum(axis=2)
    empty = counts.sum(axis=1, keepdims=True) == 0
    return special.softmax(np.where(empty, np.log(topic_weights), a), axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "shape",
        "Your answer knows two topics only. Let the denominator of (8.13) run over as many as "
        "there are weights.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a, b = (special.xlogy(counts, w).sum(axis=1) for w in word_probabilities[:2])
    r = special.expit(a - b + np.log(topic_weights[0] / topic_weights[1]))
    return np.column_stack([r, 1 - r])
""",
    ),
    wrong(
        "e_step_multinomial",
        "shape",
        "Rows are articles and columns are topics; yours are the other way round.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = np.array([special.xlogy(counts, w).sum(axis=1) for w in word_probabilities])
    return special.softmax(a + np.log(topic_weights)[:, None], axis=0)
""",
    ),
    wrong(
        "e_step_multinomial",
        "a word that the topic cannot say (1.4)",
        "Even 1e-300 under the logarithm is outvoted, by a few hundred words. An impossible "
        "word is worth minus infinity; numpy knows that number.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = counts @ np.log(np.maximum(word_probabilities, 1e-300)).T + np.log(topic_weights)
    return special.softmax(a, axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "finite",
        "You take one maximum off all articles. A long article lies thousands of nats below a "
        "short one; each row needs its own shift (3.4).",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2) + np.log(topic_weights)
    joint = np.exp(a - a.max())
    return joint / joint.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_multinomial",
        "logs first (3.4)",
        "Where 0/0 came out you put the prior, as if a long article said nothing. It says the "
        "most; stay in logs.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    joint = topic_weights * np.prod(word_probabilities ** counts[:, None, :], axis=2)
    with np.errstate(invalid="ignore"):
        r = joint / joint.sum(axis=1, keepdims=True)
    return np.where(np.isnan(r), topic_weights, r)
""",
    ),
    wrong(
        "e_step_multinomial",
        "logs first (3.4)",
        "You cut the logs off at -700, so that exp does not underflow. Cut-off topics all look "
        "alike then; take each row's maximum off instead.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2) + np.log(topic_weights)
    joint = np.exp(np.maximum(a, -700))
    return joint / joint.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "e_step_multinomial",
        "an empty article has the prior (8.13)",
        "An empty article gets the same for every topic from you. With no word, what is left of "
        "(8.13)?",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2) + np.log(topic_weights)
    r = special.softmax(a, axis=1)
    r[counts.sum(axis=1) == 0] = 1 / len(topic_weights)
    return r
""",
    ),
    wrong(
        "e_step_multinomial",
        "an empty article has the prior (8.13)",
        "You let absent words speak, as a mixture of Bernoullis does. In (8.13) a word with "
        "count 0 has the factor 1.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    a = a + special.xlog1py(counts[:, None, :] == 0, -word_probabilities).sum(axis=2)
    return special.softmax(a + np.log(topic_weights), axis=1)
""",
    ),
    wrong(
        "e_step_multinomial",
        "finite",
        "You add the probabilities of an article's words. They are drawn one after the other, "
        "so their probabilities multiply.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    joint = topic_weights * (counts @ word_probabilities.T)
    return joint / joint.sum(axis=1, keepdims=True)
""",
    ),
    right(
        "e_step_multinomial",
        "Loops over articles, topics and words that occur; a list of lists.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    rows = []
    for article in counts:
        logs = []
        for weight, words in zip(topic_weights, word_probabilities):
            total = np.log(weight)
            for v in np.flatnonzero(article):
                total += article[v] * np.log(words[v]) if words[v] > 0 else -np.inf
            logs.append(total)
        relative = [np.exp(each - max(logs)) for each in logs]
        rows.append([each / sum(relative) for each in relative])
    return rows
""",
    ),
    right(
        "e_step_multinomial",
        "By scipy's multinomial; its coefficient cancels.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = [stats.multinomial(counts.sum(axis=1), w).logpmf(counts) for w in word_probabilities]
    return special.softmax(np.array(a).T + np.log(topic_weights), axis=1)
""",
    ),
    right(
        "e_step_multinomial",
        "A matrix product with the impossible words counted apart.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    possible = word_probabilities > 0
    logs = np.log(np.where(possible, word_probabilities, 1.0))
    a = counts @ logs.T + np.log(topic_weights)
    a = np.where(counts @ (~possible).T.astype(float) > 0, -np.inf, a)
    return np.exp(a - special.logsumexp(a, axis=1, keepdims=True))
""",
    ),
    right(
        "e_step_multinomial",
        "The weights after a softmax over the words' evidence alone.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    joint = special.softmax(a, axis=1) * topic_weights
    return joint / joint.sum(axis=1, keepdims=True)
""",
    ),
    right(
        "e_step_multinomial",
        "One over the sum of the odds against each topic.",
        """
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2) + np.log(topic_weights)
    r = np.zeros(a.shape)
    for k in range(a.shape[1]):
        can = np.isfinite(a[:, k])
        with np.errstate(over="ignore"):
            r[can, k] = 1 / np.exp(a[can] - a[can, k][:, None]).sum(axis=1)
    return r
""",
    ),
]

M_STEP = [
    wrong(
        "m_step_multinomial",
        "alpha never smooths weights",
        "You smooth the topic weights as well. About what does the prior (8.16) speak?",
        """
def m_step_multinomial(counts, r, alpha):
    weights = r.sum(axis=0) + alpha
    smoothed = r.T @ counts + alpha
    return weights / weights.sum(), smoothed / smoothed.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "rows sum to one",
        "You add alpha to every word but not to the total. How much do V words add to it together?",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts
    return r.mean(axis=0), (s + alpha) / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "rows sum to one",
        "You add alpha to the total once. How many words get a pseudo-count?",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts
    return r.mean(axis=0), (s + alpha) / (s.sum(axis=1, keepdims=True) + alpha)
""",
    ),
    wrong(
        "m_step_multinomial",
        "rows sum to one",
        "You divide by the expected number of articles. A word's probability is a share of the "
        "topic's words (8.12).",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts + alpha
    return r.mean(axis=0), s / r.sum(axis=0)[:, None]
""",
    ),
    wrong(
        "m_step_multinomial",
        "rows sum to one",
        "You normalise over the topics. Each topic has its own distribution over words.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts + alpha + 1e-300
    return r.mean(axis=0), s / s.sum(axis=0)
""",
    ),
    wrong(
        "m_step_multinomial",
        "weights are c_k / n (4.9)",
        "You take a topic's share of the words for its weight. A weight is a share of the "
        "articles, long or short.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts
    weights = s.sum(axis=1) / s.sum()
    s = s + alpha
    return weights, s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "weights are c_k / n (4.9)",
        "These are expected counts of articles, not their shares. What do weights sum to?",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts + alpha
    return r.sum(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "pseudo-counts (8.17)",
        "You add alpha to the counts of every article, so a topic gets it as often as it has "
        "articles. In (8.17) it stands outside the sum.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ (counts + alpha)
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "pseudo-counts (8.17)",
        "You smooth the probabilities, after the division. A pseudo-count is added to counts, "
        "before.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts
    p = s / s.sum(axis=1, keepdims=True) + alpha
    return r.mean(axis=0), p / p.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "share of the topic's words (8.12)",
        "You average the articles' word shares, so that a short article weighs as much as a long "
        "one. In (8.12) numerator and denominator are summed first.",
        """
def m_step_multinomial(counts, r, alpha):
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    s = r.T @ shares + alpha
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "share of the topic's words (8.12)",
        "You assign each article to one topic. An article counts for every topic, with its "
        "responsibility.",
        """
def m_step_multinomial(counts, r, alpha):
    hard = np.eye(r.shape[1])[r.argmax(axis=1)]
    s = hard.T @ counts + alpha + 1e-300
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "pseudo-counts (8.17)",
        "You take alpha for the Dirichlet's parameter, whose mode has one less. In (8.16) the "
        "parameter is alpha + 1, so that alpha itself is the pseudo-count.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts + max(alpha - 1, 0)
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "pseudo-counts (8.17)",
        "You leave alpha out. Your words are those of maximum likelihood.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "share of the topic's words (8.12)",
        "One half is the pseudo-count of the example in the text. Where does alpha come from?",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts + 0.5
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "arguments stay as they were",
        "You turn r into Q_k in the very array that you were given, so whoever called you has lost "
        "the responsibilities.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts + alpha
    r /= r.sum(axis=0)
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "empty articles have a topic",
        "You drop empty articles. They say nothing about words, but they have a topic, and the "
        "weights count them.",
        """
def m_step_multinomial(counts, r, alpha):
    some = counts.sum(axis=1) > 0
    counts, r = counts[some], r[some]
    s = r.T @ counts + alpha
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "pseudo-counts (8.17)",
        "You give alpha to the words with the count 0 only. A pseudo-count is given to every word.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts
    s = np.where(s == 0, alpha + 1e-300, s)
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "pseudo-counts (8.17)",
        "You smooth a topic only if one of its counts is 0. The prior (8.16) is there whatever "
        "the counts are.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts
    s = s + alpha * (s == 0).any(axis=1, keepdims=True)
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "pseudo-counts (8.17)",
        "You leave out words that no article has. They are words of the vocabulary, and alpha "
        "is for them above all.",
        """
def m_step_multinomial(counts, r, alpha):
    said = counts.sum(axis=0) > 0
    s = (r.T @ counts + alpha) * said
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "pseudo-counts (8.17)",
        "You draw the topics towards the word shares of all articles. The prior (8.16) has one "
        "parameter for all words, so it draws towards the uniform distribution.",
        """
def m_step_multinomial(counts, r, alpha):
    everywhere = counts.sum(axis=0) / counts.sum()
    s = r.T @ counts + alpha * counts.shape[1] * everywhere
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "share of the topic's words (8.12)",
        "This is the mean under a prior with parameter alpha + 1; (8.17) is the mode. With "
        "alpha = 0 nothing may be added.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts + alpha + 1
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "share of the topic's words (8.12)",
        "You keep every probability above a floor of your own. If alpha is 0, a count of 0 "
        "gives the probability 0.",
        """
def m_step_multinomial(counts, r, alpha):
    s = r.T @ counts + alpha
    p = np.maximum(s / s.sum(axis=1, keepdims=True), 1e-4)
    return r.mean(axis=0), p / p.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_multinomial",
        "share of the topic's words (8.12)",
        "Your table has the type of the counts, so expected counts lose what is behind the point.",
        """
def m_step_multinomial(counts, r, alpha):
    s = np.zeros((r.shape[1], counts.shape[1]), dtype=counts.dtype)
    for k in range(r.shape[1]):
        s[k] = r[:, k] @ counts
    s = s + alpha + 1e-300
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    right(
        "m_step_multinomial",
        "Word by word, as (8.17) is written.",
        """
def m_step_multinomial(counts, r, alpha):
    n, V = counts.shape
    words = []
    for k in range(r.shape[1]):
        total = sum(r[i, k] * counts[i].sum() for i in range(n)) + alpha * V
        words.append(
            [(sum(r[i, k] * counts[i, v] for i in range(n)) + alpha) / total for v in range(V)]
        )
    return [sum(r[:, k]) / n for k in range(r.shape[1])], words
""",
    ),
    right(
        "m_step_multinomial",
        "By einsum and the weighted average (8.18).",
        """
def m_step_multinomial(counts, r, alpha):
    s = np.einsum("nk,nv->kv", r, counts)
    M = s.sum(axis=1, keepdims=True)
    w = M / (M + alpha * counts.shape[1])
    return np.einsum("nk->k", r) / len(r), w * s / M + (1 - w) / counts.shape[1]
""",
    ),
    right(
        "m_step_multinomial",
        "An article of pseudo-counts put under the data.",
        """
def m_step_multinomial(counts, r, alpha):
    words = []
    for share in r.T:
        rows = np.vstack([counts, np.full(counts.shape[1], alpha)])
        mean = np.average(rows, axis=0, weights=np.append(share, 1.0))
        words.append(mean / mean.sum())
    return r.mean(axis=0), words
""",
    ),
]

MATCH = [
    wrong(
        "match_topics",
        "permutation[z] estimates z_true",
        "Yours is the permutation from true labels to found ones. It is indexed by found labels: "
        "what should permutation[z] look like?",
        """
def match_topics(z_true, z, K):
    table = np.zeros((K, K))
    np.add.at(table, (z_true, z), 1)
    true, found = optimize.linear_sum_assignment(-table)
    return found, table[true, found].sum() / len(z)
""",
    ),
    wrong(
        "match_topics",
        "the best of all permutations",
        "You let the largest entry of the table choose first. A smaller one may leave more for "
        "the others; compare whole permutations.",
        """
def match_topics(z_true, z, K):
    table = np.zeros((K, K))
    np.add.at(table, (z, z_true), 1)
    left, permutation = table.copy(), np.zeros(K, int)
    for _ in range(K):
        k, j = np.unravel_index(left.argmax(), left.shape)
        permutation[k] = j
        left[k], left[:, j] = -1, -1
    return permutation, np.mean(permutation[z] == z_true)
""",
    ),
    wrong(
        "match_topics",
        "a permutation",
        "You give each found label the true one that is most frequent in it. Two found labels may "
        "then stand for the same true one.",
        """
def match_topics(z_true, z, K):
    permutation = np.array([np.bincount(z_true[z == k], minlength=K).argmax() for k in range(K)])
    return permutation, np.mean(permutation[z] == z_true)
""",
    ),
    wrong(
        "match_topics",
        "the share that agrees",
        "You return how many rows agree. The accuracy is their share.",
        """
def match_topics(z_true, z, K):
    best = max(
        itertools.permutations(range(K)), key=lambda p: np.sum(np.array(p)[z] == z_true)
    )
    return np.array(best), np.sum(np.array(best)[z] == z_true)
""",
    ),
    wrong(
        "match_topics",
        "the share that agrees",
        "You compare the labels as they are numbered. The numbers of found labels are chance.",
        """
def match_topics(z_true, z, K):
    return np.arange(K), np.mean(z == z_true)
""",
    ),
    wrong(
        "match_topics",
        "the share that agrees",
        "You match labels by how many rows they have. Which rows agree has to be counted.",
        """
def match_topics(z_true, z, K):
    found = np.argsort(-np.bincount(z, minlength=K), kind="stable")
    true = np.argsort(-np.bincount(z_true, minlength=K), kind="stable")
    permutation = np.zeros(K, int)
    permutation[found] = true
    return permutation, np.mean(permutation[z] == z_true)
""",
    ),
    wrong(
        "match_topics",
        "the share that agrees",
        "linear_sum_assignment looks for the smallest sum unless told otherwise. You have found "
        "the worst numbering.",
        """
def match_topics(z_true, z, K):
    table = np.zeros((K, K))
    np.add.at(table, (z, z_true), 1)
    found, true = optimize.linear_sum_assignment(table)
    return true, table[found, true].sum() / len(z)
""",
    ),
    wrong(
        "match_topics",
        "the share that agrees",
        "You rotate the numbers only. There are K! permutations, not K.",
        """
def match_topics(z_true, z, K):
    turns = [(np.arange(K) + s) % K for s in range(K)]
    best = max(turns, key=lambda p: np.mean(p[z] == z_true))
    return best, np.mean(best[z] == z_true)
""",
    ),
    wrong(
        "match_topics",
        "the best of all permutations",
        "You go through the found labels in order, and each takes the best that is left. The "
        "first may take what a later one needs more.",
        """
def match_topics(z_true, z, K):
    table = np.zeros((K, K))
    np.add.at(table, (z, z_true), 1)
    permutation = np.zeros(K, int)
    for k in range(K):
        permutation[k] = table[k].argmax()
        table[:, permutation[k]] = -1
    return permutation, np.mean(permutation[z] == z_true)
""",
    ),
    wrong(
        "match_topics",
        "the best of all permutations",
        "You match by shares within each found label, so that a small one weighs as much as a "
        "large one. Rows are to be counted.",
        """
def match_topics(z_true, z, K):
    table = np.zeros((K, K))
    np.add.at(table, (z, z_true), 1)
    shares = table / table.sum(axis=1, keepdims=True)
    _, permutation = optimize.linear_sum_assignment(shares, maximize=True)
    return permutation, np.mean(permutation[z] == z_true)
""",
    ),
    wrong(
        "match_topics",
        "the best of all permutations",
        "You exchange two labels as long as that helps. Three may have to move at once; try all "
        "K! permutations.",
        """
def match_topics(z_true, z, K):
    best, better = np.arange(K), True
    while better:
        better = False
        for i, j in itertools.combinations(range(K), 2):
            other = best.copy()
            other[[i, j]] = best[[j, i]]
            if np.mean(other[z] == z_true) > np.mean(best[z] == z_true):
                best, better = other, True
    return best, np.mean(best[z] == z_true)
""",
    ),
    wrong(
        "match_topics",
        "the share that agrees",
        "You return the mean of the shares of each found label. A row counts the same whatever "
        "its label.",
        """
def match_topics(z_true, z, K):
    table = np.zeros((K, K))
    np.add.at(table, (z, z_true), 1)
    found, true = optimize.linear_sum_assignment(table, maximize=True)
    return true, np.mean(table[found, true] / table.sum(axis=1))
""",
    ),
    wrong(
        "match_topics",
        "the share that agrees",
        "You return per cent. The accuracy is a share, between 0 and 1.",
        """
def match_topics(z_true, z, K):
    table = np.zeros((K, K))
    np.add.at(table, (z, z_true), 1)
    found, true = optimize.linear_sum_assignment(table, maximize=True)
    return true, 100 * table[found, true].sum() / len(z)
""",
    ),
    wrong(
        "match_topics",
        "shape",
        "You return the matched label of every row. The permutation has an entry for each found "
        "label.",
        """
def match_topics(z_true, z, K):
    table = np.zeros((K, K))
    np.add.at(table, (z, z_true), 1)
    found, true = optimize.linear_sum_assignment(table, maximize=True)
    return true[z], table[found, true].sum() / len(z)
""",
    ),
    wrong(
        "match_topics",
        "a permutation",
        "You try every list of K labels, also those in which two found labels stand for the "
        "same true one.",
        """
def match_topics(z_true, z, K):
    lists = itertools.product(range(K), repeat=K)
    best = max(lists, key=lambda p: np.mean(np.array(p)[z] == z_true))
    return best, np.mean(np.array(best)[z] == z_true)
""",
    ),
    wrong(
        "match_topics",
        "ValueError",
        "Your numbering knows only true labels that occur. Some of 0 … K - 1 may not.",
        """
def match_topics(z_true, z, K):
    orders = itertools.permutations(np.unique(z_true), K)
    best = max(orders, key=lambda p: np.mean(np.array(p)[z] == z_true))
    return np.array(best), np.mean(np.array(best)[z] == z_true)
""",
    ),
    right(
        "match_topics",
        "All permutations, one after the other.",
        """
def match_topics(z_true, z, K):
    best, share = None, -1.0
    for permutation in itertools.permutations(range(K)):
        agree = sum(permutation[found] == true for found, true in zip(z, z_true)) / len(z)
        if agree > share:
            best, share = permutation, agree
    return list(best), share
""",
    ),
    right(
        "match_topics",
        "The table turned, and the permutation inverted.",
        """
def match_topics(z_true, z, K):
    table = np.array([[np.sum((z_true == j) & (z == k)) for k in range(K)] for j in range(K)])
    _, found = optimize.linear_sum_assignment(-table)
    permutation = np.argsort(found)
    return permutation, float(np.mean(permutation[z] == z_true))
""",
    ),
]

BERNOULLI = [
    wrong(
        "m_step_bernoulli",
        "alpha on each side (8.21)",
        "You add alpha to the ones but not to what they are a share of. How many pseudo-cases are "
        "there with alpha on each side?",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    return c / len(r), (r.T @ x + alpha) / c[:, None]
""",
    ),
    wrong(
        "m_step_bernoulli",
        "alpha on each side (8.21)",
        "You add alpha ones and no zeros. It stands on each side.",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    return c / len(r), (r.T @ x + alpha) / (c[:, None] + alpha)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "alpha on each side (8.21)",
        "You add alpha once for each entry of the row, as for words. An entry has two values; how "
        "many pseudo-cases does it get?",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    return c / len(r), (r.T @ x + alpha) / (c[:, None] + alpha * x.shape[1])
""",
    ),
    wrong(
        "m_step_bernoulli",
        "share of ones (8.10)",
        "You normalise over the entries, as for words. Each entry has a probability of its own, "
        "and they need not sum to one.",
        """
def m_step_bernoulli(x, r, alpha):
    s = r.T @ x + alpha + 1e-12
    return r.mean(axis=0), s / s.sum(axis=1, keepdims=True)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "share of ones (8.10)",
        "You divide by the number of all rows. A component has c_k of them.",
        """
def m_step_bernoulli(x, r, alpha):
    return r.mean(axis=0), (r.T @ x + alpha) / (len(x) + 2 * alpha)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "alpha never smooths weights",
        "You smooth the weights as well. The prior is one on the probabilities of the entries.",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    weights = (c + alpha) / (c + alpha).sum()
    return weights, (r.T @ x + alpha) / (c[:, None] + 2 * alpha)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "share of ones (8.10)",
        "You take plain means: every component gets the same. Rows count with their "
        "responsibilities.",
        """
def m_step_bernoulli(x, r, alpha):
    b = (x.sum(axis=0) + alpha) / (len(x) + 2 * alpha)
    return r.mean(axis=0), np.tile(b, (r.shape[1], 1))
""",
    ),
    wrong(
        "m_step_bernoulli",
        "pseudo-counts (8.21)",
        "You leave alpha out, so a pixel that was never black never will be.",
        """
def m_step_bernoulli(x, r, alpha):
    return r.mean(axis=0), r.T @ x / r.sum(axis=0)[:, None]
""",
    ),
    wrong(
        "m_step_bernoulli",
        "shape",
        "Rows are components and columns are entries; yours are the other way round.",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    return c / len(r), (x.T @ r + alpha) / (c + 2 * alpha)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "share of ones (8.10)",
        "These are the natural parameters, the log-odds. The probabilities are asked for.",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    return c / len(r), special.logit(
        np.clip((r.T @ x + alpha) / (c[:, None] + 2 * alpha), 1e-9, 1 - 1e-9)
    )
""",
    ),
    wrong(
        "m_step_bernoulli",
        "alpha on each side (8.21)",
        "You add alpha once for each component. An entry has two values, and alpha stands on "
        "each of the two sides.",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    return c / len(r), (r.T @ x + alpha) / (c[:, None] + alpha * r.shape[1])
""",
    ),
    wrong(
        "m_step_bernoulli",
        "pseudo-counts (8.21)",
        "You smooth after the division. A pseudo-count is added to counts, before.",
        """
def m_step_bernoulli(x, r, alpha):
    b = r.T @ x / r.sum(axis=0)[:, None]
    return r.mean(axis=0), (b + alpha) / (1 + 2 * alpha)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "pseudo-counts (8.21)",
        "You smooth only where all or none of the rows are 1. The Beta prior is there whatever "
        "the counts are.",
        """
def m_step_bernoulli(x, r, alpha):
    c, s = r.sum(axis=0)[:, None], r.T @ x
    edge = (s < 1e-12) | (s > c - 1e-12)
    return r.mean(axis=0), np.where(edge, (s + alpha) / (c + 2 * alpha), s / c)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "share of ones (8.10)",
        "This is the posterior mean, which adds one more on each side. (8.21) is the mode.",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    return c / len(r), (r.T @ x + alpha + 1) / (c[:, None] + 2 * alpha + 2)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "share of ones (8.10)",
        "You keep the probabilities off 0 and 1 by a floor of your own. If alpha is 0, an entry "
        "that is never 1 has the probability 0.",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    b = (r.T @ x + alpha) / (c[:, None] + 2 * alpha)
    return c / len(r), np.clip(b, 1e-3, 1 - 1e-3)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "share of ones (8.10)",
        "These are the probabilities of a zero.",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    return c / len(r), (r.T @ (1 - x) + alpha) / (c[:, None] + 2 * alpha)
""",
    ),
    wrong(
        "m_step_bernoulli",
        "weights are c_k / n (4.9)",
        "These are expected counts. Weights are their shares.",
        """
def m_step_bernoulli(x, r, alpha):
    c = r.sum(axis=0)
    return c, (r.T @ x + alpha) / (c[:, None] + 2 * alpha)
""",
    ),
    right(
        "m_step_bernoulli",
        "A multinomial with two words for each entry.",
        """
def m_step_bernoulli(x, r, alpha):
    ones = np.einsum("nk,nd->kd", r, x) + alpha
    zeros = np.einsum("nk,nd->kd", r, 1 - x) + alpha
    return r.mean(axis=0), ones / (ones + zeros)
""",
    ),
    right(
        "m_step_bernoulli",
        "Pseudo-rows put under the data: all ones and all zeros, each with weight alpha.",
        """
def m_step_bernoulli(x, r, alpha):
    more = np.vstack([x, np.ones((1, x.shape[1])), np.zeros((1, x.shape[1]))])
    b = [np.average(more, axis=0, weights=np.r_[share, alpha, alpha]) for share in r.T]
    return [share.sum() / len(x) for share in r.T], b
""",
    ),
    right(
        "m_step_bernoulli",
        "Entry by entry, over the rows where it is 1.",
        """
def m_step_bernoulli(x, r, alpha):
    c = [share.sum() for share in r.T]
    b = [
        [(r[x[:, j] == 1, k].sum() + alpha) / (c[k] + 2 * alpha) for j in range(x.shape[1])]
        for k in range(len(c))
    ]
    return [each / len(x) for each in c], b
""",
    ),
]

REGRESSIONS = [
    wrong(
        "m_step_regressions",
        "shape",
        "You add a column of ones. The question says that x holds one already if there is an "
        "intercept.",
        """
def m_step_regressions(x, y, r):
    x = np.column_stack([np.ones(len(x)), x])
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, (r * residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "labels give a fit of each group",
        "Every component gets the line of all data. Where do the responsibilities enter (8.26)?",
        """
def m_step_regressions(x, y, r):
    b = np.linalg.lstsq(x, y, rcond=None)[0]
    residuals = y - x @ b
    K = r.shape[1]
    return r.mean(axis=0), np.tile(b, (K, 1)), r.T @ residuals**2 / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "weighted least squares (8.26)",
        "You multiply both x and y by r, so squares are weighted by r squared. By which power of r "
        "do you have to multiply before a plain least-squares fit?",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.lstsq(s[:, None] * x, s * y, rcond=None)[0] for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, (r * residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "labels give a fit of each group",
        "You weight the right side of (8.26) but not the left.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve(x.T @ x, x.T @ (s * y)) for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, (r * residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "weighted least squares (8.26)",
        "You give each row to one line. In the M-step a row counts for all of them.",
        """
def m_step_regressions(x, y, r):
    z = r.argmax(axis=1)
    b = np.array([np.linalg.lstsq(x[z == k], y[z == k], rcond=None)[0] for k in range(r.shape[1])])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, (r * residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "units of y squared",
        "You return standard deviations; variances are asked for.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, np.sqrt((r * residuals**2).sum(axis=0) / r.sum(axis=0))
""",
    ),
    wrong(
        "m_step_regressions",
        "the data twice, the same fit",
        "You divide by c_k - p. That makes an estimate unbiased; what maximises (8.25)?",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, (r * residuals**2).sum(axis=0) / (r.sum(axis=0) - x.shape[1])
""",
    ),
    wrong(
        "m_step_regressions",
        "weighted variances (8.28)",
        "You divide the weighted squares by all n rows. How many rows does component k expect?",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, (r * residuals**2).mean(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "weighted variances (8.28)",
        "The squares are not weighted: a row that belongs to another line counts in full.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, (residuals**2).mean(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "weighted variances (8.28)",
        "This is the weighted variance of y itself. The scatter is about the line, not about the "
        "mean.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    c = r.sum(axis=0)
    means = r.T @ y / c
    return r.mean(axis=0), b, (r * (y[:, None] - means) ** 2).sum(axis=0) / c
""",
    ),
    wrong(
        "m_step_regressions",
        "far from zero",
        "By (8.29) this is right on paper. Far from zero it takes the difference of two huge sums: "
        "take the residuals first.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    squares = y[:, None] ** 2 - (x @ b.T) ** 2
    return r.mean(axis=0), b, (r * squares).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "weighted variances (8.28)",
        "You return one variance for all lines. In (8.23) each has its own.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, np.full(r.shape[1], (r * residuals**2).sum() / len(x))
""",
    ),
    wrong(
        "m_step_regressions",
        "shape",
        "Your answer takes x for a single column. With p columns (8.26) is a system of equations.",
        """
def m_step_regressions(x, y, r):
    u = x[:, 0]
    b = r.T @ (u * y) / (r.T @ u**2)
    residuals = y[:, None] - np.outer(u, b)
    return r.mean(axis=0), b[:, None], (r * residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "labels give a fit of each group",
        "You fit each column by itself. Columns that are correlated, the intercept included, share "
        "what they explain: solve (8.26) as one system.",
        """
def m_step_regressions(x, y, r):
    b = (r.T @ (x * y[:, None])) / (r.T @ x**2)
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, (r * residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "weights are c_k / n (4.9)",
        "These are expected counts. Weights are their shares.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y[:, None] - x @ b.T
    c = r.sum(axis=0)
    return c, b, (r * residuals**2).sum(axis=0) / c
""",
    ),
    wrong(
        "m_step_regressions",
        "weighted variances (8.28)",
        "You take the mean residual off before you square. It is 0 only if there is an "
        "intercept; (8.28) squares the residuals as they are.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals, c = y[:, None] - x @ b.T, r.sum(axis=0)
    residuals = residuals - (r * residuals).sum(axis=0) / c
    return r.mean(axis=0), b, (r * residuals**2).sum(axis=0) / c
""",
    ),
    wrong(
        "m_step_regressions",
        "weighted variances (8.28)",
        "You take the residuals from the average of the lines. Component k's scatter is about "
        "its own line.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y - (r * (x @ b.T)).sum(axis=1)
    return r.mean(axis=0), b, r.T @ residuals**2 / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "weighted variances (8.28)",
        "You multiply the residuals by r before you square, so r is squared too.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = r * (y[:, None] - x @ b.T)
    return r.mean(axis=0), b, (residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "labels give a fit of each group",
        "A thousandth on the diagonal draws the coefficients to 0. It is not in (8.26), and "
        "with a positive definite matrix it is not needed.",
        """
def m_step_regressions(x, y, r):
    b = np.array(
        [
            np.linalg.solve((s[:, None] * x).T @ x + 1e-3 * np.eye(x.shape[1]), x.T @ (s * y))
            for s in r.T
        ]
    )
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, (r * residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "labels give a fit of each group",
        "You fit with an intercept and then throw it away. The slopes of another model are not "
        "those of this one.",
        """
def m_step_regressions(x, y, r):
    ones = np.column_stack([np.ones(len(x)), x])
    b = np.array([np.linalg.lstsq(np.sqrt(s)[:, None] * ones, np.sqrt(s) * y)[0] for s in r.T])
    residuals = y[:, None] - ones @ b.T
    return r.mean(axis=0), b[:, 1:], (r * residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "units of y squared",
        "These are precisions, one over the variances.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, r.sum(axis=0) / (r * residuals**2).sum(axis=0)
""",
    ),
    wrong(
        "m_step_regressions",
        "shape",
        "Rows are components and columns are coefficients; yours are the other way round.",
        """
def m_step_regressions(x, y, r):
    b = np.array([np.linalg.solve((s[:, None] * x).T @ x, (s[:, None] * x).T @ y) for s in r.T])
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b.T, (r * residuals**2).sum(axis=0) / r.sum(axis=0)
""",
    ),
    right(
        "m_step_regressions",
        "Rows multiplied by the root of r, then plain least squares.",
        """
def m_step_regressions(x, y, r):
    b, variances = [], []
    for k in range(r.shape[1]):
        root = np.sqrt(r[:, k])
        b.append(linalg.lstsq(root[:, None] * x, root * y)[0])
        variances.append(np.average((y - x @ b[k]) ** 2, weights=r[:, k]))
    return list(r.mean(axis=0)), b, variances
""",
    ),
    right(
        "m_step_regressions",
        "All components at once by einsum.",
        """
def m_step_regressions(x, y, r):
    G = np.einsum("nk,ni,nj->kij", r, x, x)
    b = np.linalg.solve(G, np.einsum("nk,ni,n->ki", r, x, y)[:, :, None])[:, :, 0]
    residuals = y[:, None] - x @ b.T
    return r.mean(axis=0), b, np.einsum("nk,nk->k", r, residuals**2) / r.sum(axis=0)
""",
    ),
    right(
        "m_step_regressions",
        "By QR of the rows multiplied by the root of r.",
        """
def m_step_regressions(x, y, r):
    b, variances = [], []
    for share in r.T:
        root = np.sqrt(share)
        Q, R = np.linalg.qr(root[:, None] * x)
        b.append(linalg.solve_triangular(R, Q.T @ (root * y)))
        variances.append((share * (y - x @ b[-1]) ** 2).sum() / share.sum())
    return r.mean(axis=0), np.array(b), np.array(variances)
""",
    ),
]

ATTEMPTS = E_STEP + M_STEP + MATCH + BERNOULLI + REGRESSIONS
