"""The tables of golden questions, and of long work that goes on in the background and leaves a result."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import NEVER_REUSED, Table, now

RUNS = text("state = 'running'")


class GoldenRow(Table):
    """A question whose answer is known, so that a change of documents or settings that breaks it is noticed.

    Which entry is expected is kept by name and key: it outlives a document that is removed and added again.
    """

    __tablename__ = "golden_questions"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True, comment="of the question and who asks it")
    question: Mapped[str]
    expects: Mapped[str] = mapped_column(String(10), comment="entry, answer (any) or none: must not be answered")
    document_id: Mapped[int | None]
    document: Mapped[str | None] = mapped_column(comment="the document's name when it was saved")
    key: Mapped[str | None] = mapped_column(String(200), comment="of the entry within the document")
    language: Mapped[str] = mapped_column(String(2))
    audience: Mapped[list[Any]] = mapped_column(default=list, comment="groups that the asker is in")
    note: Mapped[str | None]
    answer_id: Mapped[str | None] = mapped_column(
        ForeignKey("answers.id", ondelete="SET NULL"), index=True, comment="where somebody asked it, if they did"
    )
    author: Mapped[str | None] = mapped_column(comment="who saved it, as shown")
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


class RunRow(Table):
    """Long work of one kind; of each kind one runs at a time, and the last results are kept."""

    __tablename__ = "background_runs"
    __table_args__ = (
        Index("ix_background_runs_kind_id", "kind", "id"),
        Index("uq_background_runs_running", "kind", unique=True, sqlite_where=RUNS, postgresql_where=RUNS),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), comment="golden, checkup")
    state: Mapped[str] = mapped_column(String(10), comment="running, done, cancelled or failed")
    author: Mapped[str | None] = mapped_column(comment="who started it, as shown")
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    summary: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="the figures of the result")
    result: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="all of it: no words of people"
    )
    error: Mapped[str | None] = mapped_column(comment="a name of a phrase")
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now, comment="when it was last known to go on")
    finished_at: Mapped[datetime | None]
