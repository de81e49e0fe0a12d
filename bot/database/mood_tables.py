"""The table of moods: what people's turns say of liking, read when they are recorded."""

from datetime import datetime
from typing import Any

from sqlalchemy import Float, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Table, now


class MoodRow(Table):
    """The mood of one turn of a person; it goes with the turn."""

    __tablename__ = "moods"

    turn_id: Mapped[int] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    score: Mapped[float] = mapped_column(Float(53), comment="-1 to 1, 0 where nothing was found")
    aspects: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="what it speaks of, each with its score")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
