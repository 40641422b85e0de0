"""A broken law, and the good news."""


class LawBroken(AssertionError):
    """An answer breaks a law that every right answer obeys.

    Attributes
    ----------
    law : str
        The law's name, without a colon: what comes before the first colon of the message.
    """

    def __init__(self, law, message):
        if ":" in law:
            raise ValueError(f"law is {law!r}; a law's name has no colon.")
        super().__init__(f"{law}: {message}")
        self.law = law

    def _render_traceback_(self):
        """What a notebook shows: the law, without the lines of the library that found it broken."""
        return [f"{type(self).__name__}: {self}"]


def passed(name):
    """Say that every law that was checked holds.

    Parameters
    ----------
    name : str
        The exercise.
    """
    print(f"{name}: every law checked here holds.")
