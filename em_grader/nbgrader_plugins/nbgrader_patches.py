"""One database engine for all of nbgrader's looks into a gradebook.

nbgrader opens the gradebook a dozen times a submission, each time with an engine of its own, which
compiles every query anew. What an engine has compiled serves the next as well.
"""

import functools

import nbgrader.api
import sqlalchemy


def keep():
    """Have nbgrader use one engine a gradebook from now on in this process.

    nbgrader closes its connections as before: an engine that was disposed of opens new ones.
    """
    nbgrader.api.create_engine = _engine


@functools.cache
def _engine(url, **options):
    return sqlalchemy.create_engine(url, **options)
