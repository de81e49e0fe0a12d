"""Questions that were asked in vain, as they come, and the groups they are put into.

In vain is what the documents had no answer to, what was rated 👎, and what was handed over to a person.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Table,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased

from bot.database import versions
from bot.database.columns import Moment
from bot.database.question_tables import QuestionAsked, QuestionGroup
from bot.database.tables import Answer, Conversation, Feedback, HandoverRow, State, Turn

GROUPS: Table = QuestionGroup.__table__  # type: ignore[assignment]
ASKED: Table = QuestionAsked.__table__  # type: ignore[assignment]

SEEN_TO = "questions"
"""The single value of the database that says up to when new ones were looked for, by kind."""

KINDS = ("unanswered", "bad", "handed")
OVERLAP = timedelta(minutes=10)
"""An answer is written some time after the moment it bears: it is looked for so much further back."""

RECENT = timedelta(days=30)
LONGEST = 500
"""Characters of a question that stands for its group."""


@dataclass(frozen=True, slots=True)
class New:
    """A question that is in no group yet, or is in one for another reason; ``at`` is when the reason came about."""

    answer_id: str
    conversation_id: str
    person_id: int | None
    channel: str
    text: str
    language: str
    asked_at: datetime
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """What a group is about: its words, each as ``Subject`` has them; ``target`` is the group that questions go to."""

    id: int
    target: int
    question: str
    language: str
    words: tuple[tuple[str, ...], tuple[str, ...]] | None


# --- what has come --------------------------------------------------------------------------------------------------


def marks(session: Session) -> dict[str, str]:
    """Return up to when each kind was seen to."""
    found: dict[str, str] = json.loads(versions.value(session, SEEN_TO) or "{}")
    return found


def claim(session: Session, before: Mapping[str, str], after: Mapping[str, str]) -> bool:
    """Write up to when it is seen to; False where another process has done so since: nothing more must be written."""
    if versions.value(session, SEEN_TO) is None:
        versions.put(session, SEEN_TO, "{}")
    locked = select(State.value).where(State.name == SEEN_TO).with_for_update()
    if json.loads(session.execute(locked).scalar_one()) != dict(before):
        return False
    versions.put(session, SEEN_TO, json.dumps(dict(after)))
    return True


def new(session: Session, kind: str, since: str, limit: int) -> list[New]:
    """Return the questions of a kind that have come since, the oldest first."""
    at, chosen = _reasons(kind)
    if since:
        chosen = chosen.where(at >= datetime.fromisoformat(since) - OVERLAP)
    return [New(*row) for row in session.execute(chosen.order_by(at).limit(limit))]


def count_new(session: Session, since: Mapping[str, str], most: int) -> int:
    """Return how many have come since, counted up to ``most`` of each kind."""
    return sum(len(new(session, kind, since.get(kind, ""), most)) for kind in KINDS)


def _reasons(kind: str) -> tuple[ColumnElement[datetime], Select[Any]]:
    """Return the moment of the reason, and the statement that finds what is in no group for it."""
    at: Any = {"unanswered": Answer.created_at, "bad": Feedback.created_at, "handed": HandoverRow.created_at}[kind]
    columns = (
        Answer.id, Answer.conversation_id, Turn.person_id, Conversation.channel,
        func.coalesce(Turn.completed, Turn.text), Answer.language, Answer.created_at, literal(kind), at,
    )  # fmt: skip
    chosen = select(*columns).join(Turn, Turn.id == Answer.question_turn_id)
    chosen = chosen.join(Conversation, Conversation.id == Answer.conversation_id).where(
        Answer.task == "answer", ~taken_away(Answer.conversation_id)
    )
    flag = getattr(QuestionAsked, kind)
    chosen = chosen.where(~exists().where(QuestionAsked.answer_id == Answer.id, flag))
    if kind == "unanswered":
        return at, chosen.where(Answer.answered.is_(False))
    if kind == "bad":
        return at, chosen.join(Feedback, Feedback.answer_id == Answer.id).where(Feedback.rating < 0)
    return at, chosen.join(HandoverRow, HandoverRow.answer_id == Answer.id)


def taken_away(conversation: Any) -> ColumnElement[bool]:
    """Tell whether whoever had a conversation took it away. Looked up by its id: asked for in a join, a database would
    begin with the many that nobody took away."""
    other = aliased(Conversation)
    return exists().where(other.id == conversation, other.removed_at.is_not(None))


# --- groups ---------------------------------------------------------------------------------------------------------


def heads(session: Session) -> list[Head]:
    """Return what all groups are about."""
    columns = (QuestionGroup.id, QuestionGroup.merged_into, QuestionGroup.question, QuestionGroup.language)
    found = session.execute(select(*columns, QuestionGroup.words).order_by(QuestionGroup.id))
    return [
        Head(id_, merged or id_, question, language, _words(words)) for id_, merged, question, language, words in found
    ]


def _words(stored: Sequence[Sequence[str]] | None) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    return None if stored is None else (tuple(stored[0]), tuple(stored[1]))


def set_words(session: Session, group: int, words: Sequence[Iterable[str]]) -> None:
    """Write what a group is about."""
    session.execute(update(GROUPS).where(GROUPS.c.id == group).values(words=[sorted(each) for each in words]))


def begin(session: Session, question: str, language: str, words: Sequence[Iterable[str]] | None, at: datetime) -> int:
    """Begin a group, and return its id."""
    row = QuestionGroup(
        question=question[:LONGEST],
        language=language,
        words=None if words is None else [sorted(each) for each in words],
        last_at=at,
    )
    session.add(row)
    session.flush()
    return row.id


def put(session: Session, placed: Sequence[tuple[New, int]]) -> None:
    """Put questions into groups; one that is in a group stays there, for one reason more."""
    ids = [each.answer_id for each, _ in placed]
    there = set(session.scalars(select(QuestionAsked.answer_id).where(QuestionAsked.answer_id.in_(ids))))
    rows: dict[str, dict[str, Any]] = {}
    for each, group in placed:
        if each.answer_id in there:
            known = ASKED.c.answer_id == each.answer_id
            session.execute(update(ASKED).where(known).values({each.kind: True}))
            continue
        row = rows.setdefault(
            each.answer_id,
            {
                "answer_id": each.answer_id,
                "group_id": group,
                "conversation_id": each.conversation_id,
                "person_id": each.person_id,
                "channel": each.channel,
                **dict.fromkeys(KINDS, False),
                "asked_at": each.asked_at,
            },
        )
        row[each.kind] = True
    if rows:
        session.execute(insert(ASKED), list(rows.values()))


def groups_of(session: Session, answers: Sequence[str]) -> dict[str, int]:
    """Return the groups that answers' questions are in, by the answer."""
    found = select(QuestionAsked.answer_id, QuestionAsked.group_id).where(QuestionAsked.answer_id.in_(answers))
    return {str(answer): int(group) for answer, group in session.execute(found)}


