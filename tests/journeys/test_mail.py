"""The whole loop by mail: a real client and servers of mail, `dapbot serve` between them, and the bytes of replies."""

import base64
import json
import smtplib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path
from typing import cast

import pytest

from tests.connectors.mail.letters import BOT, PASSED, SENDER, SERVER, letter
from tests.servers.dapbot import Site, serving
from tests.servers.databases import copy_folder, rows
from tests.servers.imap import ImapServer
from tests.servers.mail import MailServer

TEAM = "team@company.com"
ABOVE = "금액이랑 기한만 알려줘"
FORWARDED = """
---------- Forwarded message ---------
보낸사람: 뷁수진 대리 <sujin@hanbit.example>
Date: 2026년 11월 20일 (금) 오후 3:05
Subject: 시제품 견적 요청
To: 김민수 <minsu@company.com>

안녕하세요, 한빛전자 뷁수진입니다.

지난주 회의에서 말씀드린 시제품 20개의 견적서를 다음 주 금요일까지 보내 주시기 바랍니다.
예산은 부가세를 포함해 3,500,000원입니다. 납기는 12월 18일을 넘기면 안 됩니다.
도면을 한 번 더 보내 드려야 할까요?

뷁수진 드림
한빛전자 구매팀 | 02-555-0000
"""


@dataclass(frozen=True)
class Office:
    """The bot with its servers: mail goes to it by SMTP or into its mailbox, and comes back at ``out``."""

    site: Site
    port: int
    mailbox: ImapServer
    out: MailServer

    def sends(self, data: bytes, sender: str = SENDER) -> None:
        """Hand a mail to the bot as its mail server does."""
        with smtplib.SMTP("127.0.0.1", self.port, timeout=30) as client:
            assert client.sendmail(sender, [BOT], data) == {}

    def replies(self, identifier: str) -> list[bytes]:
        """The replies to a mail."""
        return [data for _, _, data in list(self.out.mails) if f"In-Reply-To: {identifier}".encode() in data]

    def reply(self, identifier: str) -> bytes:
        """Wait for the reply to a mail."""
        found = self.out.wait_for(lambda: self.replies(identifier), 60.0)
        return cast("list[bytes]", found)[0]


