"""What comes to the inbox, and what it says of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, runtime_checkable

from bot.database import inbox_rows
from bot.database.inbox_rows import Kind, NewRow, Row
from bot.messages import Message
from knowledge.language import Language

JOBS = "job"
"""The channel of jobs."""

Accepted = Literal["new", "duplicate", "refused"]


class LeaseLostError(Exception):
    """The row is another worker's by now, or is finished: stop, and send nothing."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a channel accepts.

    ``key`` is the same whenever the event is delivered: ``slack:<event id>``, ``mail:<hash>``, ``cron:<name>:<time>``.
    ``where`` is what the channel needs to find the place of the reply again; a job's is ``{"job": name}`` and what it
    is called with, its rows of the same ``of`` one after the other. ``text`` is what a notice says. Lower ``priority``
    is sooner. ``not_before`` is in seconds since 1970.
    """

    key: str
    message: Message | None = None
    kind: Kind = "message"
    where: Mapping[str, Any] = field(default_factory=dict)
    priority: int = 0
    not_before: float = 0.0
    text: str = ""


@runtime_checkable
class Sorry(Protocol):
    """A channel that tells somebody when their message was given up."""

    def given_up(self, row: Row, language: Language | None) -> Incoming | None:
        """Return what is put into the inbox for them, None for nothing; ``language`` is the one that is set."""


class Verdict(Protocol):
    """Whether a message is answered; where not, ``notice`` is what is said instead, "" for nothing."""

    @property
    def allowed(self) -> bool:
        """Whether it is answered."""
        ...

    @property
    def notice(self) -> str:
        """What is said instead."""
        ...


def new_row(incoming: Incoming) -> NewRow:
    """Return the row of what came."""
    message = incoming.message
    if incoming.kind == "job" or message is None:
        name, of = str(incoming.where.get("job") or ""), incoming.where.get("of")
        channel, conversation = inbox_rows.place_of(JOBS, f"{name}:{of}" if of else name, incoming.key)
    else:
        channel, conversation = inbox_rows.place_of(message.channel, message.conversation, incoming.key)
    return NewRow(
        key=inbox_rows.key_of(incoming.key),
        kind=incoming.kind,
        channel=channel,
        conversation=conversation,
        person=inbox_rows.person_of(message),
        payload=inbox_rows.payload_of(message, incoming.where, incoming.text),
        priority=incoming.priority,
        not_before=incoming.not_before,
    )
