"""What is asked of Slack while Slack waits for us: in a second, or it is done without."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from bot.channels import ChannelError
from knowledge.language import Language

if TYPE_CHECKING:
    from connectors.slack.context import Context

SECONDS = 0.8
"""For one question; three of them, and the database, fit into the three seconds that Slack waits."""

AT_ONCE = 4

_Value = TypeVar("_Value")


class Hurried:
    """Asks who somebody is and where their direct message is; what Slack does not say in time is taken as unknown.

    It is known the next time: the question goes on meanwhile.
    """

    def __init__(self, context: "Context") -> None:
        self._context = context
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="slack-hurried")

    def language_of(self, user: str) -> Language:
        """Return somebody's language, else the one that is set."""
        return self._asked(lambda: self._context.language_of(user), self._context.bot.settings.language or "ko")

    def is_admin(self, user: str) -> bool:
        """Tell whether somebody is known to be an admin."""
        return self._asked(lambda: self._context.admins.has(user), False)

    def direct(self, user: str) -> str:
        """Return the address of somebody's direct message with the bot, "" where it is not known."""
        return self._asked(lambda: self._address(user), "")

    def _address(self, user: str) -> str:
        workspace = self._context.channel.workspace
        url = workspace.identity().url.rstrip("/")
        return f"{url}/archives/{workspace.direct(user)}" if url else ""

    def _asked(self, ask: Callable[[], _Value], otherwise: _Value) -> _Value:
        try:
            return self._threads.submit(ask).result(timeout=SECONDS)
        except (ChannelError, TimeoutError):
            return otherwise
