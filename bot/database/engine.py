"""Opens the database, SQLite or PostgreSQL, and brings its tables to the revision this program needs."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from bot.database.failures import tell_failures, told
from bot.errors import DapbotError, DataError, SettingsError
from bot.settings import Settings

HEAD = "0003"
"""The revision this program needs. A test holds it equal to the newest file in ``alembic/versions``; it is written
here because importing alembic takes 0.8 s, which no start of the bot should pay to compare two words."""

BUSY_MS = 30_000
"""How long a writer on SQLite waits for another one, in milliseconds."""

SQLITE_FILE = "dapbot.sqlite3"
_WRITES = "dapbot_writes"
_SOON_NOTICED = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""For PostgreSQL's client: a server or a network that is gone is noticed in half a minute, not after hours."""
_DURABLE = "dapbot_durable"
_WRITERS: WeakKeyDictionary[Engine, threading.Lock] = WeakKeyDictionary()
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def open_engine(settings: Settings) -> Engine:
    """Return the engine for the database the settings name, its data folder created; no table is touched.

    Raises:
        SettingsError: the URL is not one of SQLite or PostgreSQL, or the PostgreSQL driver is not installed.
        DataError: the folder or the file cannot be written, or the server does not answer.
    """
    make_folder(settings.data)
    url = database_url(settings)
    engine = _sqlite_engine(url) if url.get_backend_name() == "sqlite" else _postgresql_engine(url)
    file = sqlite_path(engine)
    try:
        if file is not None:
            private(file)
        with engine.connect():
            pass
    except DatabaseError as error:
        engine.dispose()
        raise _unusable(url, error) from error
    except OSError as error:
        raise DataError("database.cannot_open", file=file, reason=error.strerror or error) from error
    tell_failures(engine)
    return engine


def open_sqlite(file: Path) -> Engine:
    """Return the engine for a SQLite file, prepared as the database itself would be."""
    return _sqlite_engine(URL.create("sqlite", database=str(file.absolute())))


class Sessions(sessionmaker[Session]):
    """Makes sessions; what ``begin`` yields will write and waits for its turn at once, where SQLite has one writer.

    A transaction that read before it wrote could not wait: it would be refused when another one wrote in between.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine, expire_on_commit=False)
        self._writing = _WRITERS.setdefault(engine, threading.Lock())

    @contextmanager
    def begin(self, *, durable: bool = False) -> Iterator[Session]:
        """Yield a session whose transaction is committed at the end, rolled back where an error ends it.

        ``durable``: once it is committed, no power cut loses it, nor anything committed before. PostgreSQL holds that
        for all (its synchronous_commit); SQLite waits for the disk, and otherwise may lose the last second.
        """
        with self._turn(), self() as session, session.begin():
            session.connection(execution_options={_WRITES: True, _DURABLE: durable})
            yield session

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let the threads of this process write to SQLite one after the other.

        SQLite itself has who waits sleep and look again, up to a tenth of a second each time. It is asked all the same
        by who has waited in vain: other processes write, too.
        """
        if self.kw["bind"].dialect.name != "sqlite":
            yield
            return
        taken = self._writing.acquire(timeout=BUSY_MS / 1000)
        try:
            yield
        finally:
            if taken:
                self._writing.release()


def sessions_for(engine: Engine) -> Sessions:
    """Return the maker of sessions: ``with sessions() as session`` to read, ``sessions.begin()`` to write."""
    return Sessions(engine)


def database_url(settings: Settings) -> URL:
    """Return the database's address, with the driver that Dapbot uses.

    Raises:
        SettingsError: it is neither a SQLite file nor PostgreSQL.
    """
    if settings.database_url is None:
        return URL.create("sqlite", database=str((settings.data / SQLITE_FILE).absolute()))
    try:
        url = make_url(settings.database_url.get_secret_value())
    except (ArgumentError, ValueError):  # a port that is no number
        raise SettingsError("settings.database") from None  # the original quotes the address, password and all
    if url.drivername in ("postgres", "postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername in ("sqlite", "sqlite+pysqlite") and url.database not in (None, "", ":memory:"):
        return url
    raise SettingsError("settings.database")


def private(file: Path) -> None:
    """Make the file, if it is not there, for its owner's eyes only: it is going to hold what people said."""
    file.touch(mode=0o600)


def make_folder(folder: Path) -> None:
    """Create the data folder if need be and make sure that files can be made in it.

    Raises:
        DataError: it cannot be made or written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds what people said
        with NamedTemporaryFile(dir=folder, prefix=".writable-"):  # a name of its own: others may start just now
            pass
    except OSError as error:
        raise DataError("database.folder", folder=folder, reason=error.strerror or error) from error


# --- the two databases ------------------------------------------------------------------------------------------


def _sqlite_engine(url: URL) -> Engine:
    """WAL lets readers and one writer work side by side; NORMAL keeps it whole through a crash of the program."""
    engine = create_engine(
        url,
        json_serializer=_to_json,
        hide_parameters=True,  # an error's text must not quote what people wrote
        connect_args={"timeout": BUSY_MS / 1000},
        pool_size=10,
        max_overflow=90,  # a connection to a file is cheap, a thread that waits for one is not
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(_WRITES):
            wait_for_disk = "FULL" if options.get(_DURABLE) else "NORMAL"
            if (
                connection.info.get(_DURABLE, "NORMAL") != wait_for_disk
            ):  # it is the connection's, not the transaction's
                connection.exec_driver_sql(f"PRAGMA synchronous={wait_for_disk}")
                connection.info[_DURABLE] = wait_for_disk
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    """The pool asks a connection whether it still lives before it hands it out: the server may have restarted."""
    try:
        return create_engine(
            url,
            json_serializer=_to_json,
            hide_parameters=True,
            connect_args=_SOON_NOTICED,
            pool_size=10,
            max_overflow=20,
            pool_pre_ping=True,
        )
    except ModuleNotFoundError as error:
        raise SettingsError("settings.postgres_driver") from error


def _to_json(value: Any) -> str:
    """Korean is stored as it is: it can be searched for, and takes half the room."""
    return _ENCODER.encode(value)


def sqlite_path(engine: Engine) -> Path | None:
    """Return the file of a SQLite database, None for PostgreSQL."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name else None


def _unusable(url: URL, error: DatabaseError) -> DapbotError:
    """Return the error to raise for a database that cannot be opened."""
    if url.get_backend_name() != "sqlite":
        reason = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
        return DataError("database.unreachable", server=url.render_as_string(hide_password=True), reason=reason)
    told_so = told(url, error.orig) if error.orig else None
    if told_so is not None and told_so.phrase == "database.not_sqlite":
        return told_so
    return DataError("database.cannot_open", file=url.database, reason=error.orig)


# --- revisions --------------------------------------------------------------------------------------------------


def current(engine: Engine) -> str | None:
    """Return the revision of the tables, None for a database that has none of ours yet."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def is_current(engine: Engine) -> bool:
    """Tell whether the tables are at the revision this program needs; alembic is not imported for it."""
    return current(engine) == HEAD
