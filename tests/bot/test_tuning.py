"""The search learns from questions whose answer is known, keeps that only where it helps, and can go back."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import tuning
from bot.database import korean_vectors, versions
from bot.errors import UserError
from bot.lookup import look_up
from bot.wiring import Bot, build_bot
from knowledge.pairing import FILE
from tests.samples import lines
from tests.servers.databases import rows, settings_of

SUBJECTS = "환불 배송 교환 적립금 쿠폰 예약 포장 급여 보험 주차 장비 보안 교육 인증서 결재".split()
SIDES = {"비용": "지갑", "기간": "달력", "장소": "지도", "담당": "명함"}
"""What entries tell of each subject, and what people call it: no word that they use is in the entries."""


def entries() -> bytes:
    return lines(
        {
            "id": f"{subject}-{side}",
            "question": f"{subject} {side}",
            "answer": f"{subject} {side} 안내는 {number}번 창구에 있습니다.",
            "aliases": [f"{subject} {called} 알려 주세요"],
        }
        for number, (subject, (side, called)) in enumerate(itertools.product(SUBJECTS, SIDES.items()), 1)
    )


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with build_bot(settings_of(tmp_path / "data")) as bot:
        yield bot


def first(bot: Bot, question: str) -> str:
    looked = look_up(bot.sessions, bot.knowledge, question, today=bot.clock().date(), limit=3)
    return looked.passages[0][1].key if looked.passages else ""


def test_it_learns_is_used_at_once_and_goes_back(bot: Bot, tmp_path: Path) -> None:
    bot.library.add([("faq.jsonl", entries())])
    told: list[tuple[int, int]] = []
    before = bot.knowledge.form
    outcome = tuning.tune(bot, "somebody", lambda done, of: told.append((done, of)))
    figures = outcome.figures
    assert outcome.used, figures
    assert figures["told"] == 60
    assert figures["trained"]["first"] > figures["words"]["first"] + 0.2
    assert told[-1] == (100, 100)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert bot.knowledge.form != before
    assert (tmp_path / "data" / "indexes" / bot.knowledge.place.folder / FILE).is_file()
    assert bot.knowledge.vectors_for("ko") == (True, "used")
    assert first(bot, "환불 비용") == "환불-비용"
    kept = rows(tmp_path / "data", "SELECT name, author, figures FROM korean_vectors")
    assert [(name, author) for name, author, _ in kept] == [(bot.knowledge.models.korean, "somebody")]
    assert not any(called in json.dumps(kept[0][2], ensure_ascii=False) for called in SIDES.values())

    assert tuning.undo(bot, "somebody") is False
    assert bot.knowledge.form == before
    assert bot.knowledge.vectors_for("ko")[0] is False
    assert tuning.undo(bot, "somebody") is True, "undone again"
    actions = rows(tmp_path / "data", "SELECT action FROM audit WHERE action LIKE 'search.%' ORDER BY id")
    assert [action for (action,) in actions] == ["search.tuned", "search.untuned", "search.untuned"]


def test_a_process_that_starts_later_searches_with_it(bot: Bot, tmp_path: Path) -> None:
    bot.library.add([("faq.jsonl", entries())])
    assert tuning.tune(bot, "somebody").used
    form = bot.knowledge.form
    bot.close()
    with build_bot(settings_of(tmp_path / "data")) as again:
        assert again.knowledge.form == form
        assert again.knowledge.vectors_for("ko") == (True, "used")
        again.library.add(
            [("more.jsonl", lines([{"id": "new", "question": "새 안내", "answer": "새로운 안내입니다."}]))]
        )
        assert first(again, "새 안내") == "new"


def test_vectors_that_are_damaged_are_left_out(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    bot.library.add([("faq.jsonl", entries())])
    with bot.sessions.begin() as session:
        change = versions.raise_change(session)
        korean_vectors.keep(session, "korean-broken", b"nothing of the kind", {}, "somebody")
    bot.library.follow(change)
    assert first(bot, "환불 비용") == "환불-비용"
    assert "are left out" in caplog.text


def test_with_too_few_questions_it_says_what_to_do(bot: Bot) -> None:
    few = lines([{"id": "a", "question": "환불", "answer": "사흘", "aliases": ["돈 언제 와요"]}])
    bot.library.add([("faq.jsonl", few)])
    with pytest.raises(UserError) as raised:
        tuning.tune(bot, "somebody")
    assert raised.value.phrase == "tune.too_few"
    assert raised.value.values["count"] == 1
    with pytest.raises(UserError) as raised:
        tuning.undo(bot, "somebody")
    assert raised.value.phrase == "tune.nothing_to_undo"


def test_beside_another_embedding_model_there_is_nothing_to_learn(tmp_path: Path) -> None:
    with build_bot(settings_of(tmp_path / "data", embedding_model="some-model")) as bot:
        with pytest.raises(UserError) as raised:
            tuning.tune(bot, "somebody")
        assert raised.value.phrase == "tune.other_model"
