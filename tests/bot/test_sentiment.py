"""The mood of texts: sixty sentences with a negation, written before the rules, and what else people send."""

import json
import time
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.sentiment.feedback import entries, summarize
from bot.sentiment.korean_model import FILE
from bot.sentiment.reading import LONGEST, read, sentiment_line

NEGATION = [json.loads(line) for line in Path(__file__).with_name("negation.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_negation_is_read_the_right_way(language: str) -> None:
    some = [each for each in NEGATION if each["language"] == language]
    wrong = [each["text"] for each in some if read(each["text"]).label != each["label"]]
    assert len(some) == 30
    assert len(wrong) <= 3, wrong


def test_model_is_small() -> None:
    assert FILE.stat().st_size < 2_000_000


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("고객센터가 친절해요", "positive"),
        ("재미없지 않아요", "positive"),
        ("문제를 해결해 주지 않네요", "negative"),
        ("최악이에요 다시는 안 가요 ㅡㅡ", "negative"),
        ("정말 만족합니다 😍", "positive"),
        ("The staff were friendly and quick", "positive"),
        ("Worst service ever :(", "negative"),
        ("I can't recommend it enough", "positive"),
        ("They did not fix the problem", "negative"),
    ],
)
def test_label(text: str, label: str) -> None:
    assert read(text).label == label


@pytest.mark.parametrize(
    "text", ["", "   \n", "12345", "?!", "Where is my order?", "\x00\x01", "﷽" * 50, "🪑" * 9, "\ud800"]
)
def test_nothing_to_find_is_zero(text: str) -> None:
    found = read(text)
    assert (found.label, found.score, found.reasons) == ("neutral", 0.0, ())


def test_reasons_are_words_of_the_text_and_say_what_the_label_says() -> None:
    text = "배송이 하나도 늦지 않았어요"
    found = read(text)
    assert "늦지 않았어요" in found.reasons
    assert all(reason in text for reason in found.reasons)


def test_aspects_have_a_score_each() -> None:
    found = read("배송은 빨랐지만 포장이 엉망이고 상담원도 불친절했어요")
    assert list(found.aspects) == ["배송", "포장", "응대"]
    assert found.aspects["배송"] > 0 > found.aspects["포장"]
    english = read("Delivery was quick but the app keeps crashing")
    assert english.aspects["delivery"] > 0 > english.aspects["app"]


def test_line_is_the_contract() -> None:
    line = sentiment_line(read("환불이 안 돼서 짜증나요"))
    assert line["label"] == "negative"
    assert -1 <= line["score"] < 0
    assert line["aspects"] == ["환불"]
    assert json.loads(json.dumps(line)) == line


@pytest.mark.parametrize(
    "text",
    [
        "안" * 100_000,
        "없지않" * 50_000,
        "no " * 100_000,
        "ㅋ" * 100_000,
        "좋" + " " * 100_000,
        "가@" * 50_000,
        "a@" * 50_000,
    ],
)
def test_hostile_length_takes_no_time(text: str) -> None:
    started = time.process_time()
    found = read(text)
    assert -1 <= found.score <= 1
    assert time.process_time() - started < 10, f"{LONGEST} characters should take well under a second"


def test_half_a_character_is_passed_over() -> None:
    """JSON can say one, and no encoding can write it."""
    found = read("배송이 빨라서 좋아요 \ud83d")
    assert found.score == read("배송이 빨라서 좋아요").score > 0


def test_decomposed_hangul_is_the_same() -> None:
    import unicodedata

    text = "상담원이 친절하지 않았어요"
    assert read(unicodedata.normalize("NFD", text)).score == read(text).score


def test_jsonl_keeps_its_order_and_says_what_is_wrong() -> None:
    found = entries(
        b'{"id": 7, "text": "good"}\n\n[1]\n{"id": "x"}\n{"id": NaN, "text": "so"}\n'
        + '{"text": "좋아요"}'.encode("cp949"),
        "jsonl",
    )
    assert [(each.id, each.text, each.error) for each in found] == [
        (7, "good", ""),
        (None, "", "batch.not_json"),
        (None, "", "batch.not_object"),
        ("x", "", "batch.wrong_field"),
        (None, "so", ""),
        (None, "좋아요", ""),
    ]


def test_csv_column_is_found_by_its_heading_or_its_length() -> None:
    headed = "번호,별점,리뷰 내용,후기\n3,5,x,배송이 빨라요\n4,1,y,\n".encode("cp949")
    assert [(each.id, each.text) for each in entries(headed, "csv")] == [("3", "배송이 빨라요"), ("4", "")]
    bare = b"5,it is great,2024\n1,it broke at once,2024\n"
    assert [(each.id, each.text) for each in entries(bare, "csv")] == [(1, "it is great"), (2, "it broke at once")]
    assert entries(b"", "csv") == []


def test_workbook_is_read() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("ID", "Feedback"), ("a", "Love it"), (None, None), ("b", "Arrived broken")):
        sheet.append(row)
    book.save(file := BytesIO())
    assert [(each.id, each.text) for each in entries(file.getvalue(), "xlsx")] == [
        ("a", "Love it"),
        ("b", "Arrived broken"),
    ]


def test_summary_counts_labels_and_aspects() -> None:
    summary = summarize([read("배송이 빨라서 좋아요"), read("배송이 너무 늦고 최악이에요"), read("hello")])
    assert summary.labels == {"positive": 1, "negative": 1, "neutral": 1}
    assert summary.aspects["배송"][0] == 2
    assert summarize([]).mean == 0.0


@pytest.mark.parametrize("text", ["제주도는요?", "그럼 교환은요?", "환불 기간은요"])
def test_a_follow_up_that_only_asks_has_no_mood(text: str) -> None:
    assert read(text).label == "neutral"
