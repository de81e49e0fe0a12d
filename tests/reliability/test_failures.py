"""A disk that is full, folders that may not be written, files that are damaged or gone, a vector server that is away:
a sentence that says what to do, in both languages; the rows are safe; what can be is built anew; the rest goes on.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from bot.database.engine import SQLITE_FILE
from bot.errors import DataError
from bot.indexer import Indexer
from bot.lookup import Lookup, look_up
from bot.messages import Message
from bot.owner import Ownership
from bot.settings import Settings
from bot.wiring import Bot, build_bot
from knowledge.errors import VectorServerError
from knowledge.vectors import VectorIndex
from tests.knowledge.models import make_model
from tests.servers.commands import Ended, dapbot
from tests.servers.databases import copy_folder, settings_of

TODAY = date(2026, 11, 24)
FAQ = "질문,답변\n환불은 언제 되나요?,사흘 안에 됩니다\n배송은 며칠 걸리나요?,이틀 걸립니다\n"
ROWS = 2_000
MANY = "질문,답변\n" + "".join(f"{n}번 상품의 보증 기간은 얼마나 되나요?,{n}개월입니다\n" for n in range(ROWS))
SEARCH = ("knowledge", "search", "환불은 언제 되나요?", "--json")
KOREAN, ENGLISH = {"DAPBOT_LANGUAGE": "ko"}, {"DAPBOT_LANGUAGE": "en"}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("failures") / "data"
    with build_bot(settings_of(folder)) as bot:
        bot.library.add([("faq.csv", FAQ.encode())])
    return folder


@pytest.fixture
def data(template: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of a folder with two entries; whatever was done to its rights is undone at the end."""
    folder = tmp_path / "data"
    copy_folder(template, folder)
    (tmp_path / "many.csv").write_text(MANY, "utf-8")
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def said(ended: Ended, *words: str) -> None:
    """Check that a command failed with one sentence that holds these words."""
    assert ended.code == 1, ended
    assert "Traceback" not in ended.err
    assert "Error(" not in ended.err
    lines = ended.err.strip().splitlines()
    assert all(word in lines[-1] for word in words), ended.err


def answers(ended: Ended) -> bool:
    assert ended.code == 0, ended
    return bool(ended.json["passages"][0]["quote"] == "사흘 안에 됩니다")


def close(path: Path) -> None:
    """Take the right to write away, from everything below a folder too."""
    for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
        each.chmod(0o555 if each.is_dir() else 0o444)


# --- no room ------------------------------------------------------------------------------------------------------


@pytest.mark.sqlite
def test_a_full_disk_keeps_nothing_of_a_change_and_everything_of_before(data: Path) -> None:
    """Files that may not grow are what a full disk is to a program."""
    size = (data / SQLITE_FILE).stat().st_size
    add = ("knowledge", "add", data.parent / "many.csv", "--data", data)
    said(dapbot(*add, file_bytes=size + 1000, **ENGLISH), "cannot be written", "space on the disk", SQLITE_FILE)
    said(dapbot(*add, file_bytes=size + 1000, **KOREAN), "쓸 수 없습니다", "공간")
    assert answers(dapbot(*SEARCH, "--data", data))
    listed = dapbot("knowledge", "list", "--json", "--data", data).json
    assert [document["name"] for document in listed] == ["faq.csv"]
    assert dapbot(*add).code == 0


