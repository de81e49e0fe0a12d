"""Documents go in, change, go out; the indexes follow, whatever happened before."""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session, sessionmaker

from bot import intake
from bot.database.engine import open_engine, sessions_for
from bot.database.leading import Lead
from bot.database.migrating import require_current
from bot.errors import DataError, UserError
from bot.followed import FILE, read_followed, write_followed
from bot.indexer import Indexer
from bot.library import Library
from bot.lookup import look_up, lookup_line
from bot.owner import Ownership
from bot.settings import Settings
from bot.wiring import build_bot
from knowledge.search import Knowledge
from tests.servers.databases import settings_of
from tests.servers.postgres import new_database

FAQ = "질문,답변\n환불은 언제 되나요?,사흘 안에 됩니다\n배송은 며칠 걸리나요?,이틀 걸립니다\n"
TODAY = date(2026, 11, 24)


class House:
    """A data folder with its library, as one process has it."""

    def __init__(self, folder: Path, url: str | None = None, *, own: bool = True) -> None:
        self.engine = open_engine(settings_of(folder, **({"database_url": url} if url else {})))
        require_current(self.engine)
        self.sessions: sessionmaker[Session] = sessions_for(self.engine)
        self.knowledge = Knowledge(folder / "indexes")
        self.owner = Ownership(folder)
        if own:
            assert self.owner.take()
        self.lead = Lead(self.engine, lambda: "test")
        self.library = Library(self.sessions, self.knowledge, self.owner, lead=self.lead)

    def add(self, **files: str) -> list[str]:
        return [result.state for result in self.library.add((f"{n}.csv", t.encode()) for n, t in files.items())]

    def answers(self, question: str) -> list[str]:
        found = look_up(self.sessions, self.knowledge, question, today=TODAY, limit=3)
        return [record.answer for _, record in found.passages]

    def close(self) -> None:
        self.lead.close()
        self.knowledge.close()
        self.owner.release()
        self.engine.dispose()


Opener = Callable[..., House]


@pytest.fixture
def open_house(tmp_path: Path) -> Iterator[Opener]:
    houses: list[House] = []

    def open_one(folder: str = "data", **more: object) -> House:
        houses.append(House(tmp_path / folder, **more))  # type: ignore[arg-type]
        return houses[-1]

    yield open_one
    for house in houses:
        house.close()


@pytest.fixture
def house(open_house: Opener) -> House:
    return open_house()


def test_added_files_are_answered_from_at_once(house: House) -> None:
    seen: list[tuple[int, int]] = []
    results = house.library.add([("faq.csv", FAQ.encode("cp949"))], lambda done, total: seen.append((done, total)))
    assert [(r.name, r.state, r.added, r.changed, r.removed) for r in results] == [("faq.csv", "added", 2, 0, 0)]
    assert "CP949로 읽었어요" in results[0].reading("ko")
    assert "Question column: '질문'" in results[0].reading("en")
    assert house.answers("환불은 언제?")[0] == "사흘 안에 됩니다"
    assert seen[-1] == (2, 2)


def test_one_unreadable_file_stops_nothing(house: House) -> None:
    files = [
        ("a.pdf", b"%PDF-1.4"),
        ("faq.csv", FAQ.encode()),
        ("empty.txt", b""),
        ("b.md", "# 가\n본문입니다.".encode()),
    ]
    results = house.library.add(files)
    assert [result.state for result in results] == ["unreadable", "added", "unreadable", "added"]
    assert results[0].message("ko").startswith("PDF 파일")
    assert results[2].message("en") == "The file is empty. Please add one with content."
    assert [document.name for document in house.library.documents()] == ["b.md", "faq.csv"]


def test_the_same_file_again_changes_nothing(house: House) -> None:
    house.add(faq=FAQ)
    number = house.library.change_number()
    assert house.add(faq=FAQ) == ["unchanged"]
    assert house.add(faq=FAQ.replace("\n", "\r\n")) == ["unchanged"]  # other bytes, same words
    assert house.library.change_number() == number
    assert house.library.documents()[0].version == 1


def test_a_changed_file_replaces(house: House) -> None:
    house.add(faq=FAQ)
    before = house.knowledge.ids()
    (result,) = house.library.add([("faq.csv", FAQ.replace("이틀", "닷새").encode() + "교환은 되나요?,네\n".encode())])
    assert (result.state, result.added, result.changed, result.removed) == ("changed", 1, 1, 0)
    assert house.answers("배송 며칠")[0] == "닷새 걸립니다"
    assert "이틀 걸립니다" not in house.answers("배송 이틀")
    assert len(house.knowledge.ids() & before) == 1  # the unchanged passage kept its row and its place
    assert len(house.knowledge.ids()) == 3


def test_the_same_question_twice_is_kept_and_told(house: House) -> None:
    (result,) = house.library.add([("faq.csv", (FAQ + "환불은 언제 되나요?,모릅니다\n").encode())])
    assert result.added == 3
    assert "1건에 번호를 붙였어요" in result.reading("ko")


