"""Removed, archived, a token not taken, a scope or a group that is gone: the admins hear of it, nothing crashes."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.database import places
from bot.findings import Check
from bot.wiring import Bot
from connectors.slack.calls import RefusedError
from connectors.slack.checkup import of_slack
from connectors.slack.troubles import AGAIN, kept
from tests.connectors.slack.seen import PATIENCE, Mode, Working, replies
from tests.servers.dapbot import Site
from tests.servers.slack import SlackServer
from tests.servers.slack_faults import Refuse
from tests.servers.slack_people import Person


def told(slack: SlackServer, admin: Person, what: str, count: int = 1) -> list[str]:
    """Wait until an admin was told something so many times; return what they were told."""

    def words() -> list[str]:
        found = [post["text"] for post in slack.posts(admin.direct) if what in post["text"]]
        return found if len(found) >= count else []

    return list(slack.wait_for(words, PATIENCE))


def settled(slack: SlackServer, bot: Bot) -> list[str | None]:
    """Wait until nothing is open in the inbox; return why the rows that were given up were."""
    slack.wait_for(lambda: not bot.inbox.list(), PATIENCE)
    return [row.error for row in bot.inbox.list("dead")]


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_removed_and_archived(slack: SlackServer, working: Working, mode: Mode) -> None:
    owner, minsu = slack.person("사장", owner=True), slack.person("민수")
    support, old = slack.channel("고객지원", minsu), slack.channel("지난 행사", minsu)
    with working(mode=mode) as bot:
        for room in (support, old):
            owner.invites_bot(room)
        slack.wait_for(lambda: slack.posts(support) and slack.posts(old), PATIENCE)
        minsu.removes_bot(support)
        assert f"<#{support.id}> 채널에서 제가 빠졌습니다" in told(slack, owner, support.id)[0]
        minsu.archives(old)
        assert "보관되어" in told(slack, owner, old.id)[0]
        again = minsu.removes_bot(support)  # told once more: the admins are not
        slack.wait_for(lambda: again.acked, PATIENCE)
        owner.invites_bot(support)
        slack.wait_for(lambda: [place for place, _ in kept(bot.sessions)] == [old.id], PATIENCE)
        said = minsu.says(support, f"{slack.mention} 배송비는 얼마인가요?")
        assert replies(slack, support, said.ts)
        assert len(told(slack, owner, support.id)) == 1
        assert len(slack.posts(support)) == 2, "it greets once"
        names = [check.said("ko") for check in of_slack(bot.settings) if check.name == "slack_archived"]
        assert names == ["지난 행사 채널이 보관되어 그곳의 질문에는 답하지 못합니다. 보관을 풀면 다시 답합니다."]


def test_a_question_whose_place_is_gone_is_settled(slack: SlackServer, working: Working) -> None:
    owner, minsu = slack.person("사장", owner=True), slack.person("민수")
    room = slack.channel("고객지원", minsu)
    slack.fails("chat.postMessage", Refuse("is_archived"))
    with working() as bot:
        minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        slack.wait_for(lambda: bot.inbox.list("dead"), PATIENCE)
        assert settled(slack, bot) == ["gone:is_archived"]
        assert bot.inbox.given_up() == ()
        assert len(slack.calls("chat.postMessage")) < 4, "it is not tried for ever"
        told(slack, owner, "보관되어")
        again = minsu.says(room, f"{slack.mention} 교환은 어떻게 하나요?")
        replies(slack, room, again.ts)
        slack.wait_for(lambda: not kept(bot.sessions), PATIENCE)  # what goes well there is not amiss any more


def test_a_token_that_is_not_taken(slack: SlackServer, working: Working) -> None:
    """Nobody can be told in Slack: /ready says it; what came waits, and goes on by itself, none of its tries spent."""
    minsu = slack.person("민수")
    with working(mode="http") as bot:
        first = minsu.says(minsu.direct, "배송비는 얼마인가요?")
        replies(slack, minsu.direct, first.ts)
        slack.revoked = True
        second = minsu.says(minsu.direct, "교환은 어떻게 하나요?")
        slack.wait_for(lambda: _parts(slack).get("slack") == "failed: token_revoked", PATIENCE)
        slack.wait_for(lambda: any(row.error for row in bot.inbox.list()), PATIENCE)
        row = bot.inbox.list()[0]
        assert row.attempts == 0
        assert "지금 Slack에서는 답하지 못하고 있습니다(token_revoked)" in _site(slack).call("GET", "/documents").text
        assert row.not_before - row.created_at > 200
        slack.wait_for(lambda: kept(bot.sessions), PATIENCE)
        slack.revoked = False
        bot.channels["slack"].client.auth_test()  # type: ignore[attr-defined]  # as it is asked once a minute
        replies(slack, minsu.direct, second.ts)
        slack.wait_for(lambda: not kept(bot.sessions), PATIENCE)
        assert _parts(slack)["slack"] == "ready"


def _parts(slack: SlackServer) -> dict[str, str]:
    return dict(_site(slack).call("GET", "/ready").json["parts"])


def _site(slack: SlackServer) -> Site:
    """Return the bot's web server."""
    address = urlsplit(slack.deliverer.url)
    return Site("127.0.0.1", address.port or 0, Path())


