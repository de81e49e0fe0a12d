"""Tokens for programs that use the HTTP API: shown once, kept as a hash, with a role and groups of their own."""

import secrets
import unicodedata
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.accounts import ROLES, proper_groups
from bot.database import api_tokens as rows
from bot.database.api_tokens import TokenRow
from bot.database.audit import Actor, note
from bot.database.columns import now
from bot.database.passing import in_passing
from bot.errors import UserError
from bot.signing_in import TOUCHED, digest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

BEGINS = "dap_"
SHOWN = 10
"""Characters by which a token is recognised in lists."""
TOKEN_ROLES = ("asker", *ROLES)
LONGEST_NAME, MOST_DAYS = 80, 3650


class TokenError(UserError):
    """A token that opens nothing."""


class ApiTokens:
    """The tokens of one database; threads and processes may share it."""

    def __init__(self, sessions: "sessionmaker[Session]", *, clock: Callable[[], datetime] = now) -> None:
        self.sessions = sessions
        self.clock = clock

    def create(
        self, name: str, role: str, groups: Collection[str] = (), days: int | None = None, *, actor: Actor | str
    ) -> tuple[str, TokenRow]:
        """Make a token that works for so many days, for ever without; return it, the only time it is seen.

        Raises:
            UserError: the name, the role, a group or the days cannot be used.
        """
        plain = unicodedata.normalize("NFC", name).strip()
        if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
            raise UserError("tokens.name", most=LONGEST_NAME)
        if role not in TOKEN_ROLES:
            raise UserError("accounts.role", role=role[:40], roles=", ".join(TOKEN_ROLES))
        if days is not None and not 0 < days <= MOST_DAYS:
            raise UserError("tokens.days", most=MOST_DAYS)
        kept, at, value = proper_groups(groups), self.clock(), BEGINS + secrets.token_urlsafe(32)
        ends = at + timedelta(days=days) if days else None
        who = Actor.of(actor)
        with self.sessions.begin() as session:
            number = rows.add_token(
                session,
                plain,
                value[:SHOWN],
                digest(value),
                role=role,
                groups=kept,
                account_id=who.account_id,
                created_at=at,
                expires_at=ends,
            )
            note(session, who, "token.created", plain, token=value[:SHOWN], role=role, groups=kept, days=days)
            return value, _found(session, number)

    def all(self) -> list[TokenRow]:
        """Return every token, the newest first."""
        with self.sessions() as session:
            return rows.all_tokens(session)

    def state(self, token: TokenRow) -> str:
        """Return ``active``, ``expired`` or ``revoked``."""
        if token.revoked_at is not None:
            return "revoked"
        return "expired" if token.expires_at is not None and token.expires_at <= self.clock() else "active"

    def revoke(self, number: int, *, actor: Actor | str) -> TokenRow:
        """End a token at once; UserError where there is none of this number."""
        with self.sessions.begin() as session:
            found = _found(session, number)
            if found.revoked_at is None:
                rows.revoke(session, number, self.clock())
                note(session, actor, "token.revoked", found.name, token=found.prefix)
        return found

    def token(self, value: str) -> TokenRow:
        """Return the token of a request.

        Raises:
            TokenError: it is wrong, revoked or expired.
        """
        with self.sessions() as session:
            found = rows.token_of(session, digest(value)) if len(value) <= 200 else None
        state = self.state(found) if found else "wrong"
        if found is None or state != "active":
            raise TokenError(f"tokens.{state}")
        at = self.clock()
        if found.used_at is None or at - found.used_at >= TOUCHED:
            in_passing(self.sessions, rows.used(found.id, at))
        return found


def _found(session: "Session", number: int) -> TokenRow:
    found = rows.token(session, number)
    if found is None:
        raise UserError("tokens.none", id=number)
    return found
