"""The jobs that workers do for Slack (``errands.py``), by name."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.delivering import Jobs
    from bot.wiring import Bot


def jobs_of_slack(bot: "Bot") -> "Jobs":
    """Return the jobs by name; none where the bot is not in Slack."""
    channel = bot.channels.get("slack")
    if channel is None:
        return {}
    from connectors.slack import errands
    from connectors.slack.channel import SlackChannel
    from connectors.slack.context import Context
    from connectors.slack.files import Files
    from connectors.slack.pinning import PinWork

    if not isinstance(channel, SlackChannel):
        return {}
    context = Context(bot, channel, _at_once)
    files, pins = Files(context), PinWork(context)
    return {
        errands.FILES: files.received,
        errands.FILES_DONE: files.done,
        errands.PINNED: pins.pinned,
        errands.PIN_DONE: pins.done,
    }


def _at_once(act: Callable[[], object]) -> None:
    """Do what a listener would leave to another thread: nobody waits for a worker."""
    act()
