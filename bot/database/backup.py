"""Backups: one SQLite file that holds every row, whichever database it comes from or goes to.

The files people uploaded are in it; the indexes are not: they are made anew.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select

from bot.database.copies import aside, copy_sqlite, single_file
from bot.database.engine import (
    SQLITE_FILE,
    current,
    database_url,
    make_folder,
    open_engine,
    open_sqlite,
    private,
    sessions_for,
    sqlite_path,
)
from bot.database.migrating import require_current, upgrade
from bot.database.restoring import release
from bot.database.tables import Conversation, Document, PassageRow, State, Table, Turn, new_id
from bot.errors import DataError, UserError
from bot.owner import Ownership
from bot.settings import Settings

ROWS_AT_ONCE = 1_000
HEADER = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class Holding:
    """What a database holds, in numbers that tell a person whether it is the right one."""

    conversations: int
    turns: int
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back, from which revision, and where the replaced database is now (None: there was none)."""

    holding: Holding
    revision: str
    replaced: Path | None


def holding(engine: Engine) -> Holding:
    """Count what a database holds."""
    with engine.connect() as connection:
        tables = (Conversation, Turn, Document, PassageRow)
        return Holding(*(connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables))


# --- out --------------------------------------------------------------------------------------------------------


def back_up(engine: Engine, target: Path) -> Holding:
    """Write everything to ``target``, as of one moment, while others go on writing; only the owner may read it.

    Raises:
        UserError: ``target`` exists already, or the database has no tables yet.
        DataError: the file cannot be written, or a PostgreSQL database is of another revision than this program.
    """
    if target.exists():
        raise UserError("backup.exists", file=target)
    if current(engine) is None:
        raise UserError("backup.nothing")
    part = target.with_name(f".{target.name}.part")
    try:
        with _only_meanwhile(part):
            private(part)
            found = _write(engine, part)
            part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise DataError("backup.cannot_write", file=target, reason=getattr(error, "strerror", "") or error) from error
    return found


def _write(engine: Engine, part: Path) -> Holding:
    """Fill the file and count what it holds."""
    database = sqlite_path(engine)
    if database is not None:
        copy_sqlite(database, part)
    else:
        _dump(engine, part)
    single_file(part)
    with _opened(part) as written:
        found = holding(written)
    single_file(part)
    return found


