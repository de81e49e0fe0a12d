"""The statements of the inbox, built once for each database."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Executable,
    Float,
    Integer,
    Select,
    Table,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.database.inbox_tables import OPEN, InboxRow
from bot.database.tables import State

INBOX: Table = InboxRow.__table__  # type: ignore[assignment]
STATES: Table = State.__table__  # type: ignore[assignment]
PAUSED = "paused"
"""The single value of the database that is there while the inbox is paused."""

_C = INBOX.c
_READ_BY_US = {"payload", "answer"}
COLUMNS = tuple(cast(c, Text).label(c.name) if c.name in _READ_BY_US else c for c in _C if c.name != "head")
"""What a row is read as. JSON comes as text: one row that cannot be read must not end the reading of all."""

_HEAD, _OPEN = text("head"), text(OPEN)  # as the partial indexes have them: a database must see that they fit
_SAME_CONVERSATION = and_(_C.channel == bindparam("of_channel"), _C.conversation == bindparam("of_conversation"))


@dataclass(frozen=True, slots=True)
class Statements:
    """Each takes what its name says; those that write return the rows they have changed."""

    clock: Select[Any]
    accept: Executable
    lock_conversation: Executable | None
    due: Select[Any]
    due_locked: Select[Any]
    take: Executable
    put_off: Executable
    renew: Executable
    release: Executable
    answer: Executable
    sending: Executable
    done: Executable
    fail: Executable
    bury: Executable
    say_instead: Executable
    promote: Executable
    retry: Executable
    mend_heads: Select[Any]
    mend_leases: Executable


def clock(dialect: str) -> ColumnElement[float]:
    """Return the time now by the database's clock, in seconds since 1970; SQLite's is exact to a millisecond.

    ``unixepoch('subsec')`` would say the same, but needs SQLite 3.42.
    """
    if dialect == "postgresql":
        return func.date_part("epoch", func.clock_timestamp(), type_=Float(53))
    return literal_column("((julianday('now') - 2440587.5) * 86400.0)", Float(53))


@cache
def statements(dialect: str) -> Statements:
    """Return the statements for one database."""
    now = clock(dialect)
    due = _due(select(now).scalar_subquery())  # a volatile function would be asked anew for every row
    return Statements(
        clock=select(now),
        accept=_accept(dialect, now),
        lock_conversation=_lock() if dialect == "postgresql" else None,
        due=due,
        due_locked=due.with_for_update(skip_locked=True),
        promote=_promote(),
        retry=_retry(now),
        mend_heads=_headless(),
        **_leases(now),
        **_steps(now),
        **_ends(now),
    )


_FREED: dict[str, Any] = {"owner": None, "lease_until": 0.0}
_ROW = _C.seq == bindparam("of_seq")
_OWNED = and_(_ROW, _C.owner == bindparam("of_owner"), _OPEN)
_SENT_AS = func.coalesce(bindparam("sent_as", type_=Text), _C.reference)
_BECAUSE = bindparam("because", type_=Text)


def _leases(now: ColumnElement[float]) -> dict[str, Any]:
    """Return what gives rows to owners and takes them away."""
    leased = now + bindparam("lease")
    taken: dict[str, Any] = {"attempts": bindparam("tries"), "crashes": bindparam("crashed")}
    later = {"crashes": bindparam("crashed"), "not_before": now + bindparam("delay")}
    ours = and_(_C.seq.in_(bindparam("seqs", expanding=True)), _OPEN, _of_prefix())
    too_long = _C.lease_until > now + 2 * bindparam("lease")
    take = update(INBOX).where(_ROW).values(owner=bindparam("of_owner"), lease_until=leased, **taken)
    return {
        "take": take.returning(_C.lease_until),
        "put_off": update(INBOX).where(_ROW).values(**_FREED, **later),
        "renew": update(INBOX).where(ours).values(lease_until=leased).returning(_C.seq),
        "release": _release(),
        "mend_leases": update(INBOX).where(_OPEN, too_long).values(lease_until=leased).returning(_C.seq),
    }


def _steps(now: ColumnElement[float]) -> dict[str, Any]:
    """Return what moves a row on that its owner still has."""
    answer = {"answer": bindparam("reply", type_=_C.answer.type), "answer_id": bindparam("reply_id")}
    repeated = or_(_C.repeated, bindparam("again", type_=Boolean))
    sending = {"reference": _SENT_AS, "repeated": repeated, "lease_until": now + bindparam("lease")}
    changed = bindparam("changed", type_=_C.payload.type)
    later = {"state": _unsent(), "not_before": now + bindparam("delay")}
    later["attempts"] = _C.attempts - bindparam("untried", type_=Integer)
    return {
        "answer": update(INBOX).where(_OWNED).values(state="answered", **answer),
        "sending": update(INBOX).where(_OWNED).values(state="sending", **sending),
        "fail": update(INBOX).where(_OWNED).values(**_FREED, **later, error=_BECAUSE),
        "say_instead": update(INBOX).where(_OWNED).values(kind="notice", payload=changed),
    }


def _ends(now: ColumnElement[float]) -> dict[str, Any]:
    """Return what closes a row: what was said goes with its reply, and stays where it was given up."""
    over = {**_FREED, "head": False, "finished_at": now, "error": _BECAUSE}
    emptied = {"answer": null(), "payload": bindparam("emptied", type_=_C.payload.type)}
    anyone = bindparam("of_owner", type_=Text).is_(None)
    theirs = or_(anyone, _C.owner == bindparam("of_owner", type_=Text))
    buried = {**over, "state": "dead", "crashes": bindparam("crashed")}
    return {
        "done": update(INBOX).where(_OWNED).values(**over, **emptied, state="done", reference=_SENT_AS),
        "bury": update(INBOX).where(_ROW, _OPEN, theirs).values(**buried),
    }


def _accept(dialect: str, now: ColumnElement[float]) -> Executable:
    """Add a row unless one with its key is there; it takes of_key, of_kind, of_channel and so on."""
    insert: Any = (postgresql if dialect == "postgresql" else sqlite).insert
    names = ("key", "kind", "channel", "conversation", "person", "payload", "priority", "not_before")
    given: dict[str, Any] = {name: bindparam(f"of_{name}", type_=_C[name].type) for name in names}
    first = ~exists(select(1).where(_SAME_CONVERSATION, _HEAD))
    row: postgresql.Insert = insert(INBOX).values(**given, state="new", created_at=now, head=first)
    return row.on_conflict_do_nothing(index_elements=["key"]).returning(_C.seq)


def _lock() -> Executable:
    """Take a conversation for this transaction: its rows then get their numbers in the order they are committed."""
    name = bindparam("of_channel", type_=Text) + ":" + bindparam("of_conversation", type_=Text)
    return select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0)))


def _due(now: ColumnElement[float]) -> Select[Any]:
    """Find the row whose turn it is; it takes ``suspects``: whether one may be it that was in two crashes."""
    paused = exists(select(1).where(STATES.c.name == PAUSED))
    innocent = or_(_C.crashes < 2, bindparam("suspects", type_=Boolean))
    found = select(*COLUMNS, now.label("now")).where(_HEAD, _C.lease_until < now, _C.not_before <= now, innocent)
    return found.where(~paused).order_by(_C.priority, _C.seq).limit(1)


def _unsent() -> ColumnElement[str]:
    """Return the state of a row whose sending was ``refused``: it was not sent, so that nobody need be asked."""
    refused = and_(bindparam("refused", type_=Boolean), _C.state == "sending", _C.reference.is_(None))
    return case(
        (and_(refused, _C.kind == "notice"), "new"),
        (and_(refused, _C.answer_id.is_not(None)), "answered"),
        else_=_C.state,
    )


def _of_prefix() -> ColumnElement[bool]:
    return func.substr(_C.owner, 1, func.length(bindparam("prefix", type_=Text))) == bindparam("prefix", type_=Text)


def _release() -> Executable:
    """Let others take what an owner had; ``crashed``: it died, and its rows are looked at as after any crash."""
    crashed = bindparam("crashed", type_=Boolean)
    kept = _C.seq.not_in(bindparam("but", expanding=True))
    return (
        update(INBOX)
        .where(_OPEN, _of_prefix(), kept)
        .values(
            lease_until=0.0,
            owner=case((crashed, _C.owner), else_=None),
            attempts=_C.attempts - case((crashed, 0), else_=1),
        )
        .returning(_C.seq)
    )


def _first_open() -> ColumnElement[int]:
    return select(func.min(_C.seq)).where(_SAME_CONVERSATION, _OPEN).scalar_subquery()


def _promote() -> Executable:
    """Give the turn to the next row of a conversation, if none has it."""
    other = INBOX.alias("other")
    same = and_(other.c.channel == bindparam("of_channel"), other.c.conversation == bindparam("of_conversation"))
    taken = exists(select(1).select_from(other).where(same, text("other.head")))
    return update(INBOX).where(_C.seq == _first_open(), ~taken).values(head=True)


def _retry(now: ColumnElement[float]) -> Executable:
    """Open a dead row again."""
    other = INBOX.alias("other")
    same = and_(other.c.channel == bindparam("of_channel"), other.c.conversation == bindparam("of_conversation"))
    taken = exists(select(1).select_from(other).where(same, text("other.head")))
    return (
        update(INBOX)
        .where(_C.seq == bindparam("of_seq"), _C.state == "dead")
        .values(
            state=bindparam("back_to"),
            head=~taken,
            attempts=1,  # not 0: its channel is asked first whether an earlier attempt has come through
            crashes=0,
            not_before=now,  # it has waited since now: what somebody takes up again is not too old
            owner=None,
            lease_until=0.0,
            finished_at=null(),
            error=null(),
        )
    )


def _headless() -> Select[Any]:
    """Find conversations in which no row has the turn: rows were deleted by hand, or with a person."""
    other = INBOX.alias("other")
    same = and_(other.c.channel == _C.channel, other.c.conversation == _C.conversation)
    headed = exists(select(1).select_from(other).where(same, text("other.head")))
    return select(_C.channel, _C.conversation).where(text("NOT inbox.head"), _OPEN, ~headed).distinct()
