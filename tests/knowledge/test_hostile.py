"""Hostile documents: read or refused with a sentence, in time, with little memory here, and nothing is reached."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.gathering import distinct
from bot.notes import sentence
from bot.phrases import PHRASES
from knowledge.entries import Reading, UnreadableError
from knowledge.guarded import LIMITS, Readers
from knowledge.splitting import split
from tests.knowledge.hostile_files import Outside, hostile
from tests.knowledge.packaged_files import FORMATS

SECRET = "카나리아-7f3a-비밀"
MADE = hostile()

REFUSED = {
    "docx: a file as an entity": "read.entities",
    "docx: a billion laughs": "read.entities",
    "xlsx: a billion laughs": "read.entities",
    "docx: 60 MB of spaces in 60 kB": "read.bomb",
    "docx: 100,000 members": "read.bomb",
    "docx: a member larger than it says": "read.broken",
    "docx: macros": "read.macros",
    "docx: encrypted members": "read.password",
    "xlsx: one cell at the end of the sheet": "read.too_many_cells",
    "hwpx: 60 MB of spaces": "read.bomb",
    "hwp: a section of 300 MB": "read.bomb",
    "zip in zip in zip": "read.archive",
    "zip: broken behind its start": "read.archive_broken",
    "an exe as .pdf": "read.program",
    "a picture and a page": "read.image",
    "txt: zeros": "read.binary",
}
ENDED = {"pdf: a stream of 200 MB packed twice"}
"""A library in another language ends its process where memory ends."""

READ = {
    "docx: relations to elsewhere": "docx",
    "docx: member names that point outside": "docx",
    "docx: tables in tables": "docx",
    "hwpx: a member outside": "hwpx",
    "html: addresses": "html",
    "md: pictures and files": "md",
    "a page as .txt": "html",
    "pdf and zip at once": "pdf",
    "a program in a text": "txt",
}


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    own = Readers()
    yield own
    own.end()


@pytest.fixture(scope="module")
def connections() -> list[object]:
    return []


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory, connections: list[object]) -> Iterator[Outside]:
    canary = tmp_path_factory.mktemp("outside") / "canary.txt"
    canary.write_text(SECRET)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                connection.close()
                connections.append(address)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield Outside(str(canary), f"http://127.0.0.1:{server.getsockname()[1]}")
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def peak(*, anew: bool = False) -> float:
    """The most memory of this process, in MB; ``anew``: counted from now."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    status = Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) / 1_000 for line in status.splitlines() if line.startswith("VmHWM"))


def everything(reading: Reading) -> str:
    return repr(reading.parts) + repr(reading.described)


@pytest.mark.parametrize("kind", ["docx", "xlsx", "pptx", "odt", "epub", "html"])
def test_without_what_is_hostile_each_is_read(kind: str, readers: Readers) -> None:
    reading = readers.read("a", FORMATS[kind]("", "환불은 7일입니다"), LIMITS)
    assert (reading.kind, "환불은 7일입니다" in everything(reading)) == (kind, True)


@pytest.mark.parametrize("name", MADE)
def test_hostile_documents(name: str, readers: Readers, outside: Outside, connections: list[object]) -> None:
    data = MADE[name](outside)
    (file, *_) = distinct([("x" * 300 + "." + name.partition(":")[0], data)])
    before, began = peak(anew=True), time.monotonic()
    kind = phrase = said = ""
    try:
        reading = readers.read(file.name, file.data(), LIMITS)
        split(reading)
        kind = reading.kind
        assert SECRET not in everything(reading)
    except UnreadableError as error:
        phrase, said = error.note.phrase, sentence(error.note, "ko") + sentence(error.note, "en")
    assert SECRET not in said
    assert time.monotonic() - began < LIMITS.wall + 5
    assert phrase in PHRASES or kind
    assert phrase != "read.failed"
    assert phrase != "read.ended" or name in ENDED
    assert phrase == REFUSED.get(name, phrase)
    assert kind == READ.get(name, kind)
    assert peak() - before < 50
    assert connections == []
    print(f"{name}: {phrase or kind}, {time.monotonic() - began:.2f} s, {peak() - before:.0f} MB")


def test_the_reading_process_holds_no_file(readers: Readers, outside: Outside) -> None:
    readers.read("a.csv", MADE["docx: relations to elsewhere"](outside), LIMITS)
    (child,) = readers.waiting()
    held = [str(each.readlink()) for each in Path(f"/proc/{child}/fd").iterdir()]
    files = [each for each in held if not each.startswith("pipe:")]
    assert sorted(files) == ["/dev/null"] * 4 + [f"/proc/{child}/statm"]
