"""The rows of tokens for programs; a token itself is never kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable, insert, select, update
from sqlalchemy.orm import Session

from bot.database.account_tables import ApiToken
from bot.database.accounts import HIGHEST


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token: ``name`` is what it is for, ``prefix`` how it begins; times are in UTC."""

    id: int
    name: str
    prefix: str
    role: str
    groups: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None


def add_token(
    session: Session,
    name: str,
    prefix: str,
    digest: str,
    *,
    role: str,
    groups: Sequence[str],
    account_id: int | None,
    created_at: datetime,
    expires_at: datetime | None,
) -> int:
    """Write a new token; return its number."""
    values = {
        "name": name,
        "prefix": prefix,
        "digest": digest,
        "role": role,
        "groups": list(groups),
        "account_id": account_id,
        "created_at": created_at,
        "expires_at": expires_at,
    }
    number: int = session.execute(insert(ApiToken).values(values).returning(ApiToken.id)).scalar_one()
    return number


def all_tokens(session: Session) -> list[TokenRow]:
    """Return every token, also those that no longer work, the newest first."""
    return [_row(each) for each in session.scalars(select(ApiToken).order_by(ApiToken.id.desc()))]


def token(session: Session, number: int) -> TokenRow | None:
    """Return a token by its number."""
    if not 0 < number < HIGHEST:
        return None
    found = session.scalars(select(ApiToken).where(ApiToken.id == number)).one_or_none()
    return _row(found) if found else None


def token_of(session: Session, digest: str) -> TokenRow | None:
    """Return the token that has this hash."""
    found = session.scalars(select(ApiToken).where(ApiToken.digest == digest)).one_or_none()
    return _row(found) if found else None


def used(number: int, at: datetime) -> Executable:
    """Return the statement that says when a token was last used."""
    return update(ApiToken).where(ApiToken.id == number).values(used_at=at)


def revoke(session: Session, number: int, at: datetime) -> None:
    """End a token."""
    session.execute(update(ApiToken).where(ApiToken.id == number).values(revoked_at=at))


def revoke_of(session: Session, account: int, roles: Sequence[str], at: datetime) -> list[TokenRow]:
    """End the tokens that an account made and that have one of these roles; return those that had not ended before."""
    theirs = select(ApiToken).where(ApiToken.account_id == account, ApiToken.role.in_(roles))
    found = [_row(each) for each in session.scalars(theirs.where(ApiToken.revoked_at.is_(None)).order_by(ApiToken.id))]
    session.execute(update(ApiToken).where(ApiToken.id.in_([row.id for row in found])).values(revoked_at=at))
    return found


def _row(found: ApiToken) -> TokenRow:
    return TokenRow(
        found.id,
        found.name,
        found.prefix,
        found.role,
        tuple(found.groups),
        found.created_at,
        found.expires_at,
        found.used_at,
        found.revoked_at,
    )
