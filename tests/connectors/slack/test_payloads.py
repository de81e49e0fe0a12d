"""Everything that Slack sends, as files in its documented shapes, in Korean and English, through the app itself.

``payloads/*.json``: ``kind`` (as Socket Mode calls it), ``keeps`` (how many messages the inbox keeps of it, where that
is certain), and the payload in both languages; ``{trigger}`` stands for a trigger id that is still good, ``{response}``
for where an answer may be posted.
"""

import json
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from slack_bolt import App
from slack_sdk.signature import SignatureVerifier

from bot.wiring import Bot
from connectors.slack.app import SlackApp
from connectors.slack.listeners import register
from connectors.slack.manifest import SCOPES
from connectors.slack.starting import slack_channel
from connectors.slack.troubles import watched
from tests.samples import open_copy
from tests.servers.slack import SlackServer
from tests.servers.slack_workspace import BOT_USER, Member, Room

FOLDER = Path(__file__).parent / "payloads"
FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.json"))}
SECONDS = 3.0
"""How long Slack waits."""


@dataclass
class Place:
    """A workspace with the people and channels that the files name, an app that listens to it, and its errors."""

    slack: SlackServer
    bot: Bot
    app: SlackApp
    errors: list[logging.LogRecord]

    def send(self, kind: str, payload: dict[str, Any]) -> tuple[int, float]:
        """Send one payload, signed; return the status of the answer and how many seconds it took."""
        user = str(payload.get("user_id") or (payload.get("user") or {}).get("id") or "")
        response = self.slack.response_url({"channel": "C0SUPPORT", "user": user})
        text = json.dumps(payload, ensure_ascii=False).replace("{response}", response)
        text = text.replace("{trigger}", self.slack.workspace.trigger(user))
        form = {"slash_commands": json.loads(text), "interactive": {"payload": text}}
        body = text if kind == "events_api" else urlencode(form[kind])
        headers = {"content-type": "application/json" if kind == "events_api" else "application/x-www-form-urlencoded"}
        stamp = str(int(time.time()))
        signed = SignatureVerifier(self.slack.signing_secret).generate_signature(timestamp=stamp, body=body)
        headers |= {"x-slack-request-timestamp": stamp, "x-slack-signature": str(signed)}
        began = time.monotonic()
        status, _, _ = self.app.answer(body, headers)
        return status, time.monotonic() - began

    def kept(self) -> int:
        return sum(self.bot.inbox.counts().values())


@pytest.fixture(scope="module")
def place(korean_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    errors: list[logging.LogRecord] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = errors.append  # type: ignore[assignment, method-assign]
    logging.getLogger().addHandler(handler)
    with SlackServer() as slack:
        slack.scopes = set(SCOPES)
        people(slack)
        settings: dict[str, Any] = {"slack_bot_token": slack.token, "slack_signing_secret": slack.signing_secret}
        folder = tmp_path_factory.mktemp("payloads") / "data"
        with open_copy(korean_folder, folder, slack_api_url=slack.url, messages_per_minute=0, **settings) as bot:
            channel = slack_channel(bot.settings)
            assert channel is not None
            bot.channels = {channel.name: channel}
            bot.workers()  # not started: what is kept stays
            with watched(bot, channel), SlackApp(bot, channel.client, channel) as app:
                slack.wait_for(lambda: app.state == "ready", 20)
                yield Place(slack, bot, app, errors)
    logging.getLogger().removeHandler(handler)


def people(slack: SlackServer) -> None:
    members = (
        Member("U0MINSU01", "민수"),
        Member("U0OWNER01", "사장", owner=True),
        Member("U0JANE001", "Jane", locale="en-US"),
    )
    slack.workspace.members |= {each.id: each for each in members}
    everyone = {*(each.id for each in members), BOT_USER}
    rooms = (
        Room("C0SUPPORT", "고객지원", "channel", set(everyone)),
        Room("C0PRIVATE", "인사", "group", set(everyone)),
        Room("G0MPIM001", "", "mpim", set(everyone)),
        Room("D0MINSU01", "", "im", {"U0MINSU01", BOT_USER}),
    )
    slack.workspace.rooms |= {each.id: each for each in rooms}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("name", FILES)
def test_each_is_taken_in_time_and_again(place: Place, name: str, language: str) -> None:
    given, before = FILES[name], place.kept()
    for _ in range(2 if given["kind"] == "events_api" else 1):  # of events Slack may tell once more
        status, seconds = place.send(given["kind"], given[language])
        assert status == 200, name
        assert seconds < SECONDS
    if "keeps" in given:
        assert place.kept() - before == given["keeps"], name


def test_nothing_failed(place: Place) -> None:
    """What the app did besides, in its own threads, raised nothing."""
    place.app.stop()
    said = [record.getMessage() for record in place.errors]
    assert [each for each in said if "(app_uninstalled)" not in each] == []


class Listing:
    """Stands where Bolt's app is, and writes down what is listened to."""

    def __init__(self) -> None:
        self.found: list[tuple[str, Any]] = []

    def __getattr__(self, kind: str) -> Any:
        def listened(name: Any, *_: object) -> Any:
            self.found.append((kind, name))
            return lambda listener: listener

        return listened


def test_whatever_is_listened_to_has_a_file(place: Place) -> None:
    channel = place.bot.channels["slack"]
    listing = Listing()
    register(cast(App, listing), place.bot, channel, lambda _act: None)  # type: ignore[arg-type]
    assert len(listing.found) > 30
    known = [_identity(given["kind"], given["ko"]) for given in FILES.values()]
    missing = [
        (kind, name) for kind, name in listing.found if not any(_names(kind, name, kinds, of) for kinds, of in known)
    ]
    assert missing == []


def _identity(kind: str, payload: dict[str, Any]) -> tuple[str, str]:
    if kind == "events_api":
        return "event", str(payload["event"]["type"])
    if kind == "slash_commands":
        return "command", str(payload["command"])
    if payload["type"] == "block_actions":
        return "action", str(payload["actions"][0]["action_id"])
    if payload["type"] == "message_action":
        return "message_shortcut", str(payload["callback_id"])
    if payload["type"] == "block_suggestion":
        return "options", str(payload["action_id"])
    return "view", str(payload["view"]["callback_id"])


def _names(kind: str, name: Any, known: str, identity: str) -> bool:
    if not known.startswith(kind.partition("_")[0]) and kind != known:
        return False
    if isinstance(name, re.Pattern):
        return bool(name.search(identity))
    return bool(identity == (name.get("callback_id") or name.get("action_id") if isinstance(name, dict) else name))
