"""Runs the migrations on the connection that ``bot/database/engine.py`` hands over, or on the configured database.

The second way is for authors: ``alembic revision``, ``alembic check``. No file configures it and no logger is touched.
"""

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from bot.database.tables import Moment, Table


def written_out(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types as what they are made of: a revision imports nothing of ``bot``."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def run(connection: Connection) -> None:
    """Apply the steps: each in its own transaction, except on SQLite, where the caller's holds them all."""
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
        render_item=written_out,
        compare_type=True,
        compare_server_default=True,
        include_name=lambda name, _kind, _parents: not (name or "").startswith(("said_index", "ix_said_grams")),
    )
    with context.begin_transaction():
        context.run_migrations()


def run_for_authors() -> None:
    """Open the database of the settings, as ``alembic`` on the command line does."""
    from bot.database.engine import open_engine
    from bot.database.migrating import alone
    from bot.settings import load

    engine = open_engine(load())
    with alone(engine) as connection:
        run(connection)
    engine.dispose()


if context.is_offline_mode():
    raise SystemExit("Offline mode is not supported: the steps look at the database they change.")
handed_over = context.config.attributes.get("connection")
if handed_over is None:
    run_for_authors()
else:
    run(handed_over)
