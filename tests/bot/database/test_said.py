"""What was said is found by any part of a word, on both databases; and is gone from the index when it is gone."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from bot import retention
from bot.database import erasing, said
from bot.database.backup import back_up
from bot.database.conversations import add_feedback
from bot.database.engine import open_sqlite, sessions_for
from bot.database.exchange_filters import NEUTRAL, Wanted
from bot.database.exchange_search import HIGHEST, count, find
from bot.database.exporting import exported
from bot.database.grams import excerpt, exchange_text, grams_of, holds, words_of
from bot.database.said_tables import SaidRow
from bot.database.tables import HandoverRow, Turn
from bot.said_filling import Filling
from bot.sentiment import reading
from bot.settings import Settings
from tests.bot.database.exchanges import Sessions, exchange, put


def found(sessions: Sessions, wanted: Wanted, *, size: int = 50, seconds: float = 5.0) -> list[str]:
    """Return the questions of all that is found, page after page, the newest first."""
    below: int | None = None
    turns: list[int] = []
    with sessions() as session:
        while True:
            hits = find(session, wanted, below=below, size=size, seconds=seconds)
            turns += [hit.turn for hit in hits.hits]
            assert below is None or hits.below is None or hits.below < below, "it goes on"
            if (below := hits.below) is None:
                break
        texts = {row.id: row.text for row in session.scalars(sa.select(Turn).where(Turn.id.in_(turns)))}
    return [texts[turn] for turn in turns]


def index_is_whole(engine: Engine, rows: int) -> None:
    """The index says what the table says, and nothing of what was deleted (SQLite checks that itself)."""
    with sessions_for(engine).begin() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(SaidRow)) == rows
        if engine.dialect.name == "sqlite":
            session.execute(sa.text("INSERT INTO said_index(said_index, rank) VALUES ('integrity-check', 1)"))


def test_parts_of_words_are_found_and_no_others() -> None:
    rng = random.Random(5)  # noqa: S311 - a test
    letters = "가나다라마바사아자차카타파하ABCdef019.,- \n"
    for _ in range(200):
        text = "".join(rng.choices(letters, k=rng.randint(2, 60)))
        begin = rng.randrange(len(text) - 1)
        words = words_of(text[begin : begin + rng.randint(2, 6)])
        there = exchange_text(text, "답변")
        assert holds(there, words), (text, words)
        assert set(" ".join(map(grams_of, words)).split()) <= set(grams_of(there).split()), (text, words)
    assert words_of("") == words_of(" \n\x00") == ()
    assert words_of("환불 환불\u1112\u116a\u11ab") == ("환불", "환불환"), "composed, each once"
    assert not holds(exchange_text("환", "불"), words_of("환불")), "no word stands in question and answer at once"
    assert len(words_of("하나 " * 100_000)) == 1
    assert grams_of("") == grams_of("가") == ""


def test_an_excerpt_shows_the_word_where_it_stands() -> None:
    assert excerpt("반품은 7일 안에, 환 불은 3일 안에 됩니다.", ("환불",)) == (
        "반품은 7일 안에, ",
        "환 불",
        "은 3일 안에 됩니다.",
    )
    assert excerpt("아무것도 없음", ("환불",)) is None
    before, match, after = excerpt(f"{'앞' * 100}REFUND{'뒤' * 200}", ("refund",)) or ("", "", "")
    assert (before[0], match, after[-1]) == ("…", "REFUND", "…")


def test_neutral_is_what_the_reading_of_moods_says() -> None:
    assert NEUTRAL == reading.NEUTRAL


def test_all_words_must_stand_in_an_exchange(sessions: Sessions) -> None:
    put(
        sessions,
        exchange("환불이요", text="영수증을 가져오세요."),
        exchange("환불 규정?", text="7일 안에 됩니다. REFUND policy 50,000원"),
        exchange("배송은요?", text="'; DROP TABLE turns; -- \" * NEAR( OR"),
    )
    for search, questions in {
        "환불": ["환불 규정?", "환불이요"],
        "환불 영수증": ["환불이요"],
        "refund 50,000": ["환불 규정?"],
        "DROP TABLE": ["배송은요?"],
        '" * NEAR(': ["배송은요?"],
        "%": [],
        "_": [],
        "불": ["환불 규정?", "환불이요"],
        "환불 배송은": [],
        "\x00": ["배송은요?", "환불 규정?", "환불이요"],
    }.items():
        assert found(sessions, Wanted(words=search)) == questions, search


def test_whatever_the_pages_all_that_matches_is_shown_once(sessions: Sessions) -> None:
    rng = random.Random(3)  # noqa: S311 - a test
    for number in range(90):
        item = exchange(f"질문 {number}", name=f"c{rng.randrange(40)}", channel=rng.choice(("web", "slack")))
        item = replace(item, reply=replace(item.reply, answered=rng.random() < 0.7, language=rng.choice(("ko", "en"))))
        put(sessions, item)
        if rng.random() < 0.3:
            with sessions.begin() as session:
                add_feedback(session, item.reply.answer_id, rng.choice((1, -1)), channel="web", reason=None)
    for wanted in (
        Wanted(), Wanted(answered=False), Wanted(rating=-1), Wanted(channel="slack", language="en"),
        Wanted(words="질문"), Wanted(words="질문 7", rating=1), Wanted(handed="yes"), Wanted(mood="negative"),
    ):  # fmt: skip
        whole = found(sessions, wanted)
        assert len(set(whole)) == len(whole)
        assert found(sessions, wanted, size=3) == whole, wanted
        assert found(sessions, wanted, size=3, seconds=0) == whole, f"{wanted}: a page may end early, and goes on"
        with sessions() as session:
            counted = count(session, wanted, 5)
        assert (counted.count, counted.whole) == (len(whole), True)
    conversations = {each.conversation for each in exported(sessions, Wanted())}
    with sessions() as session:
        assert count(session, Wanted()).count == len(conversations)


def test_days_are_kept_to_even_where_clocks_were_set_back(sessions: Sessions) -> None:
    base = datetime(2026, 11, 1, 9, tzinfo=UTC)
    for number in range(30):
        at = base + timedelta(days=number) - (timedelta(hours=30) if number % 7 == 3 else timedelta())
        put(sessions, replace(exchange(f"{at:%m-%d} {number}"), at=at))
    day = datetime(2026, 11, 10, tzinfo=UTC)
    inside = found(sessions, Wanted(since=day, until=day + timedelta(days=3)))
    assert sorted(inside) == ["11-10 10", "11-10 9", "11-12 11"]
    assert found(sessions, Wanted(until=base - timedelta(days=9))) == []
    assert found(sessions, Wanted(since=base + timedelta(days=99))) == []


def test_older_exchanges_are_made_searchable_in_the_background(engine: Engine, sessions: Sessions) -> None:
    put(sessions, *(exchange(f"예전 질문 {n}") for n in range(40)))
    with sessions.begin() as session:
        session.execute(sa.delete(SaidRow).where(SaidRow.turn_id > 5))
    with sessions() as session:
        assert said.missing(session) == 37
        assert len(said.newest(session, words_of("예전"), HIGHEST, 99) or []) == 3
    filling = Filling(sessions, pause=0.0).start()
    filling._thread.join(30)
    assert filling.left == 0
    assert len(found(sessions, Wanted(words="예전"))) == 40
    index_is_whole(engine, 40)
    filling.stop()


def test_who_is_erased_is_gone_from_the_index(engine: Engine, sessions: Sessions, settings: Settings) -> None:
    put(sessions, exchange("비밀번호는 쿠키몬스터", person="kim"), exchange("남의 질문", person="lee"))
    with sessions() as session:
        people = erasing.find_people(session, "kim")
        code = grams_of("쿠키").encode()
    assert erasing.erase(engine, people, folder=settings.data).emptied
    assert found(sessions, Wanted(words="쿠키몬스터")) == []
    assert found(sessions, Wanted(words="남의")) == ["남의 질문"]
    index_is_whole(engine, 1)
    if engine.dialect.name == "sqlite":
        for path in settings.data.glob("dapbot.sqlite3*"):
            assert code not in path.read_bytes(), path


def test_what_was_kept_long_enough_goes_from_the_index(engine: Engine, sessions: Sessions, settings: Settings) -> None:
    old = datetime.now(UTC) - timedelta(days=400)
    put(sessions, *(replace(exchange(f"오래된 질문 {n}"), at=old) for n in range(20)), exchange("새 질문"))
    retention.run(engine, sessions_for(engine), settings, actor="test")
    assert found(sessions, Wanted(words="질문")) == ["새 질문"]
    index_is_whole(engine, 1)


def test_a_backup_can_be_searched(engine: Engine, sessions: Sessions, tmp_path: Path) -> None:
    put(sessions, exchange("환불이요"))
    back_up(engine, tmp_path / "copy.sqlite3")
    copy = open_sqlite(tmp_path / "copy.sqlite3")
    assert found(sessions_for(copy), Wanted(words="환불")) == ["환불이요"]
    index_is_whole(copy, 1)
    copy.dispose()


@pytest.fixture
def handed(sessions: Sessions) -> str:
    """The answer of a question that waits for a person."""
    item = exchange("사람 불러 주세요", person="kim", channel="slack", name="C1:1")
    put(sessions, item)
    with sessions.begin() as session:
        asker = session.scalar(sa.select(Turn.person_id).limit(1))
        session.add(
            HandoverRow(channel="slack", place="C1:1", asker_id=asker, answer_id=item.reply.answer_id, called=[])
        )
    return item.reply.answer_id


def test_handovers_lead_to_their_conversations(sessions: Sessions, handed: str) -> None:
    put(sessions, exchange("다른 질문"))
    assert found(sessions, Wanted(handed="open")) == found(sessions, Wanted(handed="yes")) == ["사람 불러 주세요"]
    assert found(sessions, Wanted(handed="solved")) == found(sessions, Wanted(outcome="other")) == []
    with sessions() as session:
        assert [hit.answer for hit in find(session, Wanted(handed="open")).hits] == [handed]
