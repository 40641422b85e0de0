"""Prints as much as allowed in every cell."""

# ruff: noqa

print("x" * 3_000_000)


def double(x):
    return 0 * x


# %% later

print("a" * 3_000_000)


# %% later

print("b" * 3_000_000)


# %% later

print("c" * 3_000_000)


# %% later

print("d" * 3_000_000)


# %% later

print("e" * 3_000_000)


# %% later

print("f" * 3_000_000)
