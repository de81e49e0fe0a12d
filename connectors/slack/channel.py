"""Slack as a channel of the inbox: replies go out in the thread of the question, each exactly once."""

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient

from bot.channels import ChannelError, Delivery, Earlier, Heard, ReplyStream
from bot.database import places
from bot.language import reply_language
from bot.messages import Message, Reply
from bot.phrases import say
from connectors.slack import listening, private
from connectors.slack.blocks import Page, foot, pages
from connectors.slack.calls import RefusedError, said_no
from connectors.slack.choices import Choices, as_set, choices_from
from connectors.slack.posted import readable, seconds
from connectors.slack.sent import CLOCKS_APART, REPLY, Place, Sent, ours, payload_of
from connectors.slack.streams import SlackStream
from connectors.slack.workspace import Workspace
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.database.engine import Sessions

log = logging.getLogger(__name__)

NAME = "slack"

TURNS = 12

STREAMS_PER_MINUTE = 15
"""Slack allows about 20 streams to be begun in a minute; who comes later is answered by a whole message."""

TOO_LONG = frozenset(
    {"msg_blocks_too_long", "msg_too_long", "invalid_blocks", "invalid_blocks_format", "markdown_text_too_long"}
)


class SlackChannel:
    """Sends to Slack and asks it what was sent; threads share it.

    ``streams``: replies are shown while they are written, as where a language model writes them.
    """

    name = NAME
    repeats_possible = False

    def __init__(self, client: WebClient, workspace: Workspace, *, streams: bool = False) -> None:
        self.client = client
        self.workspace = workspace
        self.sent = Sent(client, workspace)
        self.streams = streams
        self._sessions: Sessions | None = None
        self._begun: list[float] = []
        self._lock = threading.Lock()

    # --- before the answer

    def settle(self, sessions: "Sessions") -> None:
        """Take what reads the settings of channels; before the first message is answered."""
        self._sessions = sessions

    def choices(self, channel: str) -> Choices:
        """Return what admins have set for a channel."""
        if self._sessions is None:
            raise ChannelError("what is set for the channel cannot be read yet")
        with self._sessions() as session:
            return choices_from(places.chosen(session, NAME, channel))

    def heard(self, delivery: Delivery) -> Heard | None:
        """Return the message with people's names, the asker's groups and the thread; None: it is not for the bot."""
        where, message = delivery.where, delivery.message
        asker = self.workspace.colleague(str(message.person or ""))
        if asker.bot:
            return None
        said = self._thread(where) if where.get("threaded") else None
        if said is not None and where.get("asked") == listening.FOLLOWED:
            if not self._for_us(said, delivery):
                return None
            self.show_at_work(where, message)
        text = readable(message.text, own=self.workspace.identity().user, name=self._name)
        audience = frozenset[str]()
        if private.alone(where):  # elsewhere others read along
            audience = self.workspace.groups_of(str(message.person))
        message = as_set(replace(message, text=text, audience=audience), self.choices(str(where["channel"])))
        if said is not None:
            return Heard(self._at_home(where, message), self._earlier(said, str(where["ts"])))
        return Heard(self._at_home(where, message), () if where.get("kind") != "im" and where.get("private") else None)

    def _at_home(self, where: Mapping[str, Any], message: Message) -> Message:
        """Return a message whose answer is private as one of the direct message: nobody else goes on from it."""
        if not private.is_private(where):
            return message
        return replace(message, conversation=self.workspace.direct(str(message.person)))

    def _for_us(self, said: list[dict[str, Any]], delivery: Delivery) -> bool:
        own, ts = self.workspace.identity().user, str(delivery.where["ts"])
        return listening.for_us(said, own, ts, str(delivery.message.person))

    def _name(self, user: str) -> str:
        try:
            return self.workspace.colleague(user).name
        except ChannelError:
            return ""

    def _thread(self, where: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the messages of the thread, oldest first."""
        place = Place(str(where["channel"]), str(where["thread"]), "")
        return list(self.sent.messages(place, all_of_it=True))

    def _earlier(self, said: list[dict[str, Any]], ts: str) -> list[Earlier]:
        """Return what was said before the message: its last ``TURNS`` messages by people and of ours."""
        found = []
        for each in said:
            if seconds(str(each.get("ts"))) >= seconds(ts):
                break
            own = ours(each, self.workspace.identity().user)
            if own or not (each.get("bot_id") or each.get("subtype") in ("channel_join", "group_join")):
                text = readable(str(each.get("text") or ""), own=self.workspace.identity().user, name=self._name)
                answer = str(payload_of(each).get("answer") or "") if own else ""
                found.append(Earlier("bot" if own else "person", text, answer))
        return found[-TURNS:]

    # --- the reply

    def send(self, delivery: Delivery, reply: Reply) -> str:
        """Post the reply, or put it in the place of what was begun, or was said before the question was changed."""
        shown = pages(reply, self._above(delivery, reply))
        place = delivery.reference or self._replaced(delivery)
        if place is not None:
            channel, ts = _place(place)
            with said_no():
                self.client.chat_update(channel=channel, ts=ts, **_said(shown[0], self._metadata(delivery, reply, 0)))
            self._post_rest(delivery, reply, shown)
            return place
        if len(shown) > 1:
            self._post_rest(delivery, reply, shown, begin=0)
            return self._found(delivery).get(0, "")
        return self._post(delivery, reply, shown[0], 0)

    def _post(self, delivery: Delivery, reply: Reply, page: Page, number: int) -> str:
        said = _said(page, self._metadata(delivery, reply, number))
        try:
            return self._posted(delivery, said)
        except RefusedError as refusal:
            if refusal.code not in TOO_LONG:
                raise
            log.warning("Slack did not take the form of a reply (%s): it is sent as plain text", refusal.code)
            return self._posted(delivery, {**said, "blocks": None})

    def _posted(self, delivery: Delivery, said: dict[str, Any]) -> str:
        place = self._place(delivery)
        with said_no():
            posted = self.client.chat_postMessage(
                channel=place.channel, thread_ts=place.thread or None, unfurl_links=False, unfurl_media=False, **said
            )
        return f"{posted['channel']}:{posted['ts']}"

    def _post_rest(self, delivery: Delivery, reply: Reply, shown: list[Page], begin: int = 1) -> None:
        """Post the further pages of a long reply that are not there yet."""
        if len(shown) <= begin:
            return
        there = self._found(delivery)
        for number, page in enumerate(shown[begin:], begin):
            if number not in there:
                self._post(delivery, reply, page, number)

    def _metadata(self, delivery: Delivery, reply: Reply, page: int) -> dict[str, Any]:
        asked = str(delivery.where.get("before") or delivery.key)
        payload = {"key": delivery.key, "asked": asked, "page": page, "answer": reply.answer_id}
        return {"event_type": REPLY, "event_payload": payload}

    # --- asking what was sent

    def find(self, delivery: Delivery) -> str | None:
        """Return the reply with this key, or one of ours that was begun in this thread since and has no key yet."""
        return self._found(delivery, unfinished=True).get(0)

    def _found(self, delivery: Delivery, *, unfinished: bool = False) -> dict[int, str]:
        """Return the pages of the reply that are there, by number."""
        return self.sent.replies(self._place(delivery), delivery.key, unfinished=unfinished)

    def _replaced(self, delivery: Delivery) -> str | None:
        """Return the reply to the question as it was before it was changed; None: there is none."""
        before = delivery.where.get("before")
        return self.sent.replies(self._place(delivery), str(before), name="asked").get(0) if before else None

    def _place(self, delivery: Delivery) -> Place:
        """Return where the reply goes: a direct message where it is for the asker alone, else the question's thread."""
        where = delivery.where
        since = str(where.get("ts") or f"{max(delivery.sent_after - CLOCKS_APART, 0.0):.6f}")
        if private.is_private(where):
            return Place(self.workspace.direct(str(delivery.message.person)), "", since)
        return Place(str(where["channel"]), str(where.get("thread") or ""), since)

    def _above(self, delivery: Delivery, reply: Reply) -> Sequence[dict[str, Any]]:
        """Return what stands above the reply."""
        if not private.is_private(delivery.where):
            return ()
        return private.above(delivery, reply, self.workspace.identity().url, self._name)

    # --- while it is written

    def open_stream(self, delivery: Delivery) -> ReplyStream | None:
        """Begin a message that grows; None where replies are not written slowly, or too many were begun just now."""
        where = delivery.where
        if not self.streams or where.get("before") or delivery.message.task or private.is_private(where):
            return None
        if not self._may_begin():
            return None
        try:
            with said_no():
                begun = self.client.chat_startStream(
                    channel=str(where["channel"]),
                    thread_ts=str(where["thread"]),
                    recipient_team_id=str(where.get("team") or "") or self.workspace.identity().team,
                    recipient_user_id=str(delivery.message.person),
                )
        except RefusedError as refusal:
            if refusal.permanent:
                raise
            log.info("no stream could be begun: %s", refusal)
            return None
        place = f"{where['channel']}:{begun['ts']}"
        return SlackStream(self.client, place, partial(self._finished, replace(delivery, reference=place)))

    def _finished(self, delivery: Delivery, reply: Reply, whole: bool) -> dict[str, Any]:
        """Put the whole reply in its place (``whole``), or return what is still to be put below the text."""
        if whole:
            self.send(delivery, reply)
            return {}
        blocks = foot(reply)
        return {"blocks": blocks, "metadata": self._metadata(delivery, reply, 0)}

    def _may_begin(self) -> bool:
        with self._lock:
            now = time.monotonic()
            self._begun = [at for at in self._begun if now - at < 60]
            if len(self._begun) >= STREAMS_PER_MINUTE:
                return False
            self._begun.append(now)
            return True

    def show_at_work(self, where: Mapping[str, Any], message: Message, setting: Language | None = None) -> None:
        """Show that the bot is at it; where the answer is private, the asker alone sees a word where it comes."""
        language = reply_language(readable(message.text), setting=setting)
        if not private.is_private(where):
            self.show_status(where, say("slack.status", language))
        elif where.get("kind") != "im" and not where.get("told"):
            self._point(where, str(message.person), language)

    def _point(self, where: Mapping[str, Any], person: str, language: Language) -> None:
        try:
            direct = self.workspace.direct(person)
            with said_no():
                self.client.chat_postEphemeral(
                    channel=str(where["channel"]),
                    user=person,
                    thread_ts=str(where.get("thread") or "") if where.get("threaded") else None,
                    text=private.pointer(language, self.workspace.identity().url, direct),
                )
        except ChannelError as error:
            log.debug("nobody could be told that an answer is private: %s", error)

    def show_status(self, where: Mapping[str, Any], status: str) -> None:
        """Show that the bot is at it; it goes by itself when the reply comes, or after two minutes."""
        try:
            with said_no():
                self.client.assistant_threads_setStatus(
                    channel_id=str(where["channel"]), thread_ts=str(where["thread"]), status=status
                )
        except ChannelError as error:
            log.debug("no status could be shown: %s", error)


def _said(page: Page, metadata: dict[str, Any]) -> dict[str, Any]:
    return {"text": page.text, "blocks": page.blocks, "metadata": metadata}


def _place(reference: str) -> tuple[str, str]:
    channel, _, ts = reference.partition(":")
    return channel, ts
