import pytest

from knowledge.closeness import best_head, best_line, chance, pack, unpack
from knowledge.tokens import terms_of


def test_what_is_packed_comes_back() -> None:
    look = unpack(pack([terms_of("환불 기간"), terms_of("Refund period")], "환불은 3일.\n배송은 2일 걸려요. API"))
    assert [set(head) for head in look.heads] == [{"환불/N", "기간/N", "환불기간"}, {"refund", "period"}]
    assert look.lines == ("환불은 3일.", "배송은 2일 걸려요.", "api")


def test_words_in_one_line_count_more_than_words_all_over() -> None:
    wanted = {"환불": 1.0, "기간": 1.0}
    together = unpack(pack([], "배송 안내.\n환불 기간은 3일입니다."))
    apart = unpack(pack([], "환불 안내.\n배송 기간은 3일입니다."))
    assert best_line(together, wanted) == 1.0
    assert best_line(apart, wanted) == 0.5


def test_the_best_heading_counts() -> None:
    look = unpack(pack([terms_of("배송 안내"), terms_of("환불 규정")], ""))
    assert best_head(look, {"환불/N": 3.0, "기간/N": 1.0}) == pytest.approx(2 * 3 / (4 + 2 * 3))


def test_more_text_finds_more_by_chance() -> None:
    short, long = (unpack(pack([], "환불 기간은 3일입니다. " * count)) for count in (1, 40))
    assert 0 < chance(short) < chance(long) < 0.5
    assert chance(unpack(pack([], ""))) == 0


def test_a_heading_that_says_more_is_less_alike() -> None:
    fee = unpack(pack([terms_of("배송비는 얼마인가요?")], ""))
    returns = unpack(pack([terms_of("반품 배송비는 누가 내나요?")], ""))
    assert best_head(fee, {"배송비/N": 1.0}) > best_head(returns, {"배송비/N": 1.0})


def test_nothing_to_look_at() -> None:
    empty = unpack(pack([], ""))
    assert best_line(empty, {"환불": 1.0}) == 0.0
    assert best_head(empty, {"환불/N": 1.0}) == 0.0
    assert best_line(unpack(pack([], "환불")), {}) == 0.0
