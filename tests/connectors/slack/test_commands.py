"""/dapbot and the entries in a message's menu: answers to who asks alone, what may be read for them, switches."""

from typing import Any

from bot.database import audit
from bot.database.tables import Turn
from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.servers.slack import SlackServer
from tests.servers.slack_delivery import Delivery
from tests.servers.slack_faults import Hang
from tests.servers.slack_people import Person, Said


def told(slack: SlackServer, delivery: Delivery) -> str:
    """Return what the asker saw at once."""
    slack.wait_for(lambda: delivery.acked, PATIENCE)
    assert (delivery.answer or {}).get("response_type") == "ephemeral"
    return str(delivery.answer["text"])


def private(slack: SlackServer, person: Person, count: int = 1) -> list[str]:
    """Wait for so many answers in somebody's direct message; return what they show, the newest last."""

    def ours() -> list[dict[str, Any]]:
        posts = slack.posts(person.direct)
        found = [each for each in posts if (each.get("metadata") or {}).get("event_type") == "dapbot_reply"]
        return found if len(found) >= count else []

    return [texts(post) for post in slack.wait_for(ours, PATIENCE)]


def taken(slack: SlackServer, said: Said) -> None:
    """Wait until the bot has heard of a message: what is done next comes after it."""
    slack.wait_for(lambda: said.acked, PATIENCE)


def link(said: Said) -> str:
    """Return a message's link, as Slack passes it on with a command."""
    return f"<https://loopback.slack.example/archives/{said.room.id}/p{said.ts.replace('.', '')}>"


def test_a_question_is_answered_to_its_asker_alone(slack: SlackServer, working: Working) -> None:
    minsu, anna = slack.person("민수"), slack.person("Anna", locale="en-US")
    room = slack.channel("고객지원", minsu, anna, bot=False)
    with working(mode="http") as bot:
        asked = minsu.commands(room, "/dapbot", "배송비는 얼마인가요?")
        assert "다이렉트 메시지" in told(slack, asked)
        assert f"/archives/{minsu.direct.id}|" in told(slack, asked)
        assert "3,000원" in private(slack, minsu)[0]
        again = slack.deliverer.deliver("slash_commands", asked.payload)  # the same once more
        slack.wait_for(lambda: again.acked, PATIENCE)
        assert "for example" not in told(slack, anna.commands(room, "/dapbot")).lower()
        assert "summarize" in told(slack, anna.commands(room, "/dapbot", "help"))
        assert "For example" in told(slack, anna.commands(room, "/dapbot", "draft"))
        assert "요약" in told(slack, minsu.commands(room, "/dapbot", "도움말"))
        assert "알아듣지" in told(slack, minsu.commands(room, "/dapbot", "요약 지난 3광년"))
        bot.inbox.pause()
        assert "멈춰" in told(slack, minsu.commands(room, "/dapbot", "교환은 어떻게 신청하나요?"))
        bot.inbox.resume()
        assert "교환" in private(slack, minsu, 2)[1]
        assert len(private(slack, minsu, 2)) == 2
        assert not slack.posts(room)


