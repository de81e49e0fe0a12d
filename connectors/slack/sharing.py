"""A private answer is shared with the channel it was asked in: by its asker, where everyone may read all of it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from slack_sdk import WebClient

from bot.channels import ChannelError, Delivery
from bot.database.documents import visible
from bot.database.recorded import Recorded, recorded
from bot.delivering import NOTICE
from bot.messages import Reply
from bot.phrases import say
from connectors.slack.calls import said_no
from connectors.slack.choices import Choices
from connectors.slack.listening import NAME
from connectors.slack.private import SHARE, asked_line, context_block
from connectors.slack.safe_text import escaped
from connectors.slack.sent import Sent, ours, payload_of
from connectors.slack.workspace import Workspace

if TYPE_CHECKING:
    from bot.database.engine import Sessions

log = logging.getLogger(__name__)

READERS = frozenset({"summarize", "sentiment"})
"""Tasks that read what was written in a channel and no documents; they are offered to be shared only with that one."""

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shared:
    """What is posted for a press of the button, where, and what stands above it.

    ``delivery.where`` is a place like any other: the thread that was asked in, or the direct message where it is said
    why not.
    """

    delivery: Delivery
    reply: Reply
    above: tuple[Block, ...] = ()


def is_share(where: Mapping[str, Any]) -> bool:
    """Tell whether a row is a press of the button."""
    return "share" in where


class Sharer(Protocol):
    """What is asked of the channel."""

    client: WebClient
    workspace: Workspace
    sent: Sent

    def choices(self, channel: str) -> Choices:
        """Return what admins have set for a channel."""

    def name_of(self, user: str) -> str:
        """Return how somebody is called, "" where that is not known."""


class Sharing:
    """Works out what a press of the button leads to."""

    def __init__(self, channel: Sharer) -> None:
        self._channel = channel

    def places(self, delivery: Delivery) -> tuple[Delivery, ...]:
        """Return the places where it may have been posted: the thread, and the direct message."""
        payload = self._private(delivery)
        origin = () if payload is None else (_to_origin(delivery, payload),)
        return (*origin, _to_asker(delivery))

    def worked_out(self, delivery: Delivery, sessions: "Sessions") -> Shared:
        """Return what is to be posted; ChannelError where Slack does not say what was answered."""
        payload = self._private(delivery)
        person, today = str(delivery.message.person), date.fromisoformat(str(delivery.where["day"]))
        with sessions() as session:
            found = recorded(session, str(delivery.where["share"]))
            if payload is None or found is None or not _asked_by(found, person) or payload.get("answer") != _id(found):
                return self._refused(delivery, "slack.share.gone")
            only = self._channel.choices(str(payload["channel"])).documents
            everyone, theirs = (
                visible(session, [each for each in found.passages if each is not None], groups, today, names)
                for groups, names in (((), only), (self._channel.workspace.groups_of(person), ()))
            )
        why = why_not(found, everyone, theirs, grouped=bool(self._channel.workspace.groups_of(person)))
        if why:
            return self._refused(delivery, why)
        said = replace(found.reply, nearest=())
        who = say("slack.share.by", said.language, name=self._channel.name_of(person) or person)
        asked = asked_line(found.question, said.task, said.language, self._channel.name_of)
        above = context_block(" · ".join(filter(None, [f"🗨️ {escaped(who)}", asked])))
        return Shared(_to_origin(delivery, payload), said, (above,))

    def done(self, delivery: Delivery, shared: Shared) -> None:
        """Put a word in the place of the button; where that fails, the answer is shared all the same."""
        if is_share(shared.delivery.where):  # it was not
            return
        channel, ts = str(delivery.where["channel"]), str(delivery.where["ts"])
        try:
            message = self._channel.sent.message(channel, ts)
            if message is None:
                return
            blocks = [each for each in message.get("blocks") or () if not _has_button(each)]
            said = say("slack.share.done", shared.reply.language, channel=f"<#{shared.delivery.where['channel']}>")
            blocks.append(context_block(f"✅ {said}"))
            with said_no():
                self._channel.client.chat_update(
                    channel=channel, ts=ts, text=str(message.get("text") or " ")[:1_000], blocks=blocks
                )
        except ChannelError as error:
            log.info("a button was left as it is: %s", error)

    def unreachable(self, delivery: Delivery) -> Shared:
        """Return what is said where the bot cannot write into the channel."""
        return self._refused(delivery, "slack.share.unreachable")

    def _private(self, delivery: Delivery) -> Mapping[str, Any] | None:
        """Return what our message in the asker's own direct message was posted for; None where it is not that.

        The message is asked of Slack: what a button brings back was in somebody's hands.
        """
        where = delivery.where
        channel = str(where["channel"])
        if channel != self._channel.workspace.direct(str(delivery.message.person)):
            return None
        message = self._channel.sent.message(channel, str(where["ts"]))
        if message is None or not ours(message, self._channel.workspace.identity().user):
            return None
        payload = payload_of(message)
        return payload if payload.get("channel") else None

    def _refused(self, delivery: Delivery, phrase: str) -> Shared:
        language = delivery.message.language or "ko"
        said = Reply("", "", say(phrase, language), False, 0.0, NOTICE, language)
        return Shared(_to_asker(delivery), said)


def _asked_by(found: Recorded, person: str) -> bool:
    return found.channel == NAME and found.person == person


def _id(found: Recorded) -> str:
    return found.reply.answer_id


def why_not(found: Recorded, everyone: set[int], theirs: set[int], *, grouped: bool) -> str:
    """Return the phrase that says why not everyone may read it, "" where everyone may.

    ``everyone`` and ``theirs``: which of the passages behind it everyone, and its asker, may read. A model has read
    more than it cites: what it wrote for somebody in groups is shared only where its sources back all of it.
    """
    reply, live = found.reply, {each for each in found.passages if each is not None}
    if reply.task in READERS:
        return ""
    if None in found.passages or (not live and reply.task in ("answer", "tutor")):
        return "slack.share.changed"
    if not live <= everyone:
        return "slack.share.restricted" if live <= theirs else "slack.share.changed"
    own_words = reply.extract or reply.checks == "supported"
    return "" if own_words or not (grouped or found.audience) else "slack.share.restricted"


def _to_origin(delivery: Delivery, payload: Mapping[str, Any]) -> Delivery:
    place = {"channel": payload["channel"], "thread": payload.get("thread") or "", "ts": delivery.where["ts"]}
    # however often it is pressed, it is one message: found by its key
    key = f"slack:{delivery.where['channel']}:{delivery.where['ts']}:share"
    return replace(delivery, key=key, where={**place, "kind": "channel"})


def _to_asker(delivery: Delivery) -> Delivery:
    return replace(delivery, where={**delivery.where, "thread": delivery.where["ts"]})


def _has_button(block: Mapping[str, Any]) -> bool:
    return any(each.get("action_id") == SHARE for each in block.get("elements") or ())
