"""E-mail as a channel of the inbox: a mail is read when its turn has come, and answered in its thread."""

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from bot.channels import ChannelError, Delivery, Heard, ReplyStream
from bot.database import mails
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.letters.reading import read_mail
from bot.letters.requests import message_for
from bot.letters.unwrapping import post_of
from bot.messages import Reply
from connectors.mail.composing import compose
from connectors.mail.later import where_told
from connectors.mail.sending import Server, send
from connectors.mail.taking import NAME

if TYPE_CHECKING:
    from bot.database.engine import Sessions

log = logging.getLogger(__name__)


MOST_LETTERS = 20
"""Letters of one mail that are answered."""


class MailChannel:
    """Reads what was kept and sends by SMTP; threads share it. ``clock`` tells the time now, aware of its zone.

    What comes to an address that it ``collects`` is summarised and not answered: the digest brings it.
    """

    name = NAME
    repeats_possible = True
    """A server cannot be asked what it took. Both mails have the same Message-ID then: most programs show one."""

    def __init__(
        self, server: Server, address: str, clock: Callable[[], datetime], collects: Collection[str] = ()
    ) -> None:
        self._server = server
        self._address = address
        self._clock = clock
        self._collects = frozenset(collects)
        self._sessions: Sessions | None = None

    def settle(self, sessions: "Sessions") -> None:
        """Take what reads the mails that were kept."""
        self._sessions = sessions

    def heard(self, delivery: Delivery) -> Heard | None:
        """Return what the mail asks, and the letters that it is about.

        Raises:
            ChannelError: the mail is not kept any more.
        """
        post = post_of(read_mail(self._data(delivery)))
        number = int(delivery.where.get("letter") or 0)
        if not number and self._sessions is not None:
            self._accept_others(delivery, len(post.letters), self._sessions)
        message = message_for(post, delivery.message, number)
        return Heard(replace(message, task="summarize") if self._is_collected(delivery) else message)

    def _accept_others(self, delivery: Delivery, letters: int, sessions: "Sessions") -> None:
        """Have each further letter of a mail that brings several answered in a reply of its own."""
        inbox = Inbox(sessions)
        for number in range(1, min(letters, MOST_LETTERS)):
            where = {**delivery.where, "letter": number}
            inbox.accept(Incoming(f"{delivery.key}:{number + 1}", delivery.message, where=where))

    def _is_collected(self, delivery: Delivery) -> bool:
        return str(delivery.where.get("at") or "") in self._collects

    def _data(self, delivery: Delivery) -> bytes:
        key = str(delivery.where.get("mail") or "")
        data = None
        if self._sessions is not None:
            with self._sessions() as session:
                data = mails.data_of(session, key)
        if data is None:
            raise ChannelError("the mail is not kept any more", permanent=True)
        return data

    def send(self, delivery: Delivery, reply: Reply) -> str:
        """Send the reply to the mail's sender; return its Message-ID."""
        if self._is_collected(delivery):
            self._note(delivery, reply)
            return "collected"
        where = where_told(delivery.where, self._sessions)
        to = str(where["to"])
        mail = compose(reply, where, key=delivery.key, address=self._address, at=self._clock())
        send(self._server, self._address, to, mail)
        self._note(delivery, reply)
        return str(mail["Message-ID"])

    def _note(self, delivery: Delivery, reply: Reply) -> None:
        """Keep the summary, for the digest and the pages."""
        if reply.summary is not None and self._sessions is not None:
            with self._sessions.begin() as session:
                mails.note_summary(session, str(delivery.where.get("mail") or ""), reply.summary)

    def find(self, _delivery: Delivery) -> str | None:
        """Return None: a mail that was sent cannot be asked for."""
        return None

    def open_stream(self, _delivery: Delivery) -> ReplyStream | None:
        """Return None: a mail is sent whole."""
        return None
