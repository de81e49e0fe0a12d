import pytest

from bot.checking import check_sentence
from bot.organisations import organisations


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("건강검진은 새봄병원에서 받습니다.", ["새봄병원"]),
        ("누리페이와 푸른카드로 결제합니다.", ["누리페이", "푸른카드"]),
        ("KB국민은행 계좌로 나라연금공단이 보냅니다.", ["KB국민은행", "나라연금공단"]),
        ("신용카드나 체크카드로 결제하고 고객센터에 문의합니다.", []),
        ("은행에 가서 카드를 만듭니다. 병원은 쉽니다.", []),
        ("홈페이지에서 페이지를 엽니다.", []),
        ("", []),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert list(organisations(text)) == names


def test_another_documents_organisation_is_caught_and_the_own_one_is_not() -> None:
    passages = ["환불은 국민 은행 계좌로 영업일 기준 3일 안에 들어옵니다."]
    assert check_sentence("환불은 국민은행 계좌로 영업일 기준 3일 안에 들어옵니다.", passages).ok
    wrong = check_sentence("환불은 다솜은행 계좌로 영업일 기준 3일 안에 들어옵니다.", passages)
    assert {reason.kind for reason in wrong.reasons} == {"name"}