@pytest.mark.sqlite
def test_on_a_full_disk_questions_are_answered(data: Path) -> None:
    ended = dapbot("ask", "환불은 언제 되나요?", "--data", data, file_bytes=34_000, **KOREAN)
    assert ended.code == 0, ended.err
    assert "사흘 안에 됩니다" in ended.out
    assert "not recorded" in ended.err


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of its own for ``folder``, with its files on it; skip the test where this machine gives none."""
    files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    kilobytes = sum(-(-len(content) // 4096) * 4 for content in files.values()) + 48
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if sys.platform != "linux" or os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk, and not in every container")
    try:
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_an_index_without_room_catches_up_later(data: Path) -> None:
    """The rows are stored, the sentence says so; the server answers from what it has, and says so at /ready."""
    with small_disk(data / "indexes"):
        with owned(data) as bot, Indexer(bot.library) as indexer:
            with pytest.raises(DataError) as full:
                bot.library.add([("many.csv", MANY.encode())])
            assert full.value.phrase == "library.index_storage"
            assert "데이터베이스에 안전하게" in str_in(full.value, "ko")
            assert "No space left" in str(full.value)
            wait_for(lambda: indexer.state.startswith("off"))
            assert answer(bot, "환불은 언제 되나요?") == "사흘 안에 됩니다"
        subprocess.run(["mount", "-o", "remount,size=20000k", str(data / "indexes")], check=True)
        with build_bot(settings_of(data)) as bot:
            assert answer(bot, "700번 상품의 보증 기간은 얼마나 되나요?") == "700개월입니다"
            assert len(bot.knowledge.all_ids()) == ROWS + 2


# --- no rights ----------------------------------------------------------------------------------------------------


def test_a_folder_that_may_not_be_written(data: Path) -> None:
    close(data)
    said(dapbot(*SEARCH, "--data", data, **KOREAN), "쓸 수 없", "DAPBOT_DATA")
    said(dapbot("knowledge", "add", data.parent / "many.csv", "--data", data, **ENGLISH), "cannot be written")
    doctor = dapbot("doctor", "--json", "--data", data, **ENGLISH)
    assert doctor.code == 1
    assert {check["name"] for check in doctor.json["checks"] if check["state"] == "todo"} == {"data"}


def test_indexes_that_may_not_be_written(data: Path) -> None:
    close(data / "indexes")
    add = ("knowledge", "add", data.parent / "many.csv", "--data", data)
    said(dapbot(*add, **ENGLISH), "index", "safe in the database", "ermission denied")
    doctor = dapbot("doctor", "--json", "--data", data, **KOREAN)
    (barred,) = [check for check in doctor.json["checks"] if check["state"] == "todo"]
    assert barred["name"] == "indexes"
    assert "권한" in barred["advice"]
    for path in (data / "indexes", *(data / "indexes").rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    assert answers(dapbot(*SEARCH, "--data", data))


@pytest.mark.sqlite
def test_a_database_of_another_user(data: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can give files away")
    os.chown(data / SQLITE_FILE, 65_534, 65_534)
    (data / SQLITE_FILE).chmod(0o600)
    said(dapbot(*SEARCH, "--data", data, **ENGLISH), "cannot be opened", "Permission denied")
    os.chown(data / SQLITE_FILE, 0, 0)


# --- damage -------------------------------------------------------------------------------------------------------


def garble(path: Path) -> None:
    for each in path.rglob("*") if path.is_dir() else (path,):
        if each.is_file():
            each.write_bytes(b"\xff garbage " * 50)


HARMS: dict[str, Callable[[Path], None]] = {
    "keywords damaged": lambda data: garble(data / "indexes" / "keywords"),
    "keywords gone": lambda data: shutil.rmtree(data / "indexes" / "keywords"),
    "everything gone": lambda data: shutil.rmtree(data / "indexes"),
    "the note damaged": lambda data: garble(data / "indexes" / "followed.json"),
    "the pointer damaged": lambda data: (data / "indexes" / "current.json").write_text("{"),
    "the pointer hostile": lambda data: (data / "indexes" / "current.json").write_text('{"folder":"../..","space":""}'),
}


@pytest.mark.parametrize("harm", HARMS)
def test_an_index_that_is_damaged_or_gone_is_built_anew_at_the_next_start(harm: str, data: Path) -> None:
    HARMS[harm](data)
    with build_bot(settings_of(data)) as bot:
        assert answer(bot, "환불은 언제 되나요?") == "사흘 안에 됩니다"
        assert len(bot.knowledge.all_ids()) == 2
        assert not bot.library.is_behind()


def test_an_index_damaged_while_the_server_runs_mends_itself(data: Path) -> None:
    """Until then a question gets a sentence, and /ready says what is wrong."""
    with owned(data) as bot:
        bot.knowledge.close()  # so that its files are read again
        garble(data / "indexes" / "keywords")
        with pytest.raises(DataError) as told:
            answer(bot, "환불은 언제 되나요?")
        assert "knowledge rebuild" in str_in(told.value, "ko")
        assert bot.knowledge.ready()["keywords"].startswith("failed: the index in")
        with Indexer(bot.library, settled=True):
            wait_for(lambda: bot.knowledge.ready()["keywords"] == "ready")
            assert answer(bot, "환불은 언제 되나요?") == "사흘 안에 됩니다"


@pytest.mark.sqlite
def test_a_damaged_database_is_told_with_what_to_do(data: Path) -> None:
    """From its first byte on, and in its middle."""
    whole = (data / SQLITE_FILE).read_bytes()
    for harmed in (b"garbage" * 1000, whole[:8192] + b"\xff" * (len(whole) - 8192)):
        (data / SQLITE_FILE).write_bytes(harmed)
        said(dapbot("knowledge", "list", "--data", data, **ENGLISH), "damaged", "dapbot database restore")
        said(dapbot("knowledge", "list", "--data", data, **KOREAN), "망가졌습니다", "dapbot database restore")
        assert dapbot("doctor", "--data", data).code == 1


# --- vectors ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(make_model(tmp_path_factory.mktemp("model"), ["환불은 refund", "배송은 delivery", "언제 when"]))


def test_damaged_vectors_are_left_out_and_made_anew(model: str, tmp_path: Path) -> None:
    """The server answers by words alone, says so, and mends itself."""
    settings = settings_of(tmp_path / "data", embedding_model=model)
    with build_bot(settings) as bot:
        bot.library.add([("faq.csv", FAQ.encode())])
        assert bot.knowledge.ready() == {"keywords": "ready", "vectors": "ready"}
    garble(tmp_path / "data" / "indexes" / "vectors")
    with owned(settings.data, settings) as bot:
        assert answer(bot, "환불은 언제 되나요?") == "사흘 안에 됩니다"
        assert bot.knowledge.ready()["vectors"].startswith("off: the index in")
        with Indexer(bot.library, settled=True):
            wait_for(lambda: not bot.knowledge.damaged)
            wait_for(lambda: bot.knowledge.ready()["vectors"] == "ready")
            assert found(bot, "환불은 언제 되나요?").found.legs["vectors"] == "used"
            assert answer(bot, "환불은 언제 되나요?") == "사흘 안에 됩니다"
    shutil.rmtree(next((tmp_path / "data" / "indexes").glob("**/vectors")))
    with build_bot(settings) as bot:
        assert found(bot, "환불은 언제 되나요?").found.legs["vectors"] == "used"


def test_a_vector_server_that_is_away(model: str, tmp_path: Path) -> None:
    """Documents go in, change and go out, questions are answered by words, and doctor says what is missing."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    settings = settings_of(tmp_path / "data", embedding_model=model, chroma_url=url)
    with build_bot(settings) as bot:
        bot.library.add([("faq.csv", FAQ.encode())])
        bot.library.add([("faq.csv", FAQ.replace("사흘", "나흘").encode())])
        assert answer(bot, "환불은 언제 되나요?") == "나흘 안에 됩니다"
        assert bot.knowledge.owes() or bot.shared  # what was replaced is still to be removed there
        bot.library.rebuild()
        assert answer(bot, "환불은 언제 되나요?") == "나흘 안에 됩니다"
        assert url in bot.knowledge.ready()["vectors"]
    environment = {"DAPBOT_CHROMA_URL": url, "DAPBOT_EMBEDDING_MODEL": model}
    doctor = dapbot("doctor", "--json", "--data", settings.data, **environment, **KOREAN)
    (away,) = [check for check in doctor.json["checks"] if check["name"] == "vectors"]
    assert away["state"] == "todo"
    assert "응답하지 않습니다" in away["said"]
    assert "DAPBOT_CHROMA_URL" in away["advice"]


def test_a_vector_server_that_takes_the_call_and_says_nothing(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        vectors = VectorIndex(tmp_path, "m", f"http://127.0.0.1:{mute.getsockname()[1]}", patience=0.3)
        began = time.monotonic()
        with pytest.raises(VectorServerError, match="timed out"):
            vectors.count()
        assert time.monotonic() - began < 10


# --- what the tests share -----------------------------------------------------------------------------------------


@contextmanager
def owned(folder: Path, settings: Settings | None = None) -> Iterator[Bot]:
    """Open a folder as a server does: what was left undone is for the indexer."""
    with Ownership(folder) as ownership:
        assert ownership.take()
        with build_bot(settings or settings_of(folder), ownership=ownership) as bot:
            yield bot


def found(bot: Bot, question: str) -> Lookup:
    return look_up(bot.sessions, bot.knowledge, question, today=TODAY, limit=1)


def answer(bot: Bot, question: str) -> str:
    return bot.ask(Message(question, "test"), record=False).text


def str_in(error: DataError, language: str) -> str:
    from bot.phrases import say

    return say(error.phrase, language, **error.values)  # type: ignore[arg-type]


def wait_for(true: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)
