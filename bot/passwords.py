"""Passwords: what one must be (NIST SP 800-63B: long, not known to everyone, no rules of composition), argon2id."""

import secrets
import threading
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from bot.errors import OperatorError, UserError

T = TypeVar("T")

SHORTEST = 10
LONGEST = 1000
"""Characters: nobody types more, and hashing should not be asked to."""

COMMONEST = frozenset(
    """1234567890 0123456789 12345678910 123456789a a123456789 1234567890a 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc
    qwertyuiop qwerty1234 qwerty12345 qwerty123456 qwer1234qwer qwer123456 asdf1234asdf asdfghjkl1 asdfghjkl; zxcvbnm123
    password12 password123 password1234 password123! password1! passw0rd123 p@ssw0rd123 p@ssword123 iloveyou12
    iloveyou123 letmein123 welcome123 welcome1234 admin12345 admin123456 administrator administrator1 abcd123456
    abcde12345 abc1234567 abcdefghij abcd1234!! qwer1234!! qwer1234!@ 1q2w3e4r!! asdf1234!! changeme123 default123
    superadmin sunshine123 football123 princess123 dragon12345 monkey12345 비밀번호123456 비밀번호1234567890
    dapbot1234 dapbot12345 dapbot123456 답봇1234567890""".split()
)
"""What everyone tries first, as far as it is long enough at all; folded."""

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""For passwords that we make: nothing that is mistaken for another when it is read out."""


@dataclass(frozen=True, slots=True)
class Cost:
    """argon2id's parameters; the defaults are OWASP's: ``memory`` in KiB, ``passes`` over it, ``lanes``."""

    memory: int = 19 * 1024
    passes: int = 2
    lanes: int = 1


@dataclass(slots=True)
class Passwords:
    """Makes and checks hashes, at most ``at_once`` at a time (each takes ``cost.memory``); threads may share it.

    Beside those, ``waiting`` may wait for their turn; whoever comes then is refused, so that a flood of sign-ins
    takes neither the memory nor the threads of the pages. The threads that do it are always the same: the C library
    keeps what each thread once needed.
    """

    cost: Cost = field(default_factory=Cost)
    at_once: int = 4
    waiting: int = 12
    _hasher: PasswordHasher = field(init=False)
    _workers: ThreadPoolExecutor = field(init=False)
    _places: threading.BoundedSemaphore = field(init=False)
    _nobodys: str = field(init=False)

    def __post_init__(self) -> None:
        cost = self.cost
        self._hasher = PasswordHasher(
            time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes, type=Type.ID
        )
        self._workers = ThreadPoolExecutor(self.at_once, "password")
        self._places = threading.BoundedSemaphore(self.at_once + self.waiting)
        self._nobodys = ""

    def hash(self, password: str) -> str:
        """Return the hash to keep.

        Raises:
            OperatorError: too many are at it.
        """
        return self._done(lambda: self._hasher.hash(_bytes(password)))

    def check(self, kept: str | None, password: str) -> bool:
        """Tell whether the password is right; without a hash it is not, after the same work as with one.

        Raises:
            OperatorError: too many are at it.
        """
        right = self._done(lambda: self._verify(kept or self._nobody(), _bytes(password[:LONGEST])))
        return right and kept is not None and len(password) <= LONGEST

    def outdated(self, kept: str) -> bool:
        """Tell whether a hash was made with other parameters than ours."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, kept: str, password: bytes) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def _nobody(self) -> str:
        """Return a hash that no password fits, with the same parameters as the others."""
        if not self._nobodys:
            self._nobodys = self._hasher.hash(secrets.token_bytes(16))
        return self._nobodys

    def _done(self, work: Callable[[], T]) -> T:
        """Return what one of the workers made of it."""
        if not self._places.acquire(blocking=False):
            raise OperatorError("accounts.busy")
        try:
            return self._workers.submit(work).result()
        finally:
            self._places.release()


def _bytes(password: str) -> bytes:
    """One and the same password comes composed from one keyboard and in pieces from another."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def require_good(password: str, name: str) -> None:
    """Let a new password through for the account ``name``.

    Raises:
        UserError: it is too short, too long, or the first that someone would try.
    """
    plain = unicodedata.normalize("NFKC", password)
    folded = plain.casefold().strip()
    if len(plain) < SHORTEST or len(folded) < SHORTEST:
        raise UserError("accounts.password.short", least=SHORTEST)
    if len(password) > LONGEST:
        raise UserError("accounts.password.long", most=LONGEST)
    if any("\ud800" <= c <= "\udfff" or c == "\0" for c in password):
        raise UserError("accounts.password.characters")
    if name and name in folded and not folded.replace(name, "").strip("0123456789!@#$%^&*._- "):
        raise UserError("accounts.password.name")
    if folded in COMMONEST or len(set(folded)) < 4 or _runs(folded):
        raise UserError("accounts.password.common")


def _runs(text: str) -> bool:
    """Tell whether a text only counts up or down (123456789012, abcdefghijkl)."""
    both = pairwise(text)
    steps = {(ord(b) - ord(a)) % 10 if a.isdigit() and b.isdigit() else ord(b) - ord(a) for a, b in both}
    return len(steps) == 1


def made_up() -> str:
    """Return a new password that nobody can guess (99 bits), in groups that can be read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))
