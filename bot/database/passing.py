"""Writes that may be left out: when something was last used is not worth waiting for another writer."""

from sqlalchemy import Executable, text
from sqlalchemy.orm import Session, sessionmaker

from bot.database.engine import BUSY_MS
from bot.errors import DataError

PATIENCE_MS = 100


def in_passing(sessions: sessionmaker[Session], statement: Executable) -> bool:
    """Execute one statement in a transaction of its own; tell whether it could be.

    SQLite has one writer at a time, and publishing a large document may be one for seconds.
    """
    with sessions() as session:
        lone = session.get_bind().dialect.name == "sqlite"
        if lone:
            session.execute(text(f"PRAGMA busy_timeout = {PATIENCE_MS}"))
        try:
            session.execute(statement)
            session.commit()
        except DataError:  # another writer has it, or the disk is full
            session.rollback()
            return False
        finally:
            if lone:
                session.execute(text(f"PRAGMA busy_timeout = {BUSY_MS}"))
        return True
