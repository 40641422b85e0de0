"""Wrong and unusual answers to e_step_multinomial (lesson 08)."""

# %% right
# Loops over articles, topics and words that occur; a list of lists.
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

# %% right
# By scipy's multinomial; its coefficient cancels.
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = [stats.multinomial(counts.sum(axis=1), w).logpmf(counts) for w in word_probabilities]
    return special.softmax(np.array(a).T + np.log(topic_weights), axis=1)

# %% right
# A matrix product with the impossible words counted apart.
def e_step_multinomial(counts, topic_weights, word_probabilities):
    possible = word_probabilities > 0
    logs = np.log(np.where(possible, word_probabilities, 1.0))
    a = counts @ logs.T + np.log(topic_weights)
    a = np.where(counts @ (~possible).T.astype(float) > 0, -np.inf, a)
    return np.exp(a - special.logsumexp(a, axis=1, keepdims=True))

# %% right
# The weights after a softmax over the words' evidence alone.
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2)
    joint = special.softmax(a, axis=1) * topic_weights
    return joint / joint.sum(axis=1, keepdims=True)

# %% right
# One over the sum of the odds against each topic.
def e_step_multinomial(counts, topic_weights, word_probabilities):
    a = special.xlogy(counts[:, None, :], word_probabilities).sum(axis=2) + np.log(topic_weights)
    r = np.zeros(a.shape)
    for k in range(a.shape[1]):
        can = np.isfinite(a[:, k])
        with np.errstate(over="ignore"):
            r[can, k] = 1 / np.exp(a[can] - a[can, k][:, None]).sum(axis=1)
    return r

# %% wrong: an empty article has the prior (8.13)
# Your posterior knows the words but not how frequent the topics are. What does an article without
# words tell about its topic?
# ~ np.log(weight) + special → special
# %% wrong: finite
# The product over the words of a long article is 0 in floating point, and 0/0 is no number. Stay in
# logs, and take each row's largest off before you exponentiate (3.4).
# - np.log(weight) + special.xlogy(counts, words).sum(axis=1)
# + weight * np.prod(words**counts, axis=1)
# ~ relative = np.exp(log_joint - log_joint.max(axis=1, keepdims=True)) → relative = log_joint
# %% wrong: finite
# You are in logs, but you exponentiate before anything is taken off, so that long articles still
# end at 0/0. Which shift of a row does (3.3) allow?
# ~ - log_joint.max(axis=1, keepdims=True) →
# %% wrong: rows sum to one
# A tiny number in the denominator hides 0/0 and makes it 0, which is no posterior. The information
# was lost when the product became 0: stay in logs.
# ~ - log_joint.max(axis=1, keepdims=True) →
# ~ relative.sum(axis=1, keepdims=True) → (relative.sum(axis=1, keepdims=True) + 1e-300)
# %% wrong: finite
# Zero times log zero is nan in floating point, and a matrix product spreads it over the row. What
# should a word that does not occur add, whatever its probability?
# ~ special.xlogy(counts, words).sum(axis=1) → counts @ np.log(words)
# %% wrong: a word that the topic cannot say (1.4)
# A tiny number under the logarithm makes an impossible word merely improbable, and enough other
# words outvote it. By (8.13), what is the product if one factor is 0?
# ~ special.xlogy(counts, words).sum(axis=1) → counts @ np.log(words + 1e-12)
# %% wrong: a word that the topic cannot say (1.4)
# You leave out every word whose probability is 0, also when it occurs. Only a word that does not
# occur has no say.
# ~ special.xlogy(counts, words) → special.xlogy(counts, np.where(words > 0, words, 1))
# %% wrong: counts enter (8.13)
# You ask whether a word occurs, not how often. What is the exponent of its probability in (8.13)?
# ~ special.xlogy(counts, words) → special.xlogy(counts > 0, words)
# %% wrong: counts enter (8.13)
# You divide the counts by the article's length. Evidence adds up: two words say twice as much as
# one.
#   def e_step_multinomial(counts, topic_weights, word_probabilities):
# +     counts = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
# %% wrong: rows sum to one
# You normalise over the articles. Over what does the denominator of (8.13) sum?
# ~ log_joint.max(axis=1, keepdims=True) → log_joint.max(axis=0)
# ~ relative.sum(axis=1, keepdims=True) → relative.sum(axis=0)
# %% wrong: an empty article has the prior (8.13)
# You decide for one topic in each article. The posterior keeps the doubt.
# - return relative / relative.sum(axis=1, keepdims=True)
# + return np.eye(len(topic_weights))[log_joint.argmax(axis=1)]
# %% wrong: not negative
# These are logs. The posterior itself is asked for; exponentiate at the end.
# ~ relative / relative.sum(axis=1, keepdims=True) → special.log_softmax(log_joint, axis=1)
# %% wrong: one topic an article (8.13)
# You add the weight's log once for every word. In (8.13) the topic is drawn once an article.
# - np.log(weight) + special.xlogy(counts, words).sum(axis=1)
# + special.xlogy(counts, weight * words).sum(axis=1)
# + + np.log(weight) * (counts.sum(axis=1) == 0)
# %% wrong: shape
# Your answer knows two topics only. Let the denominator of (8.13) run over as many as there are
# weights.
# ~ zip(topic_weights, word_probabilities) → zip(topic_weights[:2], word_probabilities[:2])
# %% wrong: shape
# Rows are articles and columns are topics; yours are the other way round.
# - return relative / relative.sum(axis=1, keepdims=True)
# + return (relative / relative.sum(axis=1, keepdims=True)).T
# %% wrong: a word that the topic cannot say (1.4)
# Even 1e-300 under the logarithm is outvoted, by a few hundred words. An impossible word is worth
# minus infinity; numpy knows that number.
# ~ special.xlogy(counts, words) → special.xlogy(counts, np.maximum(words, 1e-300))
# %% wrong: finite
# You take one maximum off all articles. A long article lies thousands of nats below a short one;
# each row needs its own shift (3.4).
# ~ log_joint.max(axis=1, keepdims=True) → log_joint.max()
# %% wrong: logs first (3.4)
# Where 0/0 came out you put the prior, as if a long article said nothing. It says the most; stay in
# logs.
# - relative = np.exp(log_joint - log_joint.max(axis=1, keepdims=True))
# - return relative / relative.sum(axis=1, keepdims=True)
# + relative = np.exp(log_joint)
# + r = relative / relative.sum(axis=1, keepdims=True)
# + return np.where(np.isnan(r), topic_weights, r)
# %% wrong: logs first (3.4)
# You cut the logs off at -700, so that exp does not underflow. Cut-off topics all look alike then;
# take each row's maximum off instead.
# ~ log_joint - log_joint.max(axis=1, keepdims=True) → np.maximum(log_joint, -700)
# %% wrong: an empty article has the prior (8.13)
# An empty article gets the same for every topic from you. With no word, what is left of (8.13)?
#   relative = np.exp(log_joint - log_joint.max(axis=1, keepdims=True))
# + relative[counts.sum(axis=1) == 0] = 1
# %% wrong: an empty article has the prior (8.13)
# You let absent words speak, as a mixture of Bernoullis does. In (8.13) a word with count 0 has the
# factor 1.
#   np.log(weight) + special.xlogy(counts, words).sum(axis=1)
# + + special.xlog1py(counts == 0, -words).sum(axis=1)
# %% wrong: finite
# You add the probabilities of an article's words. They are drawn one after the other, so their
# probabilities multiply.
# ~ (weight) + special.xlogy(counts, words).sum(axis=1) → (weight * (counts @ words))
