"""`dapbot knowledge` as an admin types it, alone and while a server runs."""

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from bot.phrases import say
from tests.connectors.cli.conftest import Dapbot
from tests.servers import databases
from tests.servers.dapbot import ROOT, Site

FAQ = "질문,답변\n환불은 언제 되나요?,사흘 안에 됩니다\n배송은 며칠 걸리나요?,이틀 걸립니다\n"


@pytest.fixture
def dapbot(knowledge: Dapbot) -> Dapbot:
    return knowledge


def fill(folder: Path) -> Path:
    """Make a folder as admins have it: CP949 beside Markdown beside what cannot be read."""
    (folder / "지점").mkdir(parents=True)
    (folder / "faq.csv").write_bytes(FAQ.encode("cp949"))
    (folder / "지점" / "안내.md").write_text("# 안내\n## 주차되나요?\n네, 두 시간 무료입니다.\n")
    (folder / "그림.csv").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def test_a_folder_goes_in(dapbot: Dapbot, tmp_path: Path) -> None:
    code, out, err = dapbot("add", fill(tmp_path / "faq"))
    alone = say("knowledge.nobody_runs", "ko") + "\n"  # a server elsewhere might answer from the same PostgreSQL
    assert (code, err) == (0, alone if databases.on_postgresql() else "")
    assert "+ faq.csv  추가됨: 2건\n  CP949로 읽었어요. 질문 열: '질문', 답변 열: '답변', 2행.\n" in out
    assert "+ 지점/안내.md  추가됨: 1건" in out
    assert "✗ 그림.csv  읽지 못함\n  PNG 그림 파일이에요." in out
    assert "파일 3개: 추가 2, 바뀜 0, 그대로 0, 읽지 못함 1" in out
    code, out, _ = dapbot("add", tmp_path / "faq" / "faq.csv")
    assert (code, out) == (0, "= faq.csv  그대로\n")


def test_exit_code_1_only_where_nothing_could_be_read(dapbot: Dapbot, tmp_path: Path) -> None:
    fill(tmp_path / "faq")
    assert dapbot("add", tmp_path / "faq" / "그림.csv")[0] == 1
    assert dapbot("add", tmp_path / "faq" / "그림.csv", tmp_path / "faq" / "faq.csv")[0] == 0
    code, out, err = dapbot("add", tmp_path / "없음.csv")
    assert (code, out) == (1, "")
    assert "그런 파일이나 폴더가 없습니다" in err
    assert dapbot("add")[0] == 2


def test_list_show_and_remove(dapbot: Dapbot, tmp_path: Path) -> None:
    assert "아직 자료가 없습니다" in dapbot("list")[1]
    dapbot("add", fill(tmp_path / "faq"))
    assert re.search(r"1  faq\.csv  CSV · 2건 · 버전 1 · \d{4}-\d\d-\d\d", dapbot("list")[1])
    assert "환불은 언제 되나요?\n사흘 안에 됩니다" in dapbot("show", 1)[1]
    code, _, err = dapbot("show", 99)
    assert (code, "99번 자료가 없습니다" in err) == (1, True)
    code, _, err = dapbot("remove", 1)  # no terminal to ask on
    assert (code, "--yes" in err) == (1, True)
    assert dapbot("remove", 1, "--yes") == (0, "'faq.csv' 자료를 지웠습니다.\n", "")
    assert "faq.csv" not in dapbot("list")[1]
    assert dapbot("rebuild")[1] == "색인을 다시 만들었습니다: 1건.\n"


def test_everything_as_json(dapbot: Dapbot, tmp_path: Path) -> None:
    results = json.loads(dapbot("add", fill(tmp_path / "faq"), "--json")[1])
    assert {(each["name"], each["state"], each["added"]) for each in results} == {
        ("faq.csv", "added", 2),
        ("지점/안내.md", "added", 1),
        ("그림.csv", "unreadable", 0),
    }
    documents = json.loads(dapbot("list", "--json")[1])
    assert [each["name"] for each in documents] == ["faq.csv", "지점/안내.md"]
    shown = json.loads(dapbot("show", 1, "--json")[1])
    assert shown["passages"][0]["answer"] == "사흘 안에 됩니다"


def test_search(dapbot: Dapbot, tmp_path: Path) -> None:
    assert "찾은 항목이 없습니다" in dapbot("search", "환불")[1]
    dapbot("add", fill(tmp_path / "faq"))
    out = dapbot("search", "환불은 언제?")[1]
    assert out.startswith("답할 수 있는 정도: ")
    assert "  1. 환불은 언제 되나요?  " in out
    found = json.loads(dapbot("search", "환불은 언제?", "--json", "--limit", 1)[1])
    (passage,) = found["passages"]
    assert (passage["document"], passage["quote"]) == ("faq.csv", "사흘 안에 됩니다")
    assert 0 <= found["confidence"] <= 1
    code, _, err = dapbot("search", "  ")
    assert (code, err) == (1, "찾을 질문을 적어 주세요.\n")


def test_who_may_see_what(dapbot: Dapbot, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"question": "연차는 며칠인가요?", "answer": "닷새", "audience": ["직원"]}\n')
    dapbot("add", tmp_path / "a.jsonl")
    assert json.loads(dapbot("search", "연차는 며칠?", "--json")[1])["passages"] == []
    assert json.loads(dapbot("search", "연차는 며칠?", "--json", "--audience", "직원")[1])["passages"]


def test_in_english(dapbot: Dapbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_LANGUAGE", "en")
    out = dapbot("add", fill(tmp_path / "faq"))[1]
    assert "+ faq.csv  added, entries: 2\n  Read as CP949. Question column: '질문'" in out
    assert "Files: 3 (2 added, 0 changed, 0 unchanged, 1 not read)" in out


def typed(data: Path, *arguments: str, answer: str) -> str:
    """Run a command on a terminal of its own and answer its question."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from connectors.cli import main; main()", "knowledge", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    with subprocess.Popen(
        [*command, "--data", str(data)], stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True
    ) as process:
        os.close(theirs)
        said = b""
        while b"]" not in said:
            said += os.read(ours, 1_000)
        os.write(ours, f"{answer}\n".encode())
        process.wait(60)
        with suppress(OSError):  # all of it may have been read
            said += os.read(ours, 10_000)
    os.close(ours)
    return said.decode()


def test_removing_asks_first(dapbot: Dapbot, data: Path, tmp_path: Path) -> None:
    dapbot("add", fill(tmp_path / "faq") / "faq.csv")
    said = typed(data, "remove", "1", answer="아니요")
    assert "'faq.csv'(항목 2건)을 완전히 지울까요?" in said
    assert "지우지 않았습니다." in said
    assert "지웠습니다." in typed(data, "remove", "1", answer="예")


# --- while a server runs ----------------------------------------------------------------------------------------


def asked(site: Site, question: str) -> str:
    return str(site.post("/api/v1/ask", {"question": question}).json["answer"])
