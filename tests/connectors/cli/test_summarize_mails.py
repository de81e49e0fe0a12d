"""`dapbot summarize` over mails: saved, forwarded, attached to another, pasted into a text; and hostile ones."""

import json
import random
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.cli.conftest import Dapbot
from tests.connectors.mail.letters import BOT, SENDER, letter
from tests.journeys.test_mail import forward
from tests.knowledge.packaged_files import docx, written

BLOCK = """
-----Original Message-----
From: "박지현" <jihyun@partner.example>
Sent: Friday, November 20, 2026 3:05 PM
To: 김민수 <minsu@company.com>
Subject: RE: 견적 문의

견적서를 11월 27일까지 보내 주세요. 예산은 3,500,000원입니다. 납기는 12월입니다.
"""


def lines_of(terminal: Dapbot, folder: Path, files: dict[str, bytes]) -> dict[str, dict[str, Any]]:
    given, target = folder / "mails", folder / "out.jsonl"
    given.mkdir(exist_ok=True)
    for name, data in files.items():
        (given / name).write_bytes(data)
    code, out, said = terminal("summarize", "--input", given, "--output", target)
    assert (code, out) == (0, "")
    assert "Traceback" not in said
    lines = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == sorted(name.removesuffix(".eml") for name in files)
    return {line["id"]: line for line in lines}


