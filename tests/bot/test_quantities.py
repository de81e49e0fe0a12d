"""Numbers, dates and times that mean the same are the same, however they are written; others are not."""

import pytest

from bot.quantities import quantities


def same(one: str, two: str) -> bool:
    """Whether every quantity of the first text has its like in the second."""
    return all(any(a.same(b) for b in quantities(two)) for a in quantities(one)) and bool(quantities(one))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("3만 원", "30,000원"),
        ("삼만 원", "3만원"),
        ("3만5천원", "35,000원"),
        ("1억 2,000만 원", "120,000,000원"),
        ("5만 3천 원", "53000원"),
        ("10%", "10 퍼센트"),
        ("오후 3시", "15:00"),
        ("오후 3시 30분", "15시 30분"),
        ("오후 세 시 반", "15:30"),
        ("정오", "낮 12시"),
        ("24시간", "하루"),
        ("2주", "14일"),
        ("열흘", "10일"),
        ("일주일", "7일"),
        ("1년", "12개월"),
        ("한 달", "1개월"),
        ("두 번", "2회"),
        ("다섯 권", "5권"),
        ("여덟 자 이상", "8자 이상"),
        ("3~5일", "3일에서 5일"),
        ("영업일 기준 3~5일", "3영업일에서 5영업일"),
        ("2026년 11월 24일", "2026-11-24"),
        ("2026. 11. 24.", "11월 24일"),
        ("8/12", "8월 12일"),
        ("월~금", "월요일부터 금요일까지"),
        ("02-123-4567", "+82 2-123-4567"),
        ("$30", "30 dollars"),
        ("three to five working days", "3-5 business days"),
        ("two weeks", "14 days"),
        ("3 pm", "15:00"),
        ("9 am to 6 pm", "09:00-18:00"),
        ("noon", "12 pm"),
        ("Nov 24, 2026", "24 November 2026"),
        ("24th of November", "November 24"),
        ("twice", "2 times"),
        ("twenty-five dollars", "$25"),
        ("one hundred thousand won", "₩100,000"),
        ("at least 8 characters", "8 or more characters"),
        ("3시", "오후 3시"),
    ],
)
def test_the_same_said_in_two_ways(one: str, two: str) -> None:
    assert same(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("3만 원", "3천 원"),
        ("3일", "3주"),
        ("3일", "3영업일"),
        ("3 days", "3 business days"),
        ("오후 3시", "오전 3시"),
        ("15:00", "오후 5시"),
        ("11월 24일", "11월 25일"),
        ("2026년 11월", "2025년 11월"),
        ("Nov 24", "Dec 24"),
        ("10%", "10%p"),
        ("8자 이상", "8자 이하"),
        ("at least 8 characters", "at most 8 characters"),
        ("토요일", "일요일"),
        ("1588-1234", "1588-1243"),
        ("$30", "£30"),
        ("30분", "30시간"),
        ("5GB", "5MB"),
    ],
)
def test_other_things_are_other_things(one: str, two: str) -> None:
    assert not same(one, two)


@pytest.mark.parametrize(
    "text",
    [
        "두 가지 방법이 있습니다.",
        "다시 한번 확인해 주세요.",
        "one of them",
        "a day",
        "몇 시까지 하나요?",
        "일요",
        "https://example.com/2024/11 을 보세요",
        "help123@example.com",
        "1. 먼저 로그인합니다.",
        "가능합니다. [1][2]",
    ],
)
def test_what_is_no_quantity_of_its_own(text: str) -> None:
    assert all(quantity.counted for quantity in quantities(text))


@pytest.mark.parametrize(
    "text", ["", "9" * 5_000, "1,,,,2", "만만만", "25시", "13월 40일", "99:99", "\x00" * 50, "$$$", "3~~~5"]
)
def test_odd_numbers_never_fail(text: str) -> None:
    assert isinstance(quantities(text), tuple)


def test_a_long_text_is_read_quickly_enough() -> None:
    assert len(quantities("배송비는 3,000원이고 5만 원 이상이면 무료입니다. " * 200)) == 400
