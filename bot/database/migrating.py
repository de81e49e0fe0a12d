"""Takes the tables from one revision to another, by the steps in ``alembic/versions``."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.database.copies import aside, copy_sqlite, single_file
from bot.database.engine import HEAD, current, private, sqlite_path
from bot.database.inbox_tables import OPEN
from bot.errors import DataError, UserError

if TYPE_CHECKING:
    from alembic.config import Config

UPGRADE_LOCK = 0x446170626F74
"""Name of the PostgreSQL advisory lock that lets one process at a time migrate ("Dapbot" in ASCII)."""


INBOX_SINCE = "0003"
"""The revision that made the inbox."""


def require_current(engine: Engine) -> None:
    """Make the tables of a database that has none yet, and refuse one of another revision.

    Raises:
        DataError: the tables are older (``dapbot database upgrade`` is to be run) or newer than this program.
    """
    found = current(engine)
    if found == HEAD:
        return
    if found is not None and engine.dialect.name != "sqlite":
        with alone(engine):  # another process may be between two steps
            found = current(engine)
        if found == HEAD:
            return
    if found is not None:
        known = found in revisions()
        raise DataError("database.older" if known else "database.newer", found=found, needed=HEAD)
    upgrade(engine)


def upgrade(
    engine: Engine, revision: str = "head", *, folder: Path | None = None, keep_copy: bool = True
) -> Path | None:
    """Bring the tables to ``revision``; a SQLite file that holds tables already is copied first.

    On SQLite all steps are one transaction, on PostgreSQL each step is one; processes that start together wait for
    each other.

    Returns:
        The copy that was made, None where none was needed.

    Raises:
        DataError: the database is newer than this program, or a step failed (the sentence says how things stand).
    """
    from alembic import command

    return _migrate(engine, command.upgrade, revision, folder or migrations_folder(), keep_copy=keep_copy)


def downgrade(engine: Engine, revision: str = "-1", *, folder: Path | None = None) -> Path | None:
    """Take the tables back to ``revision`` (``base``: remove them all, ``-1``: one step); otherwise as ``upgrade``."""
    from alembic import command

    return _migrate(engine, command.downgrade, revision, folder or migrations_folder())


def require_nothing_waiting(engine: Engine, revision: str = "-1", *, folder: Path | None = None) -> None:
    """Refuse a way back that would take the inbox away while messages wait in it to be answered.

    Raises:
        UserError: some do, and their number.
        DataError: there is no such revision.
    """
    from alembic.script import ScriptDirectory
    from alembic.util import CommandError

    before = current(engine)
    try:
        steps = ScriptDirectory(str(folder or migrations_folder())).iterate_revisions(
            before, revision, select_for_downgrade=True
        )
        undone = {step.revision for step in steps}
    except CommandError as error:
        known = ", ".join(revisions(folder))
        raise DataError("database.no_such_revision", revision=revision, known=known) from error
    if INBOX_SINCE not in undone:
        return
    with engine.connect() as connection:
        waiting = connection.exec_driver_sql(f"SELECT count(*) FROM inbox WHERE {OPEN}").scalar_one()
    if waiting:
        raise UserError("database.waiting", count=waiting)


def revisions(folder: Path | None = None) -> list[str]:
    """Return the revisions this program knows, the newest first."""
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(folder or migrations_folder()))
    return [step.revision for step in script.walk_revisions()]


def migrations_folder() -> Path:
    """Return where the migrations are: inside the package when installed, else beside it in the source tree."""
    installed = Path(__file__).parent / "migrations"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "alembic"


def _migrate(
    engine: Engine, step: "Callable[[Config, str], None]", revision: str, folder: Path, *, keep_copy: bool = True
) -> Path | None:
    """Run ``alembic.command.upgrade`` or ``downgrade`` on one connection that keeps others out meanwhile."""
    from alembic.util import CommandError

    before, known = current(engine), revisions(folder)
    if before is not None and before not in known:
        raise DataError("database.newer", found=before, needed=known[0])
    if revision == "head" and before == known[0]:
        return None
    copy = _copied(engine, before) if keep_copy else None
    try:
        with alone(engine) as connection:
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
    private(copy)
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
def alone(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that nobody else migrates beside; on SQLite it is one transaction, committed at the end."""
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
