"""How much one person, one address and everyone together may use: messages are counted before they are answered,
tokens and cost in the transaction that records the answer.

Windows are minutes, days and months of the database's clock, days and months in the zone of DAPBOT_TIMEZONE. Each
check is made before a model is asked, and counts what is recorded: answers that are written at the same moment may
go beyond a limit together, by one call each at most.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING, Literal, Protocol
from zoneinfo import ZoneInfo

from bot.database import limits
from bot.database.inbox_rows import time_now
from bot.database.limits import EVERYONE, Used, Window
from bot.errors import DataError
from bot.language import reply_language
from bot.messages import Message, Tokens
from bot.phrases import say
from knowledge.language import Language

if TYPE_CHECKING:
    from sqlalchemy.orm import Session, sessionmaker

    from bot.settings import Settings

log = logging.getLogger(__name__)

MAIL = "mail"
"""A channel on which nobody sits and waits: how many come in a minute says nothing."""

Span = Literal["minute", "day", "month"]


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit that is reached until ``until`` (aware); ``phrase`` says which, ``most`` how much it allows."""

    phrase: str
    until: datetime
    most: float = 0
    wait: int = 0
    """Seconds to go."""

    def sentence(self, language: Language) -> str:
        """Return the sentence that says when it goes on."""
        at = self.until
        form = "limits.at_time" if at.time() != time() else "limits.at_day"
        shown = say(form, language, year=at.year, month=at.month, day=at.day, hour=at.hour, minute=at.minute)
        return say(self.phrase, language, limit=self.most, at=shown)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a message is answered; ``notice`` is what to tell its sender instead, "" where they know already."""

    reached: Reached | None = None
    notice: str = ""

    @property
    def allowed(self) -> bool:
        """Whether it is answered."""
        return self.reached is None


ALLOWED = Verdict()


class Claimed(Protocol):
    """What the limits look at of a row that is claimed from the inbox."""

    @property
    def message(self) -> Message | None:
        """The message; None for a job."""
        ...

    @property
    def attempts(self) -> int:
        """How many times it has been claimed, this time included."""
        ...


@dataclass(frozen=True, slots=True)
class _Payer:
    """Who pays for a message: ``people`` is for how many they may ask, 0: as much as they like.

    ``kind`` begins the phrases that tell of their limits: of a person none, of several ``address_`` or ``program_``.
    """

    who: str
    people: int
    kind: str = ""


class Limits:
    """The limits that the settings name; threads may share it. ``moment`` tells the time, by the database's clock."""

    def __init__(
        self,
        settings: "Settings",
        sessions: "sessionmaker[Session]",
        *,
        moment: "Callable[[Session], float]" = time_now,
    ) -> None:
        self._settings = settings
        self._sessions = sessions
        self._moment = moment
        self._zone = ZoneInfo(settings.timezone)

    def admit(self, message: Message) -> Verdict:
        """Count a message that is answered at once, and tell whether it is to be answered.

        Where the database cannot be written, as on a full disk, it is: the answer itself needs to read only.
        """
        if not any(payer.people for payer in self._payers(message)):
            return ALLOWED
        try:
            with self._sessions.begin() as session:
                return self._count(session, message)
        except DataError as error:
            log.error("a message was not counted: %s", error)  # noqa: TRY400 - its sentence says it all
            return ALLOWED

    def judge(self, session: "Session", claimed: Claimed) -> Verdict:
        """Count a row of the inbox in the transaction that claims it; a row that is tried again was counted before."""
        if claimed.message is None or claimed.attempts > 1:
            return ALLOWED
        return self._count(session, claimed.message)

    def capped(self, message: Message, *, own: bool = True) -> Reached | None:
        """Return the limit of tokens or cost that keeps this message from a model; None: it may be asked.

        ``own=False``: only what everyone together uses is looked at (batches).
        """
        with self._sessions() as session:
            now = self._moment(session)
            caps = list(self._caps(message, now, own=own))
            used = limits.read(session, {cap.window for cap in caps})
        reached = [cap for cap in caps if cap.full(used[cap.window])]
        if not reached:
            return None
        last = max(reached, key=lambda cap: cap.window.until)
        return self._reached(last.phrase, last.window, now)

    def use_unrecorded(self, message: Message, tokens: Tokens, cost_usd: float | None) -> None:
        """Add what an answer used that is not recorded, for everyone only: batches are nobody's, and an answer that
        could not be kept is given again, or was for someone who is erased."""
        if tokens == Tokens() and not cost_usd:
            return
        try:
            with self._sessions.begin() as session:
                self.use(session, message, tokens, cost_usd, own=False)
        except DataError as error:  # the answer is there all the same
            log.error("what an answer used was not counted: %s", error)  # noqa: TRY400 - its sentence says it all

    def use(
        self, session: "Session", message: Message, tokens: Tokens, cost_usd: float | None, *, own: bool = True
    ) -> None:
        """Add what an answer used, in the transaction that records it."""
        total = tokens.input + tokens.output
        if not total and not cost_usd:
            return
        now = self._moment(session)
        whose = [payer.who for payer in self._payers(message)] if own else []
        windows = [self._window(who, "day", now) for who in (*whose, EVERYONE)]
        windows.append(self._window(EVERYONE, "month", now))
        limits.add(session, windows, tokens=total, cost_usd=cost_usd or 0.0)

    # --- messages

    def _payers(self, message: Message) -> list[_Payer]:
        payers = [_Payer(limits.name_of(message.channel, message.person), 1)] if message.person else []
        if message.shared:
            kind = "address_" if message.shared.startswith("address:") else "program_"
            payers.append(_Payer(message.shared[:300], self._settings.people_per_address, kind))
        return payers

    def _count(self, session: "Session", message: Message) -> Verdict:
        now = self._moment(session)
        allowed = {window: (phrase, most) for window, phrase, most in self._allowances(message, now)}
        used = limits.add(session, allowed, messages=1)
        full = [window for window, (_, most) in allowed.items() if used[window].messages > most]
        if not full:
            return ALLOWED
        limits.add(session, allowed, messages=-1)  # what is not answered does not count: a flood ends with its minute
        last = max(full, key=lambda window: window.until)
        phrase, most = allowed[last]
        reached = self._reached(phrase, last, now, most)
        first = limits.tell(session, last)
        return Verdict(reached, reached.sentence(self._language(message)) if first else "")

    def _allowances(self, message: Message, now: float) -> Iterator[tuple[Window, str, int]]:
        """Yield the windows in which a message counts, the phrase that tells of each, and how many it allows."""
        per: tuple[tuple[Span, int], ...] = (
            ("minute", self._settings.messages_per_minute),
            ("day", self._settings.messages_per_day),
        )
        if message.channel == MAIL:
            per = per[1:]  # who empties a mailbox forwards forty at once; each waits for its turn
        for payer in self._payers(message):
            for span, most in per:
                if most and payer.people:
                    yield self._window(payer.who, span, now), f"limits.{payer.kind}{span}", most * payer.people

    def _language(self, message: Message) -> Language:
        return message.language or reply_language(message.text, setting=self._settings.language or None)

    # --- tokens and cost

    def _caps(self, message: Message, now: float, *, own: bool) -> "Iterator[_Cap]":
        settings = self._settings
        for payer in self._payers(message) if own else ():
            if most := settings.tokens_per_person * payer.people:
                phrase = "answer.budget_spent" if payer.kind else "answer.tokens_person"
                yield _Cap(self._window(payer.who, "day", now), phrase, tokens=most)
        day, month = self._window(EVERYONE, "day", now), self._window(EVERYONE, "month", now)
        if settings.tokens_per_day or settings.cost_per_day:
            yield _Cap(day, "answer.budget_spent", settings.tokens_per_day, settings.cost_per_day)
        if settings.cost_per_month:
            yield _Cap(month, "answer.budget_spent", cost_usd=settings.cost_per_month)

    # --- windows

    def _window(self, who: str, span: Span, now: float) -> Window:
        """Return the window of now."""
        if span == "minute":
            minute = int(now // 60)
            return Window(who, f"minute:{minute}", (minute + 1) * 60.0)
        today = datetime.fromtimestamp(now, self._zone).date()
        if span == "day":
            return Window(who, f"day:{today}", self._midnight(today + timedelta(days=1)))
        following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
        return Window(who, f"month:{today:%Y-%m}", self._midnight(following))

    def _midnight(self, day: date) -> float:
        return datetime.combine(day, time(), self._zone).timestamp()

    def _reached(self, phrase: str, window: Window, now: float, most: float = 0) -> Reached:
        until = datetime.fromtimestamp(window.until, UTC).astimezone(self._zone)
        return Reached(phrase, until, most, max(1, ceil(window.until - now)))


@dataclass(frozen=True, slots=True)
class _Cap:
    """How much of a model may be used in a window; 0: as much as they like."""

    window: Window
    phrase: str
    tokens: int = 0
    cost_usd: float = 0.0

    def full(self, used: Used) -> bool:
        """Tell whether it is used up."""
        return bool((self.tokens and used.tokens >= self.tokens) or (self.cost_usd and used.cost_usd >= self.cost_usd))
