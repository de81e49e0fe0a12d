"""Logs hold no content (C 30) on the other channels: Slack and mail, at info and debug, and where something fails."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import pytest

from bot.inbox import Inbox
from bot.llm.scripted import ScriptedModel
from bot.log_form import JsonLines, TextLines
from bot.wiring import Bot
from connectors import running
from connectors.mail.came import Came
from connectors.mail.channel import MailChannel
from connectors.mail.sending import server_of
from connectors.mail.taking import NAME, Taking
from connectors.slack.starting import listening_to_slack, slack_channel
from tests.connectors.mail.letters import BOT, SENDER, SERVER, letter
from tests.connectors.slack.seen import PATIENCE, replies
from tests.samples import BotMaker
from tests.servers.mail import MailServer
from tests.servers.slack import SlackServer

MARKS = {
    "resident number": "900101-1234567",
    "phone": "010-9182-7364",
    "card": "4539-1488-0343-6467",
    "question": "xkanarie1question",
    "answer": "xkanarie2answer",
    "subject": "xkanarie3subject",
    "body": "xkanarie4body",
    "name": "xkanarie5name",
}
SAID = " ".join(MARKS.values())
LEVELS = pytest.mark.parametrize("level", [logging.INFO, logging.DEBUG])


def written(caplog: pytest.LogCaptureFixture) -> str:
    """Return the log as it is written, both ways; of the libraries what a server lets through."""
    ours = ("bot", "connectors", "knowledge", "dapbot")
    kept = [r for r in caplog.records if r.name.startswith(ours) or r.levelno >= logging.WARNING]
    return "\n".join(form.format(record) for form in (TextLines(), JsonLines()) for record in kept)


def found_in(log: str) -> list[str]:
    return [name for name, mark in MARKS.items() if mark in log]


@contextmanager
def listening(bot: Bot) -> Iterator[None]:
    channel = slack_channel(bot.settings)
    assert channel is not None
    bot.channels = {channel.name: channel}
    with ExitStack() as undo:
        undo.enter_context(running.at_work(bot, 2))
        app = undo.enter_context(listening_to_slack(bot))
        assert app is not None
        yield


@LEVELS
def test_what_is_said_in_slack_stays_there(make_bot: BotMaker, level: int, caplog: pytest.LogCaptureFixture) -> None:
    model = ScriptedModel([f"배송비는 {MARKS['answer']} 3,000원입니다. [1]"])
    with SlackServer() as slack, caplog.at_level(level):
        names = {"slack_bot_token": slack.token, "slack_app_token": slack.app_token, "slack_api_url": slack.url}
        with listening(make_bot(model, **names)):
            minsu = slack.person(f"민수 {MARKS['name']}")
            room = slack.channel(f"고객지원-{MARKS['subject']}", minsu)
            asked = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요? {SAID}")
            replies(slack, room, asked.ts)
            direct = minsu.says(minsu.direct, f"담당자 연결해 주세요 {SAID}")
            replies(slack, minsu.direct, direct.ts)
    log = written(caplog)
    assert '"answer_id"' in log
    assert found_in(log) == []
    assert slack.token not in log


@LEVELS
def test_what_a_mail_says_stays_there(make_bot: BotMaker, level: int, caplog: pytest.LogCaptureFixture) -> None:
    with MailServer() as out, caplog.at_level(level):
        channel = MailChannel(server_of(out.url), BOT, lambda: datetime.now(UTC))
        bot = make_bot(mail_address=BOT, mail_allow="company.com", mail_authserv_id=SERVER)
        bot.channels = {NAME: channel}
        taking, came = Taking(bot), Came("smtp", "127.0.0.1", SENDER, (BOT,))
        out.faults["RCPT"].append(f"450 4.2.1 later {MARKS['body']}")
        workers = bot.workers(count=2).start()
        try:
            subject, sender = f"견적 {MARKS['subject']}", f"{MARKS['name']} <{SENDER}>"
            assert taking.take(letter(f"요약해 주세요. {SAID}", subject=subject, sender=sender), came) == "new"
            stranger = letter(SAID, sender="other@elsewhere.example", identifier="<a2@elsewhere.example>", results=None)
            taking.take(stranger, Came("smtp", "127.0.0.1", "other@elsewhere.example", (BOT,)))
            out.wait_for(lambda: hurried(bot.inbox) and len(out.mails) == 1, PATIENCE)
        finally:
            workers.stop()
    log = written(caplog)
    assert '"answer_id"' in log
    assert found_in(log) == []
    assert SENDER not in log


def hurried(inbox: Inbox) -> bool:
    """Have what waits for another try tried at once."""
    inbox.hurry(NAME)
    return True
