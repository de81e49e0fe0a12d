"""Hostile documents over HTTP and by the command line: a sentence each, the others are read, answers go on."""

import os
import signal
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.cli import run
from tests.knowledge.archive_files import Packed, archive
from tests.knowledge.packaged_files import FORMATS
from tests.servers.dapbot import Answer, Site

FAQ = "질문,답변\n묶음 환불은 언제 되나요?,묶음은 사흘 안에 됩니다\n".encode()
SLOW = b"# a\n\n" + b"`" * 6_000_000
BUNDLE = archive(
    Packed("환불/자주 묻는 질문.csv".encode("cp949"), FAQ, system=0),
    Packed(b"../../etc/passwd.csv", FAQ),
    Packed(b"link.csv", b"/etc/passwd", mode=stat.S_IFLNK | 0o777),
    Packed(b"entities.docx", FORMATS["docx"]('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "글자 &e;")),
    Packed(b"program.pdf", b"MZ\x90\x00" + bytes(60)),
)


def reading(site: Site) -> list[int]:
    """The processes that the server started and that have worked for some time, at a document no doubt."""
    assert site.process
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, *rest = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        worked = int(rest[9]) + int(rest[10])  # hundredths of a second
        if int(parent) == site.process.pid and state != "Z" and worked > 100:
            found.append(int(folder.name))
    return found


def removed(site: Site, *names: str) -> None:
    for document in site.call("GET", "/api/v1/knowledge").json["documents"]:
        if document["name"] in names:
            site.call("DELETE", f"/api/v1/knowledge/{document['id']}")


def test_an_archive_over_http(site: Site) -> None:
    answer = site.upload(("묶음.zip", BUNDLE), Accept_Language="ko")
    found = {file["name"].removeprefix("묶음.zip/"): file for file in answer.json["files"]}
    assert answer.status == 200
    assert {name: file["state"] for name, file in found.items()} == {
        "환불/자주 묻는 질문.csv": "added",
        "etc/passwd.csv": "unreadable",
        "link.csv": "unreadable",
        "entities.docx": "unreadable",
        "program.pdf": "unreadable",
    }
    assert all(file["message"].endswith("요.") for file in found.values() if file["state"] == "unreadable")
    assert "root:" not in answer.text
    line = site.post("/api/v1/ask", {"question": "묶음 환불은 언제 되나요?"}).json
    assert "사흘" in line["answer"]
    removed(site, "묶음.zip/환불/자주 묻는 질문.csv")


def answering_while(site: Site, meanwhile: Callable[[], object]) -> dict[str, Any]:
    """Upload what is slow, answer questions until it has its result, return that."""
    results: list[Answer] = []
    upload = threading.Thread(target=lambda: results.append(site.upload(("느린 문서.md", SLOW), Accept_Language="ko")))
    upload.start()
    assert site.post("/api/v1/ask", {"question": "안녕하세요"}).status == 200
    meanwhile()
    while upload.is_alive():
        assert site.post("/api/v1/ask", {"question": "안녕하세요"}).status == 200
        assert site.call("GET", "/health").status == 200
        upload.join(0.2)
    (file,) = results[0].json["files"]
    return dict(file)


def test_a_reading_process_that_is_killed_stops_nothing(site: Site) -> None:
    def kill() -> None:
        until = time.monotonic() + 30
        while not reading(site) and time.monotonic() < until:
            time.sleep(0.02)
        for child in reading(site):
            os.kill(child, signal.SIGKILL)

    file = answering_while(site, kill)
    assert (file["state"], "읽다가 멈췄어요" in file["message"]) == ("unreadable", True)
    assert site.upload(("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100))).json["files"][0]["state"] == "unreadable"


@pytest.mark.soak
def test_a_document_that_takes_too_long_stops_nothing(site: Site) -> None:
    began = time.monotonic()
    file = answering_while(site, lambda: None)
    assert (file["state"], "초가 넘게 걸려" in file["message"]) == ("unreadable", True)
    assert time.monotonic() - began < 40


def test_a_folder_of_hostile_files_on_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "자료실"
    folder.mkdir()
    (folder / "묶음.zip").write_bytes(BUNDLE)
    (folder / "폭탄.zip").write_bytes(archive(*[Packed(b"%d.csv" % n, bytes(15_000_000)) for n in range(15)]))
    (folder / "깨짐.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(5_000))
    (folder / "링크.csv").symlink_to("/etc/passwd")
    os.mkfifo(folder / "파이프.csv")
    code = run(["knowledge", "add", str(folder), "--data", str(tmp_path / "data")])
    out = capsys.readouterr().out
    assert code == 0
    assert "묶음.zip/환불/자주 묻는 질문.csv  추가됨: 1건" in out
    for said in (
        "압축 파일 바깥을",
        "다른 파일을 가리키는",
        "프로그램(EXE) 파일",
        "지나치게 커지는",
        "보통 파일이 아니라",
    ):
        assert said in out
    assert "Traceback" not in out
    assert [each.name for each in tmp_path.iterdir() if each.name not in ("자료실", "data")] == []
