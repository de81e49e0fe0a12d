import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tasks.releasing import Sentences


def cut(text: str, piece: int = 1) -> list[str]:
    sentences = Sentences()
    found = [s for start in range(0, len(text), piece) for s in sentences.feed(text[start : start + piece])]
    rest = sentences.rest()
    return [*found, rest] if rest else found


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("환불은 3일 걸립니다. [1] 카드는 5일입니다 [2].", ["환불은 3일 걸립니다. [1]", " 카드는 5일입니다 [2]."]),
        ("환불은 3일 걸립니다 [1]. 카드는 5일입니다.", ["환불은 3일 걸립니다 [1].", " 카드는 5일입니다."]),
        ("한 번에 됩니다.[1][2] 끝.", ["한 번에 됩니다.[1][2]", " 끝."]),
        ("2026. 11. 24. 까지 신청하세요. 네.", ["2026. 11. 24. 까지 신청하세요.", " 네."]),
        ("It costs 3.5 USD. Use e.g. a card! Ok?", ["It costs 3.5 USD.", " Use e.g. a card!", " Ok?"]),
        ("Founded in 2024. The end.", ["Founded in 2024.", " The end."]),
        ("1. 로그인합니다. [1]\n2. 누릅니다. [1]", ["1. 로그인합니다. [1]", "\n2. 누릅니다. [1]"]),
        ("방법은 다음과 같습니다:\n- 하나\n- 둘", ["방법은 다음과 같습니다:", "\n- 하나", "\n- 둘"]),
        ("그는 “네.” 라고 했다. 끝", ["그는 “네.”", " 라고 했다.", " 끝"]),
        ("표입니다.\n| a | b |\n|---|---|\n| 1. x | 2. y |", ["표입니다.", "\n| a | b |\n|---|---|\n| 1. x | 2. y |"]),
        ("코드:\n```\na. b. c.\n```\n끝.", ["코드:", "\n```\na. b. c.\n```\n끝."]),
        ("", []),
    ],
)
@pytest.mark.parametrize("piece", [1, 3, 1000])
def test_sentences_are_cut_where_they_end(text: str, sentences: list[str], piece: int) -> None:
    assert "".join(cut(text, piece)) == text
    assert cut(text, piece) == sentences


@given(st.text(alphabet="가나. \n[]12!?|`ab", max_size=80), st.integers(1, 7))
def test_nothing_is_lost_however_it_comes(text: str, piece: int) -> None:
    assert "".join(cut(text, piece)) == text


def test_a_sentence_is_out_before_the_next_one_is_complete() -> None:
    sentences = Sentences()
    assert sentences.feed("환불은 3일 걸립니다. [1") == []
    assert sentences.feed("] ") == []
    assert sentences.feed("카") == ["환불은 3일 걸립니다. [1]"]