@pytest.fixture(scope="module")
def office(korean_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    data = tmp_path_factory.mktemp("office") / "data"
    copy_folder(korean_folder, data)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with MailServer() as out, ImapServer() as mailbox:
        settings = {
            "DAPBOT_MAIL_ADDRESS": BOT,
            "DAPBOT_MAIL_ALLOW": "company.com",
            "DAPBOT_MAIL_AUTHSERV_ID": SERVER,
            "DAPBOT_SMTP_LISTEN": f"127.0.0.1:{port}",
            "DAPBOT_IMAP_URL": mailbox.url,
            "DAPBOT_SMTP_URL": out.url,
            "DAPBOT_MAIL_DIGEST": f"* * * * * {TEAM} > manager@company.com",
        }
        with serving(data, **settings) as site:
            site.wait_ready()
            yield Office(site, port, mailbox, out)


def forward(identifier: str, words: str = ABOVE, charset: str = "ks_c_5601-1987") -> bytes:
    """A forward as an old Korean program writes it: everything in CP949, which it calls KS C 5601, and eight bits."""
    subject = base64.b64encode("전달: 시제품 견적 요청 (뷁)".encode("cp949")).decode()
    name = base64.b64encode("김민수".encode("cp949")).decode()
    head = (
        f"Authentication-Results: {PASSED}\r\nReturn-Path: <{SENDER}>\r\n"
        f"From: =?{charset}?B?{name}?= <{SENDER}>\r\nTo: <{BOT}>\r\nSubject: =?{charset}?B?{subject}?=\r\n"
        f"Message-ID: {identifier}\r\nReferences: <first@company.com>\r\nDate: Mon, 23 Nov 2026 09:10:00 +0900\r\n"
        f'MIME-Version: 1.0\r\nContent-Type: text/plain; charset="{charset}"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    )
    return head.encode("ascii") + f"{words}\n{FORWARDED}".replace("\n", "\r\n").encode("cp949")


def parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=default)


def text_of(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def is_in_three_lines(data: bytes, identifier: str) -> None:
    """Look at the bytes of a reply, then at what its reader sees."""
    head = data.partition(b"\r\n\r\n")[0]
    assert all(byte < 128 for byte in data)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert head.count(b"Auto-Submitted: auto-replied") == head.count(b"X-Dapbot: ") == 1
    for leaked in (b"Authentication-Results", b"Return-Path", b"sujin@"):
        assert leaked not in head
    mail = parsed(data)
    assert (mail["To"].addresses[0].addr_spec, mail["From"].addresses[0].addr_spec) == (SENDER, BOT)
    assert str(mail["Subject"]) == "Re: 전달: 시제품 견적 요청 (뷁)"
    assert mail["In-Reply-To"] == identifier
    assert str(mail["References"]).split() == ["<first@company.com>", identifier]
    assert str(mail["Message-ID"]).startswith("<dapbot.")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    text, page = text_of(mail, "plain"), text_of(mail, "html")
    lines = text.splitlines()
    assert [line[:3] for line in lines[:3]] == ["1. ", "2. ", "3. "]
    assert not lines[3].strip()
    for told in ("3,500,000원", "2026-11-27", "12월 18일", "도면을 한 번 더 보내 드려야 할까요?"):
        assert told in text
    assert lines[0].startswith("1. 뷁수진 대리: ")
    assert "견적서" in lines[0]
    assert "02-555-0000" not in text
    assert "<details" in page
    for never in ("<script", "<img", "<link", "src=", "http://", "https://"):
        assert never not in page


def test_a_korean_forward_by_smtp(office: Office) -> None:
    identifier = "<smtp.1@company.com>"
    office.sends(forward(identifier))
    office.sends(forward(identifier))  # a server that did not hear "250 OK" brings it again
    is_in_three_lines(office.reply(identifier), identifier)


def test_a_korean_forward_into_the_mailbox(office: Office) -> None:
    identifier = "<imap.1@company.com>"
    office.mailbox.wait_for(lambda: office.mailbox.commands[-1:] == ["IDLE"], 30.0)
    uid = office.mailbox.arrives(forward(identifier, words="", charset="euc-kr"))
    is_in_three_lines(office.reply(identifier), identifier)
    office.mailbox.wait_for(lambda: uid in office.mailbox.seen, 30.0)


def test_a_question_is_answered_from_the_documents(office: Office) -> None:
    identifier = "<question.1@company.com>"
    office.sends(letter("환불은 얼마나 걸리나요?", subject="문의드립니다", identifier=identifier))
    mail = parsed(office.reply(identifier))
    assert "영업일 기준 3일" in text_of(mail, "plain")
    assert str(mail["Subject"]) == "Re: 문의드립니다"
    assert "출처" in text_of(mail, "html")


def test_a_tag_in_the_subject(office: Office) -> None:
    identifier = "<help.1@company.com>"
    office.sends(letter("", subject="[도움말]", identifier=identifier))
    assert "요약" in text_of(parsed(office.reply(identifier)), "plain")


def test_several_mails_forwarded_at_once_have_a_reply_each(office: Office) -> None:
    identifier = "<several.1@company.com>"
    made = EmailMessage(policy=SMTP)
    made["Authentication-Results"], made["From"], made["To"] = PASSED, SENDER, BOT
    made["Subject"], made["Message-ID"] = "전달: 두 통", identifier
    made.set_content("요약해 줘")
    for number, what in enumerate(
        ("정전 안내: 11월 30일 오전 10시에 정전됩니다.", "주차장을 12월 1일부터 닫습니다."), 1
    ):
        inside = EmailMessage(policy=SMTP)
        inside["From"], inside["To"], inside["Subject"] = f"n{number}@other.example", SENDER, f"공지 {number}"
        inside["Date"] = "Fri, 20 Nov 2026 15:05:00 +0900"
        inside.set_content(what)
        made.add_attachment(inside)
    office.sends(made.as_bytes())
    office.out.wait_for(lambda: len(office.replies(identifier)) == 2, 60.0)
    texts = sorted(text_of(parsed(data), "plain") for data in office.replies(identifier))
    assert ["정전" in text for text in texts].count(True) == ["주차장" in text for text in texts].count(True) == 1
    assert len({str(parsed(data)["Message-ID"]) for data in office.replies(identifier)}) == 2


@pytest.mark.soak
def test_what_is_collected_comes_as_one_mail(office: Office) -> None:
    """Mails to the team's address are not answered one by one: at the next minute they go out together."""
    for number in (1, 2):
        data = forward(f"<team.{number}@company.com>", words="").replace(BOT.encode(), TEAM.encode())
        with smtplib.SMTP("127.0.0.1", office.port, timeout=30) as client:
            assert client.sendmail(SENDER, [TEAM], data) == {}

    def digests() -> list[EmailMessage]:
        return [parsed(data) for _, to, data in office.out.mails if to == ["manager@company.com"]]

    def shown() -> int:
        return sum(text_of(mail, "plain").count("■ 시제품 견적 요청 — 뷁수진 대리") for mail in digests())

    office.out.wait_for(lambda: shown() >= 2, 150.0)  # in one mail, or where a minute ended between them, in two
    assert shown() == 2
    assert not office.replies("<team.1@company.com>")
    assert str(digests()[0]["Subject"]).startswith(f"{TEAM}로 온 메일 ")
    assert digests()[0]["In-Reply-To"] is None


def test_strangers_and_machines_hear_nothing(office: Office) -> None:
    quiet = {
        "<stranger.1@evil.example>": letter(sender="x@evil.example", identifier="<stranger.1@evil.example>"),
        "<forged.1@company.com>": letter(
            identifier="<forged.1@company.com>", results="mx.evil.example; dmarc=pass header.from=company.com"
        ),
        "<away.1@company.com>": letter(identifier="<away.1@company.com>", Auto_Submitted="auto-replied"),
    }
    for data in quiet.values():
        office.sends(data)
    later = "<later.1@company.com>"
    office.sends(letter("배송비는 얼마인가요?", subject="배송", identifier=later))
    office.reply(later)
    assert [name for name in quiet if office.replies(name)] == []
    assert {to for _, receivers, _ in office.out.mails for to in receivers} <= {SENDER, "manager@company.com"}
    named = [str(parsed(data)["Message-ID"]) for _, _, data in office.out.mails]
    assert len(set(named)) == len(named)  # each once
    counted = rows(office.site.data, "SELECT \"window\", messages FROM limit_counters WHERE who = 'mail:refused'")
    assert sorted((window.split()[1], count) for window, count in counted) == [
        ("robot", 1),
        ("stranger", 1),
        ("unverified", 1),
    ]


def test_the_summary_is_kept_with_the_mail(office: Office) -> None:
    """What the digest and the pages show: the same three lines, with their evidence."""
    kept: Callable[[], list[tuple[str]]] = lambda: rows(  # noqa: E731
        office.site.data, "SELECT summary FROM mails WHERE summary IS NOT NULL AND sender = :who", who=SENDER
    )
    office.out.wait_for(lambda: len([each for (each,) in kept() if each not in (None, "null")]) >= 2, 30.0)
    first = kept()[0][0]
    summary = json.loads(first) if isinstance(first, str) else first
    assert summary["from"] == {"name": "뷁수진 대리", "address": "sujin@hanbit.example"}
    assert summary["date"] == "2026-11-20T15:05:00+09:00"
    assert len(summary["lines"]) == len(summary["evidence"]) == 3
