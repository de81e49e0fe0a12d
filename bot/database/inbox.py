"""Rows of the inbox: added, taken, moved on. Who calls holds the transaction; ``bot/inbox.py`` says what is done when.

One row of a conversation is its ``head``, and only heads are taken. That is kept true by whoever opens or closes a row,
in the same transaction; an index of the database allows no second one.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, null, select, text
from sqlalchemy.orm import Session

from bot.database import listening
from bot.database.cleaning import cleaned, cleaned_json
from bot.database.inbox_rows import WITHDRAWN, NewRow, Row, payload_of, row_from, time_now
from bot.database.inbox_statements import INBOX, PAUSED, Statements, statements
from bot.database.inbox_tables import OPEN
from bot.database.restoring import doubt
from bot.database.versions import STATES, put
from bot.envelopes import reply_json
from bot.messages import Reply

LONGEST_ERROR = 500


# --- adding -----------------------------------------------------------------------------------------------------


def add(session: Session, rows: Sequence[NewRow]) -> list[bool]:
    """Add the rows in this order; tell of each whether it is new.

    On PostgreSQL each conversation is locked first, until the transaction ends: numbers are given out when a row is
    written and seen when it is committed, and two acceptors could do that in different orders.
    """
    connection, made = session.connection(), _made(session)
    if made.lock_conversation is not None:
        for channel, conversation in sorted({(row.channel, row.conversation) for row in rows}):
            _lock(connection, made, channel, conversation)
    added = [_add(connection, made, row) for row in rows]
    if any(added):
        doubt(session, [row.key for row in rows])
        listening.notify(session, listening.INBOX)  # the workers of other processes
    return added


def _add(connection: Connection, made: Statements, row: NewRow) -> bool:
    values = {f"of_{name}": getattr(row, name) for name in NewRow.__slots__}
    return connection.execute(made.accept, values).scalar() is not None


# --- taking -----------------------------------------------------------------------------------------------------


def due(session: Session, *, suspects: bool, locked: bool = True) -> Row | None:
    """Return the row whose turn it is; ``locked``: on PostgreSQL no other one gets it."""
    made = _made(session)
    found = session.execute(made.due_locked if locked else made.due, {"suspects": suspects}).mappings().first()
    return None if found is None else row_from(found, found["now"])


def take(session: Session, row: Row, owner: str, *, lease: float, crashes: int) -> float:
    """Give the row to an owner; return until when."""
    values = {"of_seq": row.seq, "of_owner": owner, "lease": lease, "tries": row.attempts + 1, "crashed": crashes}
    return float(session.execute(_made(session).take, values).scalar_one())


def put_off(session: Session, row: Row, *, delay: float, crashes: int) -> None:
    """Leave the row for some seconds."""
    session.execute(_made(session).put_off, {"of_seq": row.seq, "delay": delay, "crashed": crashes})


def say_instead(session: Session, row: Row, owner: str, words: str) -> None:
    """Have these words said in place of an answer."""
    payload = payload_of(row.message, row.where, words)
    session.execute(_made(session).say_instead, {"of_seq": row.seq, "of_owner": owner, "changed": payload})


def renew(session: Session, prefix: str, seqs: Collection[int], lease: float) -> frozenset[int]:
    """Have the leases of an owner begin anew; return those that are still its own."""
    values = {"prefix": prefix, "seqs": sorted(seqs), "lease": lease}
    return frozenset(session.execute(_made(session).renew, values).scalars())


def release(session: Session, prefix: str, *, crashed: bool, but: Collection[int] = ()) -> int:
    """Let others have what an owner had, except ``but``; return how many rows."""
    values = {"prefix": prefix, "crashed": crashed, "but": sorted(but)}
    return len(session.execute(_made(session).release, values).all())


# --- moving on; each returns whether the row was still the owner's ------------------------------------------------


def answered(session: Session, seq: int, owner: str, reply: Reply) -> bool:
    """Store the reply."""
    said = cleaned_json(reply_json(reply))
    values = {"of_seq": seq, "of_owner": owner, "reply": said, "reply_id": reply.answer_id or None}
    return _changed(session.execute(_made(session).answer, values))


def sending(session: Session, seq: int, owner: str, *, reference: str | None, repeated: bool, lease: float) -> bool:
    """Say that the reply is being sent; the lease begins anew."""
    named = None if reference is None else cleaned(reference)
    values = {"of_seq": seq, "of_owner": owner, "sent_as": named, "again": repeated, "lease": lease}
    return _changed(session.execute(_made(session).sending, values))


def done(session: Session, row: Row, owner: str, *, reference: str | None = None, error: str | None = None) -> bool:
    """Say that nothing is left to do. What was said goes: the conversation's log holds it."""
    _hold(session, row)
    named = None if reference is None else cleaned(reference)
    values = {"of_seq": row.seq, "of_owner": owner, "sent_as": named, "emptied": {}, "because": _short(error)}
    return _changed(session.execute(_made(session).done, values)) and _promoted(session, row)


