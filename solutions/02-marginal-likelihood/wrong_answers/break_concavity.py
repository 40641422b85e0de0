"""Wrong and unusual answers to break_concavity (lesson 02)."""

# %% right
# A pair that is far from all data that the question allows: it needs no look at x.
def break_concavity(x):
    return [2e6, 2e6 + 4], [2e6 + 4, 2e6]

# %% right
# Both means to the right of all data, labels swapped.
def break_concavity(x):
    top = np.max(x)
    return [float(top + 5), float(top + 9)], [float(top + 9), float(top + 5)]

# %% right
# One mean moves out of the data: the log-likelihood falls by log 2 a row, and is flat from there
# on. No labels are swapped.
def break_concavity(x):
    m = np.mean(x)
    far = m + 10 + 4 * np.ptp(x)
    return np.array([m, m]), np.array([m, far])

# %% right
# A short segment across the diagonal, where (2.23) is positive.
def break_concavity(x):
    m, s = x.min() - 3.0, 0.01
    return (m - s, m + s), (m + s, m - s)

# %% right
# Tries segments until one works, and the first one does within twenty.
def break_concavity(x):
    def level(means):
        a = -0.5 * (x[:, None] - means) ** 2
        return special.logsumexp(a, axis=1, b=0.5).sum()

    for t in np.arange(0.1, 20.0, 0.1):
        a = np.array([np.median(x), np.median(x) + 2 * t])
        b = a[::-1].copy()
        if level((a + b) / 2) < (level(a) + level(b)) / 2 - 1e-3:
            return a, b

# %% wrong: tightly gathered data
# This works where the two ends fit better than the middle. Look at three rows within 0.1 of each
# other.
# ~ near = np.mean(x) → near = np.min(x)
# ~ far = near + 4 → far = np.max(x)
# %% wrong: data in two groups
# The middle of your segment is the best place that there is for a single Gaussian. Must the
# midpoint lie among the data?
# ~ near = np.mean(x) → near = np.mean(x) - 2 * np.std(x)
# ~ far = near + 4 → far = np.mean(x) + 2 * np.std(x)
# %% wrong: tightly gathered data
# One mean stays and the other leaves: good. But how far it goes you measure in standard deviations
# of the data. Which standard deviation counts?
# ~ near + 4 → near + 4 * np.std(x)
# %% wrong: tightly gathered data
# Your pair does not look at the data. What if all of it lies at your midpoint?
# ~ near = np.mean(x) → near = 0.0
# %% wrong: data in two groups
# Your segment runs along the diagonal. What is the curvature there, by (2.23)?
# ~ np.array([near, far]), np.array([far, near]) → np.array([near, near]), np.array([far, far])
# %% wrong: data in two groups
# At a and at b one component serves no row at all; at your midpoint both lie in the middle of the
# data. Which of the two fits better?
# ~ ([near, far]), np.array([far, near]) → ([near, near - 50]), np.array([near, near + 50])
# %% wrong: data in two groups
# a and b are the same point. How far is it from their midpoint?
# ~ np.array([far, near]) → np.array([near, far])
# %% wrong: tightly gathered data
# The right idea, but count: what does the midpoint lose a row, and what do the ends lose at most?
# ~ near + 4 → near + 1
# %% wrong: tightly gathered data
# This is the pair of the example. The data may lie anywhere, at its midpoint too.
# ~ near = np.mean(x) → near = -2.0
# %% wrong: data at your midpoint
# Far from most data, but not from all: what if the data lie at 22?
# ~ near = np.mean(x) → near = 20.0
# %% wrong: tightly gathered data
# Is there always a row above the median? And if there is: do the two halves fit better than their
# middle when they lie close together?
# ~ near = np.mean(x) → near = np.mean(x[x <= np.median(x)])
# ~ far = near + 4 → far = np.mean(x[x > np.median(x)])
# %% wrong: more data at your midpoint
# One row says nothing about the others. What if those lie at your midpoint?
# ~ near = np.mean(x) → near = x[0]
# %% wrong: more data at your midpoint
# The median does not notice how far the other half lies above it. Which centre makes the term that
# is linear in x vanish when you sum over the rows?
# ~ near = np.mean(x) → near = np.median(x)
# %% wrong: more data at your midpoint
# The two extreme rows say nothing about those between. What if nearly all of them lie at your
# midpoint?
# ~ near = np.mean(x) → near = (np.min(x) + np.max(x)) / 2
