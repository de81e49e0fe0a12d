"""What a translation must keep, and what is found missing."""

import time

import pytest

from bot.translating.keeping import added_to, kept_in, missing_from

KOREAN = (
    "안녕하세요 {name}님, 주문 %s건(총 30,000원)이 11월 25일 오후 3시에 출고됩니다. 문의: help@shop.example 또는 "
    "https://shop.example/help 를 보세요. `dapbot serve` <b>굵게</b> iPhone 15 API"
)
ENGLISH = (
    "Hello {name}, your %s orders (30,000 won in total) ship on November 25 at 3 p.m. Write to help@shop.example, see "
    "https://shop.example/help. `dapbot serve` <b>bold</b> iPhone 15 API"
)


def gone(source: str, translation: str) -> list[str]:
    return [part.text for part in missing_from(source, translation)]


def test_all_is_there() -> None:
    assert gone(KOREAN, ENGLISH) == []
    assert added_to(KOREAN, ENGLISH) == []
    assert gone(ENGLISH, KOREAN) == []
    assert added_to(ENGLISH, KOREAN) == []


@pytest.mark.parametrize(
    ("there", "instead", "missing"),
    [
        ("{name}", "Kim", "{name}"),
        ("%s", "some", "%s"),
        ("30,000", "3,000", "30,000원"),
        ("November 25", "November 26", "11월 25일"),
        ("3 p.m.", "5 p.m.", "오후 3시"),
        ("help@shop.example", "help@shop.exmaple", "help@shop.example"),
        ("/help.", "/hlep.", "https://shop.example/help"),
        ("`dapbot serve`", "`dapbot server`", "`dapbot serve`"),
        ("<b>", "", "<b>"),
        ("API", "interface", "API"),
        ("iPhone", "the phone", "iPhone"),
    ],
)
def test_what_is_missing_is_named(there: str, instead: str, missing: str) -> None:
    assert missing in gone(KOREAN, ENGLISH.replace(there, instead))


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("예산은 2억 5천만 원입니다.", "The budget is 250 million won."),
        ("예산은 3만 원입니다.", "The budget is 30,000 won."),
        ("환불은 3일 걸립니다.", "Refunds take three days."),
        ("2026년 11월 25일까지 50% 할인", "50% off until November 25, 2026"),
        ("오후 2시 30분에 시작", "It starts at 2:30 pm"),
        ("Your refund takes 2 weeks.", "환불에는 2주가 걸립니다."),
        ("It costs $1,200 a month.", "한 달에 1,200달러입니다."),
        ("Kim visited Seoul on Monday.", "김 씨는 월요일에 서울을 방문했습니다."),
        ("The GPU (RTX-4090) is OK.", "GPU(RTX-4090)는 괜찮습니다."),
        ("IMPORTANT NOTICE FOR MEMBERS: McMinn County, TN, US, Part II", "회원 안내: 미국 테네시주 맥민 카운티 2부"),
        ("{{user.name}}님 환영합니다", "Welcome, {{user.name}}"),
        ("", ""),
    ],
)
def test_the_same_in_other_words(source: str, translation: str) -> None:
    assert gone(source, translation) == []
    assert added_to(source, translation) == []


def test_what_was_added() -> None:
    said = "Refunds take three days, see https://other.example and pay 5,000 won."
    assert added_to("환불은 3일 걸립니다.", said) == ["https://other.example", "5,000 won"]


def test_placeholders_as_often_as_they_stand_there() -> None:
    assert gone("%s에서 %s까지", "from %s to there") == ["%s"]


def test_numbers_in_links_and_code_are_not_numbers() -> None:
    kinds = [part.kind for part in kept_in("https://a.example/2026/11 `x = 42`")]
    assert kinds == ["code", "link"]


def test_hostile_text_takes_no_time() -> None:
    began = time.perf_counter()
    for text in (
        "{" * 20_000,
        "<a " * 10_000,
        "`" * 20_000,
        "www." * 8_000,
        "a@" * 10_000,
        "[[" * 10_000,
        "a" * 50_000,
        "A-" * 20_000,
    ):
        missing_from(text, text)
    assert time.perf_counter() - began < 20
