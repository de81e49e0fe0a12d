"""Deleted means gone (C 29): a person leaves a mark wherever a person can, is erased while others are being answered,
and the mark is looked for in every byte of the database, the indexes, exports and a new backup.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.database import audit
from bot.database.backup import back_up
from bot.database.backups_made import remember
from bot.database.erasing import Erased, erase, find_people
from bot.database.tables import Answer, Conversation, InboxRow, LimitCounter, Table, Turn, Usage
from bot.forgetting import Watch
from bot.inbox import Incoming
from bot.indexer import Indexer
from bot.llm.scripted import Script, ScriptedModel
from bot.lookup import look_up
from bot.messages import Message
from bot.owner import Ownership
from bot.settings import Settings
from bot.wiring import Bot, build_bot
from tests.bot.database.conftest import settings_for
from tests.reliability.recording import RecordingChannel, away, wait_for

MARK = "xkanarie7391"
"""What is looked for; in small letters, as the words of an index are."""

KIM, LEE = f"UKIM{MARK}", "ULEE"
FAQ = "id,질문,답변\nrefund,환불은 언제 되나요?,환불은 사흘 안에 됩니다\n"
FAQ += "shipping,배송은 며칠 걸리나요?,배송은 이틀 걸립니다\n"


@dataclass(frozen=True)
class Place:
    """A bot as a server has it, and the other side of its channel."""

    bot: Bot
    slack: RecordingChannel


@contextmanager
def serving(settings: Settings) -> Iterator[Place]:
    slack = RecordingChannel()
    model = ScriptedModel([Script("환불은 사흘 안에 됩니다 [1]")])
    with Ownership(settings.data) as ownership:
        assert ownership.take()
        channels = {"slack": slack, "mail": RecordingChannel("mail", away)}
        with build_bot(settings, llm=model, ownership=ownership, channels=channels) as bot, Indexer(bot.library):
            yield Place(bot, slack)


def incoming(
    n: object, text: str, person: str, conversation: str, *, channel: str = "slack", after: float = 0.0
) -> Incoming:
    return Incoming(f"{channel}:{n}", Message(text, channel, conversation, person), not_before=after)


def leave_marks(place: Place) -> None:
    """Have Kim say, ask, rate and confirm something on every way in; each text holds the mark."""
    bot, said = place.bot, f"{MARK} 환불은 언제 되나요?"
    for conversation in (f"c{MARK}", None):
        reply = bot.ask(Message(said, "web", conversation, KIM))
    bot.ask(Message(f"그건 {MARK} 며칠 걸리나요?", "web", f"c{MARK}", KIM))
    bot.ask(Message(said, "web", f"m{MARK}", KIM), record=False)
    bot.rate(reply.answer_id, -1, channel="web", person=KIM, reason="other", comment=f"{MARK} 아니에요")
    bot.library.alias_add("refund", f"{MARK} 돈 돌려받기", author=KIM)
    with bot.sessions.begin() as session:
        audit.note(
            session, audit.Actor(KIM, address=f"10.0.0.1-{MARK}"), "feedback.given", KIM, who=[KIM], of={KIM: KIM}
        )
    for n, conversation in (("a", "T1"), ("c", "T2")):
        bot.inbox.accept(incoming(f"{n}{MARK}", said, KIM, conversation))
        bot.inbox.accept(incoming(f"after-{n}", "배송은 며칠 걸리나요?", LEE, conversation))
    bot.inbox.accept(incoming(f"dead{MARK}", said, KIM, "M1", channel="mail"))
    workers = bot.workers(count=2).start()
    try:
        place.slack.wait_for({f"slack:a{MARK}", "slack:after-a", f"slack:c{MARK}", "slack:after-c"})
        wait_for(lambda: any(row.attempts for row in bot.inbox.list() if row.channel == "mail"))
    finally:
        workers.stop(10)
    bot.inbox.accept(
        incoming(f"waits{MARK}", said, KIM, "T3", after=4e9), incoming("behind", "배송은 며칠 걸리나요?", LEE, "T3")
    )


def bytes_of(bot: Bot) -> list[Path]:
    """Return the files of the database, and what lies beside it."""
    files = [path for path in bot.settings.data.rglob("*") if path.is_file()]
    if bot.engine.dialect.name == "postgresql":
        with bot.engine.connect() as connection:
            place = Path(connection.execute(sa.text("SHOW data_directory")).scalar_one())
            number = connection.execute(sa.text("SELECT oid FROM pg_database WHERE datname = current_database()"))
            files += [path for path in (place / "base" / str(number.scalar_one())).iterdir() if path.is_file()]
            connection.rollback()
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(sa.text("CHECKPOINT"))
    return files


def marked(files: list[Path]) -> set[str]:
    """Return the names of the files with the mark in them, however it is written."""
    forms = [MARK.encode(), MARK.encode("utf-16-le")]
    found = set()
    for file in files:
        try:
            content = file.read_bytes().lower()
        except FileNotFoundError:  # an old part of an index, gone meanwhile
            continue
        if any(form in content for form in forms):
            found.add(file.name)
    return found


@contextmanager
def others_ask(place: Place) -> Iterator[list[str]]:
    """Have Lee write messages and ask on the web while the block runs; yield the keys that were accepted."""
    keys: list[str] = []
    stop = threading.Event()

    def run() -> None:
        while not stop.is_set():
            n = len(keys)
            assert place.bot.inbox.accept(incoming(f"lee{n}", "배송은 며칠 걸리나요?", LEE, f"L{n % 5}")) == "new"
            keys.append(f"slack:lee{n}")
            place.bot.ask(Message("환불은 언제 되나요?", "web", None, LEE))

    threads = [threading.Thread(target=run)]
    workers = place.bot.workers(count=2).start()
    for thread in threads:
        thread.start()
    try:
        wait_for(lambda: len(keys) > 3)
        yield keys
        here = len(keys)
        wait_for(lambda: len(keys) > here + 3)
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)
        place.slack.wait_for(set(keys))
        workers.stop(10)


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    limits = {"messages_per_minute": 100_000, "messages_per_day": 1_000_000, "waiting_per_person": 10_000}
    return settings_for(request.param, tmp_path / "data").model_copy(update=limits)


def test_a_person_is_gone_from_every_byte_and_nobody_else_waits(settings: Settings, tmp_path: Path) -> None:
    with serving(settings) as place:
        bot = place.bot
        bot.library.add([("faq.csv", FAQ.encode())])
        leave_marks(place)
        back_up(bot.engine, tmp_path / "before.sqlite3")
        remember(bot.engine, tmp_path / "before.sqlite3")
        assert marked(bytes_of(bot)), "the mark is in the files of the database"
        assert finds_it(bot), "and in the index, whose files are compressed"
        in_tables(bot, everywhere=True)
        with others_ask(place) as keys:
            erased = erase_kim(bot)
        assert erased.copies == (tmp_path / "before.sqlite3",)
        assert erased.emptied
        place.slack.wait_for({"slack:behind"})  # it stood behind one of Kim's
        assert {key: n for key, n in place.slack.keys().items() if n != 1} == {}, "each was answered once"
        assert {f"slack:lee{n}" for n in range(len(keys))} <= set(place.slack.keys())
        assert counts_of(erased) >= {
            "turns",
            "answers",
            "feedback",
            "messages",
            "aliases",
            "audit",
            "people",
            "conversations",
        }
        in_tables(bot, everywhere=False)
        assert sums_are_kept(bot)
        wait_for(lambda: not bot.library.is_behind())
        assert not finds_it(bot)
        wait_for(lambda: not marked(bytes_of(bot)), 60)
        watch = Watch(bot.sessions, bot.forgetting, 0.01)
        watch.start()
        wait_for(lambda: MARK not in repr(vars(bot.orchestrator._memory)))
        watch.stop()
        back_up(bot.engine, tmp_path / "after.sqlite3")
        assert marked([tmp_path / "after.sqlite3"]) == set()
        assert MARK not in json.dumps([line.subject + line.actor + repr(line.detail) for line in log_of(bot)])
    assert marked(bytes_of(bot)) == set()


def finds_it(bot: Bot) -> bool:
    """Tell whether the index of words finds the entry by what Kim confirmed."""
    return bool(look_up(bot.sessions, bot.knowledge, MARK, today=date(2026, 11, 25), limit=3).passages)


def erase_kim(bot: Bot) -> Erased:
    with bot.sessions() as session:
        people = find_people(session, KIM)
        assert {person.channel for person in people} >= {"web", "slack", "mail"}
    return erase(bot.engine, people)


def counts_of(erased: Erased) -> set[str]:
    return {name for name, count in erased.counts.items() if count}


def log_of(bot: Bot) -> list[audit.Line]:
    with bot.sessions() as session:
        return audit.lines(session, audit.Wanted(), limit=1000)


def in_tables(bot: Bot, *, everywhere: bool) -> None:
    """Check in which tables the mark is."""
    with bot.engine.connect() as connection:
        tables = {
            table.name
            for table in Table.metadata.sorted_tables
            if MARK in repr(connection.execute(sa.select(table)).all()).lower()
        }
    expected = {
        "people",
        "conversations",
        "turns",
        "answers",
        "feedback",
        "inbox",
        "limit_counters",
        "aliases",
        "audit",
    }
    assert tables == (expected if everywhere else set())


def sums_are_kept(bot: Bot) -> bool:
    with bot.sessions() as session:
        answers = session.scalar(sa.select(sa.func.count()).select_from(Answer)) or 0
        return (session.scalar(sa.select(sa.func.sum(Usage.answers))) or 0) > answers


def test_what_is_being_answered_meanwhile_is_not_written_afterwards(settings: Settings) -> None:
    """Kim's question is with a slow model when Kim is erased: on the web, and in the inbox."""
    slow = ScriptedModel([Script("환불은 사흘 안에 됩니다 [1]", pause=0.4)])
    later = [timedelta(0)]
    channels = {"slack": RecordingChannel()}
    with build_bot(settings, llm=slow, channels=channels, clock=lambda: datetime.now(UTC) + later[-1]) as bot:
        bot.library.add([("faq.csv", FAQ.encode())])
        bot.ask(Message("안녕하세요", "web", f"c{MARK}", KIM))
        asking = threading.Thread(target=bot.ask, args=(Message("환불은 언제 되나요?", "web", f"c{MARK}", KIM),))
        asking.start()
        bot.inbox.accept(incoming(f"w{MARK}", "환불은 언제 되나요?", KIM, "T1"))
        workers = bot.workers(count=1).start()
        wait_for(lambda: len(slow.asked) == 2)
        with bot.sessions() as session:
            people = find_people(session, KIM)
        erase(bot.engine, people)
        asking.join(30)
        workers.stop(20)
        with bot.sessions() as session:
            left = {
                t: session.scalar(sa.select(sa.func.count()).select_from(t)) for t in (Turn, Conversation, InboxRow)
            }
            assert set(left.values()) == {0}
            assert MARK not in repr(session.execute(sa.select(LimitCounter.who)).all())
        later.append(timedelta(seconds=10))
        bot.ask(Message("안녕하세요", "web", f"c{MARK}", KIM))
        with bot.sessions() as session:
            assert session.scalar(sa.select(sa.func.count()).select_from(Turn)) == 2, "who comes again is welcome"
