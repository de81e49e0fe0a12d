"""Signing in: sessions with an idle and an absolute limit, and patience with wrong passwords that runs out."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_network
from typing import TYPE_CHECKING, NoReturn

from bot.accounts import Accounts, folded
from bot.database import accounts as rows
from bot.database import audit, sign_ins
from bot.database.account_tables import Account, SignInFailure
from bot.database.accounts import AccountRow
from bot.database.audit import Actor, note
from bot.database.cleaning import cleaned
from bot.database.passing import in_passing
from bot.database.sign_ins import SessionRow
from bot.errors import UserError
from bot.reach import address_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TOUCHED = timedelta(minutes=1)
"""How exactly it is known when a session was last used: each click would be a write otherwise."""

TRIES = 5
WINDOW = timedelta(minutes=15)
"""Wrong passwords that are taken, of one name and from one address, until this long after the last one."""
FIRST_WAIT = timedelta(minutes=1)
"""After so many, each further try has to wait twice as long as the one before, up to the window."""
FORGOTTEN = 4 * WINDOW
"""Since the last wrong password, where there were too many."""


class SignInError(UserError):
    """Not let in; ``wait`` in seconds where only time helps, ``disabled`` where the password was right."""

    def __init__(self, phrase: str, /, *, wait: int = 0, disabled: bool = False, **values: object) -> None:
        super().__init__(phrase, **values)
        self.wait = wait
        self.disabled = disabled


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person who is signed in: the account as it is now, and the hash of their session."""

    account: AccountRow
    session: SessionRow

    def actor(self, address: str | None) -> Actor:
        """Return them as the audit log names them."""
        return Actor(self.account.name, self.account.id, address)


