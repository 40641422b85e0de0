"""Takes memory until there is no more."""

# ruff: noqa


def double(x):
    kept = []
    while True:
        kept.append(np.ones(1 << 24))