def fail(
    session: Session, seq: int, owner: str, *, refused: bool, delay: float, error: str, counts: bool = True
) -> bool:
    """Put the row back for some seconds; ``refused``: what was being sent was not taken; ``counts``: as a try."""
    values = {"of_seq": seq, "of_owner": owner, "refused": refused, "delay": delay, "because": _short(error)}
    values["untried"] = 0 if counts else 1
    return _changed(session.execute(_made(session).fail, values))


def sent_late(session: Session, seq: int, reference: str) -> None:
    """Mark the row as one that may have been sent twice, unless it is known under this very reference."""
    same = INBOX.c.reference == cleaned(reference)
    other = INBOX.update().where(INBOX.c.seq == seq, INBOX.c.reference.is_(None) | ~same)
    session.execute(other.values(repeated=True))


def bury(session: Session, row: Row, *, error: str, owner: str | None = None, crashes: int | None = None) -> bool:
    """Give the row up, whoever has it, or only where ``owner`` has it. What was said stays: it can be retried."""
    _hold(session, row)
    crashed = row.crashes if crashes is None else crashes
    values = {"of_seq": row.seq, "of_owner": owner, "crashed": crashed, "because": _short(error)}
    return _changed(session.execute(_made(session).bury, values)) and _promoted(session, row)


def withdraw(session: Session, row: Row) -> bool:
    """Settle a row whose message was taken back, whoever has it; what was said goes with it."""
    if not bury(session, row, error=WITHDRAWN):
        return False
    emptied = payload_of(None, row.where, "")
    session.execute(INBOX.update().where(INBOX.c.seq == row.seq).values(payload=emptied, answer=null()))
    return True


def retry(session: Session, row: Row) -> bool:
    """Open a row that was given up; it has its turn when the one of its conversation that is worked on is done.

    Where it was being sent when it was given up, or may have been, its channel is asked before it is sent again.
    """
    _hold(session, row)
    sent = row.kind == "notice" or row.reply is not None or row.reference is not None
    values = {"of_seq": row.seq, **_place(row), "back_to": "sending" if sent else "new"}
    return _changed(session.execute(_made(session).retry, values))


def hurry(session: Session, seq: int) -> bool:
    """Have a row that waits go at once."""
    waits = INBOX.update().where(INBOX.c.seq == seq, text(OPEN), INBOX.c.owner.is_(None))
    return _changed(session.execute(waits.values(not_before=time_now(session))))


def hurry_all(session: Session, channel: str) -> int:
    """Have all rows of a channel that wait go at once; return how many."""
    waits = INBOX.update().where(INBOX.c.channel == channel, text(OPEN), INBOX.c.owner.is_(None))
    now = time_now(session)
    late = waits.where(INBOX.c.not_before > now).values(not_before=now).returning(INBOX.c.seq)
    return len(session.execute(late).all())


# --- mending ----------------------------------------------------------------------------------------------------


def mend(session: Session, lease: float) -> int:
    """Put right what others have left: conversations without a head, leases from before the clock was set back."""
    made = _made(session)
    places = session.execute(made.mend_heads).all()
    for channel, conversation in sorted(places):  # as who adds: two that lock several never wait in a circle
        promote(session, channel, conversation)
    return len(places) + len(session.execute(made.mend_leases, {"lease": lease}).all())


def promote(session: Session, channel: str, conversation: str) -> None:
    """Give the turn to the next open row of the conversation; for whoever deletes rows, afterwards."""
    made = _made(session)
    if made.lock_conversation is not None:
        _lock(session.connection(), made, channel, conversation)
    session.execute(made.promote, {"of_channel": channel, "of_conversation": conversation})


def paused(session: Session) -> bool:
    """Tell whether nothing is taken."""
    return session.execute(select(STATES.c.value).where(STATES.c.name == PAUSED)).first() is not None


def pause(session: Session) -> None:
    """Have nothing be taken."""
    put(session, PAUSED, repr(time_now(session)))


def resume(session: Session) -> None:
    """Have rows be taken again."""
    session.execute(STATES.delete().where(STATES.c.name == PAUSED))


# --- inside -----------------------------------------------------------------------------------------------------


def _made(session: Session) -> Statements:
    return statements(session.get_bind().dialect.name)


def _place(row: Row) -> dict[str, str]:
    return {"of_channel": row.channel, "of_conversation": row.conversation}


def _lock(connection: Connection, made: Statements, channel: str, conversation: str) -> None:
    assert made.lock_conversation is not None  # noqa: S101 - tells the type checker
    connection.execute(made.lock_conversation, {"of_channel": channel, "of_conversation": conversation})


def _hold(session: Session, row: Row) -> None:
    """Keep others from adding to the conversation until the transaction ends: who adds looks whether it has a head."""
    made = _made(session)
    if made.lock_conversation is not None:
        _lock(session.connection(), made, row.channel, row.conversation)


def _promoted(session: Session, row: Row) -> bool:
    session.execute(_made(session).promote, _place(row))
    return True


def _changed(result: Any) -> bool:
    return bool(result.rowcount)


def _short(error: str | None) -> str | None:
    return None if error is None else cleaned(error, LONGEST_ERROR)
