"""`dapbot serve` as a real process on a free port, and a client that sends exactly the bytes it is told to."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.servers import databases

ROOT = Path(__file__).parent.parent.parent
STARTS = 60.0
"""Seconds to wait for the server: on a machine that runs other tests besides."""


@dataclass(frozen=True)
class Answer:
    """A response: ``headers`` by lower-case name."""

    status: int
    headers: dict[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()
    """Each Set-Cookie line."""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def is_page(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/html")

    @property
    def events(self) -> list[tuple[str, Any]]:
        """The events of a text/event-stream."""
        blocks = [b for b in self.text.split("\n\n") if b.startswith("event:")]
        return [(b.split("\n")[0][7:], json.loads(b.split("\n")[1][6:])) for b in blocks]


@dataclass
class Site:
    """A server on this machine."""

    host: str
    port: int
    data: Path
    process: "subprocess.Popen[str] | None" = None
    lines: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def token(self) -> str:
        """The owner's bearer token."""
        return str(json.loads((self.data / "owner.json").read_text("utf-8"))["token"])

    def call(
        self, method: str, path: str, body: bytes | str | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request, with no header that was not asked for but Host and the length."""
        connection = HTTPConnection(self.host, self.port, timeout=60)
        data = body.encode() if isinstance(body, str) else body
        connection.request(method, path, data, dict(headers or {}))
        response = connection.getresponse()
        headers_sent = {k.lower(): v for k, v in response.getheaders()}
        cookies = tuple(response.headers.get_all("set-cookie") or ())
        answer = Answer(response.status, headers_sent, response.read(), cookies)
        connection.close()
        return answer

    def post(self, path: str, line: Any, **headers: str) -> Answer:
        """Send JSON; header names with underscores for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.call("POST", path, json.dumps(line), {"Content-Type": "application/json", **named})

    def upload(self, *files: tuple[str, bytes], **headers: str) -> Answer:
        """Send files as a form does."""
        body, kind = form(files)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.call("POST", "/api/v1/knowledge", body, {"Content-Type": kind, **named})

    def wait_ready(self) -> None:
        until = time.monotonic() + STARTS
        while self.call("GET", "/ready").status != 200:
            assert time.monotonic() < until, self.call("GET", "/ready").text
            time.sleep(0.1)


def form(files: tuple[tuple[str, bytes], ...], **fields: str) -> tuple[bytes, str]:
    """Return the body of a multipart form and its content type."""
    edge = b"----edge7d91"
    parts = [
        b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n' % (edge, k.encode(), v.encode())
        for k, v in fields.items()
    ]
    for name, data in files:
        quoted = name.replace('"', "%22").encode()
        head = b'Content-Disposition: form-data; name="files"; filename="%b"\r\nContent-Type: text/csv' % quoted
        parts.append(b"--%b\r\n%b\r\n\r\n%b\r\n" % (edge, head, data))
    return b"".join(parts) + b"--%b--\r\n" % edge, f"multipart/form-data; boundary={edge.decode()}"


def start(data: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    """Start ``dapbot serve`` without waiting for it."""
    words = ("serve", "--data", str(data), *words)
    command = [sys.executable, "-c", "from connectors.cli import main; main()", *words]
    ours = {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "ko_KR.UTF-8", **databases.environment(words)}
    with (data.parent / "serve.log").open("a") as log:
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=data.parent,
            env={**os.environ, **ours, **environment},
        )


@contextmanager
def serving(data: Path, *words: str, **environment: str) -> Iterator[Site]:
    """Run ``dapbot serve`` on a free port until the block ends; yield it as soon as it says where it is."""
    process = start(data, "--port", "0", *words, **environment)
    site = Site("127.0.0.1", 0, data, process)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            site.lines.append(line.rstrip("\n"))
            if found := re.search(r"http://127\.0\.0\.1:(\d+)", line):
                site.port = int(found[1])
                break
        assert site.port, (data.parent / "serve.log").read_text("utf-8")
        yield site
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        finally:
            process.kill()
            process.wait()
            if process.stdout:
                process.stdout.close()
