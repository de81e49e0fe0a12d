"""The pages of insight as a browser without a script sees them, their files, and the same for programs."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest

from bot import summing
from bot.accounts import Accounts
from bot.database import audit
from bot.database.bias_runs import keep_run
from bot.database.moods import TurnMood
from bot.wiring import Bot
from tests.bot.insight_days import asked, filled
from tests.connectors.web.seen import text
from tests.samples import BotMaker
from tests.servers.dapbot import Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

PASSWORD = "a long pass phrase 7"
EVIL = "=cmd|'/c calc'!A1<script>alert(1)</script>"
REPORT = {
    "report": "0 9 * * 1 > team@company.com; 0 9 * * 1 > slack:C012AB3CD",
    "smtp_url": "smtp://127.0.0.1:2525",
    "mail_address": "bot@company.com",
}


@pytest.fixture
def bot(make_bot: BotMaker) -> Bot:
    made = make_bot(**REPORT)
    filled(made, made.clock())
    summing.close_days(made)
    return made


def links(html: str) -> set[str]:
    return {unescape(each) for each in re.findall(r'href="(/[^"]*)"', html)}


@pytest.mark.postgresql
def test_the_figures_of_a_week_and_their_conversations(visitor: PageVisitor) -> None:
    page = visitor.open("/insight?days=7")
    assert page.status == 200
    said, found = text(page.text), links(page.text)
    assert "2026-11-18부터 2026-11-24까지 7일 동안의 기록이에요." in said
    for words in (
        "질문 4 ",
        "답변율 75%",
        "답하지 못한 질문 1",
        "담당자에게 넘김 2",
        "해결한 질문 하나에 $0.25",
        "지금 1건 대기",
    ):
        assert words in said, words
    week = "/conversations?from=2026-11-18&to=2026-11-24"
    for filters in ("answered=no", "handed=yes", "rating=bad", "mood=negative", "channel=slack&task=answer"):
        assert f"{week}&{filters}" in found, filters
    assert "/conversations?from=2026-11-24&to=2026-11-24&answered=no" in found
    assert "배송: 이런 말이 있었어요" in said
    assert "010-1234" not in said
    assert "style=" not in page.text
    assert "<th" in page.text
    english = PageVisitor(visitor.site, "en").open("/insight?days=7").text
    assert "Handed to a person 2" in text(english)
    assert "delivery: what people said" in text(english)


def test_who_may_see_what(bot: Bot, visitor: PageVisitor) -> None:
    accounts = Accounts(bot.sessions)
    for role in ("admin", "viewer", "editor"):
        accounts.create(role, PASSWORD, role=role, actor="test")
    assert visitor.open("/insight").status == 303
    for role, status in (("viewer", 403), ("editor", 200)):
        someone = PageVisitor(visitor.site)
        someone.open("/sign-in")
        assert someone.send("/sign-in", name=role, password=PASSWORD).status == 303
        page = someone.open("/insight?days=7")
        assert page.status == status
        assert someone.open("/insight/days.csv").status == status
        assert someone.open("/insight/report").status == status
        assert not [each for each in links(page.text) if each.startswith("/conversations")], (
            "people's words are admins'"
        )
    assert visitor.site.call("GET", "/api/v1/insight").status == 401


def test_a_range_that_cannot_be_had_is_said(visitor: PageVisitor) -> None:
    for query, says in {
        "?days=8": "30일 동안",
        "?days=x": "30일 동안",
        "?from=heute": "날짜를 읽지 못해서",
        "?from=2026-11-24%00&to=%F0": "날짜를 읽지 못해서",
        "?from=2027-01-01": "2000년부터 오늘까지의 날만",
        "?from=0001-01-01&to=0001-01-02": "2000년부터 오늘까지의 날만",
        "?to=0001-01-02": "2000년부터 오늘까지의 날만",
        "?from=2020-01-01": "366일까지 볼 수 있어서",
        "?from=2026-11-24&to=2026-11-20": "2026-11-20부터 2026-11-24까지 5일",
        "?to=2026-11-20": "2026-10-22부터 2026-11-20까지 30일",
    }.items():
        page = visitor.open("/insight" + query)
        assert page.status == 200, query
        assert says in text(page.text), query


def test_days_that_wait_are_said_and_asked_for(make_bot: BotMaker) -> None:
    bot = make_bot()
    asked(bot, bot.clock() - timedelta(days=5))
    with served(bot) as site:
        visitor = PageVisitor(site)
        assert "지난 4일 치는 아직 집계하고 있어서" in text(visitor.open("/insight").text)
        visitor.open("/insight")
    (row,) = bot.inbox.list("new")
    assert row.where["job"] == summing.JOB


def test_what_models_and_documents_are_called_is_text(bot: Bot, visitor: PageVisitor) -> None:
    asked(bot, bot.clock(), model=EVIL, cost_usd=1.0, mood=TurnMood(-1.0, {EVIL: -1.0}))
    page = visitor.open("/insight")
    assert "<script>alert" not in page.text
    rows = list(csv.reader(io.StringIO(visitor.open("/insight/spending.csv").body.decode("utf-8-sig"))))
    assert any(row[1] == "'" + EVIL for row in rows)


def test_files_for_a_spreadsheet(visitor: PageVisitor) -> None:
    answer = visitor.open("/insight/days.csv?from=2026-11-18&to=2026-11-24")
    assert answer.body.startswith(b"\xef\xbb\xbf")
    assert "dapbot-days-20261118-20261124.csv" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert rows[0] == ["날짜", "질문", "답변", "답하지 못함", "담당자", "👍", "👎"]
    assert rows[-2:] == [["2026-11-23", "3", "3", "0", "0", "1", "0"], ["2026-11-24", "1", "0", "1", "2", "0", "1"]]
    figures = visitor.open("/insight/figures.csv?from=2026-11-18&to=2026-11-24").body.decode("utf-8-sig")
    assert "질문,4,2" in figures
    for name in ("moods", "channels", "languages", "tasks", "reasons", "outcomes", "aspects", "entries", "bad_entries"):
        assert visitor.open(f"/insight/{name}.csv").status == 200, name
    assert visitor.open("/insight/nothing.csv").status == 404
    year = visitor.open("/insight/days.csv?from=2025-11-30&to=2026-11-24").body.decode("utf-8-sig")
    assert len(year.splitlines()) == 361, "day by day, where the page shows weeks"


def test_the_same_for_programs(site: Site) -> None:
    found = site.call("GET", "/api/v1/insight?from=2026-11-18&to=2026-11-24").json
    assert found["figures"]["questions"] == 4
    assert found["before"]["questions"] == 2
    assert [day["questions"] for day in found["days"]] == [0, 0, 0, 0, 0, 3, 1]
    assert found["days"][-1]["from"] == "2026-11-24"
    assert found["spending"][0]["model"] == "openai:gpt"
    assert found["spending"][0]["cost_usd"] == 0.5
    assert found["reasons"] == [{"name": "wrong", "count": 1}]
    for wrong in ("from=2020-01-01", "from=2027-01-01", "from=x", "from=0001-01-01&to=0001-01-02"):
        assert site.call("GET", f"/api/v1/insight?{wrong}").status == 422, wrong


def test_the_bias_watch_is_shown_with_its_date(bot: Bot, visitor: PageVisitor) -> None:
    assert "아직 점검한 적이 없어요" in text(visitor.open("/insight").text)
    clear = {"value": 0.2, "low": 0.1, "high": 0.3, "n": 40, "clear": True}
    measured = {"refusal_differs": {"difference": clear}}
    axis = {"pairs": 80, "differing": 20, "control_pairs": 20, "control_differing": 1, "figures": measured}
    group = {"axis": "gender", "group": "여성", "answered": {**clear, "value": -0.2}, "mood": {**clear, "value": 0.001}}
    counts = {"questions": 20, "asked": 654, "group_figures_clear_by_chance": 0.5}
    figures = {**counts, "axes": {"gender": axis}, "groups": [group]}
    with bot.sessions.begin() as session:
        keep_run(session, "extractive", figures, bot.clock())
    said = text(visitor.open("/insight").text)
    assert "2026-11-24에 질문 20개를 묻는 사람만 바꿔 가며 654번 물었어요(언어 모델 없이)." in said
    assert "성별 80 25% 5% 우연으로 보기 어려운 차이" in said
    assert "성별 여성: 답변함 -0.2" in said
    assert "답변의 감정" not in said, "nobody would notice"


@pytest.mark.postgresql
def test_a_report_is_sent_now_once_a_form(bot: Bot, visitor: PageVisitor) -> None:
    page = visitor.open("/insight/report")
    assert "■ 질문 3건" in page.text
    assert "Slack(SLACK_BOT_TOKEN)이 설정되지 않아" in page.text
    once = re.findall(r'name="once" value="([0-9a-f]+)"', page.text)[0]
    sent = visitor.send("/insight/report", to="0", once=once)
    assert "team@company.com에 보냈어요" in visitor.follow(sent).text
    again = visitor.send("/insight/report", to="0", once=once)
    assert "이미 보냈어요" in visitor.follow(again).text
    (row,) = bot.inbox.list("new")
    assert (row.channel, row.where["to"]) == ("mail", "team@company.com")
    for wrong in (
        {"to": "1", "once": once},
        {"to": "7", "once": once},
        {"to": "0", "once": "x"},
        {"to": "-1", "once": once},
        {},
    ):
        assert visitor.send("/insight/report", **wrong).status == 422
    visitor.token = "0"
    assert visitor.send("/insight/report", to="0", once=once).status == 403
    with bot.sessions() as session:
        (line,) = audit.lines(session, audit.Wanted(action="report"), limit=5)
    assert (line.action, line.subject) == ("report.sent", "team@company.com")
