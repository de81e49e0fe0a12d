"""What stands in Slack already: threads, direct messages, and replies of ours, known again by their metadata."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient

from bot.channels import Earlier
from connectors.slack.calls import reading, said_no
from connectors.slack.posted import readable, seconds
from connectors.slack.workspace import Workspace

REPLY = "dapbot_reply"
"""The type of the metadata of our replies; its payload holds the delivery's key, the page and the answer."""

LOOKED_AT = 200
"""Messages that are read at a time; a longer thread is read to its end."""

TURNS = 12
"""Messages of a thread that a question is understood by."""

CLOCKS_APART = 600.0
"""Seconds by which Slack's clock and ours may differ, where messages are looked for from a moment of ours on."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply goes: a thread, or a channel itself (``thread`` is ""). ``since``: replies of ours are later."""

    channel: str
    thread: str
    since: str


class Sent:
    """Reads what was posted; threads share it."""

    def __init__(self, client: WebClient, workspace: Workspace) -> None:
        self._reading = reading(client)
        self._workspace = workspace

    def messages(self, place: Place, *, all_of_it: bool = False) -> Iterator[dict[str, Any]]:
        """Yield the messages of a place with their metadata; of a thread oldest first, of a channel newest first.

        ``all_of_it``: also those before ``place.since``.
        """
        cursor: str | None = None
        since = None if all_of_it else place.since or None
        beside: dict[str, Any] = {"channel": place.channel, "oldest": since, "inclusive": True, "limit": LOOKED_AT}
        while True:
            beside |= {"cursor": cursor, "include_all_metadata": True}
            with said_no():
                if place.thread:
                    found = self._reading.conversations_replies(ts=place.thread, **beside)
                else:
                    found = self._reading.conversations_history(**beside)
            yield from found.get("messages") or ()
            cursor = (found.get("response_metadata") or {}).get("next_cursor") or None
            if not cursor:
                return

    def thread(self, where: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the messages of the thread that a message stands in, oldest first."""
        return list(self.messages(Place(str(where["channel"]), str(where["thread"]), ""), all_of_it=True))

    def earlier(self, said: Iterable[Mapping[str, Any]], ts: str, name: Callable[[str], str]) -> list[Earlier]:
        """Return of a thread what was said before a message: the last ``TURNS`` by people and of ours.

        ``name`` tells people's names.
        """
        found, own = [], self._workspace.identity().user
        for each in said:
            if seconds(str(each.get("ts"))) >= seconds(ts):
                break
            if ours(each, own):
                text = readable(str(each.get("text") or ""), own=own, name=name)
                found.append(Earlier("bot", text, str(payload_of(each).get("answer") or "")))
            elif not (each.get("bot_id") or each.get("subtype") in ("channel_join", "group_join")):
                found.append(Earlier("person", readable(str(each.get("text") or ""), own=own, name=name)))
        return found[-TURNS:]

    def replies(self, place: Place, key: str, *, name: str = "key", unfinished: bool = False) -> dict[int, str]:
        """Return the pages of a reply that are there, by number, as ``channel:ts``.

        ``name`` is what tells it in the metadata; ``unfinished``: one of ours without any metadata, that was begun in
        this thread since, is taken for its first page.
        """
        own = self._workspace.identity().user
        found: dict[int, str] = {}
        begun = ""
        for each in self.messages(place):
            if not ours(each, own) or seconds(str(each.get("ts"))) <= seconds(place.since):
                continue
            payload, at = payload_of(each), f"{place.channel}:{each['ts']}"
            if payload.get(name) == key:
                found.setdefault(int(payload.get("page") or 0), at)
            elif place.thread and not each.get("metadata"):
                begun = begun or at
        if unfinished and begun and 0 not in found:
            found[0] = begun
        return found

    def message(self, channel: str, ts: str) -> dict[str, Any] | None:
        """Return one message of a channel itself, with its metadata; None where it is gone."""
        with said_no():
            found = self._reading.conversations_history(
                channel=channel, oldest=ts, latest=ts, inclusive=True, limit=1, include_all_metadata=True
            )
        return next((each for each in found.get("messages") or () if each.get("ts") == ts), None)


def ours(message: Mapping[str, Any], own: str) -> bool:
    """Tell whether a message is the bot's; ``own`` is its user."""
    return bool(own) and message.get("user") == own


def payload_of(message: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the payload of a reply of ours, empty where it is none."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") if metadata.get("event_type") == REPLY else None
    return payload if isinstance(payload, Mapping) else {}
