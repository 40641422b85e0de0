"""Wrong and unusual answers to m_step_multinomial (lesson 08)."""

# %% right
# Word by word, as (8.17) is written.
def m_step_multinomial(counts, r, alpha):
    n, V = counts.shape
    words = []
    for k in range(r.shape[1]):
        total = sum(r[i, k] * counts[i].sum() for i in range(n)) + alpha * V
        words.append(
            [(sum(r[i, k] * counts[i, v] for i in range(n)) + alpha) / total for v in range(V)]
        )
    return [sum(r[:, k]) / n for k in range(r.shape[1])], words

# %% right
# By einsum and the weighted average (8.18).
def m_step_multinomial(counts, r, alpha):
    s = np.einsum("nk,nv->kv", r, counts)
    M = s.sum(axis=1, keepdims=True)
    w = M / (M + alpha * counts.shape[1])
    return np.einsum("nk->k", r) / len(r), w * s / M + (1 - w) / counts.shape[1]

# %% right
# An article of pseudo-counts put under the data.
def m_step_multinomial(counts, r, alpha):
    words = []
    for share in r.T:
        rows = np.vstack([counts, np.full(counts.shape[1], alpha)])
        mean = np.average(rows, axis=0, weights=np.append(share, 1.0))
        words.append(mean / mean.sum())
    return r.mean(axis=0), words

# %% wrong: alpha never smooths weights
# You smooth the topic weights as well. About what does the prior (8.16) speak?
# ~ topic_weights = r.sum(axis=0) / len(r) → weights = r.sum(axis=0) + alpha
# ~ return topic_weights → return weights / weights.sum()
# %% wrong: rows sum to one
# You add alpha to every word but not to the total. How much do V words add to it together?
# ~ smoothed.sum(axis=1, keepdims=True) → (smoothed - alpha).sum(axis=1, keepdims=True)
# %% wrong: rows sum to one
# You add alpha to the total once. How many words get a pseudo-count?
# ~ smoothed.sum(axis=1, keepdims=True) → ((r.T @ counts).sum(axis=1, keepdims=True) + alpha)
# %% wrong: rows sum to one
# You divide by the expected number of articles. A word's probability is a share of the topic's
# words (8.12).
# ~ smoothed.sum(axis=1, keepdims=True) → r.sum(axis=0)[:, None]
# %% wrong: rows sum to one
# You normalise over the topics. Each topic has its own distribution over words.
# - return topic_weights, smoothed / smoothed.sum(axis=1, keepdims=True)
# + return topic_weights, (smoothed + 1e-300) / (smoothed + 1e-300).sum(axis=0)
# %% wrong: weights are c_k / n (4.9)
# You take a topic's share of the words for its weight. A weight is a share of the articles, long or
# short.
# ~ r.sum(axis=0) / len(r) → (r.T @ counts).sum(axis=1) / (r.T @ counts).sum()
# %% wrong: weights are c_k / n (4.9)
# These are expected counts of articles, not their shares. What do weights sum to?
# ~ r.sum(axis=0) / len(r) → r.sum(axis=0)
# %% wrong: pseudo-counts (8.17)
# You add alpha to the counts of every article, so a topic gets it as often as it has articles. In
# (8.17) it stands outside the sum.
# ~ r.T @ counts + alpha → r.T @ (counts + alpha)
# %% wrong: pseudo-counts (8.17)
# You smooth the probabilities, after the division. A pseudo-count is added to counts, before.
# ~ r.T @ counts + alpha → r.T @ counts / (r.T @ counts).sum(axis=1, keepdims=True) + alpha
# %% wrong: share of the topic's words (8.12)
# You average the articles' word shares, so that a short article weighs as much as a long one. In
# (8.12) numerator and denominator are summed first.
# - smoothed = r.T @ counts + alpha
# + shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
# + smoothed = r.T @ shares + alpha
# %% wrong: share of the topic's words (8.12)
# You assign each article to one topic. An article counts for every topic, with its responsibility.
# ~ r.T @ counts + alpha → np.eye(r.shape[1])[r.argmax(axis=1)].T @ counts + alpha + 1e-300
# %% wrong: pseudo-counts (8.17)
# You take alpha for the Dirichlet's parameter, whose mode has one less. In (8.16) the parameter is
# alpha + 1, so that alpha itself is the pseudo-count.
# ~ + alpha → + max(alpha - 1, 0)
# %% wrong: pseudo-counts (8.17)
# You leave alpha out. Your words are those of maximum likelihood.
# ~ + alpha →
# %% wrong: share of the topic's words (8.12)
# One half is the pseudo-count of the example in the text. Where does alpha come from?
# ~ + alpha → + 0.5
# %% wrong: arguments stay as they were
# You turn r into Q_k in the very array that you were given, so whoever called you has lost the
# responsibilities.
# - topic_weights = r.sum(axis=0) / len(r)
#   smoothed = r.T @ counts + alpha
# + r /= r.sum(axis=0)
# + topic_weights = r.mean(axis=0)
# %% wrong: empty articles have a topic
# You drop empty articles. They say nothing about words, but they have a topic, and the weights
# count them.
#   def m_step_multinomial(counts, r, alpha):
# +     some = counts.sum(axis=1) > 0
# +     counts, r = counts[some], r[some]
# %% wrong: pseudo-counts (8.17)
# You give alpha to the words with the count 0 only. A pseudo-count is given to every word.
# ~ r.T @ counts + alpha → np.where(r.T @ counts == 0, alpha + 1e-300, r.T @ counts)
# %% wrong: pseudo-counts (8.17)
# You smooth a topic only if one of its counts is 0. The prior (8.16) is there whatever the counts
# are.
# - smoothed = r.T @ counts + alpha
# + smoothed = r.T @ counts
# + smoothed = smoothed + alpha * (smoothed == 0).any(axis=1, keepdims=True)
# %% wrong: pseudo-counts (8.17)
# You leave out words that no article has. They are words of the vocabulary, and alpha is for them
# above all.
# ~ r.T @ counts + alpha → (r.T @ counts + alpha) * (counts.sum(axis=0) > 0)
# %% wrong: pseudo-counts (8.17)
# You draw the topics towards the word shares of all articles. The prior (8.16) has one parameter
# for all words, so it draws towards the uniform distribution.
# ~ + alpha → + alpha * counts.shape[1] * counts.sum(axis=0) / counts.sum()
# %% wrong: share of the topic's words (8.12)
# This is the mean under a prior with parameter alpha + 1; (8.17) is the mode. With alpha = 0
# nothing may be added.
# ~ + alpha → + alpha + 1
# %% wrong: share of the topic's words (8.12)
# You keep every probability above a floor of your own. If alpha is 0, a count of 0 gives the
# probability 0.
# - return topic_weights, smoothed / smoothed.sum(axis=1, keepdims=True)
# + p = np.maximum(smoothed / smoothed.sum(axis=1, keepdims=True), 1e-4)
# + return topic_weights, p / p.sum(axis=1, keepdims=True)
# %% wrong: share of the topic's words (8.12)
# Your table has the type of the counts, so expected counts lose what is behind the point.
# ~ r.T @ counts + alpha → (r.T @ counts).astype(counts.dtype) + alpha + 1e-300
