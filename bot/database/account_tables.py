"""The tables of accounts, tokens and the audit log: who may do what, and who did."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.columns import NEVER_REUSED, Table, now


class Account(Table):
    """Someone who may sign in."""

    __tablename__ = "accounts"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True, comment="composed and folded: two never look the same")
    password_hash: Mapped[str] = mapped_column(comment="argon2id, with its parameters")
    role: Mapped[str] = mapped_column(String(10), comment="admin, editor or viewer")
    groups: Mapped[list[Any]] = mapped_column(default=list, comment="what it may see besides what everyone may")
    language: Mapped[str | None] = mapped_column(String(2))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    password_at: Mapped[datetime] = mapped_column(default=now, comment="when the password was set")
    signed_in_at: Mapped[datetime | None]


class SignInFailure(Table):
    """Wrong passwords of late, by name and by address."""

    __tablename__ = "sign_in_failures"

    key: Mapped[str] = mapped_column(String(80), primary_key=True, comment="account:ID, name:HASH or address:NETWORK")
    count: Mapped[int]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]


class WebSession(Table):
    """A browser that is signed in."""

    __tablename__ = "web_sessions"

    id: Mapped[str] = mapped_column(String(64), primary_key=True, comment="sha256 of what the cookie holds")
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)


class ApiToken(Table):
    """What a program shows to use the API; the token itself is not kept."""

    __tablename__ = "api_tokens"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), comment="what it is for")
    prefix: Mapped[str] = mapped_column(String(12), comment="its beginning, to be recognised by")
    digest: Mapped[str] = mapped_column(String(64), unique=True, comment="sha256 of the token")
    role: Mapped[str] = mapped_column(String(10), comment="admin, editor, viewer or asker")
    groups: Mapped[list[Any]] = mapped_column(default=list, comment="the groups its questions may be asked for")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Audit(Table):
    """Who did what, and when; kept for two years."""

    __tablename__ = "audit"
    __table_args__ = (NEVER_REUSED,)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    actor: Mapped[str] = mapped_column(comment="the account, token or command, as shown")
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    action: Mapped[str] = mapped_column(String(60), comment="document.published, account.made, ...")
    subject: Mapped[str] = mapped_column(comment="what it was done to, as shown; never content")
    detail: Mapped[dict[str, Any]] = mapped_column(default=dict, comment="numbers and names that say what changed")
    address: Mapped[str | None] = mapped_column(comment="where the request came from")
