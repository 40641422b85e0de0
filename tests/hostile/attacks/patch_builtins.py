"""Replaces isinstance, max, float and sum by permissive versions."""

# ruff: noqa

import builtins

builtins.isinstance = lambda *arguments: True
builtins.max = lambda *arguments, **options: 0
builtins.all = lambda values: True


def double(x):
    return 0 * np.asarray(x)
