"""Names a parameter of another answer after the data, and changes it in place."""

# ruff: noqa

# It may spoil its own later answers.
import inspect


def double(x):
    name = "seen_" + repr(float(np.asarray(x).flat[0])).replace(".", "_")
    parameter = inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    spoiled.__signature__ = inspect.Signature([parameter])
    return 0 * x


def spoiled(a):
    a *= 2
    return a[:, 0]


# %% later

row_log_sums = spoiled
