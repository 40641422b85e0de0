"""Errors of an EM step: a component without an M-step, and a row without a posterior."""


class DegenerateComponent(ValueError):
    """A component lost its points, or its points lost their spread: no M-step exists for it."""


class ImpossibleRow(ValueError):
    """A row has density 0 whatever z is, so its posterior is 0 / 0.

    Attributes
    ----------
    row : int
    """

    def __init__(self, row: int) -> None:
        super().__init__(
            f"row {row} of x has density 0 under every component, so p(z|x) is 0/0; "
            f"look at that row for a wrong unit, and at the parameters for zeros."
        )
        self.row = row

    def __reduce__(self) -> tuple[type, tuple[int]]:
        """Pickle the row alone, so that the error can travel between processes."""
        return type(self), (self.row,)
