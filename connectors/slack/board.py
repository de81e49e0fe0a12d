"""Messages of ours that are no replies and change while something goes on: each is posted once, and known again."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from bot.channels import ChannelError
from bot.phrases import say
from connectors.slack.blocks import FALLBACK
from connectors.slack.calls import RefusedError, said_no
from connectors.slack.context import Context
from connectors.slack.safe_text import escaped, plain
from connectors.slack.sent import Place, Sent, ours
from knowledge.language import Language

log = logging.getLogger(__name__)

BOARD = "dapbot_board"
"""The type of the metadata of these messages; its payload holds their key."""

PART = 3_000
"""Characters in one block of text."""

PAUSE = 2.0
"""Seconds between two words about how far it is: Slack allows about fifty changes of messages in a minute."""

Block = dict[str, Any]


class Board:
    """Puts up such messages, and changes them; ``key`` tells one from all others, whoever posts it and how often."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._sent = Sent(context.client, context.channel.workspace)

    def put(self, place: Place, key: str, text: str, blocks: Sequence[Block] = ()) -> str:
        """Post a message, or change the one with this key that is there already; return its ``ts``.

        Raises:
            ChannelError: Slack does not take it.
        """
        there = self._found(place, key)
        if there is not None:
            self.change(place.channel, there, key, text, blocks)
            return there
        with said_no():
            posted = self._context.client.chat_postMessage(
                channel=place.channel,
                thread_ts=place.thread or None,
                unfurl_links=False,
                unfurl_media=False,
                **_said(key, text, blocks),
            )
        return str(posted["ts"])

    def change(self, channel: str, ts: str, key: str, text: str, blocks: Sequence[Block] = ()) -> None:
        """Have a message say something else; ChannelError where Slack does not take it."""
        with said_no():
            self._context.client.chat_update(channel=channel, ts=ts, **_said(key, text, blocks))

    def whisper(self, channel: str, user: str, text: str, thread: str = "") -> None:
        """Say something that one person alone sees, if they are there; ChannelError where Slack is not reached."""
        try:
            with said_no():
                self._context.client.chat_postEphemeral(
                    channel=channel, user=user, text=escaped(text), thread_ts=thread or None
                )
        except RefusedError as refusal:  # they are not there (any more)
            log.info("somebody could not be told: %s", refusal.code)

    def _found(self, place: Place, key: str) -> str | None:
        own = self._context.own()
        for each in self._sent.messages(place):
            metadata = each.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            if ours(each, own) and metadata.get("event_type") == BOARD and payload.get("key") == key:
                return str(each["ts"])
        return None


class Telling:
    """Says in a message how far it is, not too often; that it cannot be said stops nothing."""

    def __init__(self, change: Callable[[str], object], language: Language, name: str) -> None:
        self._change = change
        self._language = language
        self._name = name
        self._at = time.monotonic()

    def progress(self, phrase: str, done: int, total: int) -> None:
        """Say how much of how much is done."""
        if total > 0 and time.monotonic() - self._at > PAUSE:
            self._at = time.monotonic()
            try:
                self._change(say(phrase, self._language, name=self._name, percent=min(99, 100 * done // total)))
            except ChannelError as error:
                log.info("how far it is could not be said: %s", error)


def _said(key: str, text: str, blocks: Sequence[Block]) -> dict[str, Any]:
    shown = list(blocks) or [section(escaped(text))]
    metadata = {"event_type": BOARD, "event_payload": {"key": key}}
    return {"text": plain(text, FALLBACK) or " ", "blocks": shown, "metadata": metadata}


def section(text: str) -> Block:
    """Return a block of text in Slack's own markup; what people wrote in it must be escaped already."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:PART] or " "}}


def small(text: str) -> Block:
    """Return a block of small text in Slack's own markup."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text[:PART] or " "}]}


def button(action: str, words: str, value: str, style: str = "") -> Block:
    """Return a button; ``style``: "primary", "danger" or "" for a plain one."""
    made: Block = {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": words[:75], "emoji": True},
        "value": value,
    }
    return {**made, "style": style} if style else made


def buttons(*held: Block) -> Block:
    """Return a row of buttons."""
    return {"type": "actions", "elements": list(held)}
