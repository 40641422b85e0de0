"""Wrong and unusual answers to topic_log_joint (lesson 01)."""

# %% right
# Article by article, only over the words that occur; lists for an answer.
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

# %% right
# A matrix product, with the impossible articles put in afterwards.
def topic_log_joint(counts, topic_weights, word_probabilities):
    possible = word_probabilities > 0
    log_words = np.log(np.where(possible, word_probabilities, 1.0))
    log_p = np.log(topic_weights) + counts @ log_words.T
    log_p[counts @ (~possible).T.astype(float) > 0] = -np.inf
    return log_p

# %% right
# Each 0 · −inf is set to 0 before the sum.
def topic_log_joint(counts, topic_weights, word_probabilities):
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.einsum("nv,kv->nkv", counts, np.log(word_probabilities))
    terms[np.isnan(terms)] = 0.0
    return terms.sum(axis=2) + np.log(topic_weights)[None, :]

# %% wrong: finite
# A count of 0 times a log-probability of −inf is nan in floating point. What is it in (1.5), and
# why?
# - terms = special.xlogy(counts[:, None, :], word_probabilities)
# - return np.log(topic_weights) + terms.sum(axis=2)
# + return np.log(topic_weights) + counts @ np.log(word_probabilities).T
# %% wrong: impossible word (1.4)
# Your small number makes impossible words merely rare. What does (1.4) give for a word that occurs
# although its probability is 0?
# ~ [:, None, :], word_probabilities) → [:, None, :], word_probabilities + 1e-12)
# %% wrong: zero times log zero (1.5)
# You treat every article that meets a probability of 0 as impossible. Which factor does a word
# bring that does not occur?
def topic_log_joint(counts, topic_weights, word_probabilities):
    with np.errstate(divide="ignore", invalid="ignore"):
        log_p = np.log(topic_weights) + counts @ np.log(word_probabilities).T
    return np.where(np.isnan(log_p), -np.inf, log_p)

# %% wrong: impossible word (1.4)
# Replacing log 0 by 0 is the same as giving an impossible word the probability 1. When does the
# word occur, and when not?
# - terms = special.xlogy(counts[:, None, :], word_probabilities)
# + terms = special.xlogy(counts[:, None, :], np.where(word_probabilities, word_probabilities, 1))
# %% wrong: logs first (1.5)
# The product of many probabilities underflows before you take its logarithm. Take the logarithm of
# each factor first.
def topic_log_joint(counts, topic_weights, word_probabilities):
    powers = word_probabilities[None, :, :] ** counts[:, None, :]
    with np.errstate(divide="ignore"):
        return np.log(topic_weights * powers.prod(axis=2))

# %% wrong: an empty article (1.5)
# This is the log-probability of the words given the topic. Which factor of the joint is missing?
# ~ np.log(topic_weights) + terms.sum(axis=2) → terms.sum(axis=2)
# %% wrong: an empty article (1.5)
# The topic's weight enters once for every word. How often is the topic drawn for one article?
# ~ np.log(topic_weights) → counts.sum(axis=1)[:, None] * np.log(topic_weights)
# %% wrong: counts times log probabilities (1.5)
# A word that occurs three times counts for you like one that occurs once. Look at the exponent in
# (1.4).
# ~ special.xlogy(counts[:, None, :], → special.xlogy(counts[:, None, :] > 0,
# %% wrong: counts times log probabilities (1.5)
# You added the multinomial coefficient, which is right for counts. The question asks for (1.5), the
# words in their order.
# - return np.log(topic_weights) + terms.sum(axis=2)
# + orders = special.gammaln(counts.sum(axis=1) + 1) - special.gammaln(counts + 1).sum(axis=1)
# + return orders[:, None] + np.log(topic_weights) + terms.sum(axis=2)
# %% wrong: counts times log probabilities (1.5)
# You divide the counts by the article's length. Does a longer article say as little about its topic
# as a short one?
# - terms = special.xlogy(counts[:, None, :], word_probabilities)
# + shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
# + terms = special.xlogy(shares[:, None, :], word_probabilities)
# %% wrong: shape
# Rows and columns are swapped: one row an article, one column a topic.
# ~ (counts[:, None, :], word_probabilities) → (counts[:, None, :], word_probabilities).sum(axis=2)
# ~ np.log(topic_weights) + terms.sum(axis=2) → (np.log(topic_weights) + terms).T
# %% wrong: counts times log probabilities (1.5)
# You normalised over the topics, which gives the posterior of lesson 3. The joint keeps its
# constant.
# - return np.log(topic_weights) + terms.sum(axis=2)
# + return special.log_softmax(np.log(topic_weights) + terms.sum(axis=2), axis=1)
