"""The tables of uploaded files: those that versions were read from, and those that could not be read."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Table, new_id, now


class Original(Table):
    """A file as it was uploaded; kept as long as a version was read from it."""

    __tablename__ = "originals"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True, comment="of the file as uploaded")
    size: Mapped[int] = mapped_column(comment="bytes")
    data: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(default=now)


class UnreadFile(Table):
    """A file that could not be read, for a day: somebody may say how it is to be read."""

    __tablename__ = "unread_files"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(400))
    data: Mapped[bytes] = mapped_column(LargeBinary)
    problem: Mapped[str] = mapped_column(comment="why it could not be read, as a note in JSON")
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
