"""What the bot asks of a channel through which it answers later: Slack, mail. Web and terminal are answered at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from bot.messages import Event, Message, Reply


class ChannelError(Exception):
    """A channel could not send, or could not be asked.

    ``retry_after`` is how many seconds it wants to be left alone; ``permanent``: trying again would be for nothing.
    ``gone``: the place of the reply is no more, in the channel's own word for it: nobody waits there. ``away``: the
    whole channel is shut to us, by no fault of the reply: it waits until somebody has put that right.
    The text is for operators and logs; it holds nothing that a person wrote.
    """

    def __init__(
        self,
        reason: str,
        *,
        retry_after: float | None = None,
        permanent: bool = False,
        gone: str = "",
        away: bool = False,
    ) -> None:
        super().__init__(reason)
        self.retry_after = retry_after
        self.permanent = permanent or bool(gone)
        self.gone = gone
        self.away = away


@dataclass(frozen=True, slots=True)
class Delivery:
    """A reply on its way.

    ``key`` is the same for every attempt to send this reply, and for no other. ``where`` is what the channel itself
    kept when it accepted the message. ``reference`` is the channel's own name for a reply that was begun already:
    that one is to be finished, not another one sent.
    """

    key: str
    message: Message
    where: Mapping[str, Any] = field(default_factory=dict)
    reference: str | None = None
    sent_after: float = 0.0
    """When the message was accepted, in seconds since 1970: a reply to it is not older."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """One thing that was said before in the channel's thread; ``answer_id`` where it is a reply of ours."""

    role: Literal["person", "bot"]
    text: str
    answer_id: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message with what only its channel can tell: the asker's groups and language, and what was said before.

    ``earlier`` is the thread, oldest first, None where the conversations that the bot has recorded are to be looked at.
    ``notice``: it cannot be answered, and this is said instead.
    """

    message: Message
    earlier: Sequence[Earlier] | None = None
    notice: str = ""


class ReplyStream(Protocol):
    """A reply that is shown while it is written."""

    reference: str

    def show(self, event: Event) -> None:
        """Show one more step; ChannelError where the channel does not take it: the whole reply is sent instead."""

    def finish(self, reply: Reply) -> None:
        """Put the whole reply in its place; doing so twice is no harm."""


class Channel(Protocol):
    """One way to answer people. Threads share it."""

    name: str
    repeats_possible: bool
    """Whether it cannot be asked what was sent: a reply whose sending was cut off may then arrive twice."""

    def send(self, delivery: Delivery, reply: Reply) -> str:
        """Send the reply, or finish the one that ``delivery.reference`` names; return the channel's name for it."""

    def find(self, delivery: Delivery) -> str | None:
        """Return the channel's name for the reply that was sent with this key; None: there is none."""

    def open_stream(self, delivery: Delivery) -> ReplyStream | None:
        """Begin to show the reply while it is written; None: this channel, or this conversation, shows it whole."""


@runtime_checkable
class Knowing(Protocol):
    """A channel that is asked about a message before it is answered, not when it is accepted: that must be quick."""

    def heard(self, delivery: Delivery) -> Heard | None:
        """Return the message as it is to be answered; None: it is not for the bot, and nothing is said.

        Raises:
            ChannelError: the channel could not be asked.
        """
