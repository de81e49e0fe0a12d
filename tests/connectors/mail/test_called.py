"""Somebody on the page asks for a person: an owner is told by mail, and the answer goes to the address they left."""

from dataclasses import replace

from bot import calling, taking_over
from bot.database.audit import Actor
from bot.handing_over import HandingOver, Handover
from bot.messages import Message
from bot.wiring import Bot
from tests.connectors.mail.test_whole_way import bot, out
from tests.servers.mail import MailServer

__all__ = ["bot", "out"]
OWNER, ASKER = "help@company.example", "minsu@mail.example"


def test_the_owner_and_the_asker_get_one_mail_each(bot: Bot, out: MailServer) -> None:
    reply = bot.ask(Message("화성 지점은 어디인가요?", "web", conversation="abc.t", person="abc"))
    asked = Handover(0, "web", "abc.t", "abc", "화성 지점은 어디인가요?", (OWNER,), bot.clock(), reply.answer_id)
    begun = HandingOver(bot.sessions, bot.clock).begin(replace(asked, contact_mail=ASKER)).handover
    for _ in range(2):
        calling.call(bot, begun)
        done = taking_over.reply(bot, begun.id, "아직 없습니다.", name="n1", actor=Actor("kim"))
        assert (done.told, done.mailed) == (True, True)
    out.wait_for(lambda: len(out.mails) == 2, 60.0)
    told = {to: mail for (_, (to,), _), mail in zip(out.mails, out.parsed, strict=True)}
    assert set(told) == {OWNER, ASKER}
    call = told[OWNER].get_body(("plain",))
    assert call is not None
    assert f"/admin/handovers/{begun.id}" in call.get_content()
    body = told[ASKER].get_body(("plain",))
    assert body is not None
    assert "아직 없습니다." in body.get_content()
    assert "화성 지점은 어디인가요?" in body.get_content()
