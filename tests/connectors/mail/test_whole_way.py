"""From a mail that came to the one that goes back, with faults at each step: one in the end, or it is said."""

import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.database import places
from bot.wiring import Bot, build_bot
from connectors.mail.came import Came
from connectors.mail.channel import MailChannel
from connectors.mail.imap import Mailbox
from connectors.mail.sending import server_of
from connectors.mail.smtp_in import SmtpIn
from connectors.mail.taking import NAME, Taking
from tests.connectors.mail.letters import BOT, SENDER, SERVER, letter
from tests.servers import postgres
from tests.servers.databases import copy_folder, settings_of
from tests.servers.imap import ImapServer
from tests.servers.mail import MailServer

MAIL = {"mail_address": BOT, "mail_allow": "company.com", "mail_authserv_id": SERVER}
TAKEN_BACK = Came("smtp", "127.0.0.1", SENDER, (BOT,))


@pytest.fixture
def out() -> Iterator[MailServer]:
    with MailServer() as made:
        yield made


@pytest.fixture
def bot(korean_folder: Path, tmp_path: Path, out: MailServer) -> Iterator[Bot]:
    channel = MailChannel(server_of(out.url), BOT, lambda: datetime.now(UTC))
    folder = copy_folder(korean_folder, tmp_path / "data")
    with build_bot(settings_of(folder, **MAIL), channels={NAME: channel}) as made:
        workers = made.workers(count=2).start()
        try:
            yield made
        finally:
            workers.stop()


def states(bot: Bot) -> list[str]:
    with bot.sessions() as session:
        return list(session.execute(text("SELECT state FROM inbox WHERE key LIKE 'mail:%' ORDER BY seq")).scalars())


def settled(bot: Bot, out: MailServer, *wanted: str) -> None:
    """Wait until the rows stand so; what waits for another try is tried at once."""

    def stand() -> bool:
        bot.inbox.hurry(NAME)
        return states(bot) == list(wanted)

    out.wait_for(stand, 60.0)


@pytest.mark.parametrize(
    "faults",
    [
        {"EHLO": ["cut"], "MAIL": ["cut"], "RCPT": ["cut"], "DATA": ["cut"]},
        {"RCPT": ["450 4.2.1 later", "450 4.2.1 later"], "DATA": ["451 4.3.0 later", "421 4.7.0 closing"]},
    ],
)
def test_what_goes_wrong_for_a_while_is_one_mail_in_the_end(
    bot: Bot, out: MailServer, faults: dict[str, list[str]]
) -> None:
    for step, said in faults.items():
        out.faults[step].extend(said)
    assert Taking(bot).take(letter(), TAKEN_BACK) == "new"
    settled(bot, out, "done")
    assert len(out.mails) == 1
    assert not any(out.faults.values())


def test_cut_after_the_text_was_taken_is_the_same_mail_twice(bot: Bot, out: MailServer) -> None:
    out.faults["END"].append("cut")
    Taking(bot).take(letter(), TAKEN_BACK)
    settled(bot, out, "done")
    assert len(out.mails) == 2
    assert len({mail["Message-ID"] for mail in out.parsed}) == 1


@pytest.mark.parametrize(("step", "said"), [("RCPT", "550 5.1.1 nobody here"), ("DATA", "554 5.7.1 not wanted")])
def test_what_is_never_taken_is_shown_to_the_admin(bot: Bot, out: MailServer, step: str, said: str) -> None:
    out.faults[step].append(said)
    Taking(bot).take(letter(), TAKEN_BACK)
    settled(bot, out, "dead")
    (row,) = bot.inbox.worst_first(10)
    assert said[:3] in str(row.error)
    assert SENDER not in str(row.error)
    assert out.mails == []
    bot.inbox.retry(row.seq)  # as the admin does when the address is there again
    settled(bot, out, "done")
    assert len(out.mails) == 1


def test_a_database_that_does_not_take_it(bot: Bot, out: MailServer) -> None:
    def rename(name: str, to: str) -> None:
        with bot.sessions.begin() as session:
            session.execute(text(f"ALTER TABLE {name} RENAME TO {to}"))

    listener = SmtpIn(Taking(bot), BOT, "127.0.0.1", 0).begin()
    try:
        with smtplib.SMTP("127.0.0.1", listener.listening, timeout=60) as client:
            rename("mails", "mails_away")
            with pytest.raises(smtplib.SMTPDataError) as refused:
                client.sendmail(SENDER, [BOT], letter())
            assert refused.value.smtp_code == 451
            assert states(bot) == []
            rename("mails_away", "mails")
            assert client.sendmail(SENDER, [BOT], letter()) == {}
    finally:
        listener.end()
    settled(bot, out, "done")
    assert len(out.mails) == 1


