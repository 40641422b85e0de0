"""The trusted process that runs the tests of a notebook and no student code."""
