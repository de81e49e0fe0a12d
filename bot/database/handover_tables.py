"""The table of questions that were handed over to people."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import NEVER_REUSED, Table, now

WAITS = text("solved_at IS NULL")


class HandoverRow(Table):
    """Somebody asked for a person; a place has one that waits, at most."""

    __tablename__ = "handovers"
    __table_args__ = (
        Index("uq_handovers_waiting", "channel", "place", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(200), comment="the channel's own name for the thread")
    asker_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    answer_id: Mapped[str | None] = mapped_column(
        ForeignKey("answers.id", ondelete="CASCADE"), index=True, comment="what did not help; its question is what for"
    )
    question: Mapped[str | None] = mapped_column(comment="the asker's own words, where there is no answer to look at")
    called: Mapped[list[Any]] = mapped_column(default=list, comment="ids of the people and groups who were called")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
    solved_at: Mapped[datetime | None]
    solver_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"), index=True)
    outcome: Mapped[str | None] = mapped_column(String(20), comment="answered, missing, no_question or other")
    note: Mapped[str | None] = mapped_column(comment="the solver's words")
    contact_name: Mapped[str | None] = mapped_column(String(100), comment="what the asker wants to be called")
    contact_mail: Mapped[str | None] = mapped_column(String(320), comment="where the asker is answered, too")
