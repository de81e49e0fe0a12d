"""The tables of versions that were tried on real questions before they are published."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import NEVER_REUSED, Table, now


class VersionTrialRow(Table):
    """One trial of a version: the figures of its result, as of the live version ``live`` (its number).

    ``state``: running, done, cancelled or failed; the last one of each version is kept.
    """

    __tablename__ = "version_trials"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    author: Mapped[str | None]
    live: Mapped[int | None]
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str | None]
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]


class VersionTrialCaseRow(Table):
    """A question whose answer would be another one. Its words are those of ``answer_id``, or of the golden question:
    with them the row goes. ``before`` and ``after`` are the entries that answer it, None where nothing does.
    """

    __tablename__ = "version_trial_cases"
    __table_args__ = (
        Index("ix_version_trial_cases_trial_id_kind_position", "trial_id", "kind", "position"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    trial_id: Mapped[int] = mapped_column(ForeignKey("version_trials.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(10))
    position: Mapped[int]
    answer_id: Mapped[str | None] = mapped_column(ForeignKey("answers.id", ondelete="CASCADE"), index=True)
    golden_id: Mapped[int | None] = mapped_column(ForeignKey("golden_questions.id", ondelete="CASCADE"), index=True)
    asked: Mapped[int] = mapped_column(default=0)
    audience: Mapped[list[Any]] = mapped_column(default=list)
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
