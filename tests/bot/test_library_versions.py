"""Staged, published together, looked at, brought back; who may see it; other ways to ask. On both databases."""

import io
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.database import originals
from bot.database.audit import Actor, Wanted, lines
from bot.database.backup import back_up
from bot.errors import UserError
from bot.library import FileResult, Library
from bot.lookup import look_up
from bot.messages import Message
from bot.wiring import Bot, build_bot
from tests.bot.database.conftest import settings_for

FAQ = "질문,답변\n환불은 언제 되나요?,사흘 안에 됩니다\n배송은 며칠 걸리나요?,이틀 걸립니다\n"
NEW = FAQ.replace("사흘", "나흘")
TODAY = date(2026, 11, 24)


@pytest.fixture(params=["sqlite", "postgresql"])
def bot(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bot]:
    with build_bot(settings_for(request.param, tmp_path / "data")) as made:
        yield made


@pytest.fixture
def library(bot: Bot) -> Library:
    return bot.library


def put(library: Library, content: str, name: str = "faq.csv", **more: object) -> FileResult:
    (result,) = library.add([(name, content.encode())], **more)  # type: ignore[arg-type]
    return result


def answers(bot: Bot, question: str = "환불은 언제 되나요?", audience: tuple[str, ...] = ()) -> list[str]:
    found = look_up(bot.sessions, bot.knowledge, question, audience=audience, today=TODAY, limit=3)
    return [record.answer for _, record in found.passages]


def refused(library: Library, phrase: str, method: str, *arguments: object, **more: object) -> None:
    with pytest.raises(UserError) as error:
        getattr(library, method)(*arguments, **more)
    assert error.value.phrase == phrase
    assert str(error.value)


def test_staged_is_looked_at_and_then_live(bot: Bot, library: Library) -> None:
    put(library, FAQ)
    result = put(library, NEW, publish=False, author="김민지")
    assert (result.state, result.changed, result.staged) == ("changed", 1, True)
    assert answers(bot)[0] == "사흘 안에 됩니다"
    (waiting,) = library.staged()
    assert (waiting.version, waiting.number, waiting.author) == (result.version, 2, "김민지")
    (changed,) = library.change_of(waiting.version).changed
    assert (changed.before.answer, changed.after.answer) == ("사흘 안에 됩니다", "나흘 안에 됩니다")  # type: ignore[union-attr]
    assert put(library, NEW, publish=False).version == result.version  # the same file again waits already
    (published,) = library.publish([waiting.version])
    assert (published.state, published.number) == ("published", 2)
    assert published.published_at is not None
    assert answers(bot)[0] == "나흘 안에 됩니다"
    assert "사흘 안에 됩니다" not in answers(bot)
    assert library.staged() == []
    refused(library, "library.not_staged", "publish", [waiting.version])
    refused(library, "library.no_such_version", "publish", [999])


def test_several_are_live_at_the_same_moment(bot: Bot, library: Library) -> None:
    staged = [
        put(library, FAQ.replace("환불", word), f"{word}.csv", publish=False).version for word in ("반품", "교환")
    ]
    seen: set[int] = set()
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            with bot.sessions() as session:
                live = text("SELECT count(*) FROM documents WHERE current_version IS NOT NULL")
                seen.add(session.execute(live).scalar_one())

    watcher = threading.Thread(target=watch)
    watcher.start()
    library.publish([version for version in staged if version])
    stop.set()
    watcher.join()
    assert seen <= {0, 2}
    assert len(answers(bot, "교환은 언제 되나요?")) >= 2


def test_of_several_changes_of_one_document_the_newest_is_published(bot: Bot, library: Library) -> None:
    put(library, FAQ)
    older = put(library, NEW, publish=False).version or 0
    newer = put(library, NEW.replace("나흘", "이레"), publish=False).version or 0
    other = put(library, FAQ.replace("환불", "교환"), "other.csv", publish=False).version or 0
    told = library.publish([newer, other, older, newer])
    assert [(each.version, each.state) for each in told] == [
        (newer, "published"),
        (other, "published"),
        (older, "discarded"),
    ]
    assert answers(bot)[0] == "이레 안에 됩니다"
    assert library.staged() == []
    with bot.sessions() as session:
        log = [(line.action, line.detail.get("newer")) for line in lines(session, Wanted(), limit=3)]
        assert log == [("document.discarded", 3), ("document.published", None), ("document.published", None)]
        assert "나흘 안에 됩니다" not in session.execute(text("SELECT answer FROM passages")).scalars().all()


