"""/metrics: to whoever is on this machine; from elsewhere to programs with a viewer's token, and to nobody else."""

from collections.abc import Iterator

import pytest

from bot.api_tokens import ApiTokens
from bot.wiring import Bot, build_bot
from tests.servers.dapbot import Answer, Site
from tests.servers.databases import settings_of
from tests.servers.web import served

ELSEWHERE = {"X-Forwarded-For": "203.0.113.7"}


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with build_bot(settings_of(tmp_path_factory.mktemp("figures") / "data")) as bot:
        yield bot


@pytest.fixture(scope="module")
def site(bot: Bot) -> Iterator[Site]:
    with served(bot) as site:
        yield site


def figures(site: Site, **headers: str) -> Answer:
    return site.call("GET", "/metrics", headers={name.replace("_", "-"): value for name, value in headers.items()})


def test_on_this_machine_nothing_is_asked_for(site: Site) -> None:
    answer = figures(site)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert "\ndapbot_database_up 1.0\n" in answer.text


def test_from_elsewhere_a_viewers_token_is(bot: Bot, site: Site) -> None:
    tokens = ApiTokens(bot.sessions)
    made = {role: tokens.create(role, role, actor="test") for role in ("asker", "viewer", "admin")}
    assert site.call("GET", "/metrics", headers=ELSEWHERE).status == 401
    for role, status in (("asker", 403), ("viewer", 200), ("admin", 200)):
        bearer = {"Authorization": f"Bearer {made[role][0]}"}
        assert site.call("GET", "/metrics", headers={**ELSEWHERE, **bearer}).status == status
    assert figures(site, Authorization="Bearer dap_wrong").status == 401, "who shows a wrong one is told so"
    tokens.revoke(made["viewer"][1].id, actor="test")
    revoked = {"Authorization": f"Bearer {made['viewer'][0]}"}
    assert site.call("GET", "/metrics", headers={**ELSEWHERE, **revoked}).status == 401


def test_a_page_of_another_site_gets_nothing(site: Site) -> None:
    assert figures(site, Origin="https://evil.example").status == 403
    assert figures(site, Sec_Fetch_Site="cross-site").status == 403
    assert figures(site, Host="evil.example").status == 421


def test_an_answer_is_counted_where_it_is_given(site: Site) -> None:
    def counted() -> float:
        name = 'dapbot_answers_total{channel="http",outcome="unanswered",task="answer"}'
        lines = figures(site).text.splitlines()
        return next((float(line.split()[-1]) for line in lines if line.startswith(name)), 0.0)

    before = counted()
    assert site.post("/api/v1/ask", {"question": "환불은 언제 되나요?"}).status == 200
    assert counted() == before + 1
    assert "\ndapbot_today_answers 1.0\n" in figures(site).text
    assert 'le="+Inf"' in figures(site).text
