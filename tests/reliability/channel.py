"""A channel whose other side is ``receiver.py``: what Slack's and mail's must do, over a server that can be judged."""

import http.client
import json
import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from bot.channels import ChannelError, Delivery, ReplyStream
from bot.faults import fault
from bot.messages import Event, Reply

PATIENCE = 20.0
NOWHERE = fault("")


class ReceiverChannel:
    """Sends to a receiver. ``delay`` is how long a reply is on its way before it is let out: a slow line.

    ``repeats_possible``: it is not asked, and says so. ``forgetful``: it says that it can be asked and finds nothing;
    that is a bug, and the harness must see what comes of it. ``moment`` is called within a send before anything is out;
    a send for the message ``poison`` ends the process.
    """

    name = "receiver"

    def __init__(
        self,
        address: str,
        *,
        repeats_possible: bool = False,
        forgetful: bool = False,
        streams: bool = False,
        delay: float = 0.0,
        lag: float = 0.0,
        reached: Callable[[str], None] = NOWHERE,
        moment: Callable[[], None] | None = None,
        poison: int = -1,
    ) -> None:
        self.repeats_possible = repeats_possible
        self._forgetful = forgetful
        self._streams = streams
        self._delay = delay
        self._lag = lag
        self._reached = reached
        self._line = Line(address)
        self._moment = moment or (lambda: None)
        self._poison = poison

    def send(self, delivery: Delivery, reply: Reply) -> str:
        """Post the reply, or put it in the place of the one that was begun."""
        self._moment()
        if delivery.where["n"] == self._poison:
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(self._delay)
        said = {**judged(delivery), "key": delivery.key, "text": reply.text}
        if delivery.reference is None:
            return str(self._line.ask("POST", "/posts", said, self._in_send)["reference"])
        path = f"/posts/{delivery.reference}"
        return str(self._line.ask("PUT", path, {**said, "finished": True}, self._in_send)["reference"])

    def find(self, delivery: Delivery) -> str | None:
        """Ask for a message with this key, or for one of ours that was begun here since and has none yet."""
        if self._forgetful:
            return None
        time.sleep(self._lag)  # what was sent a moment ago is not found yet
        asked = {
            "key": delivery.key,
            "conversation": delivery.message.conversation,
            "after": delivery.sent_after,
        }
        found = self._line.ask("GET", f"/posts?{urlencode(asked)}")
        keyed = [post["reference"] for post in found if post["key"] == delivery.key]
        return str((keyed or [post["reference"] for post in found])[0]) if found else None

    def open_stream(self, delivery: Delivery) -> ReplyStream | None:
        """Post an empty message, which has no key yet."""
        if not self._streams:
            return None
        begun = self._line.ask("POST", "/streams", judged(delivery), self._in_send)
        return ReceiverStream(self._line, delivery, str(begun["reference"]))

    def _in_send(self) -> None:
        self._reached("in_send")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._line.close()


class ReceiverStream:
    """A message of the receiver that grows."""

    def __init__(self, line: "Line", delivery: Delivery, reference: str) -> None:
        self.reference = reference
        self._line = line
        self._delivery = delivery
        self._text = ""

    def show(self, event: Event) -> None:
        """Add the text of the event."""
        if event.text and event.kind == "text":
            self._text += event.text
            self._put(finished=False, text=self._text)

    def finish(self, reply: Reply) -> None:
        """Put the whole text in its place, with the key."""
        self._put(finished=True, text=reply.text, key=self._delivery.key)

    def _put(self, **said: Any) -> None:
        self._line.ask("PUT", f"/posts/{self.reference}", {**judged(self._delivery), **said})


class Line:
    """One connection a thread, kept open."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "127.0.0.1", parts.port or 80
        self._kept = threading.local()
        self._all: list[http.client.HTTPConnection] = []

    def close(self) -> None:
        """Close the connections of all threads."""
        for connection in self._all:
            connection.close()

    def ask(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        on_the_way: Callable[[], None] = lambda: None,
    ) -> Any:
        """Return what the receiver answers; ``on_the_way`` is called when it has the request, before its word is read.

        ChannelError where it refuses, breaks off or cannot be reached.
        """
        connection: http.client.HTTPConnection | None = getattr(self._kept, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection(self._host, self._port, timeout=PATIENCE)
            self._kept.connection = connection
            self._all.append(connection)
        try:
            data = None if body is None else json.dumps(body).encode()
            connection.request(method, path, data)
            on_the_way()
            response = connection.getresponse()
            status, said = response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            self._kept.connection = None
            raise ChannelError(f"the receiver cannot be reached: {type(error).__name__}") from error
        if status == http.client.OK:
            return json.loads(said)
        wait = response.headers.get("Retry-After")
        permanent = status // 100 == 4 and status not in (408, 429)
        raise ChannelError(
            f"the receiver answered {status}", retry_after=float(wait) if wait else None, permanent=permanent
        )


def judged(delivery: Delivery) -> dict[str, Any]:
    """Return what every request says for the judge alone: which message it answers."""
    return {"conversation": delivery.message.conversation, "n": delivery.where["n"]}
