"""What an admin is told of the documents: each finding once, with the place where it can be mended."""

import json
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.checkup import FEWEST_ANSWERS, LATELY, Checkup, check
from bot.checkup_entries import meet
from bot.checkup_questions import group_questions
from bot.checkup_words import MOST_SHOWN, checkup_line, place, words
from bot.database.checkups import Entry, entries, live_entries
from bot.database.columns import now
from bot.messages import Message
from bot.wiring import Bot, build_bot
from tests.samples import lines
from tests.servers.databases import settings_of

TODAY = date(2026, 11, 24)


def row(key: str, question: str, answer: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "question": question, "answer": answer, **more}


SHOP = [
    row("ship", "배송비는 얼마인가요?", "30,000원 이상이면 무료이고 그보다 적으면 3,000원입니다."),
    row(
        "refund",
        "환불은 며칠 안에 신청하나요?",
        "상품을 받은 날부터 7일 안에 신청하셔야 합니다.",
        aliases=["돈을 돌려받고 싶어요"],
    ),
    row("pack", "선물 포장이 되나요?", "장바구니에서 선물 포장을 고르시면 됩니다."),
    row("event", "겨울 할인은 언제까지인가요?", "겨울 할인은 12월 10일까지입니다.", valid_until="2026-12-10"),
    row("old", "가을 할인은 언제까지인가요?", "가을 할인은 10월 31일까지입니다.", valid_until="2026-10-31"),
]
OTHER = [
    row("fee", "배송비가 얼마예요?", "50,000원 이상 구매하시면 무료이고 그 아래는 3,000원입니다."),
    row("wrap", "선물 포장을 해 주나요?", "장바구니에서 선물 포장을 고르시면 됩니다."),
    row("vip", "환불은 며칠 안에 신청하나요?", "30일 안에 신청하시면 됩니다.", audience=["vip"]),
]


def csv(rows: Sequence[dict[str, Any]]) -> bytes:
    return ("ID,질문,답변\n" + "\n".join(f'{r["id"]},{r["question"]},"{r["answer"]}"' for r in rows)).encode()


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with build_bot(settings_of(tmp_path_factory.mktemp("check") / "data")) as made:
        results = made.library.add([("shop.jsonl", lines(SHOP)), ("other.jsonl", lines(OTHER))])
        assert {result.state for result in results} == {"added"}
        yield made


@pytest.fixture(scope="module")
def found(bot: Bot) -> Checkup:
    return check(bot.sessions, bot.knowledge, TODAY)


def keys(entries: Sequence[Entry] | None) -> list[str]:
    return sorted(entry.key for entry in entries or ())


def test_contradictions_side_by_side(found: Checkup) -> None:
    pairs = {frozenset((pair.one.key, pair.other.key)): pair for pair in found.together.contradictions}
    assert frozenset(("ship", "fee")) in pairs
    pair = pairs[frozenset(("ship", "fee"))]
    assert pair.difference is not None
    assert pair.difference.kind == "number"
    said = {pair.one.key: pair.difference.one, pair.other.key: pair.difference.other}
    assert said["ship"].startswith("30,000원")
    assert said["fee"].startswith("50,000원")


def test_what_is_said_twice(found: Checkup) -> None:
    assert [{pair.one.key, pair.other.key} for pair in found.together.duplicates] == [{"pack", "wrap"}]


def test_what_has_expired_and_what_will(found: Checkup) -> None:
    assert keys(found.expired) == ["old"]
    assert keys(found.expiring) == ["event"]
    assert found.entries == {"ko": 8, "en": 0}


def test_each_language_is_reported_with_what_serves_it(found: Checkup) -> None:
    [report] = found.legs
    assert (report.language, report.entries, report.vectors) == ("ko", 7, "other language")
    assert report.shares.keys() == {"words", "bigrams", "all"}
    assert 0 <= report.shares["words"] <= 1
    korean = words(found, "ko")
    assert "DAPBOT_EMBEDDING_MODEL" in korean
    assert "DAPBOT_EMBEDDING_MODEL" in words(found, "en")


def test_the_words_name_documents_rows_and_keys(found: Checkup) -> None:
    for language, row_words in (("ko", "1행"), ("en", "row 1")):
        said = words(found, "ko" if language == "ko" else "en")
        assert "shop.jsonl" in said
        assert "other.jsonl" in said
        assert "(ship)" in said
        assert row_words in said


