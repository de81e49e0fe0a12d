"""The pages of settings, own words and checks as a browser without a script sees them, and the same for programs."""

import re
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from bot.accounts import Accounts
from bot.database import audit
from bot.database.audit import Wanted
from bot.findings import Check
from bot.phrases import replace_words
from bot.wiring import Bot
from connectors.web.app import create_app
from connectors.web.checks import LIMIT, Checks
from tests.connectors.web.seen import text
from tests.samples import BotMaker
from tests.servers.dapbot import Answer, Site
from tests.servers.openai import OpenAIServer, Say
from tests.servers.visitor import PageVisitor
from tests.servers.web import served, served_app

CANARY = "sk-canary-7f3a9b2c5d8e1f4a6b7c"
PASSWORD = "a long pass phrase 7"


@pytest.fixture
def bot(make_bot: BotMaker) -> Iterator[Bot]:
    yield make_bot(openai_api_key=CANARY)
    replace_words({})


def line_of(bot: Bot) -> str:
    return bot.settings.line


def save(visitor: PageVisitor, section: str, **values: str) -> Answer:
    page = visitor.open(f"/admin/settings/{section}")
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen, page.status
    return visitor.send(f"/admin/settings/{section}", seen=seen[1], **values)


@pytest.mark.postgresql
def test_a_setting_is_changed_holds_at_once_and_is_taken_back(visitor: PageVisitor, bot: Bot) -> None:
    saved = visitor.follow(save(visitor, "answers", DAPBOT_LINE="careful", DAPBOT_POLITENESS=""))
    assert line_of(bot) == "careful"
    assert "저장했어요. 바로 쓰여요." in text(saved)
    assert "여기서 정함" in text(saved)
    number = re.search(r'name="seen" value="(\d+)"', saved.text)
    assert number
    undone = visitor.follow(visitor.send("/admin/settings/undo", seen=number[1], section="answers", of="settings"))
    assert "되돌렸어요." in text(undone)
    assert line_of(bot) == "balanced"
    with bot.sessions() as session:
        assert audit.count(session, Wanted(action="settings.changed")) == 2
    nothing = visitor.follow(save(visitor, "answers", DAPBOT_LINE="balanced"))
    assert "바뀐 값이 없어요." in text(nothing)


def test_what_takes_a_restart_says_so(visitor: PageVisitor, bot: Bot) -> None:
    saved = visitor.follow(save(visitor, "limits", DAPBOT_WORKERS="4"))
    assert "다시 시작하면 적용됩니다. 지금 쓰는 값: 16 → 다음 값: 4" in text(saved)
    assert bot.settings.workers == 16


def test_a_wrong_value_stays_in_its_field_and_nothing_is_kept(visitor: PageVisitor, bot: Bot) -> None:
    refused = save(visitor, "limits", DAPBOT_MESSAGES_PER_DAY="-5", DAPBOT_COST_PER_DAY="3")
    assert refused.status == 422
    assert "DAPBOT_MESSAGES_PER_DAY=-5: 쓸 수 없는 값입니다" in text(refused)
    assert 'value="-5"' in refused.text
    assert bot.settings.cost_per_day == 0


def test_of_two_who_save_at_once_the_second_is_told(visitor: PageVisitor, bot: Bot) -> None:
    other = PageVisitor(visitor.site)
    other.open("/admin/settings/answers")
    save(visitor, "answers", DAPBOT_LINE="careful")
    late = other.send("/admin/settings/answers", seen="0", DAPBOT_LINE="eager")
    assert late.status == 409
    assert "그사이 다른 사람이 설정을 바꾸었습니다" in text(late)
    assert other.send("/admin/settings/undo", seen="0", section="answers").status == 409
    assert line_of(bot) == "careful"


