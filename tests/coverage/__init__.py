"""``python -m tests.coverage``: which lines and branches of ``em_helpers`` do the tests run?"""
