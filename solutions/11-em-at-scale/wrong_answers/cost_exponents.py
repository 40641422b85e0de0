"""Wrong and unusual answers to cost_exponents (lesson 11)."""

# %% right
# Counted by hand.
def cost_exponents():
    return 1, 2, 1

# %% right
# Counted by a formula whose growth is measured.
def cost_exponents():
    def count(n, d, K):
        return n * K * (2 * (d * (d + 1) // 2) + 2 * d) + K * d**3

    base = np.array([10**10, 300, 50])
    grown = [base * np.where(np.arange(3) == i, 7, 1) for i in range(3)]
    return [round(np.log(count(*g) / count(*base)) / np.log(7)) for g in grown]

# %% wrong: power of d
# That is the inverse of Σ_k for every row. How often in an iteration is it needed?
# ~ 2, 1 → 3, 1
# %% wrong: power of d
# That is the cost with diagonal covariances. How many entries has a full one?
# ~ 2, 1 → 1, 1
# %% wrong: power of K
# Each pair of a row and a component is visited once. Do components meet each other?
# ~ 2, 1 → 2, 2
# %% wrong: power of n
# Each row is looked at by itself. Where would two rows meet?
# ~ 1, 2 → 2, 2
# %% wrong: power of d
# Your powers are in another order: first n, then d, then K.
# ~ 2, 1 → 1, 2
# %% wrong: power of n
# Your powers are in another order: first n, then d, then K.
# ~ 1, 2 → 2, 1
# %% wrong: power of d
# You added up the powers of the distance and of the moments. One comes after the other: the costs
# add, the powers do not.
# ~ 2, 1 → 4, 1
# %% wrong: shape
# Three powers are asked for: of n, of d and of K.
# ~ 2, 1 → 2
# %% wrong: power of n
# That is the Cholesky factorisation alone. Which part grows with the rows?
# ~ 1, 2 → 0, 3
# %% wrong: numbers
# Asked for are the three powers, not a text.
# ~ 1, 2, 1 → "O(n d^2 K)"
