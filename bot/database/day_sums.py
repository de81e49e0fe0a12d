"""Sums by day: counted from what was said while a day is open, kept when it is over, added up over a span."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, case, delete, exists, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from bot.database.handed import is_reply, reply_key
from bot.database.handover_tables import HandoverRow
from bot.database.handovers import KEYS, number_in
from bot.database.notice_tables import NoticeRow
from bot.database.sum_tables import DaySum
from bot.database.tables import Answer, AnswerSource, Conversation, Feedback

CLOSED = "closed"
"""The measure that says that a day has been summed up."""

NO_QUESTIONS = ("answer", "smalltalk", "preferences")
"""Tasks that are not counted among the others: questions have figures of their own, greetings are none."""

MOST_ENTRIES = 100
"""Entries that are kept of a day: the most used ones. What is used often over weeks is among them each day."""

LONGEST_NAME, LONGEST_DETAIL = 400, 200


@dataclass(frozen=True, slots=True)
class Sum:
    """How often ``measure`` happened to ``name`` and ``detail``; ``total`` is what was added up beside it."""

    measure: str
    name: str
    detail: str
    count: int
    total: float = 0.0


# --- counting -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers that are alike; ``unpriced`` are those that a model gave whose price is not known."""

    task: str
    channel: str
    language: str
    answered: bool
    model: str
    count: int
    cost_usd: float
    unpriced: int
    input: int
    output: int


def answers_between(session: Session, since: datetime, until: datetime) -> list[Answered]:
    """Return the answers from ``since`` (counted in) to ``until`` (not), those that are alike together."""
    used = (Answer.input_tokens + Answer.output_tokens) > 0
    alike = (Answer.task, Conversation.channel, Answer.language, Answer.answered, Answer.model)
    chosen = (
        select(
            *alike,
            func.count(),
            func.coalesce(func.sum(Answer.cost_usd), 0.0),
            func.sum(case((used & Answer.cost_usd.is_(None), 1), else_=0)),
            func.sum(Answer.input_tokens),
            func.sum(Answer.output_tokens),
        )
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .where(Answer.created_at >= since, Answer.created_at < until)
        .group_by(*alike)
    )
    return [Answered(*row) for row in session.execute(chosen)]


def latencies(session: Session, since: datetime, until: datetime) -> Sequence[float]:
    """Return how many milliseconds each answer to a question took."""
    span = (Answer.created_at >= since, Answer.created_at < until)
    return session.scalars(select(Answer.latency_ms).where(*span, Answer.task == "answer")).all()


def solved(session: Session, since: datetime, until: datetime) -> int:
    """Return how many questions were answered that nobody called bad, and asked no person about."""
    bad = exists().where(Feedback.answer_id == Answer.id, Feedback.rating < 0)
    handed = exists().where(HandoverRow.answer_id == Answer.id)
    span = (Answer.created_at >= since, Answer.created_at < until)
    chosen = select(func.count()).select_from(Answer).where(*span, Answer.task == "answer", Answer.answered)
    return session.scalar(chosen.where(~bad, ~handed)) or 0


def opinions_between(session: Session, since: datetime, until: datetime) -> list[tuple[int, str, int]]:
    """Return rating, reason ("" for none) and how many gave it, by when it was given."""
    chosen = (
        select(Feedback.rating, func.coalesce(Feedback.reason, ""), func.count())
        .where(Feedback.created_at >= since, Feedback.created_at < until)
        .group_by(Feedback.rating, Feedback.reason)
    )
    return [(rating, reason, count) for rating, reason, count in session.execute(chosen)]


