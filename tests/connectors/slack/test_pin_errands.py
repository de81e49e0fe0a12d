"""What a worker does about pins, done again after it was cut off anywhere: one draft, one entry, one sign."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.channels import ChannelError
from bot.wiring import Bot
from connectors.slack.context import Context
from connectors.slack.pinning import PinWork
from tests.connectors.slack.seen import texts
from tests.servers.slack import SlackServer
from tests.servers.slack_faults import Broken, Cut, RateLimited, Refuse
from tests.servers.slack_people import Person
from tests.servers.slack_workspace import Room


@pytest.fixture
def pins(context: Context) -> PinWork:
    return PinWork(context)


def pin(slack: SlackServer, person: Person, room: Room, ts: str) -> Mapping[str, Any]:
    """Return what the listener keeps of a pin."""
    return {"user": person.id, "of": room.id, "ts": ts, "at": slack.workspace.new_ts()}


def press(person: Person, room: Room, ts: str, act: str, said: tuple[str, str] = ("", "")) -> Mapping[str, Any]:
    """Return what the listener keeps of a button below a draft."""
    return {
        "user": person.id,
        "place": f"pin:{room.id}:{ts}",
        "act": f"pin:{act}",
        "question": said[0],
        "answer": said[1],
    }


def until_done(work: Callable[[], object]) -> None:
    """Do it again until Slack answers, as the inbox does."""
    for _ in range(10):
        try:
            work()
        except ChannelError:
            continue
        return
    raise AssertionError("it never ends")


def entries(bot: Bot) -> list[tuple[str, str]]:
    found = [each for each in bot.library.documents() if each.name == "답변 모음"]
    return [(each.question, each.answer) for one in found for each in bot.library.show(one.id).passages]


def test_it_is_cut_off_again_and_again(slack: SlackServer, bot: Bot, pins: PinWork) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연", admin=True)
    room = slack.channel("총무", minsu, jiyeon)
    asked = minsu.says(room, "우편물은 언제 오나요?")
    answered = jiyeon.says(room, "매일 오후 두 시에 와요.", thread=asked.ts)
    slack.fails("chat.postMessage", Cut(after=True))
    slack.fails("conversations.replies", Broken())
    kept = pin(slack, jiyeon, room, answered.ts)
    until_done(lambda: pins.pinned(kept))
    pins.pinned(kept)
    pins.pinned(pin(slack, jiyeon, room, answered.ts))
    (draft,) = slack.posts(jiyeon.direct)
    assert "우편물은 언제 오나요?" in texts(draft)
    said = ("우편물은 언제 오나요?", "매일 오후 두 시에 와요.")
    slack.fails("chat.update", Cut(after=False), RateLimited(1))
    slack.fails("reactions.add", Refuse("message_not_found"))
    until_done(lambda: pins.done(press(jiyeon, room, answered.ts, "add", said)))
    pins.done(press(jiyeon, room, answered.ts, "add", ("우편물은 언제 오나요?", "다른 답")))
    assert entries(bot) == [said]
    document = next(each for each in bot.library.documents() if each.name == "답변 모음")
    assert len(bot.library.history(document.id)) == 1
    pins.done(press(jiyeon, room, answered.ts, "discard"))  # an old screen still shows the button
    assert entries(bot) == [said]


def test_what_was_discarded_may_be_pinned_again(slack: SlackServer, bot: Bot, pins: PinWork) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연", admin=True)
    room = slack.channel("총무", minsu, jiyeon)
    asked = minsu.says(room, "배송비는 얼마예요?")
    answered = jiyeon.says(room, "배송비는 5,000원이에요.", thread=asked.ts)
    pins.pinned(pin(slack, jiyeon, room, answered.ts))
    (draft,) = slack.posts(jiyeon.direct)
    assert "3,000원" in texts(draft)  # another document says otherwise
    pins.done(press(minsu, room, answered.ts, "add", ("질문", "답변")))  # no admin
    pins.done(press(jiyeon, room, answered.ts, "add"))  # nothing in it
    pins.done(press(jiyeon, room, answered.ts, "discard"))
    pins.done(press(jiyeon, room, answered.ts, "add", ("배송비는 얼마예요?", "배송비는 5,000원이에요.")))
    assert not entries(bot)
    assert "초안을 버렸어요" in texts(slack.posts(jiyeon.direct)[0])
    pins.pinned(pin(slack, jiyeon, room, answered.ts))
    assert len(slack.posts(jiyeon.direct)) == 2


def test_what_is_no_answer_makes_no_draft(slack: SlackServer, bot: Bot, pins: PinWork) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연", admin=True)
    room = slack.channel("총무", minsu, jiyeon)
    alone = minsu.says(room, "오늘 회식은 여섯 시입니다")
    pins.pinned(pin(slack, jiyeon, room, alone.ts))
    answered = jiyeon.says(room, "네 알겠어요", thread=alone.ts)
    pins.pinned(pin(slack, minsu, room, answered.ts))  # no admin
    assert not slack.posts(jiyeon.direct)
    assert not slack.posts(minsu.direct)
    assert not entries(bot)
