"""Is a message that nobody put to the bot for it all the same? Told by a worker, who may take a moment for it."""

import logging
import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot import addressing
from bot.channels import Delivery
from connectors.slack import listening
from connectors.slack.choices import Choices
from connectors.slack.posted import readable
from connectors.slack.sent import Place, Sent
from connectors.slack.signs import Signs
from connectors.slack.workspace import Workspace

log = logging.getLogger(__name__)


class Hearing(Protocol):
    """What is asked of the channel."""

    workspace: Workspace
    sent: Sent
    signs: Signs

    def choices(self, channel: str) -> Choices:
        """Return what admins have set for a channel."""


def is_ours(channel: Hearing, delivery: Delivery, said: Sequence[Mapping[str, Any]] | None) -> bool:
    """Tell whether a message is to be answered, and show that the bot is at it where that was not sure before.

    ``said`` is the thread, None where the message was not written in one. ChannelError where Slack does not say.
    """
    where, message = delivery.where, delivery.message
    asked = where.get("asked")
    if asked not in listening.UNSURE:
        return True
    own, ts, person = channel.workspace.identity().user, str(where["ts"]), str(message.person)
    if channel.choices(str(where["channel"])).paused:
        return False
    if asked == listening.FOLLOWED and said is not None and not listening.for_us(said, own, ts, person):
        return False
    if asked == listening.AUTO and not _looks_asked(channel, delivery):
        return False
    channel.signs.at_work(where, message)
    return True


def _looks_asked(channel: Hearing, delivery: Delivery) -> bool:
    """Tell whether a message in a channel that is set to it looks like a question that people have left to the bot."""
    where, own = delivery.where, channel.workspace.identity().user
    if not channel.choices(str(where["channel"])).auto:  # it was, when the message came
        return False
    judged = addressing.judged(readable(delivery.message.text, own=own))
    log.debug("a message looks like a %s (%s)", judged.intent, judged.rule)
    if not judged.asks:
        return False
    if time.time() - delivery.sent_after < listening.LATE:
        return True
    below = channel.sent.messages(Place(str(where["channel"]), str(where["thread"]), ""), all_of_it=True)
    return not listening.answered_since(list(below), own, str(where["ts"]), str(delivery.message.person))
