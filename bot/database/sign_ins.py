"""The rows of browsers that are signed in, and of wrong passwords of late."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Executable, delete, insert, select, update
from sqlalchemy.orm import Session

from bot.database.account_tables import Account, SignInFailure, WebSession
from bot.database.accounts import AccountRow, account


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A browser that is signed in: ``id`` is the hash of what its cookie holds."""

    id: str
    account_id: int
    created_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong passwords under one key."""

    count: int
    last_at: datetime


def open_session(session: Session, digest: str, account_id: int, at: datetime) -> None:
    """Write a new session."""
    session.execute(insert(WebSession), {"id": digest, "account_id": account_id, "created_at": at, "seen_at": at})


def session_and_account(session: Session, digest: str) -> tuple[SessionRow, AccountRow] | None:
    """Return the session of a cookie, with its account as it is now."""
    found = session.scalars(select(WebSession).where(WebSession.id == digest)).one_or_none()
    whose = account(session, found.account_id) if found else None
    return (_row(found), whose) if found and whose else None


def sessions_of(session: Session, account_id: int) -> list[SessionRow]:
    """Return the sessions of an account, the one seen last first."""
    chosen = select(WebSession).where(WebSession.account_id == account_id).order_by(WebSession.seen_at.desc())
    return [_row(each) for each in session.scalars(chosen)]


def touched(digest: str, at: datetime) -> Executable:
    """Return the statement that says when a session was used."""
    return update(WebSession).where(WebSession.id == digest).values(seen_at=at)


def close_session(session: Session, digest: str) -> None:
    """Delete a session."""
    session.execute(delete(WebSession).where(WebSession.id == digest))


def close_sessions(session: Session, account_id: int, *, but: str = "") -> None:
    """Delete the sessions of an account, all of them or all but one."""
    session.execute(delete(WebSession).where(WebSession.account_id == account_id, WebSession.id != but))


def close_unused(session: Session, *, seen_before: datetime, opened_before: datetime) -> None:
    """Delete the sessions that are over."""
    over = (WebSession.seen_at <= seen_before) | (WebSession.created_at <= opened_before)
    session.execute(delete(WebSession).where(over))


def signed_in(session: Session, account_id: int, at: datetime) -> None:
    """Say when an account was last signed in."""
    session.execute(update(Account).where(Account.id == account_id).values(signed_in_at=at))


def failures(session: Session, key: str) -> Failures | None:
    """Return the wrong passwords under a key."""
    found = session.scalars(select(SignInFailure).where(SignInFailure.key == key)).one_or_none()
    return Failures(found.count, found.last_at) if found else None


def put_failures(session: Session, key: str, count: int, at: datetime) -> None:
    """Write how many wrong passwords there are under a key: none takes the row away."""
    chosen = SignInFailure.key == key
    if count <= 0:
        session.execute(delete(SignInFailure).where(chosen))
    elif failures(session, key) is None:
        session.execute(insert(SignInFailure), {"key": key, "count": count, "first_at": at, "last_at": at})
    else:
        session.execute(update(SignInFailure).where(chosen).values(count=count, last_at=at))


def forget_failures(session: Session, *, few: int, before: datetime, all_before: datetime) -> None:
    """Delete what no longer counts: fewer than ``few`` sooner than the others."""
    forgotten = (SignInFailure.count < few) & (SignInFailure.last_at < before)
    session.execute(delete(SignInFailure).where(forgotten | (SignInFailure.last_at < all_before)))


def account_key(account_id: int) -> str:
    """Return the key for wrong passwords of an account."""
    return f"account:{account_id}"


def _row(found: WebSession) -> SessionRow:
    return SessionRow(found.id, found.account_id, found.created_at, found.seen_at)
