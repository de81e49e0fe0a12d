"""FAQ lines, passage lines, and JSON that is neither."""

import json
from datetime import date

import pytest

from knowledge.entries import Entry, UnreadableError
from knowledge.reading import read
from knowledge.splitting import split


def test_faq_lines_and_passage_lines() -> None:
    lines = [
        {
            "id": "r-1", "title": "결제", "question": "환불되나요?", "answer": "네", "aliases": ["돈을 돌려받나요?"],
            "audience": ["staff"], "valid_from": "2026-01-01", "valid_until": "2026-12-31",
        },
        {"id": 7, "title": "배송", "text": "사흘 걸려요.\n제주는 닷새."},
        {"id": "x", "question": "교환은?", "answer": "됩니다", "audience": "all"},
    ]  # fmt: skip
    reading = read("faq.jsonl", "\n".join(json.dumps(line, ensure_ascii=False) for line in lines).encode())
    assert reading.kind == "jsonl"
    assert reading.parts == (
        Entry(
            "네", "환불되나요?", "결제", "r-1", ("돈을 돌려받나요?",), ("staff",), date(2026, 1, 1), date(2026, 12, 31)
        ),
        Entry("사흘 걸려요.\n제주는 닷새.", title="배송", key="7"),
        Entry("됩니다", "교환은?", key="x"),
    )


def test_a_passage_line_stays_one_passage_whatever_its_length() -> None:
    lines = "\n".join(json.dumps({"id": f"p{n}", "text": "긴 글입니다. " * 2_000}) for n in range(3))
    drafts = split(read("corpus.jsonl", lines.encode()))
    assert [draft.key for draft in drafts] == ["p0", "p1", "p2"]


@pytest.mark.parametrize(
    "text",
    [
        '[{"질문": "환불?", "답변": "네"}]', '{"faq": [{"q": "환불?", "a": "네"}]}', '{"문의": "환불?", "회신": "네"}',
        '\ufeff[\n  {"Question": "환불?", "Answer": "네"}\n]',
    ],
)  # fmt: skip
def test_arrays_and_other_names(text: str) -> None:
    assert read("faq.json", text.encode()).parts == (Entry("네", "환불?"),)


def test_lines_that_cannot_be_used_are_counted_and_the_others_taken() -> None:
    text = (
        '{"question": "환불?", "answer": "네"}\nnot json\n[1, 2]\n{"question": "답 없음"}\n'
        '{"question": {"a": 1}, "answer": "x"}\n{"text": "a"}\n{"text": "b"}\n{"text": "c"}\n{"text": NaN}\n'
        '{"question": "q", "answer": "a", "valid_from": "언젠가"}\n'
    )
    reading = read("faq.jsonl", text.encode())
    assert [part.text for part in reading.parts] == ["네", "a", "b", "c", "a"]
    told = {note.phrase: note.values.get("rows") for note in reading.described}
    assert told["read.line_broken"] == "2"
    assert told["read.line_no_object"] == "3"
    assert told["read.row_no_answer"] == "4"
    assert told["read.line_not_text"] == "5, 9"
    assert told["read.row_bad_date"] == "10"


def test_an_empty_audience_is_nobody_and_told() -> None:
    reading = read("faq.jsonl", b'{"question": "q", "answer": "a", "audience": []}')
    assert reading.parts == (Entry("a", "q", audience=()),)
    assert "read.audience_empty" in [note.phrase for note in reading.described]


def test_what_no_database_takes_is_gone() -> None:
    reading = read("faq.jsonl", rb'{"id": "a\u0000", "question": "\ud800refund?", "answer": "yes\u0000"}')
    assert reading.parts == (Entry("yes", "refund?", key="a"),)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ('[{"question": "a", "answer": }]', "read.json_broken"),
        ('{"question": "a",\n "answer": "b"', "read.json_broken"),
        ("[" * 200_000, "read.json_deep"),
        ('[{"a":' * 100_000 + "1" + "}]" * 100_000, "read.json_deep"),
        ('{"cells": [{"source": "x"}], "metadata": {}}', "read.json_shape"),
        ("[1, 2, 3]", "read.json_shape"),
        ("[]", "read.json_shape"),
        ('{"question": "q", "answer": ""}', "read.row_no_answer"),
        ('{"question": "q", "answer": ' + "9" * 5_000 + "}", "read.json_broken"),
    ],
)
def test_json_that_is_refused(text: str, phrase: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        read("faq.json", text.encode())
    assert refused.value.note.phrase == phrase


def test_prose_in_brackets_is_prose() -> None:
    assert read("공지.txt", "[공지] 오늘은 쉽니다.\n내일 뵙겠습니다.\n".encode()).kind == "txt"
