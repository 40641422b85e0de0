"""Wrong and unusual answers to match_topics (lesson 08)."""

# %% right
# All permutations, one after the other.
def match_topics(z_true, z, K):
    best, share = None, -1.0
    for permutation in itertools.permutations(range(K)):
        agree = sum(permutation[found] == true for found, true in zip(z, z_true)) / len(z)
        if agree > share:
            best, share = permutation, agree
    return list(best), share

# %% right
# The table turned, and the permutation inverted.
def match_topics(z_true, z, K):
    table = np.array([[np.sum((z_true == j) & (z == k)) for k in range(K)] for j in range(K)])
    _, found = optimize.linear_sum_assignment(-table)
    permutation = np.argsort(found)
    return permutation, float(np.mean(permutation[z] == z_true))

# %% wrong: permutation[z] estimates z_true
# Yours is the permutation from true labels to found ones. It is indexed by found labels: what
# should permutation[z] look like?
# ~ (z, z_true) → (z_true, z)
# %% wrong: the best of all permutations
# You let the largest entry of the table choose first. A smaller one may leave more for the others;
# compare whole permutations.
# - found, true = optimize.linear_sum_assignment(table, maximize=True)
# - return true, table[found, true].sum() / len(z)
# + left, true = table.copy(), np.zeros(K, int)
# + for _ in range(K):
# +     k, j = np.unravel_index(left.argmax(), left.shape)
# +     true[k], left[k], left[:, j] = j, -1, -1
# + return true, np.mean(true[z] == z_true)
# %% wrong: a permutation
# You give each found label the true one that is most frequent in it. Two found labels may then
# stand for the same true one.
# ~ optimize.linear_sum_assignment(table, maximize=True) → np.arange(K), table.argmax(axis=1)
# %% wrong: the share that agrees
# You return how many rows agree. The accuracy is their share.
def match_topics(z_true, z, K):
    best = max(
        itertools.permutations(range(K)), key=lambda p: np.sum(np.array(p)[z] == z_true)
    )
    return np.array(best), np.sum(np.array(best)[z] == z_true)

# %% wrong: the share that agrees
# You compare the labels as they are numbered. The numbers of found labels are chance.
# ~ found, true = optimize.linear_sum_assignment(table, maximize=True) → found = true = np.arange(K)
# %% wrong: the share that agrees
# You match labels by how many rows they have. Which rows agree has to be counted.
def match_topics(z_true, z, K):
    found = np.argsort(-np.bincount(z, minlength=K), kind="stable")
    true = np.argsort(-np.bincount(z_true, minlength=K), kind="stable")
    permutation = np.zeros(K, int)
    permutation[found] = true
    return permutation, np.mean(permutation[z] == z_true)

# %% wrong: the share that agrees
# linear_sum_assignment looks for the smallest sum unless told otherwise. You have found the worst
# numbering.
# ~ table, maximize=True → table
# %% wrong: the share that agrees
# You rotate the numbers only. There are K! permutations, not K.
# - found, true = optimize.linear_sum_assignment(table, maximize=True)
# + turns = [(np.arange(K) + s) % K for s in range(K)]
# + found, true = np.arange(K), max(turns, key=lambda turn: table[np.arange(K), turn].sum())
# %% wrong: the best of all permutations
# You go through the found labels in order, and each takes the best that is left. The first may take
# what a later one needs more.
# - found, true = optimize.linear_sum_assignment(table, maximize=True)
# - return true, table[found, true].sum() / len(z)
# + permutation = np.zeros(K, int)
# + for k in range(K):
# +     permutation[k] = table[k].argmax()
# +     table[:, permutation[k]] = -1
# + return permutation, np.mean(permutation[z] == z_true)
# %% wrong: the best of all permutations
# You match by shares within each found label, so that a small one weighs as much as a large one.
# Rows are to be counted.
# - found, true = optimize.linear_sum_assignment(table, maximize=True)
# + shares = table / table.sum(axis=1, keepdims=True)
# + found, true = optimize.linear_sum_assignment(shares, maximize=True)
# %% wrong: the best of all permutations
# You exchange two labels as long as that helps. Three may have to move at once; try all K!
# permutations.
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

# %% wrong: the share that agrees
# You return the mean of the shares of each found label. A row counts the same whatever its label.
# ~ table[found, true].sum() / len(z) → np.mean(table[found, true] / table.sum(axis=1))
# %% wrong: the share that agrees
# You return per cent. The accuracy is a share, between 0 and 1.
# ~ table[found, true].sum() → 100 * table[found, true].sum()
# %% wrong: shape
# You return the matched label of every row. The permutation has an entry for each found label.
# ~ return true → return true[z]
# %% wrong: a permutation
# You try every list of K labels, also those in which two found labels stand for the same true one.
def match_topics(z_true, z, K):
    lists = itertools.product(range(K), repeat=K)
    best = max(lists, key=lambda p: np.mean(np.array(p)[z] == z_true))
    return best, np.mean(np.array(best)[z] == z_true)

# %% wrong: ValueError
# Your numbering knows only true labels that occur. Some of 0 … K - 1 may not.
def match_topics(z_true, z, K):
    orders = itertools.permutations(np.unique(z_true), K)
    best = max(orders, key=lambda p: np.mean(np.array(p)[z] == z_true))
    return np.array(best), np.mean(np.array(best)[z] == z_true)