def test_secrets_are_on_no_page_and_cannot_be_set(visitor: PageVisitor, site: Site) -> None:
    pages = ["answers", "models", "limits", "web", "slack", "mail", "keeping", "words", "server"]
    shown = [visitor.open(f"/admin/settings/{page}") for page in pages]
    assert {answer.status for answer in shown} == {200}
    assert not any(CANARY in answer.text for answer in shown)
    assert "정해짐 (보여 주지 않아요)" in text(shown[1])
    assert CANARY not in site.call("GET", "/api/v1/settings").text
    assert save(visitor, "models", OPENAI_API_KEY="sk-other").headers["location"].endswith("done=nothing")
    assert save(visitor, "models", DAPBOT_LLM_PRICES="openai:sk-7f3a9b2c=1/2").status == 422


def test_a_model_is_tried_before_it_is_kept(make_bot: BotMaker) -> None:
    with OpenAIServer([Say("OK")]) as model:
        bot = make_bot(openai_base_url=model.url, openai_api_key="none")
        with served(bot) as site:
            visitor = PageVisitor(site)
            tried = save(visitor, "models", **{"DAPBOT_LLM": "openai:gpt-5-mini", "try": "DAPBOT_LLM"})
            assert tried.status == 200
            assert re.search(r"openai:gpt-5-mini: \d+\.\d초 만에 답했습니다", text(tried))
            assert bot.settings.llm == ""
            wrong = save(visitor, "models", **{"DAPBOT_LLM": "gpt", "try": "DAPBOT_LLM"})
            assert (wrong.status, "provider:model" in wrong.text) == (422, False)
            visitor.follow(save(visitor, "models", DAPBOT_LLM="openai:gpt-5-mini"))
            assert bot.settings.llm == "openai:gpt-5-mini"
            assert "값을 몰라요" in text(visitor.open("/admin/settings/models")), "a server of one's own"


def test_own_words(visitor: PageVisitor, site: Site) -> None:
    visitor.open("/admin/settings/words")
    hostile = "모르겠어요 <img src=x onerror=alert(1)> 내선 100"
    kept = visitor.follow(visitor.send("/admin/settings/words", seen="0", key="answer.unknown", ko=hostile, en=""))
    assert "저장했어요. 바로 쓰여요." in text(kept)
    assert "<img src=x" not in kept.text
    assert site.post("/api/v1/ask", {"question": "달의 뒷면은 어떻게 생겼나요?"}).json["answer"] == hostile
    wrong = visitor.send("/admin/settings/words", seen="1", key="answer.part_unknown", ko="{x}", en="")
    assert (wrong.status, "{question}" in wrong.text) == (422, True)
    back = visitor.follow(visitor.send("/admin/settings/words", seen="1", key="answer.unknown", back="1"))
    assert "우리 말로 바꿈" not in text(back)


def test_only_administrators_come_here(bot: Bot, site: Site) -> None:
    accounts = Accounts(bot.sessions)
    accounts.create("admin", PASSWORD, role="admin", actor="test")
    accounts.create("editor", PASSWORD, role="editor", actor="test")
    editor = PageVisitor(site)
    assert editor.open("/admin/settings/answers").status == 303
    editor.open("/sign-in")
    editor.send("/sign-in", name="editor", password=PASSWORD)
    for path in ("/admin/settings/answers", "/admin/settings/words", "/admin/checks", "/admin/checks/state"):
        assert editor.open(path).status == 403
    editor.open("/documents")
    for path in ("/admin/settings/answers", "/admin/settings/words", "/admin/settings/undo", "/admin/checks"):
        assert editor.send(path, seen="0", DAPBOT_LINE="eager").status == 403
    assert editor.call("GET", "/api/v1/settings").status == 403
    assert line_of(bot) == "balanced"


def test_forms_of_another_site_change_nothing(visitor: PageVisitor, bot: Bot) -> None:
    visitor.open("/admin/settings/answers")
    visitor.token = "0" * 64
    assert visitor.send("/admin/settings/answers", seen="0", DAPBOT_LINE="eager").status == 403
    assert line_of(bot) == "balanced"


