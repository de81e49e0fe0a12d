"""Asking for a person on the page: passed on once, answered on the page of those who answer, shown in the chat."""

import re
from urllib.parse import urlencode

import pytest

from bot import calling
from bot.accounts import Accounts
from bot.database import audit
from bot.database.tables import Conversation
from bot.errors import SettingsError
from bot.settings import load
from bot.wiring import Bot
from connectors.web.asking_people import MOST_WAITING
from tests.connectors.web.seen import text
from tests.connectors.web.test_chat_pages import DELIVERY, EVIL, PASSWORD, TAB, UNKNOWN, ask, opened
from tests.samples import BotMaker
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

OWNERS = "help@company.example, slack:C012AB3CD; slack:U012AB3CD"
MAILED = {"smtp_url": "smtp://127.0.0.1:1", "mail_address": "bot@company.example"}


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    return make_bot(messages_per_minute=0, web_owners=OWNERS, slack_bot_token="xoxb-1", **MAILED)


@pytest.fixture
def asker(site: Site) -> PageVisitor:
    return opened(site)


def told(bot: Bot) -> list[str]:
    """Return whom messages wait for in the inbox, by what they end in."""
    return [row.key.split(":", 2)[2] for row in bot.inbox.list()]


def stage(visitor: PageVisitor, tab: str = TAB) -> list[str]:
    return re.findall(r'data-stage="(\w+)"', visitor.open(f"/?conversation={tab}").text)


def number(visitor: PageVisitor) -> int:
    found = re.search(r"/chat/person/(\d+)/fine", visitor.open(f"/?conversation={TAB}").text)
    assert found
    return int(found[1])


@pytest.mark.postgresql
def test_from_the_question_to_the_answer(asker: PageVisitor, site: Site, bot: Bot) -> None:
    answer = ask(asker, UNKNOWN)
    sent = {"answer": answer, "conversation": TAB, "name": EVIL, "mail": "minsu@company.example"}
    for _ in range(2):  # pressed twice, it is asked for once
        assert asker.send("/chat/person", **sent).headers["location"] == f"/?conversation={TAB}#answer-{answer}"
    assert stage(asker) == ["waiting"]
    later = ask(asker, UNKNOWN)  # it waits already: whoever asks again is told so
    again = asker.call(
        "POST",
        "/chat/person",
        urlencode({"csrf_token": asker.token, "answer": later, "conversation": TAB}),
        **{"x-fragment": "1", "Content-Type": "application/x-www-form-urlencoded"},
    )
    assert f'data-request="{later}" data-stage="waiting"' in again.text
    assert sorted(told(bot)) == ["help@company.example", "slack:C012AB3CD", "slack:U012AB3CD"]
    handed = number(asker)
    admin = opened(site)
    listed = admin.open("/admin/handovers")
    assert UNKNOWN in text(listed)
    assert EVIL not in listed.text
    page = admin.open(f"/admin/handovers/{handed}")
    assert "minsu@company.example" in text(page)
    once = re.search(r'name="once" value="(\w+)"', page.text)
    assert once
    reply = {"text": f"아직 없습니다. {EVIL}", "once": once[1], "close": "1"}
    for _ in range(2):
        done = admin.follow(admin.send(f"/admin/handovers/{handed}/reply", **reply))
        assert "답장을 보내고 마무리했어요" in text(done)
    assert told(bot).count(f"reply:{once[1]}") == 1, "by mail, once"
    shown = asker.open(f"/?conversation={TAB}")
    assert shown.text.count("아직 없습니다.") == 1
    assert EVIL not in shown.text
    assert stage(asker) == ["solved"]
    news = asker.open(f"/messages/news?conversation={TAB}").text
    latest = re.search(r'data-notice="(\d+)"', news)
    assert latest
    assert "data-notice" not in asker.open(f"/messages/news?conversation={TAB}&after={latest[1]}").text
    assert "아직 없습니다" not in opened(site).open(f"/messages/news?conversation={TAB}").text
    reopened = admin.follow(admin.send(f"/admin/handovers/{handed}/reopen"))
    assert "다시 열었어요" in text(reopened)
    closed = admin.follow(admin.send(f"/admin/handovers/{handed}/close", outcome="missing", note=EVIL))
    assert "자료에 없는 내용이었어요" in text(closed)
    assert EVIL not in closed.text
    assert UNKNOWN in text(admin.open("/admin/handovers?state=solved"))
    with bot.sessions() as session:
        did = [line.action for line in audit.lines(session, audit.Wanted(action="handover"), limit=50)]
    assert did.count("handover.replied") == 1
    assert did.count("handover.solved") == 2
    assert did.count("handover.opened") >= 1


def test_an_asker_takes_it_back(asker: PageVisitor, site: Site, bot: Bot) -> None:
    answer = ask(asker, UNKNOWN)
    asker.send("/chat/person", answer=answer, conversation=TAB)
    handed = number(asker)
    other = opened(site)
    assert other.send(f"/chat/person/{handed}/fine", conversation=TAB).status == 404
    assert stage(asker) == ["waiting"]
    assert asker.send(f"/chat/person/{handed}/fine", conversation=TAB).status == 303
    assert "요청을 거두었어요" in text(asker.open(f"/?conversation={TAB}"))
    assert "물어본 사람이 거둠" in text(opened(site).open("/admin/handovers?state=solved"))


