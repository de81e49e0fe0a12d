"""Backup and restore under load (C 14): what was acknowledged is answered once, also when the machine was lost after
the backup, and its channel delivers again what it had delivered.
"""

import threading
from pathlib import Path
from typing import Self

import pytest
import sqlalchemy as sa

from bot.database.backup import back_up, restore
from bot.database.inbox_tables import InboxRow
from bot.inbox import Incoming
from bot.messages import Message
from bot.settings import Settings
from bot.wiring import Bot, build_bot
from tests.bot.database.conftest import settings_for
from tests.reliability.recording import RecordingChannel, wait_for, working

CONVERSATIONS = 8


def settings(kind: str, folder: Path) -> Settings:
    limits = {"messages_per_minute": 100_000, "messages_per_day": 1_000_000, "waiting_per_person": 10_000}
    return settings_for(kind, folder).model_copy(update=limits)


def incoming(n: int) -> Incoming:
    return Incoming(f"slack:{n}", Message("안녕하세요", "slack", f"c{n % CONVERSATIONS}", f"U{n % CONVERSATIONS}"))


class Producer:
    """Delivers one message after the other until it is stopped; ``acknowledged`` are those that were accepted."""

    def __init__(self, bot: Bot) -> None:
        self.acknowledged = 0
        self._bot = bot
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join(60)

    def _run(self) -> None:
        while not self._stop.is_set():
            assert self._bot.inbox.accept(incoming(self.acknowledged)) == "new"
            self.acknowledged += 1


@pytest.mark.parametrize(
    ("kind", "elsewhere"), [("sqlite", "sqlite"), ("postgresql", "postgresql"), ("sqlite", "postgresql")]
)
def test_nothing_acknowledged_is_lost_and_nothing_is_said_twice(kind: str, elsewhere: str, tmp_path: Path) -> None:
    slack = RecordingChannel()
    lost = settings(kind, tmp_path / "lost")
    with build_bot(lost, channels={"slack": slack}) as bot:
        with Producer(bot) as producer, working(bot):
            wait_for(lambda: len(slack.sent) >= 10)
            back_up(bot.engine, tmp_path / "backup.sqlite3")
            then = len(slack.sent)
            wait_for(lambda: len(slack.sent) >= then + 10)
        acknowledged = producer.acknowledged
    assert len(slack.sent) < acknowledged, "some are answered, some wait"
    new = settings(elsewhere, tmp_path / "elsewhere")
    restore(new, tmp_path / "backup.sqlite3")
    with build_bot(new, channels={"slack": slack}) as bot:
        with bot.sessions() as session:
            held = session.execute(sa.select(InboxRow.owner, InboxRow.state, InboxRow.attempts)).all()
            assert {row.owner for row in held} == {None}
            assert all(
                row.attempts > 0 and row.state != "answered" for row in held if row.state not in ("done", "dead")
            )
        assert len(held) < acknowledged
        with working(bot):
            for n in range(acknowledged):  # the channel delivers everything once more, as one that heard no answer
                bot.inbox.accept(incoming(n))
            slack.wait_for({f"slack:{n}" for n in range(acknowledged)})
            wait_for(lambda: not bot.inbox.list())
    assert slack.keys() == {f"slack:{n}": 1 for n in range(acknowledged)}
    assert slack.asked >= 10, "those that had been answered after the backup, at least"
