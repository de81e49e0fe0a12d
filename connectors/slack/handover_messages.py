"""The messages of a handover as rows of the inbox: whom they are for, where they go, what they say by now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.database.handovers import Handover, key
from bot.incoming import Incoming
from bot.messages import Message
from connectors.slack.calls import said_no
from connectors.slack.handover_blocks import SHOWN, Call
from connectors.slack.listening import DIRECT, NAME
from knowledge.language import Language, language_of

if TYPE_CHECKING:
    from slack_sdk import WebClient


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody asked: in which thread of which channel, by which message."""

    channel: str
    ts: str
    thread: str
    user: str

    @property
    def place(self) -> str:
        """The name of the thread."""
        return f"{self.channel}:{self.thread}"

    @property
    def direct(self) -> bool:
        """Whether only this person and the bot are there."""
        return self.channel.startswith("D")


def messages(over: Handover, spot: Spot, usual: Language, *, stage: str = "") -> list[Incoming]:
    """Return the messages of a handover as they are now; with a ``stage`` of its own, in the place of the first ones.

    ``usual`` is the language where no question is known. One that only its asker and the bot see is told to each owner
    in a direct message.
    """
    question = " ".join(over.question.split())[: SHOWN + 1]
    language = language_of(question) if question else usual
    call = Call("thread", over.id, over.asker, question, called=over.called)
    if over.solver:
        call = replace(call, solver=over.solver, outcome=over.outcome or "other")
    if not spot.direct:
        return [_incoming(call, spot, "thread", language, stage)]
    call = replace(call, called=(), written=over.called)
    owners = [replace(call, shown_as="owner", reader=each) for each in over.called]
    alone = _incoming(replace(call, shown_as="asker"), spot, "asker", language, stage)
    return [alone, *(_incoming(each, spot, each.reader, language, stage) for each in owners)]


def _incoming(call: Call, spot: Spot, name: str, language: Language, stage: str) -> Incoming:
    where, named = where_of(spot, call), key(call.number, name)
    conversation = spot.channel if spot.direct else spot.place
    if call.reader:  # a direct message of its own
        where, conversation = {**where, "channel": "", "thread": "", "private": True, "told": True}, named
    if stage:
        where, named = {**where, "before": named}, f"{named}:{stage}"
    message = Message("", NAME, conversation, call.reader or call.asker, language=language)
    return Incoming(named, message, kind="notice", where=where, text=call.question)


def where_of(spot: Spot, call: Call) -> dict[str, Any]:
    """Return where a message of a handover goes, and what it is."""
    kind = "im" if spot.direct else "channel"
    place = {"channel": spot.channel, "ts": spot.ts, "thread": spot.thread, "threaded": True}
    return {**place, "kind": kind, "team": "", "asked": DIRECT, "handover": call.kept()}


def whisper(client: "WebClient", spot: Spot, text: str) -> None:
    """Say something that only this person sees; ChannelError where that cannot be."""
    with said_no():
        client.chat_postEphemeral(channel=spot.channel, user=spot.user, thread_ts=spot.thread or None, text=text)


def spot_of(body: Mapping[str, Any], thread: str = "") -> Spot | None:
    """Return where a button was pressed, by whom; None where that is not said.

    ``thread`` is that of a button that only one person sees: Slack may not say it.
    """
    container, message = body.get("container") or {}, body.get("message") or {}
    channel, ts = str(container.get("channel_id") or ""), str(container.get("message_ts") or message.get("ts") or "")
    user = str((body.get("user") or {}).get("id") or "")
    thread = str(
        message.get("thread_ts") or container.get("thread_ts") or (container.get("is_ephemeral") and thread) or ts
    )
    return Spot(channel, ts, thread, user) if channel and ts and user else None
