"""Rows of the inbox as they are kept and read."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from sqlalchemy import RowMapping, Select, bindparam, false, func, or_, select, text
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned, cleaned_json, name_of
from bot.database.inbox_statements import COLUMNS, INBOX, statements
from bot.database.inbox_tables import OPEN
from bot.envelopes import message_from, message_json, reply_from
from bot.messages import Message, Reply

Kind = Literal["message", "notice", "job"]
States = Literal["new", "answered", "sending", "done", "dead"]
DROPPED = "dropped"
"""The error of a row that an admin has given up."""

GONE = "gone:"
"""What the error of a row begins with whose place is no more: nobody waits for it there, and nobody need see to it."""

WITHDRAWN = f"{GONE}message_deleted"
"""The error of a row whose message was taken back by who wrote it."""

SETTLED = or_(INBOX.c.error == DROPPED, INBOX.c.error.startswith(GONE, autoescape=True))
"""Rows that were given up and are nobody's concern any more."""

OPEN_STATES: tuple[States, ...] = ("new", "answered", "sending")


@dataclass(frozen=True, slots=True)
class Row:
    """One row. Times are seconds since 1970 by the database's clock; ``waited`` are the seconds since it
    could be worked on: since it came, was tried last, or was to begin.

    ``message`` is None for a job, for a row that is done, and where ``readable`` is False: what is stored cannot be
    understood. ``text`` is the ready text of a notice.
    """

    seq: int
    key: str
    kind: Kind
    channel: str
    conversation: str
    person: str | None
    state: States
    message: Message | None
    where: Mapping[str, Any]
    text: str
    reply: Reply | None
    answer_id: str | None
    reference: str | None
    attempts: int
    crashes: int
    repeated: bool
    not_before: float
    owner: str | None
    lease_until: float
    error: str | None
    priority: int
    created_at: float
    finished_at: float | None
    waited: float = 0.0
    readable: bool = True


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be added."""

    key: str
    kind: Kind
    channel: str
    conversation: str
    person: str | None
    payload: Mapping[str, Any]
    priority: int = 0
    not_before: float = 0.0


def payload_of(message: Message | None, where: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Return what a row keeps of what was accepted; all of it is text that a database takes."""
    said = None if message is None else message_json(message)
    payload = {"message": said, "where": dict(where), "text": text}
    return cast(dict[str, Any], cleaned_json(payload))


def key_of(key: str) -> str:
    """Return an event's key as it is stored."""
    return name_of(key, 400)


def person_of(message: Message | None) -> str | None:
    """Return the channel's name for who wrote the message, as it is stored."""
    person = message.person if message else None
    return name_of(person, 320) if person and cleaned(person) else None


def place_of(channel: str, conversation: str | None, key: str) -> tuple[str, str]:
    """Return channel and conversation as they are stored; a message that belongs to none is one of its own."""
    name = conversation if conversation and cleaned(conversation) else f"key:{key}"
    return name_of(channel, 40), name_of(name, 200)


# --- reading ----------------------------------------------------------------------------------------------------


def known(session: Session, keys: Collection[str]) -> bool:
    """Tell whether rows with all these keys are there."""
    found = session.execute(select(func.count()).select_from(INBOX).where(INBOX.c.key.in_(sorted(keys)))).scalar_one()
    return found == len(set(keys))


def waiting(session: Session) -> int:
    """Return how many rows are open."""
    return session.execute(_waiting()).scalar_one()


def waiting_of(session: Session, channel: str, person: str, most: int) -> int:
    """Return how many rows of a person are open, counted up to ``most``."""
    values = {"of_channel": channel, "of_person": person, "most": most}
    return session.execute(_waiting_of(), values).scalar_one()


def get(session: Session, seq: int) -> Row | None:
    """Return one row."""
    found = session.execute(select(*COLUMNS).where(INBOX.c.seq == seq)).mappings().first()
    return None if found is None else row_from(found, time_now(session))


def open_with(session: Session, key: str) -> list[Row]:
    """Return the open rows with this key, and with one that goes on from it behind a colon."""
    named = or_(INBOX.c.key == key, INBOX.c.key.startswith(f"{key}:", autoescape=True))
    now = time_now(session)
    return [row_from(each, now) for each in session.execute(select(*COLUMNS).where(named, text(OPEN))).mappings()]


def listed(
    session: Session, states: Iterable[States], limit: int, *, newest: bool, dropped: bool | None = None
) -> list[Row]:
    """Return rows in these states, oldest or newest first; ``dropped``: only what is settled, or the rest."""
    order = INBOX.c.seq.desc() if newest else INBOX.c.seq
    wanted = sorted(states)
    chosen = select(*COLUMNS).order_by(order).limit(limit)
    chosen = chosen.where(INBOX.c.state.in_(wanted))
    if dropped is not None:
        chosen = chosen.where(func.coalesce(SETTLED, false()) == dropped)
    if set(wanted) <= set(OPEN_STATES):
        chosen = chosen.where(text(OPEN))  # by the partial index
    now = time_now(session)
    return [row_from(found, now) for found in session.execute(chosen).mappings()]


def given_up(session: Session, channel: str | None = None) -> list[int]:
    """Return the rows that were given up for what went wrong, of one channel or of all, oldest first."""
    found = select(INBOX.c.seq).where(INBOX.c.state == "dead", ~func.coalesce(SETTLED, false()))
    found = found if channel is None else found.where(INBOX.c.channel == channel)
    return list(session.scalars(found.order_by(INBOX.c.seq)))


def counts(session: Session) -> dict[States, int]:
    """Return how many rows are in each state, those with none included."""
    by_state = select(INBOX.c.state, func.count()).group_by(INBOX.c.state)
    found = {str(state): int(count) for state, count in session.execute(by_state)}
    return {state: found.get(state, 0) for state in (*OPEN_STATES, "done", "dead")}


def oldest(session: Session) -> float:
    """Return how many seconds the oldest open row has waited; 0 where there is none."""
    first = session.execute(select(func.min(INBOX.c.created_at)).where(text(OPEN))).scalar()
    return 0.0 if first is None else max(0.0, time_now(session) - first)


@cache
def _waiting() -> Select[int]:
    return select(func.count()).select_from(INBOX).where(text(OPEN))


@cache
def _waiting_of() -> Select[int]:
    own = (INBOX.c.channel == bindparam("of_channel"), INBOX.c.person == bindparam("of_person"))
    found = select(INBOX.c.seq).where(*own, INBOX.c.finished_at.is_(None)).limit(bindparam("most"))
    return select(func.count()).select_from(found.subquery())


def time_now(session: Session) -> float:
    """Return the time by the database's clock, in seconds since 1970."""
    return float(session.execute(statements(session.get_bind().dialect.name).clock).scalar_one())


def row_from(found: RowMapping, now: float) -> Row:
    """Return the row as it was read; one that cannot be understood says so."""
    values = {name: found[name] for name in Row.__slots__ if name in found}
    values["waited"] = max(0.0, now - max(found["created_at"], found["not_before"]))
    try:
        payload = json.loads(found["payload"])
        said, where, words = payload.get("message"), payload.get("where") or {}, payload.get("text") or ""
        values["message"] = None if said is None else message_from(said, found["channel"])
        stored = json.loads(found["answer"]) if found["answer"] else None
        values["reply"] = None if stored is None else reply_from(stored)
    except (ValueError, TypeError, AttributeError):
        return Row(**{**values, "message": None, "where": {}, "text": "", "reply": None, "readable": False})
    return Row(**{**values, "where": where, "text": str(words)})
