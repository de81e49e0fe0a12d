"""The tables of questions that were asked in vain, put together by meaning: brought up to date in the background."""

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import NEVER_REUSED, Table


class QuestionGroup(Table):
    """Questions of one meaning. ``question`` is the one that most asked, ``words`` what it is about, None: not known.

    ``state``: open, answered, dismissed, or merged (``merged_into`` is the group that its questions are in, and those
    like them come to). ``count`` and ``people`` are of all its questions, ``recent`` of the last 30 days.
    ``nearest`` are the entries that come next to it, ``confidence`` how sure the search is of them, as of the state of
    the documents ``checked``. ``document_id`` and ``entry`` are what answers it, ``staged`` the version that waits to.
    """

    __tablename__ = "question_groups"
    __table_args__ = (Index("ix_question_groups_state_recent_count", "state", "recent", "count"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[str]
    words: Mapped[list[Any] | None]
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(12), default="open")
    reason: Mapped[str | None] = mapped_column(String(20))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    merged_into: Mapped[int | None]
    document_id: Mapped[int | None]
    entry: Mapped[str | None] = mapped_column(String(200))
    staged: Mapped[int | None]
    count: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    recent: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(index=True)
    nearest: Mapped[list[Any]] = mapped_column(default=list)
    confidence: Mapped[float] = mapped_column(Float(53), default=0.0)
    checked: Mapped[int] = mapped_column(default=-1)
    alerted_at: Mapped[datetime | None]


class QuestionAsked(Table):
    """One question of a group, by its answer: below the line (``unanswered``), with 👎 (``bad``), or handed over."""

    __tablename__ = "questions_asked"
    __table_args__ = (Index("ix_questions_asked_group_id_asked_at_channel", "group_id", "asked_at", "channel"),)

    answer_id: Mapped[str] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("question_groups.id", ondelete="CASCADE"))
    conversation_id: Mapped[str] = mapped_column(String(32))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    channel: Mapped[str] = mapped_column(String(40))
    unanswered: Mapped[bool]
    bad: Mapped[bool]
    handed: Mapped[bool]
    asked_at: Mapped[datetime]
