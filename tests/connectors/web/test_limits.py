"""Who asks more than they may over HTTP: 429 with a sentence and the time to wait; others do not notice."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.api_tokens import ApiTokens
from tests.samples import BotMaker, zone_at_noon
from tests.servers.dapbot import Answer, Site
from tests.servers.visitor import PageVisitor
from tests.servers.web import served

QUESTION = "환불은 얼마나 걸리나요?"
OWNER = "owner-token-of-this-test"
TWICE: dict[str, Any] = {"messages_per_minute": 0, "messages_per_day": 2, "timezone": zone_at_noon()}


@pytest.fixture
def site(make_bot: BotMaker) -> Iterator[Site]:
    """A server where everybody may ask twice a day, and three people behind one address."""
    with served(make_bot(**TWICE, people_per_address=3), OWNER) as made:
        yield made


def asks(visitor: PageVisitor, **more: str) -> Answer:
    headers = {"Content-Type": "application/json", "X-CSRF-Token": visitor.token, "Accept": "application/json", **more}
    return visitor.call("POST", "/api/v1/ask", json.dumps({"question": QUESTION}), **headers)


def new(site: Site) -> PageVisitor:
    visitor = PageVisitor(site)
    visitor.open("/")
    return visitor


def program(site: Site, times: int, line: dict[str, Any] | None = None, **headers: str) -> list[int]:
    return [site.post("/api/v1/ask", {"question": QUESTION, **(line or {})}, **headers).status for _ in range(times)]


def test_a_visitor_is_told_when_it_goes_on_and_the_next_one_is_answered(site: Site) -> None:
    one, other = new(site), new(site)
    assert [asks(one).status for _ in range(2)] == [200, 200]
    for kind in ("application/json", "text/event-stream"):
        refused = asks(one, Accept=kind)
        assert refused.status == 429
        assert refused.json["error"].startswith("오늘은 하루에 답해 드릴 수 있는 2개를 모두 채우셨습니다.")
        assert 10 * 3600 < int(refused.headers["retry-after"]) < 14 * 3600
    assert asks(other).status == 200


def test_where_no_script_runs_it_is_a_page(site: Site) -> None:
    visitor = new(site)
    for _ in range(2):
        assert visitor.send("/", question=QUESTION, conversation="t").status == 200
    refused = visitor.send("/", question=QUESTION, conversation="t")
    assert refused.status == 429
    assert refused.is_page
    assert "모두 채우셨습니다" in refused.text
    assert int(refused.headers["retry-after"]) >= 1


def test_a_program_on_this_machine_asks_as_often_as_it_likes(site: Site) -> None:
    assert program(site, 8) == [200] * 8


def test_programs_elsewhere_share_what_their_address_may(site: Site) -> None:
    assert program(site, 8, X_Forwarded_For="203.0.113.9") == [200] * 6 + [429] * 2
    assert program(site, 1, X_Forwarded_For="203.0.113.10") == [200]
    household = [f"2001:db8:1:2::{n:x}" for n in range(1, 8)]
    assert [program(site, 1, X_Forwarded_For=each)[0] for each in household] == [200] * 6 + [429]


def test_a_new_cookie_for_each_question_does_not_help(site: Site) -> None:
    seen = []
    for _ in range(8):
        visitor = new(site)
        seen.append(asks(visitor, **{"X-Forwarded-For": "203.0.113.20"}).status)
    assert seen == [200] * 6 + [429] * 2


def test_the_owner_s_batches_are_not_limited_the_people_they_speak_for_are(site: Site) -> None:
    owner = {"Authorization": f"Bearer {OWNER}"}
    assert program(site, 5, **owner) == [200] * 5
    assert program(site, 5, {"person": "kim", "record": False}, **owner) == [200] * 5
    assert program(site, 3, {"person": "kim"}, **owner) == [200, 200, 429]
    assert program(site, 1, {"person": "lee"}, **owner) == [200]


def test_a_token_counts_for_the_people_it_names_or_for_itself(make_bot: BotMaker) -> None:
    bot = make_bot(**TWICE, people_per_address=2)
    secret, _ = ApiTokens(bot.sessions).create("relay", role="asker", actor="test")
    bearer = {"Authorization": f"Bearer {secret}"}
    with served(bot, OWNER) as site:
        assert program(site, 5, **bearer) == [200] * 4 + [429]
        refused = site.post("/api/v1/ask", {"question": QUESTION}, Accept_Language="ko", **bearer)
        assert "이 API 토큰으로 하루에 답해 드릴 수 있는 4개를 모두 채웠습니다." in refused.json["error"]
        assert program(site, 3, {"person": "kim"}, **bearer) == [200, 200, 429]
        assert program(site, 1, {"person": "lee"}, **bearer) == [200]
