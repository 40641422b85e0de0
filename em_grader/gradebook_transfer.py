"""Copy a gradebook to another database row by row, and replace its rows in one transaction."""

import contextlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy
from nbgrader.api import Base
from sqlalchemy import Column, Connection, MetaData, String, Table
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

SUPPORTED = ("sqlite", "postgresql")
"""Kinds of database that ``replace_gradebook`` knows how to lock."""

_TABLES = tuple(Base.metadata.sorted_tables)
"""nbgrader's tables; each comes after those that it refers to."""

_SCHEMA_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32)))
"""Not among nbgrader's own tables; ``nbgrader db upgrade`` reads it."""

_PATIENCE = 30
"""Seconds to wait for another process that is writing to a SQLite file."""

Rows = dict[str, list[tuple[Any, ...]]]
"""All rows of nbgrader's tables by the table's name, in the order in which they are stored.

nbgrader shows the cells of a notebook in that order, so it is kept.
"""


class GradebookChangedError(ValueError):
    """Another process wrote to the gradebook after its rows were read."""


def require_supported(gradebook_url: str) -> None:
    """Raise ``ValueError`` unless a gradebook is in a database that can be locked and replaced."""
    kind = make_url(gradebook_url).get_backend_name()
    if kind not in SUPPORTED:
        raise ValueError(
            f"a gradebook in {kind} cannot be replaced in one piece, so nothing was started: "
            f"regrade works with {' and '.join(SUPPORTED)}."
        )


def copy_gradebook(source_url: str, target_url: str) -> Rows:
    """Copy a gradebook into an empty database, in which the tables are created.

    Returns the rows that were copied; ``replace_gradebook`` compares them.
    """
    with _transaction(source_url) as connection:
        rows = _read(connection)
        version = _schema_version(connection)
    with _transaction(target_url) as connection:
        Base.metadata.create_all(connection)
        _insert(connection, rows)
        if version:
            _SCHEMA_VERSION.create(connection)
            connection.execute(_SCHEMA_VERSION.insert(), version)
    return rows


def replace_gradebook(target_url: str, expected: Rows, source_url: str) -> None:
    """Replace all rows of a gradebook by those of another one, in one transaction.

    Raises ``GradebookChangedError``, before anything is written, if the target has other rows by
    now than the expected ones: those that it had when the source was copied from it.
    """
    with _transaction(source_url) as connection:
        rows = _read(connection)
    with _transaction(target_url, write=True) as connection:
        if _in_any_order(_read(connection)) != _in_any_order(expected):
            raise GradebookChangedError(
                "the gradebook was changed meanwhile, by Formgrader for example; nothing was "
                "written: regrade again."
            )
        for table in reversed(_TABLES):
            connection.execute(table.delete())
        _insert(connection, rows)


@contextlib.contextmanager
def _transaction(gradebook_url: str, write: bool = False) -> Iterator[Connection]:
    """One transaction that sees one state of the database; for writing, nobody else may write."""
    sqlite = make_url(gradebook_url).get_backend_name() == "sqlite"
    engine = sqlalchemy.create_engine(
        gradebook_url,
        isolation_level="SERIALIZABLE",
        connect_args={"timeout": _PATIENCE} if sqlite else {},
    )
    try:
        with engine.begin() as connection:
            _begin(connection, write)
            yield connection
    finally:
        engine.dispose()


def _begin(connection: Connection, write: bool) -> None:
    if connection.dialect.name == "sqlite":
        # Python's sqlite3 opens a transaction no earlier than the first change of a row.
        statement = "BEGIN IMMEDIATE" if write else "BEGIN"
    elif write:
        quote = connection.dialect.identifier_preparer.quote
        names = ", ".join(quote(table.name) for table in _TABLES)
        statement = f"LOCK TABLE {names} IN EXCLUSIVE MODE"
    else:
        return
    try:
        connection.exec_driver_sql(statement)
    except OperationalError as error:
        raise ValueError(
            f"the gradebook cannot be locked, so nothing was written ({error.orig}): wait until "
            f"no other program writes to it, then try again."
        ) from error


def _read(connection: Connection) -> Rows:
    return {
        table.name: [tuple(row) for row in connection.execute(table.select())] for table in _TABLES
    }


def _in_any_order(rows: Rows) -> dict[str, Counter[tuple[Any, ...]]]:
    return {name: Counter(table_rows) for name, table_rows in rows.items()}


def _insert(connection: Connection, rows: Rows) -> None:
    for table in _TABLES:
        names = [column.name for column in table.columns]
        values = [dict(zip(names, row, strict=True)) for row in rows[table.name]]
        if values:
            connection.execute(table.insert(), values)


def _schema_version(connection: Connection) -> list[dict[str, str]]:
    if not sqlalchemy.inspect(connection).has_table(_SCHEMA_VERSION.name):
        return []
    return [dict(row._mapping) for row in connection.execute(_SCHEMA_VERSION.select())]
