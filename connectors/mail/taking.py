"""A mail is taken: judged, kept, and put into the inbox, before whoever brought it is told that it is there."""

import logging
from typing import TYPE_CHECKING, Literal

from bot.database import mails
from bot.digests import sources
from bot.incoming import Incoming
from bot.messages import Message
from connectors.mail.came import Came
from connectors.mail.head import Head, head_of, key_of
from connectors.mail.heads import identifiers, one_line, thread_of
from connectors.mail.senders import Verdict, judge, note_refused, seen

if TYPE_CHECKING:
    from bot.wiring import Bot

log = logging.getLogger(__name__)

NAME = mails.CHANNEL

RECEIVERS = ("delivered-to", "x-original-to", "x-delivered-to", "envelope-to", "to", "cc")
"""Fields that say whom a mail in a mailbox came to."""

Taken = Literal["new", "duplicate", "ignored", "full"]
"""``ignored``: not from somebody who may be answered; whoever brought it is told nothing else than that it is taken.
``full``: too much waits, it is to come again."""


class Taking:
    """Takes mails; threads share it."""

    def __init__(self, bot: "Bot") -> None:
        self._bot = bot
        self._collects = sources(bot.settings.mail_digest)

    def take(self, data: bytes, came: Came) -> Taken:
        """Take one mail; when this returns, it is durable.

        Raises:
            whatever the database does: then it was not taken.
        """
        head = head_of(data)
        key = key_of(data, head)
        verdict = self._judged(head, key, came)
        if not verdict.allowed:
            note_refused(self._bot.sessions, verdict)
            log.info("a mail is not answered: %s", verdict.reason)
            return "ignored"
        where = {**where_of(head, key), "at": self._at(head, came)}
        with self._bot.sessions.begin() as session:
            mails.keep(session, key, verdict.sender.address, data, address=where["at"])
        message = _message(head, verdict.sender.address)
        accepted = self._bot.inbox.accept(Incoming(f"mail:{key}", message, where=where))
        return "full" if accepted == "refused" else accepted

    def _judged(self, head: Head, key: str, came: Came) -> Verdict:
        """Judge a mail; one that comes again, as its bringer did not hear that it was taken, counts once."""
        with self._bot.sessions() as session:
            known = mails.is_kept(session, key)
        if known:
            return seen(head, came, self._bot.settings)
        return judge(head, came, self._bot.settings, self._bot.sessions)

    def _at(self, head: Head, came: Came) -> str:
        """Return which of our addresses a mail came to: one whose mails are collected, else the bot's own."""
        named = {each.address for name in RECEIVERS for each in head.addresses(name)}
        return next(iter(sorted(self._collects & {*came.to, *named})), self._bot.settings.mail_address)


def _message(head: Head, sender: str) -> Message:
    thread = identifiers(_thread(head))
    identifier = next(iter(identifiers(head.first("message-id"))), "")
    return Message("", NAME, conversation=thread_of(identifier, thread) or None, person=sender)


def where_of(head: Head, key: str) -> dict[str, str]:
    """Return what the answer needs: whom it goes to, and which thread it is in."""
    sender = next(iter(head.addresses("from")))
    return {
        "mail": key,
        "to": sender.address,
        "name": one_line(sender.name, 100),
        "subject": one_line(head.text("subject"), 300),
        "message_id": one_line(head.first("message-id"), 500),
        "references": one_line(_thread(head), 8_000),
    }


def _thread(head: Head) -> str:
    """Return what a mail says of its thread, oldest first."""
    return " ".join([*head.fields.get("references", ()), *head.fields.get("in-reply-to", ())])
