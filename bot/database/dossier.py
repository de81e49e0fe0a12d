"""Everything of one conversation: each question, its answer, and why that says what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from bot.database.cleaning import cleaned
from bot.database.documents import DOCUMENTS, HELD, PASSAGES
from bot.database.exchange_filters import HANDOVERS
from bot.database.handovers import Handover, handovers_of
from bot.database.inbox_tables import InboxRow
from bot.database.ledger import Ledger, ledgers
from bot.database.notice_tables import NoticeRow
from bot.database.own_conversations import removed
from bot.database.statements import ANSWER_SOURCES
from bot.database.tables import Answer, Conversation, Person

State = Literal["live", "changed", "gone"]

SHOWN = 30
"""Exchanges of a page."""


@dataclass(frozen=True, slots=True)
class Used:
    """Where a source stands now: ``changed``, its entry says something else by now; ``document`` 0 and ``key`` "" where
    nobody can say which it was. ``row`` is the number of the text that was used."""

    document: int
    key: str
    state: State
    row: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """An exchange; ``used`` goes with the ledger's sources. ``mail`` is the key of the mail that it answers, "" where
    it is none that is kept."""

    turn: int
    ledger: Ledger
    used: tuple[Used, ...]
    handovers: tuple[Handover, ...]
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice that was sent into the conversation afterwards."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """One conversation with some of its exchanges, the oldest first; ``before`` leads to earlier ones, None: none.

    ``handovers`` are those of its place that hang on no answer.
    """

    id: str
    channel: str
    place: str
    title: str | None
    person_id: int | None
    person: str | None
    name: str | None
    audience: tuple[str, ...]
    created_at: datetime
    updated_at: datetime
    total: int
    exchanges: tuple[Said, ...]
    told: tuple[Told, ...]
    handovers: tuple[Handover, ...]
    before: int | None


def dossier(session: Session, conversation: str, *, before: int | None = None, limit: int = SHOWN) -> Dossier | None:
    """Return a conversation with its last exchanges, of those before a question's turn; None where there is none."""
    named = Conversation.id == cleaned(conversation)[:64]
    row = session.scalar(select(Conversation).where(named, ~removed()))
    if row is None:
        return None
    mine = select(Answer).where(Answer.conversation_id == row.id).order_by(Answer.question_turn_id.desc())
    earlier = mine if before is None else mine.where(Answer.question_turn_id < before)
    answers = list(session.scalars(earlier.limit(limit + 1)))
    more, answers = len(answers) > limit, answers[:limit][::-1]
    person = session.get(Person, row.person_id) if row.person_id else None
    notices = select(NoticeRow).where(NoticeRow.conversation_id == row.id).order_by(NoticeRow.created_at)
    return Dossier(
        id=row.id,
        channel=row.channel,
        place=row.external_id,
        title=row.title,
        person_id=row.person_id,
        person=person.external_id if person else None,
        name=person.name if person else None,
        audience=tuple(map(str, row.audience)),
        created_at=row.created_at,
        updated_at=row.updated_at,
        total=session.scalar(select(func.count()).select_from(mine.subquery())) or 0,
        exchanges=_exchanges(session, answers, row, person),
        told=tuple(Told(each.created_at, each.text) for each in session.scalars(notices)),
        handovers=tuple(handovers_of(session, (HANDOVERS.c.channel == row.channel) & _loose(row.external_id), 50)),
        before=answers[0].question_turn_id if more else None,
    )


def place_of_answer(session: Session, answer: str) -> tuple[str, int | None] | None:
    """Return the conversation of an answer, and before which turn its page ends, None: it is among the last ones."""
    row = session.get(Answer, cleaned(answer)[:64])
    if row is None:
        return None
    later = (Answer.conversation_id == row.conversation_id) & (Answer.question_turn_id > row.question_turn_id)
    after = session.scalar(select(func.count()).select_from(Answer).where(later)) or 0
    return row.conversation_id, row.question_turn_id + 1 if after >= SHOWN else None


def hide(session: Session, conversation: str, at: datetime) -> bool:
    """Take a conversation away, as whoever had it may: it is deleted soon after, unless it is brought back."""
    named = (Conversation.id == conversation) & ~removed()
    return bool(
        session.execute(update(Conversation).where(named).values(removed_at=at).returning(Conversation.id)).all()
    )


