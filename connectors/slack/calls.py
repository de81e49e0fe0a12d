"""Calls of Slack's Web API: one client, and what its refusals mean to whoever waits for a reply."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Protocol

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.web import SlackResponse

from bot.channels import ChannelError

if TYPE_CHECKING:
    from bot.settings import Settings

log = logging.getLogger(__name__)

PATIENCE = 15
"""Seconds for one call."""

PLACE_IS_GONE = frozenset(
    {
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "user_not_found",
        "user_not_in_channel",
        "cannot_reply_to_message",
        "thread_not_found",
    }
)
"""What Slack says where the place of a reply is no more: nobody waits for it there."""

NOT_ALLOWED = frozenset(
    {
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "messages_tab_disabled",
        "cannot_dm_bot",
    }
)
"""What it says where we may not write: trying again would be for nothing until an admin has changed that."""

TOKEN_IS_BAD = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
"""What Slack says of a token that it does not take any more: nothing can be sent until there is another one."""

AWAY_PAUSE = 300.0
"""Seconds until a reply is tried again that waits for a token."""


class RefusedError(ChannelError):
    """Slack answered, and said no; ``code`` is its own word for why."""

    def __init__(self, code: str, *, retry_after: float | None = None, needed: str = "") -> None:
        super().__init__(
            f"Slack refused: {code}" + (f" ({needed})" if needed else ""),
            retry_after=AWAY_PAUSE if code in TOKEN_IS_BAD else retry_after,
            permanent=code in NOT_ALLOWED,
            gone=code if code in PLACE_IS_GONE else "",
            away=code in TOKEN_IS_BAD,
        )
        self.code = code
        self.needed = needed


class Watching(Protocol):
    """Told how each call went, in the thread of the call; it must be quick and raise nothing."""

    def refused(self, method: str, place: str, refusal: RefusedError) -> None:
        """Take that Slack said no; ``place`` is the channel of the call, where it has one."""

    def answered(self, method: str, place: str) -> None:
        """Take that Slack said yes."""


class SlackClient(WebClient):
    """A client whose calls somebody watches."""

    watch: Watching | None = None
    kin: "SlackClient | None" = None
    """The client whose watch is this one's too."""

    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        """Make a call, as ``WebClient`` does."""
        watch = (self.kin or self).watch
        try:
            said = super().api_call(api_method, **given)
        except SlackApiError as error:
            if watch is not None:
                watch.refused(api_method, _place_of(given), refusal_of(error))
            raise
        if watch is not None:
            watch.answered(api_method, _place_of(given))
        return said


def _place_of(given: dict[str, Any]) -> str:
    named = given.get("json") or given.get("params") or given.get("data") or {}
    return str(named.get("channel") or named.get("channel_id") or "") if isinstance(named, dict) else ""


def client_of(settings: "Settings") -> SlackClient:
    """Return a client with the bot's token; it never waits for a rate limit, for the inbox does that."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    base = settings.slack_api_url.rstrip("/") + "/" if settings.slack_api_url else SlackClient.BASE_URL
    # what cannot be repeated safely must not be: a connection that broke may have brought a message through
    return SlackClient(token=token, timeout=PATIENCE, retry_handlers=[], base_url=base)


def reading(client: WebClient) -> WebClient:
    """Return a client for calls that change nothing: a connection that broke is made once more."""
    again: list[RetryHandler] = [ConnectionErrorRetryHandler(max_retry_count=1)]
    made = SlackClient(token=client.token, timeout=client.timeout, base_url=client.base_url, retry_handlers=again)
    made.kin = client if isinstance(client, SlackClient) else None
    return made


@contextmanager
def said_no() -> Iterator[None]:
    """Turn what a call raises into a ``ChannelError`` that says when, and whether, to try again."""
    try:
        yield
    except SlackApiError as error:
        raise refusal_of(error) from error
    except (SlackClientError, OSError, HTTPException, ValueError) as error:
        raise ChannelError(f"Slack cannot be reached: {type(error).__name__}") from error


def refusal_of(error: SlackApiError) -> RefusedError:
    """Return what Slack's answer means."""
    response = error.response
    data = response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error") or f"status {response.status_code}")[:100]
    needed = str(data.get("needed") or "")[:100]
    if response.status_code == 429 or code == "ratelimited":
        return RefusedError("ratelimited", retry_after=_seconds(response.headers.get("Retry-After")))
    return RefusedError(code, needed=needed)


def _seconds(value: object) -> float:
    """Return what a ``Retry-After`` says, 1 where it says nothing that can be read."""
    text = str(value[0] if isinstance(value, list) and value else value)
    try:
        return min(max(float(text), 0.0), 3600.0)
    except ValueError:
        return 1.0
