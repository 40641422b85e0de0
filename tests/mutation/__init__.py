"""``python -m tests.mutation``: do the tests of the library notice small changes to its models?"""
