"""The rows of accounts: who may sign in, with which role and groups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, insert, select, text, update
from sqlalchemy.orm import DeclarativeBase, Session

from bot.database.account_tables import Account, WebSession
from bot.database.tables import Document

HIGHEST = 2**31
"""Numbers from here on do not fit into the column: nobody has them."""


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account; times are in UTC."""

    id: int
    name: str
    role: str
    groups: tuple[str, ...]
    language: str | None
    active: bool
    created_at: datetime
    password_at: datetime
    signed_in_at: datetime | None


def hold(session: Session, table: type[DeclarativeBase]) -> None:
    """Let no other transaction change the table until this one ends: what is read from now on stays true."""
    if session.get_bind().dialect.name == "sqlite":  # any statement that writes takes the file's one write lock
        session.execute(text(f"UPDATE {table.__tablename__} SET rowid = rowid WHERE 0"))
    else:
        session.execute(text(f"LOCK TABLE {table.__tablename__} IN SHARE ROW EXCLUSIVE MODE"))


def any_account(session: Session) -> bool:
    """Tell whether there is an account at all."""
    return bool(session.scalar(select(exists().select_from(Account))))


def active_admins(session: Session) -> int:
    """Return how many may do everything."""
    chosen = select(func.count()).select_from(Account).where(Account.active, Account.role == "admin")
    return session.scalar(chosen) or 0


def all_accounts(session: Session) -> list[AccountRow]:
    """Return every account, by name."""
    return [_row(each) for each in session.scalars(select(Account).order_by(Account.name))]


def account(session: Session, number: int) -> AccountRow | None:
    """Return an account by its number."""
    if not 0 < number < HIGHEST:
        return None
    found = session.scalars(select(Account).where(Account.id == number)).one_or_none()
    return _row(found) if found else None


def named(session: Session, name: str) -> AccountRow | None:
    """Return an account by its folded name."""
    found = session.scalars(select(Account).where(Account.name == name)).one_or_none()
    return _row(found) if found else None


def password_hash(session: Session, number: int) -> str | None:
    """Return the hash of an account's password."""
    return session.scalar(select(Account.password_hash).where(Account.id == number))


def names(session: Session) -> list[str]:
    """Return the folded names of all accounts."""
    return list(session.scalars(select(Account.name)))


def names_by_number(session: Session) -> dict[int, str]:
    """Return the names of all accounts by their numbers."""
    return {account.id: account.name for account in session.execute(select(Account.id, Account.name))}


def add(session: Session, name: str, hashed: str, role: str, groups: Sequence[str], at: datetime) -> int:
    """Write a new account; return its number."""
    values = {
        "name": name,
        "password_hash": hashed,
        "role": role,
        "groups": list(groups),
        "active": True,
        "created_at": at,
        "password_at": at,
    }
    number: int = session.execute(insert(Account).values(values).returning(Account.id)).scalar_one()
    return number


def change(session: Session, number: int, **values: Any) -> None:
    """Write some columns of an account."""
    session.execute(update(Account).where(Account.id == number).values(**values))


def remove(session: Session, number: int) -> None:
    """Delete an account, with its sessions; its documents are nobody's then, and the audit log keeps its name."""
    session.execute(update(Document).where(Document.owner_id == number).values(owner_id=None))
    session.execute(delete(WebSession).where(WebSession.account_id == number))
    session.execute(delete(Account).where(Account.id == number))


def owner_name(session: Session, document: int) -> str:
    """Return the name of the account that owns a document, "" where none does."""
    chosen = select(Account.name).join(Document, Document.owner_id == Account.id).where(Document.id == document)
    return session.scalar(chosen) or ""


def _row(found: Account) -> AccountRow:
    return AccountRow(
        found.id,
        found.name,
        found.role,
        tuple(found.groups),
        found.language,
        found.active,
        found.created_at,
        found.password_at,
        found.signed_in_at,
    )
