"""Mail comes in by real SMTP and real IMAP: it is kept before anybody is told so, and taken once."""

import smtplib
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.database import mails
from bot.errors import SettingsError
from bot.wiring import Bot
from connectors.mail.imap import Mailbox
from connectors.mail.sending import server_of
from connectors.mail.smtp_in import SmtpIn
from connectors.mail.taking import Taking
from tests.connectors.mail.letters import BOT, SENDER, SERVER, letter
from tests.samples import BotMaker
from tests.servers.imap import ImapServer

MAIL = {"mail_address": BOT, "mail_allow": "company.com", "mail_authserv_id": SERVER}


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    return make_bot(**MAIL)


def rows(bot: Bot) -> list[tuple[str, str, str]]:
    with bot.sessions() as session:
        found = session.execute(text("SELECT key, channel, person FROM inbox ORDER BY seq")).all()
    return [(row.key, row.channel, row.person) for row in found]


def kept(bot: Bot) -> int:
    with bot.sessions() as session:
        return mails.count(session)


# --- SMTP -------------------------------------------------------------------------------------------------------


@contextmanager
def listening(bot: Bot, **options: Path) -> Iterator[SmtpIn]:
    made = SmtpIn(Taking(bot), BOT, "127.0.0.1", 0, **options).begin()
    try:
        yield made
    finally:
        made.end()


@contextmanager
def client(listener: SmtpIn) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", listener.listening, timeout=20) as made:
        yield made


def test_a_mail_is_kept_and_waits(bot: Bot) -> None:
    data = letter()
    with listening(bot) as listener, client(listener) as smtp:
        assert smtp.sendmail(SENDER, [BOT], data) == {}
        assert smtp.sendmail(SENDER, [f"Bot+faq@{BOT.partition('@')[2].upper()}"], data) == {}  # the same once more
    ((key, channel, person),) = rows(bot)
    assert (channel, person) == ("mail", SENDER)
    with bot.sessions() as session:
        assert mails.data_of(session, key.removeprefix("mail:")) == data


def test_only_what_is_for_the_bot_is_taken(bot: Bot) -> None:
    with listening(bot) as listener, client(listener) as smtp:
        for other in ("ceo@company.com", "bot@other.com", "bot@company.com.evil.com"):
            with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
                smtp.sendmail(SENDER, [other], letter())
            assert refused.value.recipients[other][0] == 550
        assert smtp.sendmail("x@evil.com", [BOT], letter(sender="x@evil.com")) == {}  # no word to strangers
        assert smtp.sendmail("", [BOT], letter()) == {}
    assert rows(bot) == []
    assert kept(bot) == 0


def test_too_large_is_said_at_once(bot: Bot) -> None:
    with listening(bot) as listener, client(listener) as smtp:
        smtp.ehlo()
        assert int(smtp.esmtp_features["size"]) == 25 * 1024 * 1024
        code, _ = smtp.docmd("MAIL", f"FROM:<{SENDER}> SIZE={26 * 1024 * 1024}")
        assert code == 552


def test_where_it_cannot_be_kept_it_is_not_said_to_be(bot: Bot) -> None:
    with bot.sessions.begin() as session:
        session.execute(text("ALTER TABLE mails RENAME TO away"))
    with listening(bot) as listener, client(listener) as smtp:
        with pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.sendmail(SENDER, [BOT], letter())
        assert refused.value.smtp_code == 451
        with bot.sessions.begin() as session:
            session.execute(text("ALTER TABLE away RENAME TO mails"))
        assert smtp.sendmail(SENDER, [BOT], letter()) == {}
    assert len(rows(bot)) == 1


def test_too_much_waits(make_bot: BotMaker) -> None:
    bot = make_bot(**MAIL, waiting=1)
    with listening(bot) as listener, client(listener) as smtp:
        smtp.sendmail(SENDER, [BOT], letter())
        with pytest.raises(smtplib.SMTPDataError) as refused:
            smtp.sendmail(SENDER, [BOT], letter(identifier="<a2@company.com>"))
        assert refused.value.smtp_code == 452


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff\xfe" * 100,
        b"From: " + b"a@b.c,\r\n " * 20_000 + b"\r\n\r\n",
        b"X: y\r\n" * 20_000,
        b"\r\n\r\n",
        "제목만".encode("cp949"),
    ],
)
def test_what_is_no_mail_harms_nothing(bot: Bot, data: bytes) -> None:
    with listening(bot) as listener, client(listener) as smtp:
        assert smtp.sendmail(SENDER, [BOT], data) == {}
        smtp.sendmail(SENDER, [BOT], letter())
    assert len(rows(bot)) == 1


