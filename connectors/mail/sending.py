"""Mail going out: one connection for each, and what the server's answers mean to whoever waits for a reply."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from bot.channels import ChannelError

PATIENCE = 30.0
"""Seconds for one step."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, as a setting names it. ``scheme``: smtp, smtps, imap or imaps."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""
    folder: str = ""

    def __repr__(self) -> str:
        """Say where it is, never the password."""
        return f"{self.scheme}://{self.host}:{self.port}"


PORTS = {"smtp": 587, "smtps": 465, "imap": 143, "imaps": 993}


def server_of(url: str) -> Server:
    """Return the server that a setting names."""
    parts = urlsplit(url)
    return Server(
        parts.scheme,
        parts.hostname or "localhost",
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        unquote(parts.path.strip("/")),
    )


@contextmanager
def connected(server: Server, *, patience: float = PATIENCE) -> Iterator[smtplib.SMTP]:
    """Yield a connection that is encrypted wherever the server can, and signed in where there is a name for it.

    Raises:
        ChannelError: the server cannot be reached, or does not let us in.
    """
    context = ssl.create_default_context()
    with _told(server):
        made = (
            smtplib.SMTP_SSL(server.host, server.port, timeout=patience, context=context)
            if server.scheme == "smtps"
            else smtplib.SMTP(server.host, server.port, timeout=patience)
        )
    try:
        with _told(server):
            made.ehlo_or_helo_if_needed()
            if server.scheme == "smtp" and made.has_extn("starttls"):
                made.starttls(context=context if not is_here(server.host) else _trusting())
                made.ehlo()
            if server.user:
                if not (isinstance(made.sock, ssl.SSLSocket) or is_here(server.host)):
                    raise ChannelError(f"{server} does not encrypt: it is not told the password")
                made.login(server.user, server.password)
        yield made
    finally:
        _leave(made)


def send(server: Server, sender: str, to: str, mail: EmailMessage) -> None:
    """Send one mail to one address.

    Raises:
        ChannelError: it was not taken; ``permanent`` where it never will be. A connection that broke after the text was
            sent may have brought it through.
    """
    with connected(server) as connection, _told(server):
        connection.send_message(mail, from_addr=sender, to_addrs=[to])


@contextmanager
def _told(server: Server) -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code = next((code for code, _ in error.recipients.values()), 0)
        raise ChannelError(f"{server} does not take mail for this address: {code}", permanent=code >= 500) from error
    except smtplib.SMTPAuthenticationError as error:
        raise ChannelError(f"{server} does not let us in: {error.smtp_code}") from error
    except smtplib.SMTPResponseException as error:  # of a server that is full, busy or does not want it
        later = error.smtp_code < 500 or not isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused)
        raise ChannelError(f"{server} refused: {error.smtp_code}", permanent=not later) from error
    except UnicodeError as error:
        raise ChannelError(f"{server} takes no such name or password: only ASCII") from error
    except (smtplib.SMTPException, OSError) as error:
        raise ChannelError(f"{server} cannot be reached: {type(error).__name__}") from error


def is_here(host: str) -> bool:
    """Tell whether a host is this machine."""
    return host in ("localhost", "127.0.0.1", "::1")


def _trusting() -> ssl.SSLContext:
    """Return a context for a server on this machine, whose certificate need not name it."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _leave(connection: smtplib.SMTP) -> None:
    try:
        connection.quit()
    except (smtplib.SMTPException, OSError):
        connection.close()
