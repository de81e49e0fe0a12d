"""People who mail the real ``dapbot serve`` while it is killed; judged by the mails that it answered with."""

import random
import re
import smtplib
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.connectors.mail.letters import BOT, SERVER, letter
from tests.reliability.slack_company import QUESTIONS, free_port
from tests.servers.dapbot import Site, serving
from tests.servers.imap import ImapServer
from tests.servers.mail import MailServer

PATIENCE = 120.0
AGAIN = 0.2
"""Seconds after which a client tries again; mail servers wait for minutes, and try for days."""

ANSWERED = re.compile(r"^In-Reply-To:\s*(<\S+>)", re.MULTILINE)

KOREAN = """
---------- 전달된 메일 ---------
보낸사람: 박서연 <seoyeon{number}@partner.example>
날짜: 2026년 11월 20일 (금) 오후 3:05
제목: 시제품 {number}호 견적
받는사람: 김민수 <minsu@company.com>

안녕하세요. 시제품 {number}개의 견적서를 11월 27일까지 보내 주시기 바랍니다.
예산은 {number}00,000원입니다. 도면도 함께 필요하신가요?
"""
ENGLISH = """
---------- Forwarded message ---------
From: Dana Reed <dana{number}@partner.example>
Date: Fri, Nov 20, 2026 at 3:05 PM
Subject: Quote {number}
To: Minsu Kim <minsu@company.com>

Hello, please send the quote for {number} samples by November 27.
Our budget is ${number},000. Do you need the drawings as well?
"""


def mails(count: int, senders: int = 25) -> list[tuple[str, str, bytes]]:
    """Return mails as (Message-ID, sender, bytes): forwards and questions, in Korean and English, by turns."""
    made = []
    for number in range(count):
        identifier, sender = f"<burst.{number}@company.com>", f"person{number % senders}@company.com"
        kind = number % 3
        text = QUESTIONS[number % len(QUESTIONS)] if kind == 2 else (KOREAN, ENGLISH)[kind].format(number=number + 1)
        subject = (f"전달: 견적 {number}", f"Fwd: Quote {number}", f"문의 {number}")[kind]
        made.append((identifier, sender, letter(text, subject=subject, sender=sender, identifier=identifier)))
    return made


@dataclass
class MailOffice:
    """The bot's data folder, the servers around it, and the mails that it was sent."""

    data: Path
    out: MailServer
    mailbox: ImapServer | None = None
    more: Mapping[str, str] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)
    port: int = field(default_factory=free_port)

    @property
    def settings(self) -> dict[str, str]:
        way = {"DAPBOT_SMTP_LISTEN": f"127.0.0.1:{self.port}"}
        if self.mailbox is not None:
            way = {"DAPBOT_IMAP_URL": self.mailbox.url}
        return {
            "DAPBOT_MAIL_ADDRESS": BOT,
            "DAPBOT_MAIL_ALLOW": "company.com",
            "DAPBOT_MAIL_AUTHSERV_ID": SERVER,
            "DAPBOT_SMTP_URL": self.out.url,
            "DAPBOT_LANGUAGE": "ko",
            "OMP_NUM_THREADS": "1",
            **way,
            **self.more,
        }

    @contextmanager
    def server(self, **more: str) -> Iterator[Site]:
        with serving(self.data, "--port", "0", **self.settings, **more) as site:
            yield site

    def bring(self, given: Sequence[tuple[str, str, bytes]], clients: int = 4) -> list[threading.Thread]:
        """Have clients bring mails, each again until it is taken; return them, at work."""
        threads = [threading.Thread(target=self._bring, args=(given[at::clients],)) for at in range(clients)]
        self.sent += [identifier for identifier, _, _ in given]
        for each in threads:
            each.start()
        return threads

    def _bring(self, given: Sequence[tuple[str, str, bytes]]) -> None:
        until = time.monotonic() + PATIENCE * 3
        waiting = list(given)
        while waiting and time.monotonic() < until:
            try:
                with smtplib.SMTP("127.0.0.1", self.port, timeout=20) as client:
                    while waiting:
                        _, sender, data = waiting[0]
                        client.sendmail(sender, [BOT], data)
                        waiting.pop(0)
            except (smtplib.SMTPException, OSError):
                time.sleep(AGAIN)

    def put(self, given: Sequence[tuple[str, str, bytes]]) -> None:
        """Have mails come into the mailbox."""
        assert self.mailbox is not None
        for identifier, _, data in given:
            self.sent.append(identifier)
            self.mailbox.arrives(data)

    def answers(self) -> Counter[str]:
        """Return how many mails came back to each that was sent."""
        heads = [data.partition(b"\r\n\r\n")[0].decode("ascii") for _, _, data in list(self.out.mails)]
        return Counter(found[1] for head in heads if (found := ANSWERED.search(head)))

    @property
    def lost(self) -> int:
        found = self.answers()
        return sum(not found[each] for each in self.sent)

    @property
    def doubled(self) -> int:
        return sum(count > 1 for count in self.answers().values())

    @property
    def identifiers(self) -> int:
        """How many different Message-IDs the replies have: who was sent the same reply twice has one."""
        return len({mail["Message-ID"] for mail in self.out.parsed})

    def wait_for_answers(self, count: int, seconds: float = PATIENCE) -> None:
        """Wait until so many of the mails were answered."""
        self.out.wait_for(lambda: len(self.answers()) >= count, seconds)

    def run_killed(self, kills: int, seed: int, apart: int) -> None:
        """Run the server until all is answered; kill it so many times, at moments that a seed chooses.

        Each after the next ``apart`` answers and up to a second more.
        """
        chance = random.Random(seed)  # noqa: S311 - to do the same again
        for number in range(kills):
            with self.server() as site:
                self.wait_for_answers(min(len(self.sent) - 1, (number + 1) * apart))
                time.sleep(chance.random())
                assert site.process is not None
                site.process.kill()
        with self.server():
            self.wait_for_answers(len(self.sent), PATIENCE * 3)
