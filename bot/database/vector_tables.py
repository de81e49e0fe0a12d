"""The table of Korean vectors that were made for the documents of this database."""

from datetime import datetime
from typing import Any

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import NEVER_REUSED, Table, now


class KoreanVectorsRow(Table):
    """Vectors of words, trained on questions; no question and no text is in them. Two are kept: now, and before."""

    __tablename__ = "korean_vectors"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True, comment="a hash of them")
    data: Mapped[bytes] = mapped_column(LargeBinary)
    figures: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="how well they did on questions held back")
    author: Mapped[str | None] = mapped_column(comment="who had them made, as shown")
    created_at: Mapped[datetime] = mapped_column(default=now)
