"""Wrong and unusual answers to e_step_coins (lesson 03)."""

# %% right
# Plain loops and lists, with the row's maximum taken off.
def e_step_coins(heads, tosses, biases):
    import math

    result = []
    for h, m in zip(heads, tosses):
        logs = [h * math.log(b) + (m - h) * math.log(1 - b) for b in biases]
        top = max(logs)
        terms = [math.exp(each - top) for each in logs]
        result.append([term / sum(terms) for term in terms])
    return result

# %% right
# scipy's log probability with its softmax; the coefficient is carried along and cancels.
def e_step_coins(heads, tosses, biases):
    return special.softmax(stats.binom.logpmf(heads[:, None], tosses[:, None], biases), axis=1)

# %% right
# One over the sum of the odds against each coin; an odds that overflows gives 0, rightly.
def e_step_coins(heads, tosses, biases):
    logit = np.log(biases) - np.log(1 - biases)
    a = heads[:, None] * logit + tosses[:, None] * np.log(1 - biases)
    return 1 / np.exp(a[:, None, :] - a[:, :, None]).sum(axis=2)

# %% wrong: heads and tails enter (3.6)
# You count the heads of each set, but not its tails. A tail is evidence as well: which factor of
# (3.6) holds it?
# ~ + np.outer(tails, np.log1p(-biases)) →
# ~ - log_joint.max(axis=1, keepdims=True) →
# %% wrong: finite
# With thousands of tosses your likelihoods are 0 in floating point, and 0/0 is no number. Work with
# their logs, and see which shift of a row (3.3) allows you.
# ~ - log_joint.max(axis=1, keepdims=True) →
# %% wrong: finite
# The binomial probability of a set that is unlikely under every coin is 0 in floating point too.
# scipy offers the log of it; take it from there with (3.4).
def e_step_coins(heads, tosses, biases):
    p = stats.binom.pmf(heads[:, None], tosses[:, None], biases)
    return p / p.sum(axis=1, keepdims=True)

# %% wrong: rows sum to one
# A tiny number added to the denominator keeps 0/0 away and gives 0, which is no posterior. The
# information was lost before, when the likelihood became 0: stay in logs.
# ~ - log_joint.max(axis=1, keepdims=True) →
# ~ relative.sum(axis=1, keepdims=True) → (relative.sum(axis=1, keepdims=True) + 1e-300)
# %% wrong: rows sum to one
# This is the joint of set and coin. What is its constant, as a function of the coin?
# - return relative / relative.sum(axis=1, keepdims=True)
# + return stats.binom.pmf(heads[:, None], tosses[:, None], biases) / len(biases)
# %% wrong: rows sum to one
# You divide by a sum over the sets. The coin is what is unknown: over what does the denominator of
# (3.6) sum?
# ~ log_joint.max(axis=1, keepdims=True) → log_joint.max(axis=0)
# ~ relative.sum(axis=1, keepdims=True) → relative.sum(axis=0)
# %% wrong: heads and tails enter (3.6)
# You decide for one coin in each set. The posterior keeps the doubt: a row may say 0.45 and 0.55.
# ~ relative / relative.sum(axis=1, keepdims=True) → np.eye(len(biases))[log_joint.argmax(axis=1)]
# %% wrong: tosses of each set (3.6)
# Ten tosses are those of the example in the text. Where does m come from in your code?
# ~ tosses - heads → 10 - heads
# %% wrong: tosses of each set (3.6)
# You take the first set's number of tosses for all sets. Each set has its own m.
# ~ tosses - heads → tosses[0] - heads
# %% wrong: shape
# Your answer knows two coins only. Let the sum in the denominator of (3.6) run over as many as
# there are biases.
# ~ tails = tosses - heads → tails, biases = tosses - heads, biases[:2]
# %% wrong: shape
# Rows are sets and columns are coins; yours are the other way round.
# - return relative / relative.sum(axis=1, keepdims=True)
# + return (relative / relative.sum(axis=1, keepdims=True)).T
# %% wrong: heads and tails enter (3.6)
# You raise 1 − b to the number of tosses. How many of them were tails?
# ~ tosses - heads → tosses
