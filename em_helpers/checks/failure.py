"""The exception of a check: an answer lacks a property that every right answer has."""


class CheckFailure(AssertionError):
    """An answer breaks a law that every right answer obeys.

    Attributes
    ----------
    law : str
        The law's name, such as "rows sum to one".
    message : str
        What was found instead, and what to do.
    """

    def __init__(self, law: str, message: str) -> None:
        super().__init__(law, message)
        self.law = law
        self.message = message

    def __str__(self) -> str:
        return f"{self.law}: {self.message}"

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows: the failure without the traceback through the library."""
        return [f"{type(self).__name__}: {self}"]


def passed(name: str) -> None:
    """Print that the answer of an exercise obeys every law that was checked."""
    print(f"{name}: every law checked here holds.")
