"""Slack as a channel of the inbox: replies go out in the thread of the question, each exactly once."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from slack_sdk import WebClient

from bot.channels import ChannelError, Delivery, Earlier, Heard, ReplyStream
from bot.database import places
from bot.messages import Message, Reply
from connectors.slack import gate, private, readings, trying_again
from connectors.slack.answered import answered_by_people
from connectors.slack.blocks import Page, foot, pages
from connectors.slack.calls import RefusedError, said_no
from connectors.slack.choices import Choices, as_set, choices_from
from connectors.slack.handover_blocks import call_from, shown
from connectors.slack.named_alone import meant
from connectors.slack.posted import readable
from connectors.slack.sent import CLOCKS_APART, REPLY, Place, Sent
from connectors.slack.sharing import Sharing, is_share
from connectors.slack.signs import Signs
from connectors.slack.source_links import linked
from connectors.slack.streams import Allowance, SlackStream
from connectors.slack.workspace import Workspace

if TYPE_CHECKING:
    from bot.database.engine import Sessions
    from bot.inbox import Incoming, Row
    from knowledge.language import Language

log = logging.getLogger(__name__)

NAME = "slack"

STREAMS_PER_MINUTE = 15
"""Slack allows about 20 streams to be begun in a minute; who comes later is answered by a whole message."""

TOO_LONG = frozenset(
    {"msg_blocks_too_long", "msg_too_long", "invalid_blocks", "invalid_blocks_format", "markdown_text_too_long"}
)


class SlackChannel:
    """Sends to Slack and asks it what was sent; threads share it.

    ``streams``: replies are shown while they are written, as where a language model writes them. ``site`` is the
    address of our own pages, on which people look sources up, "" where there is none.
    """

    name = NAME
    repeats_possible = False

    def __init__(self, client: WebClient, workspace: Workspace, *, streams: bool = False, site: str = "") -> None:
        self.client = client
        self.workspace = workspace
        self.sent = Sent(client, workspace)
        self.signs = Signs(client, workspace)
        self.sharing = Sharing(self)
        self.streams = streams
        self._site = site
        self._sessions: Sessions | None = None
        self._allowance = Allowance(STREAMS_PER_MINUTE)

    # --- before the answer

    def settle(self, sessions: "Sessions") -> None:
        """Take what reads the settings of channels; before the first message is answered."""
        self._sessions = sessions

    def choices(self, channel: str) -> Choices:
        """Return what admins have set for a channel."""
        with self._settled()() as session:
            return choices_from(places.chosen(session, NAME, channel))

    def _settled(self) -> "Sessions":
        if self._sessions is None:
            raise ChannelError("what is set for the channel cannot be read yet")
        return self._sessions

    def heard(self, delivery: Delivery) -> Heard | None:
        """Return the message with people's names, the asker's groups and the thread; None: it is not for the bot."""
        where, message = delivery.where, delivery.message
        asker = self.workspace.colleague(str(message.person or ""))
        if asker.bot:
            return None
        said = self.sent.thread(where) if where.get("threaded") else None
        if not gate.is_ours(self, delivery, said):
            return None
        text = readable(message.text, own=self.workspace.identity().user, name=self.name_of)
        audience = frozenset[str]()
        if private.alone(where):  # elsewhere others read along
            audience = self.workspace.groups_of(str(message.person))
        message = as_set(replace(message, text=text, audience=audience), self.choices(str(where["channel"])))
        if readings.READ in where:
            return readings.heard(self.client, self.workspace, delivery, self._at_home(where, message), asker)
        earlier = self._before(where, said, text)
        if not message.task:
            text, earlier = meant(text, earlier, asker.language)
        return Heard(self._at_home(where, replace(message, text=text)), earlier)

    def _before(
        self, where: Mapping[str, Any], said: list[dict[str, Any]] | None, text: str
    ) -> Sequence[Earlier] | None:
        """Return what was said before; what is asked alone from a channel goes on from nothing."""
        if said is not None:
            return trying_again.before(where, self.sent.earlier(said, str(where["ts"]), self.name_of), text)
        return () if private.is_private(where) and where.get("kind") != "im" else None

    def _at_home(self, where: Mapping[str, Any], message: Message) -> Message:
        """Return a message whose answer is private as one of the direct message: nobody else goes on from it."""
        if not private.is_private(where):
            return message
        return replace(message, conversation=self.workspace.direct(str(message.person)))

    def name_of(self, user: str) -> str:
        """Return how somebody is called, "" where that is not known."""
        try:
            return self.workspace.colleague(user).name
        except ChannelError:
            return ""

    answered_by_people = answered_by_people

    # --- the reply

    def given_up(self, row: "Row", language: "Language | None") -> "Incoming | None":
        """Return what is said to somebody whose message could not be answered."""
        return trying_again.given_up(row, language)

    def send(self, delivery: Delivery, reply: Reply) -> str:
        """Post the reply, or put it in the place of what was begun, or was said before the question was changed."""
        if is_share(delivery.where):
            return self._share(delivery)
        if call := call_from(delivery.where):
            return self._put(delivery, reply, [Page(*shown(call, self.workspace, reply.language))])
        return self._put(delivery, reply, self._pages(reply, self._above(delivery, reply), _below(delivery, reply)))

    def _share(self, delivery: Delivery) -> str:
        """Post what the press of a button leads to."""
        shared = self.sharing.worked_out(delivery, self._settled())
        try:
            place = self._put(shared.delivery, shared.reply, self._pages(shared.reply, shared.above), again=True)
        except RefusedError as refusal:
            if not refusal.permanent or is_share(shared.delivery.where):
                raise
            shared = self.sharing.unreachable(delivery)
            return self._put(shared.delivery, shared.reply, pages(shared.reply))
        self.sharing.done(delivery, shared)
        return place

    def _pages(self, reply: Reply, above: Sequence[dict[str, Any]], below: Sequence[dict[str, Any]] = ()) -> list[Page]:
        return pages(reply, above, below, linked(reply, self._site, self._settled()))

    def _put(self, delivery: Delivery, reply: Reply, shown: list[Page], *, again: bool = False) -> str:
        """Bring the pages of a reply where they belong; ``again``: all of them may be there already."""
        there = self._replaced(delivery)
        if delivery.reference:
            there = {**there, 0: delivery.reference}
        if not there and (again or len(shown) > 1):
            there = self._found(delivery)
            for number, page in enumerate(shown):
                if number not in there:
                    there[number] = self._post(delivery, reply, page, number)
            return there[0]
        if not there:
            return self._post(delivery, reply, shown[0], 0)
        return self._put_over(delivery, reply, shown, there)

    def _put_over(self, delivery: Delivery, reply: Reply, shown: list[Page], there: dict[int, str]) -> str:
        """Change the pages that stand there, post those that are missing, take away those that are too many."""
        there = {**there, **self._found(delivery)}
        for number, page in enumerate(shown):
            if number not in there or not self._changed(there[number], page, self._metadata(delivery, reply, number)):
                there[number] = self._post(delivery, reply, page, number)
        for number in set(there) - set(range(len(shown))):
            self.take_away(there[number])
        return there[0]

    def _changed(self, place: str, page: Page, metadata: dict[str, Any]) -> bool:
        """Change a message of ours; False where it is not there, or had to go, for it does not take the form."""
        channel, ts = _place(place)
        try:
            with said_no():
                self.client.chat_update(channel=channel, ts=ts, **page.said(metadata))
        except RefusedError as refusal:
            if refusal.code not in TOO_LONG | {"message_not_found"}:
                raise
            log.warning("Slack did not change a reply (%s): it is sent anew", refusal.code)
            if refusal.code in TOO_LONG:
                self.take_away(place)
            return False
        return True

    def take_away(self, place: str) -> None:
        """Delete a message of ours."""
        channel, ts = _place(place)
        with said_no():
            self.client.chat_delete(channel=channel, ts=ts)

    def _post(self, delivery: Delivery, reply: Reply, page: Page, number: int) -> str:
        said = page.said(self._metadata(delivery, reply, number))
        try:
            return self._posted(delivery, said)
        except RefusedError as refusal:
            if refusal.code not in TOO_LONG:
                raise
            log.warning("Slack did not take the form of a reply (%s): it is sent as plain text", refusal.code)
            return self._posted(delivery, {**said, "text": page.whole or page.text, "blocks": None})

    def _posted(self, delivery: Delivery, said: dict[str, Any]) -> str:
        place = self._place(delivery)
        with said_no():
            posted = self.client.chat_postMessage(
                channel=place.channel, thread_ts=place.thread or None, unfurl_links=False, unfurl_media=False, **said
            )
        return f"{posted['channel']}:{posted['ts']}"

    def _metadata(self, delivery: Delivery, reply: Reply, page: int) -> dict[str, Any]:
        asked = str(delivery.where.get("before") or delivery.key)
        payload = {"key": delivery.key, "asked": asked, "page": page, "answer": reply.answer_id}
        return {"event_type": REPLY, "event_payload": payload | private.origin(delivery.where)}

    # --- asking what was sent

    def find(self, delivery: Delivery) -> str | None:
        """Return the reply with this key, or one of ours that was begun in this thread since and has no key yet."""
        if is_share(delivery.where):
            found = (self._found(each).get(0) for each in self.sharing.places(delivery))
            return next(filter(None, found), None)
        return self._found(delivery, unfinished=True).get(0)

    def _found(self, delivery: Delivery, *, unfinished: bool = False) -> dict[int, str]:
        """Return the pages of the reply that are there, by number."""
        return self.sent.replies(self._place(delivery), delivery.key, unfinished=unfinished)

    def _replaced(self, delivery: Delivery) -> dict[int, str]:
        """Return the pages of the reply to the question as it was before it was changed; none where there are none."""
        before = delivery.where.get("before")
        return self.sent.replies(self._place(delivery), str(before), name="asked") if before else {}

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
        return private.above(delivery, reply, self.workspace.identity().url, self.name_of)

    # --- while it is written

    def open_stream(self, delivery: Delivery) -> ReplyStream | None:
        """Begin a message that grows; None where replies are not written slowly, or too many were begun just now."""
        where = delivery.where
        if not self.streams or where.get("before") or delivery.message.task or private.is_private(where):
            return None
        if not self._allowance.taken():
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
        blocks = [*foot(reply, linked(reply, self._site, self._settled())), *_below(delivery, reply)]
        return {"blocks": blocks, "metadata": self._metadata(delivery, reply, 0)}


def _below(delivery: Delivery, reply: Reply) -> list[dict[str, Any]]:
    """Return the buttons that stand at the end of a reply, because of where it goes, and of how it went."""
    return [*private.below(delivery, reply), *trying_again.below(delivery, reply)]


def _place(reference: str) -> tuple[str, str]:
    channel, _, ts = reference.partition(":")
    return channel, ts
