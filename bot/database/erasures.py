"""Words for processes that run while someone is erased: what they hold of them in memory goes, and what they are just
answering is not written any more. They name nobody: a hash of who it was, kept for an hour or until retention runs.
"""

import logging
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.database import versions
from bot.database.cleaning import name_of
from bot.database.columns import new_id, now
from bot.database.tables import State
from bot.messages import Message

log = logging.getLogger(__name__)

ERASED = "erased:"
"""How the names of these values begin."""

NUMBER = "erasures"
"""The single value that is another one after each: a process looks at it to see whether there is a new one. It is drawn
and not counted, for two erasures at once may count to the same."""

CLOCKS = timedelta(seconds=2)
"""How far the clocks of two machines may be apart."""

SETTLED_SECONDS = 30.0
"""The longest wait for transactions that had begun before."""


def mark(channel: str, person: str) -> str:
    """Return what stands for a person where their name must not: the same for a name as it came and as it is stored."""
    return sha256(f"{name_of(channel, 40)}\0{name_of(person, 320)}".encode()).hexdigest()[:40]


def announce(session: Session, people: Collection[tuple[str, str]]) -> None:
    """Say that these people (channel and name) are being erased."""
    at = now().isoformat()
    for channel, person in people:
        versions.put(session, ERASED + mark(channel, person), at)
    versions.put(session, NUMBER, new_id())


def settle(engine: Engine) -> None:
    """Wait until whoever was writing before the announcement has come to an end: SQLite has one writer anyway."""
    if engine.dialect.name != "postgresql":
        return
    until = time.monotonic() + SETTLED_SECONDS
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        reached = connection.execute(text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")).scalar_one()
        oldest = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        while connection.execute(oldest).scalar_one() < reached and time.monotonic() < until:
            time.sleep(0.02)


def number(session: Session) -> str:
    """Return a value that is another one after each announcement."""
    return versions.value(session, NUMBER) or ""


def marks(session: Session) -> list[str]:
    """Return what stands for the people who were erased of late."""
    found = session.scalars(select(State.name).where(State.name.startswith(ERASED)))
    return [name.removeprefix(ERASED) for name in found]


@contextmanager
def unless_erased(sessions: sessionmaker[Session], message: Message, begun: datetime) -> Iterator[Session]:
    """Yield a session to write what a message led to, committed at the end: but not where its person was erased since
    the message came (``begun``, aware). Then nothing of it is written, and no error is raised."""
    try:
        with sessions.begin() as session:
            yield session
            if overtaken(session, message, begun):
                raise _OvertakenError
    except _OvertakenError:
        log.info("an answer is not recorded: whom it was for was erased meanwhile")
    except IntegrityError:  # the rows it was to stand with are gone
        with sessions() as session:
            if not overtaken(session, message, begun):
                raise


class _OvertakenError(Exception):
    pass


def overtaken(session: Session, message: Message, begun: datetime) -> bool:
    """Tell whether a person was erased since their message came (``begun``, aware).

    To be asked last in the transaction that writes something of them, which is then to be rolled back.
    """
    if not message.person:
        return False
    at = versions.value(session, ERASED + mark(message.channel, message.person))
    return at is not None and datetime.fromisoformat(at) >= begun - CLOCKS
