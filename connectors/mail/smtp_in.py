"""Mail comes in by SMTP: refused where it is not for the bot, said to be taken only when it is kept."""

import asyncio
import logging
import ssl
import threading
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.digests import sources
from bot.errors import SettingsError
from connectors.mail.came import Came
from connectors.mail.taking import Taking

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

LARGEST = 25 * 1024 * 1024
"""Bytes of one mail."""

AT_ONCE = 50
"""Connections; who comes then is asked to come again."""

SILENT = 60.0
"""Seconds in which a client must say something."""

LONGEST = 600.0
"""Seconds of one connection."""

STARTS = 5.0
"""Seconds to begin to listen, and to end."""

TAKEN = "250 2.0.0 OK"
LATER = "451 4.3.0 Not taken, please try again"
FULL = "452 4.3.1 Too much waits, please try again"


class _Handler:
    """Answers the commands; aiosmtpd calls it by these names."""

    def __init__(self, taking: Taking, address: str, collects: Collection[str]) -> None:
        self._taking = taking
        self._collects = frozenset(collects)
        self._user, _, self._domain = address.partition("@")

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        user, _, domain = address.lower().rpartition("@")
        ours = (user.partition("+")[0], domain) == (self._user, self._domain)
        if not ours and address.lower() not in self._collects:
            return "550 5.1.1 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        peer = session.peer[0] if isinstance(session.peer, tuple) else ""
        to = tuple(str(each).lower() for each in envelope.rcpt_tos)
        came = Came(
            "smtp", str(peer), str(envelope.mail_from or "").strip("<>"), to
        )  # the library says "<>" for nobody
        try:
            taken = await asyncio.get_running_loop().run_in_executor(None, self._taking.take, content, came)
        except Exception:  # whatever happened, it is not kept: the sender has it still, and brings it again
            log.exception("a mail could not be taken")
            return LATER
        return FULL if taken == "full" else TAKEN


class _Server(SMTP):
    """One connection; there are not more at once than can be served, and none holds on for ever."""

    def __init__(self, *args: Any, open_: set["_Server"], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._open = open_

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - tells the type checker
        if self not in self._open and len(self._open) >= AT_ONCE:
            transport.write(b"421 4.7.0 Too many connections, please try again\r\n")
            transport.close()
            return
        self._open.add(self)
        self.loop.call_later(LONGEST, transport.abort)

    def connection_lost(self, error: Exception | None) -> None:
        self._open.discard(self)
        super().connection_lost(error)


class SmtpIn:
    """Listens on a host and port, in a thread with a loop of its own; ``state`` is ready while it does."""

    def __init__(
        self,
        taking: Taking,
        address: str,
        host: str,
        port: int,
        *,
        certificate: Path | None = None,
        collects: Collection[str] = (),
    ) -> None:
        self._handler = _Handler(taking, address, collects)
        self._host, self._port = host, port
        self._certificate = _context(certificate) if certificate else None
        self._connections: set[_Server] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="smtp-in", daemon=True)
        self._server: asyncio.Server | None = None
        self.state = "starting"

    def begin(self) -> "SmtpIn":
        """Listen.

        Raises:
            SettingsError: the address cannot be used.
        """
        self._thread.start()
        made = self._loop.create_server(self._speaker, self._host, self._port, backlog=200)
        try:
            self._server = asyncio.run_coroutine_threadsafe(made, self._loop).result(STARTS)
        except (OSError, TimeoutError) as error:
            self.end()
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise SettingsError("serve.failed", host=f"{self._host}:{self._port}", reason=reason) from error
        self.state = "ready"
        return self

    def end(self) -> None:
        """Listen no more; what was taken is kept, and who is in the middle of a mail brings it again."""
        if self._thread.is_alive():
            with suppress(TimeoutError):
                asyncio.run_coroutine_threadsafe(self._closed(), self._loop).result(STARTS)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(STARTS)
        if not self._thread.is_alive():
            self._loop.close()

    async def _closed(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    @property
    def listening(self) -> int:
        """The port it listens on."""
        assert self._server is not None  # noqa: S101 - it was begun
        return int(self._server.sockets[0].getsockname()[1])

    def _speaker(self) -> SMTP:
        """Return what speaks on a new connection."""
        return _Server(
            self._handler,
            open_=self._connections,
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            hostname="dapbot",
            ident="Dapbot",
            timeout=SILENT,
            tls_context=self._certificate,
            loop=self._loop,
        )


def smtp_in(settings: "Settings", taking: Taking) -> SmtpIn:
    """Return the listener that the settings ask for.

    Raises:
        SettingsError: the certificate cannot be read.
    """
    host, _, port = settings.smtp_listen.rpartition(":")
    host = host.strip("[]") or "0.0.0.0"  # noqa: S104 - a port alone is for whoever reaches this machine
    collects = sources(settings.mail_digest)
    return SmtpIn(
        taking,
        settings.mail_address,
        host,
        int(port),
        certificate=settings.smtp_certificate,
        collects=collects,
    )


def _context(certificate: Path) -> ssl.SSLContext:
    """Return the certificate for STARTTLS: a file that holds it with its key, or a folder as certbot makes it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        if certificate.is_dir():
            context.load_cert_chain(certificate / "fullchain.pem", certificate / "privkey.pem")
        else:
            context.load_cert_chain(certificate)
    except (OSError, ssl.SSLError) as error:
        reason = error.strerror or type(error).__name__
        raise SettingsError("mail.certificate", path=certificate, reason=reason) from error
    return context
