"""Accounts: who may sign in, with which role; every change is in the audit log, in the same transaction."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Literal, get_args

from bot.database import accounts as rows
from bot.database import api_tokens, sign_ins
from bot.database.account_tables import Account
from bot.database.accounts import AccountRow
from bot.database.audit import Actor, note, prune
from bot.database.cleaning import cleaned
from bot.database.columns import now
from bot.errors import UserError
from bot.passwords import Passwords, require_good

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

Role = Literal["viewer", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""viewer sees documents and tests questions; editor uploads and publishes besides; admin does everything."""

RANKS = {"": 0, "asker": 1, "viewer": 2, "editor": 3, "admin": 4}
"""Each role may do what those below it may; ``asker``, of programs only, may ask."""

LONGEST_NAME = 64
MOST_GROUPS, LONGEST_GROUP = 100, 150

_NAME = re.compile(r"[0-9a-z\uac00-\ud7a3][0-9a-z\uac00-\ud7a3._@+-]*")
_ALIKE = str.maketrans("01i", "oll")


class Accounts:
    """The accounts of one database; threads and processes may share it."""

    def __init__(
        self,
        sessions: "sessionmaker[Session]",
        *,
        passwords: Passwords | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.sessions = sessions
        self.passwords = passwords or Passwords()
        self.clock = clock
        self._some = False

    def any(self) -> bool:
        """Tell whether there is an account at all. Once there is one, there always is: the last admin stays."""
        if not self._some:
            with self.sessions() as session:
                self._some = rows.any_account(session)
        return self._some

    def has_admin(self) -> bool:
        """Tell whether someone may sign in and do everything."""
        with self.sessions() as session:
            return rows.active_admins(session) > 0

    def all(self) -> list[AccountRow]:
        """Return every account, by name."""
        with self.sessions() as session:
            return rows.all_accounts(session)

    def named(self, name: str) -> AccountRow:
        """Return the account of this name, however it is typed.

        Raises:
            UserError: there is none.
        """
        with self.sessions() as session:
            found = rows.named(session, cleaned(folded(name[:400]), 200))
        if found is None:
            raise UserError("accounts.none", name=name[:100])
        return found

    def tidy(self) -> None:
        """Delete the lines of the audit log that are older than it is kept."""
        with self.sessions.begin() as session:
            prune(session, self.clock())

    def create(
        self,
        name: str,
        password: str,
        *,
        role: str = "admin",
        groups: Collection[str] = (),
        actor: Actor | str,
    ) -> AccountRow:
        """Make an account; the first one is an admin's.

        Raises:
            UserError: the name, the role, a group or the password cannot be used.
        """
        plain, wanted, kept = proper_name(name), role_of(role), proper_groups(groups)
        require_good(password, plain)
        hashed = self.passwords.hash(password)
        with self.sessions.begin() as session:
            rows.hold(session, Account)
            taken = rows.names(session)
            if not taken and wanted != "admin":
                raise UserError("accounts.first")
            same = next((each for each in taken if _outline(each) == _outline(plain)), None)
            if same is not None:
                raise UserError("accounts.taken" if same == plain else "accounts.alike", name=plain, other=same)
            number = rows.add(session, plain, hashed, wanted, kept, self.clock())
            note(session, actor, "account.created", plain, role=wanted, groups=kept)
            return _found(session, number)

    def set_password(self, number: int, password: str, *, actor: Actor | str, keep: str = "") -> None:
        """Give an account another password and end its sessions, all but the one with the hash ``keep``.

        Raises:
            UserError: there is no such account, or the password is not good enough.
        """
        with self.sessions() as session:
            require_good(password, _found(session, number).name)
        hashed = self.passwords.hash(password)
        with self._changing(number, actor, "account.password") as (session, _):
            rows.change(session, number, password_hash=hashed, password_at=self.clock())
            sign_ins.close_sessions(session, number, but=keep)
            sign_ins.put_failures(session, sign_ins.account_key(number), 0, self.clock())

    def set_role(self, number: int, role: str, *, actor: Actor | str) -> int:
        """Give an account another role, from its next click on; return how many of its tokens ended.

        Tokens that it made may not do more than it may itself.

        Raises:
            UserError: there is no such account or role, or it is the last active admin's.
        """
        wanted = role_of(role)
        with self._changing(number, actor, "account.role", role=wanted) as (session, found):
            if wanted != "admin":
                _require_another_admin(session, found)
            rows.change(session, number, role=wanted)
            return self._end_tokens(session, found, actor, above=wanted)

    def set_groups(self, number: int, groups: Collection[str], *, actor: Actor | str) -> None:
        """Say which groups an account is in; UserError where there is no such account or a name cannot be used."""
        kept = proper_groups(groups)
        with self._changing(number, actor, "account.groups", groups=kept) as (session, _):
            rows.change(session, number, groups=kept)

    def set_language(self, number: int, language: str) -> None:
        """Remember the language that a person reads."""
        with self.sessions.begin() as session:
            rows.change(session, number, language=language)

    def disable(self, number: int, *, actor: Actor | str) -> int:
        """Let an account in no longer, end its sessions at once, and for good the API tokens that it made.

        Returns:
            How many tokens ended; they stay so when the account is let in again.

        Raises:
            UserError: it is the last active admin's.
        """
        with self._changing(number, actor, "account.disabled") as (session, found):
            _require_another_admin(session, found)
            rows.change(session, number, active=False)
            sign_ins.close_sessions(session, number)
            return self._end_tokens(session, found, actor)

    def enable(self, number: int, *, actor: Actor | str) -> None:
        """Let an account in again."""
        with self._changing(number, actor, "account.enabled") as (session, _):
            rows.change(session, number, active=True)

    def remove(self, number: int, *, actor: Actor | str) -> int:
        """Delete an account, and end its tokens as ``disable`` does; UserError for the last active admin."""
        with self._changing(number, actor, "account.removed") as (session, found):
            _require_another_admin(session, found)
            ended = self._end_tokens(session, found, actor)
            rows.remove(session, number)
        return ended

    def sign_out(self, number: int, *, actor: Actor | str, keep: str = "") -> None:
        """End the sessions of an account, all but the one with the hash ``keep``."""
        with self._changing(number, actor, "account.signed_out") as (session, _):
            sign_ins.close_sessions(session, number, but=keep)

    def _end_tokens(self, session: "Session", found: AccountRow, actor: Actor | str, *, above: str = "") -> int:
        """End the tokens that an account made, those with a role above ``above``; return how many there were."""
        roles = [role for role, rank in RANKS.items() if rank > RANKS[above]]
        ended, who = api_tokens.revoke_of(session, found.id, roles, self.clock()), _without(found.id, actor)
        for token in ended:
            note(session, who, "token.revoked", token.name, token=token.prefix, account=found.name)
        return len(ended)

    @contextmanager
    def _changing(
        self, number: int, actor: Actor | str, action: str, **detail: object
    ) -> "Iterator[tuple[Session, AccountRow]]":
        """Open the transaction of one change, in which nobody else changes an account, and log it."""
        with self.sessions.begin() as session:
            rows.hold(session, Account)
            found = _found(session, number)
            yield session, found
            if action == "account.removed":
                actor = _without(number, actor)
            note(session, actor, action, found.name, **detail)


def _without(number: int, actor: Actor | str) -> Actor:
    """Return who does something, without the number of an account whose row is gone, or about to be."""
    who = Actor.of(actor)
    return Actor(who.name, address=who.address) if who.account_id == number else who


def _found(session: "Session", number: int) -> AccountRow:
    found = rows.account(session, number)
    if found is None:
        raise UserError("accounts.none", name=number)
    return found


def _require_another_admin(session: "Session", found: AccountRow) -> None:
    if found.active and found.role == "admin" and rows.active_admins(session) == 1:
        raise UserError("accounts.last_admin", name=found.name)


def folded(name: str) -> str:
    """Return a name as it is compared: composed, without width and case."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).strip()


def _outline(name: str) -> str:
    """Return what a name looks like at a glance: 0 and o, 1, i and l are one."""
    return name.translate(_ALIKE)


def proper_name(name: str) -> str:
    """Return a name as it is kept. Only letters that nothing else looks like: Hangul syllables, a to z, digits.

    Raises:
        UserError: it is empty, too long, or has other characters in it.
    """
    plain = folded(name)
    if not plain:
        raise UserError("accounts.name.empty")
    if len(plain) > LONGEST_NAME:
        raise UserError("accounts.name.long", most=LONGEST_NAME)
    if not _NAME.fullmatch(plain):
        raise UserError("accounts.name.characters")
    return plain


def role_of(role: str) -> Role:
    """Return a role of people.

    Raises:
        UserError: it is none.
    """
    plain = role.strip().lower()
    if plain not in ROLES:
        raise UserError("accounts.role", role=role[:40], roles=", ".join(ROLES))
    return plain


def proper_groups(groups: Collection[str]) -> list[str]:
    """Return the names of groups as they are kept: composed, each once, in order.

    Raises:
        UserError: there are too many, or one is too long or has control characters in it.
    """
    plain = sorted({unicodedata.normalize("NFC", each).strip() for each in groups} - {""})
    if len(plain) > MOST_GROUPS or any(len(each) > LONGEST_GROUP or not each.isprintable() for each in plain):
        raise UserError("accounts.groups", most=MOST_GROUPS, longest=LONGEST_GROUP)
    return plain
