"""What one person, or everyone, has used in a window of time: counters, changed inside the transaction they go with."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CursorResult, Executable, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.database import cleaning
from bot.database.inbox_tables import LimitCounter

EVERYONE = "*"

_T = LimitCounter.__table__
_SUMS = ("messages", "tokens", "cost_usd")
_SHOWN = (LimitCounter.who, LimitCounter.window, LimitCounter.messages, LimitCounter.tokens, LimitCounter.cost_usd)


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """One person's minute, day or month; it ends at ``until``, in seconds since 1970 by the database's clock."""

    who: str
    window: str
    until: float


@dataclass(frozen=True, slots=True)
class Used:
    """What was used in a window so far."""

    messages: int = 0
    tokens: int = 0
    cost_usd: float = 0.0


@cache
def _upsert(dialect: str) -> Executable:
    """Return the statement that adds to counters, made where they are not there, and returns their sums."""
    insert = (postgresql if dialect == "postgresql" else sqlite).insert(LimitCounter)
    sums = {name: _T.c[name] + insert.excluded[name] for name in _SUMS}
    statement: Executable = insert.on_conflict_do_update(index_elements=["who", "window"], set_=sums).returning(*_SHOWN)
    return statement


def add(
    session: Session, windows: Collection[Window], *, messages: int = 0, tokens: int = 0, cost_usd: float = 0.0
) -> dict[Window, Used]:
    """Add to every window and return what is used in each now; their rows are locked until the transaction ends.

    All writers lock in the same order, so that none waits for another that waits for it.
    """
    amounts = {"messages": messages, "tokens": tokens, "cost_usd": cost_usd, "told": False}
    rows = [{"who": w.who, "window": w.window, "until": w.until, **amounts} for w in sorted(windows)]
    if not rows:
        return {}
    found = session.connection().execute(_upsert(session.get_bind().dialect.name), rows)
    return _by_window(windows, found.all())


def read(session: Session, windows: Collection[Window]) -> dict[Window, Used]:
    """Return what is used in each window; nothing is locked."""
    if not windows:
        return {}
    keys = [(window.who, window.window) for window in windows]
    chosen = select(*_SHOWN).where(tuple_(LimitCounter.who, LimitCounter.window).in_(keys))
    return _by_window(windows, session.connection().execute(chosen).all())


def of(session: Session, who: str) -> dict[str, Used]:
    """Return what is used in all windows of one name, by the window's own name."""
    rows = session.execute(select(*_SHOWN).where(LimitCounter.who == who)).all()
    return {row.window: Used(row.messages, row.tokens, row.cost_usd) for row in rows}


def _by_window(windows: Iterable[Window], rows: Iterable[Any]) -> dict[Window, Used]:
    used = {(row.who, row.window): Used(row.messages, row.tokens, row.cost_usd) for row in rows}
    return {window: used.get((window.who, window.window), Used()) for window in windows}


def tell(session: Session, window: Window) -> bool:
    """Note that the notice of this window is given; False where it had been before."""
    here = (LimitCounter.who == window.who, LimitCounter.window == window.window, LimitCounter.told.is_(False))
    changed = session.execute(update(LimitCounter).where(*here).values(told=True))
    return isinstance(changed, CursorResult) and changed.rowcount == 1


def refused(session: Session, since: float) -> int:
    """Return how many people, or addresses, reached a limit of messages in windows that ended after ``since``."""
    told = select(func.count(LimitCounter.who.distinct())).where(LimitCounter.told, LimitCounter.until > since)
    return session.scalar(told) or 0


def name_of(channel: str, person: str) -> str:
    """Return the name under which a person's use is counted."""
    return f"{cleaning.name_of(channel, 40)}:{cleaning.name_of(person, 320)}"
