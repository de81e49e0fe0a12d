"""Groups of questions that were asked in vain: listed, looked into, decided on, put together and taken apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, cast, exists, func, select, update
from sqlalchemy.orm import Session

from bot.database import asked, handed, notices
from bot.database.asked import ASKED, GROUPS, KINDS
from bot.database.columns import Moment, now
from bot.database.question_search import groups_with
from bot.database.question_tables import QuestionAsked, QuestionGroup
from bot.database.tables import Answer, Conversation, Document, Feedback, HandoverRow, Person, Turn

STATES = ("open", "answered", "dismissed")
REASONS = ("no_question", "out_of_scope", "will_not", "other")
"""Why nobody will answer: it is no question, not ours to answer, or is left open on purpose."""

BARS = 8
"""Parts of a span whose counts show how it goes."""

MOST_WORDINGS = 100
MOST_ASKED = 2_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which groups to show: asked since a moment, for a reason (``kind``, of ``KINDS``), with words in the question."""

    since: datetime
    until: datetime
    state: str = "open"
    language: str = ""
    kind: str = ""
    words: str = ""
    groups: frozenset[int] | None = None
    """Those that hold the words, where they are known already."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group; ``count`` and ``people`` are of all of its questions, ``recent`` of the last 30 days."""

    id: int
    question: str
    language: str
    state: str
    reason: str | None
    decided_at: datetime | None
    decided_by: str | None
    document_id: int | None
    entry: str | None
    staged: int | None
    count: int
    people: int
    recent: int
    last_at: datetime
    nearest: Sequence[Mapping[str, Any]]
    confidence: float
    checked: int


@dataclass(frozen=True, slots=True)
class Span:
    """A group within a span: how often it was asked, by channel, and in each part of the span, oldest first; ``kinds``
    is why its questions are there, of ``KINDS``.
    """

    count: int = 0
    channels: Mapping[str, int] = field(default_factory=dict)
    bars: tuple[int, ...] = (0,) * BARS
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which a group was asked, how often, and when last."""

    text: str
    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a group; ``person`` is the channel's name for who asked it, "" where nobody is known."""

    answer_id: str
    conversation_id: str
    channel: str
    language: str
    text: str
    at: datetime
    unanswered: bool
    bad: bool
    handed: bool
    audience: tuple[str, ...]
    person: str


COLUMNS = tuple(getattr(QuestionGroup, name) for name in Group.__slots__)
"""What a ``Group`` is read from."""


def listed(session: Session, wanted: Wanted, limit: int, offset: int = 0) -> list[Group]:
    """Return groups, the most asked lately first."""
    ordered = (QuestionGroup.recent.desc(), QuestionGroup.count.desc(), QuestionGroup.id)
    chosen = select(*COLUMNS).where(*_conditions(session, wanted)).order_by(*ordered).limit(limit).offset(offset)
    return [Group(*row) for row in session.execute(chosen)]


def count(session: Session, wanted: Wanted) -> int:
    """Return how many groups there are."""
    return session.scalar(select(func.count()).select_from(QuestionGroup).where(*_conditions(session, wanted))) or 0


def counts(session: Session, since: datetime) -> dict[str, int]:
    """Return how many groups are in each state, of those last asked since."""
    chosen = select(QuestionGroup.state, func.count()).where(QuestionGroup.last_at >= since)
    found = {str(state): int(number) for state, number in session.execute(chosen.group_by(QuestionGroup.state))}
    return {state: found.get(state, 0) for state in STATES}


def found(session: Session, wanted: Wanted) -> Wanted:
    """Return the same with the groups that hold its words: looked for once, where it is asked for twice."""
    return replace(wanted, groups=_holding(session, wanted)) if wanted.words.strip() else wanted


def _holding(session: Session, wanted: Wanted) -> frozenset[int]:
    return frozenset(groups_with(session, wanted.words)) if wanted.groups is None else wanted.groups


