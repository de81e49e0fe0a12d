"""Deletes what has been kept long enough, a few rows at a time: each step is a short transaction of its own.

A step first reads which rows are due, by an index, and only then takes the right to write.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Delete, Row, and_, delete, exists, func, or_, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session, sessionmaker

from bot.database.account_tables import Audit, SignInFailure, WebSession
from bot.database.conversations import NOBODY
from bot.database.erasures import ERASED
from bot.database.handover_tables import HandoverRow
from bot.database.inbox_tables import OPEN, InboxRow, LimitCounter, Process
from bot.database.mail_tables import MailRow
from bot.database.notice_tables import NoticeRow
from bot.database.own_conversations import delete_handed, due
from bot.database.question_tables import QuestionAsked, QuestionGroup
from bot.database.statements import inserts
from bot.database.tables import Answer, CachedAnswer, Conversation, Feedback, Person, State, Turn, Usage
from bot.database.unread_files import KEPT as UNREAD_KEPT
from bot.database.upload_tables import UnreadFile
from bot.database.versions import erase_deleted

AT_ONCE = 200
"""Rows a step deletes: some ten milliseconds, in which others wait to write."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is older goes; all aware. ``sessions_idle`` and ``sessions`` are those of signed-in browsers."""

    now: datetime
    conversations: datetime
    inbox: datetime
    mails: datetime
    audit: datetime
    sessions_idle: datetime
    sessions: datetime
    failures: datetime
    processes: datetime
    cached: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of rows: those of ``table`` whose ``key`` the condition chooses; ``before`` is done to their keys."""

    name: str
    table: type
    key: tuple[InstrumentedAttribute[Any], ...]
    due: ColumnElement[bool]
    before: "Callable[[Session, list[object]], None] | None" = None

    def count(self, session: Session) -> int:
        """Return how many rows are due."""
        return session.scalar(select(func.count()).select_from(self.table).where(self.due)) or 0

    def some(self, session: Session) -> Sequence[Row[Any]]:
        """Return the keys of some rows that are due."""
        return session.execute(select(*self.key).where(self.due).limit(AT_ONCE)).all()

    def deletion(self, keys: Sequence[Row[Any]]) -> Delete:
        """Return the statement that deletes these rows, as far as they are still due."""
        if len(self.key) == 1:
            return delete(self.table).where(self.key[0].in_([key for (key,) in keys]), self.due)
        named = or_(*(and_(*(c == value for c, value in zip(self.key, key, strict=True))) for key in keys))
        return delete(self.table).where(named, self.due)


def rules(bounds: Bounds) -> list[Rule]:
    """Return what is deleted, in order: conversations when their answers are gone, people when all of theirs is."""
    seconds = bounds.now.timestamp()
    return [
        Rule("answers", Answer, (Answer.id,), Answer.created_at < bounds.conversations, _delete_turns),
        Rule("notices", NoticeRow, (NoticeRow.id,), NoticeRow.created_at < bounds.conversations),
        Rule("questions", QuestionGroup, (QuestionGroup.id,), _asked_no_more()),
        Rule("handovers", HandoverRow, (HandoverRow.id,), HandoverRow.created_at < bounds.conversations),
        Rule(
            "conversations",
            Conversation,
            (Conversation.id,),
            _quiet(bounds.conversations) | due(bounds.now),
            delete_handed,
        ),
        Rule("people", Person, (Person.id,), _unknown(bounds.conversations), _unlink),
        Rule("inbox", InboxRow, (InboxRow.seq,), InboxRow.finished_at < bounds.inbox.timestamp()),
        Rule("mails", MailRow, (MailRow.key,), _answered_mails(bounds.mails)),
        Rule("audit", Audit, (Audit.id,), Audit.at < bounds.audit),
        Rule("limits", LimitCounter, (LimitCounter.who, LimitCounter.window), LimitCounter.until < seconds),
        Rule("sessions", WebSession, (WebSession.id,), _ended(bounds)),
        Rule("failures", SignInFailure, (SignInFailure.key,), SignInFailure.last_at < bounds.failures),
        Rule("processes", Process, (Process.name,), Process.seen_at < bounds.processes.timestamp()),
        Rule("cached", CachedAnswer, (CachedAnswer.key,), CachedAnswer.created_at < bounds.cached),
        Rule("unread", UnreadFile, (UnreadFile.id,), UnreadFile.created_at < bounds.now - UNREAD_KEPT),
        Rule("erasures", State, (State.name,), _old_erasures(bounds.failures)),
    ]


def steps(sessions: sessionmaker[Session], rule: Rule) -> Iterator[int]:
    """Delete what is due, a few rows at a time; yield how many rows each step has deleted."""
    while True:
        with sessions() as session:
            keys = rule.some(session)
        if not keys:
            return
        with sessions.begin() as session:
            erase_deleted(session)
            if rule.before is not None:
                rule.before(session, [row[0] for row in keys])
            session.execute(rule.deletion(keys))
        yield len(keys)


def _delete_turns(session: Session, answers: list[object]) -> None:
    """Delete the turns of these answers: the answers, their sources and what people thought of them go with them."""
    pairs = session.execute(select(Answer.question_turn_id, Answer.turn_id).where(Answer.id.in_(answers))).all()
    session.execute(delete(Turn).where(Turn.id.in_([turn for pair in pairs for turn in pair])))


def _quiet(before: datetime) -> ColumnElement[bool]:
    """Choose conversations that nothing is left of, and that nobody has gone on with since."""
    old = (Conversation.created_at < before) & (Conversation.updated_at < before)
    return old & ~exists().where(Turn.conversation_id == Conversation.id)


def _asked_no_more() -> ColumnElement[bool]:
    """Choose groups whose questions are all gone, and with them those that were put together with such a one."""
    group = func.coalesce(QuestionGroup.merged_into, QuestionGroup.id)
    return ~exists().where(QuestionAsked.group_id == group)


def _unknown(before: datetime) -> ColumnElement[bool]:
    """Choose people of whom nothing is left but their name and what they preferred."""
    theirs = (
        exists().where(Turn.person_id == Person.id),
        exists().where(Conversation.person_id == Person.id),
        exists().where(Feedback.person_id == Person.id),
        exists().where(or_(HandoverRow.asker_id == Person.id, HandoverRow.solver_id == Person.id)),
        exists().where(InboxRow.channel == Person.channel, InboxRow.person == Person.external_id, text(OPEN)),
    )
    return and_(Person.created_at < before, *(~each for each in theirs))


def _unlink(session: Session, people: list[object]) -> None:
    """Keep the sums of people who go, without saying whose they are."""
    add = inserts(session.get_bind().dialect.name).usage
    table = Usage.__table__
    for row in session.execute(select(table).where(Usage.person_id.in_(people))).mappings().all():
        session.execute(add, {**row, "person_id": NOBODY})
    session.execute(delete(Usage).where(Usage.person_id.in_(people)))


def _ended(bounds: Bounds) -> ColumnElement[bool]:
    return (WebSession.seen_at <= bounds.sessions_idle) | (WebSession.created_at <= bounds.sessions)


def _answered_mails(before: datetime) -> ColumnElement[bool]:
    """Choose mails that nobody is still to be answered."""
    waits = exists().where(InboxRow.key == "mail:" + MailRow.key, text(OPEN))
    return (MailRow.received_at < before) & ~waits


def _old_erasures(before: datetime) -> ColumnElement[bool]:
    """Choose the words on erased people that no exchange of that time can still come to."""
    return State.name.startswith(ERASED) & (State.value < before.isoformat())
