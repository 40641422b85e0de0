"""Wrong and unusual answers to kl_to_posterior (lesson 06)."""

# %% right in_logs
# log_softmax normalises in logs; xlogy minds the zeros.
def log_joint(x, weights, means, covariances):
    columns = []
    for k in range(len(weights)):
        log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
        with np.errstate(divide="ignore"):
            columns.append(np.log(weights[k]) + np.reshape(log_density, len(x)))
    return np.array(columns).T


def kl_to_posterior(x, q, weights, means, covariances):
    a = log_joint(x, weights, means, covariances)
    log_posterior = special.log_softmax(a, axis=1)
    finite = np.where(q > 0, log_posterior, 0.0)
    return np.sum(special.xlogy(q, q) - q * finite)

# %% right
# Row by row, component by component.
def log_joint(x, weights, means, covariances):
    columns = []
    for k in range(len(weights)):
        log_density = stats.multivariate_normal.logpdf(x, means[k], covariances[k])
        with np.errstate(divide="ignore"):
            columns.append(np.log(weights[k]) + np.reshape(log_density, len(x)))
    return np.array(columns).T


def kl_to_posterior(x, q, weights, means, covariances):
    total = 0.0
    for row, shares in zip(log_joint(x, weights, means, covariances), q):
        log_p = np.logaddexp.reduce(row)
        for a, share in zip(row, shares):
            if share > 0:
                total += share * (np.log(share) - (a - log_p))
    return total

# %% right from_the_bound, from in_logs
# log p less the bound (6.7).
# - log_posterior = special.log_softmax(a, axis=1)
# - finite = np.where(q > 0, log_posterior, 0.0)
# - return np.sum(special.xlogy(q, q) - q * finite)
# + bound = np.sum(q * np.where(q > 0, a, 0.0)) + special.entr(q).sum()
# + return special.logsumexp(a, axis=1).sum() - bound
# %% wrong, from in_logs: from q to the posterior (6.5)
# You averaged over the posterior. In KL(q ‖ ρ) the average is over the first argument.
# - finite = np.where(q > 0, log_posterior, 0.0)
# - return np.sum(special.xlogy(q, q) - q * finite)
# + p = np.exp(log_posterior)
# + return np.sum(np.where(p > 0, p * (log_posterior - np.log(np.maximum(q, 1e-300))), 0.0))
# %% wrong: zero at the posterior (6.6)
# You measured the distance to the joint, which does not sum to one over z. What turns it into the
# posterior?
# ~ log_joint - special.logsumexp(log_joint, axis=1, keepdims=True) → log_joint
# %% wrong, from from_the_bound: zero at the posterior (6.6)
# Your posterior does not know how common each component is. Where does the prior enter Bayes' rule?
# - a = log_joint(x, weights, means, covariances)
# - bound = np.sum(q * np.where(q > 0, a, 0.0)) + special.entr(q).sum()
# - return special.logsumexp(a, axis=1).sum() - bound
# + a = log_joint(x, np.ones(len(weights)), means, covariances)
# + return np.sum(special.rel_entr(q, special.softmax(a, axis=1)))
# %% wrong: finite
# A posterior of e to the −1000 is 0 in floating point, and its log is then −∞. You can have the log
# of the posterior without the posterior.
# - return np.sum(q[picked] * (np.log(q[picked]) - log_posterior[picked]))
# + return np.sum(special.rel_entr(q, np.exp(log_posterior)))
# %% wrong: log of the posterior, in logs (3.4)
# You lifted small posteriors to a number of your own, which caps what the divergence can say. You
# can have the log of the posterior without the posterior.
# - return np.sum(q[picked] * (np.log(q[picked]) - log_posterior[picked]))
# + return np.sum(special.rel_entr(q, np.maximum(np.exp(log_posterior), 1e-12)))
# %% wrong: finite
# Where q is 0 you multiply 0 by infinity. What does (6.5) say of such a term?
# ~ q[picked] * (np.log(q[picked]) - log_posterior[picked]) → q * (np.log(q) - log_posterior)
# %% wrong: from q to the posterior (6.5)
# You averaged over the rows. The gap of log p(D; θ) is a sum over them.
# - return np.sum(q[picked] * (np.log(q[picked]) - log_posterior[picked]))
# + return np.sum(q[picked] * (np.log(q[picked]) - log_posterior[picked])) / len(x)
# %% wrong: from q to the posterior (6.5)
# Your number is never positive. Which way up is the fraction in (6.5)?
# ~ return np.sum(q[picked] → return -np.sum(q[picked]
# %% wrong, from in_logs: from q to the posterior (6.5)
# Single terms of (6.5) may be negative; only their sum may not. Nothing has to be made positive by
# force.
# ~ special.xlogy(q, q) - q * finite → np.abs(special.xlogy(q, q) - q * finite)
# %% wrong: zero at the posterior (6.6)
# This is the cross-entropy from q to the posterior. Which term of (6.5) is missing?
# ~ (np.log(q[picked]) - log_posterior[picked]) → -log_posterior[picked]
# %% wrong: from q to the posterior (6.5)
# The divergence is 0 only if q is the posterior. Here q is given and may be anything.
def kl_to_posterior(x, q, weights, means, covariances):
    return 0.0

# %% wrong: zero at the posterior (6.6)
# This is the number of the example. The function is to compute it from its arguments.
def kl_to_posterior(x, q, weights, means, covariances):
    return 0.385398
