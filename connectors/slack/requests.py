"""What somebody asks for by a command or a shortcut: kept by the inbox, answered to them alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.incoming import Incoming
from bot.messages import Message
from bot.phrases import say
from connectors.slack.hurried import Hurried
from connectors.slack.listening import DIRECT, NAME
from connectors.slack.manifest import COMMAND
from connectors.slack.posted import Kind
from connectors.slack.readings import READ
from knowledge.language import Language

if TYPE_CHECKING:
    from connectors.slack.context import Context


@dataclass(frozen=True, slots=True)
class Asking:
    """Who did something, and where; ``trigger`` is Slack's own id of it, ``language`` that of what is said at once."""

    channel: str
    user: str
    team: str
    trigger: str
    kind: Kind
    language: Language

    def say(self, phrase: str, **values: object) -> str:
        """Return a phrase in the person's language."""
        return say(phrase, self.language, command=COMMAND, **values)


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done: a ``task`` ("" where the words decide) to a ``text``, or to what is ``read`` for it."""

    task: str
    text: str
    options: Mapping[str, str] = field(default_factory=dict)
    read: Mapping[str, Any] = field(default_factory=dict)


def place_kind(channel: str, name: str) -> Kind:
    """Return what a channel is, by its id and the name that Slack tells with a command or a shortcut."""
    if channel.startswith("D"):
        return "im"
    if name.startswith("mpdm-"):
        return "mpim"
    return "group" if name == "privategroup" else "channel"


def take(context: "Context", hurried: Hurried, asking: Asking, request: Request) -> str:
    """Have the inbox keep a request; return what the asker is told at once. The same trigger is kept once."""
    if asking.kind != "im" and context.choices(asking.channel).paused:
        return asking.say("slack.command.channel_paused")
    accepted = context.keep(_incoming(asking, request))
    if accepted == "refused":
        return asking.say("slack.command.refused")
    if context.bot.inbox.paused():
        return asking.say("slack.command.later")
    said = asking.say(f"slack.command.taken.{request.task if request.task not in ('', 'answer') else 'ask'}")
    direct = hurried.direct(asking.user)
    if not direct or direct.endswith(f"/{asking.channel}"):
        return said
    return f"{said} <{direct}|{asking.say('slack.private.open')}>"


def _incoming(asking: Asking, request: Request) -> Incoming:
    read = dict(request.read)
    where: dict[str, Any] = {
        "channel": asking.channel,
        "ts": "",
        "thread": "",
        "threaded": False,
        "kind": asking.kind,
        "team": asking.team,
        "asked": DIRECT,
        "private": True,
        "told": True,
        "shareable": not read or read.get("channel") == asking.channel,
        "language": asking.language,
    }
    if read:
        where[READ] = read
    message = Message(request.text, NAME, person=asking.user, task=request.task, options=request.options)
    return Incoming(f"slack:{asking.channel}:did:{asking.trigger}", message, where=where)
