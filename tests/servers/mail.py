"""A loopback mail server that receives what the bot sends, with faults: refusals and cut connections at each step.

with MailServer() as server:
    server.faults["RCPT"].append("450 4.2.1 later")    # or "cut"
    server.wait_for(lambda: server.mails)
    server.parsed[0]["Subject"]
"""

import asyncio
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType
from typing import Any, Self, cast

from aiosmtpd.smtp import SMTP, Envelope, Session


class MailServer:
    """Takes everything; ``faults`` are what the next commands of a name (EHLO, MAIL, RCPT, DATA, END) are told instead:
    a line of SMTP, or "cut". ``END`` is cut after the text was kept. It can be stopped and begun again."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.faults: defaultdict[str, deque[str]] = defaultdict(deque)
        self.seconds = 0.0
        self.port = 0
        self.start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        made = self._loop.create_server(self._speaker, "127.0.0.1", self.port)
        self._server = asyncio.run_coroutine_threadsafe(made, self._loop).result(10)
        self.port = int(self._server.sockets[0].getsockname()[1])

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._closed(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _closed(self) -> None:
        self._server.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

    def _speaker(self) -> SMTP:
        return SMTP(_Taking(self), enable_SMTPUTF8=True, loop=self._loop, timeout=30, hostname="loopback")

    @property
    def parsed(self) -> list[EmailMessage]:
        return [cast(EmailMessage, message_from_bytes(data, policy=default)) for _, _, data in self.mails]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def wait_for(self, holds: Callable[[], Any], seconds: float = 20.0) -> Any:
        """Wait until something true comes out of ``holds``, and return it."""
        until = time.monotonic() + seconds
        while not (found := holds()):
            assert time.monotonic() < until, "it did not come true"
            time.sleep(0.01)
        return found


class _Taking:
    def __init__(self, server: MailServer) -> None:
        self._server = server

    def _fault(self, step: str, smtp: SMTP) -> str | None:
        fault = self._server.faults[step].popleft() if self._server.faults[step] else None
        if fault == "cut":
            assert smtp.transport is not None
            smtp.transport.abort()
            return "421 cut"
        return fault

    async def handle_EHLO(  # noqa: N802 - the library's names
        self, smtp: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        fault = self._fault("EHLO", smtp)
        return [fault] if fault else responses

    async def handle_MAIL(  # noqa: N802
        self, smtp: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return self._fault("MAIL", smtp) or "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, smtp: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if fault := self._fault("RCPT", smtp):
            return fault
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, smtp: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self._server.seconds)
        if fault := self._fault("DATA", smtp):
            return fault
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self._server.mails.append((str(envelope.mail_from), list(envelope.rcpt_tos), content))
        return self._fault("END", smtp) or "250 OK"
