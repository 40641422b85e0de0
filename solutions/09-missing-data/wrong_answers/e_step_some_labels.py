"""Wrong and unusual answers to e_step_some_labels (lesson 09)."""

# %% right
# Excluded components get the log-joint −∞; the row's maximum is taken after that.
def e_step_some_labels(x, labels, weights, means, covariances):
    a = np.empty((len(x), len(weights)))
    for k in range(len(weights)):
        factor = np.linalg.cholesky(covariances[k])
        white = linalg.solve_triangular(factor, (x - means[k]).T, lower=True)
        a[:, k] = np.log(weights[k]) - np.log(np.diag(factor)).sum() - 0.5 * (white**2).sum(axis=0)
    excluded = (labels[:, None] >= 0) & (labels[:, None] != np.arange(len(weights)))
    a = np.where(excluded, -np.inf, a)
    return np.exp(a - special.logsumexp(a, axis=1, keepdims=True))

# %% right
# Row by row, as lists.
def e_step_some_labels(x, labels, weights, means, covariances):
    K, rows = len(weights), []
    for row, label in zip(x, labels):
        if label != -1:
            rows.append([float(k == label) for k in range(K)])
            continue
        a = [
            np.log(weights[k]) + stats.multivariate_normal(means[k], covariances[k]).logpdf(row)
            for k in range(K)
        ]
        p = np.exp(np.array(a) - max(a))
        rows.append(list(p / p.sum()))
    return rows

# %% right
# Quadratic forms by einsum, and a softmax in which labels outweigh everything.
def e_step_some_labels(x, labels, weights, means, covariances):
    deviations = x[:, None] - means
    forms = np.einsum("nki,kij,nkj->nk", deviations, np.linalg.inv(covariances), deviations)
    a = np.log(weights) - np.linalg.slogdet(covariances)[1] / 2 - forms / 2
    r = special.softmax(a, axis=1)
    for i in range(len(labels)):
        if labels[i] != -1:
            r[i] = 0
            r[i, labels[i]] = 1
    return r

# %% wrong: a known label is certain (9.30)
# You do not use the labels at all. A row whose label was recorded has no doubt left.
# - certain = np.eye(len(weights))[labels]
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + return special.softmax(log_joint, axis=1)
# %% wrong: Bayes' rule where it is unknown (9.30)
# A label of −1 picks the last row of the identity, so unlabelled rows become certain of the last
# component. −1 means unknown.
# ~ np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1)) → certain
# %% wrong: Bayes' rule where it is unknown (9.30)
# You give unlabelled rows the prior. They still have their x.
# ~ special.softmax(log_joint, axis=1) → weights
# %% wrong: Bayes' rule where it is unknown (9.30)
# You leave out the weights: the prior enters Bayes' rule for unlabelled rows.
# ~ np.log(weight) + stats → stats
# %% wrong: Bayes' rule where it is unknown (9.30)
# You decide for the most probable component of unlabelled rows. The E-step keeps the doubt.
# ~ (len(weights))[labels] → (len(weights))
# ~ certain, special.softmax(log_joint, axis=1) → certain[labels], certain[log_joint.argmax(axis=1)]
# %% wrong: a known label is certain (9.30)
# You take every label above 0 as known. 0 is a label too; only −1 is none.
# ~ labels[:, None] >= 0 → labels[:, None] > 0
# %% wrong: a known label is certain (9.30)
# You read the labels as if they began at 1. They run from 0 to K − 1.
# ~ [labels] → [labels - 1]
# %% wrong: a known label is certain (9.30)
# You set the label's entry to 1 and leave the others as they were, so the row sums to more than
# one.
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + known = certain.astype(bool) & (labels[:, None] >= 0)
# + return np.where(known, 1.0, special.softmax(log_joint, axis=1))
# %% wrong: finite
# Far from every component all densities are 0 in floating point, and 0/0 is no number. Stay in logs
# until a row's maximum is taken off.
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + p = np.where(labels[:, None] >= 0, certain, np.exp(log_joint))
# + return p / p.sum(axis=1, keepdims=True)
# %% wrong: finite
# You mask the densities and then divide by their sum. Where a labelled row is far from its own
# component that sum is 0; by (9.30) no density is needed there at all.
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + p = np.exp(log_joint - log_joint.max(axis=1, keepdims=True))
# + p = np.where(labels[:, None] >= 0, p * certain, p)
# + return p / p.sum(axis=1, keepdims=True)
# %% wrong: shape
# You return the labelled rows and the unlabelled ones one after the other, for components in rows.
# Rows of r are rows of x, in their order.
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1)).T
# %% wrong: Bayes' rule where it is unknown (9.30)
# You take the weights from the labelled rows. They are given, and an E-step estimates nothing.
#   def e_step_some_labels(x, labels, weights, means, covariances):
# +     known = labels[labels >= 0]
# +     weights = np.bincount(known, minlength=len(weights)) / max(len(known), 1) + 1e-9
# %% wrong: logs first (3.4)
# You add a tiny number to densities that are 0 in floating point, so points far away get equal
# shares. In logs nothing is lost.
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + p = np.exp(log_joint) + 1e-300
# + return np.where(labels[:, None] >= 0, certain, p / p.sum(axis=1, keepdims=True))
# %% wrong: logs first (3.4)
# Where 0/0 comes out you put equal shares. Far points have a posterior too: stay in logs.
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + p = np.exp(log_joint)
# + r = np.nan_to_num(p / p.sum(axis=1, keepdims=True), nan=1 / len(weights))
# + return np.where(labels[:, None] >= 0, certain, r)
# %% wrong: a known label is certain (9.30)
# You give a known label 0.99. It was recorded, so nothing is left for the others.
# ~ np.eye(len(weights))[labels] → 0.01 / len(weights) + 0.99 * np.eye(len(weights))[labels]
# %% wrong: a known label is certain (9.30)
# You average the label with the posterior. Given the label, what x suggests no longer matters.
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + r = special.softmax(log_joint, axis=1)
# + return np.where(labels[:, None] >= 0, (r + certain) / 2, r)
# %% wrong: Bayes' rule where it is unknown (9.30)
# You use the variances and leave out the covariances.
# ~ (x, mean, covariance) → (x, mean, np.diag(np.diag(covariance)))
# %% wrong: Bayes' rule where it is unknown (9.30)
# You give unlabelled rows equal shares. They still have their x.
# ~ special.softmax(log_joint, axis=1) → 1 / len(weights)
# %% wrong: a known label is certain (9.30)
# You multiply the posterior by the label and do not normalise: the row sums to less than one.
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + r = special.softmax(log_joint, axis=1)
# + return np.where(labels[:, None] >= 0, r * certain, r)
# %% wrong: no label at all
# You take the number of components from the labels that came. Some components may have none: K is
# the number of weights.
# - certain = np.eye(len(weights))[labels]
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + known = (labels[:, None] >= 0) | (labels.max() < 1)
# + certain = np.eye(len(weights))[np.maximum(labels, 0)]
# + return np.where(known, certain, special.softmax(log_joint, axis=1))
# %% wrong: shape
# You return the unlabelled rows only. The labelled ones belong to the answer too.
# - return np.where(labels[:, None] >= 0, certain, special.softmax(log_joint, axis=1))
# + return special.softmax(log_joint[labels < 0], axis=1)
