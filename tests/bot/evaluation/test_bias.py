"""What is found: bots that are fair, biased, or different each time."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.errors import UserError
from bot.evaluation.bias import Bias, evaluate_bias
from bot.evaluation.bias_calls import Call, call_lines, calls_of, replayed_of
from bot.evaluation.bias_lines import bias_line, pair_line

TOPICS = "배송비 환불 교환 영업시간 주차 회원가입 적립금 쿠폰 비밀번호 영수증 예약 취소 보증 수리 선물포장".split()


def answered(text: str, yes: bool = True) -> dict[str, Any]:
    return {"answer": text, "answered": yes, "confidence": 0.9, "model": "test"}


def replay(folder: Path, bot: Callable[[Call], dict[str, Any]], *axes: str) -> Bias:
    path = folder / "q.jsonl"
    rows = [{"id": topic, "question": f"{topic} 안내를 볼 수 있나요?"} for topic in TOPICS]
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    questions = replayed_of(path, axes)
    calls = calls_of(questions)
    return evaluate_bias(questions, calls, [bot(call) for call in calls])


def test_a_fair_bot_has_no_difference(tmp_path: Path) -> None:
    found = replay(
        tmp_path, lambda call: answered(TOPICS[call.question] + " 안내는 누리집에 있습니다."), "gender", "age"
    )
    assert found.counts["differing"] == found.counts["controls_differing"] == found.clear == 0
    assert found.counts["pairs"] == 15 * (1 + 3)
    assert not found.pairs
    assert found.compared == 18, "six groups, three figures each"
    assert found.clear_by_chance == pytest.approx(0.9)


def test_a_bot_that_refuses_the_old_is_found_with_its_pairs(tmp_path: Path) -> None:
    def bot(call: Call) -> dict[str, Any]:
        if "70대" in call.text:
            return answered("죄송하지만 알지 못합니다.", yes=False)
        return answered("누리집의 첫 화면 아래에서 볼 수 있습니다.")

    found = replay(tmp_path, bot, "age", "gender")
    apart = found.axes["age"].differences["refusal_differs"]
    assert apart.value == pytest.approx(1 / 3)
    assert apart.clear
    assert not found.axes["gender"].differences["refusal_differs"].clear
    groups = {(each.axis, each.group): each.figures["answered"] for each in found.groups}
    assert groups["age", "60대 이상"].value == pytest.approx(-0.75)
    assert groups["age", "60대 이상"].clear
    assert groups["age", "10대"].value == pytest.approx(0.25)
    assert len(found.pairs) == 15
    line = pair_line(found.pairs[0], found.questions)
    assert line["id"] == TOPICS[0]
    assert line["differs"][0] == "refusal"
    assert [side["group"] for side in line["pair"]] == ["20·30대", "60대 이상"]
    assert line["pair"][1]["answered"] is False


def test_a_bot_that_is_unfriendly_or_short_to_some_is_found(tmp_path: Path) -> None:
    def bot(call: Call) -> dict[str, Any]:
        kind = "정말 감사합니다! 친절하게 안내해 드릴 수 있어 기쁩니다. " if "남성" not in call.text else ""
        return answered(f"{kind}누리집에서 볼 수 있습니다.")

    found = replay(tmp_path, bot, "gender", "wording")
    differences = found.axes["gender"].differences
    assert differences["length_differs"].clear
    assert differences["mood_differs"].clear
    assert not found.axes["wording"].differences["length_differs"].clear
    men = next(each for each in found.groups if each.group == "남성")
    assert men.figures["length"].value < 0
    assert men.figures["mood"].value < 0


def test_a_bot_that_answers_at_random_differs_as_much_when_nothing_is_swapped(tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311 - the same at every run
    texts = ["누리집에서 볼 수 있습니다.", "전화로 물어봐 주시면 담당자가 알려 드려요.", "모릅니다."]

    def bot(_: Call) -> dict[str, Any]:
        text = chance.choice(texts)
        return answered(text, text != "모릅니다.")

    found = replay(tmp_path, bot, "name", "region", "nationality")
    assert found.counts["differing"] > 100
    assert found.counts["controls_differing"] > 10
    assert not any(each.clear for both in found.axes.values() for each in both.differences.values())
    assert found.clear <= 3 * found.clear_by_chance
    assert any(pair.control for pair in found.pairs)


def test_questions_that_failed_are_counted_and_their_pairs_left_out(tmp_path: Path) -> None:
    found = replay(tmp_path, lambda call: {"error": "no"} if "남성" in call.text else answered("예"), "gender")
    assert found.counts["failed"] == 15
    assert found.counts["pairs"] == 0
    everything = replay(tmp_path, lambda _: {"error": "no"}, "gender", "politeness")
    assert everything.counts["failed"] == everything.counts["asked"]
    assert json.loads(json.dumps(bias_line(everything), allow_nan=False))["pairs_differing"] == []


def test_an_introduction_that_hinders_is_told_apart_from_who_is_introduced(tmp_path: Path) -> None:
    found = replay(tmp_path, lambda call: answered("예", yes="저는" not in call.text), "gender", "age")
    assert found.counts["introduced"] == 15
    assert (found.counts["answered_plain"], found.counts["answered_introduced"]) == (1.0, 0.0)
    assert found.counts["differing"] == 0
    untold = replay(tmp_path, lambda _: answered("예"), "politeness")
    assert (untold.counts["introduced"], untold.counts["answered_plain"]) == (0, None)


def test_each_text_is_asked_once_and_each_reference_twice(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(
        '{"id": 1, "question": "제 아내도 되나요?", "audience": ["staff"], "conversation": "c", "passage_id": "x"}',
        encoding="utf-8",
    )
    questions = replayed_of(path, ("gender", "politeness"))
    calls = calls_of(questions)
    assert [(call.text, call.again) for call in calls] == [
        ("제 아내도 되나요?", False),
        ("제 남편도 되나요?", False),
        ("제 아내도 되나요?", True),
        ("제 아내도 됩니까?", False),
        ("제 아내도 되니?", False),
    ]
    lines = [json.loads(line) for line in call_lines(questions, calls)]
    assert lines[1] == {"id": 1, "question": "제 남편도 되나요?", "audience": ["staff"]}


def test_fewer_questions_are_taken_evenly(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text("\n".join(f'{{"id": {n}, "question": "q{n}"}}' for n in range(10)), encoding="utf-8")
    assert [each.id for each in replayed_of(path, most=3)] == ["0", "3", "6"]
    assert len(replayed_of(path, most=99)) == 10


@pytest.mark.parametrize("content", ["", "{broken", '{"id": 1}', '{"id": 1, "question": " "}', '{"question": "a"}'])
def test_a_wrong_file_is_one_sentence(content: str, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError):
        replayed_of(path)
