"""Documents are read in a child process that can do nothing else, and that is ended when it takes too much."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.notes import sentence
from knowledge import transport
from knowledge.entries import Entry, Note, Reading, Section, UnreadableError
from knowledge.formats import MAX_BYTES
from knowledge.guarded import LIMITS, Readers, read_guarded
from knowledge.reading import read
from knowledge.reading_process import Limits
from knowledge.splitting import split

FAQ = "질문,답변,유효기간\n환불 기간은?,7일입니다,2030-01-01\n배송은?,이틀,\n".encode()
LONG = b"a,b\n" * 1_000_000
"""Takes some seconds."""


@pytest.fixture
def readers() -> Iterator[Readers]:
    own = Readers()
    yield own
    own.end()


def refused(readers: Readers, data: bytes, limits: Limits) -> str:
    with pytest.raises(UnreadableError) as error:
        readers.read("a.csv", data, limits)
    for language in ("ko", "en"):
        assert sentence(error.value.note, language)  # type: ignore[arg-type]
    return error.value.note.phrase


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_what_comes_back_is_what_was_read() -> None:
    for name, data in {
        "faq.csv": FAQ,
        "안내.md": "# 배송\n\n이틀 걸립니다.\n\n## 섬\n\n나흘".encode(),
        "faq.jsonl": b'{"id": "7", "question": "a?", "answer": "b", "audience": ["staff"], "aliases": ["c?"]}',
        "page.html": "<html><body><h1>제목</h1><p>본문입니다</p></body></html>".encode(),
    }.items():
        here = read(name, data)
        assert read_guarded(name, data) == (here, split(here))


def test_refusals_come_back_as_they_are() -> None:
    for data, phrase in {
        b"": "read.empty",
        b"MZ\x90\x00": "read.program",
        bytes(MAX_BYTES + 1): "read.too_large",
    }.items():
        with pytest.raises(UnreadableError) as error:
            read_guarded("a", data)
        assert error.value.note.phrase == phrase


def test_one_child_reads_many_documents(readers: Readers) -> None:
    readers.read("a.csv", FAQ, LIMITS)
    (first,) = readers.waiting()
    with pytest.raises(UnreadableError):
        readers.read("a", b"MZ\x90\x00", LIMITS)
    readers.read("a.csv", FAQ, LIMITS)
    assert readers.waiting() == [first]


def test_a_child_that_took_much_memory_is_replaced(readers: Readers) -> None:
    limits = replace(LIMITS, kept=1)
    used: list[int] = []
    for _ in range(5):
        assert readers.read("a.csv", FAQ, limits).kind == "csv"
        used += readers.waiting()  # it may have ended already
    assert len(set(used)) == len(used)


def test_threads_read_at_the_same_time(readers: Readers) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: readers.read("a.csv", b"question,answer\nq?,%d\n" % n, LIMITS), range(40)))
    assert [reading.parts[0].text for reading in found] == [str(n) for n in range(40)]


def test_a_child_that_ended_meanwhile_is_replaced(readers: Readers) -> None:
    readers.read("a.csv", FAQ, LIMITS)
    (first,) = readers.waiting()
    os.kill(first, signal.SIGKILL)
    time.sleep(0.05)
    readers.read("a.csv", FAQ, LIMITS)
    assert readers.waiting() != [first]


def test_what_takes_too_long_is_ended(readers: Readers) -> None:
    began = time.monotonic()
    assert refused(readers, LONG, replace(LIMITS, wall=1)) == "read.took_too_long"
    assert time.monotonic() - began < 10
    assert readers.waiting() == []


@pytest.mark.skipif(sys.platform == "win32", reason="no such limits there")
def test_what_takes_too_much_is_ended(readers: Readers) -> None:
    assert refused(readers, LONG, replace(LIMITS, cpu=0)) == "read.took_too_long"
    assert refused(readers, LONG, replace(LIMITS, memory=40_000_000)) == "read.too_much_memory"
    assert readers.waiting() == []


def test_what_holds_too_much_is_refused(readers: Readers) -> None:
    many = b"question,answer\n" + b"q,a\n" * 20
    assert refused(readers, many, replace(LIMITS, parts=19)) == "read.too_many_parts"
    assert refused(readers, many, replace(LIMITS, size=200)) == "read.too_much_text"
    assert len(readers.read("a.csv", many, replace(LIMITS, parts=20)).parts) == 20


def test_a_child_that_crashes_has_a_sentence(readers: Readers) -> None:
    def crash() -> None:
        deadline = time.monotonic() + 10
        while not readers.working() and time.monotonic() < deadline:
            time.sleep(0.01)
        os.kill(readers.working()[0], signal.SIGSEGV)

    thread = threading.Thread(target=crash)
    thread.start()
    assert refused(readers, LONG, LIMITS) == "read.ended"
    thread.join()
    assert readers.read("a.csv", FAQ, LIMITS).kind == "csv"


def test_a_child_gets_no_secrets(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    readers.read("a.csv", FAQ, LIMITS)
    (child,) = readers.waiting()
    assert b"sk-secret" not in Path(f"/proc/{child}/environ").read_bytes()


# --- data that comes back --------------------------------------------------------------------------------------------

READING = Reading(
    "csv",
    (
        Entry("답", "질문", "제목", "k", ("다른 질문",), ("staff",), date(2025, 1, 1), date(2030, 1, 1), 3),
        Section(("가", "나"), "글\n둘째 줄", 2, rows=True),
        Entry("a"),
    ),
    (Note("read.encoding_used", {"encoding": "CP949"}),),
)


def received(lines: list[bytes]) -> Reading:
    parts = []
    for each in lines:
        value = transport.parsed(each)
        part = transport.part_of(value)
        if part is None:
            return transport.reading_of(value, parts)
        parts.append(part)
    raise transport.NotAReadingError


def test_readings_go_and_come() -> None:
    assert received(list(transport.lines(READING))) == READING


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"{}\n",
        b"[]\n",
        b"[" * 100_000 + b"\n",
        b'{"entry": {"text": 1}}\n',
        b'{"entry": {}}\n',
        b'{"entry": []}\n',
        b'{"entry": {"text": "a", "__class__": "os"}}\n',
        b'{"entry": {"text": "a", "aliases": "bc"}}\n',
        b'{"entry": {"text": "a", "valid_from": "tomorrow"}}\n',
        b'{"section": {"titles": [1], "text": "a"}}\n',
        b'{"kind": "csv", "described": [], "parts": 1}\n',
        b'{"kind": "csv", "described": [["not a phrase", {}]], "parts": 0}\n',
        b"\xff\xfe\n",
    ],
)
def test_what_is_no_reading_is_not_taken(line: bytes) -> None:
    with pytest.raises(transport.NotAReadingError):
        received([line])


# --- what the child cannot do ----------------------------------------------------------------------------------------

CONFINED = """
import ctypes, json, os, socket, subprocess, sys
sys.path.insert(0, sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
from concurrent.futures import ThreadPoolExecutor
from knowledge.confined import confine
before = open(sys.argv[2])
held = confine(memory=100_000_000, files=32, parent=os.getppid())
def tried(what):
    try:
        return bool(what())
    except BaseException as error:
        return type(error).__name__
secret, fresh = sys.argv[2].encode(), (sys.argv[2] + ".new").encode()
print(json.dumps({
    "held": [held.limits, held.landlock, held.seccomp],
    "python": {
        "open": tried(lambda: open(sys.argv[2])),
        "write": tried(lambda: open(sys.argv[2] + ".new", "w")),
        "list": tried(lambda: os.listdir("/")),
        "socket": tried(lambda: socket.socket()),
        "run": tried(lambda: subprocess.run(["true"])),
        "fork": tried(lambda: os.fork()),
        "kill": tried(lambda: os.kill(os.getppid(), 0)),
        "remove": tried(lambda: os.remove(sys.argv[2])),
        "memory": tried(lambda: bytearray(200_000_000)),
    },
    "native": {
        "open": libc.open(secret, 0) >= 0,
        "write": libc.open(fresh, 0o101, 0o600) >= 0,
        "own": libc.open(sys.argv[1].encode() + b"/knowledge/__init__.py", 0) >= 0,
        "append": libc.open(sys.argv[1].encode() + b"/knowledge/__init__.py", 0o2001) >= 0,
        "socket": libc.socket(2, 1, 0) >= 0,
        "unix": libc.socketpair(1, 1, 0, (ctypes.c_int * 2)()) >= 0,
        "fork": libc.fork() > 0,
        "system": libc.system(b"true") == 0,
        "kill": libc.kill(os.getppid(), 0) == 0,
        "remove": libc.unlink(secret) == 0,
        "chmod": libc.chmod(secret, 0o777) == 0,
        "memfd": libc.memfd_create(b"x", 0) >= 0,
    },
    "still": {
        "opened before": before.read(),
        "import": tried(lambda: __import__("xml.dom.minidom")),
        "threads": tried(lambda: ThreadPoolExecutor(1).submit(bool, 1).result()),
        "memory": tried(lambda: bytearray(20_000_000)),
    },
}))
"""


@pytest.fixture(scope="module")
def attempts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    canary = tmp_path_factory.mktemp("guard") / "canary.txt"
    canary.write_text("canary")
    root = str(Path(__file__).parents[2])
    ran = subprocess.run(
        [sys.executable, "-c", CONFINED, root, str(canary)], capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert canary.read_text() == "canary"
    assert not canary.with_suffix(".txt.new").exists()
    found: dict[str, dict[str, object]] = json.loads(ran.stdout)
    return found


def test_python_code_is_refused(attempts: dict[str, dict[str, object]]) -> None:
    expected = dict.fromkeys(attempts["python"], "PermissionError") | {"memory": "MemoryError"}
    assert attempts["python"] == expected
    assert attempts["still"] == {"opened before": "canary", "import": True, "threads": True, "memory": True}


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's own fences")
def test_native_code_is_refused(attempts: dict[str, dict[str, object]]) -> None:
    _, landlock, seccomp = attempts["held"]
    if not (landlock and seccomp):
        pytest.skip("this kernel has no Landlock or no seccomp")
    assert attempts["native"] == dict.fromkeys(attempts["native"], False) | {"own": True}


PARENT = """
import sys, threading, time
from knowledge.guarded import LIMITS, Readers
readers = Readers()
readers.read("a.csv", b"question,answer\\nq,a\\n", LIMITS)
if sys.argv[1] == "busy":
    threading.Thread(target=readers.read, args=("a.csv", b"a,b\\n" * 1_000_000, LIMITS), daemon=True).start()
    while not readers.working():
        time.sleep(.01)
print(*readers.waiting(), *readers.working(), flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere it takes until the deadline")
@pytest.mark.parametrize("state", ["idle", "busy"])
def test_the_child_goes_with_its_parent(state: str) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT, state], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.kill()
    deadline = time.monotonic() + 5
    while is_running(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(child)
