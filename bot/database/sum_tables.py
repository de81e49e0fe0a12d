"""The tables of sums: what happened on a day, without anybody in it; and the figures of the bias watch."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Float, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import NEVER_REUSED, Table, now


class DaySum(Table):
    """How often something happened on a day that is over; the measure ``closed`` says that the day is summed up.

    It outlives what it was counted from: nobody's words or names are in it.
    """

    __tablename__ = "day_sums"

    measure: Mapped[str] = mapped_column(String(20), primary_key=True, comment="question, feedback, mood, spent, ...")
    day: Mapped[date] = mapped_column(primary_key=True, comment="of the time zone that is set")
    name: Mapped[str] = mapped_column(String(400), primary_key=True, comment="of what: a channel, a task, an entry")
    detail: Mapped[str] = mapped_column(String(200), primary_key=True, comment="what more: a model, a reason, a key")
    count: Mapped[int] = mapped_column(BigInteger, default=0)
    total: Mapped[float] = mapped_column(Float(53), default=0.0, comment="dollars, seconds or scores added up")


class BiasRun(Table):
    """What one run of the bias watch found: figures alone, no questions."""

    __tablename__ = "bias_runs"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(String(120), comment="extractive where none was asked")
    figures: Mapped[dict[str, Any]] = mapped_column(comment="as `dapbot evaluate bias --json` shows them")
    created_at: Mapped[datetime] = mapped_column(default=now)
