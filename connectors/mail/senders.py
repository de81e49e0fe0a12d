"""Who may use the bot by mail: people of a list, as our own server has verified them, and not without end."""

import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from bot.database import limits
from bot.database.limits import Window
from bot.letter import Address
from connectors.mail.came import Came
from connectors.mail.head import Head
from connectors.mail.heads import bare_subject
from connectors.mail.results import verified
from connectors.mail.robots import robot

if TYPE_CHECKING:
    from bot.database.engine import Sessions
    from bot.settings import Settings

Reason = Literal["", "nobody", "robot", "stranger", "unverified", "loop", "often"]

REFUSED = "mail:refused"
"""Under this name is counted who was not answered: by day and reason, and nobody's address."""

SHOWN_DAYS = 30

IN_A_THREAD = 5
"""Mails of one sender in one thread that are answered within an hour: two machines that answer each other are stopped
by that, whatever they call themselves."""

IN_AN_HOUR = 60
"""Mails of one sender: somebody who forwards all that is in their mailbox has time."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a mail is answered; ``reason`` says why not, ``sender`` whom it says it is from."""

    sender: Address
    reason: Reason = ""

    @property
    def allowed(self) -> bool:
        """Whether it is answered."""
        return not self.reason


def judge(head: Head, came: Came, settings: "Settings", sessions: "Sessions") -> Verdict:
    """Tell whether a mail is from somebody who is answered; one that is counts for them."""
    verdict = seen(head, came, settings)
    if verdict.allowed and (reason := _often(head, verdict.sender.address, sessions)):
        return Verdict(verdict.sender, reason)
    return verdict


def seen(head: Head, came: Came, settings: "Settings") -> Verdict:
    """Tell the same from the mail alone; nothing is counted."""
    found = head.addresses("from")
    if len(found) != 1 or len(head.fields.get("from", ())) != 1:
        return Verdict(next(iter(found), Address()), "nobody")
    sender = found[0]
    if robot(head, sender.address, settings.mail_address, came.sender if came.via == "smtp" else None):
        return Verdict(sender, "robot")
    if not listed(sender.address, names(settings.mail_allow)):
        return Verdict(sender, "stranger")
    if not verified(head, sender.address, settings.mail_authserv_id):
        return Verdict(sender, "unverified")
    return Verdict(sender)


def names(allow: str) -> frozenset[str]:
    """Return the addresses and domains of the list."""
    return frozenset(each.lower().lstrip("@") for each in re.split(r"[\s,;]+", allow) if each)


def listed(address: str, allowed: Collection[str]) -> bool:
    """Tell whether an address is on the list: itself, its domain, or ``*.`` and a domain that its own belongs to."""
    domain = address.rpartition("@")[2]
    above = (domain.split(".", at)[-1] for at in range(1, domain.count(".") + 1))
    return address in allowed or domain in allowed or any(f"*.{each}" in allowed for each in above)


def _often(head: Head, sender: str, sessions: "Sessions") -> Reason:
    """Count a mail for its sender and its thread; say which of them has had enough."""
    hour = int(datetime.now(UTC).timestamp() // 3600)
    until = (hour + 1) * 3600.0
    who = limits.name_of("mail", sender)
    subject = hashlib.sha256(bare_subject(head.text("subject")).encode("utf-8", "replace")).hexdigest()[:16]
    all_, thread = Window(who, f"hour:{hour}", until), Window(who, f"thread:{subject}", until)
    with sessions.begin() as session:
        used = limits.add(session, [all_, thread], messages=1)
    if used[thread].messages > IN_A_THREAD:
        return "loop"
    return "often" if used[all_].messages > IN_AN_HOUR else ""


def note_refused(sessions: "Sessions", verdict: Verdict) -> None:
    """Count a mail that is not answered."""
    now = datetime.now(UTC)
    until = (now + timedelta(days=SHOWN_DAYS)).timestamp()
    with sessions.begin() as session:
        limits.add(session, [Window(REFUSED, f"{now:%Y-%m-%d} {verdict.reason}", until)], messages=1)


def refused(sessions: "Sessions") -> Mapping[str, int]:
    """Return how many mails were not answered in the last ``SHOWN_DAYS`` days, by reason."""
    counts: dict[str, int] = {}
    with sessions() as session:
        for window, used in limits.of(session, REFUSED).items():
            reason = window.rpartition(" ")[2]
            counts[reason] = counts.get(reason, 0) + used.messages
    return counts
