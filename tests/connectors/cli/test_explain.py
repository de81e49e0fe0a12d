"""`dapbot explain` as somebody types it."""

import json
from pathlib import Path

import pytest

from tests.connectors.cli.conftest import Dapbot
from tests.connectors.cli.test_summarize import given
from tests.samples import make_folder


def test_a_topic_of_the_documents(terminal: Dapbot, data: Path) -> None:
    make_folder(data, "ko")
    code, out, said = terminal("explain", "적립금")
    assert (code, "1년 동안 쓸 수 있습니다. [1]" in out) == (0, True)
    assert "DAPBOT_LLM" in said
    assert "[1] hanbit-faq.jsonl" in said
    code, out, _ = terminal("explain", "적립금", "--level", "초등", "--json")
    line = json.loads(out)
    assert (code, line["task"], line["level"], line["checks"]) == (0, "tutor", "child", "supported")
    assert line["sources"][0]["passage"] == "points"


def test_files(terminal: Dapbot, tmp_path: Path) -> None:
    code_file, text_file = tmp_path / "a.py", tmp_path / "글.txt"
    code_file.write_text("def f(x)\n    return x\n", "utf-8")
    text_file.write_bytes("휴가는 15일입니다. 금요일에는 일찍 끝납니다.".encode("cp949"))
    code, out, _ = terminal("explain", code_file)
    assert (code, "1번째 줄" in out, "콜론" in out) == (0, True, True)
    code, out, _ = terminal("explain", text_file)
    assert (code, "휴가는 15일입니다." in out) == (0, True)
    with given(b"import os\n\ndef f(x):\n    return x\n"):
        assert "f(x):3" in terminal("explain", "-")[1]


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe\x00\x81\xff", b"a" * 3_000_000])
def test_bad_files_end_in_a_sentence(terminal: Dapbot, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(content)
    code, out, said = terminal("explain", file)
    assert (code == 0) == (len(content) > 10)
    assert len(out) < 5_000
    assert said.strip()
    assert "Traceback" not in said


def test_wrong_use(terminal: Dapbot, tmp_path: Path) -> None:
    code, _, said = terminal("explain", "복리", "--level", "박사")
    assert (code, "모르는 수준" in said) == (2, True)
    assert terminal("explain", tmp_path)[0] == 1
    assert terminal("explain", "  ")[0] == 1
    assert terminal("explain", "가" * 5_000)[0] == 0
