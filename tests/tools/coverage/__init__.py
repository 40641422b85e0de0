"""``python -m tests.tools.coverage``: which lines and branches do the tests run?"""