class SignIns:
    """Signs people in and out; ``secret`` keys the hashes of what was typed wrong."""

    def __init__(self, accounts: Accounts, secret: bytes) -> None:
        self.accounts = accounts
        self.sessions = accounts.sessions
        self.clock = accounts.clock
        self.secret = secret

    def sign_in(self, name: str, password: str, address: str) -> tuple[str, AccountRow]:
        """Return what the cookie of a new session holds, and whose it is.

        Raises:
            SignInError: the name or the password is wrong, there were too many wrong ones, or it is disabled.
            OperatorError: too many are signing in at this moment.
        """
        plain = cleaned(folded(name[:400]), 200)
        with self.sessions() as session:
            found = rows.named(session, plain)
            kept = rows.password_hash(session, found.id) if found else None
        keys = self._keys(found, plain, address)
        self._count(keys)
        passwords = self.accounts.passwords
        if not passwords.check(kept, password) or found is None or kept is None:
            self._refuse(found, address)
        fresh = passwords.hash(password) if passwords.outdated(kept) else None
        return self._let_in(found.id, kept, fresh, keys, address)

    def _refuse(self, found: AccountRow | None, address: str) -> NoReturn:
        """Log a wrong password; a name that nobody has is not kept: people type passwords there."""
        with self.sessions.begin() as session:
            actor = Actor(found.name if found else "unknown", found.id if found else None, address)
            note(session, actor, "session.failed", found.name if found else "")
        raise SignInError("signin.wrong")

    def _let_in(
        self, number: int, kept: str, fresh: str | None, keys: tuple[str, str], address: str
    ) -> tuple[str, AccountRow]:
        value, now = secrets.token_urlsafe(32), self.clock()
        with self.sessions.begin() as session:
            rows.hold(session, Account)  # first this, then that, as where a password is changed: no deadlock
            rows.hold(session, SignInFailure)
            found = rows.account(session, number)
            if found is None or rows.password_hash(session, number) != kept:  # changed at this very moment
                raise SignInError("signin.wrong")
            self._forgive(session, keys)
            actor = Actor(found.name, number, address)
            if not found.active:
                note(session, actor, "session.failed", found.name, disabled=True)
            else:
                if fresh:
                    rows.change(session, number, password_hash=fresh)
                sign_ins.open_session(session, digest(value), number, now)
                sign_ins.signed_in(session, number, now)
                sign_ins.close_unused(session, seen_before=now - IDLE, opened_before=now - ABSOLUTE)
                note(session, actor, "session.signed_in", found.name)
                audit.prune(session, now)
        if not found.active:
            raise SignInError("signin.disabled", disabled=True)
        return value, found

    def signed_in(self, value: str) -> SignedIn | None:
        """Return who has this cookie: None once it is over, and when the account is disabled or gone."""
        if not value or len(value) > 100:
            return None
        now = self.clock()
        with self.sessions() as session:
            found = sign_ins.session_and_account(session, digest(value))
        if found is None:
            return None
        kept, account = found
        if now - kept.seen_at >= IDLE or now - kept.created_at >= ABSOLUTE or not account.active:
            return None
        if now - kept.seen_at >= TOUCHED:
            in_passing(self.sessions, sign_ins.touched(kept.id, now))
        return SignedIn(account, kept)

    def sign_out(self, signed: SignedIn, address: str) -> None:
        """End one session."""
        with self.sessions.begin() as session:
            sign_ins.close_session(session, signed.session.id)
            note(session, signed.actor(address), "session.signed_out", signed.account.name)

    def sessions_of(self, signed: SignedIn) -> list[SessionRow]:
        """Return the sessions of a person that still count."""
        now = self.clock()
        with self.sessions() as session:
            found = sign_ins.sessions_of(session, signed.account.id)
        return [each for each in found if now - each.seen_at < IDLE and now - each.created_at < ABSOLUTE]

    def change_password(self, signed: SignedIn, old: str, new: str, address: str) -> None:
        """Give a person another password and end their other sessions.

        Raises:
            SignInError: the old one is wrong, too often at last.
            UserError: the new one is not good enough.
            OperatorError: too many are signing in at this moment.
        """
        keys = self._keys(signed.account, "", address)
        self._count(keys)
        with self.sessions() as session:
            kept = rows.password_hash(session, signed.account.id)
        if not self.accounts.passwords.check(kept, old):
            self._refuse(signed.account, address)
        with self.sessions.begin() as session:
            rows.hold(session, SignInFailure)
            self._forgive(session, keys)
        self.accounts.set_password(signed.account.id, new, actor=signed.actor(address), keep=signed.session.id)

    # --- patience -----------------------------------------------------------------------------------------------

    def _keys(self, found: AccountRow | None, name: str, address: str) -> tuple[str, str]:
        """Return what tries are counted under: the account, or the name that nobody has; and the address.

        What was typed as a name may be a password: it is kept so that it cannot be found out.
        """
        hashed = hmac.new(self.secret, name.encode("utf-8", "surrogatepass"), sha256).hexdigest()
        whose = sign_ins.account_key(found.id) if found else f"name:{hashed}"
        return whose, f"address:{network(address)}"

    def _count(self, keys: tuple[str, str]) -> None:
        """Count a try before it is made, so that many at once are not more than many in a row.

        Raises:
            SignInError: there were too many; the try is not made, and not counted.
        """
        now = self.clock()
        with self.sessions.begin() as session:
            rows.hold(session, SignInFailure)
            sign_ins.forget_failures(session, few=TRIES, before=now - WINDOW, all_before=now - FORGOTTEN)
            counts = {key: sign_ins.failures(session, key) for key in keys}
            waits = [wait_after(each.count) - (now - each.last_at) for each in counts.values() if each]
            wait = max((each.total_seconds() for each in waits), default=0.0)
            if wait <= 0:
                for key, each in counts.items():
                    sign_ins.put_failures(session, key, (each.count if each else 0) + 1, now)
        if wait > 0:
            raise SignInError("signin.wait", wait=int(wait) + 1, minutes=int(wait // 60) + 1)

    def _forgive(self, session: "Session", keys: tuple[str, str]) -> None:
        """After a right password: forget the wrong ones of the name, and this try from the address."""
        name, address = keys
        sign_ins.put_failures(session, name, 0, self.clock())
        before = sign_ins.failures(session, address)
        if before:
            sign_ins.put_failures(session, address, before.count - 1, before.last_at)


def wait_after(wrong: int) -> timedelta:
    """Return how long to wait after so many wrong passwords: 5 make a minute, each further one doubles it."""
    if wrong < TRIES:
        return timedelta(0)
    doublings: int = min(wrong - TRIES, 10)
    return min(FIRST_WAIT * (1 << doublings), WINDOW)


def network(address: str) -> str:
    """Return whom an address stands for: one of IPv6 can be changed at will within its /64."""
    found = address_in(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False))
    return str(found) if found else address[:60]


def digest(value: str) -> str:
    """Return what is kept of a secret that is itself random enough."""
    return sha256(value.encode("utf-8", "surrogatepass")).hexdigest()
