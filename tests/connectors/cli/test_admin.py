"""`dapbot admin`: accounts, tokens and the audit log from the command line, on a terminal and in a pipe."""

import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import UserError
from connectors.cli import run
from connectors.cli.audit import moment
from tests.servers.dapbot import ROOT

GOOD = "맑은 하늘 아래 걷기"
Dapbot = Callable[..., tuple[int, str, str]]


@pytest.fixture
def dapbot(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Dapbot:
    """Runs a command in this process, with what is typed on standard input; gives exit code, stdout and stderr."""
    monkeypatch.setenv("DAPBOT_LANGUAGE", "ko")
    before = sys.stdin

    def call(*words: str, typed: str = "") -> tuple[int, str, str]:
        sys.stdin = io.StringIO(typed)
        try:
            code = run(["admin", *words, "--data", str(tmp_path / "data")])
        finally:
            sys.stdin = before
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_a_life_of_accounts(dapbot: Dapbot) -> None:
    assert "dapbot admin create" in dapbot("list")[1]
    assert dapbot("create", "lee", "--role", "viewer", "--generate")[0] == 1  # the first one is an administrator's
    assert (
        dapbot("create", "김민수", "--password-stdin", "--group", "인사", "--group", "영업", typed=f"{GOOD}\r\n")[0]
        == 0
    )
    code, made, once = dapbot("create", "LEE", "--role", "viewer", "--generate")
    assert code == 0
    assert "lee" in made
    assert re.search(r"^([a-z0-9]{5}-){3}[a-z0-9]{5}$", made, re.MULTILINE)
    assert "한 번만" in once
    people = json.loads(dapbot("list", "--json")[1])
    assert [(p["name"], p["role"], p["groups"], p["active"], p["signed_in_at"]) for p in people] == [
        ("lee", "viewer", [], True, None),
        ("김민수", "admin", ["영업", "인사"], True, None),
    ]
    assert "argon2" not in str(people)
    assert dapbot("role", "lee", "editor")[1] == "'lee'의 역할: 편집자\n"
    assert dapbot("groups", "lee", "인사")[1] == "'lee'의 그룹: 인사\n"
    assert dapbot("groups", "lee")[1] == "'lee'의 그룹: 없음\n"
    for act in ("disable", "enable", "sign-out"):
        assert dapbot(act, "lee")[0] == 0
    assert dapbot("password", "lee", "--password-stdin", typed="다른 하늘 아래 걷기")[0] == 0
    assert dapbot("remove", "lee")[0] == 1  # nobody there to ask
    assert dapbot("remove", "lee", "--yes")[0] == 0
    assert dapbot("list")[1] == "김민수 · 관리자 · 영업, 인사 · 로그인한 적 없음\n"


REFUSALS = [
    (["disable", "boss"], "", "마지막 관리자"),
    (["remove", "boss", "--yes"], "", "마지막 관리자"),
    (["role", "boss", "editor"], "", "마지막 관리자"),
    (["role", "boss", "king"], "", "없는 역할"),
    (["disable", "nobody"], "", "계정이 없습니다"),
    (["create", "BOSS", "--generate"], "", "이미 있습니다"),
    (["create", "b0ss", "--generate"], "", "헷갈리기 쉬운"),
    (["create", "a b", "--generate"], "", "한글, 영문자"),
    (["create", "lee", "--role", "king", "--generate"], "", "없는 역할"),
    (["create", "lee", "--password-stdin"], "short", "10자 이상"),
    (["create", "lee", "--password-stdin"], "1234567890", "너무 흔해서"),
    (["create", "lee", "--password-stdin"], "", "10자 이상"),
    (["create", "lee"], GOOD, "--password-stdin"),
    (["token", "create", "x", "--role", "king"], "", "없는 역할"),
    (["token", "create", " ", "--role", "asker"], "", "이름"),
    (["token", "revoke", "7"], "", "7번 토큰이 없습니다"),
    (["audit", "--since", "yesterday"], "", "--since"),
]


def test_what_cannot_be_done_is_one_sentence(dapbot: Dapbot) -> None:
    assert dapbot("create", "boss", "--password-stdin", typed=GOOD)[0] == 0
    for words, typed, said in REFUSALS:
        code, out, err = dapbot(*words, typed=typed)
        assert (code, out) == (1, ""), words
        assert said in err
        assert err.count("\n") == 1


def test_tokens(dapbot: Dapbot) -> None:
    code, value, once = dapbot("token", "create", "인트라넷", "--role", "asker", "--group", "인사", "--days", "30")
    assert code == 0
    assert re.fullmatch(r"dap_[\w-]{43}\n", value)  # alone on stdout, for a pipe
    assert "한 번만" in once
    listed = dapbot("token", "list")[1]
    assert "인트라넷" in listed
    assert "사용 중" in listed
    assert value.strip() not in listed
    (line,) = json.loads(dapbot("token", "list", "--json")[1])
    assert (line["name"], line["role"], line["groups"], line["state"]) == ("인트라넷", "asker", ["인사"], "active")
    assert dapbot("token", "revoke", str(line["id"]))[0] == 0
    assert "취소됨" in dapbot("token", "list")[1]


def test_the_log(dapbot: Dapbot, monkeypatch: pytest.MonkeyPatch) -> None:
    dapbot("create", "boss", "--password-stdin", "--group", "인사", typed=GOOD)
    dapbot("token", "create", "x", "--role", "asker")
    lines = [json.loads(line) for line in dapbot("audit", "--json")[1].splitlines()]
    assert [(each["action"], each["subject"]) for each in lines] == [
        ("token.created", "x"),
        ("account.created", "boss"),
    ]
    assert all(each["actor"].startswith("command:") for each in lines)
    assert lines[1]["detail"] == {"role": "admin", "groups": ["인사"]}
    assert dapbot("audit", "--action", "token")[1].count("\n") == 1
    made, first = dapbot("audit")[1].splitlines()
    user = lines[0]["actor"].removeprefix("command:")
    assert f"  {user}(명령줄)  토큰 만들기  x  " in made
    assert first.endswith(f"  {user}(명령줄)  계정 만들기  boss  역할: admin, 그룹: 인사")
    monkeypatch.setenv("DAPBOT_LANGUAGE", "en")
    assert f"  {user} (command line)  account made  boss  role: admin, groups: 인사" in dapbot("audit")[1]
    assert dapbot("audit", "--actor", "nobody")[1] == ""
    assert GOOD not in dapbot("audit")[1]


def test_since() -> None:
    now = datetime.now(UTC)
    assert abs(moment("7d", UTC) - (now - timedelta(days=7))) < timedelta(minutes=1)  # type: ignore[arg-type]
    assert abs(moment(" 90M ", UTC) - (now - timedelta(minutes=90))) < timedelta(minutes=1)  # type: ignore[arg-type]
    assert moment("2026-11-24", UTC) == datetime(2026, 11, 24, tzinfo=UTC)  # type: ignore[arg-type]
    for wrong in ("", "7", "d", "-7d", "99999d", "2026-13-01", "7 days"):
        with pytest.raises(UserError):
            moment(wrong, UTC)  # type: ignore[arg-type]


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
def test_a_password_is_asked_for_twice_and_never_shown(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from connectors.cli import main; main()", "admin", "create", "boss"]
    process = subprocess.Popen(
        [*command, "--data", str(tmp_path / "data")],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=tmp_path,
        start_new_session=True,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "LANG": "ko_KR.UTF-8",
            "PYTHONWARNINGS": "ignore",
        },
    )
    os.close(theirs)
    shown = b""
    for prompt in ("비밀번호: ", "비밀번호 확인: "):
        while prompt.encode() not in shown:
            shown += os.read(ours, 1000)
        os.write(ours, GOOD.encode() + b"\n")
    try:
        while piece := os.read(ours, 1000):
            shown += piece
    except OSError:  # the other side has closed
        pass
    assert process.wait(30) == 0
    os.close(ours)
    text = shown.decode()
    assert GOOD not in text
    assert "만들었습니다" in text
