"""Who sees to the documents is told once of what many have asked in vain."""

from bot.accounts import Accounts
from bot.alerting import alert
from bot.unanswered import refresh
from tests.bot.test_unanswered import PARKING, ask
from tests.samples import BotMaker

MAIL = {"smtp_url": "smtp://127.0.0.1:9", "mail_address": "bot@company.com"}


def test_owners_are_told_once_when_enough_people_have_asked(make_bot: BotMaker) -> None:
    bot = make_bot(**MAIL, web_owners="help@company.com", public_url="https://bot.company.com")
    made = Accounts(bot.sessions).create("owner@company.com", "a long pass phrase 7", role="admin", actor="command")
    for document in bot.library.documents():
        bot.library.set_owner(document.id, made.id)
    for person in ("kim", "lee"):
        ask(bot, PARKING[0], person=person)
    refresh(bot)
    assert alert(bot) == 0, "two people are not enough"
    ask(bot, PARKING[1], person="park")
    refresh(bot)
    assert (alert(bot), alert(bot)) == (1, 0)
    rows = bot.inbox.list("new")
    assert {row.where["to"] for row in rows} == {"owner@company.com", "help@company.com"}
    assert all("3명" in row.text and "https://bot.company.com/questions/" in row.text for row in rows)


def test_nobody_to_tell_is_no_reason_to_forget(make_bot: BotMaker) -> None:
    bot = make_bot(questions_alert=1)
    ask(bot, PARKING[0])
    refresh(bot)
    assert alert(bot) == 0
    assert make_bot(questions_alert=0).settings.questions_alert == 0