def test_starttls(bot: Bot, tmp_path: Path) -> None:
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -keyout privkey.pem -out fullchain.pem"
    )
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with listening(bot, certificate=tmp_path) as listener, client(listener) as smtp:
        smtp.starttls(context=context)
        assert smtp.sendmail(SENDER, [BOT], letter()) == {}
    assert len(rows(bot)) == 1


def test_a_certificate_that_is_none(bot: Bot, tmp_path: Path) -> None:
    (tmp_path / "c.pem").write_text("no certificate", "utf-8")
    with pytest.raises(SettingsError, match="fullchain"):
        SmtpIn(Taking(bot), BOT, "127.0.0.1", 0, certificate=tmp_path / "c.pem")


def test_a_port_that_is_taken(bot: Bot) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SettingsError):
            SmtpIn(Taking(bot), BOT, "127.0.0.1", other.getsockname()[1]).begin()


# --- IMAP -------------------------------------------------------------------------------------------------------


@pytest.fixture
def imap() -> Iterator[ImapServer]:
    with ImapServer() as server:
        yield server


@pytest.fixture
def reading(bot: Bot, imap: ImapServer) -> Iterator[Callable[[], Mailbox]]:
    made: list[Mailbox] = []

    def start() -> Mailbox:
        made.append(Mailbox(server_of(imap.url), Taking(bot), bot.sessions).start())
        return made[-1]

    yield start
    for each in made:
        each.stop()


def test_what_is_there_and_what_comes(bot: Bot, imap: ImapServer, reading: Callable[[], Mailbox]) -> None:
    read = imap.arrives(letter(identifier="<0@company.com>"))
    imap.flags[read].add("\\Seen")  # somebody has read it before
    first = imap.arrives(letter(identifier="<1@company.com>"))
    mailbox = reading()
    imap.wait_for(lambda: len(rows(bot)) == 1 and mailbox.state == "ready" and imap.commands[-1] == "IDLE")
    second = imap.arrives(letter(identifier="<2@company.com>"))
    imap.wait_for(lambda: len(rows(bot)) == 2)
    imap.wait_for(lambda: imap.seen == [read, first, second])
    assert not any("EXPUNGE" in each for each in imap.commands)


def test_a_cut_connection_is_made_again(bot: Bot, imap: ImapServer, reading: Callable[[], Mailbox]) -> None:
    reading()
    imap.wait_for(lambda: imap.commands[-1:] == ["IDLE"])
    imap.cut()
    imap.arrives(letter())
    imap.wait_for(lambda: len(rows(bot)) == 1)


def test_after_a_restart_it_goes_on_where_it_was(bot: Bot, imap: ImapServer, reading: Callable[[], Mailbox]) -> None:
    imap.arrives(letter(identifier="<1@company.com>"))
    mailbox = reading()
    imap.wait_for(lambda: len(rows(bot)) == 1 and imap.seen)
    mailbox.stop()
    opened = imap.arrives(letter(identifier="<2@company.com>"))
    imap.flags[opened].add("\\Seen")  # somebody looked at it meanwhile
    reading()
    imap.wait_for(lambda: len(rows(bot)) == 2)


def test_a_mailbox_that_was_made_anew(bot: Bot, imap: ImapServer, reading: Callable[[], Mailbox]) -> None:
    imap.arrives(letter(identifier="<1@company.com>"))
    mailbox = reading()
    imap.wait_for(lambda: len(rows(bot)) == 1 and imap.seen)
    mailbox.stop()
    imap.validity = 8
    imap.mails, imap.flags = {}, {}
    imap.arrives(letter(identifier="<1@company.com>"))
    imap.arrives(letter(identifier="<3@company.com>"))
    reading()
    imap.wait_for(lambda: imap.seen == [1, 2])
    assert len(rows(bot)) == 2


def test_a_server_that_refuses(imap: ImapServer, reading: Callable[[], Mailbox]) -> None:
    imap.refuses = True
    mailbox = reading()
    imap.wait_for(lambda: mailbox.state == "failed: sign-in refused")
    imap.refuses = False
    imap.wait_for(lambda: mailbox.state == "ready")
