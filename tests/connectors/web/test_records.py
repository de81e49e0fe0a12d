"""What people said, as administrators see it: found, filtered, opened, taken away as a file, erased."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from bot.accounts import Accounts
from bot.database import mails
from bot.database.conversations import add_feedback, record
from bot.database.inbox_tables import InboxRow
from bot.database.tables import Audit, Conversation, Person, Turn
from bot.messages import Message
from bot.wiring import Bot
from tests.bot.database.exchanges import Exchange, exchange, put
from tests.connectors.web.seen import text
from tests.servers.dapbot import Answer, Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

PASSWORD = "a long pass phrase 7"
EVIL = "<img src=x onerror=alert(1)>\"'&lt; =cmd|' /C calc'!A0"


@pytest.fixture
def visitor(site: Site) -> PageVisitor:
    visitor = PageVisitor(site)
    assert visitor.open("/conversations").status == 200
    return visitor


def opened(visitor: PageVisitor, listed: Answer) -> str:
    """Return the address of the first conversation of a list."""
    found = re.search(r'<h2 dir="auto"><a href="([^"]+)"', listed.text)
    assert found, text(listed)
    return unescape(found[1])


def rated(bot: Bot, item: Exchange, rating: int, **why: str) -> None:
    with bot.sessions.begin() as session:
        record(session, item)
        add_feedback(session, item.reply.answer_id, rating, channel="web", person=item.message.person, **why)


@pytest.mark.postgresql
def test_found_by_words_and_by_what_became_of_them(bot: Bot, visitor: PageVisitor) -> None:
    assert "아직 나눈 대화가 없어요" in text(visitor.open("/conversations"))
    put(
        bot.sessions,
        exchange("환불이요", person="kim", name="a"),
        exchange("환불 규정이 궁금해요", channel="slack", answered=False),
    )
    rated(
        bot,
        exchange("배송은 언제 오나요?", person="lee", name="b", language="en"),
        -1,
        reason="outdated",
        comment="작년 값이에요",
    )
    for address, questions in {
        "": ["배송은 언제 오나요?", "환불 규정이 궁금해요", "환불이요"],
        "?q=환불": ["환불 규정이 궁금해요", "환불이요"],
        "?q=환불규정": ["환불 규정이 궁금해요"],
        "?q=궁금 환불": ["환불 규정이 궁금해요"],
        "?q=물": [],
        "?q=불": ["환불 규정이 궁금해요", "환불이요"],
        "?q=환불&channel=web": ["환불이요"],
        "?answered=no": ["환불 규정이 궁금해요"],
        "?rating=bad&reason=outdated": ["배송은 언제 오나요?"],
        "?rating=good": [],
        "?language=en": ["배송은 언제 오나요?"],
        "?handed=open": [],
        "?document=1&passage=none": [],
        "?from=2020-01-01&to=2020-01-02": [],
        "?from=not-a-day&document=x&person=99999999999": ["배송은 언제 오나요?", "환불 규정이 궁금해요", "환불이요"],
    }.items():
        page = visitor.open("/conversations" + quote(address, safe="?&="))
        assert page.status == 200, address
        assert re.findall(r'<h2 dir="auto"><a [^>]+>([^<]+)</a>', page.text) == questions, address
    counted = visitor.call("GET", f"/conversations/counts?q={quote('환불')}", Accept="application/json").json
    assert counted == {"total": "대화 2건", "unanswered": "1건", "bad": "0건", "handed": "0건", "negative": "0건"}


@pytest.mark.postgresql
def test_the_list_goes_on_where_it_ended_and_shows_nobody_twice(bot: Bot, visitor: PageVisitor) -> None:
    put(bot.sessions, exchange("첫 질문", person="kim", name="long"))
    put(bot.sessions, *(exchange(f"질문 {n}", person="kim") for n in range(60)))
    put(bot.sessions, exchange("다시 물어요", person="kim", name="long"))
    first = visitor.open("/conversations")
    assert "다시 물어요" in first.text
    assert "질문 2개" in text(first)
    older = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert older
    second = visitor.open(unescape(older[1]))
    assert "질문 0" in second.text
    assert "첫 질문" not in second.text, "its conversation was on the first page"
    shown = [re.findall(r'<h2 dir="auto"><a href="/conversations/(\w+)', page.text) for page in (first, second)]
    assert len(shown[0]) == 50
    assert len({*shown[0], *shown[1]}) == 61 == len(shown[0]) + len(shown[1])


@pytest.mark.postgresql
def test_a_conversation_tells_why_and_who_looked_is_written_down(bot: Bot, visitor: PageVisitor) -> None:
    item = exchange(EVIL, person="kim@example.com", name="a")
    rated(bot, item, -1, reason="wrong", comment=f"틀려요 {EVIL}")
    page = visitor.open(opened(visitor, visitor.open("/conversations")).partition("#")[0])
    assert page.status == 200
    assert "<img src=x" not in page.text
    said = text(page)
    for words in (
        "kim@example.com",
        "이틀에서 사흘 걸려요",
        "확신도 91%",
        "자주 묻는 질문.csv",
        "내용이 틀림",
        "지금은 없음",
    ):
        assert words in said, words
    with bot.sessions() as session:
        lines = session.scalars(sa.select(Audit).where(Audit.action == "conversation.opened")).all()
    assert len(lines) == 1
    assert EVIL not in repr([(each.subject, each.detail) for each in lines])
    led = visitor.open(f"/answers/{item.reply.answer_id}")
    assert led.status == 303
    assert led.headers["location"].endswith(f"#answer-{item.reply.answer_id}")
    put(bot.sessions, *(exchange(f"이어서 {n}", person="kim@example.com", name="a") for n in range(31)))
    back = visitor.open(f"/answers/{item.reply.answer_id}").headers["location"]
    assert "?before=" in back
    assert f'id="answer-{item.reply.answer_id}"' in visitor.open(back.partition("#")[0]).text
    last = visitor.open(back.partition("?")[0])
    assert f'id="answer-{item.reply.answer_id}"' not in last.text
    assert "질문 32개 가운데 30개" in text(last)
    for nowhere in (
        "/answers/none",
        "/conversations/none",
        "/conversations/mails/none",
        "/answers/none/prompt",
        "/people/77",
        "/people/x",
    ):
        assert visitor.open(nowhere).status == 404, nowhere


def test_an_answer_leads_to_where_it_is_put_right(bot: Bot, visitor: PageVisitor) -> None:
    reply = bot.ask(Message("환불은 얼마나 걸리나요?", "web", conversation="a", person="kim"))
    bot.rate(reply.answer_id, -1, channel="web", person="kim")
    page = visitor.open(opened(visitor, visitor.open("/conversations")).partition("#")[0])
    assert "지금도 같은 내용" in text(page)
    mended = re.search(r'<p class="small mend">(.*?)</p>', page.text, re.DOTALL)
    assert mended
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', mended[1])]
    assert [link.partition("?")[0].rpartition("/")[0] for link in links] == [
        "/documents/1",
        "/questions/answer",
        "/documents",
        "/documents/golden",
    ]
    assert [visitor.open(link).status for link in links] == [303, 303, 200, 303]


def test_a_long_prompt_has_a_page_of_its_own(bot: Bot, visitor: PageVisitor) -> None:
    item = replace(exchange("모델에게", person="kim", name="a"), prompt="<b>지시</b> " * 2_000)
    put(bot.sessions, item)
    page = visitor.open(opened(visitor, visitor.open("/conversations")).partition("#")[0])
    assert len(page.text) < 20_000
    assert f"/answers/{item.reply.answer_id}/prompt" in page.text
    whole = visitor.open(f"/answers/{item.reply.answer_id}/prompt")
    assert whole.text == item.prompt
    assert whole.headers["content-type"].startswith("text/plain")
    put(bot.sessions, bare := exchange("모델 없이"))
    assert visitor.open(f"/answers/{bare.reply.answer_id}/prompt").status == 404


def test_a_deleted_conversation_can_be_brought_back_for_a_moment(bot: Bot, visitor: PageVisitor) -> None:
    put(bot.sessions, exchange("지울 질문", person="kim", name="a"))
    address = opened(visitor, visitor.open("/conversations")).partition("#")[0]
    visitor.open(address)
    gone = visitor.follow(visitor.send(f"{address}/delete"))
    assert "대화를 지웠어요" in text(gone)
    assert "지울 질문" not in gone.text
    assert visitor.open(address).status == 404
    visitor.open("/conversations")
    back = visitor.follow(visitor.send(f"{address}/restore"))
    assert "대화를 되돌렸어요" in text(back)
    assert "지울 질문" in back.text
    assert "되돌릴 수 없어요" in text(visitor.follow(visitor.send("/conversations/none/restore")))


def test_conversations_are_taken_away_as_tables_that_do_nothing(bot: Bot, visitor: PageVisitor) -> None:
    put(bot.sessions, exchange('=HYPERLINK("http://x")', person="kim", name="a"), exchange('환불이요, "제발"\n네?'))
    table = visitor.open("/conversations/export.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert table.body.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.body.decode("utf-8-sig"))))
    assert [row["질문"] for row in rows] == ['환불이요, "제발"\n네?', '\'=HYPERLINK("http://x")']
    lines = visitor.open(f"/conversations/export.jsonl?q={quote('환불')}").text.splitlines()
    assert [json.loads(line)["asked"] for line in lines] == ['환불이요, "제발"\n네?']
    assert visitor.open("/conversations/export.exe").status == 404
    with bot.sessions() as session:
        noted = session.scalars(sa.select(Audit).where(Audit.action == "conversations.exported")).all()
    assert "환불" not in repr([each.detail for each in noted])


@pytest.mark.postgresql
def test_a_person_is_looked_at_taken_away_and_erased(bot: Bot, visitor: PageVisitor) -> None:
    rated(bot, exchange("제 주문 번호는 777이에요", person="kim@example.com", name="a"), 1)
    put(bot.sessions, exchange("다른 사람의 질문", person="lee", name="b"))
    with bot.sessions() as session:
        number = session.scalar(sa.select(Person.id).where(Person.external_id == "kim@example.com"))
    assert "kim@example.com" in visitor.open("/people?q=KIM").text
    assert "맞는 사람이 없어요" in text(visitor.open("/people?q=nobody"))
    page = visitor.open(f"/people/{number}")
    assert "시작한 대화 1" in text(page)
    data = json.loads(visitor.open(f"/people/{number}/export.json").text)
    assert data["person"]["external_id"] == "kim@example.com"
    assert [each["asked"] for each in data["exchanges"]] == ["제 주문 번호는 777이에요"]
    for kind in ("csv", "html"):
        assert "777" in visitor.open(f"/people/{number}/export.{kind}").text
        assert "다른 사람" not in visitor.open(f"/people/{number}/export.{kind}").text
    visitor.open(f"/people/{number}")
    refused = visitor.send(f"/people/{number}/erase", confirm="kim")
    assert refused.status == 422
    assert "적은 이름이 달라서" in text(refused)
    begun = visitor.send(f"/people/{number}/erase", confirm=" kim@example.com ")
    report = visitor.follow(begun)
    until = datetime.now(UTC) + timedelta(seconds=60)
    while "지우는 중" in text(report) and datetime.now(UTC) < until:
        assert report.headers["refresh"] == "2"
        report = visitor.open(begun.headers["location"])
    assert "지웠습니다" in text(report)
    assert visitor.open(f"/people/{number}").status == 404
    assert "777" not in visitor.open(f"/conversations?q={quote('주문')}").text
    with bot.sessions() as session:
        assert "777" not in repr(session.scalars(sa.select(Turn.text)).all())
    assert visitor.open("/people/erasures/none").status == 404


def test_a_mail_stands_beside_its_summary(bot: Bot, visitor: PageVisitor) -> None:
    mail = (
        "From: =?utf-8?b?6rmA7ZWY64qY?= <kim@example.com>\r\nTo: bot@example.com\r\n"
        "Subject: [<b>] 회의\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\n안녕하세요.\r\n> 회의는 금요일\r\n> 오후 3시입니다. "
        "<script>alert(1)</script>\r\n"
    ).encode()
    summary = {
        "lines": ["회의는 금요일 3시", "", ""],
        "evidence": ["회의는 금요일 오후 3시입니다.", "", ""],
        "sentiment": "neutral",
    }
    summary["actions"] = [{"what": "자료 준비", "who": "이하늘", "due": "2026-11-27", "said": "금요일까지"}]
    item = exchange("회의 메일", person="kim@example.com", channel="mail", name="t")
    put(bot.sessions, item)
    with bot.sessions.begin() as session:
        mails.keep(session, "ab12cd34ef", "kim@example.com", mail)
        mails.note_summary(session, "ab12cd34ef", summary)
        row = {"message": None, "where": {"mail": "ab12cd34ef"}, "text": ""}
        session.add(
            InboxRow(key="mail:ab12cd34ef", kind="message", channel="mail", conversation="t", person="kim@example.com",
                     payload=row, state="done", answer_id=item.reply.answer_id, created_at=0.0, finished_at=1.0)
        )  # fmt: skip
    page = visitor.open(opened(visitor, visitor.open("/conversations?channel=mail")).partition("#")[0])
    assert "/conversations/mails/ab12cd34ef" in page.text
    shown = visitor.open("/conversations/mails/ab12cd34ef")
    assert "김하늘 <kim@example.com>" in text(shown)
    assert re.search(r"<mark [^>]+>회의는 금요일\s+&gt; 오후 3시입니다\.<sup>1</sup></mark>", shown.text)
    assert "<script>alert" not in shown.text
    assert "자료 준비 (" in text(shown)
    file = visitor.open("/conversations/mails/ab12cd34ef/file")
    assert file.body == mail
    assert "attachment" in file.headers["content-disposition"]


def test_only_administrators_look(bot: Bot, site: Site) -> None:
    put(bot.sessions, exchange("비밀 질문", person="kim", name="a"))
    with bot.sessions() as session:
        name = session.scalar(sa.select(Conversation.id))
    accounts = Accounts(bot.sessions)
    accounts.create("boss", PASSWORD, role="admin", actor="test")
    accounts.create("eve", PASSWORD, role="editor", actor="test")
    stranger, editor = PageVisitor(site), PageVisitor(site)
    editor.open("/sign-in")
    assert editor.send("/sign-in", name="eve", password=PASSWORD).status == 303
    paths = ("", f"/{name}", "/export.csv", "/counts", "/mails/ab12cd34ef")
    for path in (*(f"/conversations{each}" for each in paths), "/people", "/people/1/export.json", "/answers/none"):
        assert stranger.open(path).status == 303, path
        assert editor.open(path).status == 403, path
    editor.open("/")
    for path in (f"/conversations/{name}/delete", "/people/1/erase"):
        assert editor.send(path, confirm="kim").status == 403
        assert stranger.send(path, confirm="kim").status in (303, 403)
    assert "/conversations" not in editor.open("/").text


def test_a_form_without_the_pages_token_changes_nothing(bot: Bot, visitor: PageVisitor) -> None:
    put(bot.sessions, exchange("질문", person="kim", name="a"))
    address = opened(visitor, visitor.open("/conversations")).partition("#")[0]
    visitor.token = "0" * 64
    assert visitor.send(f"{address}/delete").status == 403
    assert visitor.open(address).status == 200


@pytest.mark.postgresql
def test_programs_see_what_the_pages_show(bot: Bot) -> None:
    item = exchange("환불이요", person="kim", name="a")
    rated(bot, item, -1, reason="wrong")
    put(bot.sessions, *(exchange(f"배송 {n}", person="lee", channel="slack") for n in range(3)))
    with served(bot, "owner-token") as site:
        headers = {"Authorization": "Bearer owner-token"}

        def call(path: str, method: str = "GET") -> Answer:
            return site.call(method, f"/api/v1/conversations{path}", headers=headers)

        first = call("?channel=slack&limit=2").json
        assert [each["question"] for each in first["conversations"]] == ["배송 2", "배송 1"]
        second = call(f"?channel=slack&limit=2&below={first['next']}").json
        assert [each["question"] for each in second["conversations"]] == ["배송 0"]
        found = call(f"?q={quote('환불')}&rating=bad").json["conversations"]
        assert [(each["answer"], each["bad"], each["person"]) for each in found] == [(item.reply.answer_id, 1, "kim")]
        whole = call(f"/{found[0]['id']}").json
        assert whole["exchanges"][0]["feedback"][0]["reason"] == "wrong"
        assert whole["exchanges"][0]["entries"] == [{"document": 0, "key": "", "state": "gone", "row": 0}]
        assert len(call("/export?kind=jsonl&channel=slack").text.splitlines()) == 3
        for path, status in {
            "?answered=perhaps": 422,
            "?limit=0": 422,
            "?from=x": 422,
            "/none": 404,
            "/export": 422,
        }.items():
            assert call(path).status == status, path
        assert call(f"/{found[0]['id']}", "DELETE").json == {"deleted": found[0]["id"]}
        assert call(f"/{found[0]['id']}").status == 404
