"""Gives back what deleted rows took, and takes their text out of the files: SQLite's log, PostgreSQL's dead rows."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from bot.database.engine import BUSY_MS, sqlite_path
from bot.errors import DapbotError

PATIENCE = 5.0
"""Seconds to wait for readers of a running server."""


def tidy(engine: Engine, patience: float = 0.5) -> None:
    """After many deletions: empty SQLite's log into the file, let PostgreSQL use the room of dead rows again.

    Neither keeps others from writing for long; where it cannot be done now, the next run does it.
    """
    database = sqlite_path(engine)
    if database is None:
        with suppress(SQLAlchemyError, DapbotError), _autocommit(engine) as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")
        return
    with suppress(sqlite3.Error), closing(sqlite3.connect(database, timeout=patience)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def free_bytes(engine: Engine) -> int:
    """Return how much of a SQLite file is free and will be used again; 0 for PostgreSQL, which sees to it itself."""
    database = sqlite_path(engine)
    if database is None:
        return 0
    with closing(sqlite3.connect(database, timeout=BUSY_MS / 1000)) as connection:
        (pages,), (size,) = (
            connection.execute(f"PRAGMA {name}").fetchone() for name in ("freelist_count", "page_size")
        )
    return int(pages * size)


def rewrite(engine: Engine, tables: Iterable[str], patience: float = PATIENCE) -> bool:
    """Write the files anew without what was deleted; tell whether all of its text is out of them now."""
    database = sqlite_path(engine)
    return _rewrite_postgresql(engine, tables) if database is None else _rewrite_sqlite(database, patience)


def _rewrite_sqlite(database: Path, patience: float) -> bool:
    """Write the file anew and empty its log."""
    with closing(sqlite3.connect(database, timeout=BUSY_MS / 1000, isolation_level=None)) as connection:
        try:
            connection.execute("VACUUM")
            connection.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")
            busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:  # a writer that does not end, a full disk: the rows are gone nevertheless
            return False
    return not busy


def _rewrite_postgresql(engine: Engine, tables: Iterable[str]) -> bool:
    """Write each table anew without its dead rows; where others hold one, at least free its rows for reuse."""
    whole = True
    there = set(inspect(engine).get_table_names())
    with _autocommit(engine) as connection:
        connection.exec_driver_sql("SET lock_timeout = '10s'")
        for table in (name for name in tables if name in there):
            try:
                connection.exec_driver_sql(f"VACUUM (FULL, ANALYZE) {table}")
            except (SQLAlchemyError, DapbotError):
                whole = False
                connection.exec_driver_sql(f"VACUUM (ANALYZE) {table}")
        connection.exec_driver_sql("RESET lock_timeout")
        for statement in ("VACUUM pg_catalog.pg_statistic", "CHECKPOINT"):  # samples of values; the old files go
            with suppress(SQLAlchemyError, DapbotError):  # for a superuser only; the server does both by itself later
                connection.exec_driver_sql(statement)
    return whole


def _autocommit(engine: Engine) -> Connection:
    return engine.connect().execution_options(isolation_level="AUTOCOMMIT")
