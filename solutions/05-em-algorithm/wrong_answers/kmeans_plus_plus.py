"""Wrong and unusual answers to kmeans_plus_plus (lesson 05)."""

# %% right plain_loops
# Two plain loops.
def kmeans_plus_plus(rng, x, K):
    n = len(x)
    first = rng.integers(n)
    chosen = [first]
    for m in range(1, K):
        squares = np.zeros(n)
        for i in range(n):
            squares[i] = min(((x[i] - x[j]) ** 2).sum() for j in chosen)
        p = squares / squares.sum()
        chosen.append(rng.choice(n, p=p))
    return x[chosen]

# %% right
# The inverse of the cumulated costs at a uniform number, and lists.
def kmeans_plus_plus(rng, x, K):
    centres = [list(rng.choice(x))]
    for _ in range(K - 1):
        cost = linalg.norm(x[:, None] - np.array(centres), axis=2).min(axis=1) ** 2
        edge = np.cumsum(cost)
        place = np.searchsorted(edge, rng.random() * edge[-1], side="right")
        centres.append(list(x[place]))
    return centres

# %% right
# Distinct places with the number of their copies as weights.
def kmeans_plus_plus(rng, x, K):
    places, copies = np.unique(x, axis=0, return_counts=True)
    cost = copies.astype(float)
    centres = []
    nearest = np.full(len(places), np.inf)
    for _ in range(K):
        centres.append(places[rng.multinomial(1, cost / cost.sum()).argmax()])
        nearest = np.minimum(nearest, np.square(places - centres[-1]).sum(axis=1))
        cost = copies * nearest
        if not cost.any():
            break
    return np.array(centres)

# %% wrong, from plain_loops: first centre even over the rows
# You always begin with the first row. Which distribution has the first centre?
# ~ rng.integers(n) → 0
# %% wrong, from plain_loops: first centre even over the rows
# You begin with the row nearest to the mean. The first centre is to be drawn.
# ~ rng.integers(n) → ((x - x.mean(axis=0)) ** 2).sum(axis=1).argmin()
# %% wrong, from plain_loops: first centre even over the rows
# Your own generator with a fixed seed gives the same centres at every call. Draw with rng.
# ~ n = len(x) → n, rng = len(x), np.random.default_rng(0)
# %% wrong, from plain_loops: first centre even over the rows
# You dropped the copies. (5.14) sums over rows, so two equal rows have twice the share.
#   def kmeans_plus_plus(rng, x, K):
# +     x = np.unique(x, axis=0)
# %% wrong, from plain_loops: squared distances as weights (5.14)
# You draw in proportion to the distance. Which power stands in (5.14)?
# ~ squares / squares.sum() → np.sqrt(squares) / np.sqrt(squares).sum()
# %% wrong, from plain_loops: squared distances as weights (5.14)
# Your weights are the fourth power of the distance: the squares are squared again.
# ~ squares / squares.sum() → squares**2 / (squares**2).sum()
# %% wrong, from plain_loops: squared distances as weights (5.14)
# You take the furthest row every time, so an outlier is certain to be a centre. (5.14) gives every
# row a chance.
# ~ rng.choice(n, p=p) → int(p.argmax())
# %% wrong, from plain_loops: a drawn row has distance 0 (5.13)
# A softmax of the squared distances lets the furthest row take nearly all. What makes weights into
# probabilities in (5.14)?
# ~ squares / squares.sum() → special.softmax(squares)
# %% wrong, from plain_loops: a drawn row has distance 0 (5.13)
# All your centres are drawn evenly. Later ones should know where the earlier ones are.
# ~ rng.choice(n, p=p) → rng.integers(n)
# %% wrong, from plain_loops: a drawn row has distance 0 (5.13)
# You draw different rows, but evenly, and copies of a row count as different. What weight has a
# copy of a centre?
# ~ [chosen] → [rng.permutation(n)[:K]]
# %% wrong, from plain_loops: a drawn row has distance 0 (5.13)
# You measure the distance to the latest centre only. A row near an earlier one is served already.
# ~ in chosen → in chosen[-1:]
# %% wrong, from plain_loops: a drawn row has distance 0 (5.13)
# You take the distance to the furthest centre. Which one does D(x) in (5.13) refer to?
# - squares[i] = min(((x[i] - x[j]) ** 2).sum() for j in chosen)
# + squares[i] = max(((x[i] - x[j]) ** 2).sum() for j in chosen)
# %% wrong, from plain_loops: a drawn row has distance 0 (5.13)
# You add the squared distances to all centres. (5.13) takes the nearest alone.
# - squares[i] = min(((x[i] - x[j]) ** 2).sum() for j in chosen)
# + squares[i] = sum(((x[i] - x[j]) ** 2).sum() for j in chosen)
# %% wrong: the nearest centre counts (5.13)
# You add the squared distances to all centres, and only keep rows from being drawn twice. (5.13)
# takes the nearest centre alone.
def kmeans_plus_plus(rng, x, K):
    n = len(x)
    first = rng.integers(n)
    chosen = [first]
    for m in range(1, K):
        squares = np.zeros(n)
        for i in range(n):
            squares[i] = (
                sum(((x[i] - x[j]) ** 2).sum() for j in chosen)
                if min(((x[i] - x[j]) ** 2).sum() for j in chosen) > 0
                else 0
            )
        p = squares / squares.sum()
        chosen.append(rng.choice(n, p=p))
    return x[chosen]

# %% wrong, from plain_loops: squared distances as weights (5.14)
# You divide the columns by their standard deviations first. The question asks for distances in the
# units of x.
# ~ x[i] - x[j] → (x[i] - x[j]) / x.std(axis=0)
# %% wrong, from plain_loops: Euclidean distances (5.13)
# You add the columns' absolute differences. The distances are Euclidean: squares first, then the
# sum.
# ~ ((x[i] - x[j]) ** 2).sum() → np.abs(x[i] - x[j]).sum() ** 2
# %% wrong, from plain_loops: Euclidean distances (5.13)
# You take the largest difference of any column. A Euclidean distance sums the squares of all
# columns.
# ~ ((x[i] - x[j]) ** 2).sum() → np.abs(x[i] - x[j]).max() ** 2
# %% wrong, from plain_loops: one state, one answer
# The later centres come from NumPy's global generator. Draw with rng only.
# ~ rng.choice(n, p=p) → np.random.choice(n, p=p)
# %% wrong, from plain_loops: shape
# You return the row numbers. The question asks for the rows.
# ~ x[chosen] → chosen
# %% wrong: squared distances as weights (5.14)
# You draw several candidates and keep the one with the lowest cost. That is a later, greedy variant
# with another distribution than (5.14).
# -     centres.append(x[rng.choice(len(x), p=nearest / nearest.sum())])
# +     options = rng.choice(len(x), size=6, p=nearest / nearest.sum())
# +     costs = [np.minimum(nearest, ((x - x[j]) ** 2).sum(axis=1)).sum() for j in options]
# +     centres.append(x[options[int(np.argmin(costs))]])
# %% wrong, from plain_loops: rows of x
# You move the centres to the means of their rows before you return. The starts asked for are rows.
# - return x[chosen]
# + nearest = ((x[:, None] - x[chosen]) ** 2).sum(axis=2).argmin(axis=1)
# + return np.array([x[nearest == k].mean(axis=0) for k in range(K)])
