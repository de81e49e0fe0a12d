"""Sentences of an answer against their passages: right ones pass, changed ones are caught, and why is told."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.checking import check, check_sentence, unknown_links

RIGHT = {"verbatim", "light", "paraphrase"}
PASS = {"verbatim": 1.0, "light": 0.95, "paraphrase": 0.85}
"""Least share of the right sentences that pass, by how freely they were reworded."""

CAUGHT = 0.9
"""Least share of each way of being wrong that is caught, where there are ten and more; else all but one."""


@pytest.mark.parametrize("language", ["ko", "en"])
def test_rates(language: str) -> None:
    seen: Counter[str] = Counter()
    well: Counter[str] = Counter()
    for line in Path(__file__).with_name(f"checks.{language}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        for sentence in row["sentences"]:
            how = sentence["how"]
            seen[how] += 1
            well[how] += check(sentence["text"], row["passages"]).ok == (how in RIGHT)
    print(language, {how: f"{well[how]}/{seen[how]}" for how in seen})
    assert sum(seen.values()) >= 60
    for how, count in seen.items():
        if how in RIGHT:
            assert well[how] >= PASS[how] * count, how
        else:
            assert well[how] >= min(CAUGHT * count, count - 1), how


SHOP = [
    "환불은 얼마나 걸리나요?\n환불은 영업일 기준 3~5일 걸립니다. 현금은 환불되지 않습니다. 문의: help@abc.co.kr, "
    "https://abc.co.kr/refund",
    "배송비는 3,000원이며 3만 원 이상 주문하면 무료입니다. 제주도는 5,000원이 추가됩니다.",
    "주말에도 배송되나요?\n아니요, 평일에만 배송합니다.",
    "현금영수증이 발급되나요?\n네, 가능합니다.",
]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("환불은 10일 걸립니다. [1]", "number"),
        ("현금도 환불됩니다. [1]", "negation"),
        ("배송비는 5,000원이고 제주도는 3,000원이 추가됩니다. [2]", "number"),
        ("배송비는 3만 원 미만이면 무료입니다. [2]", "number"),
        ("환불은 카카오페이로 영업일 기준 3~5일 걸립니다. [1]", "name"),
        ("자세한 내용은 https://abc.co.kr/refunds 를 보세요. [1]", "link"),
        ("문의는 help@abd.co.kr로 해 주세요. [1]", "link"),
        ("배송비는 3,000원입니다. [7]", "citation"),
        ("배송비는 3,000원입니다. [0]", "citation"),
        ("배송비는 3,000원입니다. [1]", "number"),
        ("주말에도 배송됩니다. [3]", "negation"),
        ("현금영수증은 발급되지 않습니다. [4]", "negation"),
        ("점심은 구내식당에서 드실 수 있습니다.", "unsupported"),
    ],
)
def test_the_reason_is_told(sentence: str, kind: str) -> None:
    found = check_sentence(sentence, SHOP)
    assert not found.ok
    assert kind in {reason.kind for reason in found.reasons}
    assert str(found.reasons[0]).startswith(found.reasons[0].kind)


@pytest.mark.parametrize(
    "sentence",
    [
        "환불은 영업일 기준 3~5일이 걸려요. [1]",
        "현금 환불은 안 됩니다. [1]",
        "배송비는 3천 원이고, 30,000원 이상이면 무료예요. [2]",
        "https://abc.co.kr/refund 에서 확인하시거나 help@abc.co.kr로 문의해 주세요. [1]",
        "주말에는 배송되지 않습니다. [3]",
        "네, 현금영수증이 발급됩니다. [4]",
    ],
)
def test_true_sentences_pass(sentence: str) -> None:
    found = check_sentence(sentence, SHOP)
    assert found.ok, found.reasons
    assert found.claims


@pytest.mark.parametrize(
    "sentence",
    [
        "안녕하세요.",
        "도움이 되셨길 바랍니다.",
        "더 궁금한 점이 있으면 언제든 말씀해 주세요.",
        "죄송하지만 자료에서 답을 찾지 못했습니다.",
        "다음과 같습니다.",
        "I hope this helps!",
        "Sorry, the documents do not say.",
        "",
        "[1]",
        "---",
    ],
)
def test_courtesy_and_refusals_need_no_source(sentence: str) -> None:
    found = check(sentence, SHOP)
    assert found.ok
    assert found.checks == "none"


@pytest.mark.parametrize(
    "text",
    [
        "자료에는 나와 있지 않습니다. 하지만 교환은 언제나 공짜로 해 드립니다.",
        "The documents do not say, but every exchange is free of charge.",
        "도움이 되셨길 바라며 배송비는 9,000원입니다.",
        "I don't know. call 555-123-4567 for more.",
    ],
)
def test_a_claim_does_not_hide_behind_a_courtesy(text: str) -> None:
    assert not check(text, SHOP if text[0] >= "가" else ["Exchanges are possible within a week."]).ok


def test_the_whole_verdict() -> None:
    true, false = "현금은 환불되지 않습니다. [1]", "환불은 10일 걸립니다. [1]"
    assert check(true, SHOP).checks == "supported"
    assert check(f"{true} {false}", SHOP).checks == "partly"
    assert check(false, SHOP).checks == "none"
    assert [one.text for one in check(f"{true} {false}", SHOP).sentences] == [true, false]


def test_the_question_lends_names_but_no_numbers() -> None:
    passages = ["휴대폰은 로비에 맡기면 충전해 드립니다."]
    assert check("아이폰은 로비에 맡기면 충전해 드립니다.", passages, question="아이폰 충전되나요?").ok
    assert not check("휴대폰은 로비에 맡기면 30분 충전해 드립니다.", passages, question="30분이면 되나요?").ok


def test_a_passage_may_be_a_record() -> None:
    @dataclass
    class Record:
        title: str
        question: str
        answer: str

    record = Record("배송", "배송비는 얼마인가요?", "3,000원입니다.")
    assert check("배송비는 3,000원입니다. [1]", [record]).checks == "supported"


def test_a_sentence_in_the_other_language_is_held_to_numbers_and_links() -> None:
    verdict = check("Refunds take 3 to 5 business days. [1]", SHOP)
    assert verdict.ok
    assert verdict.checks == "partly"
    assert not check("Refunds take 9 business days. [1]", SHOP).ok
    assert not check("See https://evil.example/refund. [1]", SHOP).ok


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("https://abc.co.kr/refund", ()),
        ("https://abc.co.kr/refund.", ()),
        ("[여기](https://abc.co.kr/refund)", ()),
        ("https://abc.co.kr/refund/x", ("https://abc.co.kr/refund/x",)),
        ("https://abc.co.kr", ("https://abc.co.kr",)),
        ("help@abc.co.kr로", ()),
        ("xhelp@abc.co.kr", ("xhelp@abc.co.kr",)),
        ("abc.co.kr.evil.com", ("abc.co.kr.evil.com",)),
    ],
)
def test_links_are_the_documents_own(text: str, unknown: tuple[str, ...]) -> None:
    assert unknown_links(text, SHOP) == unknown


@pytest.mark.parametrize(
    "text", ["\x00", "가" * 20_000, "[" * 500, "[99999999999999999999]", "((((" * 200, "3" * 3_000, "🙂" * 50]
)
def test_odd_answers_never_fail(text: str) -> None:
    for passages in (SHOP, [], [""], ["?"], ["\x00"]):
        assert check(text, passages).checks in ("supported", "partly", "none")
