"""What people were told by texts that hold no longer: entries that were changed or withdrawn, and where they were used.

A text counts by its answer: where only other ways to ask, or who may see it, changed, nobody was told anything wrong.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from bot.database import notices
from bot.database.documents import DOCUMENTS, HELD, PASSAGES
from bot.database.notice_tables import NoticeRow
from bot.database.notices import Place
from bot.database.tables import Answer, AnswerSource, Conversation, Person, Turn
from knowledge.language import Language
from knowledge.splitting import normalised

KEY = "recall:"
"""How the keys of corrections begin: then the passage, what held then, the conversation."""

MOST_TEXTS = 100
MOST_USES = 2_000
MOST_READ = 2_000
"""Uses that are looked at."""
AT_ONCE = 1_000
"""Texts that are looked up in one statement."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as one version says it; ``groups`` are those that may see it, of the entry and of the document."""

    passage: int
    key: str
    title: str
    question: str
    answer: str
    language: Language
    page: int | None
    groups: tuple[Collection[str] | None, Collection[str] | None]

    def may_be_seen(self, audience: Collection[str]) -> bool:
        """Tell whether somebody in these groups may see it."""
        return all(some is None or not set(some).isdisjoint(audience) for some in self.groups)


@dataclass(frozen=True, slots=True)
class Outdated:
    """A text that was used and holds no longer; ``now`` is what the entry says today, None where it is withdrawn.

    ``conversations``: how many were answered by it, ``last_at`` when last.
    """

    was: Entry
    now: Entry | None
    conversations: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Use:
    """The last answer of a conversation that rested on a text; ``person`` is whoever asked, "" where nobody is known.

    ``asked_in``: the groups they were in; ``place`` is where the conversation is.
    """

    answer_id: str
    conversation_id: str
    channel: str
    person: str
    asked_in: tuple[str, ...]
    language: Language
    question: str
    said: str
    at: datetime
    place: Place


def outdated(session: Session, document: int, since: datetime) -> list[Outdated]:
    """Return the texts of a document that answers since then rest on and that hold no longer, the most used first.

    Of very many uses, ``MOST_READ`` are counted.
    """
    rows: dict[int, tuple[set[str], datetime]] = {}
    for passage, conversation, at in _used(session, document, since, MOST_READ):
        named, last = rows.get(passage, (set[str](), at))
        rows[passage] = (named | {conversation}, max(last, at)) if conversation not in named else (named, max(last, at))
    found = [
        Outdated(was, now, len(rows[was.passage][0]), rows[was.passage][1])
        for was, now in _differing(session, document, list(rows))
    ]
    return sorted(found, key=lambda each: (-each.conversations, each.was.passage))[:MOST_TEXTS]


def conversations(session: Session, document: int, since: datetime, most: int) -> int:
    """Return how many conversations rest on texts of a document that hold no longer, counted up to ``most``."""
    used = _used(session, document, since, most)
    differing = {was.passage for was, _ in _differing(session, document, list({passage for passage, _, _ in used}))}
    return len({conversation for passage, conversation, _ in used if passage in differing})


def _used(session: Session, document: int, since: datetime, limit: int) -> list[tuple[int, str, datetime]]:
    """Return which of its texts that are not live were used where, and when, as many as ``limit``."""
    chosen = (
        select(AnswerSource.passage_id, Answer.conversation_id, Answer.created_at)
        .select_from(AnswerSource)
        .join(Answer, Answer.id == AnswerSource.answer_id)
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .where(_gone(document), Answer.created_at >= since, Conversation.removed_at.is_(None))
        .limit(limit)
    )
    return [(passage, conversation, at) for passage, conversation, at in session.execute(chosen) if passage]


def _differing(session: Session, document: int, passages: Sequence[int]) -> list[tuple[Entry, Entry | None]]:
    """Return those of the texts that say something else than their entries do today, each with what they say now."""
    before: dict[int, Entry] = {}
    for at in range(0, len(passages), AT_ONCE):
        before |= _entries(session, PASSAGES.c.id.in_(passages[at : at + AT_ONCE]), live=False)
    now: dict[int, Entry] = {}
    every = list(before.items())
    for at in range(0, len(every), AT_ONCE):
        now |= _now(session, document, dict(every[at : at + AT_ONCE]))
    pairs = ((was, now.get(passage)) for passage, was in before.items())
    return [(was, other) for was, other in pairs if other is None or _differs(was, other)]


def text(session: Session, document: int, passage: int) -> tuple[Entry, Entry | None] | None:
    """Return a text of a document that holds no longer, and what the entry says now; None where it still holds, or
    there is none."""
    held = exists().where(HELD.c.passage_id == passage, HELD.c.version_id == _live(document))
    if session.scalar(select(held)):
        return None
    was = _entries(session, and_(PASSAGES.c.id == passage, PASSAGES.c.document_id == document), live=False)
    if passage not in was:
        return None
    now = _now(session, document, was).get(passage)
    return None if now is not None and not _differs(was[passage], now) else (was[passage], now)


