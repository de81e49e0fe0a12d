"""What is told later by mail answers the last mail of that thread, and goes to its verified sender alone."""

from sqlalchemy import delete

from bot.database.tables import Conversation, MailRow
from bot.telling import tell
from bot.wiring import Bot
from connectors.mail.taking import Taking
from tests.connectors.mail.letters import SENDER, letter
from tests.connectors.mail.test_whole_way import TAKEN_BACK, bot, out, settled
from tests.servers.mail import MailServer

__all__ = ["bot", "out"]


def test_in_the_thread_while_the_mail_is_kept_and_as_a_mail_of_its_own_then(bot: Bot, out: MailServer) -> None:
    Taking(bot).take(letter(), TAKEN_BACK)
    settled(bot, out, "done")
    with bot.sessions() as session:
        there = session.query(Conversation).one().id
    for text, key in (("답이 생겼어요.", "k1"), ("답이 생겼어요.", "k1"), ("더 있어요.", "k2")):
        assert tell(bot, there, text, key)
    out.wait_for(lambda: len(out.mails) == 3, 60.0)
    first, told, _ = out.parsed
    assert told["In-Reply-To"] == first["In-Reply-To"]
    assert told["Subject"] == first["Subject"]
    assert told["To"].endswith(f"{SENDER}>") or told["To"] == SENDER
    with bot.sessions.begin() as session:
        session.execute(delete(MailRow))
    assert tell(bot, there, "나중에 하나 더.", "k3")
    out.wait_for(lambda: len(out.mails) == 4, 60.0)
    assert out.parsed[3]["In-Reply-To"] is None
    assert SENDER in out.parsed[3]["To"]
    assert "답이 생겼어요" in out.parsed[3]["Subject"]