def sum_up(session: Session, groups: Iterable[int], now: datetime) -> None:
    """Count groups anew, and let what most asked stand for each; one without a question goes."""
    for group in sorted(set(groups)):
        mine = QuestionAsked.group_id == group
        who = func.coalesce(cast(QuestionAsked.person_id, String), QuestionAsked.conversation_id)
        sums = select(
            func.count(),
            func.count(func.distinct(who)),
            func.count(case((QuestionAsked.asked_at >= now - RECENT, 1))),
            func.max(QuestionAsked.asked_at, type_=Moment),
        ).where(mine)
        count, people, recent, last = session.execute(sums).one()
        if not count:
            session.execute(delete(GROUPS).where(or_(GROUPS.c.id == group, GROUPS.c.merged_into == group)))
            continue
        values = {"count": count, "people": people, "recent": recent, "last_at": last}
        session.execute(update(GROUPS).where(GROUPS.c.id == group).values(**values, question=_usual(session, group)))


def _usual(session: Session, group: int) -> str:
    """Return the words in which most asked, of equally many the shortest."""
    text = func.coalesce(Turn.completed, Turn.text)
    chosen = select(text).join(Answer, Answer.question_turn_id == Turn.id)
    chosen = chosen.join(QuestionAsked, QuestionAsked.answer_id == Answer.id).where(QuestionAsked.group_id == group)
    found = chosen.group_by(text).order_by(func.count().desc(), func.length(text), text).limit(1)
    return str(session.scalar(found) or "")[:LONGEST]


