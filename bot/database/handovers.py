"""Questions that were handed over to people: begun once in a place, solved once, counted for reports."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, delete, func, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased, sessionmaker

from bot.database.cleaning import cleaned, cleaned_or_none, name_of
from bot.database.conversations import person_id
from bot.database.handover_tables import HandoverRow
from bot.database.tables import Answer, Conversation, Feedback, Person, Turn
from bot.messages import Message

OUTCOMES = ("answered", "missing", "no_question", "other")
"""How it ended: a person answered; the documents lack it; it was no question; something else."""

KEYS = "handover:"
"""How the keys of their messages in the inbox begin."""

LONGEST_NOTE = 1_000
LONGEST_QUESTION = 2_000


@dataclass(frozen=True, slots=True)
class Handover:
    """One that was asked for; people by the channel's own names, times aware.

    ``place`` is the channel's own name for the thread; ``question`` what it is about. ``called`` are the ids of the
    people and groups who were called, none where nobody is there to be. ``solved_at`` is None while it waits. The
    contacts are what the asker left to be answered at.
    """

    id: int
    channel: str
    place: str
    asker: str
    question: str
    called: tuple[str, ...]
    created_at: datetime
    answer_id: str | None = None
    solved_at: datetime | None = None
    solver: str | None = None
    outcome: str | None = None
    note: str | None = None
    contact_name: str | None = None
    contact_mail: str | None = None


@dataclass(frozen=True, slots=True)
class Questioned:
    """The question behind an answer: where it was asked, by whom (None: not known), and in which words."""

    answer_id: str
    conversation: str
    asker: str | None
    question: str


@dataclass(frozen=True, slots=True)
class HandoverFigures:
    """Of a span: how many were begun, how many of those wait, seconds to the end (median), how they ended."""

    count: int = 0
    waiting: int = 0
    median_seconds: float | None = None
    outcomes: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class OpinionFigures:
    """Of a span: how many answers helped, how many did not, and why; "" where no reason was given."""

    good: int = 0
    bad: int = 0
    reasons: Counter[str] = field(default_factory=Counter)


# --- before ---------------------------------------------------------------------------------------------------------


def question_of(session: Session, channel: str, answer_id: str) -> Questioned | None:
    """Return the question of an answer on a channel; None where there is no such answer."""
    return _questioned(session, channel, Answer.id == cleaned(answer_id))


def last_question(session: Session, channel: str, conversation: str, person: str) -> Questioned | None:
    """Return the last question that somebody asked of the documents in a conversation; None: there is none."""
    of = (Conversation.external_id == name_of(conversation, 200)) & (Person.external_id == name_of(person, 320))
    return _questioned(session, channel, of & (Answer.task != "smalltalk"))


def _questioned(session: Session, channel: str, which: ColumnElement[bool]) -> Questioned | None:
    chosen = (
        select(Answer.id, Conversation.external_id, Person.external_id, func.coalesce(Turn.completed, Turn.text))
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .join(Turn, Turn.id == Answer.question_turn_id)
        .outerjoin(Person, Person.id == Turn.person_id)
        .where(Conversation.channel == name_of(channel, 40), which)
        .order_by(Answer.created_at.desc(), Answer.id)
        .limit(1)
    )
    row = session.execute(chosen).first()
    return None if row is None else Questioned(*row)


def waiting_in(session: Session, channel: str, place: str) -> Handover | None:
    """Return the one that waits in a place."""
    here = (HandoverRow.channel == name_of(channel, 40)) & (HandoverRow.place == name_of(place, 200))
    return next(iter(handovers_of(session, here & HandoverRow.solved_at.is_(None))), None)


def handover(session: Session, number: int) -> Handover | None:
    """Return one by its number."""
    return next(iter(handovers_of(session, HandoverRow.id == number)), None)


def waiting(session: Session, limit: int = 100) -> list[Handover]:
    """Return those that wait, the oldest first."""
    return handovers_of(session, HandoverRow.solved_at.is_(None), limit)


def handovers_of(session: Session, which: ColumnElement[bool], limit: int = 1) -> list[Handover]:
    """Return those that a condition on ``HandoverRow`` chooses, the oldest first."""
    asker, solver = aliased(Person), aliased(Person)
    question = func.coalesce(Turn.completed, Turn.text, HandoverRow.question, "")
    chosen = (
        select(HandoverRow, asker.external_id, solver.external_id, question)
        .join(asker, asker.id == HandoverRow.asker_id)
        .outerjoin(solver, solver.id == HandoverRow.solver_id)
        .outerjoin(Answer, Answer.id == HandoverRow.answer_id)
        .outerjoin(Turn, Turn.id == Answer.question_turn_id)
        .where(which)
        .order_by(HandoverRow.created_at, HandoverRow.id)
        .limit(limit)
    )
    return [_handover(*row) for row in session.execute(chosen)]


def _handover(row: HandoverRow, asker: str, solver: str | None, question: str) -> Handover:
    return Handover(
        id=row.id,
        channel=row.channel,
        place=row.place,
        asker=asker,
        question=question,
        called=tuple(str(each) for each in row.called),
        created_at=row.created_at,
        answer_id=row.answer_id,
        solved_at=row.solved_at,
        solver=solver,
        outcome=row.outcome,
        note=row.note,
        contact_name=row.contact_name,
        contact_mail=row.contact_mail,
    )


# --- writing --------------------------------------------------------------------------------------------------------


def begin(session: Session, new: Handover) -> int:
    """Write one that begins, and return its number; ``new.id`` is not looked at.

    What it is about is kept with its answer where it has one, and only else here.

    Raises:
        IntegrityError: another one waits in this place.
    """
    asker = person_id(session.connection(), Message("", new.channel, person=new.asker), new.created_at)
    if asker is None:
        raise ValueError("nobody asks")
    row = HandoverRow(
        channel=name_of(new.channel, 40),
        place=name_of(new.place, 200),
        asker_id=asker,
        answer_id=new.answer_id,
        question=None if new.answer_id else cleaned(new.question)[:LONGEST_QUESTION],
        called=[cleaned(each) for each in new.called],
        created_at=new.created_at,
        contact_name=cleaned_or_none(new.contact_name),
        contact_mail=cleaned_or_none(new.contact_mail),
    )
    session.add(row)
    session.flush()
    return row.id


def begin_or_find(sessions: sessionmaker[Session], new: Handover) -> tuple[Handover, bool]:
    """Return the one that waits in the place of ``new``, which is it where none did, and whether it was begun now."""
    for _ in range(3):  # another one may come, or end, between looking and writing
        with sessions() as session:
            there = waiting_in(session, new.channel, new.place)
        if there is not None:
            return there, False
        try:
            with sessions.begin() as session:
                number = begin(session, new)
        except IntegrityError:
            continue
        return replace(new, id=number), True
    raise RuntimeError("a handover was neither found nor begun")


def solve(session: Session, number: int, *, by: str, outcome: str, note: str = "", at: datetime) -> bool:
    """Write how one ended; False where that is known already, or there is no such one."""
    row = session.get(HandoverRow, number)
    if row is None or outcome not in OUTCOMES:
        return False
    solver = person_id(session.connection(), Message("", row.channel, person=by), at)
    values: dict[str, Any] = {"solved_at": at, "solver_id": solver, "outcome": outcome}
    changed = (
        update(HandoverRow)
        .where(HandoverRow.id == number, HandoverRow.solved_at.is_(None))
        .values(**values, note=cleaned_or_none(note[:LONGEST_NOTE] or None))
    )
    done = session.execute(changed)
    return isinstance(done, CursorResult) and done.rowcount == 1


def reopen(sessions: sessionmaker[Session], number: int) -> bool:
    """Have one wait again; False where it does, there is no such one, or another one waits in its place by now."""
    usual = {"solved_at": None, "solver_id": None, "outcome": None, "note": None}
    ended = (HandoverRow.id == number) & HandoverRow.solved_at.is_not(None)
    try:
        with sessions.begin() as session:
            done = session.execute(update(HandoverRow).where(ended).values(**usual))
    except IntegrityError:
        return False
    return isinstance(done, CursorResult) and done.rowcount == 1


def erase(session: Session, ids: Sequence[int], name: str, channel: str) -> list[int]:
    """Take a person out: what they asked for, or was about a question of theirs, goes; elsewhere their words and id.

    Returns:
        The numbers of those that went.
    """
    asked = select(Answer.id).join(Turn, Turn.id == Answer.question_turn_id).where(Turn.person_id.in_(ids))
    theirs = or_(HandoverRow.asker_id.in_(ids), HandoverRow.answer_id.in_(asked))
    gone = list(session.scalars(select(HandoverRow.id).where(theirs)))
    session.execute(delete(HandoverRow).where(HandoverRow.id.in_(gone)))
    solved = HandoverRow.solver_id.in_(ids)
    session.execute(update(HandoverRow).where(solved).values(note=None, solver_id=None))
    for row in session.scalars(select(HandoverRow).where(HandoverRow.channel == channel)):
        if name in row.called:
            row.called = [each for each in row.called if each != name]
    session.flush()
    return gone


def key(number: int, name: str) -> str:
    """Return the key of the message that one is told to somebody by."""
    return f"{KEYS}{number}:{name}"


def number_in(key: str) -> int:
    """Return the number of the handover that a key of the inbox is for, 0 where it is for none."""
    number = key.removeprefix(KEYS).partition(":")[0] if key.startswith(KEYS) else ""
    return int(number) if number.isascii() and number.isdigit() else 0


# --- reports --------------------------------------------------------------------------------------------------------


def figures(session: Session, since: datetime, until: datetime) -> HandoverFigures:
    """Return what became of those that were begun from ``since`` (counted in) to ``until`` (not)."""
    chosen = select(HandoverRow.created_at, HandoverRow.solved_at, HandoverRow.outcome).where(
        HandoverRow.created_at >= since, HandoverRow.created_at < until
    )
    rows = session.execute(chosen).all()
    took = [(end - begun).total_seconds() for begun, end, _ in rows if end is not None]
    return HandoverFigures(
        count=len(rows),
        waiting=len(rows) - len(took),
        median_seconds=median(took) if took else None,
        outcomes=Counter(outcome for _, _, outcome in rows if outcome),
    )


def opinions(session: Session, since: datetime, until: datetime) -> OpinionFigures:
    """Return what people thought of answers in a span."""
    chosen = (
        select(Feedback.rating, func.coalesce(Feedback.reason, ""), func.count())
        .where(Feedback.created_at >= since, Feedback.created_at < until)
        .group_by(Feedback.rating, Feedback.reason)
    )
    rows = session.execute(chosen).all()
    reasons = Counter[str]()
    for rating, reason, count in rows:
        reasons[reason] += count if rating < 0 else 0
    good = sum(count for rating, _, count in rows if rating > 0)
    return OpinionFigures(good, sum(count for _, _, count in rows) - good, +reasons)
