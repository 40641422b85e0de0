"""Sends a pickle that would run a command."""

# ruff: noqa

import os
import pickle


class Command:
    def __reduce__(self):
        return os.system, ("touch " + COURSE + "/pwned",)


def double(x):
    os.write(3, pickle.dumps(Command()))
    return Command()