def test_every_file_of_an_archive_is_compared(library: Library) -> None:
    put(library, FAQ, "faq.zip/seoul.csv")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("seoul.csv", NEW)
        archive.writestr("busan.csv", FAQ)
        archive.writestr("broken.csv", b"\xff\xfe\x00")
    told = library.compare(("faq.zip", packed.getvalue()), ("plain.csv", FAQ.encode()))
    assert [(each.name, each.state) for each in told] == [
        ("faq.zip/seoul.csv", "changed"),
        ("faq.zip/busan.csv", "added"),
        ("faq.zip/broken.csv", "unreadable"),
        ("plain.csv", "added"),
    ]
    assert [document.name for document in library.documents()] == ["faq.zip/seoul.csv"]


def test_discarded_leaves_nothing(bot: Bot, library: Library) -> None:
    put(library, FAQ)
    staged = put(library, NEW, publish=False)
    fresh = put(library, "질문,답변\n비밀인가요?,아무도 모르는 답변\n", "secret.csv", publish=False)
    for each in (staged, fresh):
        library.discard(each.version or 0)
    assert [document.name for document in library.documents()] == ["faq.csv"]
    assert [version.state for version in library.history(1)] == ["discarded", "published"]
    refused(library, "library.not_staged", "discard", staged.version)
    with bot.sessions() as session:
        said = session.execute(text("SELECT answer FROM passages")).scalars().all()
        assert not {"아무도 모르는 답변", "나흘 안에 됩니다"} & set(said)
        assert session.execute(text("SELECT count(*) FROM originals")).scalar_one() == 1
    assert len(bot.knowledge.ids()) == 2
    assert put(library, NEW).state == "changed"
    assert [version.number for version in library.history(1)] == [3, 2, 1]


def test_what_somebody_published_meanwhile_is_told_first(bot: Bot, library: Library) -> None:
    put(library, FAQ)
    mine = put(library, NEW, publish=False)
    put(library, FAQ.replace("이틀", "닷새"))
    version = mine.version or 0
    refused(library, "library.changed_meanwhile", "publish", [version])
    assert answers(bot, "배송은 며칠 걸리나요?")[0] == "닷새 걸립니다"
    change = library.change_of(version)  # told anew: mine would take the other one's change back
    assert sorted(each.after.answer for each in change.changed if each.after) == ["나흘 안에 됩니다", "이틀 걸립니다"]
    live = library.live_number(1)
    (published,) = library.publish([version], seen={version: live})
    assert (published.number, published.changed) == (4, 2)  # after the one that overtook it
    assert [each.number for each in library.history(1)] == [4, 3, 1]
    assert answers(bot)[0] == "나흘 안에 됩니다"
    library.rollback(1)
    assert answers(bot, "배송은 며칠 걸리나요?")[0] == "닷새 걸립니다"


def test_history_differences_and_the_way_back(bot: Bot, library: Library) -> None:
    put(library, FAQ, author="가")
    put(library, NEW, author=Actor("나"))
    assert put(library, NEW).state == "unchanged"
    assert put(library, FAQ).state == "changed"  # the old file again is a change
    assert [(v.number, v.state, v.author) for v in library.history(1)] == [
        (3, "published", "local"),
        (2, "superseded", "나"),
        (1, "superseded", "가"),
    ]
    assert library.diff(1, 1, 3).nothing
    (changed,) = library.diff(1, 1, 2).changed
    assert changed.fields == ("answer",)
    back = library.rollback(1, 2, author="다")
    assert (back.number, back.restored_from, back.author, back.changed) == (4, 2, "다", 1)
    assert answers(bot)[0] == "나흘 안에 됩니다"
    assert library.rollback(1).restored_from == 3  # and the way back is taken back
    assert answers(bot)[0] == "사흘 안에 됩니다"
    assert library.show(1).document.version == 5
    refused(library, "library.is_live", "rollback", 1, 5)
    refused(library, "library.no_version", "rollback", 1, 9)
    refused(library, "library.no_version", "diff", 1, 1, 9)
    refused(library, "library.no_document", "history", 9)
    refused(library, "library.no_document", "rollback", 9)
    put(library, "질문,답변\n하나뿐인가요?,네 하나뿐입니다\n", "one.csv")
    refused(library, "library.no_earlier", "rollback", 2)


def test_other_documents_that_say_otherwise_are_told(library: Library) -> None:
    put(
        library,
        "질문,답변\n배송 기간은 며칠인가요?,보통 5일 걸립니다\n반품 배송비는 얼마인가요?,5000원입니다\n",
        "규정.csv",
    )
    rows = "질문,답변\n배송은 며칠 걸리나요?,3일 걸립니다\n배송비는 얼마인가요?,3000원입니다\n"
    rows += "배송 기간은 며칠인가요,보통 닷새 걸립니다\n"
    (compared,) = library.compare(("faq.csv", rows.encode()))
    change = compared.change
    assert [(each.kind, each.document, each.title) for each in change.conflicting] == [
        ("near", "규정.csv", "배송은 며칠 걸리나요?"),
        ("two_answers_elsewhere", "규정.csv", "배송 기간은 며칠인가요"),
    ]
    assert change.conflicting[0].differs == (("3일", "5일"),)
    assert library.documents()[0].name == "규정.csv"
    assert len(library.documents()) == 1  # nothing was written
    put(library, rows, publish=False)
    assert len(library.change_of(library.staged()[0].version).conflicting) == 2


