"""What a learner asks for, read from the words, the options and what they prefer."""

import time

import pytest

from bot.preferences import Preferences
from bot.tutoring.request import MOST_QUESTIONS, level_in, level_named, request_of, topic_of


@pytest.mark.parametrize(
    ("order", "topic"),
    [
        ("복리가 뭔지 초등학생도 알게 설명해줘", "복리"),
        ("정보보안 규정으로 문제 내줘", "정보보안 규정"),
        ("분수 나눗셈 이해가 안 가는데 쉽게 알려줄래", "분수 나눗셈"),
        ("광합성을 단계별로 설명해 줘", "광합성"),
        ("SQL 조인을 예를 들어 설명해줘", "SQL 조인"),
        ("배송으로 퀴즈 5문제 내줘", "배송"),
        ("퀴즈 내줘", ""),
        ("쉽게 설명해줘", ""),
        ("이거 쉽게 설명해줘", ""),
        ("Explain compound interest like I'm ten", "compound interest"),
        ("Quiz me on the security policy", "security policy"),
        ("Walk me through photosynthesis step by step", "photosynthesis"),
        ("I don't understand fractions, can you explain them simply?", "fractions"),
        ("Explain SQL joins with an example", "SQL joins"),
        ("how would you explain VAT to a new colleague?", "VAT"),
        ("Explain this", ""),
        ("quiz me", ""),
        ("[퀴즈 · 가 · 1/3번]", "퀴즈 가 1/3번"),
    ],
)
def test_the_topic_is_what_is_left_of_an_order(order: str, topic: str) -> None:
    assert topic_of(order) == topic


@pytest.mark.parametrize(
    ("order", "material", "kind"),
    [
        ("퀴즈 내줘", "", "quiz"),
        ("이차방정식 숙제 힌트 좀 줘", "", "homework"),
        ("내 영어 문장 고쳐줘", "I am go", "correct"),
        ("영어 회화 연습하자", "", "practice"),
        ("이 함수 리뷰해줘", "def f(x): return x+1", "code"),
        ("쉽게 설명해줘", "우리 회사는 금요일에 쉽니다.", "explain"),
        ("Test my knowledge of Korean history", "", "quiz"),
        ("give me a hint for this equation", "x^2 - 5x + 6 = 0", "homework"),
        ("Correct my sentence", "I am go to school", "correct"),
        ("Let's practice English conversation", "", "practice"),
        ("Why doesn't this code run?", "for i in range(3) print(i)", "code"),
        ("Explain recursion to a beginner", "", "explain"),
    ],
)
def test_what_is_to_be_done(order: str, material: str, kind: str) -> None:
    assert request_of(order, material, {}, Preferences()).kind == kind


def test_a_command_goes_before_the_words_and_these_before_what_is_preferred() -> None:
    expert = Preferences(level="expert")
    assert request_of("복리를 설명해줘", "", {}, Preferences()).level == "general"
    assert request_of("복리를 설명해줘", "", {}, expert).level == "expert"
    assert request_of("복리를 초등학생도 알게 설명해줘", "", {}, expert).level == "child"
    assert request_of("복리를 초등학생도 알게 설명해줘", "", {"level": "일반"}, expert).level == "general"
    assert request_of("퀴즈 내줘", "", {"do": "explain"}, expert).kind == "explain"


def test_levels_have_names_in_both_languages() -> None:
    assert [level_named(name) for name in ("초등", "중고등", "일반", "전문가")] == [
        "child",
        "student",
        "general",
        "expert",
    ]
    assert level_named("EXPERT") == "expert"
    assert level_named("박사") == ""
    assert level_in("explain it to a 10-year-old") == "child"


def test_the_number_of_questions_has_a_limit() -> None:
    assert request_of("퀴즈 두 문제 내줘", "", {}, Preferences()).count == 2
    assert request_of("퀴즈 999문제 내줘", "", {}, Preferences()).count == MOST_QUESTIONS
    assert request_of("quiz me with 0 questions", "", {}, Preferences()).count == 1


@pytest.mark.parametrize("text", ["a" * 200_000, "가" * 200_000, "\n" * 200_000, "a(" * 100_000, ";  " * 60_000])
def test_endless_text_takes_no_time(text: str) -> None:
    began = time.perf_counter()
    request_of(text, text, {}, Preferences())
    assert time.perf_counter() - began < 5
