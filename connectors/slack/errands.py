"""Work that Slack asks for and no reply answers: it waits in the inbox like a message, and is done by a worker."""

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.incoming import JOBS, Incoming
from bot.messages import Message

if TYPE_CHECKING:
    from bot.delivering import Jobs
    from bot.wiring import Bot
    from connectors.slack.context import Context

log = logging.getLogger(__name__)

FILES, FILES_DONE, PINNED, PIN_DONE = "slack.files", "slack.files.act", "slack.pin", "slack.pin.act"
"""The jobs: files came in, a button below them was pressed; a message was pinned, a button below its draft."""


def keep(context: "Context", key: str, job: str, of: str, user: str, kept: Mapping[str, Any]) -> None:
    """Have a worker do a job for somebody; the same ``key`` is kept once, jobs of the same ``of`` come in order."""
    message = Message("", JOBS, person=user)
    where = {**kept, "job": job, "of": of, "user": user}
    if context.bot.inbox.accept(Incoming(key, message, kind="job", where=where)) == "refused":
        log.warning("a job was refused: too much waits already")


def jobs_of_slack(bot: "Bot") -> "Jobs":
    """Return the jobs by name; none where the bot is not in Slack."""
    channel = bot.channels.get("slack")
    if channel is None:
        return {}
    from connectors.slack.channel import SlackChannel
    from connectors.slack.context import Context
    from connectors.slack.files import Files
    from connectors.slack.pinning import PinWork

    if not isinstance(channel, SlackChannel):
        return {}
    context = Context(bot, channel, _at_once)
    files, pins = Files(context), PinWork(context)
    return {FILES: files.received, FILES_DONE: files.done, PINNED: pins.pinned, PIN_DONE: pins.done}


def _at_once(act: Callable[[], object]) -> None:
    """Do what a listener would leave to another thread: nobody waits for a worker."""
    act()
