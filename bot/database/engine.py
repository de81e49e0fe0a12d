"""Opens the database, SQLite or PostgreSQL, and brings its tables to the revision this program needs."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker

from bot.database.copies import aside, copy_sqlite, single_file
from bot.errors import DapbotError, DataError, SettingsError
from bot.settings import Settings

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0001"
"""The revision this program needs. A test holds it equal to the newest file in ``alembic/versions``; it is written
here because importing alembic takes 0.8 s, which no start of the bot should pay to compare two words."""

BUSY_MS = 30_000
"""How long a writer on SQLite waits for another one, in milliseconds."""

UPGRADE_LOCK = 0x446170626F74
"""Name of the PostgreSQL advisory lock that lets one process at a time migrate ("Dapbot" in ASCII)."""

SQLITE_FILE = "dapbot.sqlite3"


def open_engine(settings: Settings) -> Engine:
    """Return the engine for the database the settings name, its data folder created; no table is touched.

    Raises:
        SettingsError: the URL is not one of SQLite or PostgreSQL, or the PostgreSQL driver is not installed.
        DataError: the folder or the file cannot be written, or the server does not answer.
    """
    make_folder(settings.data)
    url = database_url(settings)
    engine = _sqlite_engine(url) if url.get_backend_name() == "sqlite" else _postgresql_engine(url)
    try:
        with engine.connect():
            pass
    except DatabaseError as error:
        engine.dispose()
        raise _unusable(url, error) from error
    return engine


def sessions_for(engine: Engine) -> sessionmaker[Session]:
    """Return the maker of sessions: ``with sessions() as session`` to read, ``sessions.begin()`` to write."""
    return sessionmaker(engine, expire_on_commit=False)


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


def make_folder(folder: Path) -> None:
    """Create the data folder if need be and make sure that files can be made in it.

    Raises:
        DataError: it cannot be made or written.
    """
    probe = folder / ".writable"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise DataError("database.folder", folder=folder, reason=error.strerror or error) from error


# --- the two databases ------------------------------------------------------------------------------------------


def _sqlite_engine(url: URL) -> Engine:
    """WAL lets readers and one writer work side by side; NORMAL keeps it whole through a crash of the program."""
    engine = create_engine(
        url,
        json_serializer=_to_json,
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

    return engine


def _postgresql_engine(url: URL) -> Engine:
    """The pool asks a connection whether it still lives before it hands it out: the server may have restarted."""
    try:
        return create_engine(
            url,
            json_serializer=_to_json,
            connect_args={"connect_timeout": 10},
            pool_size=10,
            max_overflow=20,
            pool_pre_ping=True,
        )
    except ModuleNotFoundError as error:
        raise SettingsError("settings.postgres_driver") from error


def _to_json(value: Any) -> str:
    """Korean is stored as it is: it can be searched for, and takes half the room."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sqlite_path(engine: Engine) -> Path | None:
    """Return the file of a SQLite database, None for PostgreSQL."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name else None


def _unusable(url: URL, error: DatabaseError) -> DapbotError:
    """Return the error to raise for a database that cannot be opened."""
    if url.get_backend_name() != "sqlite":
        reason = str(error.orig).strip().splitlines()[0] if error.orig else type(error).__name__
        return DataError("database.unreachable", server=url.render_as_string(hide_password=True), reason=reason)
    if "not a database" in str(error.orig):
        return DataError("database.not_sqlite", file=url.database)
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


def require_current(engine: Engine) -> None:
    """Make the tables of a database that has none yet, and refuse one of another revision.

    Raises:
        DataError: the tables are older (``dapbot database upgrade`` is to be run) or newer than this program.
    """
    found = current(engine)
    if found == HEAD:
        return
    if found is not None:
        known = found in revisions()
        raise DataError("database.older" if known else "database.newer", found=found, needed=HEAD)
    upgrade(engine)


def upgrade(engine: Engine, revision: str = "head", *, folder: Path | None = None) -> Path | None:
    """Bring the tables to ``revision``; a SQLite file that holds tables already is copied first.

    On SQLite all steps are one transaction, on PostgreSQL each step is one; processes that start together wait for
    each other.

    Returns:
        The copy that was made, None where none was needed.

    Raises:
        DataError: the database is newer than this program, or a step failed (the sentence says how things stand).
    """
    from alembic import command

    return _migrate(engine, command.upgrade, revision, folder or migrations_folder())


def downgrade(engine: Engine, revision: str = "-1", *, folder: Path | None = None) -> Path | None:
    """Take the tables back to ``revision`` (``base``: remove them all, ``-1``: one step); otherwise as ``upgrade``."""
    from alembic import command

    return _migrate(engine, command.downgrade, revision, folder or migrations_folder())


def revisions(folder: Path | None = None) -> list[str]:
    """Return the revisions this program knows, the newest first."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(folder or migrations_folder()))
    return [step.revision for step in script.walk_revisions()]


def migrations_folder() -> Path:
    """Return where the migrations are: inside the package when installed, else beside it in the source tree."""
    installed = Path(__file__).parent / "migrations"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "alembic"


def _migrate(engine: Engine, step: "Callable[[Config, str], None]", revision: str, folder: Path) -> Path | None:
    """Run ``alembic.command.upgrade`` or ``downgrade`` on one connection that keeps others out meanwhile."""
    from alembic.util import CommandError

    before, known = current(engine), revisions(folder)
    if before is not None and before not in known:
        raise DataError("database.newer", found=before, needed=known[0])
    if revision == "head" and before == known[0]:
        return None
    copy = _copied(engine, before)
    try:
        with _alone(engine) as connection:
            step(_config(folder, connection), revision)
    except CommandError as error:
        raise DataError("database.no_such_revision", revision=revision, known=", ".join(known)) from error
    except (SQLAlchemyError, ValueError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise DataError("database.migration_failed", now=current(engine) or "-", reason=reason) from error
    return copy


def _copied(engine: Engine, before: str | None) -> Path | None:
    """Copy the file of a SQLite database that has tables already; return the copy."""
    database = sqlite_path(engine)
    if database is None or before is None:
        return None
    copy = aside(database, f"before-{before}")
    copy_sqlite(database, copy)
    single_file(copy)
    return copy


def _config(folder: Path, connection: Connection) -> "Config":
    """Return alembic's configuration without a file; ``env.py`` finds the connection in it."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that holds the lock on migrations."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            with _one_transaction(connection):
                yield connection
        else:
            connection.exec_driver_sql(f"SELECT pg_advisory_lock({UPGRADE_LOCK})")
            connection.commit()
            try:
                yield connection
            finally:
                connection.rollback()
                connection.exec_driver_sql(f"SELECT pg_advisory_unlock({UPGRADE_LOCK})")
                connection.commit()


@contextmanager
def _one_transaction(connection: Connection) -> Iterator[None]:
    """Run the block as one transaction of SQLite, with foreign keys off: a table made anew must not empty others.

    Raises:
        DataError: rows point nowhere after it; everything is taken back then.
    """
    connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
    connection.commit()
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield
        dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if dangling is not None:
            raise ValueError(f"rows of {dangling[0]} point to rows of {dangling[2]} that do not exist")
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.exec_driver_sql("PRAGMA foreign_keys=ON")
        connection.commit()
