"""How things stand, in a few numbers, for whoever watches: read in some milliseconds however many rows there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine, false, func, select, text
from sqlalchemy.orm import Session

from bot.database import inbox, inbox_rows, versions
from bot.database.backups_made import Made, made_backups
from bot.database.engine import sqlite_path
from bot.database.inbox_rows import SETTLED
from bot.database.inbox_statements import clock
from bot.database.inbox_tables import OPEN, InboxRow, Process
from bot.database.tables import Conversation, Usage

Counts = Mapping[str, float]

RETAINED = "retained"
"""The single value of the database that says when retention last ended."""

SEEN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Standing:
    """``oldest`` is in seconds; ``retained`` and ``backed_up`` are when that was last done, None: never.

    ``used`` is what all processes together have answered and used today.
    """

    inbox: Counts
    oldest: float
    leased: int
    paused: bool
    processes: Counts
    change: int
    used: Counts
    retained: datetime | None
    backed_up: datetime | None


def read(session: Session, today: date) -> Standing:
    """Return how things stand."""
    leased = select(func.count()).select_from(InboxRow).where(InboxRow.owner.is_not(None), text(OPEN))
    seen = select(Process.role, func.count()).where(
        Process.seen_at > clock(session.get_bind().dialect.name) - SEEN_SECONDS
    )
    made = backed_up(session)
    return Standing(
        inbox={str(state): count for state, count in inbox_rows.counts(session).items()},
        oldest=inbox_rows.oldest(session),
        leased=session.scalar(leased) or 0,
        paused=inbox.paused(session),
        processes=dict(session.execute(seen.group_by(Process.role)).all()),
        change=versions.change_number(session),
        used=_used(session, today),
        retained=retained(session),
        backed_up=made.moment if made else None,
    )


def given_up(session: Session) -> int:
    """Return how many rows of the inbox were given up, those left out that are settled."""
    dead = (InboxRow.state == "dead", ~func.coalesce(SETTLED, false()))
    return session.scalar(select(func.count()).select_from(InboxRow).where(*dead)) or 0


def _used(session: Session, today: date) -> Counts:
    columns = {
        "answers": Usage.answers,
        "input_tokens": Usage.input_tokens,
        "output_tokens": Usage.output_tokens,
        "cost_usd": Usage.cost_usd,
    }
    sums = select(*(func.coalesce(func.sum(column), 0) for column in columns.values())).where(Usage.day == today)
    return dict(zip(columns, map(float, session.execute(sums).one()), strict=True))


def retained(session: Session) -> datetime | None:
    """Return when the last run of retention ended, None where there was none."""
    value = versions.value(session, RETAINED)
    return datetime.fromisoformat(value) if value else None


def time_now(session: Session) -> datetime:
    """Return the time by the database's clock, which all processes share."""
    return datetime.fromtimestamp(session.execute(select(clock(session.get_bind().dialect.name))).scalar_one(), UTC)


def backed_up(session: Session) -> Made | None:
    """Return the last backup that is remembered."""
    made = made_backups(session)
    return made[-1] if made else None


def begun(session: Session) -> datetime | None:
    """Return when the first conversation that is kept began, None where there is none."""
    return session.scalar(select(func.min(Conversation.created_at)))


def log_bytes(engine: Engine) -> int:
    """Return the size of SQLite's log file; 0 for PostgreSQL, and where there is none."""
    database = sqlite_path(engine)
    if database is None:
        return 0
    try:
        return database.with_name(f"{database.name}-wal").stat().st_size
    except FileNotFoundError:
        return 0
