"""What admins and people have set for a channel, or for one of its threads."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Table, now


class PlaceRow(Table):
    """What is set for one place of a channel."""

    __tablename__ = "places"

    channel: Mapped[str] = mapped_column(String(40), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), primary_key=True, comment="the channel's own name for it")
    chosen: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="what is set, by name")
    updated_at: Mapped[datetime] = mapped_column(default=now)