def _conditions(session: Session, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [QuestionGroup.state == wanted.state, QuestionGroup.last_at >= wanted.since]
    if wanted.language:
        found.append(QuestionGroup.language == wanted.language)
    if wanted.kind in KINDS:
        flag = getattr(QuestionAsked, wanted.kind)
        found.append(exists().where(QuestionAsked.group_id == QuestionGroup.id, flag))
    if wanted.words.strip():
        found.append(QuestionGroup.id.in_(_holding(session, wanted)))
    return found


def get(session: Session, group: int) -> Group | None:
    """Return a group; one that was merged is the one it was merged into. None where there is none (any more)."""
    target = session.scalar(select(QuestionGroup.merged_into).where(QuestionGroup.id == group))
    row = session.execute(select(*COLUMNS).where(QuestionGroup.id == (target or group))).first()
    return None if row is None else Group(*row)


def of_answer(session: Session, answer: str) -> int | None:
    """Return the group that the question of an answer is in."""
    return asked.groups_of(session, [answer]).get(answer)


def spans(session: Session, groups: Sequence[int], since: datetime, until: datetime) -> dict[int, Span]:
    """Return what each group was within a span, its parts by whole days."""
    within = (QuestionAsked.group_id.in_(groups), QuestionAsked.asked_at >= since, QuestionAsked.asked_at < until)
    group, day = QuestionAsked.group_id, func.date(QuestionAsked.asked_at)
    days = (until.date() - since.date()).days + 1
    bars: dict[int, list[int]] = {}
    by_day = select(group, cast(day, String), func.count()).where(*within).group_by(group, day)
    for each, at, number in session.execute(by_day):
        part = (date.fromisoformat(at) - since.date()).days * BARS // days
        bars.setdefault(each, [0] * BARS)[min(max(part, 0), BARS - 1)] += number
    channels: dict[int, dict[str, int]] = {}
    kinds: dict[int, set[str]] = {}
    reasons = [func.sum(cast(getattr(QuestionAsked, kind), Integer)) for kind in KINDS]
    by_channel = select(group, QuestionAsked.channel, func.count(), *reasons).where(*within)
    for each, channel, number, *why in session.execute(by_channel.group_by(group, QuestionAsked.channel)):
        channels.setdefault(each, {})[channel] = number
        kinds.setdefault(each, set()).update(kind for kind, count in zip(KINDS, why, strict=True) if count)
    why_of = {each: tuple(kind for kind in KINDS if kind in found) for each, found in kinds.items()}
    return {each: Span(sum(parts), channels[each], tuple(parts), why_of[each]) for each, parts in bars.items()}


def wordings(session: Session, group: int, limit: int = MOST_WORDINGS) -> list[Wording]:
    """Return the ways in which a group was asked, the most frequent first."""
    text = func.coalesce(Turn.completed, Turn.text)
    chosen = (
        select(text, func.count(), func.max(QuestionAsked.asked_at, type_=Moment))
        .join(Answer, Answer.question_turn_id == Turn.id)
        .join(QuestionAsked, QuestionAsked.answer_id == Answer.id)
        .where(QuestionAsked.group_id == group)
        .group_by(text)
        .order_by(func.count().desc(), func.length(text), text)
    )
    return [Wording(*row) for row in session.execute(chosen.limit(limit))]


def asked_of(session: Session, group: int, limit: int = MOST_ASKED) -> list[Asked]:
    """Return the questions of a group, the newest first."""
    chosen = (
        select(
            QuestionAsked.answer_id, QuestionAsked.conversation_id, QuestionAsked.channel, Answer.language,
            func.coalesce(Turn.completed, Turn.text), QuestionAsked.asked_at, QuestionAsked.unanswered,
            QuestionAsked.bad, QuestionAsked.handed, Conversation.audience, func.coalesce(Person.external_id, ""),
        )
        .join(Answer, Answer.id == QuestionAsked.answer_id)
        .join(Turn, Turn.id == Answer.question_turn_id)
        .join(Conversation, Conversation.id == QuestionAsked.conversation_id)
        .outerjoin(Person, Person.id == QuestionAsked.person_id)
        .where(QuestionAsked.group_id == group, ~asked.taken_away(QuestionAsked.conversation_id))
        .order_by(QuestionAsked.asked_at.desc(), QuestionAsked.answer_id)
        .limit(limit)
    )  # fmt: skip
    rows: list[Sequence[Any]] = [tuple(row) for row in session.execute(chosen)]
    return [Asked(*row[:9], *[tuple(map(str, row[9])), row[10]]) for row in rows]


def place_of(session: Session, conversation: str) -> str:
    """Return the channel's own name for a conversation, "" where there is none."""
    return session.scalar(select(Conversation.external_id).where(Conversation.id == conversation)) or ""


def documents(session: Session, limit: int) -> list[tuple[int, str]]:
    """Return the documents that have a live version, by name."""
    live = select(Document.id, Document.name).where(Document.current_version.is_not(None))
    return [(int(number), str(name)) for number, name in session.execute(live.order_by(Document.name).limit(limit))]


def said_to(session: Session, answers: Sequence[str]) -> dict[str, str]:
    """Return what people said to handed-over questions, by the answer that had not helped: to the asker, or in a note
    of who solved it."""
    columns = (HandoverRow.id, HandoverRow.answer_id, HandoverRow.note, HandoverRow.outcome)
    found: dict[str, str] = {}
    for number, answer, note, outcome in session.execute(
        select(*columns).where(HandoverRow.answer_id.in_(answers)).order_by(HandoverRow.id)
    ):
        replies = [each.text for each in notices.told(session, handed.reply_key(number))]
        said = "\n\n".join(replies) or (note if outcome == "answered" else "")
        if said:
            found[str(answer)] = said
    return found


def said_wrong(session: Session, group: int) -> dict[str, int]:
    """Return why people were not content with answers to a group's questions, "" where they did not say."""
    chosen = select(func.coalesce(Feedback.reason, ""), func.count()).where(Feedback.rating < 0)
    mine = chosen.join(QuestionAsked, QuestionAsked.answer_id == Feedback.answer_id)
    found = mine.where(QuestionAsked.group_id == group).group_by(Feedback.reason)
    return {str(reason): int(number) for reason, number in session.execute(found)}


# --- deciding -------------------------------------------------------------------------------------------------------


def decide(session: Session, group: int, state: str, by: str | None, **values: Any) -> bool:
    """Say what became of a group; False where there is no such one.

    Not given are unset: why it was dismissed, which entry answers it, which version waits to.
    """
    usual = {"reason": None, "document_id": None, "entry": None, "staged": None}
    about = {**usual, "state": state, "decided_at": now(), "decided_by": by, **values}
    changed = update(GROUPS).where(GROUPS.c.id == group, GROUPS.c.merged_into.is_(None)).values(**about)
    return session.execute(changed.returning(GROUPS.c.id)).first() is not None


def propose(session: Session, group: int, version: int | None) -> None:
    """Keep which version waits to answer a group; None: none does any more."""
    session.execute(update(GROUPS).where(GROUPS.c.id == group).values(staged=version))


def merge(session: Session, group: int, into: int) -> bool:
    """Put the questions of a group into another, and those like them from now on; False where that cannot be."""
    ids = select(QuestionGroup.id).where(QuestionGroup.id.in_((group, into)), QuestionGroup.merged_into.is_(None))
    if group == into or len(session.scalars(ids).all()) < 2:
        return False
    session.execute(update(ASKED).where(ASKED.c.group_id == group).values(group_id=into))
    session.execute(update(GROUPS).where(GROUPS.c.merged_into == group).values(merged_into=into))
    merged = {"merged_into": into, "state": "merged", "count": 0, "people": 0, "recent": 0}
    session.execute(update(GROUPS).where(GROUPS.c.id == group).values(**merged))
    asked.sum_up(session, [into], now())
    return True


def split(session: Session, group: int, text: str, words: Sequence[Any]) -> int | None:
    """Take what was asked in these words out of a group, into one of its own; return it, None where that cannot be."""
    said = func.coalesce(Turn.completed, Turn.text) == text
    chosen = (
        select(QuestionAsked.answer_id, Answer.language)
        .join(Answer, Answer.id == QuestionAsked.answer_id)
        .join(Turn, Turn.id == Answer.question_turn_id)
        .where(QuestionAsked.group_id == group, said)
    )
    found = session.execute(chosen).all()
    others = session.scalar(select(func.count()).select_from(QuestionAsked).where(QuestionAsked.group_id == group)) or 0
    if not found or len(found) == others:
        return None
    made = asked.begin(session, text, found[0][1], words, now())
    session.execute(update(ASKED).where(ASKED.c.answer_id.in_([each for each, _ in found])).values(group_id=made))
    asked.sum_up(session, [group, made], now())
    return made