def test_a_channel_is_summed_up(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room, elsewhere = slack.channel("고객지원", minsu, jiyeon), slack.channel("밖", jiyeon)
    root = jiyeon.says(room, "오늘 배송 지연 문의가 12건 들어왔어요. 물류센터에 확인해야 합니다.")
    minsu.says(room, "물류센터에 확인했더니 내일 오전에 모두 출고한다고 합니다.", thread=root.ts)
    slack.person("알림", bot=True).says(room, "빌드 성공 #482")
    with working() as bot:
        told(slack, minsu.commands(room, "/dapbot", "요약"))
        said = private(slack, minsu)[0]
        assert "지연: 오늘 배송 지연 문의가 12건" in said
        assert "메시지 2개(2명)" in said
        assert "빌드" not in said
        assert "채널에 공유" in said
        told(slack, jiyeon.commands(elsewhere, "/dapbot", f"분위기 {link(root)}"))
        assert "메시지 2개(2명)" in private(slack, jiyeon)[0]
        assert "채널에 공유" not in private(slack, jiyeon)[0]  # there, others may read who may not read this
        with bot.sessions() as session:  # what others wrote is not among what the asker said
            asked = [turn.text for turn in session.query(Turn) if turn.role == "person"]
        assert asked == ["채널 대화 요약 (#고객지원)", "스레드 분위기 (#고객지원)"]


def test_nothing_is_read_for_who_may_not_read_it(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room = slack.channel("고객지원", minsu, jiyeon)
    hidden, away = slack.channel("임원", minsu, kind="group"), slack.channel("밖", jiyeon, bot=False)
    secret = minsu.says(hidden, "다음 달에 사무실을 옮깁니다. 아직 비밀이에요.")
    own = minsu.says(minsu.direct, "제 연봉은 오천만 원이에요")
    with working():
        replies(slack, minsu.direct, own.ts)
        for text in (f"요약 {link(secret)}", f"summarize <#{hidden.id}|임원>", f"요약 {link(own)}", "요약 오늘"):
            told(slack, jiyeon.commands(away if text == "요약 오늘" else room, "/dapbot", text))
        said = private(slack, jiyeon, 4)
        assert sum("참여하고 있지 않은" in each for each in said) == 2
        assert sum("다른 분들끼리" in each for each in said) == 1
        assert sum("/invite @dapbot" in each for each in said) == 1
        assert not any("사무실" in each or "연봉" in each for each in said)


def test_what_admins_do(slack: SlackServer, working: Working) -> None:
    minsu, boss = slack.person("민수"), slack.person("지연", admin=True)
    room = slack.channel("고객지원", minsu, boss)
    with working() as bot:
        assert "멈춤 전체" in told(slack, boss.commands(room, "/dapbot", "도움말"))
        assert "멈춤 전체" not in told(slack, minsu.commands(room, "/dapbot", "도움말"))
        told(slack, boss.commands(room, "/dapbot", "설정"))
        (view,) = slack.workspace.views.values()
        assert view["callback_id"] == "channel_settings"
        assert room.id in view["private_metadata"]
        first = minsu.says(room, f"{slack.mention} 배송비는 얼마인가요?")
        replies(slack, room, first.ts)
        assert "관리자만" in told(slack, minsu.commands(room, "/dapbot", "조용히"))
        assert "관리자만" in told(slack, minsu.commands(room, "/dapbot", "멈춤"))
        assert "그 채널" not in told(slack, boss.commands(room, "/dapbot", "조용히"))
        taken(slack, minsu.says(room, "제주도는요?", thread=first.ts))
        assert "전처럼" in told(slack, boss.commands(room, "/dapbot", "조용히 해제"))
        assert "스레드" in told(slack, minsu.commands(room, "/dapbot", f"mute {link(first)}"))
        taken(slack, minsu.says(room, "도서 산간은요?", thread=first.ts))
        told(slack, minsu.commands(room, "/dapbot", f"unmute {link(first)}"))
        minsu.says(room, f"{slack.mention} 교환은 어떻게 신청하나요?", thread=first.ts)
        assert "교환" in texts(replies(slack, room, first.ts, 2)[1])
        assert "멈췄어요" in told(slack, boss.commands(room, "/dapbot", "멈춤"))
        assert "멈춰 두었어요" in told(slack, minsu.commands(room, "/dapbot", "배송비는 얼마인가요?"))
        assert "다시 답할게요" in told(slack, boss.commands(room, "/dapbot", "다시"))
        assert "모든 곳" in told(slack, boss.commands(room, "/dapbot", "pause all"))
        assert bot.inbox.paused()
        assert "모든 곳" in told(slack, boss.commands(room, "/dapbot", "다시 전체"))
        assert not bot.inbox.paused()
        assert len(replies(slack, room, first.ts, 2)) == 2
        with bot.sessions() as session:
            actions = [line.action for line in audit.lines(session, audit.Wanted(), limit=20)]
        for action in ("channel.muted", "channel.unmuted", "channel.settings", "inbox.paused", "inbox.resumed"):
            assert action in actions


def test_slack_that_is_slow_is_not_waited_for(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    room = slack.channel("고객지원", minsu)
    with working():
        for method in ("users.info", "conversations.open"):
            slack.fails(method, Hang(60))
        asked = minsu.commands(room, "/dapbot", "배송비는 얼마인가요?")
        assert "다이렉트 메시지로" in told(slack, asked)
        assert "/archives/" not in told(slack, asked)
        slack.stopped.set()  # nothing hangs any more
        assert "3,000원" in private(slack, minsu)[0]


def test_the_menu_of_a_message(slack: SlackServer, working: Working) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room, away = slack.channel("고객지원", minsu, jiyeon), slack.channel("밖", jiyeon, bot=False)
    root = minsu.says(room, "환불이 늦어서 화난 고객이 계세요. 확인 부탁드립니다.")
    jiyeon.says(room, "방금 처리했고 사과 메일도 보냈습니다.", thread=root.ts)
    angry = jiyeon.says(away, "배송이 너무 늦고 포장도 엉망이라 정말 실망했어요.")
    with working():
        jiyeon.uses_shortcut(room, room.posts[root.ts], "summarise_thread")
        assert "사과 메일" in private(slack, jiyeon)[0]
        jiyeon.uses_shortcut(away, away.posts[angry.ts], "read_mood")  # the bot is not there: its words come with it
        assert "부정" in private(slack, jiyeon, 2)[1]
        jiyeon.uses_shortcut(away, away.posts[angry.ts], "summarise_thread")
        assert "/invite" in private(slack, jiyeon, 3)[2]
        said = [str(each.get("text")) for each in slack.responses]
        assert len(said) == 3
        assert all("다이렉트 메시지" in each for each in said)
        assert not slack.posts(room)
