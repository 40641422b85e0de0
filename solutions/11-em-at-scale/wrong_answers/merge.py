"""Wrong and unusual answers to merge (lesson 11)."""

# %% right part_by_part
# Four sums, one a line.
def merge(a, b):
    c = a[0] + b[0]
    s = a[1] + b[1]
    S = a[2] + b[2]
    log_p = a[3] + b[3]
    return c, s, S, log_p

# %% right
# A list of copies, added to.
def merge(a, b):
    result = [np.array(part, dtype=float) for part in a]
    for i, part in enumerate(b):
        result[i] = np.add(result[i], part)
    return result

# %% right
# Nested lists.
def merge(a, b):
    whole = []
    for part, other in zip(a, b):
        whole.append(np.sum([part, other], axis=0).tolist())
    return tuple(whole)

# %% wrong, from part_by_part: parts
# You left out the log-likelihood. A loop wants it for its trace, and it adds as well.
# ~ S, log_p → S
# %% wrong, from part_by_part: second moments add (11.2)
# You took the mean's part off the second moments, as (11.5) does. The M-step does that, once; sums
# about one centre just add.
# ~ b[2] → b[2] - s[:, :, None] * s[:, None, :] / c[:, None, None]
# %% wrong, from part_by_part: second moments add (11.2)
# You averaged the second moments. By (11.1) they are sums over rows.
# ~ a[2] + b[2] → (a[2] + b[2]) / 2
# %% wrong, from part_by_part: counts add (11.2)
# You return the result of an M-step: weights, means and covariances. Asked for are the statistics,
# which the next block can still be added to.
# - return c, s, S, log_p
# + u = s / c[:, None]
# + spread = S / c[:, None, None] - u[:, :, None] * u[:, None, :]
# + return c / c.sum(), u, spread, log_p
# %% wrong: parts
# The plus sign of tuples puts one behind the other. Add part by part.
# ~ tuple(left + right for left, right in zip(a, b)) → a + b
# %% wrong, from part_by_part: log-likelihoods add (11.2)
# You average the log-likelihoods. They are sums over rows, by (11.1).
# ~ a[3] + b[3] → (a[3] + b[3]) / 2
# %% wrong, from part_by_part: log-likelihoods add (11.2)
# You add the likelihoods, not their logarithms. Rows are independent: what happens to the
# probability of two blocks together?
# ~ a[3] + b[3] → np.logaddexp(a[3], b[3])
# %% wrong, from part_by_part: log-likelihoods add (11.2)
# You kept the log-likelihood of one block only.
# ~ a[3] + b[3] → b[3]
# %% wrong, from part_by_part: counts add (11.2)
# You made the counts sum to one. They are the numbers of rows that a component expects.
# ~ a[0] + b[0] → (a[0] + b[0]) / (a[0] + b[0]).sum()
# %% wrong, from part_by_part: first moments add (11.2)
# You weight the first moments by the counts, as one does with means. s_k is a sum already.
# ~ a[1] + b[1] → (a[0][:, None] * a[1] + b[0][:, None] * b[1]) / c[:, None]
# %% wrong, from part_by_part: second moments add (11.2)
# You weight the second moments by the counts, as one does with covariances. S_k is a sum already.
# - S = a[2] + b[2]
# + S = a[0][:, None, None] * a[2] + b[0][:, None, None] * b[2]
# + S = S / c[:, None, None]
# %% wrong, from part_by_part: second moments add (11.2)
# You add the scatter between the blocks, (11.6). That is for moments about each block's own mean;
# these are about one centre.
# - S = a[2] + b[2]
# + gap = a[1] / a[0][:, None] - b[1] / b[0][:, None]
# + share = (a[0] * b[0] / c)[:, None, None]
# + S = a[2] + b[2] + share * gap[:, :, None] * gap[:, None, :]
# %% wrong, from part_by_part: arguments stay as they were
# The += of an array changes the array itself, here the caller's. Write a + b.
# - c = a[0] + b[0]
# + c = a[0]
# + c += b[0]
# %% wrong, from part_by_part: second moments add (11.2)
# You keep the diagonal of the second moments only. All of S_k adds.
# ~ a[2] + b[2] → (a[2] + b[2]) * np.eye(a[1].shape[1])
