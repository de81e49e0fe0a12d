"""The inbox and what counts with it (DESIGN 1.4): messages that wait, what people have used, which processes run.

Times are seconds since 1970 by the database's clock: leases of several machines are compared by one clock alone.
"""

from typing import Any

from sqlalchemy import BigInteger, Float, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import NEVER_REUSED, Table

OPEN = "state NOT IN ('done', 'dead')"
"""What is still to be done; the partial indexes hold these rows alone, so that they stay small."""

_SEQ = BigInteger().with_variant(Integer(), "sqlite")  # only an INTEGER key counts up by itself on SQLite


class InboxRow(Table):
    """One message that was accepted, with its reply until that is sent; or a job whose time has come.

    States: new -> answered (the reply is stored: a retry never pays a model twice) -> sending -> done; for a reply
    released while it is written new -> sending (stream opened, reference saved) -> answered -> done; any -> dead.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        Index(
            "ix_inbox_open_conversation",
            "channel",
            "conversation",
            "seq",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_inbox_heads", "priority", "seq", sqlite_where=text("head"), postgresql_where=text("head")),
        Index(
            "uq_inbox_head",
            "channel",
            "conversation",
            unique=True,
            sqlite_where=text("head"),
            postgresql_where=text("head"),
        ),
        Index("ix_inbox_finished_at", "finished_at"),
        Index("ix_inbox_person", "channel", "person", "finished_at"),
        NEVER_REUSED,
    )

    seq: Mapped[int] = mapped_column(_SEQ, primary_key=True)
    key: Mapped[str] = mapped_column(
        String(400), unique=True, comment="slack:<event_id>, mail:<sha256>, cron:<name>:<time>"
    )
    kind: Mapped[str] = mapped_column(String(10), comment="message, notice (its text is ready) or job")
    channel: Mapped[str] = mapped_column(String(40))
    conversation: Mapped[str] = mapped_column(String(200), comment="rows of one are done one after the other")
    person: Mapped[str | None] = mapped_column(String(320), comment="the channel's own id for who wrote it")
    payload: Mapped[dict[str, Any]] = mapped_column(comment="the message, and where its reply goes")
    state: Mapped[str] = mapped_column(String(10), default="new")
    answer: Mapped[dict[str, Any] | None] = mapped_column(comment="the reply, from when it is known until it is sent")
    answer_id: Mapped[str | None] = mapped_column(String(32), comment="answers.id of the reply")
    reference: Mapped[str | None] = mapped_column(comment="the channel's own name for the reply: a ts, a Message-ID")
    head: Mapped[bool] = mapped_column(default=False, comment="open, and the one of its conversation whose turn it is")
    attempts: Mapped[int] = mapped_column(default=0)
    crashes: Mapped[int] = mapped_column(default=0, comment="claims whose lease ran out without a word")
    repeated: Mapped[bool] = mapped_column(
        default=False, comment="may have been sent twice: the channel can't be asked"
    )
    not_before: Mapped[float] = mapped_column(Float(53), default=0.0)
    owner: Mapped[str | None] = mapped_column(String(200))
    lease_until: Mapped[float] = mapped_column(Float(53), default=0.0)
    error: Mapped[str | None]
    priority: Mapped[int] = mapped_column(default=0, comment="lower is sooner")
    created_at: Mapped[float] = mapped_column(Float(53))
    finished_at: Mapped[float | None] = mapped_column(Float(53))


class LimitCounter(Table):
    """What one person, or everyone, has used in one minute, day or month."""

    __tablename__ = "limit_counters"
    __table_args__ = (Index("ix_limit_counters_until", "until"),)

    who: Mapped[str] = mapped_column(String(370), primary_key=True, comment="channel:person, or * for everyone")
    window: Mapped[str] = mapped_column(String(30), primary_key=True, comment="minute:.., day:.., month:..")
    messages: Mapped[int] = mapped_column(default=0)
    tokens: Mapped[int] = mapped_column(_SEQ, default=0)
    cost_usd: Mapped[float] = mapped_column(Float(53), default=0.0)
    told: Mapped[bool] = mapped_column(default=False, comment="the notice of this window was given")
    until: Mapped[float] = mapped_column(Float(53), comment="when the window is over and the row may go")


class Process(Table):
    """A running process: who it is, when it was last seen, how far its indexes follow."""

    __tablename__ = "processes"

    name: Mapped[str] = mapped_column(String(200), primary_key=True, comment="host, data folder and slot")
    host: Mapped[str]
    pid: Mapped[int]
    role: Mapped[str] = mapped_column(String(10), comment="serve or worker")
    started_at: Mapped[float] = mapped_column(Float(53))
    seen_at: Mapped[float] = mapped_column(Float(53))
    change: Mapped[int] = mapped_column(default=0, comment="the change number that its indexes follow")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
