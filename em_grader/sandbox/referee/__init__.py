"""The trusted process, which runs the tests of a notebook and no student code."""
