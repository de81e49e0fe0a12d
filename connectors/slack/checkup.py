"""What the doctor finds of Slack: tokens, scopes, the clock, how events come in; and the next step."""

import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bot.channels import ChannelError
from bot.errors import DapbotError
from bot.findings import Check

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from bot.settings import Settings

FIVE_MINUTES = 300
"""Seconds by which Slack's clock and ours may differ: older requests are refused as replayed."""


def of_slack(settings: "Settings") -> Iterator[Check]:
    """Look at the set-up; nothing is said where no token is set."""
    if settings.slack_bot_token is None:
        if settings.slack_app_token or settings.slack_signing_secret:
            yield Check("slack", "todo", "doctor.slack_no_bot_token", {}, "doctor.slack_no_bot_token_do")
        return
    wrong = list(_shapes(settings))
    yield from wrong
    if not wrong:
        yield from _asked(settings)
    yield from _kept(settings)


def _kept(settings: "Settings") -> Iterator[Check]:
    """Tell what a server that runs, or ran, found amiss and nobody has put right; nothing where there are no tables."""
    from bot.database.opening import opened_if_there
    from connectors.slack.troubles import TOKEN, kept

    try:
        with opened_if_there(settings) as sessions:
            found = [] if sessions is None else kept(sessions)
    except DapbotError:  # the doctor says what is wrong with the database
        return
    for place, trouble in found:
        kind = str(trouble.get("kind"))
        values = {"place": trouble.get("name") or place, **{k: v for k, v in trouble.items() if k != "name"}}
        if kind != TOKEN:  # the doctor has just asked Slack whether it takes it
            yield Check(f"slack_{kind}", "note", f"slack.trouble.{kind}", values, "doctor.slack_trouble_do")


def _shapes(settings: "Settings") -> Iterator[Check]:
    """Tell tokens that were put in each other's place."""
    bot, app = settings.slack_bot_token, settings.slack_app_token
    if bot is not None and not bot.get_secret_value().startswith("xoxb-"):
        yield _shape("SLACK_BOT_TOKEN", "xoxb-")
    if app is not None and not app.get_secret_value().startswith("xapp-"):
        yield _shape("SLACK_APP_TOKEN", "xapp-")
    if app is None and settings.slack_signing_secret is None:
        yield Check("slack_events", "todo", "doctor.slack_no_events", {}, "doctor.slack_no_events_do")


def _shape(name: str, begin: str) -> Check:
    return Check("slack_token", "todo", "doctor.slack_token", {"name": name, "begin": begin}, "doctor.slack_token_do")


def _asked(settings: "Settings") -> Iterator[Check]:
    from connectors.slack.calls import RefusedError, client_of
    from connectors.slack.manifest import SCOPES
    from connectors.slack.workspace import Workspace

    client = client_of(settings)
    try:
        identity = Workspace(client).identity()
        clock = _clock(client)
    except RefusedError as refusal:
        yield Check("slack", "todo", "doctor.slack_refused", {"code": refusal.code}, "doctor.slack_refused_do")
        return
    except ChannelError as error:
        yield Check("slack", "todo", "doctor.slack_unreachable", {"reason": error}, "doctor.slack_unreachable_do")
        return
    values = {"name": identity.name, "url": identity.url or identity.team}
    yield Check("slack", "ok", "doctor.slack", values)
    missing = sorted(set(SCOPES) - identity.scopes) if identity.scopes else []
    if missing:
        yield Check(
            "slack_scopes", "todo", "doctor.slack_scopes", {"scopes": ", ".join(missing)}, "doctor.slack_scopes_do"
        )
    if abs(clock) > FIVE_MINUTES:
        yield Check("slack_clock", "todo", "doctor.slack_clock", {"seconds": int(abs(clock))}, "doctor.slack_clock_do")
    by_socket = settings.slack_app_token is not None
    yield Check("slack_events", "ok", "doctor.slack_socket" if by_socket else "doctor.slack_http")
    if not by_socket and not settings.public_url.startswith("https:"):
        yield Check("slack_address", "todo", "doctor.slack_address", {}, "doctor.slack_address_do")


def _clock(client: "WebClient") -> float:
    """Return by how many seconds our clock is ahead of Slack's; 0 where Slack does not say what time it is."""
    from connectors.slack.calls import said_no

    with said_no():
        headers = client.api_test().headers
    said = headers.get("Date") or headers.get("date")
    try:
        return time.time() - parsedate_to_datetime(str(said)).timestamp()
    except ValueError:
        return 0.0
