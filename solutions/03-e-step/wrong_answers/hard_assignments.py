"""Wrong and unusual answers to hard_assignments (lesson 03)."""

# %% right
# A list comprehension over rows.
# ~ np.argmax(r, axis=1) → [list(row).index(max(row)) for row in r]
# %% right
# Loops that keep the best label so far, and move on only to a larger entry.
def hard_assignments(r):
    z = np.zeros(len(r))
    for i, row in enumerate(r):
        for k in range(1, len(row)):
            if row[k] > row[int(z[i])]:
                z[i] = k
    return z

# %% right
# A stable sort of the negative entries: the first of equals stays first.
# ~ np.argmax(r, axis=1) → np.argsort(-r, axis=1, kind="stable")[:, 0]
# %% wrong: shape
# You look for the largest entry of each column: which point is most typical of a component. Asked
# was the component of each point.
# ~ axis=1 → axis=0
# %% wrong: any number of components
# A threshold of one half knows two components. With more, the most probable one may have less than
# one half, and its label may be above 1.
# ~ np.argmax(r, axis=1) → (r[:, 1] > 0.5).astype(int)
# %% wrong: shape
# You return the indicators, a row of zeros and a one. Asked was the label itself.
# ~ np.argmax(r, axis=1) → (r == r.max(axis=1, keepdims=True)).astype(int)
# %% wrong: ties to the lowest
# Where two entries tie you return the last of them. Which one did the question ask for?
# ~ np.argmax(r, axis=1) → r.shape[1] - 1 - np.argmax(r[:, ::-1], axis=1)
# %% wrong: most probable (3.10)
# Labels count from 0 in code.
# ~ (r, axis=1) → (r, axis=1) + 1
# %% wrong: most probable (3.10)
# You draw labels with the probabilities r. That is a sample from the posterior, not its most
# probable value.
def hard_assignments(r):
    rng = np.random.default_rng(0)
    return [rng.choice(len(row), p=row) for row in r]

# %% wrong: whole numbers
# You return the largest responsibility. Asked was where it stands.
# ~ np.argmax(r, axis=1) → r.max(axis=1)
# %% wrong: any number of components
# You return the mean of the labels, rounded. Labels are names, and the mean of 0 and 2 is not
# component 1.
# ~ np.argmax(r, axis=1) → np.round(r @ np.arange(r.shape[1])).astype(int)
# %% wrong: nearly equal is not equal
# You round before you compare, so that 0.499999 and 0.5 tie. Only equal entries do.
# ~ np.argmax(r, axis=1) → r.round(3).argmax(axis=1)
