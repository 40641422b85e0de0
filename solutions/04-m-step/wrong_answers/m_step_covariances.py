"""Wrong and unusual answers to m_step_covariances (lesson 04)."""

# %% right
# One einsum over cases.
def m_step_covariances(x, r, means):
    deviations = x[:, None, :] - means
    shares = r / r.sum(axis=0)
    return np.einsum("nk,nki,nkj->kij", shares, deviations, deviations)

# %% right
# Outer products, case by case.
def m_step_covariances(x, r, means):
    K, d = np.shape(means)
    covariances = np.zeros((K, d, d))
    for k in range(K):
        for row, weight in zip(x, r[:, k]):
            covariances[k] += weight * np.outer(row - means[k], row - means[k])
        covariances[k] /= r[:, k].sum()
    return covariances.tolist()

# %% right
# np.cov with weights takes the weighted mean by itself.
def m_step_covariances(x, r, means):
    d = x.shape[1]
    return np.array([
        np.cov(x, rowvar=False, aweights=weight, ddof=0).reshape(d, d) for weight in r.T
    ])

# %% right
# The square root of the weights on either side.
# ~ weight, mean in zip(r.T, means, strict=True) → k, mean in enumerate(means)
# ~ deviations = x - mean → root = np.sqrt(r[:, [k]] / r[:, k].sum()) * (x - mean)
# ~ (weight[:, None] * deviations).T @ deviations / weight.sum() → root.T @ root
# %% wrong: labels as responsibilities (4.4)
# The responsibilities do not enter: every case counts alike. Where do they stand in (4.16)?
# - covariances.append((weight[:, None] * deviations).T @ deviations / weight.sum())
# + covariances.append(deviations.T @ deviations / len(x))
# %% wrong: Q_k sums to one (4.5)
# You divided by the number of all cases. How many cases does component k expect to have?
# ~ weight.sum() → len(x)
# %% wrong: the data twice, the same fit
# Taking 1 off the divisor makes an estimate unbiased when labels are known. Which divisor makes
# (4.26) vanish?
# ~ / weight.sum() → / (weight.sum() - 1)
# %% wrong: the data twice, the same fit
# Look up by what np.cov divides unless it is told otherwise: it corrects for bias, and (4.16) does
# not.
# - deviations = x - mean
# - covariances.append((weight[:, None] * deviations).T @ deviations / weight.sum())
# + sample = np.cov(x.T, aweights=weight) if len(x) > 1 else np.zeros(2 * x.shape[1:])
# + covariances.append(sample.reshape(2 * x.shape[1:]))
# %% wrong: labels as responsibilities (4.4)
# You took the deviations from the mean of all the data. (4.18) says what that adds to the
# covariance of component k.
# ~ deviations = x - mean → deviations = x - x.mean(axis=0)
# %% wrong: off the diagonal (4.16)
# The variances are right. What do the products of different columns say?
# - covariances.append((weight[:, None] * deviations).T @ deviations / weight.sum())
# + covariances.append(np.diag(weight @ deviations**2 / weight.sum()))
# %% wrong: far from the origin
# On paper this is (4.16). Try it on data near 1e6: which digits of the two large terms are left
# after the subtraction?
def m_step_covariances(x, r, means):
    shares = r / r.sum(axis=0)
    second = np.einsum("nk,ni,nj->kij", shares, x, x)
    return second - means[:, :, None] * means[:, None, :]

# %% wrong: Q_k sums to one (4.5)
# You weighted both factors of the product, so each responsibility enters squared.
# ~ [:, None] * deviations → [:, None] ** 2 * deviations
# %% wrong: Q_k sums to one (4.5)
# You gave each case wholly to one component. (4.16) weighs it in all of them.
# ~ covariances = [] → covariances, r = [], np.eye(r.shape[1])[r.argmax(axis=1)]
# ~ weight.sum() → max(weight.sum(), 1)
# %% wrong: units of x squared
# The square root of a variance is a standard deviation. In which units is Σ_k asked for?
# ~ return np.array(covariances) → return np.sign(covariances) * np.sqrt(np.abs(covariances))
# %% wrong: ValueError
# Two components in two dimensions are written into your code. Read K and d off the arguments.
def m_step_covariances(x, r, means):
    covariances = np.zeros((2, 2, 2))
    for k in range(2):
        deviations = x - means[k]
        covariances[k] = (r[:, [k]] * deviations).T @ deviations / r[:, k].sum()
    return covariances

# %% wrong: arguments stay as they were
# You shift the caller's data to and fro. What rounding leaves behind stays there, and a caller may
# not expect it; take the deviations in an array of your own.
# - deviations = x - mean
# - covariances.append((weight[:, None] * deviations).T @ deviations / weight.sum())
# + x -= mean
# + covariances.append((weight[:, None] * x).T @ x / weight.sum())
# + x += mean
# %% wrong: units of x squared
# You added a small number to the diagonal, as programs do to keep a covariance invertible. It is
# not in (4.16), and where x is measured in larger units it is not small.
# ~ / weight.sum() → / weight.sum() + 1e-6 * np.eye(x.shape[1])