def several(*texts: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = SENDER, BOT, "여러 통", "Mon, 23 Nov 2026 09:00:00 +0900"
    mail.set_content("이것들 정리해줘")
    for number, text in enumerate(texts, 1):
        inner = EmailMessage(policy=SMTP)
        inner["From"], inner["Subject"] = f"writer{number}@x.example", f"안건 {number}"
        inner["To"], inner["Date"] = SENDER, "Fri, 20 Nov 2026 09:00:00 +0900"
        inner.set_content(text)
        mail.add_attachment(inner)
    return mail.as_bytes()


@pytest.mark.parametrize("name", ["전달.eml", "이름 없는 파일"])
def test_a_forward_is_told_by_what_was_forwarded(terminal: Dapbot, tmp_path: Path, name: str) -> None:
    line = next(iter(lines_of(terminal, tmp_path, {name: forward("<1@company.com>")}).values()))
    assert (line["subject"], line["forwarded"]) == ("시제품 견적 요청", True)
    assert line["from"] == {"name": "뷁수진 대리", "address": "sujin@hanbit.example"}
    assert line["date"] == "2026-11-20T15:05:00+09:00"
    assert line["request"] == "금액이랑 기한만 알려줘"
    assert line["text"].startswith("안녕하세요, 한빛전자")
    assert "02-555-0000" not in line["text"]
    assert len(line["lines"]) == len(line["evidence"]) == 3
    assert all(each in " ".join(line["text"].split()) for each in line["evidence"])
    assert any(one["due"] == "2026-11-27" for one in line["actions"])
    assert line["questions"] == ["도면을 한 번 더 보내 드려야 할까요?"]
    assert line["attachments"] == []


def test_a_mail_that_forwards_none_keeps_its_own_head(terminal: Dapbot, tmp_path: Path) -> None:
    line = lines_of(terminal, tmp_path, {"a.eml": letter("내일까지 회신해 주세요.", subject="Re: 회의")})["a"]
    assert (line["subject"], line["forwarded"], line["request"]) == ("Re: 회의", False, "")
    assert line["date"] == "2026-11-25T18:00:00+09:00"
    assert line["actions"][0]["due"] == "2026-11-26"


def test_a_forward_in_a_text(terminal: Dapbot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_TIMEZONE", "Asia/Tokyo")
    files = {
        "a.txt": f"금액만\n{BLOCK}".encode("cp949"),
        "b.md": BLOCK.encode("utf-16"),
        "c.txt": BLOCK.partition("-----\n")[2].encode(),  # it begins with the head, as a saved mail does
    }
    lines = lines_of(terminal, tmp_path, files)
    for name in ("a.txt", "b.md", "c.txt"):
        line = lines[name]
        assert (line["subject"], line["forwarded"]) == ("견적 문의", True), name
        assert line["from"] == {"name": "박지현", "address": "jihyun@partner.example"}
        assert line["date"] == "2026-11-20T15:05:00+09:00"
    assert lines["a.txt"]["request"] == "금액만"


def test_several_at_once(terminal: Dapbot, tmp_path: Path) -> None:
    mail = several("11월 21일까지 회신해 주세요.", "", "비용은 300,000원입니다. 확인해 주세요.")
    line = lines_of(terminal, tmp_path, {"셋.eml": mail})["셋"]
    assert (line["subject"], line["from"]["address"], line["request"]) == (
        "안건 1",
        "writer1@x.example",
        "이것들 정리해줘",
    )
    assert [each["id"] for each in line["letters"]] == ["셋/2", "셋/3"]
    assert "300,000원" in " ".join(line["letters"][1]["lines"])
    code, out, _ = terminal("summarize", tmp_path / "mails" / "셋.eml")
    assert code == 0
    assert out.index("안건 1 (writer1") < out.index("안건 3 (writer3")


def test_what_is_attached(terminal: Dapbot, tmp_path: Path) -> None:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Date"] = SENDER, BOT, "Mon, 23 Nov 2026 09:00:00 +0900"
    mail.add_attachment(
        docx(written("공장을 12월 5일까지 비워 주세요. 이전 비용은 77,000,000원입니다.")),
        maintype="application",
        subtype="octet-stream",
        filename="계약서.docx",
    )
    mail.add_attachment(b"\x00\x01" * 100, maintype="application", subtype="ms-tnef", filename="winmail.dat")
    line = lines_of(terminal, tmp_path, {"첨부.eml": mail.as_bytes()})["첨부"]
    assert "77,000,000원" in " ".join(line["lines"])
    assert [(each["name"], each["read"]) for each in line["attachments"]] == [
        ("계약서.docx", True),
        ("winmail.dat", False),
    ]
    assert "winmail.dat" in line["attachments"][1]["note"]


def test_hostile_mails_cost_the_others_nothing(terminal: Dapbot, tmp_path: Path) -> None:
    head = b"From: a@x.example\r\nTo: b@x.example\r\nSubject: x\r\nDate: Mon, 23 Nov 2026 09:00:00 +0900\r\n"
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(3_000))
    files = {
        "a-deep.eml": head + deep + b"\r\nhello",
        "b-empty.eml": b"",
        "c-nul.eml": head + b"\r\n" + b"\0" * 5_000,
        "d-noise.eml": bytes(range(256)) * 500,
        "e-base64.eml": head + b"Content-Transfer-Encoding: base64\r\n\r\n!!!" + b"QUJD" * 20_000,
        "f-quotes.eml": head + b"\r\n" + b">" * 200_000 + b"\r\nyes",
        "g-heads.txt": b"From: a\nTo: b\nSubject: c\nDate: d\n\n" * 3_000,
        "h-good.eml": letter("내일까지 회신해 주세요."),
    }
    lines = lines_of(terminal, tmp_path, files)
    assert "error" in lines["b-empty"]
    assert "error" not in lines["h-good"]
    for name, line in lines.items():
        if "error" not in line:
            assert len(line["lines"]) == 3, name
            assert line["latency_ms"] < 20_000, name


def test_bytes_that_are_called_a_mail_are_refused(terminal: Dapbot, tmp_path: Path) -> None:
    noise = tmp_path / "noise.eml"
    noise.write_bytes(random.Random(5).randbytes(3_000))  # noqa: S311 - the same each time
    code, out, err = terminal("summarize", noise)
    assert (code, out) == (1, "")
    assert "읽지 못해요" in err or "인코딩" in err
