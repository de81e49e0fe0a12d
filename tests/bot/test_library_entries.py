"""Single entries edited, added, taken out: versions with authors, conflicts, undo, downloads, and files that follow."""

import csv
import io
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.database.audit import Wanted, lines
from bot.entry_fields import EntryFields, fields_of
from bot.errors import UserError
from bot.library import Library
from bot.library_entries import EntryMovedError
from bot.library_plans import FileSource
from bot.messages import Message
from bot.settings import Settings
from bot.wiring import Bot, build_bot
from knowledge.plans import Plan, SheetPlan

FAQ = "질문,답변\n주차되나요?,뒤편에 세우세요\n셔틀은 언제 오나요?,정각에 옵니다\n교환되나요?,안 됩니다\n"
PROSE = "# 여행 규정\n\n출장비는 하루 5만원까지 지원합니다.\n\n## 숙박\n\n숙박은 10만원까지입니다.\n"


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with build_bot(Settings(data=tmp_path / "data")) as bot:
        yield bot


@pytest.fixture
def library(bot: Bot) -> Library:
    bot.library.add([("faq.csv", FAQ.encode("cp949"))])
    return bot.library


def keys(library: Library, document: int = 1) -> list[str]:
    return [passage.key for passage in library.show(document).passages]


def answers(library: Library, document: int = 1) -> list[str]:
    return [passage.answer for passage in library.show(document).passages]


def edit(library: Library, key: str, document: int = 1, **said: object) -> None:
    entry = library.entry(document, key)
    made = library.edit_entry(document, key, replace(fields_of(entry.draft), **said), seen=entry.seen, author="kim")  # type: ignore[arg-type]
    assert made is not None


def rows(library: Library, document: int = 1) -> list[list[str]]:
    return list(csv.reader(io.StringIO(library.download(document)[2].decode("utf-8-sig"), newline="")))


def test_an_edit_is_a_version_with_an_author_and_can_be_undone(bot: Bot, library: Library) -> None:
    first, *_ = before = keys(library)
    library.alias_add(first, "차 어디 세워요")
    edit(library, first, question="차는 어디에 세우나요?", answer="앞에 세우세요")
    assert keys(library) == before
    assert answers(library)[0] == "앞에 세우세요"
    assert library.show(1).passages[0].aliases == ("차 어디 세워요",)
    assert bot.ask(_asked("차는 어디에 세우나요?"), record=False).text.startswith("앞에")
    newest, oldest = library.history(1)
    assert (newest.author, newest.edited, newest.changed, oldest.edited) == ("kim", True, 1, False)
    (change,) = library.diff(1, 1, 2).changed
    assert change.fields == ("question", "answer")
    with bot.sessions() as session:
        noted = lines(session, Wanted(action="entry.edited"), limit=5)
    assert [(line.actor, line.subject, dict(line.detail)) for line in noted] == [
        ("kim", "faq.csv", {"version": 2, "key": first})
    ]
    library.rollback(1, 1)
    assert answers(library)[0] == "뒤편에 세우세요"
    entry = library.entry(1, first)
    assert library.edit_entry(1, first, fields_of(entry.draft), seen=entry.seen) is None, "it says that already"


def _asked(question: str) -> Message:
    return Message(question, "terminal")


def test_entries_are_added_and_taken_out(bot: Bot, library: Library) -> None:
    made = library.add_entry(1, EntryFields("3층입니다", "화장실은 어디예요?", aliases=("화장실 위치",)), author="lee")
    assert bot.ask(_asked("화장실 위치"), record=False).text.startswith("3층")
    assert (made.version.added, made.before, made.version.author) == (1, 1, "lee")
    again = library.add_entry(1, EntryFields("2층에도 있어요", "화장실은 어디예요?"))
    assert again.key == f"{made.key}-2"
    with pytest.raises(UserError, match="already"):
        library.add_entry(1, EntryFields("답", "질문"), key=made.key)
    gone = library.entry(1, made.key)
    library.remove_entry(1, made.key, seen=gone.seen)
    assert made.key not in keys(library)
    with pytest.raises(EntryMovedError) as caught:
        library.remove_entry(1, made.key, seen=gone.seen)
    assert caught.value.now is None
    assert [version.removed for version in library.history(1)] == [1, 0, 0, 0]


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(library: Library) -> None:
    first, second, _ = keys(library)
    mine, theirs = library.entry(1, first), library.entry(1, second)
    edit(library, first, answer="남이 고친 답")
    with pytest.raises(EntryMovedError) as caught:
        library.edit_entry(1, first, EntryFields("내 답", "주차되나요?"), seen=mine.seen)
    now = caught.value.now
    assert now is not None
    assert now.draft.answer == "남이 고친 답"
    assert len(library.history(1)) == 2
    assert library.edit_entry(1, first, EntryFields("내 답", "주차되나요?"), seen=now.seen)
    assert library.edit_entry(1, second, EntryFields("다른 항목", "셔틀은요?"), seen=theirs.seen), (
        "that entry is the same"
    )
    assert answers(library)[:2] == ["내 답", "다른 항목"]


