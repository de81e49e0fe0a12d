"""The chat's pages as a browser without a script sees them: own conversations, sources, opinions."""

import re
from html import unescape

import pytest

from bot.accounts import Accounts
from bot.database import tables
from bot.database.opinions import opinions
from bot.wiring import Bot
from tests.connectors.web.seen import text
from tests.samples import BotMaker
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

DELIVERY = "배송비는 얼마인가요?"
UNKNOWN = "화성 지점의 우주선 주차 요금은 얼마인가요?"
EVIL = "<script>alert(1)</script>\"'"
PASSWORD = "a long pass phrase 7"
TAB = "0" * 32


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    return make_bot(messages_per_minute=0)


@pytest.fixture
def visitor(site: Site) -> PageVisitor:
    return opened(site)


def opened(site: Site) -> PageVisitor:
    visitor = PageVisitor(site)
    assert visitor.open("/").status == 200
    return visitor


def ask(visitor: PageVisitor, question: str = DELIVERY, tab: str = TAB) -> str:
    """Ask by a form; return the answer's id."""
    page = visitor.send("/", question=question, conversation=tab)
    assert page.status == 200, page.text
    return str(re.findall(r'data-answer="([0-9a-f]+)"', page.text)[-1])


# --- sources ----------------------------------------------------------------------------------------------------------


def test_a_source_opens_at_its_place_for_who_had_the_answer(visitor: PageVisitor, site: Site) -> None:
    answer = ask(visitor)
    address = f"/sources/{answer}/1"
    assert address in visitor.open(f"/?conversation={TAB}").text
    page = visitor.open(address)
    assert "배송비는 3,000원이며" in text(page)
    assert "지금도 같은 내용이에요" in text(page)
    assert f"/?conversation={TAB}#answer-{answer}" in page.text
    panel = visitor.call("GET", address, **{"x-fragment": "1"})
    assert "<html" not in panel.text
    assert "배송비는 3,000원이며" in text(panel)
    assert opened(site).open(address).status == 404
    assert site.call("GET", address).status == 404
    for wrong in ("/sources/x/1", f"/sources/{answer}/2", f"/sources/{answer}/0", f"/sources/{answer}/{10**12}"):
        assert visitor.open(wrong).status == 404, wrong


def test_what_became_of_a_source_is_said(visitor: PageVisitor, bot: Bot) -> None:
    answer = ask(visitor)
    document = next(each for each in bot.library.documents() if each.name == "hanbit-faq.jsonl")
    _, _, data = bot.library.download(document.id)
    bot.library.add([(document.name, data.replace("3,000원".encode(), "4,000원".encode()))])
    changed = visitor.open(f"/sources/{answer}/1")
    assert "답변한 뒤에 내용이 바뀌었어요" in text(changed)
    assert "<del>3</del>" in changed.text or "<del>3,000</del><ins>4,000</ins>" in changed.text
    bot.library.disable(document.id, author="kim")
    withdrawn = text(visitor.open(f"/sources/{answer}/1"))
    assert "지금은 답변에 쓰지 않는 내용이에요" in withdrawn
    assert "3,000원" in withdrawn
    assert "4,000원" not in withdrawn
    bot.library.remove(document.id, author="kim")
    removed = text(visitor.open(f"/sources/{answer}/1"))
    assert "인용한 부분만" in removed
    assert "3,000원" in removed


def test_an_entry_that_is_for_others_by_now_is_shown_to_them_alone(bot: Bot) -> None:
    Accounts(bot.sessions).create("boss", PASSWORD, role="admin", actor="test")
    with served(bot) as site:
        visitor = opened(site)
        answer = ask(visitor)
        document = next(each for each in bot.library.documents() if each.name == "hanbit-faq.jsonl")
        bot.library.set_audience(document.id, ["인사"], author="kim")
        page = text(visitor.open(f"/sources/{answer}/1"))
        assert "인용한 부분만" in page
        assert "문서에서 열기" not in page


# --- opinions ---------------------------------------------------------------------------------------------------------