def test_look_inside_and_remove(house: House) -> None:
    house.add(faq=FAQ, more="질문,답변\n교환은 되나요?,네\n")
    shown = house.library.show(1)
    assert (shown.document.name, shown.document.entries, shown.document.languages) == ("faq.csv", 2, ("ko",))
    assert [passage.answer for passage in shown.passages] == ["사흘 안에 됩니다", "이틀 걸립니다"]
    house.library.remove(1)
    assert len(house.knowledge.ids()) == 1
    assert house.answers("환불은 언제?") in ([], ["네"])
    for missing in (1, 99):
        with pytest.raises(UserError) as refused:
            house.library.remove(missing)
        assert refused.value.phrase == "library.no_document"
        with pytest.raises(UserError):
            house.library.show(missing)
    assert house.add(faq=FAQ) == ["added"]
    assert house.library.documents()[0].id == 3


def test_a_search_as_json(house: House) -> None:
    house.add(faq=FAQ)
    line = lookup_line(look_up(house.sessions, house.knowledge, "환불은 언제?", today=TODAY, limit=1))
    (passage,) = line["passages"]
    assert passage["document"] == "faq.csv"
    assert (passage["question"], passage["quote"], passage["version"]) == ("환불은 언제 되나요?", "사흘 안에 됩니다", 1)
    assert 0 <= line["confidence"] <= 1


def test_rebuild(house: House) -> None:
    house.add(faq=FAQ)
    house.knowledge.clear()
    assert house.answers("환불은 언제?") == []
    house.library.rebuild()
    assert house.answers("환불은 언제?")[0] == "사흘 안에 됩니다"


def test_lost_and_damaged_indexes_are_built_anew(open_house: Opener, tmp_path: Path) -> None:
    first = open_house()
    first.add(faq=FAQ)
    first.close()
    indexes = tmp_path / "data" / "indexes"
    for harm in (lambda: shutil.rmtree(indexes), lambda: (indexes / "keywords" / "meta.json").write_text("{broken")):
        harm()
        house = open_house()
        house.library.catch_up()
        assert house.answers("환불은 언제?")[0] == "사흘 안에 됩니다"
        house.close()


@pytest.mark.sqlite
def test_an_older_database_put_back_is_followed(open_house: Opener, tmp_path: Path) -> None:
    """A restored backup gives out ids again that the indexes know as other texts."""
    first = open_house()
    first.add(faq=FAQ)
    first.engine.dispose()
    database = tmp_path / "data" / "dapbot.sqlite3"
    shutil.copy(database, tmp_path / "backup")
    first.add(new="질문,답변\n교환은 언제 되나요?,이레 안에\n")
    first.close()
    shutil.copy(tmp_path / "backup", database)
    house = open_house()
    house.library.heal()
    house.add(other="질문,답변\n포장은 무엇으로 하나요?,상자\n")
    assert house.answers("포장은?")[0] == "상자"
    assert "상자" not in house.answers("교환은 언제?")[:1]


def test_another_database_over_the_same_folder(open_house: Opener) -> None:
    first = open_house()
    first.add(faq=FAQ)
    first.close()
    second = open_house(url=new_database())
    second.library.heal()
    assert second.knowledge.ids() == set()
    second.add(other="질문,답변\n포장은?,상자\n")
    assert second.answers("포장은?")[0] == "상자"


# --- several processes ------------------------------------------------------------------------------------------


def test_others_write_rows_and_the_owner_takes_them_up(open_house: Opener) -> None:
    owner, other = open_house(), open_house(own=False)
    with Indexer(owner.library) as indexer:
        assert other.add(faq=FAQ) == ["added"]
        assert owner.answers("환불은 언제?")[0] == "사흘 안에 됩니다"
        until = time.monotonic() + 30  # it says so a moment after what it published is found
        while indexer.state != "ready" and time.monotonic() < until:
            time.sleep(0.01)
        assert indexer.state == "ready"
        started = time.monotonic()
        assert other.add(faq=FAQ.replace("사흘", "나흘")) == ["changed"]
        assert time.monotonic() - started < 5
        assert owner.answers("환불은 언제?")[0] == "나흘 안에 됩니다"
        other.library.rebuild()
        assert owner.answers("환불은 언제?")[0] == "나흘 안에 됩니다"
        other.library.remove(1)
        assert owner.knowledge.ids() == set()
    assert not other.owner.held


def test_an_owner_that_does_nothing_is_not_waited_for_for_ever(open_house: Opener) -> None:
    open_house()
    other = open_house(own=False)
    started = time.monotonic()
    with pytest.raises(DataError) as silent:
        Library(other.sessions, other.knowledge, other.owner, patience=0.5).add([("faq.csv", FAQ.encode())])
    assert silent.value.phrase == "library.owner_silent"
    assert time.monotonic() - started < 5
    assert other.library.documents()[0].state == "requested"


