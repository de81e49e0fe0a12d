"""Sentences of the same words that deny once more, or once less, than their source."""

import pytest

from bot.checking import check_sentence
from bot.denying import turned_over, turning


def denied(claim: str, source: str) -> bool:
    return "negation" in {reason.kind for reason in check_sentence(claim, [source]).reasons}


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("주말에는 상담 전화를 받지 않습니다.", "주말에는 상담 전화를 받습니다."),
        ("주말에는 상담 전화를 받습니다.", "주말에는 상담 전화를 안 받습니다."),
        ("개봉한 상품은 교환할 수 있습니다.", "개봉한 상품은 교환할 수 없습니다."),
        ("회의실에서는 음식을 먹을 수 없습니다.", "회의실에서는 음식을 먹을 수 있습니다."),
        ("무통장 입금은 당일 취소가 가능합니다.", "무통장 입금은 당일 취소가 불가능합니다."),
        ("Opened items can be exchanged in the shop.", "Opened items cannot be exchanged in the shop."),
        ("The office does not accept cash payments.", "The office accepts cash payments."),
        ("Guests may park in the yard.", "Guests may not park in the yard."),
    ],
)
def test_a_denial_more_or_less_is_seen_both_ways(source: str, claim: str) -> None:
    assert denied(claim, source)
    assert denied(source, claim)


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("회의실에서는 음식을 먹을 수 없습니다.", "회의실에서는 음식을 못 먹습니다."),
        ("주말에는 상담 전화를 받지 않습니다.", "주말에는 상담 전화를 안 받아요."),
        ("You cannot sign in during the check.", "You can't sign in during the check."),
        ("It is not uncommon to wait a day.", "It is common to wait a day."),
    ],
)
def test_the_same_said_with_other_denials_passes(source: str, claim: str) -> None:
    assert not denied(claim, source)


def test_words_that_turn_the_sense_round_without_denying() -> None:
    assert turning("배송 전에만 취소할 수 있습니다.")
    assert "without" in turning("No entry without a badge.")
    assert turning("배송은 빠릅니다.") == frozenset()
    one = frozenset({"취소"})
    assert not turned_over((one,), (), ["취소"], ["취소"], ("배송 전에는 취소", "배송 후에는 취소"))
    assert turned_over((one,), (), ["취소"], ["취소"], ("취소 안 됨", "취소 됨"))
    assert not turned_over((one, one), (), ["취소"], ["취소"], ("", ""))
    assert not turned_over((), (), [], [], ("", ""))
