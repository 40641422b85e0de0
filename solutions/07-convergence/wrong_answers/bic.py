"""Wrong and unusual answers to bic (lesson 07)."""

# %% right
# The coordinates counted one by one.
def bic(log_likelihood, n, d, K):
    import math

    free = -1
    for _ in range(K):
        free += 1
        free += d
        free += len([(i, j) for i in range(d) for j in range(i + 1)])
    return free * math.log(n) - 2 * log_likelihood

# %% right
# The lower triangle by NumPy.
def bic(log_likelihood, n, d, K):
    p = K * (1 + d + np.tril_indices(d)[0].size) - 1
    return np.array(p * np.log(n) - 2 * log_likelihood)

# %% wrong: −2 ℓ (7.34)
# Your sign is that of mclust. Here smaller is better: what is −2 times a likelihood that grows?
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = (K - 1) + K * d + K * d * (d + 1) / 2
# ~ -2 * log_likelihood + free → 2 * log_likelihood - p
# %% wrong: −2 ℓ (7.34)
# This is half of (7.34). Models are ranked alike, but the number is not BIC.
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = (K - 1) + K * d + K * d * (d + 1) / 2
# ~ 2 * log_likelihood + free → log_likelihood + 0.5 * p
# %% wrong: −2 ℓ (7.34)
# This is Akaike's criterion: each coordinate costs 2, whatever n. What does it cost in (7.34)?
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = (K - 1) + K * d + K * d * (d + 1) / 2
# ~ free * np.log(n) → 2 * p
# %% wrong: p log n (7.34)
# You count K weights. They sum to one: how many can be chosen freely?
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = K + K * d + K * d * (d + 1) / 2
# ~ free * np.log(n) → p * np.log(n)
# %% wrong: free coordinates (7.35)
# A covariance has d² entries, but it is symmetric: how many of them are free?
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = (K - 1) + K * d + K * d**2
# ~ free * np.log(n) → p * np.log(n)
# %% wrong: free coordinates (7.35)
# You count variances only. A full covariance has entries beside its diagonal.
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = (K - 1) + K * d + K * d
# ~ free * np.log(n) → p * np.log(n)
# %% wrong: free coordinates (7.35)
# You count one covariance for all components. Here each has its own.
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = (K - 1) + K * d + d * (d + 1) / 2
# ~ free * np.log(n) → p * np.log(n)
# %% wrong: p log n (7.34)
# Your logarithm has the base 10. The log-likelihood is in nats; in which base must log n be?
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = (K - 1) + K * d + K * d * (d + 1) / 2
# ~ free * np.log(n) → p * np.log10(n)
# %% wrong: free coordinates (7.35)
# p = 5 is that of the example, K = 2 and d = 1.
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = 5 if K > 1 else 2
# ~ free * np.log(n) → p * np.log(n)
# %% wrong: n counts rows (7.34)
# You take n·d numbers for the size of the data. The rows are what is independent: what is n in the
# step from (7.33) to (7.34)?
# ~ free = (K - 1) + K * d + K * d * (d + 1) // 2 → p = K * (1 + d + d * (d + 1) / 2) - 1
# ~ free * np.log(n) → p * np.log(n * d)
