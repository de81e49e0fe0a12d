"""Passages: whole entries, prose at sentences, keys that stay the same while the text changes."""

import pytest

from knowledge.entries import Entry, Reading, Section
from knowledge.reading import read
from knowledge.splitting import LONGEST, SHORTEST, cut, split

KOREAN = "저희 상점은 주문하신 상품을 다음 날 보냅니다. 제주와 도서 지역은 이틀이 더 걸립니다. 휴일에는 쉽니다. "
ENGLISH = "We send your order on the next day. Islands take two days more. We rest on holidays. "


def entries(*several: Entry) -> Reading:
    return Reading("csv", several, ())


@pytest.mark.parametrize("text", [KOREAN * 60, ENGLISH * 60, (KOREAN * 3 + "\n\n") * 20, (KOREAN + "\n") * 60])
def test_prose_is_cut_at_sentences(text: str) -> None:
    pieces = cut(Section(("안내",), text.strip()))
    assert all(len(piece) <= LONGEST + SHORTEST for piece in pieces)
    assert all(piece.endswith(".") for piece in pieces)
    assert sum(map(len, pieces)) / len(pieces) > 400
    assert "".join("".join(pieces).split()) == "".join(text.split())


@pytest.mark.parametrize(
    "text", ["가" * 5_000, "word " * 2_000, "\n".join(["x" * 3_000] * 3), "https://example.com/" + "a" * 9_000]
)
def test_what_has_no_sentences_is_cut_all_the_same(text: str) -> None:
    pieces = cut(Section((), text))
    assert all(len(piece) <= LONGEST + SHORTEST for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_short_prose_is_one_passage() -> None:
    assert cut(Section((), "첫 문단.\n\n둘째 문단.")) == ["첫 문단.\n\n둘째 문단."]


def test_rows_of_a_table_are_not_cut() -> None:
    text = "\n".join(f"지점: {n}호점, 주소: 보기로 {n}길 {n}, 전화: 02-000-{n:04}" for n in range(100))
    pieces = cut(Section(("지점",), text, rows=True))
    assert "\n".join(pieces).split("\n") == text.split("\n")


def test_lines_broken_at_the_margin_are_one_paragraph() -> None:
    lines = "\n".join("이 줄은 종이의 끝에서 끊긴 줄이라서 문장이 다음 줄로 이어지며 아직 끝나지" for _ in range(60))
    assert all("\n" not in piece for piece in cut(Section((), lines)))


def test_drafts_of_a_document() -> None:
    drafts = split(read("안내.md", "# 배송\n## 며칠 걸리나요?\n사흘.\n## 포장\n상자에 담아요.\n".encode()))
    assert [(d.question, d.answer, d.title, d.language) for d in drafts] == [
        ("며칠 걸리나요?", "사흘.", "배송", "ko"),
        ("", "상자에 담아요.", "배송 > 포장", "ko"),
    ]


def test_the_key_of_a_question_does_not_hang_on_its_spelling_or_answer() -> None:
    first, second, other = (
        split(entries(Entry(text, question)))[0].key
        for text, question in (("네", "환불 되나요?"), ("아니요", "환불되나요 ?"), ("네", "교환되나요?"))
    )
    assert first == second != other


def test_the_key_of_prose_is_its_heading_and_place() -> None:
    def keys(text: str) -> list[str]:
        return [draft.key for draft in split(Reading("md", (Section(("가", "나"), text),), ()))]

    assert keys(KOREAN * 30)[0] == keys(ENGLISH * 30)[0]
    assert len(set(keys(KOREAN * 30))) == len(keys(KOREAN * 30))


def test_keys_that_are_taken_get_a_number_that_is_free() -> None:
    drafts = split(entries(*(Entry(str(n), "q", key=key) for n, key in enumerate(["a", "a", "a-2", "a", "b"]))))
    assert [draft.key for draft in drafts] == ["a", "a-3", "a-2", "a-4", "b"]
    assert [draft.repeated for draft in drafts] == [False, True, False, True, False]


def test_given_keys_that_are_too_long_stay_different() -> None:
    drafts = split(entries(Entry("1", "q", key="k" * 500 + "1"), Entry("2", "q", key="k" * 500 + "2")))
    assert len({draft.key for draft in drafts}) == 2
    assert all(len(draft.key) <= 200 for draft in drafts)
    assert not any(draft.repeated for draft in drafts)


def test_the_language_is_that_of_the_question() -> None:
    drafts = split(
        entries(Entry("아주 긴 한국어 답변입니다", "How?"), Entry("English only", "어떻게?"), Entry("그냥 글", "?"))
    )
    assert [draft.language for draft in drafts] == ["en", "ko", "ko"]
