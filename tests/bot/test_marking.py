"""Which words of a text a question looks for."""

import unicodedata

import pytest

from bot.marking import marked, words_of


@pytest.mark.parametrize(
    ("question", "text", "met"),
    [
        ("환불은 어떻게 하나요?", "환불이 늦으면 어떻게 하나요? 환불은 3일 걸립니다.", ["환불", "환불"]),
        ("How do I get refunds?", "A refund takes three days. How nice!", ["refund"]),
        ("배송비", "\u1107\u1162\u1109\u1169\u11bc비는 무료", ["배송비"]),
        ("없는 말", "<b>&amp;</b> 😀 똠방각하", []),
        ("", "아무 글", []),
    ],
)
def test_words_are_marked_and_the_text_stays(question: str, text: str, met: list[str]) -> None:
    pieces = marked(text, words_of(question))
    assert [piece.text for piece in pieces if piece.met] == met
    assert "".join(piece.text for piece in pieces) == unicodedata.normalize("NFC", text)
