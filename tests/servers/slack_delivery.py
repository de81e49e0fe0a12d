"""How Slack hands events out: signed POSTs that are sent again, and envelopes that are sent again."""

import hashlib
import heapq
import hmac
import itertools
import json
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from tests.servers.slack_socket import Line
from tests.servers.slack_workspace import APP, JSON

if TYPE_CHECKING:
    from tests.servers.slack import SlackServer
    from tests.servers.slack_web import Handler


@dataclass
class Try:
    """One sending: when (monotonic seconds), when it was answered, the status (0: not at all), and the answer.

    ``sent`` and ``headers`` are those of the request and of its answer; ``line`` is the number of the connection.
    """

    at: float
    answered: float | None = None
    status: int = 0
    answer: Any = None
    sent: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    line: int = 0


@dataclass
class Delivery:
    """Something that the app is told: an event, a click, a command. ``kind`` is the envelope's type."""

    kind: str
    payload: JSON
    id: str = field(default_factory=lambda: str(uuid4()))
    tries: list[Try] = field(default_factory=list)
    given_up: bool = False

    @property
    def acked(self) -> bool:
        return any(each.status == 200 for each in self.tries)

    @property
    def ack_seconds(self) -> float:
        """Seconds from the first sending to the acknowledgement of any."""
        done = [each.answered for each in self.tries if each.status == 200 and each.answered is not None]
        return min(done) - self.tries[0].at if done else float("inf")

    @property
    def answer(self) -> Any:
        """What the acknowledgement said, such as a view's ``response_action``; None where nothing."""
        return next((each.answer for each in self.tries if each.status == 200), None)


