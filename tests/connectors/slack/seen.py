"""What people see in the loopback Slack, and how a test waits for it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Literal

from bot.wiring import Bot
from tests.servers.slack import SlackServer
from tests.servers.slack_workspace import Room

Mode = Literal["socket", "http"]
# work(model=None, *, mode="socket", **settings): a bot that listens to the loopback Slack.
Working = Callable[..., AbstractContextManager[Bot]]
PATIENCE = 20.0


def texts(post: dict[str, Any]) -> str:
    """Return all that a post shows."""
    found = [str(post.get("text") or "")]
    for block in post.get("blocks") or ():
        text = block.get("text")
        found.append(str(text.get("text") if isinstance(text, dict) else text or ""))
        for element in block.get("elements") or ():
            inner = element.get("text")
            found.append(str(inner.get("text") if isinstance(inner, dict) else inner or ""))
    return "\n".join(found)


def replies(slack: SlackServer, room: Room, ts: str, count: int = 1) -> list[dict[str, Any]]:
    """Wait for so many replies of the bot in a thread; return them."""

    def ours() -> list[dict[str, Any]]:
        found = [post for post in slack.replies(room, ts) if post.get("bot_id") and post.get("metadata")]
        return found if len(found) >= count else []

    return list(slack.wait_for(ours, PATIENCE))
