"""Answers that are given again where the same is asked; they can be deleted at any time."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import Table, now


class CachedAnswer(Table):
    """An answer that a language model wrote and that passed its checks; nothing in it is from the person who asked."""

    __tablename__ = "cached_answers"

    key: Mapped[str] = mapped_column(String(64), primary_key=True, comment="hash of what was asked, of whom, and how")
    text: Mapped[str]
    model: Mapped[str] = mapped_column(String(120))
    prompt_version: Mapped[str | None] = mapped_column(String(64))
    cited: Mapped[list[Any]] = mapped_column(comment="passages it rests on, in the order of its citations")
    shown: Mapped[list[Any]] = mapped_column(comment="passages that the model was shown")
    live: Mapped[str] = mapped_column(String(80), comment="state of the documents when it was written")
    check_details: Mapped[list[Any]] = mapped_column(default=list)
    day: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)


class CachedPassage(Table):
    """A passage that a kept answer rests on, to find the answer by."""

    __tablename__ = "cached_passages"

    key: Mapped[str] = mapped_column(ForeignKey("cached_answers.key", ondelete="CASCADE"), primary_key=True)
    passage_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(index=True)