def uses(session: Session, passage: int, since: datetime) -> list[Use]:
    """Return the conversations that a text was used in since, the newest first, each with its last such answer."""
    said, owner = aliased(Turn), aliased(Person)
    chosen: Select[Any] = (
        select(
            Answer.id, Conversation.id, Conversation.channel, func.coalesce(Person.name, Person.external_id, ""),
            Conversation.audience, Answer.language, Turn.text, said.text, Answer.created_at,
            Conversation.external_id, func.coalesce(owner.external_id, ""), Conversation.language,
        )
        .select_from(AnswerSource)
        .join(Answer, Answer.id == AnswerSource.answer_id)
        .join(Conversation, Conversation.id == Answer.conversation_id)
        .join(Turn, Turn.id == Answer.question_turn_id)
        .join(said, said.id == Answer.turn_id)
        .outerjoin(Person, Person.id == Turn.person_id)
        .outerjoin(owner, owner.id == Conversation.person_id)
        .where(AnswerSource.passage_id == passage, Answer.created_at >= since, Conversation.removed_at.is_(None))
        .order_by(Answer.created_at.desc())
        .limit(MOST_USES)
    )  # fmt: skip
    found: dict[str, Use] = {}
    for row in session.execute(chosen):
        values: list[Any] = list(row)
        values[4] = tuple(map(str, values[4]))
        language: Language | None = values[11] if values[11] in ("ko", "en") else None
        place = Place(values[1], values[2], values[9], values[10], language)
        values[9:] = [place]
        found.setdefault(values[1], Use(*values))
    return list(found.values())


def told(session: Session) -> dict[int, int]:
    """Return how many conversations were told that a text holds no longer, by its passage."""
    keys = session.scalars(select(NoticeRow.key).where(NoticeRow.key.startswith(KEY, autoescape=True)))
    pairs = {(key.split(":")[1], key.rpartition(":")[2]) for key in keys}
    return dict(Counter(int(passage) for passage, _ in pairs if passage.isdecimal()))


def told_of(session: Session, passage: int) -> dict[str, tuple[str, datetime]]:
    """Return which conversations were told something of a text last: the mark of what held then, and when."""
    beginning = f"{KEY}{passage}:"
    found = notices.told(session, beginning)
    return {each.conversation: (each.key.removeprefix(beginning).partition(":")[0], each.at) for each in found}


def _live(document: int) -> Any:
    """Return the version that answers use: none of a document that is kept out of them."""
    chosen = select(DOCUMENTS.c.current_version).where(DOCUMENTS.c.id == document, DOCUMENTS.c.enabled)
    return chosen.scalar_subquery()


def _gone(document: int) -> ColumnElement[bool]:
    """Choose the sources whose passage is one of the document's and not live."""
    held = exists().where(HELD.c.passage_id == PASSAGES.c.id, HELD.c.version_id == _live(document))
    mine = select(PASSAGES.c.id).where(PASSAGES.c.document_id == document, ~held)
    return AnswerSource.passage_id.in_(mine)


def _entries(session: Session, which: ColumnElement[bool], *, live: bool) -> dict[int, Entry]:
    columns = (
        PASSAGES.c.id, PASSAGES.c.key, PASSAGES.c.title, PASSAGES.c.question, PASSAGES.c.answer, PASSAGES.c.language,
        PASSAGES.c.page, PASSAGES.c.audience, DOCUMENTS.c.audience,
    )  # fmt: skip
    both = PASSAGES.join(DOCUMENTS, DOCUMENTS.c.id == PASSAGES.c.document_id)
    if live:
        both = both.join(
            HELD, (HELD.c.passage_id == PASSAGES.c.id) & (HELD.c.version_id == DOCUMENTS.c.current_version)
        )
        which = which & DOCUMENTS.c.enabled
    rows = session.execute(select(*columns).select_from(both).where(which))
    return {row[0]: Entry(*row[:7], groups=(row[7], row[8])) for row in rows}


def _now(session: Session, document: int, before: dict[int, Entry]) -> dict[int, Entry]:
    """Return what each of the entries says today, by its passage then: by its key, else by its question."""
    mine = PASSAGES.c.document_id == document
    keyed = _entries(session, mine & PASSAGES.c.key.in_([each.key for each in before.values()]), live=True)
    by_key = {each.key: each for each in keyed.values()}
    found = {passage: by_key[was.key] for passage, was in before.items() if was.key in by_key}
    left = {passage: was for passage, was in before.items() if passage not in found and was.question}
    if left:
        asked = _entries(session, mine & PASSAGES.c.question.in_([each.question for each in left.values()]), live=True)
        by_question = {normalised(each.question): each for each in asked.values()}
        found |= {
            passage: by_question[name]
            for passage, was in left.items()
            if (name := normalised(was.question)) in by_question
        }
    return found


def _differs(was: Entry, now: Entry) -> bool:
    return was.answer.split() != now.answer.split()
