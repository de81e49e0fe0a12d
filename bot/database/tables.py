"""The tables, typed. SQL is the truth; the indexes are derived from it (DESIGN 1.2)."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """Return a fresh identifier."""
    return uuid4().hex


class Moment(TypeDecorator[datetime]):
    """A point in time, in UTC and aware of it on every database (SQLite keeps no time zone)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Turn any aware time into UTC before it is written."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Say that what was read is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """The base of all tables; the naming convention is what lets SQLite alter constraints later."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own hook
        datetime: Moment,
        str: Text,
        dict[str, Any]: JSON,
        list[Any]: JSON(none_as_null=True),
    }


# Ids that are shown to people or kept in an index are never given out twice: AUTOINCREMENT on SQLite, which
# would otherwise hand the id of a deleted last row to the next one.
NEVER_REUSED = {"sqlite_autoincrement": True}

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
    created_at: Mapped[datetime] = mapped_column(default=now)


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


class VersionPassage(Table):
    """Which passages a version holds, in order."""

    __tablename__ = "version_passages"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    passage_id: Mapped[int] = mapped_column(ForeignKey("passages.id", ondelete="CASCADE"), index=True)


class Alias(Table):
    """Another way to ask, given by an admin or confirmed by people; outlives a re-upload."""

    __tablename__ = "aliases"
    __table_args__ = (UniqueConstraint("document_id", "key", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200))
    question: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)


class State(Table):
    """Single values of the whole database, such as the change number that the indexes follow."""

    __tablename__ = "state"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str]
