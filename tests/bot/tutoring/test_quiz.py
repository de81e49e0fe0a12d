"""A quiz carries its score along; answers are judged without a model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.tutoring.quiz import BLANK, Item, State, blanking, choosing, judged, question_in, read_state, stops

CHOICE = choosing("환불은?", "환불은 3일 걸립니다.", ["배송은 2일 걸립니다.", "교환은 5일 걸립니다."])


@given(
    st.builds(
        State,
        topic=st.sampled_from(["", "배송", "security policy", "a/b 3번"]),
        number=st.integers(1, 10),
        total=st.integers(1, 10),
        right=st.integers(0, 10),
        wrong=st.lists(st.integers(1, 10), max_size=5).map(tuple),
        again=st.booleans(),
        mended=st.integers(0, 5),
        general=st.booleans(),
        language=st.sampled_from(["ko", "en"]),
    )
)
def test_where_it_stands_is_read_back_from_what_was_said(state: State) -> None:
    text = f"맞았어요!\n\n{state.head}\n환불은 며칠?\n1) 3일\n\n번호로 답해 주세요."
    assert read_state(text) == state
    assert question_in(text, state) == "환불은 며칠?"


@pytest.mark.parametrize(
    "text", ["", "퀴즈를 마쳤어요.", "[퀴즈]", "[퀴즈 · 가 · 1/3번]", "[힌트 1]\n무엇을", "[" * 5_000]
)
def test_other_texts_are_no_quiz(text: str) -> None:
    assert read_state(text) is None


def test_what_was_missed_comes_once_more() -> None:
    state: State | None = State("", 1, 3)
    seen = []
    for right in (False, True, False, True, False):
        assert state is not None
        seen.append((state.number, state.again))
        last, state = state, state.after(right=right)
    assert seen == [(1, False), (2, False), (3, False), (1, True), (3, True)]
    assert state is None
    assert last.score(right=False) == (1, 1)


@pytest.mark.parametrize(
    ("said", "right"),
    [("{n}", True), ("{n}번", True), ("({n})", True), ("정답은 {n}번이요", True), ("환불은 3일 걸립니다", True),
     ("배송은 2일", False), ("모르겠어요", False), ("9", None), ("글쎄 뭘까", None), ("", None), ("걸립니다", None)],
)  # fmt: skip
def test_choices(said: str, right: bool | None) -> None:
    assert CHOICE is not None
    number = CHOICE.choices.index(CHOICE.answer) + 1
    assert judged(said.format(n=number), CHOICE) is right
    assert judged(str(number % 3 + 1), CHOICE) is False


def test_a_choice_needs_another_answer() -> None:
    assert choosing("환불은?", "3일입니다.", []) is None
    assert choosing("환불은?", "3일입니다.", ["3일입니다."]) is None
    long = choosing("무엇?", "가" * 500, ["나" * 500])
    assert long is not None
    assert max(map(len, long.choices)) == 120


@pytest.mark.parametrize(
    ("text", "answer", "good", "bad"),
    [
        ("한빛상점은 2009년에 부산에서 문을 열었습니다.", "2009년",
         ["2009년", "2009", "2009년이요", "정답은 2009년입니다"], ["2010년", "20", "2009년과 2010년", "부산"]),
        ("배송비는 3,000원이며 그보다 많으면 무료입니다.", "3,000원",
         ["3000원", "3,000", "3000원이에요"], ["300원", "3000달러"]),
        ("Refunds are paid within 3 business days of it.", "3 business days",
         ["3", "3 business days"], ["5", "3 weeks"]),
        ("행사는 2026년 12월 1일부터 합니다. 오세요.", "2026년 12월 1일",
         ["2026년 12월 1일"], ["2026년 12월 2일", "12월"]),
    ],
)  # fmt: skip
def test_a_number_is_left_out_and_filled_in(text: str, answer: str, good: list[str], bad: list[str]) -> None:
    item = blanking(text)[0]
    assert item.answer == answer
    assert BLANK in item.question
    assert answer not in item.question
    assert [said for said in good if judged(said, item) is not True] == []
    assert [said for said in bad if judged(said, item) is not False] == []


def test_a_text_without_numbers_has_nothing_to_leave_out() -> None:
    assert blanking("주차장은 건물 뒤편에 있습니다.") == []
    assert blanking("") == []


def test_every_sentence_with_a_number_is_a_question() -> None:
    items = blanking("회의실은 3층에 있습니다. 예약은 사내 포털에서 합니다. 점심은 오전 11시부터 제공합니다.")
    assert [item.answer for item in items] == ["3층", "11시"]


def test_a_free_answer_is_not_judged_without_a_model() -> None:
    item = Item("free", "환불은?", "", "3일입니다.")
    assert judged("3일", item) is None
    assert judged("모르겠어요", item) is False


def test_who_has_had_enough() -> None:
    assert all(map(stops, ("그만", "그만할래요", "퀴즈 끝", "stop", "Enough.")))
    assert not any(map(stops, ("3", "그만두면 환불되나요?", "stop the delivery", "")))


def test_a_courtesy_is_no_choice() -> None:
    item = choosing(
        "불량품이 왔어요.",
        "죄송합니다. 받은 날부터 30일 안에 새 상품으로 바꿔 드립니다.",
        ["감사합니다. 3일 걸립니다."],
    )
    assert item is not None
    assert sorted(item.choices) == ["3일 걸립니다.", "받은 날부터 30일 안에 새 상품으로 바꿔 드립니다."]