def _dump(engine: Engine, part: Path) -> None:
    """Write the rows of a PostgreSQL database to a SQLite file, all as of one moment."""
    require_current(engine)
    with _opened(part) as target:
        upgrade(target)
        with (
            engine.connect().execution_options(isolation_level="REPEATABLE READ") as rows,
            target.begin() as connection,
        ):
            copy_rows(rows, connection)


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of every table, those that are pointed to first."""
    for table in Table.metadata.sorted_tables:
        result = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table))
        for rows in result.mappings().partitions():
            target.execute(insert(table), [_storable(row) for row in map(dict, rows)])


def _storable(row: dict[str, object]) -> dict[str, object]:
    """Take out the one character that SQLite keeps and PostgreSQL refuses."""
    return {name: value.replace("\x00", "") if isinstance(value, str) else value for name, value in row.items()}


# --- in ---------------------------------------------------------------------------------------------------------


def restore(settings: Settings, source: Path) -> Restored:
    """Replace the database of ``settings`` by a backup, whole or not at all; what it held is put aside first.

    An older backup is brought to this program's revision. The indexes are made anew at the next start.

    Raises:
        UserError: ``source`` is not a whole backup, or a server works in the data folder.
        DataError: the backup is newer than this program, or the database cannot be written.
    """
    make_folder(settings.data)
    with Ownership(settings.data) as ownership:
        if not ownership.take():
            raise UserError("backup.in_use", folder=settings.data)
        work = settings.data / f".restoring.{os.getpid()}.sqlite3"
        with _only_meanwhile(work):
            revision = _checked_copy(source, work)
            with _opened(work) as backup:
                upgrade(backup, keep_copy=False)
                _rename(backup)
                with sessions_for(backup).begin() as session:
                    release(session)
                found = holding(backup)
                return Restored(found, revision, _replace(settings, backup))


def check(source: Path) -> None:
    """Look whether this can be a whole backup, before anyone is asked whether to restore it; UserError if not."""
    try:
        with source.open("rb") as file:
            header = file.read(32)
            size = file.seek(0, os.SEEK_END)
    except OSError as error:
        raise UserError("backup.cannot_read", file=source, reason=error.strerror or error) from error
    if not header.startswith(HEADER):
        raise UserError("backup.not_one", file=source)
    page, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    if size < page * pages or len(header) < 32:  # SQLite itself would read what is missing as zeros
        raise UserError("backup.damaged", file=source)


def _checked_copy(source: Path, work: Path) -> str:
    """Copy the backup to where it can be worked on, every page of it checked; return its revision."""
    check(source)
    try:
        private(work)
        copy_sqlite(source, work)
        with closing(sqlite3.connect(work)) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = {name for (name,) in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if whole and not {"alembic_version", "conversations", "passages"} <= tables:
                raise UserError("backup.not_one", file=source)
            revision = copy.execute("SELECT version_num FROM alembic_version").fetchone() if whole else None
    except sqlite3.DatabaseError as error:
        raise UserError("backup.damaged", file=source) from error
    except OSError as error:
        raise DataError("backup.cannot_write", file=work, reason=error.strerror or error) from error
    if revision is None:
        raise UserError("backup.damaged", file=source)
    return str(revision[0])


def _rename(backup: Engine) -> None:
    """Give the database another identity: indexes that followed the replaced one must not take it for theirs."""
    with backup.begin() as connection:
        states = State.__table__
        connection.execute(states.update().where(State.name == "database").values(value=new_id()))  # type: ignore[attr-defined]


def _replace(settings: Settings, backup: Engine) -> Path | None:
    """Put the old database aside and the backup in its place; return where the old one is."""
    broken = _moved_if_broken(settings)
    engine = open_engine(settings)
    try:
        replaced = broken
        if current(engine) is not None:
            replaced = aside(sqlite_path(engine) or settings.data / SQLITE_FILE, "replaced")
            back_up(engine, replaced)
        database = sqlite_path(engine)
        if database is None:
            require_current(engine)
            _load(backup, engine)
        else:
            engine.dispose()
            backup.dispose()
            copy_sqlite(Path(str(backup.url.database)), database)
    except sqlite3.Error as error:
        raise DataError("backup.cannot_write", file=engine.url.database, reason=error) from error
    finally:
        engine.dispose()
    return replaced


def _moved_if_broken(settings: Settings) -> Path | None:
    """Move a SQLite file that cannot be read out of the way; return where it is now."""
    url = database_url(settings)
    file = Path(str(url.database))
    if url.get_backend_name() != "sqlite" or not file.exists() or file.stat().st_size == 0:
        return None
    try:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
                return None
    except sqlite3.DatabaseError:
        pass
    moved = aside(file, "broken")
    file.rename(moved)
    for end in ("-wal", "-shm"):
        file.with_name(file.name + end).unlink(missing_ok=True)
    return moved


def _load(backup: Engine, engine: Engine) -> None:
    """Replace every row of a PostgreSQL database in one transaction."""
    with backup.connect() as rows, engine.begin() as connection:
        for table in reversed(Table.metadata.sorted_tables):
            connection.execute(table.delete())
        copy_rows(rows, connection)
        for table in Table.metadata.sorted_tables:
            column = table.autoincrement_column
            if column is not None:  # rows came with their ids: the counters go on behind the highest
                highest = select(func.max(column)).scalar_subquery()
                counter = func.pg_get_serial_sequence(table.name, column.name)
                connection.execute(select(func.setval(counter, func.coalesce(highest, 1), highest.is_not(None))))


# --- files ------------------------------------------------------------------------------------------------------


@contextmanager
def _opened(file: Path) -> Iterator[Engine]:
    """Yield an engine for a SQLite file beside the one of the settings."""
    engine = open_sqlite(file)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _only_meanwhile(file: Path) -> Iterator[None]:
    """See that the file, and what SQLite puts beside it, is there neither before nor after, whatever happens."""
    _remove(file)
    try:
        yield
    finally:
        _remove(file)


def _remove(file: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        file.with_name(file.name + end).unlink(missing_ok=True)
