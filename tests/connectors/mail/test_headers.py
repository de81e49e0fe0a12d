"""Whatever the head of a mail holds, that of our answer holds what we put there, and goes to nobody else."""

import random
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from connectors.mail.composing import headed
from connectors.mail.head import head_of
from connectors.mail.senders import seen
from connectors.mail.taking import where_of
from tests.connectors.mail.letters import BOT, SENDER
from tests.connectors.mail.test_senders import IMAP, SETTINGS

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
OURS = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "X-Dapbot"]
THREAD = ["In-Reply-To", "References"]
PIECES = [
    "\r\nBcc: x@evil.com",
    "\nBcc: x@evil.com\n\n",
    "\rTo: x@evil.com",
    "\x00",
    "\x0b\x0c\x1c\x1d\x1e\x85",
    "\u2028Bcc: x@evil.com",
    "\u2029",
    "=?utf-8?q?=0d=0aBcc:_x=40evil.com?=",
    "=?utf-8?b?DQpCY2M6IHhAZXZpbC5jb20=?=",
    "=?us-ascii?q?a=0AB?=",
    "<x@evil.com>",
    '"x@evil.com"',
    "x@evil.com,",
    ";:()[]\\",
    "견적 문의",
    "🙂" * 30,
    "\u202egpj.exe",
    "a" * 1_200,
    "a b " * 300,
    " ",
    "\t",
    "Re: 회신: RE : ",
    "=?",
    "?=",
    "%0d%0aBcc:x",
    "\udcff",
]


def hostile(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(0, 5)))


def as_sent(where: dict[str, str]) -> tuple[list[str], list[str]]:
    """Return the names in the head as it goes over the wire, and whom it names."""
    data = headed(where, key="mail:1", address=BOT, at=AT).as_bytes()
    head, _, rest = data.partition(b"\r\n\r\n")
    assert rest == b""
    lines = head.split(b"\r\n")
    assert all(len(line) <= 998 and b"\n" not in line and b"\r" not in line and b"\0" not in line for line in lines)
    names = [line.partition(b":")[0].decode("ascii") for line in lines if not line.startswith((b" ", b"\t"))]
    parsed = message_from_bytes(data, policy=default)
    fields = [parsed[name] for name in ("To", "Cc", "Bcc") if parsed[name]]
    return names, [address.addr_spec for each in fields for address in each.addresses]


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_ten_thousand_heads(count: int) -> None:
    chance = random.Random(7)  # noqa: S311 - the same ones each time
    for _ in range(count):
        where = {name: hostile(chance) for name in ("name", "subject", "message_id", "references")}
        names, receivers = as_sent({"to": SENDER, **where})
        assert names == OURS[:5] + [each for each in THREAD if each in names] + OURS[5:], where
        assert receivers == [SENDER], where


def test_heads_as_they_come_in() -> None:
    """The same through what reads a mail: its sender gets the answer, or nobody."""
    chance = random.Random(8)  # noqa: S311 - the same ones each time
    answered = 0
    for _ in range(1_000):
        fields = {name: hostile(chance) for name in ("Subject", "Message-ID", "References", "In-Reply-To", "X-Name")}
        data = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode("utf-8", "replace")
        sender = f"From: {hostile(chance)} <{SENDER}>\r\n".encode("utf-8", "replace")
        head = head_of(
            f"Authentication-Results: {SETTINGS.mail_authserv_id}; dmarc=pass header.from=company.com\r\n".encode()
            + sender
            + data
        )
        if not seen(head, IMAP, SETTINGS).allowed:
            continue
        answered += 1
        names, receivers = as_sent(where_of(head, "k"))
        assert set(names) <= {*OURS, *THREAD}
        assert receivers == [SENDER]
    assert answered > 50