class Deliverer:
    """Sends to ``url``, or through the open lines.

    ``patience``: seconds for an acknowledgement; ``pauses``: seconds before each further try.
    """

    def __init__(self, slack: "SlackServer") -> None:
        self.slack = slack
        self.url = ""
        self.patience = 3.0
        self.pauses: tuple[float, ...] = (0.1, 0.5, 1.0)
        self.all: list[Delivery] = []
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._wake = threading.Condition()
        self._stopped = False
        self._pool = ThreadPoolExecutor(64, "slack-delivery")
        self._clock = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._clock.start()

    def stop(self) -> None:
        with self._wake:
            self._stopped = True
            self._wake.notify_all()
        if self._clock.is_alive():
            self._clock.join()
        self._pool.shutdown(cancel_futures=True)

    def deliver(self, kind: str, payload: JSON) -> Delivery:
        """Hand something to the app, now; return what becomes of it."""
        made = Delivery(kind, payload)
        self.all.append(made)
        if self.url:
            self._pool.submit(self.post, made)
        else:
            self.slack.lines.hand(made)
        return made

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        """Do something after a while, in a thread of its own."""
        with self._wake:
            heapq.heappush(self._due, (time.monotonic() + seconds, next(self._numbers), action))
            self._wake.notify_all()

    def post(self, delivery: Delivery, *, secret: str | None = None, age: float = 0.0, retry: str = "") -> Try:
        """Send one signed POST and note its answer; again later where it was not 200 in time."""
        raw, kind = _body(delivery)
        stamp = str(int(time.time() - age))
        key = (secret or self.slack.signing_secret).encode()
        signature = hmac.new(key, b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
        headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={signature}"}
        headers["User-Agent"] = "Slackbot 1.0 (+https://api.slack.com/robots)"
        if retry:
            headers |= {"X-Slack-Retry-Num": str(len(delivery.tries)), "X-Slack-Retry-Reason": retry}
        done = self.send(delivery, raw, headers)
        if done.status != 200 and delivery.kind == "events_api":
            self._again(delivery, done)
        return done

    def send(self, delivery: Delivery, raw: bytes, headers: dict[str, str]) -> Try:
        """Send a body as it is, with the headers as they are (a replay)."""
        done = Try(time.monotonic(), sent=headers)
        delivery.tries.append(done)
        url = urlsplit(self.url)
        connection = HTTPConnection(url.hostname or "", url.port, timeout=self.patience)
        try:
            connection.request("POST", url.path or "/", raw, headers | {"Connection": "close"})
            response = connection.getresponse()
            done.answer, done.headers = _answer(response.read()), {k.lower(): v for k, v in response.getheaders()}
            done.answered, done.status = time.monotonic(), response.status
        except (OSError, HTTPException) as error:
            done.answer = type(error).__name__
        finally:
            connection.close()
        self.slack.workspace.told()
        return done

    def _again(self, delivery: Delivery, done: Try) -> None:
        number = len(delivery.tries) - 1
        if number >= len(self.pauses) or "x-slack-no-retry" in done.headers or self._stopped:
            delivery.given_up = True
            return
        reason = "http_error" if done.status else {"TimeoutError": "http_timeout"}.get(done.answer, "connection_failed")
        self.later(self.pauses[number], lambda: self.post(delivery, retry=reason) and None)

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._stopped and not (self._due and self._due[0][0] <= time.monotonic()):
                    self._wake.wait(self._due[0][0] - time.monotonic() if self._due else None)
                if self._stopped:
                    return
                action = heapq.heappop(self._due)[2]
                self._pool.submit(action)


def _body(delivery: Delivery) -> tuple[bytes, str]:
    """Return what a POST carries: events as JSON, the rest as forms."""
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload, ensure_ascii=False).encode(), "application/json"
    form = delivery.payload if delivery.kind == "slash_commands" else {"payload": json.dumps(delivery.payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _answer(raw: bytes) -> Any:
    try:
        return json.loads(raw) if raw else None
    except ValueError:
        return raw.decode("utf-8", "replace")


class Lines:
    """The open connections of Socket Mode; an event goes to one of them, in turn."""

    def __init__(self, slack: "SlackServer") -> None:
        self.slack = slack
        self.open: list[Line] = []
        self.unsent: list[Delivery] = []
        """What nobody was connected for; sent to the next who connects."""
        self._numbers = itertools.count(1)
        self._waiting: dict[str, Delivery] = {}
        self._lock = threading.RLock()
        self._turn = 0

    def opening(self, handler: "Handler") -> Line:
        return Line(next(self._numbers), handler)

    def greet(self, line: Line) -> None:
        """Say hello, then what could not be said before."""
        info = {"app_id": APP}
        debug = {"host": "applink-loopback", "approximate_connection_time": 18060}
        line.send(
            {"type": "hello", "num_connections": len(self.open) + 1, "connection_info": info, "debug_info": debug}
        )
        with self._lock:
            self.open.append(line)
            waiting, self.unsent = self.unsent, []
        self.slack.workspace.told()
        for each in waiting:
            self.hand(each)

    def ended(self, line: Line) -> None:
        line.closed = True
        with self._lock:
            if line in self.open:
                self.open.remove(line)
        self.slack.workspace.told()

    def hand(self, delivery: Delivery, reason: str = "") -> None:
        """Send an envelope through one of the lines; again where it is not acknowledged in time."""
        with self._lock:
            alive = [line for line in self.open if not line.closed]
            if not alive:
                self.unsent.append(delivery)
                return
            self._turn += 1
            line = alive[self._turn % len(alive)]
            self._waiting[delivery.id] = delivery
            number = len(delivery.tries)
            delivery.tries.append(Try(time.monotonic(), line=line.number))
        envelope = {"envelope_id": delivery.id, "type": delivery.kind, "payload": delivery.payload}
        envelope["accepts_response_payload"] = delivery.kind != "events_api"
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": reason}
            self.slack.deliverer.later(self.slack.deliverer.patience, lambda: self._unacknowledged(delivery, number))
        if not line.send(envelope) and delivery.kind == "events_api":
            self.slack.deliverer.later(0.01, lambda: self._unacknowledged(delivery, number))

    def _unacknowledged(self, delivery: Delivery, number: int) -> None:
        """Send once more, unless somebody did or it was taken."""
        if delivery.acked or len(delivery.tries) != number + 1:
            return
        if number >= len(self.slack.deliverer.pauses):
            delivery.given_up = True
            return
        self.hand(delivery, "timeout")

    def acknowledged(self, message: JSON) -> None:
        """Note that an envelope was taken, with what came back."""
        delivery = self._waiting.pop(str(message.get("envelope_id")), None)
        if delivery is not None:
            last = delivery.tries[-1]
            last.answered, last.answer, last.status = time.monotonic(), message.get("payload"), 200
        self.slack.workspace.told()

    def disconnect(self, reason: str = "refresh_requested", *, close: bool = True) -> None:
        """Tell every line to come again ("warning", "refresh_requested", "link_disabled"), and close it."""
        for line in list(self.open):
            line.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-loopback"}})
            if close:
                self.slack.deliverer.later(0.2, line.close)

    def close(self) -> None:
        """Close every line politely: an app's own ``close`` waits for up to 3 s where a line is silent."""
        for line in list(self.open):
            line.close()

    def cut(self) -> None:
        """Drop every line without a word."""
        for line in list(self.open):
            line.cut()

    def die(self) -> None:
        """Let every line stay open and never say anything again, nor hear."""
        for line in list(self.open):
            line.dead = True