def outdated(session: Session, now: datetime) -> list[int]:
    """Return the groups whose sums are not right any more: time has passed, or questions were deleted."""
    counted = (
        select(
            QuestionAsked.group_id.label("id"),
            func.count().label("count"),
            func.count(case((QuestionAsked.asked_at >= now - RECENT, 1))).label("recent"),
        )
        .group_by(QuestionAsked.group_id)
        .subquery()
    )
    chosen = select(QuestionGroup.id).outerjoin(counted, counted.c.id == QuestionGroup.id)
    wrong = or_(
        func.coalesce(counted.c.count, 0) != QuestionGroup.count,
        func.coalesce(counted.c.recent, 0) != QuestionGroup.recent,
    )
    return list(session.scalars(chosen.where(wrong, QuestionGroup.merged_into.is_(None))))


def withdraw(session: Session) -> list[int]:
    """Take out what was in a group for a rating alone that was taken back since; return the groups it was in."""
    rated = exists().where(Feedback.answer_id == QuestionAsked.answer_id, Feedback.rating < 0)
    only = QuestionAsked.bad & ~rated
    gone = select(QuestionAsked.answer_id, QuestionAsked.group_id, QuestionAsked.unanswered | QuestionAsked.handed)
    found = session.execute(gone.where(only)).all()
    kept = [answer for answer, _, stays in found if stays]
    session.execute(update(ASKED).where(ASKED.c.answer_id.in_(kept)).values(bad=False))
    session.execute(delete(ASKED).where(ASKED.c.answer_id.in_([a for a, _, stays in found if not stays])))
    return [group for _, group, _ in found]


def reopened(session: Session, groups: Iterable[int], since: datetime) -> list[int]:
    """Open those of the groups again that had been answered before they were asked again in vain; return them."""
    again = (
        update(GROUPS)
        .where(GROUPS.c.id.in_(sorted(set(groups))), GROUPS.c.state == "answered", GROUPS.c.decided_at < since)
        .values(state="open", alerted_at=None)
        .returning(GROUPS.c.id)
    )
    return list(session.scalars(again))


# --- people who are erased ------------------------------------------------------------------------------------------


def groups_asked_by(session: Session, people: Sequence[int]) -> list[int]:
    """Return the groups that hold questions from conversations these people took part in: others' may be completed
    with words of theirs."""
    theirs = select(Turn.conversation_id).where(Turn.person_id.in_(people))
    asked = select(QuestionAsked.group_id).where(QuestionAsked.conversation_id.in_(theirs))
    return list(session.scalars(asked.distinct()))


def groups_in(session: Session, conversations: Sequence[str]) -> list[int]:
    """Return the groups that hold questions from these conversations."""
    asked = select(QuestionAsked.group_id).where(QuestionAsked.conversation_id.in_(conversations))
    return list(session.scalars(asked.distinct()))


def forget(session: Session, groups: Sequence[int], now: datetime) -> None:
    """Have what others asked stand for these groups, after questions of somebody were deleted; none of the old words
    is left."""
    session.execute(delete(GROUPS).where(GROUPS.c.merged_into.in_(groups)))
    session.execute(update(GROUPS).where(GROUPS.c.id.in_(groups)).values(words=None))
    sum_up(session, groups, now)
