"""A request whose text is what others wrote: the worker reads it, and says what it has read."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.channels import Delivery, Heard
from bot.messages import Message
from bot.phrases import say
from connectors.slack.calls import reading
from connectors.slack.periods import USUAL, Period, period_of
from connectors.slack.talk import MOST, Transcript
from connectors.slack.transcripts import Transcripts, UnreadableError
from connectors.slack.workspace import Colleague, Workspace
from knowledge.language import Language

if TYPE_CHECKING:
    from slack_sdk import WebClient

READ = "read"
"""In ``where``: ``channel``, and either ``ts`` (a message: with its thread, or ``alone``) or ``said`` (a period)."""


def heard(client: "WebClient", workspace: Workspace, delivery: Delivery, message: Message, asker: Colleague) -> Heard:
    """Return the message with what it is to be done to, or why that cannot be read.

    ``message`` is the one that is answered; its ``text`` becomes a word for what was read, so that nothing that others
    wrote is kept among what the asker said.

    Raises:
        ChannelError: Slack does not answer.
    """
    read, language = delivery.where[READ], _language(delivery.where)
    zone = _zone(str(read.get("zone") or asker.zone))
    transcripts = Transcripts(reading(client), workspace)
    place, ts = str(read.get("channel") or ""), str(read.get("ts") or "")
    alone = read.get("alone") is True
    try:
        if ts:
            found = transcripts.thread(place, ts, asker, alone=alone)
        else:
            now = datetime.fromtimestamp(delivery.sent_after, UTC).astimezone(zone)
            period = period_of(str(read.get("said") or ""), now) or Period(now - USUAL)
            found = transcripts.channel(place, asker, period)
    except UnreadableError as error:
        return Heard(message, (), notice=say(error.phrase, language, **error.values))
    kept = replace(
        message,
        text=_label(message.task, found, alone=alone, language=language),
        material=_material(message.task, found, alone=alone),
        notice=_notice(found, alone=alone, language=language),
    )
    return Heard(kept, ())


def _material(task: str, found: Transcript, *, alone: bool) -> str:
    if task == "sentiment":
        return found.opinions()
    return found.lines[0].text if alone else found.talk()


def _label(task: str, found: Transcript, *, alone: bool, language: Language) -> str:
    """Return what is kept as what was asked."""
    what = "message" if alone else "thread" if found.since is None else "channel"
    place = f" (#{found.name})" if found.name else ""
    return say(f"slack.command.read.{task}", language, what=say(f"slack.command.read.{what}", language)) + place


def _notice(found: Transcript, *, alone: bool, language: Language) -> str:
    """Return what was read, and what was not."""
    if alone:
        return ""
    count, people = len(found.lines), found.people()
    if found.since is None:
        said = [say("slack.command.read_thread", language, count=count, people=people)]
    else:
        ends = {"since": f"{found.since:%Y-%m-%d %H:%M}", "count": count, "people": people}
        if found.until is None:
            said = [say("slack.command.read_channel", language, **ends)]
        else:
            said = [say("slack.command.read_between", language, until=f"{found.until:%Y-%m-%d %H:%M}", **ends)]
    if found.unseen:
        said.append(say("slack.command.unseen", language))
    if found.older:
        said.append(say("slack.command.older", language, most=MOST))
    if found.unread:
        said.append(say("slack.command.unread", language, count=found.unread))
    return " ".join(said)


def _language(where: Mapping[str, Any]) -> Language:
    return cast(Language, where.get("language")) if where.get("language") in ("ko", "en") else "ko"


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "Asia/Seoul")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("Asia/Seoul")