def test_a_document_switched_off_and_on(bot: Bot, library: Library) -> None:
    put(library, FAQ)
    library.disable(1)
    assert (answers(bot), library.documents()[0].enabled) == ([], False)
    held = bot.knowledge.ids()
    assert held, "switched on again it is there at once"
    put(library, NEW)
    assert answers(bot) == []
    assert bot.knowledge.ids() & held, "what stayed the same is not indexed again"
    library.enable(1)
    assert answers(bot)[0] == "나흘 안에 됩니다"
    refused(library, "library.no_document", "enable", 9)
    refused(library, "library.no_document", "disable", 9)


def test_the_narrower_audience_holds(bot: Bot, library: Library) -> None:
    rows = "질문,답변,대상\n연차는 며칠인가요?,열닷새,\n급여일은 언제인가요?,말일,팀장\n"
    put(library, rows, "인사.csv", audience=["직원"])
    assert library.documents()[0].audience == ("직원",)
    asked = "연차는 며칠인가요? 급여일은 언제인가요?"
    assert answers(bot, asked) == []
    assert answers(bot, asked, ("직원",)) == ["열닷새"]
    assert answers(bot, asked, ("팀장",)) == []
    assert set(answers(bot, asked, ("직원", "팀장"))) == {"열닷새", "말일"}
    put(library, rows.replace("말일", "25일"), "인사.csv")
    assert answers(bot, asked, ()) == []  # a new version is for whom the old one was
    library.set_audience(1, None)
    assert answers(bot, asked) == ["열닷새"]
    library.set_audience(1, [])
    assert answers(bot, asked, ("직원", "팀장")) == []
    assert put(library, rows.replace("말일", "25일"), "인사.csv", audience=["직원"]).state == "unchanged"
    assert answers(bot, asked, ("직원",)) == ["열닷새"]


def test_periods_are_those_of_the_day_of_the_question(bot: Bot, library: Library) -> None:
    rows = (
        ("봄 할인", "2026.3.1 ~ 2026.5.31"),
        ("상시 할인", "상시"),
        ("끝난 할인", "2026년 3월 1일까지"),
    )
    put(library, "질문,답변,유효기간\n" + "".join(f"할인되나요?,{answer},{period}\n" for answer, period in rows))
    found = {
        day: {record.answer for _, record in look_up(bot.sessions, bot.knowledge, "할인되나요?", today=day).passages}
        for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 6, 1))
    }
    assert found == {
        date(2026, 3, 1): {"봄 할인", "상시 할인", "끝난 할인"},
        date(2026, 3, 2): {"봄 할인", "상시 할인"},
        date(2026, 6, 1): {"상시 할인"},
    }


# --- other ways to ask ------------------------------------------------------------------------------------------


def test_an_alias_counts_at_once_and_outlives_versions(bot: Bot, library: Library) -> None:
    put(library, FAQ)
    key = library.show(1).passages[0].key
    asked = "머니백 소요일"
    assert answers(bot, asked) == []
    added = library.alias_add(key, asked, author="김민지")
    assert (added.alias, added.key, added.question, added.author) == (asked, key, "환불은 언제 되나요?", "김민지")
    assert answers(bot, asked)[0] == "사흘 안에 됩니다"
    put(library, NEW)
    assert answers(bot, asked)[0] == "나흘 안에 됩니다"
    put(library, NEW.replace("환불은 언제 되나요?", "환불이 언제쯤 될까요?"))  # reworded: the same entry
    assert answers(bot, asked)[0] == "나흘 안에 됩니다"
    library.rollback(1, 1)
    assert answers(bot, asked)[0] == "사흘 안에 됩니다"
    library.rebuild()
    assert answers(bot, asked)[0] == "사흘 안에 됩니다"
    refused(library, "library.alias_taken", "alias_add", key, "머니백  소요일?")
    refused(library, "library.alias_taken", "alias_add", key, "환불은 언제 되나요")
    refused(library, "library.alias_empty", "alias_add", key, " ")
    refused(library, "library.no_key", "alias_add", "없는 id", asked)
    assert library.alias_remove(added.id).alias == asked
    assert answers(bot, asked) == []
    assert library.aliases() == []
    refused(library, "library.no_alias", "alias_remove", added.id)
    refused(library, "library.no_document", "aliases", 9)


