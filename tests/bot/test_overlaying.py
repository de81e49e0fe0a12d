"""What was edited stands in the table or the lines it came from, and reads as the entries that are live."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.overlaying import as_lines, overlay, overlay_lines
from knowledge.entries import Reading
from knowledge.lines import read_values
from knowledge.splitting import Draft, split
from knowledge.tables import Layout, layout_of, read_table

Table = Sequence[Sequence[str]]

PLAIN: Table = (
    ("머리말",),
    ("질문", "답변", "메모"),
    ("가나?", "네", "그대로"),
    ("", "", ""),
    ("오나?", "아니요", "=1"),
)
FULL: Table = (
    ("id", "대분류", "소분류", "question", "answer", "aliases", "키워드", "audience", "기간"),
    ("k1", "주문", "환불", "q1", "a1", "x; y", "z, w", "staff", "2026-01-01 ~ 2026-12-31"),
    ("k2", "주문", "주문", "q2", "a2", "", "", "", ""),
)
BOTH: Table = (
    ("질문(한)", "답변(한)", "질문(영)", "답변(영)"),
    ("하나?", "일", "one?", "1"),
    ("둘?", "이", "two?", "2"),
)
NAMELESS: Table = (
    ("환불되나요?", "네, 사흘 안에 됩니다"),
    ("교환되나요?", "아니요, 안 됩니다"),
    ("며칠 걸리나요?", "사흘쯤 걸려요"),
)
HARD = ("=cmd|' /C calc'!A0", "@SUM(1)", "+82", "가; 나|다", '["x"]', "- 하나", "\n앞", "a" * 500)


def layout(rows: Table) -> Layout:
    found = layout_of(rows)
    assert found is not None
    return found


def drafts_of(rows: Table) -> list[Draft]:
    parts, _ = read_table(rows, layout=layout(rows))
    return split(Reading("csv", tuple(parts), ()))


def content(drafts: Sequence[Draft]) -> list[object]:
    names = ("question", "answer", "title", "aliases", "audience", "valid_from", "valid_until")
    return [tuple(getattr(draft, name) for name in names) for draft in drafts]


def again(rows: Table, drafts: Sequence[Draft]) -> list[Draft]:
    """Write the entries over the table and read what came of it."""
    made = overlay(rows, layout(rows), drafts)
    parts, _ = read_table(made.rows, layout=made.layout)
    return split(Reading("csv", tuple(parts), ()))


@pytest.mark.parametrize("rows", [PLAIN, FULL, BOTH, NAMELESS])
def test_what_nobody_edited_stays_as_it_is(rows: Table) -> None:
    drafts = drafts_of(rows)
    made = overlay(rows, layout(rows), drafts)
    assert made.rows == [list(row) for row in rows]
    assert made.layout == layout(rows)
    assert len(made.keys) == len({draft.row for draft in drafts})


@pytest.mark.parametrize("rows", [PLAIN, FULL, BOTH, NAMELESS])
def test_every_field_can_be_edited(rows: Table) -> None:
    drafts = drafts_of(rows)
    for at, draft in enumerate(drafts):
        for hard in HARD:
            fields = {
                "question": f"새 질문 {hard}?".strip(),
                "answer": f"새 답 {hard}".strip(),
                "title": "가 > 나 > 다",
            }
            lists = {"aliases": ("하나", hard.strip().replace("\n", " ")), "audience": ("직원", "손님")}
            days = {"valid_from": date(2026, 3, 1), "valid_until": date(2026, 5, 31)}
            now = [*drafts]
            now[at] = replace(draft, **fields, **lists, **days)  # type: ignore[arg-type]
            if len({each.row for each in drafts}) < len(drafts):  # two questions of a row have the rest in common
                now[at] = replace(draft, **fields)  # type: ignore[arg-type]
                now = [replace(each, title="") if each.row != draft.row else each for each in now]
                now[at] = replace(now[at], title="")
            assert content(again(rows, now)) == content(now)


def test_cells_change_only_where_an_entry_does() -> None:
    drafts = drafts_of(FULL)
    made = overlay(FULL, layout(FULL), [replace(drafts[0], answer="바뀜"), drafts[1]])
    differing = [
        (row, column)
        for row, (old, new) in enumerate(zip(FULL, made.rows, strict=True))
        for column, (before, after) in enumerate(zip(old, new, strict=True))
        if before != after
    ]
    assert differing == [(1, 4)]


@pytest.mark.parametrize("field", ["aliases", "audience", "valid_from", "valid_until", "title"])
def test_a_field_can_be_emptied(field: str) -> None:
    drafts = drafts_of(FULL)
    emptied: object = {"aliases": (), "title": ""}.get(field)
    now = [replace(drafts[0], **{field: emptied}), drafts[1]]  # type: ignore[arg-type]
    assert content(again(FULL, now)) == content(now)


def test_a_missing_column_is_added_with_a_name_that_is_read() -> None:
    drafts = drafts_of(PLAIN)
    made = overlay(PLAIN, layout(PLAIN), [drafts[0], replace(drafts[1], audience=("직원",))])
    assert made.rows[1] == ["질문", "답변", "메모", "대상"]
    assert made.rows[4] == ["오나?", "아니요", "=1", "직원"]
    assert made.rows[2] == list(PLAIN[2])
    english = (("question", "answer"), ("q?", "a"))
    entry = drafts_of(english)[0]
    assert overlay(english, layout(english), [replace(entry, title="t")]).rows[0] == ["question", "answer", "category"]


@pytest.mark.parametrize("rows", [PLAIN, FULL, NAMELESS])
def test_entries_are_taken_out_and_added(rows: Table) -> None:
    drafts = drafts_of(rows)
    new = Draft("neu", "새 답", "ko", "새 질문?", aliases=("또",))
    now = [*drafts[1:], new]
    made = overlay(rows, layout(rows), now)
    assert content(again(rows, now)) == content(now)
    assert list(made.keys.values()) == [draft.key for draft in now]
    assert [made.rows[at] for at in made.keys][-1].count("새 질문?") == 1
    none = overlay(rows, layout(rows), [])
    assert len(none.rows) == len(rows) - len(drafts)


def test_one_question_of_a_row_with_two_is_taken_out() -> None:
    drafts = drafts_of(BOTH)
    for gone in range(len(drafts)):
        now = [draft for at, draft in enumerate(drafts) if at != gone]
        assert content(again(BOTH, now)) == content(now)
        other = gone ^ 1  # and what is left of the row is reworded besides
        now = [replace(d, answer="바뀐 답") if d is drafts[other] else d for d in now]
        assert content(again(BOTH, now)) == content(now)


LINES = [
    {"id": "k1", "question": "q1", "answer": "a1", "source": "x", "tags": ["t"], "기간": "2026-01-01 ~ 2026-02-01"},
    "no object",
    {"text": "그냥 글", "title": "제목"},
    {"질문": "둘?", "답변": "이", "audience": []},
]


def of_lines(values: list[object]) -> list[Draft]:
    return split(Reading("jsonl", tuple(read_values(values)[0]), ()))


def test_lines_keep_what_is_not_an_entrys() -> None:
    drafts = of_lines(list(LINES))
    assert [value for _, value in overlay_lines(LINES, drafts)] == LINES
    now = [
        replace(drafts[0], answer="바뀜", aliases=("가",), valid_until=None),
        replace(drafts[1], answer="다른 글"),
        replace(drafts[2], question="셋?", audience=("직원",)),
        Draft("neu", "답", "ko", "새 질문?", valid_from=date(2026, 1, 1)),
    ]
    made = [value for _, value in overlay_lines(LINES, now)]
    assert content(of_lines(json.loads(json.dumps(made)))) == content(now)
    assert made[0]["source"] == "x"
    assert made[1] == "no object"
    assert made[3] == {"질문": "셋?", "답변": "이", "audience": ["직원"]}
    assert [place for place, _ in overlay_lines(LINES, now)] == [0, 1, 2, 3, None]
    assert [value for _, value in overlay_lines(LINES, now[1:3])] == [made[1], made[2], made[3]]


def test_prose_is_given_as_lines_of_its_own() -> None:
    drafts = [Draft("k", "글", "ko", title="제목"), Draft("q", "답", "ko", "질문?", audience=("직원",))]
    lines = as_lines(drafts)
    assert lines[0] == {"id": "k", "text": "글", "title": "제목"}
    read = of_lines(json.loads(json.dumps(lines)))
    assert (content(read), [draft.key for draft in read]) == (content(drafts), ["k", "q"])