def test_a_mail_that_comes_again_counts_once(bot: Bot, out: MailServer) -> None:
    taken = [Taking(bot).take(letter(), TAKEN_BACK) for _ in range(12)]
    assert taken == ["new"] + ["duplicate"] * 11
    assert Taking(bot).take(letter(identifier="<a2@company.com>"), TAKEN_BACK) == "new"
    settled(bot, out, "done", "done")


# --- several processes ------------------------------------------------------------------------------------------


def test_two_processes_and_one_mailbox(tmp_path: Path) -> None:
    """One reads, the other takes over when it ends; what both are brought at once is answered once."""
    address = postgres.new_database()
    made = [settings_of(tmp_path / name, database_url=address, **MAIL) for name in ("one", "two")]
    with ImapServer() as imap, build_bot(made[0]) as one, build_bot(made[1]) as two:
        first = Mailbox(server_of(imap.url), Taking(one), one.sessions, name="one").start()
        imap.wait_for(lambda: first.state == "ready")
        second = Mailbox(server_of(imap.url), Taking(two), two.sessions, name="two").start()
        imap.wait_for(lambda: second.state == "ready")
        logins = len([each for each in imap.commands if each.startswith("LOGIN")])
        assert logins == 1
        imap.arrives(letter(identifier="<1@company.com>"))
        imap.wait_for(lambda: len(states(one)) == 1)
        first.stop()
        imap.arrives(letter(identifier="<2@company.com>"))
        imap.wait_for(lambda: len(states(one)) == 2, 30.0)
        second.stop()
        data = letter(identifier="<3@company.com>")
        assert [Taking(bot).take(data, TAKEN_BACK) for bot in (one, two)] == ["new", "duplicate"]
        assert len(states(one)) == 3


def test_a_reader_that_is_gone_is_replaced(tmp_path: Path) -> None:
    made = build_bot(settings_of(tmp_path, database_url=postgres.new_database()))

    def asks(who: str, seconds: float = 60.0) -> bool:
        with made.sessions.begin() as session:
            return places.take_turn(session, NAME, "imap:here", who, seconds)

    assert asks("one")
    assert asks("one")
    assert not asks("two")
    assert asks("one", -1.0)  # it said nothing more since
    assert asks("two")
    assert not asks("one")
    with made.sessions.begin() as session:
        places.leave_turn(session, NAME, "imap:here", "one")
    assert not asks("one")
    with made.sessions.begin() as session:
        places.leave_turn(session, NAME, "imap:here", "two")
    assert asks("one")
    made.close()


# --- loops ------------------------------------------------------------------------------------------------------


def replies_to(bot: Bot, out: MailServer, data: bytes) -> bytes | None:
    """Return what the bot sends back to a mail, None where it says nothing."""
    before = len(out.mails)
    if Taking(bot).take(data, TAKEN_BACK) != "new":
        return None
    out.wait_for(lambda: len(out.mails) > before, 60.0)
    return out.mails[-1][2]


def turned(data: bytes, number: int, *without: str) -> bytes:
    """Return a mail as if another bot of the company had written it, less some fields of its head."""
    mail = message_from_bytes(data, policy=SMTP)
    for name in (*without, "From", "To", "Message-ID"):
        del mail[name]
    mail["From"], mail["To"] = "other-bot@company.com", BOT
    mail["Message-ID"] = f"<{number}@other.example>"
    mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from=company.com"
    return mail.as_bytes()


MARKS: tuple[str, ...] = ("X-Dapbot", "Auto-Submitted", "X-Auto-Response-Suppress")


@pytest.mark.parametrize("without", [(), MARKS[:1], MARKS[1:2]])
def test_two_of_us_end_after_one_exchange(bot: Bot, out: MailServer, without: tuple[str, ...]) -> None:
    data = replies_to(bot, out, letter())
    assert data is not None
    assert replies_to(bot, out, turned(data, 1, *without)) is None


def test_a_machine_that_hides_what_it_is_ends_soon(bot: Bot, out: MailServer) -> None:
    data: bytes | None = letter()
    count = 0
    while data is not None and count < 20:
        count += 1
        data = replies_to(bot, out, turned(data, count, *MARKS))
    assert count <= 6
