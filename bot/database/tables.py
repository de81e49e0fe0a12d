"""The tables, typed. SQL is the truth; the indexes are derived from it (DESIGN 1.2)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.account_tables import Account, ApiToken, Audit, SignInFailure, WebSession
from bot.database.cache_tables import CachedAnswer, CachedPassage
from bot.database.columns import NEVER_REUSED, Moment, Table, new_id, now
from bot.database.golden_tables import GoldenRow, RunRow
from bot.database.handover_tables import HandoverRow
from bot.database.inbox_tables import InboxRow, LimitCounter, Process
from bot.database.mail_tables import MailRow
from bot.database.mood_tables import MoodRow
from bot.database.notice_tables import NoticeRow
from bot.database.place_tables import PlaceRow
from bot.database.question_tables import QuestionAsked, QuestionGroup
from bot.database.said_tables import SaidRow
from bot.database.sum_tables import BiasRun, DaySum  # noqa: F401 - they belong to the tables
from bot.database.upload_tables import Original, UnreadFile
from bot.database.vector_tables import KoreanVectorsRow
from bot.database.version_trial_tables import VersionTrialCaseRow, VersionTrialRow

__all__ = [
    "Account",
    "ApiToken",
    "Audit",
    "CachedAnswer",
    "CachedPassage",
    "GoldenRow",
    "HandoverRow",
    "InboxRow",
    "KoreanVectorsRow",
    "LimitCounter",
    "MailRow",
    "Moment",
    "MoodRow",
    "NoticeRow",
    "Original",
    "PlaceRow",
    "Process",
    "QuestionAsked",
    "QuestionGroup",
    "RunRow",
    "SaidRow",
    "SignInFailure",
    "Table",
    "UnreadFile",
    "VersionTrialCaseRow",
    "VersionTrialRow",
    "WebSession",
    "new_id",
    "now",
]

# --- people and what was said -------------------------------------------------------------------------------


class Person(Table):
    """Someone a channel knows, and what they prefer."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("channel", "external_id"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    external_id: Mapped[str] = mapped_column(String(320), comment="the channel's own id: a Slack user, an address")
    name: Mapped[str | None]
    language: Mapped[str | None] = mapped_column(String(2))
    level: Mapped[str | None] = mapped_column(String(40), comment="how much they know, for explanations")
    politeness: Mapped[str | None] = mapped_column(String(20), comment="haeyo or hasipsio")
    created_at: Mapped[datetime] = mapped_column(default=now)