def test_aliases_follow_ids_that_are_added_later(bot: Bot, library: Library) -> None:
    put(library, FAQ)
    library.alias_add(library.show(1).passages[0].key, "머니백 소요일")
    put(library, FAQ.replace("질문,", "id,질문,").replace("환불은", "R-1,환불은").replace("배송은", "D-1,배송은"))
    assert [passage.key for passage in library.show(1).passages] == ["R-1", "D-1"]
    assert library.aliases(1)[0].key == "R-1"
    assert answers(bot, "머니백 소요일")[0] == "사흘 안에 됩니다"
    library.rollback(1, 1)
    assert answers(bot, "머니백 소요일")[0] == "사흘 안에 됩니다"


def test_a_key_in_several_documents_needs_the_document(library: Library) -> None:
    rows = "id,질문,답변\n1,환불은 언제 되나요?,사흘 안에 됩니다\n"
    put(library, rows)
    put(library, rows.replace("환불", "교환"), "other.csv")
    refused(library, "library.key_in_several", "alias_add", "1", "머니백")
    assert library.alias_add("1", "머니백", document=2).document == "other.csv"


def test_a_confirmed_answer_finds_its_entry_from_then_on(bot: Bot, library: Library) -> None:
    put(library, FAQ)
    reply = bot.ask(Message("환불은 언제쯤 되나요?", "api"))
    alias = library.confirm(reply.answer_id or "", author="이수진")
    assert alias is not None
    assert (alias.alias, alias.question) == ("환불은 언제쯤 되나요?", "환불은 언제 되나요?")
    assert library.confirm(reply.answer_id or "") is None
    library.remove(1)
    assert library.confirm(reply.answer_id or "") is None
    refused(library, "report.no_answer", "confirm", "0" * 32)


# --- gone is gone -----------------------------------------------------------------------------------------------


def test_removed_is_gone_from_rows_files_and_backups(bot: Bot, library: Library, tmp_path: Path) -> None:
    secret = "질문,답변\n비밀번호가 무엇인가요?,호랑이강낭콩칠십이라고 합니다\n"
    put(library, FAQ)
    put(library, secret, "secret.csv")
    put(library, secret.replace("칠십", "팔십"), "secret.csv")
    library.alias_add(library.show(2).passages[0].key, "호랑이강낭콩암호")
    reply = bot.ask(Message("비밀번호가 무엇인가요?", "api"), record=True)
    assert "팔십" in reply.text
    with bot.sessions() as session:
        assert originals.size_of(session, 2) == len((secret * 2).encode())
    back_up(bot.engine, tmp_path / "before.sqlite3")
    with closing(sqlite3.connect(tmp_path / "before.sqlite3")) as copy:
        kept = {bytes(data) for (data,) in copy.execute("SELECT data FROM originals")}
    assert secret.encode() in kept
    library.remove(2)
    back_up(bot.engine, tmp_path / "after.sqlite3")
    left = (tmp_path / "after.sqlite3").read_bytes()
    assert "칠십이라고".encode() not in left
    assert "호랑이강낭콩암호".encode() not in left
    assert "사흘 안에".encode() in left
    with bot.sessions() as session:
        for table, count in (("originals", 1), ("aliases", 0), ("versions", 1), ("passages", 2)):
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == count
        named = session.execute(text("SELECT document, passage_id FROM answer_sources")).all()
        assert {tuple(row) for row in named} == {("secret.csv", None)}


def test_everything_is_in_the_audit_log(bot: Bot, library: Library) -> None:
    put(library, FAQ, author=Actor("kim", address="10.0.0.1"))
    staged = put(library, NEW, publish=False, author="kim")
    library.publish([staged.version or 0], author="kim")
    library.rollback(1, author="kim")
    library.disable(1, author="kim")
    library.enable(1, author="kim")
    library.set_audience(1, ["a"], author="kim")
    alias = library.alias_add(library.show(1).passages[0].key, "머니백", author="kim")
    library.alias_remove(alias.id, author="kim")
    library.discard(put(library, "질문,답변\n가나요?,네 갑니다\n", "x.csv", publish=False).version or 0, author="kim")
    library.remove(1, author="kim")
    with bot.sessions() as session:
        log = lines(session, Wanted(), limit=50)
    assert [line.action for line in reversed(log)] == [
        "document.published", "document.staged", "document.published", "document.rolled_back", "document.disabled",
        "document.enabled", "document.audience", "alias.added", "alias.removed", "document.staged",
        "document.discarded", "document.removed",
    ]  # fmt: skip
    assert (log[-1].actor, log[-1].address, log[-1].detail["added"]) == ("kim", "10.0.0.1", 2)
    assert "나흘" not in str(log)