def test_threads_that_edit_at_once_lose_nothing(library: Library) -> None:
    some = keys(library)
    seen = {key: library.entry(1, key).seen for key in some}
    moved: list[str] = []

    def work(key: str, name: str) -> None:
        try:
            library.edit_entry(
                1,
                key,
                EntryFields(f"{name}의 답", f"{key} 항목은 무엇을 물어보는 질문인가요?"),
                seen=seen[key],
                author=name,
            )
        except EntryMovedError:
            moved.append(name)

    threads = [threading.Thread(target=work, args=(key, f"{name}{key}")) for key in some for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(moved) == len(some)
    assert len(library.history(1)) == 1 + len(some)
    assert all(answer.endswith("의 답") for answer in answers(library))


def test_a_download_has_the_edits_and_changes_nothing_when_it_comes_back(library: Library) -> None:
    first, second, _ = keys(library)
    edit(library, first, answer="=cmd|' /C calc'!A0", aliases=("가; 나",), valid_until=date(2027, 1, 31))
    library.remove_entry(1, second, seen=library.entry(1, second).seen)
    added = library.add_entry(1, EntryFields("새 답", "새 질문?"))
    table = rows(library)
    assert [row[0] for row in table] == ["id", first, keys(library)[1], added.key]
    assert table[1][2] == "'=cmd|' /C calc'!A0"
    assert [each.state for each in library.add([("faq.csv", library.download(1)[2])])] == ["unchanged"]
    assert library.download(1, original=True)[2] == FAQ.encode("cp949")
    (result,) = library.add([("faq.csv", FAQ.encode("cp949"))], publish=False)  # the old file again is no "unchanged"
    assert (result.state, result.staged) == ("changed", True)
    library.discard(result.version or 0)
    assert rows(library) == table, "its file is still there"


def test_an_edited_workbook_and_lines_come_down_whole(library: Library) -> None:
    from knowledge.writing import workbook_bytes

    book = workbook_bytes(
        [("요금", [["질문", "답변"], ["하나인가요?", "하나입니다"]], 0), ("메모", [["ㄱ", "ㄴ"], ["1", "2"]], None)]
    )
    library.add(
        [
            ("b.xlsx", book),
            ("c.jsonl", '{"id": "k", "question": "무엇인가요?", "answer": "답", "source": "s"}\n'.encode()),
        ]
    )
    numbers = {document.name: document.id for document in library.documents()}
    edit(library, keys(library, numbers["b.xlsx"])[0], numbers["b.xlsx"], answer="고침")
    library.add_entry(numbers["b.xlsx"], EntryFields("둘입니다", "둘인가요?"))
    edit(library, "k", numbers["c.jsonl"], answer="고침")
    for name, number in numbers.items():
        _, _, down = library.download(number)
        assert library.compare((name, down))[0].change.nothing, name
    assert json.loads(library.download(numbers["c.jsonl"])[2]) == {
        "id": "k",
        "question": "무엇인가요?",
        "answer": "고침",
        "source": "s",
    }


def test_prose_is_edited_and_its_file_stays_what_it_was(library: Library) -> None:
    library.add([("규정.md", PROSE.encode())])
    first, second = keys(library, 2)
    entry = library.entry(2, first)
    assert (entry.is_prose, entry.in_table) == (True, False)
    edit(library, first, 2, answer="출장비는 하루 7만원까지 지원합니다.", audience=("직원",))
    assert library.entry(2, first).draft.title == entry.draft.title
    name, _, down = library.download(2)
    assert name == "규정.jsonl"
    assert [json.loads(line)["id"] for line in down.decode().splitlines()] == [first, second]
    assert library.download(2, original=True)[2] == PROSE.encode()
    change = library.compare(("규정.md", PROSE.encode()))[0].change
    assert [each.key for each in change.changed] == [first], "uploaded again, the preview tells that the edit goes"


@pytest.mark.parametrize(
    ("said", "phrase"),
    [
        ({"answer": "  \n "}, "entry.no_answer"),
        ({"question": "\u200b "}, "entry.no_question"),
        ({"question": "가" * 2_001}, "entry.question_long"),
        ({"answer": "가" * 30_001}, "entry.answer_long"),
        ({"title": "가" * 301}, "entry.title_long"),
        ({"aliases": [str(n) for n in range(101)]}, "entry.aliases"),
        ({"audience": ["가/나"]}, "entry.group_name"),
        ({"audience": ["가" * 151]}, "entry.groups"),
        ({"audience": []}, "entry.nobody"),
        ({"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)}, "entry.dates"),
    ],
)
def test_what_cannot_be_written_is_said(said: dict[str, object], phrase: str) -> None:
    with pytest.raises(UserError) as caught:
        replace(EntryFields("답", "질문?"), **said).draft()  # type: ignore[arg-type]
    assert caught.value.phrase == phrase


def test_hostile_text_is_kept_as_text(library: Library) -> None:
    hostile = "나쁜 마음으로 적은 글입니다 <script>alert(1)</script>\x00\ud800 \u202e ${7*7} {{7*7}} ' OR 1=1 --"
    made = library.add_entry(1, EntryFields(hostile, hostile + "?", aliases=(hostile,)))
    entry = library.entry(1, made.key)
    assert "\x00" not in entry.draft.answer
    assert "<script>alert(1)</script>" in entry.draft.answer
    assert library.compare(("faq.csv", library.download(1)[2]))[0].change.nothing


def test_there_is_nothing_to_edit_before_anything_is_live(library: Library) -> None:
    library.add([("neu.csv", FAQ.encode())], publish=False)
    for call in (lambda: library.entry(2, "x"), lambda: library.add_entry(2, EntryFields("답", "질문"))):
        with pytest.raises(UserError) as caught:
            call()
        assert caught.value.phrase == "entry.nothing_live"
    with pytest.raises(UserError) as caught:
        library.entry(1, "no such key")
    assert caught.value.phrase == "entry.none"


# --- how a table is read ---------------------------------------------------------------------------------------------

ODD = "이름,설명문,비고\n환불,네 됩니다,주문\n교환,안 됩니다,주문\n"
PLAN = Plan((SheetPlan(("question", "answer", "title"), ("이름", "설명문", "비고"), header=0),))


def test_a_file_is_read_anew_and_the_next_one_the_same_way(library: Library) -> None:
    (result,) = library.add([("odd.csv", ODD.encode())], publish=False)
    source = FileSource("version", str(result.version))
    assert library.look(source).sheets[0].prose
    assert library.look(source, PLAN).sheets[0].count == 2
    anew = library.read_anew(source, PLAN, author="kim")
    assert (anew.staged, anew.added) == (True, 2)
    assert [version.version for version in library.staged()] == [anew.version], "the other reading is discarded"
    library.publish([anew.version or 0])
    assert library.show(2).passages[0].title == "주문"
    (again,) = library.add([("odd.csv", ODD.replace("네 됩니다", "사흘 걸립니다").encode())])
    assert (again.added, again.changed) == (0, 1)
    assert [note.phrase for note in again.notes].count("read.by_hand") == 1
    edit(library, keys(library, 2)[0], 2, answer="닷새 걸립니다", title="새 분류")
    assert rows(library, 2)[1][1:] == ["환불", "닷새 걸립니다", "새 분류"]
    assert library.compare(("odd.csv", library.download(2)[2]))[0].change.nothing
    (other,) = library.add([("odd.csv", FAQ.encode())])
    assert "read.by_hand_else" in [note.phrase for note in other.notes]
    library.rollback(2, 2)
    assert library.source(FileSource("document", "2")).plan is not None


def test_a_live_document_is_read_anew_as_a_version_that_waits(library: Library) -> None:
    swapped = Plan((SheetPlan(("answer", "question"), ("질문", "답변"), header=0),))
    result = library.read_anew(FileSource("document", "1"), swapped)
    assert result.staged
    assert answers(library)[0] == "뒤편에 세우세요"
    library.publish([result.version or 0])
    assert answers(library)[0] == "주차되나요?"
    same = library.read_anew(FileSource("document", "1"), swapped)
    assert (same.state, same.version) == ("unchanged", None)


def test_what_could_not_be_read_is_kept_until_somebody_says_how(library: Library) -> None:
    empty = "질문,답변,진짜답\n환불되나요?,,네\n"
    (result,) = library.add([("leer.csv", empty.encode())], keep_unread=True)
    assert (result.state, result.message("en").startswith("Left out")) == ("unreadable", True)
    source = FileSource("unread", result.unread)
    assert library.source(source).problem is not None
    plan = Plan((SheetPlan(("question", "", "answer"), ("질문", "답변", "진짜답"), header=0),))
    wrong = Plan((SheetPlan(("question", "answer", ""), ("질문", "답변", "진짜답"), header=0),))
    assert library.read_anew(source, wrong).problem is not None
    assert library.read_anew(source, plan).staged
    for gone in (source, FileSource("unread", "x"), FileSource("version", "x"), FileSource("version", "99999")):
        with pytest.raises(UserError):
            library.look(gone)
    assert library.add([("leer.csv", empty.encode())])[0].unread == ""
    assert library.add([("bild.png", b"\x89PNG\r\n\x1a\n")], keep_unread=True)[0].unread == ""