def test_programs_do_the_same(site: Site, bot: Bot) -> None:
    listed = site.call("GET", "/api/v1/settings").json
    line = next(each for each in listed["settings"] if each["name"] == "DAPBOT_LINE")
    assert line == {
        "name": "DAPBOT_LINE",
        "section": "answers",
        "value": "balanced",
        "default": "balanced",
        "source": "default",
        "changeable": True,
        "takes_effect": "now",
        "from_next_start": None,
    }
    changed = site.post("/api/v1/settings", {"values": {"DAPBOT_LINE": "eager", "DAPBOT_WORKERS": 5}, "seen": 0})
    assert changed.status == 200, changed.text
    found = {each["name"]: each for each in changed.json["settings"]}
    assert (found["DAPBOT_LINE"]["value"], found["DAPBOT_WORKERS"]["from_next_start"]) == ("eager", "5")
    assert site.post("/api/v1/settings", {"values": {"DAPBOT_LINE": "x"}, "seen": 0}).status == 422
    assert site.post("/api/v1/settings", {"values": {"DAPBOT_LINE": "careful"}, "seen": 0}).status == 409
    assert site.post("/api/v1/settings/undo", {}).json["number"] == 2
    assert line_of(bot) == "balanced"
    said = site.post("/api/v1/settings/words", {"key": "smalltalk.greeting", "ko": "어서 오세요!"})
    assert next(w for w in said.json["words"] if w["key"] == "smalltalk.greeting")["own"]["ko"] == "어서 오세요!"
    assert site.post("/api/v1/ask", {"question": "안녕하세요"}).json["answer"].startswith("어서 오세요!")


def test_checks_run_in_the_background_and_say_what_to_do(visitor: PageVisitor, bot: Bot) -> None:
    app = create_app(bot)
    with served_app(app, bot) as site:
        visitor = PageVisitor(site)
        assert "아직 점검하지 않았어요." in text(visitor.open("/admin/checks"))
        save(visitor, "limits", DAPBOT_WORKERS="4")
        assert visitor.send("/admin/checks/data").status == 303
        assert visitor.send("/admin/checks/running").status == 303
        assert visitor.send("/admin/checks/nowhere").status == 404
        app.state.checks.wait(30)
        page = text(visitor.open("/admin/checks"))
        assert "답할 수 있는 항목: 한국어 12개" in page
        assert "다시 시작하기를 기다리는 설정: DAPBOT_WORKERS" in page
        assert "관리자를 만드세요: dapbot admin create" in page
        found = site.call("GET", "/api/v1/checks").json["groups"]
        data = next(group for group in found if group["name"] == "data")
        assert (data["running"], data["at"] is None) == (False, False)
        assert "database" in {check["name"] for check in data["checks"]}
        assert site.post("/api/v1/checks", {"groups": ["nowhere"]}).status == 422
        assert site.post("/api/v1/checks", {"groups": ["vectors"]}).status == 202


def test_a_check_that_hangs_is_given_up_and_one_that_breaks_says_so(bot: Bot) -> None:
    go_on = threading.Event()

    def hang() -> Iterator[Check]:
        yield Check("first", "ok", "web.checks.good")
        go_on.wait(60)

    def fail() -> Iterator[Check]:
        raise RuntimeError("broken")

    seconds = [0.0]
    checks = Checks({"hangs": hang, "breaks": fail}, bot.clock, moment=lambda: seconds[0])
    checks.begin()
    until(lambda: bool(checks.groups()[0].findings) and not checks.groups()[1].running)
    assert checks.groups()[0].running
    seconds[0] = LIMIT + 1
    hangs, breaks = checks.groups()
    assert [check.phrase for check in hangs.findings] == ["web.checks.good", "web.checks.late"]
    assert not hangs.running
    assert [check.phrase for check in breaks.findings] == ["web.checks.broke"]
    go_on.set()


def until(ready: Callable[[], bool]) -> None:
    limit = time.monotonic() + 60
    while not ready():
        assert time.monotonic() < limit
        time.sleep(0.01)
