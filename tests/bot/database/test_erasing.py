"""Erased means gone: from every table, and from the bytes of the files."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from bot.database.conversations import NOBODY, PastTurn, add_feedback
from bot.database.engine import open_engine, sessions_for
from bot.database.erasing import erase, find_people
from bot.database.migrating import require_current
from bot.database.tables import Answer, AnswerSource, Conversation, Feedback, Person, Table, Turn, Usage
from bot.errors import UserError
from bot.forgetting import Forgetting
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.memory import Memory
from bot.messages import Message, Tokens
from bot.settings import Settings
from tests.bot.database.exchanges import Sessions, exchange, put

SECRET = "주민번호는 900101-1234567 입니다"


def everything(engine: Engine) -> str:
    with engine.connect() as connection:
        return repr([connection.execute(sa.select(table)).all() for table in Table.metadata.sorted_tables])


def test_a_person_is_erased_and_nobody_else(engine: Engine, sessions: Sessions) -> None:
    kim = [exchange(f"{SECRET} {n}", name=f"k{n}", person="kim", text=SECRET, tokens=Tokens(10, 1)) for n in range(3)]
    kim = [replace(item, completed=SECRET, prompt=SECRET) for item in kim]
    lee = exchange("이씨의 질문", name="l", person="lee", tokens=Tokens(5, 1))
    put(sessions, *kim, lee, exchange("모르는 사람의 질문", name="n", tokens=Tokens(1, 1)))
    with sessions.begin() as session:
        add_feedback(session, lee.reply.answer_id, -1, channel="web", person="kim", comment=SECRET)
        add_feedback(session, kim[0].reply.answer_id, 1, channel="web", person="lee")
        add_feedback(session, lee.reply.answer_id, 1, channel="web", person="lee")
    with sessions() as session:
        (found,) = find_people(session, "kim")
        assert (found.conversations, found.turns, found.answers, found.feedback) == (3, 6, 3, 1)
    erased = erase(engine, [found])
    assert erased.people == (found,)
    assert erased.emptied
    assert SECRET not in everything(engine)
    assert "kim" not in everything(engine)
    with sessions() as session:
        counts = {
            t: session.scalar(sa.select(sa.func.count()).select_from(t))
            for t in (Conversation, Turn, Answer, AnswerSource)
        }
        assert list(counts.values()) == [2, 4, 2, 2]
        assert session.scalars(sa.select(Person.external_id)).all() == ["lee"]
        assert session.scalars(sa.select(Feedback.rating)).all() == [1]
        nobody = session.scalars(sa.select(Usage).where(Usage.person_id == NOBODY)).one()
        assert (nobody.answers, nobody.input_tokens) == (4, 31)


def test_one_who_has_only_written_messages_that_wait_takes_no_sums_along(engine: Engine, sessions: Sessions) -> None:
    put(sessions, exchange("모르는 사람의 질문", name="n", tokens=Tokens(7, 1)))
    Inbox(sessions).accept(Incoming("slack:1", Message(SECRET, "slack", "T1", "kim")))
    with sessions() as session:
        (found,) = find_people(session, "kim")
        assert (found.id, found.messages) == (0, 1)
    assert erase(engine, [found]).counts["messages"] == 1
    assert SECRET not in everything(engine)
    with sessions() as session:
        nobody = session.scalars(sa.select(Usage).where(Usage.person_id == NOBODY)).one()
        assert (nobody.answers, nobody.input_tokens) == (1, 7)


def test_in_a_shared_thread_only_what_was_the_persons_goes(engine: Engine, sessions: Sessions) -> None:
    put(
        sessions,
        *(exchange(f"{who} {n}", name="T1", person=who, channel="slack") for n in range(2) for who in ("U1", "U2")),
    )
    with sessions() as session:
        people = find_people(session, "U1")
    erase(engine, people)
    with sessions() as session:
        left = session.scalars(sa.select(Turn.text).where(Turn.role == "person").order_by(Turn.position)).all()
        assert left == ["U2 0", "U2 1"]
        assert session.scalars(sa.select(Conversation.person_id)).all() == [None]
        assert session.scalar(sa.select(sa.func.count()).select_from(Answer)) == 2
        assert session.scalar(sa.select(sa.func.count()).select_from(Turn)) == 4
    put(sessions, exchange("그 다음", name="T1", person="U2", channel="slack"))


def test_memory_forgets_whoever_was_erased_however_they_are_named(engine: Engine, sessions: Sessions) -> None:
    """A name is stored cut and cleaned; in memory it is as it came."""
    memory, names = Memory(4), ("k" * 400, "kim\x00", "\ud800", "lee")
    for name in names:
        memory.add("web", name, PastTurn("person", SECRET), person=name)
    put(sessions, *(exchange(name=f"c{n}", person=name) for n, name in enumerate(names)))
    with sessions() as session:
        stored = session.scalars(sa.select(Person.external_id).order_by(Person.id)).all()
        people = [found for name in stored[:3] for found in find_people(session, name)]
    erase(engine, people)
    with sessions() as session:
        Forgetting(memory).look(session)
    assert [len(memory.turns("web", name)) for name in names] == [0, 0, 0, 1]


def test_a_person_is_found_by_number_and_by_name_on_every_channel(sessions: Sessions) -> None:
    for channel in ("web", "mail"):
        put(sessions, exchange(name="c", person="kim@example.com", channel=channel))
    with sessions() as session:
        both = find_people(session, " kim@example.com ")
        assert [found.channel for found in both] == ["web", "mail"]
        assert find_people(session, str(both[1].id)) == both[1:]
        for nobody in ("", "x", "0", "9" * 30, "\x00", "\ud800", "kim", "%"):
            with pytest.raises(UserError):
                find_people(session, nobody)


def test_the_text_leaves_the_files(tmp_path: Path) -> None:
    """Read as bytes, with other rows around it, pages split and freed before, and the log of changes beside it."""
    engine = open_engine(Settings(data=tmp_path / "d"))
    require_current(engine)
    sessions = sessions_for(engine)
    for n in range(150):
        who = ("kim", "lee")[n % 2]
        text = SECRET if who == "kim" else f"다른 질문 {n} " * 30
        put(sessions, replace(exchange(text, name=f"{who}{n % 8}", person=who, text=text), prompt=text, completed=text))

    def held() -> dict[str, int]:
        files = [path for path in (tmp_path / "d").iterdir() if path.is_file()]
        return {path.name: path.read_bytes().count(SECRET.encode()) for path in files}

    assert sum(held().values()) > 100
    with sessions() as session:
        people = find_people(session, "kim")
    assert erase(engine, people).emptied
    assert sum(held().values()) == 0
    with sessions() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Turn)) == 150
    engine.dispose()
    assert sum(held().values()) == 0


def test_a_reader_that_stays_is_said(tmp_path: Path) -> None:
    engine = open_engine(Settings(data=tmp_path / "d"))
    require_current(engine)
    put(sessions_for(engine), exchange(SECRET, name="c", person="kim"))
    with sessions_for(engine)() as session:
        people = find_people(session, "kim")
    with closing(sqlite3.connect(tmp_path / "d/dapbot.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM turns").fetchone()
        assert not erase(engine, people, patience=0.1).emptied
    engine.dispose()


def test_the_copies_that_still_hold_it_are_named(tmp_path: Path) -> None:
    engine = open_engine(Settings(data=tmp_path / "d"))
    require_current(engine)
    put(sessions_for(engine), exchange(SECRET, name="c", person="kim"))
    copy = tmp_path / "d/dapbot.before-0000.20261101-000000.sqlite3"
    copy.write_bytes(b"x")
    with sessions_for(engine)() as session:
        people = find_people(session, "kim")
    assert erase(engine, people).copies == (copy,)
    engine.dispose()