def bring_back(session: Session, conversation: str) -> bool:
    """Bring one back that was taken away; False: it is gone."""
    named = (Conversation.id == conversation) & removed()
    return bool(
        session.execute(update(Conversation).where(named).values(removed_at=None).returning(Conversation.id)).all()
    )


def _loose(place: str) -> Any:
    return HANDOVERS.c.answer_id.is_(None) & (HANDOVERS.c.place == place)


def _exchanges(
    session: Session, answers: Sequence[Answer], conversation: Conversation, person: Person | None
) -> tuple[Said, ...]:
    ids = [answer.id for answer in answers]
    used = _used(session, ids)
    handed: dict[str, list[Handover]] = {}
    for each in handovers_of(session, HANDOVERS.c.answer_id.in_(ids), 500) if ids else ():
        handed.setdefault(each.answer_id or "", []).append(each)
    mails = _mails(session, conversation, person, ids) if conversation.channel == "mail" else {}
    return tuple(
        Said(
            answer.question_turn_id,
            ledger,
            tuple(used.get((answer.id, at), Used(0, "", "gone")) for at in range(len(ledger.sources))),
            tuple(handed.get(answer.id, ())),
            mails.get(answer.id, ""),
        )
        for answer, ledger in zip(answers, ledgers(session, answers), strict=True)
    )


def _used(session: Session, answers: Sequence[str]) -> dict[tuple[str, int], Used]:
    """Return where the sources of answers stand now, by answer and place among its sources."""
    columns = ANSWER_SOURCES.c
    chosen = (
        select(columns.answer_id, columns.passage_id, PASSAGES.c.document_id, PASSAGES.c.key)
        .select_from(ANSWER_SOURCES.outerjoin(PASSAGES, PASSAGES.c.id == columns.passage_id))
        .where(columns.answer_id.in_(answers))
        .order_by(columns.answer_id, columns.position)
    )
    rows = session.execute(chosen).all()
    live = _live(session, [(row.document_id, row.key) for row in rows if row.key is not None])
    found: dict[tuple[str, int], Used] = {}
    at: dict[str, int] = {}
    for row in rows:
        place = at[row.answer_id] = at.get(row.answer_id, -1) + 1
        found[row.answer_id, place] = _where(row, live)
    return found


def _where(row: Any, live: Mapping[tuple[int, str], set[int]]) -> Used:
    if row.key is None:
        return Used(0, "", "gone")
    there = live.get((row.document_id, row.key), set())
    state: State = "live" if row.passage_id in there else "changed" if there else "gone"
    return Used(row.document_id, row.key, state, row.passage_id)


def _live(session: Session, entries: Sequence[tuple[int, str]]) -> dict[tuple[int, str], set[int]]:
    """Return the passages that stand under these keys in what is live now."""
    if not entries:
        return {}
    documents, keys = {document for document, _ in entries}, {key for _, key in entries}
    held = PASSAGES.join(HELD, HELD.c.passage_id == PASSAGES.c.id).join(
        DOCUMENTS, DOCUMENTS.c.current_version == HELD.c.version_id
    )
    chosen: Select[Any] = (
        select(PASSAGES.c.document_id, PASSAGES.c.key, PASSAGES.c.id)
        .select_from(held)
        .where(PASSAGES.c.document_id.in_(documents), PASSAGES.c.key.in_(keys))
    )
    found: dict[tuple[int, str], set[int]] = {}
    for document, key, passage in session.execute(chosen):
        found.setdefault((document, key), set()).add(passage)
    return found


def _mails(
    session: Session, conversation: Conversation, person: Person | None, answers: Sequence[str]
) -> dict[str, str]:
    """Return the keys of the mails that answers were sent to, as long as the inbox knows."""
    if person is None:
        return {}
    theirs = (InboxRow.channel == conversation.channel) & (InboxRow.person == person.external_id)
    chosen = select(InboxRow.answer_id, InboxRow.payload).where(theirs, InboxRow.answer_id.in_(answers))
    found = {answer: (payload.get("where") or {}).get("mail") for answer, payload in session.execute(chosen)}
    return {str(answer): str(key) for answer, key in found.items() if answer and key}
