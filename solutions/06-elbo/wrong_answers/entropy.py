"""Wrong and unusual answers to entropy (lesson 06)."""

# %% right
# scipy's −q log q, which knows that 0 log 0 = 0.
def entropy(q):
    return special.entr(q).sum()

# %% right
# scipy's entropy of one distribution, row by row.
def entropy(q):
    return sum(stats.entropy(row) for row in q)

# %% right
# Two loops that step over the zeros.
def entropy(q):
    total = 0.0
    for row in q:
        for share in row:
            if share > 0:
                total -= share * np.log(share)
    return total

# %% right
# 0 · −∞ is nan, and nansum leaves it out; the warning costs nothing.
def entropy(q):
    return -np.nansum(q * np.log(q))

# %% wrong: finite
# A zero in q gives 0 · −∞, which is nan in floating point. What does such a term count as, and how
# can you keep the logarithm away from it?
# ~ q[q > 0] → q
# %% wrong: one row, in nats (6.3)
# Your entropy is in bits. Which logarithm does this course use?
# ~ np.log(positive) → np.log2(positive)
# %% wrong: one row, in nats (6.3)
# The logarithm of a probability is negative. What sign has the entropy in (6.3)?
# ~ -np.sum( → np.sum(
# %% wrong: summed over rows (6.3)
# You averaged over the rows. (6.3) sums over them.
# ~ np.sum(positive * np.log(positive)) → np.sum(positive * np.log(positive)) / len(q)
# %% wrong: summed over rows (6.3)
# This is the entropy of the average row. Each row has an entropy of its own, and those are summed.
# ~ q[q > 0] → q.mean(axis=0)
# %% wrong: one row, in nats (6.3)
# scipy took each column for a distribution and divided it by its sum. Along which axis does q sum
# to one?
def entropy(q):
    return stats.entropy(q).sum()

# %% wrong: shape
# You have the entropy of each row. The question asks for one number.
def entropy(q):
    return special.entr(q).sum(axis=1)

# %% wrong: one row, in nats (6.3)
# You measured the entropy in units of its largest value. (6.3) has no such division, and with a
# single component you divide by zero.
# ~ np.sum(positive * np.log(positive)) → np.sum(positive * np.log(positive)) / np.log(q.shape[1])
# %% wrong: one row, in nats (6.3)
# The number that you add keeps the logarithm finite, and shifts every term. Leave the zeros out
# instead.
# ~ return -np.sum(positive * np.log(positive)) → return -np.sum(q * np.log(q + 0.001))
# %% wrong: one row, in nats (6.3)
# Only the largest entry of each row enters. Which entries does (6.3) sum over, and with which
# weights?
def entropy(q):
    return -np.sum(np.log(q.max(axis=1)))

# %% wrong: any number of components
# You wrote down two components. How many columns has q?
# ~ positive = q[q > 0] → first = q[:, 0]
# ~ -np.sum(positive * np.log(positive)) → np.sum(special.entr(first) + special.entr(1 - first))
# %% wrong: one row, in nats (6.3)
# This is the number of the example. The function is to compute it from q.
def entropy(q):
    return 1.5 * np.log(2)

# %% wrong: small shares count
# You left out small entries along with the zeros. Only a 0 adds nothing.
# ~ positive = q[q > 0] → share = q[q > 0.001]
# ~ positive * np.log(positive) → share * np.log(share)
# %% wrong: small shares count
# The floor keeps the logarithm finite, but also lifts small entries that are not 0.
# ~ np.log(positive) → np.log(np.clip(positive, 1e-3, 1))
# %% wrong: arguments stay as they were
# The number is right, but whoever passed q finds ones where zeros were. Work on a copy.
# ~ positive = q[q > 0] → q[q == 0] = 1
# ~ positive * np.log(positive) → q * np.log(q)
