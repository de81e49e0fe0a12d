"""How the bot holds in Slack: 50 events a second for a minute while an answer takes 10 s, then 50 ms.

``python -m tests.benchmarks.slack_load [--mode socket|http] [--seconds 60] [--rate 50]`` prints one JSON line: how long
acknowledgements take, beside those of a bare Bolt app that does nothing else (the baseline, in the same run); whether
all is answered afterwards, once each; and with nothing else to do, how soon people see that the bot is at it, and the
first sentence after the model has ended it.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.reliability.judging import share_of
from tests.samples import make_folder
from tests.servers.slack import SlackServer
from tests.servers.slack_delivery import Delivery
from tests.servers.slack_people import Person, Said

PEOPLE = 200
DRAINED = 300.0
QUIET = 12
"""Questions that are asked one after the other: Slack allows about 20 streams to be begun in a minute."""


@contextmanager
def child(slack: SlackServer, what: str, mode: str, *more: str) -> Iterator["subprocess.Popen[str]"]:
    """Run the process that is measured, connected."""
    command = [sys.executable, "-m", "tests.benchmarks.slack_child", what, mode, slack.url, *more]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        port = process.stdout.readline().split()[1]
        slack.deliverer.url = f"http://127.0.0.1:{port}/slack/events" if mode == "http" else ""
        if mode == "socket":
            slack.wait_for(lambda: slack.lines.open, 30)
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()


def people_of(slack: SlackServer) -> list[Person]:
    return [slack.person(f"사람{n}") for n in range(PEOPLE)]


def ask(slack: SlackServer, people: list[Person], rate: float, seconds: float) -> list[Said]:
    """Ask at a steady rate of events: of every two messages one is a mention, of which Slack tells twice."""
    room = slack.channel("고객지원", *people)
    said: list[Said] = []
    told, began = 0, time.monotonic()
    while told < rate * seconds:
        n = len(said)
        text = f"{n}번 고객이 물어요. 배송비는 얼마인가요?"
        person = people[n % PEOPLE]
        made = person.says(room, f"{slack.mention} {text}") if n % 2 else person.says(person.direct, text)
        said.append(made)
        told += len(made.events)
        time.sleep(max(0.0, began + told / rate - time.monotonic()))
    return said


def acks(said: list[Said]) -> dict[str, float]:
    """Return how long acknowledgements took, in milliseconds."""
    events: list[Delivery] = [each for one in said for each in one.events]
    took = sorted(1000 * each.ack_seconds for each in events)
    late = sum(each > 3000 for each in took)
    return {
        "events": len(took),
        "ack_p50_ms": round(share_of(took, 0.5), 1),
        "ack_p99_ms": round(share_of(took, 0.99), 1),
        "ack_max_ms": round(took[-1], 1),
        "over_3_s": late,
        "unacknowledged": sum(not each.acked for each in events),
    }


def settle(slack: SlackServer, said: list[Said]) -> None:
    slack.wait_for(lambda: all(each.acked or each.given_up for one in said for each in one.events), 60)


def baseline(asked: argparse.Namespace) -> dict[str, float]:
    with SlackServer() as slack, child(slack, "bare", asked.mode):
        said = ask(slack, people_of(slack), asked.rate, min(asked.seconds, 20))
        settle(slack, said)
        return acks(said)


def load(asked: argparse.Namespace, folder: str) -> dict[str, Any]:
    """Ask for a while, make the model quick, and wait until all is answered."""
    with SlackServer() as slack, child(slack, "bot", asked.mode, folder, str(asked.answer), "") as process:
        people = people_of(slack)
        wait_answered(slack, people[0].says(people[0].direct, "교환은 어떻게 신청하나요?"))  # all is loaded
        said = ask(slack, people, asked.rate, asked.seconds)
        settle(slack, said)
        figures = acks(said)
        before = sum(answered(slack, said).values())
        began = time.monotonic()
        process.send_signal(signal.SIGUSR1)
        while len(answered(slack, said)) < len(said) and time.monotonic() - began < DRAINED:
            time.sleep(0.5)
        drained = time.monotonic() - began
        time.sleep(3)  # for whatever would come twice
        found = answered(slack, said)
        return {
            **figures,
            "questions": len(said),
            "answered_while_slow": before,
            "drained_s": round(drained, 1),
            "lost": len(said) - len(found),
            "doubled": sum(count > 1 for count in found.values()),
        }


def answered(slack: SlackServer, said: list[Said]) -> Counter[str]:
    """Return how many finished replies each question has that has any."""
    rooms = {each.room.id: each.room for each in said}
    posts = (post for room in rooms.values() for post in slack.posts(room) if not post.get("streaming"))
    known = {each.ts for each in said}
    return Counter(ts for post in posts if (ts := str(post.get("thread_ts"))) in known and post.get("metadata"))


def wait_answered(slack: SlackServer, said: Said) -> None:
    slack.wait_for(lambda: slack.replies(said.room, said.ts), 60)


def quiet(asked: argparse.Namespace, folder: str) -> dict[str, Any]:
    """Ask one after the other: the status after a message, the text after the model's first sentence."""
    spoken = Path(folder).parent / "spoken"
    with SlackServer() as slack, child(slack, "bot", asked.mode, folder, "1.0", str(spoken)):
        status, text = [], []
        people = people_of(slack)
        for n in range(QUIET):
            began = time.monotonic()
            said = people[n].says(people[n].direct, f"{n}번 고객이 물어요. 배송비는 얼마인가요?")
            wait_answered(slack, said)
            shown = [call.at for call in slack.calls("assistant.threads.setStatus") if call.at > began]
            written = [call.at for call in slack.calls("chat.appendStream") if call.at > began]
            ended = float(spoken.read_text().split()[n])
            status.append(1000 * (shown[0] - began))
            text.append(1000 * (written[0] - ended))
    first = {"first_status_ms": status[1:], "first_text_ms": text[1:]}  # the first question loads the search
    figures = {f"{name}_p50": round(share_of(sorted(took), 0.5), 1) for name, took in first.items()}
    return figures | {f"{name}_max": round(max(took), 1) for name, took in first.items()}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mode", choices=("socket", "http"), default="socket")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=50.0, help="events a second")
    parser.add_argument("--answer", type=float, default=10.0, help="seconds that an answer takes at first")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dapbot-slack-") as folder:
        data = str(make_folder(Path(folder) / "data", "ko"))
        bare = baseline(asked)
        figures = quiet(asked, data) | load(asked, data)
    ratio = round(figures["ack_p99_ms"] / bare["ack_p99_ms"], 2)
    beside = {f"bare_{name}": value for name, value in bare.items() if name.startswith("ack")}
    print(json.dumps({**vars(asked), **figures, **beside, "p99_ratio": ratio, "load": round(os.getloadavg()[0], 1)}))


if __name__ == "__main__":
    main()
