"""People who ask in the loopback Slack while the real ``dapbot serve`` is killed; judged by what was posted there."""

import random
import signal
import socket
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from connectors.slack.manifest import SCOPES
from tests.servers.dapbot import Site, serving, start
from tests.servers.slack import SlackServer
from tests.servers.slack_people import Person, Said
from tests.servers.slack_workspace import Room

Mode = Literal["socket", "http"]
PATIENCE = 60.0
QUESTIONS = (
    "배송비는 얼마인가요?",
    "교환은 어떻게 신청하나요?",
    "환불은 얼마나 걸리나요?",
    "적립금 유효기간은 얼마나 되나요?",
)


@dataclass
class Company:
    """Some people, a channel, and what they asked so far."""

    slack: SlackServer
    data: Path
    mode: Mode = "socket"
    people: list[Person] = field(default_factory=list)
    asked: list[Said] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.slack.scopes = set(SCOPES)
        self.people = [self.slack.person(f"사람{n}") for n in range(10)]
        self.room = self.slack.channel("고객지원", *self.people)
        self.port = free_port()
        if self.mode == "http":
            self.slack.deliverer.url = f"http://127.0.0.1:{self.port}/slack/events"
        self.slack.deliverer.patience = 2.0
        self.slack.deliverer.pauses = (0.5,) * 200  # Slack has more patience than a test, but fewer tries

    @property
    def settings(self) -> Mapping[str, str]:
        slack = self.slack
        heard = {"SLACK_APP_TOKEN": slack.app_token}
        if self.mode == "http":
            heard = {"SLACK_SIGNING_SECRET": slack.signing_secret}
        return {"SLACK_BOT_TOKEN": slack.token, "SLACK_API_URL": slack.url, "DAPBOT_LANGUAGE": "ko", **heard}

    @contextmanager
    def server(self) -> Iterator[Site]:
        """Run the server; over Socket Mode it is connected when this yields."""
        with serving(self.data, "--port", str(self.port), **self.settings) as site:
            assert site.port == self.port
            if self.mode == "socket":
                self.slack.wait_for(lambda: self.slack.lines.open, PATIENCE)
            yield site

    def die_at(self, point: str, questions: int) -> None:
        """Ask while a server starts that ends itself at a point on the way of a message; it may be busy already."""
        process = start(self.data, "--port", str(self.port), DAPBOT_FAULT=point, **self.settings)
        try:
            self.ask(questions)
            assert process.wait(PATIENCE) == -signal.SIGKILL
        finally:
            process.kill()
            if process.stdout:
                process.stdout.close()

    def ask(self, count: int, pause: float = 0.0) -> list[Said]:
        """Ask so many questions, every other one by a mention in the channel, which Slack tells twice."""
        asked = []
        for n in range(len(self.asked), len(self.asked) + count):
            person, question = self.people[n % len(self.people)], QUESTIONS[n % len(QUESTIONS)]
            if n % 2:
                asked.append(person.says(self.room, f"{self.slack.mention} {question}"))
            else:
                asked.append(person.says(person.direct, question))
            time.sleep(pause)
        self.asked += asked
        return asked

    def tell_again(self) -> None:
        """Deliver every event once more, as Slack may."""
        events = [each for said in self.asked for each in said.events]
        again = [self.slack.deliverer.deliver(each.kind, each.payload) for each in events]
        self.slack.wait_for(lambda: all(each.acked for each in again), PATIENCE)

    def answers(self) -> list[int]:
        """Return how many replies each question has."""
        found = Counter(post.get("thread_ts") for room in self._rooms() for post in self.slack.posts(room))
        return [found[said.ts] for said in self.asked]

    def _rooms(self) -> list[Room]:
        return list({said.room.id: said.room for said in self.asked}.values())

    def wait_answered(self, seconds: float = PATIENCE) -> None:
        """Wait until every question has a reply."""
        self.slack.wait_for(lambda: all(self.answers()), seconds)

    @property
    def lost(self) -> int:
        return sum(count == 0 for count in self.answers())

    @property
    def doubled(self) -> int:
        return sum(count > 1 for count in self.answers())


def free_port() -> int:
    """Return a port that nobody listens on, and that no connection is given while the server is down."""
    while True:
        port = random.randrange(20_000, 30_000)  # noqa: S311 - below what systems hand out
        with socket.socket() as free, suppress(OSError):
            free.bind(("127.0.0.1", port))
            return port
