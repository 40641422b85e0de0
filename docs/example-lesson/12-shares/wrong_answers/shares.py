"""Wrong and unusual answers to shares (lesson 12)."""

# %% right
# A list is as good as an array.
def shares(counts):
    return [count / sum(counts) for count in counts]

# %% wrong: counts over their sum (12.1)
# Divide by the sum of the counts, not by the largest.
# ~ sum(counts) → counts.max()
