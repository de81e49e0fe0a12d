"""Mail goes out over a real connection; what goes wrong at each step says whether to try again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from bot.channels import ChannelError
from bot.messages import Reply
from connectors.mail.composing import compose
from connectors.mail.sending import send, server_of
from tests.servers.mail import MailServer

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
WHERE = {"to": "minsu@company.com", "name": "김민수", "subject": "견적 문의", "message_id": "<a@company.com>"}
REPLY = Reply("a1", "c1", "1. 하나\n2. 둘\n3. 셋", answered=True, confidence=1.0, task="summarize", language="ko")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as made:
        yield made


def mail() -> EmailMessage:
    return compose(REPLY, WHERE, key="mail:1", address="bot@company.com", at=AT)


def test_it_arrives_as_it_was_written(server: MailServer) -> None:
    send(server_of(server.url), "bot@company.com", "minsu@company.com", mail())
    ((sender, receivers, _),) = server.mails
    (got,) = server.parsed
    assert (sender, receivers) == ("bot@company.com", ["minsu@company.com"])
    assert got["Subject"] == "Re: 견적 문의"
    assert got["To"].addresses[0].display_name == "김민수"
    assert got["In-Reply-To"] == got["References"] == "<a@company.com>"
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert html is not None
    assert "1. 하나" in text.get_content()
    assert "하나" in html.get_content()


@pytest.mark.parametrize("step", ["EHLO", "MAIL", "RCPT", "DATA", "END"])
def test_a_connection_that_is_cut_is_tried_again(server: MailServer, step: str) -> None:
    server.faults[step].append("cut")
    with pytest.raises(ChannelError) as raised:
        send(server_of(server.url), "bot@company.com", "minsu@company.com", mail())
    assert not raised.value.permanent
    send(server_of(server.url), "bot@company.com", "minsu@company.com", mail())
    assert len(server.mails) == (2 if step == "END" else 1)
    assert len({each["Message-ID"] for each in server.parsed}) == 1


@pytest.mark.parametrize(
    ("step", "said", "permanent"),
    [
        ("RCPT", "450 4.2.1 later", False),
        ("RCPT", "550 5.1.1 nobody here", True),
        ("DATA", "451 4.3.0 later", False),
        ("DATA", "421 4.7.0 closing", False),
        ("DATA", "554 5.7.1 we do not want it", True),
        ("MAIL", "452 4.3.1 full", False),
    ],
)
def test_what_the_server_says(server: MailServer, step: str, said: str, permanent: bool) -> None:
    server.faults[step].append(said)
    with pytest.raises(ChannelError) as raised:
        send(server_of(server.url), "bot@company.com", "minsu@company.com", mail())
    assert raised.value.permanent is permanent
    assert "minsu" not in str(raised.value)
    assert server.mails == []


def test_no_server(server: MailServer) -> None:
    url = server.url
    server.stop()
    with pytest.raises(ChannelError) as raised:
        send(server_of(url), "bot@company.com", "minsu@company.com", mail())
    assert not raised.value.permanent
    server.start()


def test_a_password_is_not_sent_in_the_clear() -> None:
    found = server_of("smtp://bot%40company.com:p%2Fw%40@mail.company.com")
    assert (found.user, found.password, found.port) == ("bot@company.com", "p/w@", 587)
    assert "p/w@" not in repr(found)
