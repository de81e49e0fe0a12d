"""Channels and threads as they are read for somebody: all of it that they may see, in order, and no more."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.channels import ChannelError
from connectors.slack import talk
from connectors.slack.manifest import SCOPES
from connectors.slack.periods import Period
from connectors.slack.talk import MOST, ROOM, Line, Transcript, newest
from connectors.slack.transcripts import Transcripts, UnreadableError
from connectors.slack.workspace import Workspace
from tests.servers.slack import SlackServer
from tests.servers.slack_faults import RateLimited
from tests.servers.slack_people import Person
from tests.servers.slack_workspace import JSON, Room


@pytest.fixture(scope="module")
def slack() -> Iterator[SlackServer]:
    with SlackServer(echo=False) as server:
        server.scopes = set(SCOPES)
        yield server


@pytest.fixture
def reader(slack: SlackServer) -> "Reader":
    return Reader(slack)


class Reader:
    """Reads for people of the loopback Slack."""

    def __init__(self, slack: SlackServer) -> None:
        self.client = WebClient(token=slack.token, base_url=slack.url)
        self.workspace = Workspace(self.client)
        self.transcripts = Transcripts(self.client, self.workspace)

    def channel(
        self, room: Room, person: Person, hours: float = 24, until: datetime | None = None, *, own: bool = False
    ) -> Transcript:
        since = datetime.now(UTC) - timedelta(hours=hours)
        return self.transcripts.channel(room.id, self.workspace.colleague(person.id), Period(since, until, own))

    def thread(self, room: Room, ts: str, person: Person, *, alone: bool = False) -> Transcript:
        return self.transcripts.thread(room.id, ts, self.workspace.colleague(person.id), alone=alone)

    def refused(self, room: Room, person: Person) -> str:
        with pytest.raises(UnreadableError) as caught:
            self.channel(room, person)
        return caught.value.phrase.removeprefix("slack.command.")


def ago(room: Room, post: JSON, hours: float) -> str:
    """Make a message of a channel older; return its new ``ts``."""
    ts = f"{float(post['ts']) - hours * 3600:.6f}"
    moved = room.posts.pop(post["ts"]) | {"ts": ts}
    room.posts[ts] = moved
    return ts


def test_a_channel_with_its_threads_in_order(slack: SlackServer, reader: Reader) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지: 연")
    room = slack.channel("고객지원", minsu, jiyeon)
    first = minsu.says(room, f"배송이 <@{jiyeon.id}> 언제 되나요?")
    second = jiyeon.says(room, "점심 메뉴\n정해요 &amp; 갑시다")
    jiyeon.says(room, "내일 출고해요", thread=first.ts)
    slack.person("알림", bot=True).says(room, "빌드 성공")
    slack.person("수진").joins(room)
    minsu.says(room, "", files={"규정.pdf": b"x"})
    found = reader.channel(room, minsu)
    assert found.talk() == (
        "민수: 배송이 @지: 연 언제 되나요?\n지 연: 내일 출고해요\n\n"
        "지 연: 점심 메뉴 정해요 & 갑시다\n\n민수: [규정.pdf]"
    )
    assert found.opinions().splitlines()[1] == "- 내일 출고해요"
    assert (found.name, found.people(), found.older, found.unread) == ("고객지원", 2, False, 0)
    assert second.ts in {line.ts for line in found.lines}


def test_an_old_thread_that_goes_on_is_read_with_its_question(slack: SlackServer, reader: Reader) -> None:
    minsu = slack.person("민수")
    room = slack.channel("오래된", minsu)
    old = ago(room, minsu.says(room, "지난주 질문이에요").post, 100)
    ago(room, minsu.says(room, "지난주의 다른 글").post, 99)
    reply = minsu.says(room, "이제 답이 나왔어요", thread=old)
    assert [line.text for line in reader.channel(room, minsu).lines] == ["지난주 질문이에요", "이제 답이 나왔어요"]
    until = datetime.fromtimestamp(float(reply.ts), UTC) - timedelta(hours=1)
    found = reader.channel(room, minsu, 200, until)
    assert [line.text for line in found.lines] == ["지난주 질문이에요", "지난주의 다른 글"]


def test_since_ones_own_last_message(slack: SlackServer, reader: Reader) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    room = slack.channel("따라잡기", minsu, jiyeon)
    jiyeon.says(room, "먼저 쓴 글")
    assert reader.channel(room, minsu, own=True).unseen
    said = minsu.says(room, "다녀올게요")
    with pytest.raises(UnreadableError, match="nothing_since"):
        reader.channel(room, minsu, own=True)
    jiyeon.says(room, "그 뒤에 쓴 글")
    found = reader.channel(room, minsu, own=True)
    assert [line.text for line in found.lines] == ["그 뒤에 쓴 글"]
    assert found.since is not None
    assert abs(found.since.timestamp() - float(said.ts)) < 1
    assert not found.unseen


def test_who_may_read(slack: SlackServer, reader: Reader) -> None:
    minsu, guest = slack.person("민수"), slack.person("손님", guest="restricted")
    stranger = slack.person("거래처", team="T0OTHER")
    public, hidden = slack.channel("공개", minsu), slack.channel("비밀", minsu, kind="group")
    away = slack.channel("밖", minsu, bot=False)
    hidden_away = slack.channel("밖의비밀", minsu, kind="group", bot=False)
    for room in (public, hidden, away):
        minsu.says(room, "여기서만 하는 이야기")
    jiyeon = slack.person("지연")
    assert len(reader.channel(public, jiyeon).lines) == 1  # a member may open it in Slack as well
    assert reader.refused(public, guest) == reader.refused(public, stranger) == "not_yours"
    assert reader.refused(hidden, jiyeon) == reader.refused(hidden, guest) == "not_yours"
    assert reader.refused(away, minsu) == reader.refused(hidden_away, minsu) == "not_there"
    assert len(reader.channel(hidden, minsu).lines) == 1
    public.members.add(guest.id)
    assert len(reader.channel(public, guest).lines) == 1
    assert reader.refused(Room("C0NOWHERE", ""), minsu) == "not_there"


def test_direct_messages_are_only_for_their_own_person(slack: SlackServer, reader: Reader) -> None:
    minsu, jiyeon = slack.person("민수"), slack.person("지연")
    said = minsu.says(minsu.direct, "제 월급은 언제 들어오나요?")
    assert reader.refused(minsu.direct, jiyeon) == "between_others"
    with pytest.raises(UnreadableError, match="between_others"):
        reader.thread(minsu.direct, said.ts, jiyeon)
    assert [line.text for line in reader.channel(minsu.direct, minsu).lines] == ["제 월급은 언제 들어오나요?"]
    together = slack.direct(minsu, jiyeon)
    minsu.says(together, "셋이서 하는 이야기")
    assert [line.text for line in reader.channel(together, jiyeon).lines] == ["셋이서 하는 이야기"]
    assert reader.refused(together, slack.person("수진")) == "not_yours"


def test_a_thread_by_any_of_its_messages(slack: SlackServer, reader: Reader) -> None:
    minsu = slack.person("민수")
    room = slack.channel("글타래", minsu)
    root = minsu.says(room, "환불 규정이 바뀌었나요?")
    reply = minsu.says(room, "네, 30일로 바뀌었어요.", thread=root.ts)
    alarm = slack.person("고객 접수", bot=True).says(room, "고객: 화면이 하얗게 나와요")
    assert len(reader.thread(room, root.ts, minsu).lines) == len(reader.thread(room, reply.ts, minsu).lines) == 2
    assert [line.text for line in reader.thread(room, reply.ts, minsu, alone=True).lines] == ["네, 30일로 바뀌었어요."]
    assert reader.thread(room, alarm.ts, minsu).talk() == "고객 접수: 고객: 화면이 하얗게 나와요"
    minsu.deletes(reply)
    with pytest.raises(UnreadableError, match="message_gone"):
        reader.thread(room, reply.ts, minsu)


def test_what_slack_refuses(slack: SlackServer, reader: Reader) -> None:
    minsu = slack.person("민수")
    room = slack.channel("권한", minsu)
    slack.scopes.discard("channels:history")
    assert reader.refused(room, minsu) == "no_scope"
    slack.scopes.add("channels:history")
    assert reader.refused(room, minsu) == "nothing_written"
    slack.fails("conversations.history", RateLimited(7))
    with pytest.raises(ChannelError) as caught:
        reader.channel(room, minsu)
    assert caught.value.retry_after == 7


def test_of_very_much_the_newest_is_read(slack: SlackServer, reader: Reader) -> None:
    minsu = slack.person("민수")
    room = slack.channel("많은", minsu)
    base = float(slack.workspace.new_ts())
    for at in range(MOST + 300):
        post = {"type": "message", "user": minsu.id, "text": f"{at}번째", "ts": f"{base - MOST - 300 + at:.6f}"}
        room.posts[str(post["ts"])] = post
    found = reader.channel(room, minsu, 240)
    assert len(found.lines) == MOST
    assert found.older
    assert found.lines[-1].text == f"{MOST + 299}번째"
    calls = [call for call in slack.calls("conversations.history") if call.arguments["channel"] == room.id]
    assert len(calls) == MOST / 200


def test_room_is_for_the_newest() -> None:
    lines = [Line(f"17000000{at:02d}.000000", "1", "U1", "민수", "가" * (ROOM // 4)) for at in range(10)]
    kept, cut = newest(lines)
    assert (kept, cut) == (tuple(lines[-3:]), True)
    huge = Line("1.0", "1.0", "U1", "민수", "가" * 10 * ROOM)
    assert newest([huge]) == ((huge,), False)
    assert newest(()) == ((), False)
    assert talk.MOST == 2_000