def test_an_owner_that_goes_away_is_replaced(open_house: Opener) -> None:
    owner, other = open_house(), open_house(own=False)
    timer = threading.Timer(0.5, owner.owner.release)
    timer.start()
    assert other.add(faq=FAQ) == ["added"]
    timer.join()
    assert other.owner.held
    assert other.answers("환불은 언제?")[0] == "사흘 안에 됩니다"


def test_two_machines_over_one_database(open_house: Opener) -> None:
    """Each keeps its own keyword index and follows the same rows."""
    url = new_database()
    one, two = open_house("one", url=url), open_house("two", url=url)
    with Indexer(two.library):
        one.add(faq=FAQ)
        deadline = time.monotonic() + 20
        while not two.answers("환불은 언제?") and time.monotonic() < deadline:
            time.sleep(0.1)
        assert two.answers("환불은 언제?")[0] == "사흘 안에 됩니다"


def test_many_at_once(open_house: Opener) -> None:
    owner, other = open_house(), open_house(own=False)
    houses = [owner, other, owner, other]
    states: list[str] = []

    def work(at: int) -> None:
        for turn in range(3):
            states.extend(houses[at].add(**{f"f{at}": f"질문,답변\n{at}번은 무엇인가요?,{at}의 {turn}\n"}))

    with Indexer(owner.library):
        threads = [threading.Thread(target=work, args=(at,)) for at in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert sorted(states) == ["added"] * 4 + ["changed"] * 8
    assert len(owner.knowledge.ids()) == 4
    assert [d.state for d in owner.library.documents()] == ["published"] * 4


ADD = """
import sys
from pathlib import Path
from bot.settings import Settings
from bot.wiring import build_bot
with build_bot(Settings(data=Path(sys.argv[1]))) as bot:
    bot.library.add([("faq.csv", Path(sys.argv[2]).read_bytes())])
"""


@pytest.mark.parametrize("point", ["after_rows", "after_index", "after_publish"])
def test_killed_between_the_steps_the_next_start_is_right(
    tmp_path: Path, point: str, monkeypatch: pytest.MonkeyPatch, open_house: Opener
) -> None:
    first = open_house()
    first.add(faq=FAQ)
    first.close()
    (tmp_path / "new.csv").write_text(FAQ.replace("사흘", "나흘") + "교환은 되나요?,네\n")
    monkeypatch.setenv("DAPBOT_FAULT", point)
    died = subprocess.run([sys.executable, "-c", ADD, tmp_path / "data", tmp_path / "new.csv"], timeout=60, check=False)
    assert died.returncode == -9
    monkeypatch.delenv("DAPBOT_FAULT")
    with build_bot(Settings(data=tmp_path / "data")) as bot:
        found = look_up(bot.sessions, bot.knowledge, "환불은 언제 되나요?", today=TODAY)
        assert found.passages[0][1].answer == "나흘 안에 됩니다"
        assert len(bot.knowledge.ids()) == 3
        (document,) = bot.library.documents()
        assert (document.version, document.state, document.entries) == (2, "published", 3)


def test_a_reader_that_fails_on_a_file_keeps_the_others(house: House) -> None:
    """Whatever a document does to its reader, its result is a sentence."""
    assert issubclass(RecursionError, intake.READER_FAILURES)
    assert issubclass(UnicodeError, intake.READER_FAILURES)
    assert house.add(faq=FAQ) == ["added"]


def test_how_far_the_indexes_follow_is_beside_them(house: House) -> None:
    house.add(faq=FAQ)
    folder = house.owner.folder
    assert read_followed(folder).change == house.library.change_number() == read_followed(folder).calibrated
    (folder / FILE).write_text("not json")
    assert read_followed(folder).change == 0
    house.library.heal()
    assert read_followed(folder).change == house.library.change_number()


def test_an_index_made_by_another_version_is_made_anew(house: House) -> None:
    """Another analysis or other fields: the next owner indexes again, though no row has changed."""
    house.add(faq=FAQ)
    folder = house.owner.folder
    write_followed(folder, replace(read_followed(folder), form="0 another"))
    house.knowledge.close()
    (folder / "indexes" / "keywords" / "meta.json").write_text("{}")
    house.library.heal()
    assert read_followed(folder).form == house.knowledge.form
    assert len(house.knowledge.ids()) == 2


def test_a_damaged_index_is_told_with_what_to_do(house: House) -> None:
    house.add(faq=FAQ)
    house.knowledge.close()
    (house.owner.folder / "indexes" / "keywords" / "meta.json").write_text("{}")
    with pytest.raises(DataError, match="dapbot knowledge rebuild"):
        house.answers("환불은 언제 되나요?")
    house.library.rebuild()
    assert house.answers("환불은 언제 되나요?")[0] == "사흘 안에 됩니다"
