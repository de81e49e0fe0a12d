"""The page of the inbox: what went wrong in words, tried again or dropped by a click, for administrators only."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.database import audit, handovers
from bot.database.handovers import Handover
from bot.incoming import Incoming
from bot.letter import Address
from bot.messages import Message
from bot.wiring import Bot
from connectors.mail.senders import Verdict, note_refused
from tests.samples import BotMaker
from tests.servers.dapbot import Answer
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

STRANGER = Address("", "x@evil.com")


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    """Its inbox holds one that was given up, one that waits for its next try, one that waits."""
    made = make_bot()
    for name in ("gone", "waits", "later"):
        message = Message("<b>환불</b>은 언제 되나요?", "slack", conversation=name, person="U-KIM")
        made.inbox.accept(Incoming(f"slack:{name}", message))
    gone, waits, later = (made.inbox.claim(f"host:1/{n}") for n in range(3))
    assert gone
    assert waits
    assert later
    made.inbox.release(str(waits.owner))
    made.inbox.fail(gone, "<script>alert(1)</script>", permanent=True)
    made.inbox.fail(later, "service_unavailable", retry_after=600)
    return made


@pytest.fixture
def admin(bot: Bot) -> Iterator[PageVisitor]:
    with served(bot) as site:
        yield PageVisitor(site)


def badges(page: Answer) -> list[tuple[str, str]]:
    found = re.findall(r'<h3>#\d+ (\S+ \S+) <span class="badge [a-z]*">([^<]+)</span>', page.text)
    return [(whose, state) for whose, state in found]


def did(bot: Bot) -> list[str]:
    with bot.sessions() as session:
        return [line.action for line in audit.lines(session, audit.Wanted(action="inbox"), limit=10)]


def test_what_went_wrong_comes_first(admin: PageVisitor) -> None:
    page = admin.open("/admin/inbox")
    assert badges(page) == [("slack gone", "포기함"), ("slack later", "대기"), ("slack waits", "대기")]
    assert "<script>alert" not in page.text
    assert "환불" not in page.text
    assert "대기 2 · 답변 준비됨 0" in page.text


def test_tried_again_and_dropped(admin: PageVisitor, bot: Bot) -> None:
    admin.open("/admin/inbox")
    gone, waits = bot.inbox.list("dead")[0].seq, bot.inbox.list()[0].seq
    page = admin.follow(admin.send(f"/admin/inbox/{gone}/retry"))
    assert "다시 시도합니다." in page.text
    assert bot.inbox.counts()["dead"] == 0
    page = admin.follow(admin.send(f"/admin/inbox/{waits}/drop"))
    assert ("slack waits", "포기함") in badges(page)
    assert "관리자가 그만두게 했습니다" in page.text
    page = admin.follow(admin.send(f"/admin/inbox/{waits}/drop"))
    assert "이미 끝난 메시지입니다." in page.text
    assert did(bot) == ["inbox.dropped", "inbox.retried"]


def test_paused_and_resumed(admin: PageVisitor, bot: Bot) -> None:
    admin.open("/admin/inbox")
    page = admin.follow(admin.send("/admin/inbox/pause"))
    assert "답하는 일이 멈춰 있습니다." in page.text
    assert bot.inbox.paused()
    admin.follow(admin.send("/admin/inbox/resume"))
    assert not bot.inbox.paused()
    assert did(bot) == ["inbox.resumed", "inbox.paused"]


@pytest.mark.parametrize("number", ["0", "-1", "999", str(2**70), "x"])
def test_what_is_not_there(admin: PageVisitor, number: str) -> None:
    admin.open("/admin/inbox")
    assert admin.send(f"/admin/inbox/{number}/retry").status in (404, 422)


def test_from_another_page_nothing_is_done(admin: PageVisitor, bot: Bot) -> None:
    admin.open("/admin/inbox")
    admin.token = "0" * 64
    assert admin.send("/admin/inbox/pause").status == 403
    assert not bot.inbox.paused()


def test_questions_that_wait_for_a_person(admin: PageVisitor, bot: Bot) -> None:
    assert "기다리는 질문이 없습니다." in admin.open("/admin/inbox").text
    begun = bot.clock() - timedelta(hours=5)
    with bot.sessions.begin() as session:
        for place, question in (("C1:1.0", "<b>반품</b> 되나요?"), ("C1:2.0", "")):
            number = handovers.begin(session, Handover(0, "slack", place, "U-KIM", question, (), begun))
        handovers.solve(session, number, by="U-LEE", outcome="answered", at=begun + timedelta(minutes=30))
    page = admin.open("/admin/inbox").text
    assert "&lt;b&gt;반품&lt;/b&gt; 되나요?" in page
    assert "5시간째 대기 · U-KIM · slack C1:1.0" in page
    assert "담당자 연결 2건, 해결 1건. 지금 대기 1건 · 해결까지 중앙값 30분 · 담당자가 답했어요: 1건" in page


def test_mails_that_were_not_answered(admin: PageVisitor, bot: Bot) -> None:
    assert "답하지 않은 메일" not in admin.open("/admin/inbox").text
    for verdict in (Verdict(STRANGER, "stranger"), Verdict(STRANGER, "stranger"), Verdict(STRANGER, "robot")):
        note_refused(bot.sessions, verdict)
    page = admin.open("/admin/inbox").text
    assert "허용 목록에 없는 사람의 메일이라 답하지 않은 메일: 30일간 2통" in page
    assert "자동으로 보낸 메일이라 답하지 않은 메일: 30일간 1통" in page
    assert "evil.com" not in page