def test_an_opinion_is_given_changed_and_taken_back_without_a_script(visitor: PageVisitor, bot: Bot) -> None:
    answer = ask(visitor)

    def rated(**fields: str) -> tuple[int, str, str]:
        page = visitor.send("/chat/rate", answer=answer, conversation=TAB, **fields)
        assert page.headers["location"] == f"/?conversation={TAB}#answer-{answer}"
        with bot.sessions() as session:
            found = opinions(session, [answer]).get(answer)
        return (found.rating, found.reason, found.comment) if found else (0, "", "")

    assert rated(rating="-1", reason="outdated", comment=EVIL + "가" * 2000)[:2] == (-1, "outdated")
    shown = visitor.open(f"/?conversation={TAB}").text
    assert EVIL not in shown
    assert 'data-rate="-1" aria-pressed="true"' in shown
    assert rated(rating="1") == (1, "", "")
    assert rated(rating="0") == (0, "", "")
    assert rated(rating="5", reason="nothing\0") == (0, "", "")
    assert visitor.send("/chat/rate", answer="nothing", rating="1").status == 404


def test_a_program_takes_its_opinion_back(site: Site, bot: Bot) -> None:
    visitor = opened(site)
    answer = ask(visitor)
    headers = {"X-CSRF-Token": visitor.token, "Content-Type": "application/json"}
    for rating, kept in ((-1, -1), (0, 0)):
        body = f'{{"answer_id": "{answer}", "rating": {rating}}}'
        assert visitor.call("POST", "/api/v1/feedback", body, **headers).status == 200
        with bot.sessions() as session:
            assert sum(each.rating for each in session.query(tables.Feedback)) == kept


# --- history ----------------------------------------------------------------------------------------------------------


def test_own_conversations_are_listed_opened_named_and_taken_away(visitor: PageVisitor, site: Site) -> None:
    ask(visitor)
    ask(visitor, UNKNOWN, "1" * 32)
    page = visitor.open("/history")
    assert re.findall(r'data-chat="(\d)', page.text) == ["1", "0"]
    assert "오늘" in text(page)
    assert re.findall(r'data-chat="(\d)', visitor.open("/history?q=3,000").text) == ["0"]
    assert "나오는 대화가 없어요" in text(visitor.open("/history?q=%22%00%25"))
    assert "배송비는 3,000원이며" in text(visitor.open(f"/?conversation={TAB}"))
    renamed = visitor.follow(visitor.send(f"/history/{TAB}/rename", title=EVIL))
    assert EVIL not in renamed.text
    assert EVIL in unescape(renamed.text)
    gone = visitor.follow(visitor.send(f"/history/{TAB}/remove"))
    assert re.findall(r'data-chat="(\d)', gone.text) == ["1"]
    assert f"/history/{TAB}/restore" in gone.text
    back = visitor.follow(visitor.send(f"/history/{TAB}/restore"))
    assert len(re.findall("data-chat=", back.text)) == 2
    other = opened(site)
    assert "data-chat=" not in other.open("/history").text
    assert "이미 지워진 대화" in text(other.follow(other.send(f"/history/{TAB}/remove")))
    assert "3,000원" not in text(other.open(f"/?conversation={TAB}"))
    assert visitor.call("POST", f"/history/{TAB}/remove", "").status in (403, 415), "without the page's token"


def test_an_account_finds_its_conversations_on_another_device_and_a_guest_does_not(bot: Bot) -> None:
    accounts = Accounts(bot.sessions)
    accounts.create("boss", PASSWORD, role="admin", actor="test")
    accounts.create("kim", PASSWORD, role="viewer", actor="test")

    def signed_in(site: Site) -> PageVisitor:
        visitor = opened(site)
        assert visitor.send("/sign-in", name="kim", password=PASSWORD).status == 303
        visitor.open("/")
        return visitor

    with served(bot) as site:
        desk, guest = signed_in(site), opened(site)
        answer = ask(desk)
        ask(guest, UNKNOWN)
        phone = signed_in(site)
        assert DELIVERY in text(phone.open("/history"))
        assert UNKNOWN not in text(phone.open("/history"))
        assert "3,000원" in text(phone.open(f"/?conversation={TAB}"))
        assert phone.open(f"/sources/{answer}/1").status == 200
        assert DELIVERY not in text(guest.open("/history"))
        desk.send("/sign-out")
        assert DELIVERY not in text(desk.open("/history")), "whoever sits there next"


def test_where_guests_may_not_ask_all_of_it_is_shut(make_bot: BotMaker) -> None:
    bot = make_bot(web_ask="signed-in")
    Accounts(bot.sessions).create("boss", PASSWORD, role="admin", actor="test")
    with served(bot) as site:
        for path in ("/", "/history", "/sources/x/1", "/messages", "/messages/news"):
            answer = PageVisitor(site).open(path)
            assert answer.status == 303, path
            assert answer.headers["location"].startswith("/sign-in"), path
        refused = site.post("/api/v1/ask", {"question": DELIVERY})
        assert refused.status == 401
        assert "로그인" in refused.json["error"]