def test_what_cannot_be_passed_on_is_refused_in_a_sentence(asker: PageVisitor, site: Site) -> None:
    nothing = asker.send("/chat/person", conversation=TAB)
    assert nothing.status == 422
    assert "먼저 질문을 보내 주세요" in text(nothing)
    answer = ask(asker)
    for wrong in (
        "x",
        "a@b c",
        "a@b\r\nBcc: c@d.example",
        "<a@b.example>",
        f"{'a' * 400}@b.example",
        "a@b.example,c@d.example",
    ):
        refused = asker.send("/chat/person", conversation=TAB, answer=answer, mail=wrong)
        assert refused.status == 422, wrong
    assert opened(site).send("/chat/person", conversation=TAB, answer=answer).status == 404
    assert asker.send("/chat/person", conversation=TAB, answer="nothing").status == 404
    for at in range(MOST_WAITING):
        tab = f"{at + 1:032}"
        assert asker.send("/chat/person", conversation=tab, answer=ask(asker, tab=tab)).status == 303
    refused = asker.send("/chat/person", conversation=TAB, answer=answer)
    assert refused.status == 429
    assert "기다리는 요청이 이미 5개" in text(refused)


def test_who_may_read_and_answer(bot: Bot) -> None:
    accounts = Accounts(bot.sessions)
    for name, role in (("boss", "admin"), ("editor", "editor"), ("viewer", "viewer")):
        accounts.create(name, PASSWORD, role=role, actor="test")
    with served(bot) as site:
        asker = opened(site)
        asker.send("/chat/person", answer=ask(asker, UNKNOWN), conversation=TAB)
        handed = number(asker)
        people = {name: opened(site) for name in ("editor", "viewer")}
        for name, each in people.items():
            assert each.send("/sign-in", name=name, password=PASSWORD).status == 303
            each.open("/")
        assert people["viewer"].open("/admin/handovers").status == 403
        assert people["viewer"].send(f"/admin/handovers/{handed}/reply", text="x").status == 403
        assert opened(site).open(f"/admin/handovers/{handed}").headers["location"].startswith("/sign-in")
        editor = people["editor"]
        assert editor.open("/admin").headers["location"] == "/admin/handovers"
        page = editor.open(f"/admin/handovers/{handed}")
        assert page.status == 200
        assert editor.send(f"/admin/handovers/{handed}/reply", text=" ").status == 422
        assert editor.send("/admin/handovers/9999/reply", text="x").status == 404
        assert editor.send(f"/admin/handovers/{handed}/reply", text="없습니다.").status == 303
        assert stage(asker) == ["answered"]


def test_a_program_answers_once_by_its_key(asker: PageVisitor, site: Site, bot: Bot) -> None:
    asker.send("/chat/person", answer=ask(asker, UNKNOWN), conversation=TAB, name="민수")
    found = site.call("GET", "/api/v1/handovers").json
    assert found["waiting"] == 1
    line = found["handovers"][0]
    assert (line["question"], line["name"], line["state"]) == (UNKNOWN, "민수", "waiting")
    address = f"/api/v1/handovers/{line['id']}"
    for _ in range(2):
        done = site.post(f"{address}/reply", {"text": "없어요.", "key": "k1"})
        assert done.json["told"] is True
        assert done.json["handover"]["replies"] == ["없어요."]
    assert site.call("GET", "/api/v1/handovers?state=solved").json["handovers"][0]["outcome"] == "answered"
    assert site.post(f"{address}/reopen", {}).json["state"] == "answered"
    assert site.post(f"{address}/close", {"outcome": "missing", "note": "나중에"}).json["note"] == "나중에"
    assert site.post(f"{address}/close", {"outcome": "nothing"}).status == 422
    assert site.call("GET", "/api/v1/handovers/9999").status == 404
    assert site.post("/api/v1/handovers/9999/reply", {"text": "x"}).status == 404


def test_a_reply_to_a_conversation_that_is_gone_says_so(asker: PageVisitor, site: Site, bot: Bot) -> None:
    asker.send("/chat/person", answer=ask(asker, UNKNOWN), conversation=TAB)
    handed = number(asker)
    with bot.sessions.begin() as session:
        session.query(Conversation).delete()
    assert opened(site).open(f"/admin/handovers/{handed}").status == 404, "it went with the conversation"


@pytest.mark.parametrize("owners", ["nobody", "slack:X1", "a@b.example slack:", "a@", "@b.example", "slack:c012"])
def test_owners_that_cannot_be_called_are_refused(owners: str) -> None:
    with pytest.raises(SettingsError, match="DAPBOT_WEB_OWNERS"):
        load(web_owners=owners)


def test_only_those_who_can_be_reached_are_called(make_bot: BotMaker) -> None:
    assert calling.owners_of(load(web_owners=OWNERS)) == ()
    assert calling.owners_of(load(web_owners=OWNERS, **MAILED)) == ("help@company.example",)
    slack = load(slack_owners="U1ABCDE, S2ABCDE", slack_bot_token="xoxb-1")
    assert calling.owners_of(slack) == ("slack:U1ABCDE",)
    quiet = make_bot()
    with served(quiet) as site:  # nobody can be told: it waits on the page of those who answer
        asker = opened(site)
        assert asker.send("/chat/person", answer=ask(asker, DELIVERY), conversation=TAB).status == 303
        assert told(quiet) == []
        assert DELIVERY in text(opened(site).open("/admin/handovers"))
