"""Print what App Home costs: ``python -m tests.benchmarks.home [--entries 300000] [--answers 50000] [--db pg]``.

Milliseconds to read and to write out what somebody is shown, Slack's own part left out (it is on this machine, and
remembered): the first time, after one of the documents changed, and every time after; for anybody
and for an admin. The last column is the time against listing the documents as the web's page does.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.database import documents, staging, versions
from bot.database.conversations import record
from bot.database.staging import Upload
from bot.owner import Ownership
from bot.settings import Settings
from bot.wiring import Bot, build_bot
from connectors.slack.context import Context
from connectors.slack.home_facts import HomeFacts
from connectors.slack.home_view import home
from connectors.slack.starting import slack_channel
from knowledge.splitting import Draft
from tests.bot.database.exchanges import exchange
from tests.servers.postgres import new_database
from tests.servers.slack import SlackServer

AT_ONCE = 5_000
"""Entries of one document."""


def fill(bot: Bot, entries: int, answers: int) -> None:
    """Put documents and answers into the database: the rows alone, which is all that Home reads."""
    for number in range(0, entries, AT_ONCE):
        publish(bot, f"자료 {number // AT_ONCE:03}.csv", AT_ONCE, "")
    for number in range(0, answers, 1_000):
        with bot.sessions.begin() as session:
            for one in range(1_000):
                at = bot.clock() - timedelta(minutes=number + one)
                record(session, replace(exchange(answered=one % 5 > 0), at=at))


def publish(bot: Bot, name: str, entries: int, more: str) -> None:
    """Publish a document of so many entries."""
    answer = "번 안내입니다. " + "자세한 내용은 게시판에 있습니다. " * 8 + more
    drafts = [Draft(f"{n}", f"{n}{answer}", "ko", question=f"{n}번은 어떻게 하나요?") for n in range(entries)]
    with bot.sessions.begin() as session:
        staged = staging.stage(session, Upload(name, name + more, "csv", "[]", drafts))
        assert staged.version is not None
        versions.publish(session, staged.version)


def took(work: Callable[[], object]) -> float:
    """Return the milliseconds that some work takes."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def measured(bot: Bot, slack: SlackServer) -> dict[str, float]:
    """Return what each view takes, in milliseconds."""
    channel = slack_channel(bot.settings)
    assert channel is not None
    channel.settle(bot.sessions)
    facts = HomeFacts(Context(bot, channel, lambda _act: None))
    people = {"anybody": slack.person("민수").id, "an admin": slack.person("사장", admin=True).id}
    for number in range(20):
        slack.channel(f"채널{number}")
    found = {}
    for whom, user in people.items():
        facts.language(user)  # who somebody is was asked before
        facts._groups(user)
        facts._context.admins.has(user)
        if whom == "anybody":
            found["counting all documents, at the start"] = took(facts.warm)
            found["anybody, first"] = took(lambda: home(facts.of(people["anybody"])))
        found[f"{whom}, again"] = statistics.median(took(lambda user=user: home(facts.of(user))) for _ in range(15))  # type: ignore[misc]
    publish(bot, "자료 000.csv", AT_ONCE, "새 안내")
    found["anybody, one document new"] = took(lambda: home(facts.of(people["anybody"])))
    return found


def listing(bot: Bot) -> float:
    """Return what listing the documents takes, in milliseconds."""

    def look() -> None:
        with bot.sessions() as session:
            documents.documents(session)

    return statistics.median(took(look) for _ in range(5))


def main() -> None:
    """Fill a folder and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=300_000)
    parser.add_argument("--answers", type=int, default=50_000)
    parser.add_argument("--db", choices=["sqlite", "pg"], default="sqlite")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, SlackServer() as slack:
        settings = Settings(
            data=Path(folder), database_url=new_database() if asked.db == "pg" else None, slack_bot_token=slack.token,
            slack_app_token=slack.app_token, slack_api_url=slack.url,
        )  # fmt: skip
        with build_bot(settings, ownership=Ownership(settings.data)) as bot:  # no indexer beside it
            fill(bot, asked.entries, asked.answers)
            base = listing(bot)
            print(f"{'listing the documents (baseline)':38} {base:8.1f} ms")
            for name, value in measured(bot, slack).items():
                print(f"{name:38} {value:8.1f} ms   {value / base:6.3f}")


if __name__ == "__main__":
    main()
