"""The mails that came, as they came: kept before the sender is told that they are there."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Table, now


class MailRow(Table):
    """One mail. A row of the inbox names it by its key; the summary is added when that is known."""

    __tablename__ = "mails"

    key: Mapped[str] = mapped_column(String(64), primary_key=True, comment="a hash, the same at every delivery")
    sender: Mapped[str] = mapped_column(String(320), index=True, comment="the address that was verified")
    address: Mapped[str] = mapped_column(String(320), comment="which of our addresses it came to")
    received_at: Mapped[datetime] = mapped_column(default=now, index=True)
    size: Mapped[int] = mapped_column(comment="bytes, before they were packed")
    packed: Mapped[bytes] = mapped_column(LargeBinary, comment="the mail, by zlib")
    summary: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), comment="what its sender was told, as the JSON of the contract"
    )
    summarised_at: Mapped[datetime | None] = mapped_column(index=True)
