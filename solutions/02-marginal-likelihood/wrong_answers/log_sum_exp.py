"""Wrong and unusual answers to log_sum_exp (lesson 02)."""

# %% right
# SciPy's own.
def log_sum_exp(a, axis):
    return special.logsumexp(a, axis=axis)

# %% right
# Two terms at a time, by the reduction of a universal function.
def log_sum_exp(a, axis):
    return np.logaddexp.reduce(a, axis=axis)

# %% right
# One line after the other in plain Python, and a list for an answer.
def log_sum_exp(a, axis):
    def of_one_line(line):
        top = max(line)
        if top == -np.inf:
            return top
        return top + np.log(sum(np.exp(each - top) for each in line))

    return np.apply_along_axis(of_one_line, axis, a).tolist()

# %% right
# A running sum in logs; warnings of a branch that is not taken cost nothing.
def log_sum_exp(a, axis):
    terms = np.moveaxis(a, axis, 0)
    total = np.full(terms.shape[1:], -np.inf)
    for term in terms:
        high, low = np.maximum(total, term), np.minimum(total, term)
        gap = np.where(np.isneginf(low), -np.inf, low - high)
        total = np.where(np.isneginf(high), -np.inf, high + np.log1p(np.exp(gap)))
    return total

# %% wrong: large entries (2.9)
# This is right on paper. What is exp(3000) in floating point? Which factor can you move out of the
# sum first?
# ~ np.where(np.isneginf(largest), 0.0, largest) → np.zeros_like(largest)
# %% wrong: large entries (2.9)
# You keep the exponential from overflowing by changing the numbers. Take a common factor out of the
# sum, and put it back afterwards.
# - largest = np.where(np.isneginf(largest), 0.0, largest)
# + a, largest = np.minimum(a, 700.0), np.zeros_like(largest)
# %% wrong: large entries (2.9)
# A small constant hides log 0 and puts a wrong number in its place; and large entries still
# overflow.
def log_sum_exp(a, axis):
    return np.log(np.sum(np.exp(a) + 1e-300, axis=axis))

# %% wrong: each sum its own maximum (2.9)
# You take one maximum for the whole array. What is left of a row whose entries all lie thousands
# below it?
# ~ np.max(a, axis=axis, keepdims=True) → np.full_like(np.max(a, axis=axis, keepdims=True), a.max())
# %% wrong: log of a sum of exponentials (2.9)
# You took the maximum off and did not put it back.
# ~ return np.squeeze(largest, axis=axis) + rest → return rest
# %% wrong: shape
# The axis of the sum is still there, with size 1. The question asks for it to be removed.
# ~ return np.squeeze(largest, axis=axis) + rest → return largest + np.expand_dims(rest, axis)
# %% wrong: shape
# Your function does not look at its argument axis.
def log_sum_exp(a, axis):
    m = a.max(axis=1, keepdims=True)
    return m[:, 0] + np.log(np.exp(a - m).sum(axis=1))

# %% wrong: shape
# Transposing brings axis 1 to the front of a table only. Arrays may have more dimensions, and an
# axis may be counted from the end.
def log_sum_exp(a, axis):
    if axis == 1:
        a = a.T
    m = a.max(axis=0)
    return m + np.log(np.exp(a - m).sum(axis=0))

# %% wrong: a sum of zeros
# If every term is -inf, so is the maximum. What is -inf - (-inf)?
# - largest = np.where(np.isneginf(largest), 0.0, largest)
# %% wrong: a sum of zeros
# You put a large negative number in the place of -inf. A sum of zeros has the logarithm -inf, not
# -1e30.
# - largest = np.where(np.isneginf(largest), 0.0, largest)
# + a, largest = np.maximum(a, -1e30), np.maximum(largest, -1e30)
# %% wrong: log of a sum of exponentials (2.9)
# The maximum is the lower bound of (2.10). How far above it can the sum be?
# ~ return np.squeeze(largest, axis=axis) + rest → return np.max(a, axis=axis)
# %% wrong: log of a sum of exponentials (2.9)
# You averaged the exponentials. Which of the two does p(x) need?
# ~ np.sum(np.exp(a - largest), axis=axis) → np.mean(np.exp(a - largest), axis=axis)
# %% wrong: entries of very different size (2.9)
# You take the mean off. Can an entry lie far above the mean of its row?
# ~ np.max(a, axis=axis, keepdims=True) → np.mean(a, axis=axis, keepdims=True)
# - largest = np.where(np.isneginf(largest), 0.0, largest)
# %% wrong: arguments stay as they were
# a -= m writes into the caller's array.
# - rest = np.log(np.sum(np.exp(a - largest), axis=axis))
# + a -= largest
# + rest = np.log(np.sum(np.exp(a), axis=axis))
# %% wrong: shape
# These are the numbers of the example. Compute them from the argument.
def log_sum_exp(a, axis):
    return np.log(np.array([8.0, 4.0])) if axis == 1 else np.log(np.array([4.0, 3.0, 5.0]))

# %% wrong: shape
# squeeze without an axis removes every axis of size 1, also one over which no sum was asked for.
# ~ (largest, axis=axis) + rest → (largest + np.expand_dims(rest, axis))
