"""The table that what was said is searched by: which pairs of letters stand in a question and its answer."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Table


class SaidRow(Table):
    """One exchange, by the turn of its question; it goes with the turn.

    A full-text index follows this table: on SQLite the FTS5 table ``said_index``, kept by triggers, on PostgreSQL a GIN
    index (both made in revision 0003).
    """

    __tablename__ = "said"

    turn_id: Mapped[int] = mapped_column(
        ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    grams: Mapped[str] = mapped_column(comment="pairs of letters, each as four letters of its hash, once, by spaces")
