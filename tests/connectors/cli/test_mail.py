"""`dapbot mail check` as an admin types it."""

import json
from pathlib import Path

import pytest

from tests.connectors.cli.conftest import Dapbot
from tests.connectors.mail.letters import BOT, PASSED, SENDER, SERVER, letter

FORWARD = """금액만 정리해줘

---------- Forwarded message ---------
보낸사람: 박지현 <jihyun@partner.example>
Date: 2026년 11월 20일 (금) 오후 3:05
Subject: 견적 문의
To: 김민수 <minsu@company.com>

시제품 20개 견적을 11월 27일까지 보내 주실 수 있을까요? 예산은 3,500,000원입니다.
"""


@pytest.fixture(autouse=True)
def _set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("ADDRESS", BOT), ("ALLOW", "company.com"), ("AUTHSERV_ID", SERVER)):
        monkeypatch.setenv(f"DAPBOT_MAIL_{name}", value)


def saved(folder: Path, data: bytes) -> Path:
    file = folder / "메일.eml"
    file.write_bytes(data)
    return file


def test_what_would_be_done(terminal: Dapbot, tmp_path: Path) -> None:
    code, out, said = terminal("mail", "check", saved(tmp_path, letter(FORWARD)))
    assert (code, said) == (0, "")
    assert out.startswith(f"이 메일에 답합니다. 답은 {SENDER}로 갑니다.")
    assert out.count("✓") == 3
    for told in (
        "부탁: 금액만 정리해줘",
        "견적 문의",
        "박지현 <jihyun@partner.example>",
        "2026-11-20 15:05",
        "3,500,000원",
    ):
        assert told in out
    assert not (tmp_path / "data").exists()


def test_the_same_as_json(terminal: Dapbot, tmp_path: Path) -> None:
    _, out, _ = terminal("mail", "check", saved(tmp_path, letter(FORWARD)), "--json")
    told = json.loads(out)
    assert (told["answered"], told["reason"], told["request"]) == (True, "", "금액만 정리해줘")
    assert told["results"] == [{"method": "dmarc", "result": "pass", "header.from": "company.com"}]
    (one,) = told["letters"]
    assert (one["task"], one["from"]["address"]) == ("summarize", "jihyun@partner.example")
    assert one["date"] == "2026-11-20T15:05:00+09:00"


@pytest.mark.parametrize(
    ("mail", "settings", "reason", "said"),
    [
        (letter(Auto_Submitted="auto-replied"), {}, "robot", "Auto-Submitted"),
        (letter(List_Id="<all.company.com>"), {}, "robot", "List-*"),
        (letter(sender="x@other.example"), {}, "stranger", "DAPBOT_MAIL_ALLOW에 x@other.example"),
        (letter(), {"ALLOW": ""}, "stranger", "DAPBOT_MAIL_ALLOW가 비어"),
        (letter(results=None), {}, "unverified", "Authentication-Results가 없어"),
        (letter(results=f"{SERVER}; dmarc=fail header.from=company.com"), {}, "unverified", "dmarc=fail"),
        (letter(results="mx.evil.example; dmarc=pass header.from=company.com"), {}, "unverified", "mx.evil.example"),
        (letter(), {"AUTHSERV_ID": ""}, "unverified", f"이 메일에 있는 이름: {SERVER}"),
        (letter(sender="a@company.com, b@company.com"), {}, "nobody", "From은 하나"),
    ],
)
def test_why_not(
    terminal: Dapbot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    mail: bytes,
    settings: dict[str, str],
    reason: str,
    said: str,
) -> None:
    for name, value in settings.items():
        monkeypatch.setenv(f"DAPBOT_MAIL_{name}", value)
    file = saved(tmp_path, mail)
    code, out, _ = terminal("mail", "check", file)
    assert code == 0
    assert out.startswith("이 메일에는 답하지 않습니다.")
    assert said in out
    assert json.loads(terminal("mail", "check", file, "--json")[1])["reason"] == reason


def test_a_server_that_gives_no_name(terminal: Dapbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_MAIL_AUTHSERV_ID", "none")
    mail = letter(results="spf=pass smtp.mailfrom=company.com; dmarc=pass action=none header.from=company.com")
    _, out, _ = terminal("mail", "check", saved(tmp_path, mail))
    assert "Microsoft 365 서버가 보낸 사람을 확인했습니다(spf=pass, dmarc=pass)" in out


def test_what_is_no_mail_is_said(terminal: Dapbot, tmp_path: Path) -> None:
    for data in (b"", b"\x00" * 1000, "그냥 글입니다.".encode(), b"%PDF-1.7"):
        code, out, said = terminal("mail", "check", saved(tmp_path, data))
        assert (code, out) == (1, "")
        assert "메일이 아닙니다" in said
    assert terminal("mail", "check", tmp_path / "없음")[0] == 1
    assert terminal("mail", "check", tmp_path)[0] == 1


def test_hostile_mails_are_looked_at_all_the_same(terminal: Dapbot, tmp_path: Path) -> None:
    many = b"From: a@company.com\r\nTo: " + b"a@b.example, " * 20_000 + b"\r\nSubject: x\r\nDate: x\r\n\r\nx"
    results = ("Authentication-Results: " + "(" * 5_000 + PASSED + "\r\n").encode() * 30
    for data in (many, results + many, letter("\x00\x1b[2J" * 1_000), letter("x" * 3_000_000)):
        code, out, said = terminal("mail", "check", saved(tmp_path, data))
        assert code == 0, said
        assert "Traceback" not in said
        assert "\x1b" not in out
        assert len(out) < 10_000
