"""The doctor says how mail stands, and the next step."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.findings import Check
from bot.settings import Settings
from connectors.mail.checkup import of_mail
from connectors.mail.senders import note_refused, seen
from tests.connectors.mail.letters import BOT, SERVER, letter
from tests.connectors.mail.test_senders import IMAP, head_of
from tests.samples import BotMaker
from tests.servers.imap import ImapServer
from tests.servers.mail import MailServer


@pytest.fixture
def servers() -> Iterator[tuple[ImapServer, MailServer]]:
    with ImapServer() as imap, MailServer() as out:
        yield imap, out


def found(settings: Settings) -> dict[str, Check]:
    checks = {each.name: each for each in of_mail(settings)}
    for each in checks.values():
        for language in ("ko", "en"):
            assert each.said(language)
            assert (each.state == "todo") == bool(each.advised(language)) or each.state == "note"
    return checks


def test_nothing_is_said_where_nothing_is_set() -> None:
    assert found(Settings()) == {}
    assert found(Settings(mail_allow="company.com"))["mail"].state == "todo"
    assert found(Settings(mail_address=BOT))["mail"].state == "todo"


def test_all_is_well(servers: tuple[ImapServer, MailServer]) -> None:
    imap, out = servers
    settings: dict[str, Any] = {"mail_address": BOT, "mail_allow": "company.com", "mail_authserv_id": SERVER}
    checks = found(Settings(**settings, imap_url=imap.url, smtp_url=out.url))
    assert {each.state for each in checks.values()} == {"ok"}
    assert set(checks) == {"mail", "mail_allow", "mailbox", "mail_out"}
    imap.refuses = True
    out.faults["EHLO"].append("cut")
    checks = found(Settings(mail_address=BOT, imap_url=imap.url, smtp_url=out.url))
    assert {name for name, each in checks.items() if each.state == "todo"} == {
        "mail_allow",
        "mail_verified",
        "mailbox",
        "mail_out",
    }
    assert "pass word" not in " ".join(each.said("en") + each.advised("en") for each in checks.values())


def test_servers_that_are_not_there(servers: tuple[ImapServer, MailServer]) -> None:
    imap, out = servers
    urls = {"imap_url": imap.url.replace(str(imap.port), "1"), "smtp_url": out.url.replace(str(out.port), "1")}
    checks = found(Settings(mail_address=BOT, mail_allow="company.com", mail_authserv_id=SERVER, **urls))
    assert [checks[name].state for name in ("mailbox", "mail_out")] == ["todo", "todo"]


def test_who_was_not_answered(make_bot: BotMaker, servers: tuple[ImapServer, MailServer]) -> None:
    imap, out = servers
    urls = {"imap_url": imap.url, "smtp_url": out.url}
    bot = make_bot(mail_address=BOT, mail_allow="company.com", mail_authserv_id=SERVER, **urls)
    note_refused(bot.sessions, seen(head_of(letter(results=None)), IMAP, bot.settings))
    checks = found(bot.settings)
    assert "1통" in checks["mail_refused_unverified"].said("ko")