def test_scopes_groups_and_big_channels(slack: SlackServer, working: Working) -> None:
    owner, minsu = slack.person("사장", owner=True), slack.person("민수")
    everyone = [slack.person(f"{n}") for n in range(501)]
    hall, room = slack.channel("전체", *everyone), slack.channel("고객지원", minsu)
    team, staff = slack.group("cs-team", minsu), slack.group("staff", minsu)
    with working() as bot:
        with bot.sessions.begin() as session:
            places.choose(session, "slack", room.id, owners=[team])
        slack.wait_for(lambda: _handle(bot, team) and _handle(bot, staff), PATIENCE)
        owner.invites_bot(hall)
        slack.wait_for(lambda: slack.posts(hall), PATIENCE)
        assert "502명" in slack.posts(hall)[0]["text"]
        slack.changes_group(team, handle="support")
        assert "@cs-team의 이름이 @support" in told(slack, owner, "담당 그룹")[0]
        slack.changes_group(team, date_delete=1_790_000_000)
        assert f"<#{room.id}>" in told(slack, owner, "꺼졌습니다")[0]
        slack.changes_group(staff, handle="everyone")
        assert "@staff" in told(slack, owner, "아무에게도 보이지 않습니다")[0]
        slack.changes_group(staff, users=[minsu.id])  # its members alone: nothing to say
        slack.fails("reactions.add", Refuse("missing_scope", {"needed": "reactions:write"}))
        said = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        replies(slack, room, said.ts)
        minsu.says(room, "조용히", thread=said.ts)
        assert "reactions:write" in told(slack, owner, "권한")[0]
        assert len(told(slack, owner, "아무에게도 보이지 않습니다")) == 1
        assert {place for place, _ in kept(bot.sessions)} == {team, staff, "scope:reactions:write"}
        slack.changes_group(team, date_delete=0)
        slack.changes_group(staff, handle="staff")
        slack.wait_for(lambda: [place for place, _ in kept(bot.sessions)] == ["scope:reactions:write"], PATIENCE)
    with working(again=bot):  # it has all its scopes
        slack.wait_for(lambda: not kept(bot.sessions), PATIENCE)


def _handle(bot: Bot, group: str) -> Any:
    with bot.sessions() as session:
        return places.chosen(session, "slack", group).get("handle")


def test_the_same_thing_is_told_again_after_a_day(slack: SlackServer, working: Working) -> None:
    owner = slack.person("사장", owner=True)
    with working() as bot:
        room = slack.channel("고객지원", owner)
        owner.removes_bot(room)
        told(slack, owner, room.id)
        with bot.sessions.begin() as session:
            before = (bot.clock() - AGAIN - timedelta(minutes=1)).isoformat()
            places.choose(session, "slack", room.id, told={"left": before})
    with working(again=bot):
        owner.removes_bot(room)
        assert len(told(slack, owner, room.id, 2)) == 2
        owner.removes_bot(room)
    with working(again=bot):
        owner.removes_bot(room)
        other = slack.channel("인사", owner)
        owner.removes_bot(other)
        told(slack, owner, other.id)
        assert len(told(slack, owner, room.id)) == 2


def test_the_doctor_says_nothing_of_a_folder_that_is_not_there(slack: SlackServer, working: Working) -> None:
    from bot.settings import Settings

    settings = Settings(data="nowhere", slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=slack.url)
    checks = list(of_slack(settings))
    assert all(isinstance(check, Check) for check in checks)


@pytest.mark.parametrize(
    ("code", "gone", "permanent", "away"),
    [
        ("is_archived", "is_archived", True, False),
        ("restricted_action", "", True, False),  # an admin can change it: it is seen among what was given up
        ("token_revoked", "", False, True),
        ("fatal_error", "", False, False),
    ],
)
def test_what_a_refusal_means(code: str, gone: str, permanent: bool, away: bool) -> None:
    refusal = RefusedError(code)
    assert (refusal.gone, refusal.permanent, refusal.away) == (gone, permanent, away)
    assert (refusal.retry_after is not None) == away
