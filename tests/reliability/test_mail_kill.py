"""The real server is killed while mails come in a burst, by SMTP and into a mailbox: none is lost, none told anew."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.wiring import build_bot
from tests.reliability.mail_office import MailOffice, mails
from tests.servers.databases import copy_folder, settings_of
from tests.servers.imap import ImapServer
from tests.servers.mail import MailServer


@pytest.fixture
def out() -> Iterator[MailServer]:
    with MailServer() as made:
        yield made


def holds(office: MailOffice, kills: int) -> None:
    """Nothing is lost; what came twice was killed inside a send, and has one Message-ID."""
    assert office.lost == 0
    assert office.identifiers == len(office.sent)
    assert office.doubled <= kills * 16, "each of 16 workers may have been inside one send when it was killed"
    with build_bot(settings_of(office.data)) as bot:
        assert not bot.inbox.list()
        assert not bot.inbox.list("dead")


def test_killed_in_a_burst(korean_folder: Path, tmp_path: Path, out: MailServer) -> None:
    office = MailOffice(copy_folder(korean_folder, tmp_path / "data"), out)
    clients = office.bring(mails(24))
    office.run_killed(1, seed=7, apart=5)
    for each in clients:
        each.join()
    holds(office, 1)


@pytest.mark.soak
def test_killed_while_a_mailbox_fills(korean_folder: Path, tmp_path: Path, out: MailServer) -> None:
    with ImapServer() as mailbox:
        office = MailOffice(copy_folder(korean_folder, tmp_path / "data"), out, mailbox)
        office.put(mails(60))
        office.run_killed(3, seed=7, apart=10)
        assert len(mailbox.seen) == 60
    holds(office, 3)