def conversations_between(session: Session, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """Return how many conversations began, by channel."""
    chosen = (
        select(Conversation.channel, func.count())
        .where(Conversation.created_at >= since, Conversation.created_at < until)
        .group_by(Conversation.channel)
    )
    return [(channel, count) for channel, count in session.execute(chosen)]


def handed_between(session: Session, since: datetime, until: datetime) -> list[tuple[str, int]]:
    """Return how many questions were handed over to people, by channel."""
    chosen = (
        select(HandoverRow.channel, func.count())
        .where(HandoverRow.created_at >= since, HandoverRow.created_at < until)
        .group_by(HandoverRow.channel)
    )
    return [(channel, count) for channel, count in session.execute(chosen)]


def ended_between(session: Session, since: datetime, until: datetime) -> list[tuple[str, float]]:
    """Return how each handover ended that ended in the span, and after how many seconds."""
    chosen = select(HandoverRow.outcome, HandoverRow.created_at, HandoverRow.solved_at).where(
        HandoverRow.solved_at >= since, HandoverRow.solved_at < until
    )
    rows = session.execute(chosen)
    return [(outcome or "other", (end - begun).total_seconds()) for outcome, begun, end in rows if end is not None]


def first_replies_between(session: Session, since: datetime, until: datetime) -> list[float]:
    """Return after how many seconds people wrote their first reply, of handovers whose first one is of the span."""
    key, at = NoticeRow.key, NoticeRow.created_at
    came = session.scalars(select(key).where(at >= since, at < until, key.startswith(KEYS))).all()
    numbers = sorted({number_in(each) for each in came if is_reply(each)})
    found = []
    for number in numbers:  # a few: people write them by hand
        first = session.scalar(select(func.min(at)).where(key.startswith(reply_key(number))))
        begun = session.scalar(select(HandoverRow.created_at).where(HandoverRow.id == number))
        if begun is not None and first is not None and since <= first < until:
            found.append((first - begun).total_seconds())
    return found


def waiting_now(session: Session) -> int:
    """Return how many handovers wait for a person."""
    return session.scalar(select(func.count()).select_from(HandoverRow).where(HandoverRow.solved_at.is_(None))) or 0


def entries_between(session: Session, since: datetime, until: datetime) -> list[tuple[str, str, int]]:
    """Return the entries that answers rest on most often: document, key, and how many answers."""
    chosen = select(AnswerSource.document, AnswerSource.passage, func.count()).join(
        Answer, Answer.id == AnswerSource.answer_id
    )
    return _most(session, chosen.where(Answer.created_at >= since, Answer.created_at < until, Answer.answered))


def bad_entries_between(session: Session, since: datetime, until: datetime) -> list[tuple[str, str, int]]:
    """Return the entries whose answers were called bad most often in the span."""
    chosen = select(AnswerSource.document, AnswerSource.passage, func.count()).join(
        Feedback, Feedback.answer_id == AnswerSource.answer_id
    )
    span = (Feedback.created_at >= since, Feedback.created_at < until, Feedback.rating < 0)
    return _most(session, chosen.where(*span))


def _most(session: Session, chosen: Any) -> list[tuple[str, str, int]]:
    by = (AnswerSource.document, AnswerSource.passage)
    rows = session.execute(chosen.group_by(*by).order_by(func.count().desc(), *by).limit(MOST_ENTRIES))
    return [(document, key, count) for document, key, count in rows]


# --- keeping --------------------------------------------------------------------------------------------------------


def keep(session: Session, day: date, sums: Iterable[Sum]) -> None:
    """Write the sums of a day that is over, in place of those that were kept; the caller commits."""
    session.execute(delete(DaySum).where(DaySum.day == day))
    rows = [*sums, Sum(CLOSED, "", "", 1)]
    values = [
        {
            "measure": each.measure,
            "day": day,
            "name": each.name[:LONGEST_NAME],
            "detail": each.detail[:LONGEST_DETAIL],
            "count": each.count,
            "total": each.total,
        }
        for each in rows
    ]
    table: Table = DaySum.__table__  # type: ignore[assignment]
    session.execute(insert(table), values)


def keep_once(sessions: sessionmaker[Session], day: date, sums: Iterable[Sum]) -> bool:
    """Write the sums of a day that is over; False where another process did so at the same moment."""
    try:
        with sessions.begin() as session:
            keep(session, day, sums)
    except IntegrityError:
        return False
    return True


def closed_days(session: Session, first: date, last: date) -> set[date]:
    """Return which days of a span (both counted in) have been summed up."""
    chosen = select(DaySum.day).where(DaySum.measure == CLOSED, DaySum.day >= first, DaySum.day <= last)
    return set(session.scalars(chosen))


def first_answer(session: Session) -> datetime | None:
    """Return when the oldest answer was given that is still there; None where there is none."""
    return session.scalar(select(func.min(Answer.created_at)))


def added_up(session: Session, first: date, last: date, measures: Sequence[str]) -> list[Sum]:
    """Return the sums of a span of days (both counted in), of some measures."""
    named = (DaySum.measure, DaySum.name, DaySum.detail)
    chosen = (
        select(*named, func.sum(DaySum.count), func.sum(DaySum.total))
        .where(DaySum.measure.in_(measures), DaySum.day >= first, DaySum.day <= last)
        .group_by(*named)
    )
    return [
        Sum(measure, name, detail, int(count), total) for measure, name, detail, count, total in session.execute(chosen)
    ]


def by_day(session: Session, first: date, last: date, measures: Sequence[str]) -> dict[date, list[Sum]]:
    """Return the sums of each day of a span (both counted in), of some measures."""
    named = (DaySum.day, DaySum.measure, DaySum.name, DaySum.detail)
    span = (DaySum.measure.in_(measures), DaySum.day >= first, DaySum.day <= last)
    found: dict[date, list[Sum]] = {}
    chosen = select(*named, DaySum.count, DaySum.total).where(*span)
    for day, measure, name, detail, count, total in session.execute(chosen):
        found.setdefault(day, []).append(Sum(measure, name, detail, count, total))
    return found