class Conversation(Table):
    """A thread on a channel."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "external_id"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    channel: Mapped[str] = mapped_column(String(40))
    external_id: Mapped[str] = mapped_column(String(200), comment="the channel's own name for the thread")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    audience: Mapped[list[Any]] = mapped_column(default=list, comment="groups the asker was in at the last turn")
    language: Mapped[str | None] = mapped_column(String(2))
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    title: Mapped[str | None] = mapped_column(comment="what whoever has it calls it; NULL: its first question")
    removed_at: Mapped[datetime | None] = mapped_column(index=True, comment="when whoever has it took it away")


class Turn(Table):
    """One thing said, by the person or by the bot."""

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"))
    position: Mapped[int]
    role: Mapped[str] = mapped_column(String(10), comment="person or bot")
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="SET NULL"), index=True, comment="who said it, or was answered"
    )
    text: Mapped[str]
    completed: Mapped[str | None] = mapped_column(comment="the question as it was searched, where it was completed")
    created_at: Mapped[datetime] = mapped_column(default=now)


class Answer(Table):
    """The ledger of one reply: why it says what it says."""

    __tablename__ = "answers"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    question_turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), index=True)
    task: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    answered: Mapped[bool]
    confidence: Mapped[float]
    checks: Mapped[str] = mapped_column(String(10), comment="supported, partly or none")
    check_details: Mapped[list[Any]] = mapped_column(default=list, comment="what each check found, by sentence")
    nearest: Mapped[list[Any]] = mapped_column(default=list)
    legs: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="which search legs took part, or why not")
    extract: Mapped[bool]
    model: Mapped[str] = mapped_column(String(120))
    prompt: Mapped[str | None] = mapped_column(comment="the prompt sent, None where no model was asked")
    prompt_version: Mapped[str | None] = mapped_column(String(64), comment="hash of the template")
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    cost_usd: Mapped[float | None] = mapped_column(comment="None: the price is not known")
    latency_ms: Mapped[float]
    notice: Mapped[str | None]
    error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class AnswerSource(Table):
    """A passage an answer rests on, as it was then: it outlives the document."""

    __tablename__ = "answer_sources"

    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    passage_id: Mapped[int | None] = mapped_column(ForeignKey("passages.id", ondelete="SET NULL"), index=True)
    document: Mapped[str]
    passage: Mapped[str] = mapped_column(comment="the passage's key within the document")
    version: Mapped[int]
    title: Mapped[str]
    page: Mapped[int | None]
    score: Mapped[float]
    keyword_score: Mapped[float | None]
    vector_score: Mapped[float | None]
    quote: Mapped[str]


class Feedback(Table):
    """What a person thought of an answer."""

    __tablename__ = "feedback"
    __table_args__ = (UniqueConstraint("answer_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    rating: Mapped[int] = mapped_column(comment="1 or -1")
    reason: Mapped[str | None] = mapped_column(String(40), comment="wrong, outdated, incomplete, other")
    comment: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class Usage(Table):
    """What models used, summed by day, model and person (0: nobody known)."""

    __tablename__ = "usage"

    day: Mapped[date] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(String(120), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, comment="0 where the person is not known")
    answers: Mapped[int] = mapped_column(default=0)
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    cost_usd: Mapped[float] = mapped_column(default=0.0)


# --- the documents --------------------------------------------------------------------------------------------


class Document(Table):
    """A document an admin added; ``current_version`` is the one that is live."""

    __tablename__ = "documents"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(400), unique=True)
    current_version: Mapped[int | None] = mapped_column(comment="versions.id; publishing is one update of this")
    enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    audience: Mapped[list[Any] | None] = mapped_column(comment="groups; NULL: everyone")
    owner_id: Mapped[int | None] = mapped_column(comment="accounts.id of who sees to it that it is right")


class Version(Table):
    """One upload of a document."""

    __tablename__ = "versions"
    __table_args__ = (UniqueConstraint("document_id", "number"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), comment="of the file as uploaded")
    state: Mapped[str] = mapped_column(String(12), comment="staged, requested (to be published), published, superseded")
    filename: Mapped[str]
    kind: Mapped[str] = mapped_column(String(20), comment="csv, xlsx, md, ...: by content, not by suffix")
    reading: Mapped[str] = mapped_column(comment="what was read and how: encoding, columns, sheets; for people")
    created_at: Mapped[datetime] = mapped_column(default=now)
    author: Mapped[str | None] = mapped_column(comment="who uploaded it, as shown")
    published_at: Mapped[datetime | None]
    added: Mapped[int] = mapped_column(default=0, server_default="0")
    changed: Mapped[int] = mapped_column(default=0, server_default="0")
    removed: Mapped[int] = mapped_column(default=0, server_default="0")
    restored_from: Mapped[int | None] = mapped_column(comment="number of the version brought back")
    base: Mapped[int | None] = mapped_column(comment="versions.id that was live, or about to be, when it was compared")
    source: Mapped[str | None] = mapped_column(
        String(64), comment="sha256 of the file that entries were edited over; NULL: it says what its own file says"
    )
    plan: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="how somebody said its table is to be read; NULL: as was guessed"
    )


class PassageRow(Table):
    """One passage; unchanged content keeps its row, and its vector, over versions."""

    __tablename__ = "passages"
    __table_args__ = (Index("ix_passages_document_key_hash", "document_id", "key", "content_hash"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200), comment="id given in the file, else a hash of question or heading")
    content_hash: Mapped[str] = mapped_column(String(64))
    question: Mapped[str] = mapped_column(default="")
    answer: Mapped[str] = mapped_column(comment="the FAQ answer, or the prose itself")
    aliases: Mapped[list[Any]] = mapped_column(default=list, comment="other ways to ask, from the file")
    language: Mapped[str] = mapped_column(String(2))
    audience: Mapped[list[Any] | None] = mapped_column(comment="groups that may see it; NULL: everyone")
    title: Mapped[str] = mapped_column(default="")
    page: Mapped[int | None]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    touched: Mapped[int] = mapped_column(
        default=0, server_default="0", comment="change number since which an index must hold it anew: other aliases"
    )


class VersionPassage(Table):
    """Which passages a version holds, in order."""

    __tablename__ = "version_passages"
    __table_args__ = (Index("ix_version_passages_passage_version", "passage_id", "version_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passages.id", ondelete="CASCADE"))
    row: Mapped[int | None] = mapped_column(comment="where it stands in its table or among its lines, from 1")
    sheet: Mapped[str | None] = mapped_column(comment="the name of its table, where it has one")


class Alias(Table):
    """Another way to ask, given by an admin or confirmed by people; outlives a re-upload."""

    __tablename__ = "aliases"
    __table_args__ = (UniqueConstraint("document_id", "key", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200))
    question: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
    author: Mapped[str | None] = mapped_column(comment="who gave or confirmed it, as shown")


# --- the database itself --------------------------------------------------------------------------------------


class State(Table):
    """Single values of the whole database, such as the change number that the indexes follow."""

    __tablename__ = "state"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str]
