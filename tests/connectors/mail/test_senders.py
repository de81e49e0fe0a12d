"""Who is answered: people of the list whom our own server has verified, and no machine."""

import pytest

from bot.database.engine import open_engine, sessions_for
from bot.settings import Settings
from connectors.mail.came import Came
from connectors.mail.head import head_of
from connectors.mail.results import results, verified
from connectors.mail.senders import IN_A_THREAD, Verdict, judge, listed, names, note_refused, refused, seen
from tests.connectors.mail.letters import BOT, PASSED, SENDER, SERVER, letter
from tests.samples import BotMaker

SETTINGS = Settings(mail_address=BOT, mail_allow="company.com, *.partner.co.kr", mail_authserv_id=SERVER)
IMAP = Came("imap")


def reason(data: bytes, came: Came = IMAP, settings: Settings = SETTINGS) -> str:
    return seen(head_of(data), came, settings).reason


def test_somebody_of_the_list_is_answered() -> None:
    assert seen(head_of(letter()), IMAP, SETTINGS) == Verdict(seen(head_of(letter()), IMAP, SETTINGS).sender)
    assert seen(head_of(letter()), IMAP, SETTINGS).sender.address == SENDER
    assert seen(head_of(letter()), IMAP, SETTINGS).sender.name == "김민수"


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("a@company.com", True),
        ("a@mail.company.com", False),
        ("a@evilcompany.com", False),
        ("a@x.partner.co.kr", True),
        ("a@x.y.partner.co.kr", True),
        ("a@partner.co.kr", False),
        ("vip@gmail.com", True),
        ("other@gmail.com", False),
    ],
)
def test_the_list(address: str, allowed: bool) -> None:
    assert listed(address, names("@company.com; *.partner.co.kr,\nvip@gmail.com")) is allowed


def test_an_empty_list_lets_nobody_in() -> None:
    assert reason(letter(), settings=Settings(mail_address=BOT, mail_authserv_id=SERVER)) == "stranger"


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        f"{SERVER}; none",
        f"{SERVER}; dmarc=fail header.from=company.com",
        f"{SERVER}; dmarc=pass header.from=evil.com",
        "mx.evil.com; dmarc=pass header.from=company.com",
        f"{SERVER}.evil.com; dmarc=pass header.from=company.com",
        f"(x) mx.evil.com ({SERVER}; dmarc=pass header.from=company.com); spf=fail",
        f'mx.evil.com; x=y reason="; {SERVER}; dmarc=pass header.from=company.com"',
        f"{SERVER}; spf=pass smtp.mailfrom=evil.com; dkim=pass header.d=evil.com",
        f"{SERVER}; dkim=pass header.d=com",
        f"{SERVER}; dkim=fail header.d=company.com",
        f"{SERVER}; auth=pass smtp.auth=jiyeon@company.com",
        f"{SERVER}; dmarc=pass",
        "; ; ;;;(((",
    ],
)
def test_who_is_not_verified(said: str | None) -> None:
    assert reason(letter(results=said)) == "unverified"


@pytest.mark.parametrize(
    "said",
    [
        PASSED,
        f"{SERVER.upper()} 1; spf=pass smtp.mailfrom=company.com",
        f"{SERVER}; dkim=pass (2048-bit key; unprotected) header.d=company.com header.s=s1",
        f"{SERVER}; dkim=pass header.i=@company.com; spf=fail smtp.mailfrom=x.com",
        f"{SERVER};\r\n dkim=none;\r\n\tspf=pass (ok (really)) smtp.mailfrom=minsu@company.com",
        f"{SERVER}; auth=pass (plain) smtp.auth={SENDER}",
    ],
)
def test_who_is(said: str) -> None:
    data = b"Authentication-Results: " + said.encode() + b"\r\n" + letter(results=None)
    assert reason(data) == ""


def test_the_topmost_word_of_our_server_counts() -> None:
    forged = letter(results=PASSED)
    assert (
        reason(f"Authentication-Results: {SERVER}; dmarc=fail header.from=company.com\r\n".encode() + forged)
        == "unverified"
    )


def test_microsoft_365_names_no_server() -> None:
    settings = Settings(mail_address=BOT, mail_allow="company.com", mail_authserv_id="none")
    said = (
        "spf=pass (sender IP is 1.2.3.4)\r\n smtp.mailfrom=company.com; dmarc=pass action=none header.from=company.com"
    )
    data = f"Authentication-Results: {said}\r\n".encode() + letter(results=None)
    assert reason(data, settings=settings) == ""
    inside = b"X-MS-Exchange-Organization-AuthAs: Internal\r\n" + letter(results=None)
    assert reason(inside, settings=settings) == ""
    assert reason(inside) == "unverified"
    assert reason(letter(results=None), settings=settings) == "unverified"


