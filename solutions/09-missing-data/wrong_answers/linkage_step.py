"""Wrong and unusual answers to linkage_step (lesson 09)."""

# %% right
# The five cells written out, and the share among three of them.
def linkage_step(counts, theta):
    cells = np.array([0.5, theta / 4])
    split = counts[0] * cells / cells.sum()
    linked = split[1] + counts[3]
    return linked / (linked + counts[1] + counts[2])

# %% right
# The expectation summed over the binomial distribution of z.
def linkage_step(counts, theta):
    a = int(counts[0])
    z = np.arange(a + 1)
    mean = float(z @ stats.binom.pmf(z, a, theta / (2 + theta)))
    return np.array((mean + counts[3]) / (mean + np.sum(counts[1:])))

# %% right
# The maximum of the objective by its slope's sign, halving the interval.
def linkage_step(counts, theta):
    z = counts[0] * theta / (2 + theta)
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if (z + counts[3]) * (1 - middle) > (counts[1] + counts[2]) * middle:
            low = middle
        else:
            high = middle
    return low

# %% wrong: expected count (9.3)
# You give the second part the share θ/4 of the first cell. What is its probability, given that the
# animal is in the first cell?
# ~ theta / (2 + theta) → theta / 4
# %% wrong: expected count (9.3)
# You count all animals of the first cell as linked. Only the expected z of them belong to the part
# whose probability depends on θ.
# ~ merged * theta / (2 + theta) → merged
# %% wrong: expected count (9.3)
# You round the expected count to a whole animal. An expectation need not be whole.
# ~ merged * theta / (2 + theta) → round(merged * theta / (2 + theta))
# %% wrong: expected count (9.3)
# Your denominator is all animals. Those in the part of probability ½ say nothing on θ: which
# factors of the likelihood does (9.4) come from?
# ~ (expected + second + third + linked) → sum(counts)
# %% wrong: expected count (9.3)
# You keep the part of the first cell whose probability is ½, and leave out the other. Which of the
# two depends on θ?
# ~ merged * theta / (2 → merged * 2 / (2
# %% wrong: counts that are seen (9.4)
# The animals of the last cell are linked too, and were recorded. Where are they in your numerator?
# ~ (expected + linked) / → expected /
# %% wrong: counts that are seen (9.4)
# These are the counts of the text. Take them from the argument.
# ~ merged, second, third, linked = counts → merged, second, third, linked = 125, 18, 20, 34
# %% wrong: counts that are seen (9.4)
# Two cells have the probability (1 − θ)/4. You counted one of them.
# ~ second + third + → second +
# %% wrong: expected count (9.3)
# You return the maximum of the likelihood itself. Asked for is one step from theta, which is not
# there yet.
def linkage_step(counts, theta):
    a, b, c, d = counts
    n, p = a + b + c + d, a - 2 * (b + c) - d
    return (p + np.sqrt(p * p + 8 * n * d)) / (2 * n)

# %% wrong: expected count (9.3)
# You divide the part θ/4 by the other part. A probability given the first cell is the part over the
# whole of it, ½ + θ/4.
# ~ theta / (2 + theta) → theta / 2
# %% wrong: counts that are seen (9.4)
# Your numerator is the animals that are not linked: that is the share 1 − θ.
# ~ (expected + linked) / → (second + third) /
# %% wrong: counts that are seen (9.4)
# You set θ/4 to the share of the linked animals among all. The cells of (1 − θ)/4 speak of θ too:
# where is the maximum of both terms of the objective?
# - return (expected + linked) / (expected + second + third + linked)
# + return 4 * (expected + linked) / sum(counts)
# %% wrong: counts that are seen (9.4)
# You add an animal to each side, as a prior would. Asked for is the maximum of the likelihood's
# bound.
# - return (expected + linked) / (expected + second + third + linked)
# + return (expected + linked + 1) / (expected + second + third + linked + 2)
# %% wrong: expected count (9.3)
# You draw z. The E-step takes its expectation: no chance is left in it.
# - expected = merged * theta / (2 + theta)
# + expected = np.random.default_rng(0).binomial(int(merged), theta / (2 + theta))
# %% wrong: expected count (9.3)
# You take the most probable z. The M-step needs the expected one.
# ~ merged * theta / (2 + theta) → np.floor((merged + 1) * theta / (2 + theta))
# %% wrong: expected count (9.3)
# You make more than one step. Asked for is the next θ only.
# - expected = merged * theta / (2 + theta)
# - return (expected + linked) / (expected + second + third + linked)
# + for _ in range(2):
# +     expected = merged * theta / (2 + theta)
# +     theta = (expected + linked) / (expected + second + third + linked)
# + return theta
# %% wrong: expected count (9.3)
# You count the linked animals of the first cell above the line, and its others below it. Both are
# to be z.
# ~ (expected + second → (merged - expected + second
