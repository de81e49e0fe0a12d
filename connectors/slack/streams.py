"""A reply that grows in Slack while it is written."""

import threading
import time
from collections.abc import Callable
from typing import Any

from slack_sdk import WebClient

from bot.channels import ChannelError
from bot.messages import Event, Reply
from connectors.slack.blocks import MOST, safe
from connectors.slack.calls import said_no
from connectors.slack.safe_text import neutral

BUFFER = 256
"""Characters that are gathered before they are sent on: about a hundred appends are allowed in a minute, for all."""

PAUSE = 1.0
"""Seconds after which what has been gathered is sent on, though it is less."""

Finish = Callable[[Reply, bool], dict[str, Any]]
"""Puts the whole reply in its place, or returns the arguments with which the stream is stopped."""


class Allowance:
    """How often something may be begun within a minute; threads share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._begun: list[float] = []
        self._lock = threading.Lock()

    def taken(self) -> bool:
        """Take one, and tell whether there was one."""
        with self._lock:
            now = time.monotonic()
            self._begun = [at for at in self._begun if now - at < 60]
            if len(self._begun) >= self._most:
                return False
            self._begun.append(now)
            return True


class SlackStream:
    """A message that was begun; the first sentence is shown at once, later ones a few at a time."""

    def __init__(self, client: WebClient, reference: str, finish: Finish) -> None:
        self.reference = reference
        self._client = client
        self._channel, _, self._ts = reference.partition(":")
        self._finish = finish
        self._known = ""
        self._shown = ""
        self._gathered = ""
        self._sent_at = 0.0
        self._broken = False

    def show(self, event: Event) -> None:
        """Show one more sentence, or gather it."""
        if event.kind == "sources":
            self._known = "\n".join(source.quote for source in event.sources)
        if event.kind != "text" or self._broken:
            return
        self._gathered += neutral(event.text, self._known)
        due = not self._shown or len(self._gathered) >= BUFFER or time.monotonic() - self._sent_at >= PAUSE
        if due and len(self._shown) + len(self._gathered) <= MOST:
            self._append(self._gathered)

    def finish(self, reply: Reply) -> None:
        """Put the whole reply in its place."""
        whole = safe(reply)
        rest = whole[len(self._shown) :] if whole.startswith(self._shown) else None
        if self._broken or rest is None or len(whole) > MOST:
            self._stop_quietly()
            self._finish(reply, True)
            return
        said = self._finish(reply, False)
        try:
            if rest.strip():
                self._append(rest)
            with said_no():
                self._client.chat_stopStream(channel=self._channel, ts=self._ts, **said)
        except ChannelError:  # it expired, or was stopped before: what counts is that the reply stands there
            self._finish(reply, True)

    def _append(self, text: str) -> None:
        try:
            with said_no():
                self._client.chat_appendStream(channel=self._channel, ts=self._ts, markdown_text=text)
        except ChannelError:
            self._broken = True
            raise
        self._shown += text
        self._gathered = ""
        self._sent_at = time.monotonic()

    def _stop_quietly(self) -> None:
        try:
            with said_no():
                self._client.chat_stopStream(channel=self._channel, ts=self._ts)
        except ChannelError:
            return
