"""What the doctor says of the inbox, of limits that are reached, and of settings that nobody reads."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.database.opening import opened
from bot.findings import Check
from bot.findings_of_work import of_caps, of_glossary, of_inbox, of_limits, of_names, of_reports
from bot.inbox import Inbox
from bot.incoming import Incoming
from bot.limits import Limits
from bot.messages import Message, Tokens
from bot.settings import Settings
from tests.servers.databases import settings_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made: Settings = settings_of(tmp_path / "data")
    return made


def row(key: str) -> Incoming:
    return Incoming(key, Message("환불은요?", "slack", conversation=key, person="U1"))


def names(checks: Any) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_nothing_waits(settings: Settings) -> None:
    checks = names(of_inbox(settings))
    assert {name: check.state for name, check in checks.items()} == {"inbox": "ok"}


def test_what_waits_was_given_up_or_dropped(settings: Settings) -> None:
    with opened(settings) as sessions:
        inbox = Inbox(sessions)
        inbox.accept(*[row(f"slack:{i}") for i in range(4)])
        first = inbox.claim("w")
        assert first is not None
        inbox.fail(first, "account_inactive", permanent=True)
        inbox.drop(inbox.list()[0].seq)
        inbox.pause()
    checks = names(of_inbox(settings))
    assert {name: check.state for name, check in checks.items()} == {
        "paused": "todo",
        "given_up": "todo",
        "inbox": "ok",
    }
    assert "1건" in checks["given_up"].said("ko")  # not the one that a person dropped
    assert "dapbot inbox retry" in checks["given_up"].advised("ko")
    assert "2 messages" in checks["inbox"].said("en")
    assert "dapbot resume" in checks["paused"].advised("en")


def test_limits_that_are_reached(settings: Settings) -> None:
    assert list(of_limits(settings)) == []
    capped = settings.model_copy(update={"cost_per_day": 0.5, "messages_per_minute": 1})
    with opened(capped) as sessions:
        limits = Limits(capped, sessions)
        for _ in range(3):
            limits.admit(Message("안녕", "web", person="kim"))
        limits.use_unrecorded(Message("질문", "terminal"), Tokens(10, 10), 0.6)
    checks = names(of_limits(capped))
    assert checks["limits"].values == {"count": 1}
    assert "DAPBOT_COST_PER_DAY" in checks["budget"].advised("ko")
    assert datetime.now().strftime("%Y") in checks["budget"].said("en")  # noqa: DTZ005


def test_a_cap_that_cannot_be_held(settings: Settings) -> None:
    own = {"llm": "openai:qwen3", "openai_api_key": None, "openai_base_url": "http://127.0.0.1:9", "cost_per_day": 1.0}
    (check,) = of_caps(settings.model_copy(update=own))
    assert check.state == "todo"
    assert "DAPBOT_TOKENS_PER_DAY" in check.advised("en")
    assert list(of_caps(settings.model_copy(update={"cost_per_day": 1.0}))) == []


def test_a_setting_with_a_slip(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_COST_PER_DAYS", "3")
    (check,) = of_names()
    assert check.state == "note"
    assert check.said("ko").endswith("DAPBOT_COST_PER_DAYS. 혹시 DAPBOT_COST_PER_DAY인가요?")


def test_the_glossary(settings: Settings, tmp_path: Path) -> None:
    assert list(of_glossary(settings)) == []
    file = tmp_path / "glossary.csv"
    (check,) = of_glossary(settings.model_copy(update={"glossary": str(file)}))
    assert (check.state, str(file) in check.said("ko")) == ("todo", True)
    assert "DAPBOT_GLOSSARY" in check.advised("en")
    file.write_text("정기 배송,subscription\n", "utf-8")
    (check,) = of_glossary(settings.model_copy(update={"glossary": str(file)}))
    assert (check.state, "1 term" in check.said("en")) == ("ok", True)


def test_a_weekly_report_without_a_way_is_said(settings: Settings) -> None:
    report = "0 9 * * 1 > team@company.com; 0 9 * * 1 > slack:C012AB3CD"
    found = list(of_reports(settings.model_copy(update={"report": report})))
    assert [(each.state, each.values["name"]) for each in found] == [
        ("todo", "DAPBOT_MAIL_ADDRESS, DAPBOT_SMTP_URL"), ("todo", "SLACK_BOT_TOKEN"),
    ]  # fmt: skip
    assert "team@company.com" in found[0].said("ko")
    assert "DAPBOT_REPORT" in found[0].advised("en")
    assert list(of_reports(settings)) == []
