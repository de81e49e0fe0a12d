"""Copies of a SQLite database, consistent while others write to it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

PAGES_AT_ONCE = 2_000
"""8 MB: between two such steps other writers get their turn."""


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy ``source`` over whatever ``target`` holds, in one transaction of the target, by SQLite's own backup.

    Raises:
        sqlite3.Error: one of the two cannot be read or written.
    """
    with closing(sqlite3.connect(source, timeout=30)) as old, closing(sqlite3.connect(target, timeout=30)) as new:
        old.backup(new, pages=PAGES_AT_ONCE, sleep=0.01)


def single_file(path: Path) -> None:
    """Make a copied database one file again: the copy of a WAL database would grow two more when it is opened."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def aside(database: Path, why: str) -> Path:
    """Return a free name beside the database for a copy of it, such as ``dapbot.before-0002.20261124-190512.sqlite3``.

    ``copies_of`` finds it again.
    """
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    stem = f"{database.stem}.{why}.{moment}"
    names = (stem if n == 0 else f"{stem}-{n}" for n in range(1_000))
    return next(path for name in names if not (path := database.with_name(f"{name}.sqlite3")).exists())


def copies_of(database: Path) -> list[Path]:
    """Return the copies that were put beside the database, by name."""
    return sorted(p for p in database.parent.glob(f"{database.stem}.*.sqlite3") if p != database)
