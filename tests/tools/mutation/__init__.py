"""``python -m tests.tools.mutation``: do the tests notice small changes to the models?"""
