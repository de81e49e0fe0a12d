"""Socket Mode: the WebSocket that Slack sends envelopes through, made by hand so that it can also die badly."""

import base64
import hashlib
import json
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.servers.slack_web import Handler

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


@dataclass
class Line:
    """One open connection of an app. ``dead``: it neither closes nor answers any more."""

    number: int
    handler: "Handler"
    dead: bool = False
    closed: bool = False
    _sending: threading.Lock = field(default_factory=threading.Lock)

    def send(self, message: dict[str, Any]) -> bool:
        """Send one message; False where the connection is gone."""
        return self.frame(_TEXT, json.dumps(message, ensure_ascii=False).encode())

    def frame(self, kind: int, data: bytes) -> bool:
        """Send one frame."""
        if self.dead:
            return not self.closed  # into the void, as Slack does where it has not noticed yet
        size = len(data)
        if size < 126:
            head = struct.pack("!BB", 0x80 | kind, size)
        elif size < 65536:
            head = struct.pack("!BBH", 0x80 | kind, 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | kind, 127, size)
        try:
            with self._sending:
                self.handler.connection.sendall(head + data)
        except OSError:
            self.closed = True
        return not self.closed

    def close(self, code: int = 1000) -> None:
        """Close politely."""
        self.frame(_CLOSE, struct.pack("!H", code))
        self.cut()

    def cut(self) -> None:
        """Drop the connection without a word."""
        self.closed = True
        try:
            self.handler.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def serve(handler: "Handler") -> None:
    """Take a connection over and read from it until it ends."""
    key = handler.headers.get("Sec-WebSocket-Key", "")
    accepted = base64.b64encode(hashlib.sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest())  # noqa: S324
    handler.close_connection = True
    line = handler.slack.lines.opening(handler)
    answer = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
    handler.connection.sendall(answer + accepted + b"\r\n\r\n")
    handler.slack.lines.greet(line)
    try:
        while _read(handler, line):
            pass
    except OSError:
        line.closed = True
    finally:
        handler.slack.lines.ended(line)


def _read(handler: "Handler", line: Line) -> bool:
    """Take one frame in; False at the end."""
    head = handler.rfile.read(2)
    if len(head) < 2:
        return False
    size = head[1] & 127
    if size >= 126:
        wide = 2 if size == 126 else 8
        size = int.from_bytes(handler.rfile.read(wide), "big")
    mask = handler.rfile.read(4) if head[1] & 128 else b"\0\0\0\0"
    raw = handler.rfile.read(size)
    data = bytes(byte ^ mask[at % 4] for at, byte in enumerate(raw))
    kind = head[0] & 15
    if kind == _PING:
        line.frame(_PONG, data)
    elif kind == _CLOSE:
        line.frame(_CLOSE, data[:2])
        return False
    elif kind == _TEXT and not line.dead:
        handler.slack.lines.acknowledged(json.loads(data))
    return True