def test_without_a_server_to_believe_nobody_is_verified() -> None:
    assert not verified(head_of(letter()), SENDER, "")
    assert list(results(head_of(letter()), "")) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=y"},
        {"X_Autoreply": "yes"},
        {"Precedence": "bulk"},
        {"Precedence": "Auto_Reply"},
        {"List_Id": "<team.company.com>"},
        {"List_Unsubscribe": "<mailto:x@company.com>"},
        {"Return_Path": "<>"},
        {"X_Dapbot": "reply"},
        {"X_Loop": "bot@company.com"},
        {"identifier": "<dapbot.0123456789abcdef0123456789abcdef@other.com>"},
        {"sender": f"Dapbot <{BOT}>"},
        {"sender": "MAILER-DAEMON@company.com"},
        {"sender": "알림 <no-reply@company.com>"},
        {"subject": "자동 회신: 회의 일정"},
        {"subject": "부재중 알림 (11/25-11/28)"},
        {"subject": "Automatic reply: 견적"},
        {"subject": "Out of Office: 견적"},
        {"subject": "Undeliverable: 견적"},
    ],
)
def test_no_machine_is_answered(fields: dict[str, str]) -> None:
    assert reason(letter(**fields)) == "robot"


@pytest.mark.parametrize(
    "subject",
    [
        "자동 응답 설정 방법 문의",
        "부재중 전화가 왔다고 나오는데요",
        "반송 처리 문의드립니다",
        "수신 확인 부탁드립니다",
        "전송 실패 오류가 납니다",
        "Fwd: Automatic reply: 견적",
        "Out of office policy question",
    ],
)
def test_people_who_write_about_such_mails_are(subject: str) -> None:
    assert reason(letter(subject=subject)) == ""


@pytest.mark.parametrize(
    "sender",
    ["", "nobody", '"minsu@company.com" <x@evil.com>, minsu@company.com', "a@company.com, b@company.com"],
)
def test_one_sender_and_no_other(sender: str) -> None:
    data = f"From: {sender}\r\n".encode() + letter().replace(b"From: ", b"X-Was: ", 1)
    assert reason(data) == "nobody"


def test_two_from_fields_are_nobody() -> None:
    assert reason(b"From: x@evil.com\r\n" + letter()) == "nobody"


def test_a_name_that_looks_like_an_address_is_none() -> None:
    assert reason(letter(sender='"minsu@company.com" <x@evil.com>')) == "stranger"
    encoded = b"=?utf-8?q?minsu=40company=2Ecom_=3Cminsu=40company=2Ecom=3E?= <x@evil.com>"
    data = b"From: " + encoded + b"\r\n" + letter().replace(b"From: ", b"X-Was: ", 1)
    assert seen(head_of(data), IMAP, SETTINGS).sender.address == "x@evil.com"


def test_the_envelope_of_a_bounce() -> None:
    assert reason(letter(), Came("smtp", "127.0.0.1", "")) == "robot"
    assert reason(letter(), Came("smtp", "127.0.0.1", SENDER)) == ""


def test_two_machines_do_not_go_on_for_ever(make_bot: BotMaker) -> None:
    bot = make_bot()
    said = [judge(head_of(letter(identifier=f"<{n}@company.com>")), IMAP, SETTINGS, bot.sessions) for n in range(9)]
    assert [each.reason for each in said] == [""] * IN_A_THREAD + ["loop"] * (9 - IN_A_THREAD)
    assert judge(head_of(letter(subject="다른 일")), IMAP, SETTINGS, bot.sessions).allowed
    assert judge(head_of(letter(subject="Re: 회신: 다른 일")), IMAP, SETTINGS, bot.sessions).allowed


def test_who_was_not_answered_is_counted(make_bot: BotMaker) -> None:
    bot = make_bot()
    for data in (letter(results=None), letter(results=None), letter(sender="x@evil.com")):
        note_refused(bot.sessions, seen(head_of(data), IMAP, SETTINGS))
    assert refused(bot.sessions) == {"unverified": 2, "stranger": 1}
    engine = open_engine(bot.settings)
    with sessions_for(engine)() as session:
        assert "evil.com" not in repr(session.connection().exec_driver_sql("SELECT * FROM limit_counters").all())
    engine.dispose()
