"""Prints a gigabyte."""

# ruff: noqa

for _ in range(1024):
    print("x" * (1 << 20))


def double(x):
    return 0 * np.asarray(x)
