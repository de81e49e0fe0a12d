"""The mail channel as the settings have it, and what listens for mail."""

import hashlib
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.wiring import Bot
    from connectors.mail.channel import MailChannel


class Listening(Protocol):
    """What takes mail in; ``state`` is ready, starting, or failed: why."""

    @property
    def state(self) -> str:
        """How it stands."""
        ...


def require_both_ways(settings: "Settings") -> None:
    """Raise SettingsError where there is an address, but nothing that brings mail, or nothing to answer by."""
    if settings.smtp_url is None:
        raise SettingsError("mail.no_way_out")
    if settings.imap_url is None and not settings.smtp_listen:
        raise SettingsError("mail.no_way_in")


def mail_channel(settings: "Settings") -> "MailChannel | None":
    """Return the channel, None where no address is set.

    Raises:
        SettingsError: there is an address, but nothing that brings mail, or nothing to answer by.
    """
    if not settings.mail_address:
        return None
    require_both_ways(settings)
    assert settings.smtp_url is not None  # noqa: S101 - tells the type checker
    from bot.digests import sources
    from connectors.mail.channel import MailChannel
    from connectors.mail.sending import server_of

    zone = ZoneInfo(settings.timezone) if settings.timezone else None
    server = server_of(settings.smtp_url.get_secret_value())
    return MailChannel(
        server, settings.mail_address, lambda: datetime.now(zone).astimezone(), sources(settings.mail_digest)
    )


@contextmanager
def listening_to_mail(bot: "Bot") -> "Iterator[Mapping[str, Listening]]":
    """Take mail in while the block runs; yield what does it, each with a ``state``, by its name.

    Raises:
        SettingsError: the address to listen on, or the certificate, cannot be used.
    """
    if "mail" not in bot.channels:
        yield {}
        return
    from connectors.mail.imap import Mailbox
    from connectors.mail.sending import server_of
    from connectors.mail.smtp_in import smtp_in
    from connectors.mail.taking import Taking

    taking = Taking(bot)
    parts: dict[str, Listening] = {}
    with ExitStack() as undo:
        if bot.settings.smtp_listen:
            listener = smtp_in(bot.settings, taking)
            listener.begin()
            undo.callback(listener.end)
            parts["mail_smtp"] = listener
        if bot.settings.imap_url is not None:
            server = server_of(bot.settings.imap_url.get_secret_value())
            mailbox = Mailbox(server, taking, bot.sessions, name=_name(bot.settings)).start()
            undo.callback(mailbox.stop)
            parts["mailbox"] = mailbox
        yield parts


def _name(settings: "Settings") -> str:
    """Return what tells this process from others over the same database, and is the same after a restart."""
    where = f"{socket.gethostname()}:{settings.data.absolute()}"
    return hashlib.sha256(where.encode("utf-8", "replace")).hexdigest()[:16]