def test_as_json(found: Checkup) -> None:
    line = json.loads(json.dumps(checkup_line(found, "ko")))
    assert line["today"] == "2026-11-24"
    assert {"one", "other", "kind"} <= line["contradictions"][0].keys()
    assert line["contradictions"][0]["one"]["document"]
    assert line["unread"] is None
    assert line["legs"][0]["setting"]
    assert [each["passage"] for each in line["expired"]] == ["old"]


def test_nothing_there_is_said(tmp_path: Path) -> None:
    with build_bot(settings_of(tmp_path / "data")) as empty:
        nothing = check(empty.sessions, empty.knowledge, TODAY)
    assert "knowledge add" in words(nothing, "ko")
    assert checkup_line(nothing, "en")["legs"] == []


def test_for_other_people_or_other_times_is_no_contradiction(found: Checkup) -> None:
    entry = found.expiring[0]
    assert not meet(_changed(entry, audience=["a"]), _changed(entry, audience=["b"]))
    assert meet(_changed(entry, audience=["a"]), _changed(entry, audience=None))
    assert not meet(_changed(entry, valid_until=TODAY), _changed(entry, valid_from=TODAY + timedelta(days=1)))
    assert meet(_changed(entry, valid_from=None, valid_until=None), entry)


def _changed(entry: Entry, **changes: Any) -> Entry:
    from dataclasses import replace

    return replace(entry, **changes)


# --- what people asked ----------------------------------------------------------------------------------------


def test_what_people_asked_in_vain_is_grouped(bot: Bot) -> None:
    vain = ["주차할 수 있나요?", "주차 되나요", "주차는 어디에 하나요?", "강아지 사료도 팔아요?"]
    for question in vain:
        assert not bot.ask(Message(question, "terminal")).answered
    for _ in range(FEWEST_ANSWERS):
        assert bot.ask(Message("선물 포장이 되나요?", "terminal")).answered
    found = check(bot.sessions, bot.knowledge, TODAY)
    assert found.leftovers[0].count == 3
    assert {found.leftovers[0].question, *found.leftovers[0].examples} == set(vain[:3])
    assert len(found.leftovers) == 2
    assert found.answers == FEWEST_ANSWERS
    unread = keys(found.unread)
    assert "ship" in unread
    assert not {"pack", "wrap"} <= set(unread)
    assert "3번" in words(found, "ko")


def test_what_is_answered_by_now_is_left_out() -> None:
    asked = [("주차장이 있나요?", now()), ("강아지도 되나요?", now())]
    assert [each.question for each in group_questions(asked, lambda text: "주차" in text)] == ["강아지도 되나요?"]


@pytest.mark.parametrize("text", ["", "?", "ㅋㅋㅋㅋ", "가" * 10_000, "\x00", "🙂"])
def test_strange_questions_are_no_error(text: str) -> None:
    assert sum(each.count for each in group_questions([(text, now())] * 3, lambda _: False)) == 3


def test_thousands_of_questions_are_grouped_quickly() -> None:
    asked = [(f"{word}{n % 50} 신청은 어떻게 하나요?", now()) for n in range(2_000) for word in ("주차", "휴가")]
    started = time.monotonic()
    assert sum(each.count for each in group_questions(asked, lambda _: False)) > 0
    assert time.monotonic() - started < 60
    assert LATELY == 30


def test_long_lists_are_cut_and_say_so(bot: Bot) -> None:
    found = check(bot.sessions, bot.knowledge, TODAY)
    entry = found.expired[0]
    from dataclasses import replace

    said = words(replace(found, expired=(entry,) * 50), "ko")
    assert said.count(place(entry, "ko")) == MOST_SHOWN
    assert "외 40건" in said


def test_a_few_entries_are_as_they_are_among_all(bot: Bot) -> None:
    bot.library.alias_add("pack", "포장해서 보낼 수 있나요?")
    with bot.sessions() as session:
        every = live_entries(session)
        some = entries(session, [entry.id for entry in every if entry.key in ("pack", "refund")])
    assert some == [entry for entry in every if entry.key in ("pack", "refund")]
    assert "포장해서 보낼 수 있나요?" in next(entry for entry in some if entry.key == "pack").aliases
    assert "돈을 돌려받고 싶어요" in next(entry for entry in some if entry.key == "refund").aliases
