"""A loopback IMAP server with one mailbox: what imap-tools needs, IDLE with news, and connections that are cut.

with ImapServer() as server:
    server.arrives(b"From: ...")            # a client in IDLE is told at once
    server.seen, server.flags               # what clients did
"""

import re
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

USER, PASSWORD = "bot@company.com", "pass word/@1"


class ImapServer(socketserver.ThreadingTCPServer):
    """``idles``: whether it knows IDLE. ``validity`` changes when a mailbox was made anew: uids mean others then."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, idles: bool = True, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Connection)
        self.idles = idles
        self.validity = 7
        self.refuses = False
        self.mails: dict[int, bytes] = {}
        self.flags: dict[int, set[str]] = {}
        self.commands: list[str] = []
        self.lock = threading.Condition()
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        return f"imap://bot%40company.com:pass%20word%2F%401@127.0.0.1:{self.port}/INBOX"

    @property
    def seen(self) -> list[int]:
        return sorted(uid for uid, flags in self.flags.items() if "\\Seen" in flags)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.cut()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def arrives(self, data: bytes) -> int:
        """Put a mail into the mailbox, and tell who is waiting."""
        with self.lock:
            uid = max(self.mails, default=0) + 1
            self.mails[uid] = data
            self.flags[uid] = set()
            self.lock.notify_all()
        return uid

    def cut(self) -> None:
        """Break all connections, without a word."""
        with self.lock:
            for each in list(self._open):
                try:
                    each.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
            self.lock.notify_all()

    def wait_for(self, holds: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait until something is true."""
        until = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < until, "it did not come true"
            time.sleep(0.01)

    def opened(self, connection: socket.socket, *, now: bool) -> None:
        with self.lock:
            (self._open.add if now else self._open.discard)(connection)


class _Connection(socketserver.StreamRequestHandler):
    server: ImapServer
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self.server.opened(self.connection, now=True)
        try:
            self._say("* OK loopback ready")
            while line := self.rfile.readline():
                text = self._whole(line)
                tag, _, command = text.partition(" ")
                self.server.commands.append(re.sub(r"(LOGIN \S+).*", r"\1", command, flags=re.DOTALL))
                if not self._answer(tag, command):
                    return
        except OSError:
            return
        finally:
            self.server.opened(self.connection, now=False)

    def _whole(self, line: bytes) -> str:
        """Return a command with its literals."""
        while found := re.search(rb"\{(\d+)\}\r\n$", line):
            self._say("+ go on")
            line = line[: found.start()] + self.rfile.read(int(found[1])) + self.rfile.readline()
        return line.decode("utf-8").rstrip("\r\n")

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
        self.wfile.flush()

    def _answer(self, tag: str, command: str) -> bool:
        name = command.upper().removeprefix("UID ").split(" ")[0]
        if name == "LOGIN":
            good = USER in command and PASSWORD in command and not self.server.refuses
            self._say(f"{tag} OK in" if good else f"{tag} NO [AUTHENTICATIONFAILED] LOGIN failed")
        elif name == "CAPABILITY":
            self._say(f"* CAPABILITY IMAP4rev1{' IDLE' if self.server.idles else ''}", f"{tag} OK done")
        elif name in ("SELECT", "EXAMINE"):
            self._say(f"* {len(self.server.mails)} EXISTS", f"* OK [UIDVALIDITY {self.server.validity}] valid")
            self._say(f"{tag} OK [READ-WRITE] done")
        elif name == "SEARCH":
            found = " ".join(map(str, self._found(command)))
            self._say(f"* SEARCH {found}".rstrip(), f"{tag} OK done")
        elif name == "FETCH":
            self._fetch(tag, command)
        elif name == "STORE":
            uid, flags = int(command.split(" ")[2]), re.findall(r"\\\w+", command)
            self.server.flags[uid].update(flags)
            self._say(f"{tag} OK done")
        elif name == "IDLE":
            return self._idle(tag)
        elif name == "LOGOUT":
            self._say("* BYE", f"{tag} OK done")
            return False
        else:
            self._say(f"{tag} OK done")
        return True

    def _found(self, command: str) -> list[int]:
        uids = sorted(self.server.mails)
        if (since := re.search(r"UID (\d+):\*", command)) and uids:
            return [uid for uid in uids if uid >= int(since[1])] or uids[-1:]
        return [uid for uid in uids if "\\Seen" not in self.server.flags[uid]]

    def _fetch(self, tag: str, command: str) -> None:
        uid = int(command.split(" ")[2])
        data = self.server.mails.get(uid)
        if data is None:
            self._say(f"{tag} OK nothing")
        elif "RFC822.SIZE" in command:
            self._say(f"* {uid} FETCH (UID {uid} RFC822.SIZE {len(data)})", f"{tag} OK done")
        else:
            self.wfile.write(f"* {uid} FETCH (UID {uid} BODY[] {{{len(data)}}}\r\n".encode() + data + b")\r\n")
            self._say(f"{tag} OK done")

    def _idle(self, tag: str) -> bool:
        self._say("+ idling")
        known = len(self.server.mails)
        self.connection.settimeout(0.05)
        try:
            while True:
                if len(self.server.mails) != known:
                    known = len(self.server.mails)
                    self._say(f"* {known} EXISTS")
                try:
                    if not (said := self.connection.recv(100)):
                        return False
                except TimeoutError:
                    continue
                if b"DONE" in said.upper():
                    break
        finally:
            self.connection.settimeout(None)
        self._say(f"{tag} OK done")
        return True
