"""What a worker does about files, done again after it was cut off anywhere: nothing is posted or changed twice."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from bot.channels import ChannelError
from bot.database.finding import find_people
from bot.wiring import Bot
from connectors.slack import errands
from connectors.slack.context import Context
from connectors.slack.files import Files, keep_files, wants_answer
from connectors.slack.posted import Posted
from connectors.slack.starting import slack_channel
from tests.connectors.slack.seen import texts
from tests.servers.slack import SlackServer
from tests.servers.slack_faults import Broken, Cut, RateLimited
from tests.servers.slack_people import Person, Said

ROWS = "질문,답변\n주차는 되나요?,두 시간까지 무료예요.\n"


@pytest.fixture
def files(context: Context) -> Files:
    return Files(context)


def dropped(person: Person, said: Said) -> Mapping[str, Any]:
    """Return what the listener keeps of a message with files."""
    held = [{"id": each["id"], "name": each["name"]} for each in said.post["files"]]
    where = {"channel": person.direct.id, "ts": said.ts, "thread": said.ts, "threaded": False}
    return {**where, "text": said.post["text"], "team": "T0LOOPBACK", "files": held, "left": 0, "user": person.id}


def pressed(person: Person, post: Mapping[str, Any], act: str) -> Mapping[str, Any]:
    """Return what the listener keeps of a button below a file's message."""
    place = post["metadata"]["event_payload"]["key"]
    return {"user": person.id, "place": place, "act": f"files:{act}", "channel": person.direct.id}


def until_done(work: Callable[[], object]) -> int:
    """Do it again until Slack answers, as the inbox does; return how often that was."""
    for count in range(1, 10):
        try:
            work()
        except ChannelError:
            continue
        return count
    raise AssertionError("it never ends")


def test_it_is_cut_off_again_and_again(slack: SlackServer, bot: Bot, files: Files) -> None:
    jiyeon = slack.person("지연", admin=True)
    said = jiyeon.says(jiyeon.direct, "", files={"안내.csv": ROWS.encode()})
    slack.fails("chat.postMessage", Cut(after=True))
    slack.fails("chat.update", Broken(), Cut(after=True), RateLimited(1))
    assert until_done(lambda: files.received(dropped(jiyeon, said))) == 5
    (post,) = slack.replies(jiyeon.direct, said.ts)
    assert "새 항목 1개" in texts(post)
    assert len(bot.library.staged()) == 1
    slack.fails("chat.update", Cut(after=False), Cut(after=True))
    assert until_done(lambda: files.done(pressed(jiyeon, post, "publish"))) == 3
    assert "게시를 마쳤어요" in texts(slack.replies(jiyeon.direct, said.ts)[0])
    slack.fails("chat.update", Cut(after=False))
    assert until_done(lambda: files.done(pressed(jiyeon, post, "undo"))) == 2
    assert "게시를 되돌렸어요" in texts(slack.replies(jiyeon.direct, said.ts)[0])
    assert "안내.csv" not in {each.name for each in bot.library.documents()}


def test_nobody_publishes_over_what_they_have_not_seen(slack: SlackServer, bot: Bot, files: Files) -> None:
    jiyeon = slack.person("지연", admin=True)
    said = jiyeon.says(jiyeon.direct, "", files={"안내.csv": ROWS.encode()})
    files.received(dropped(jiyeon, said))
    bot.library.add([("안내.csv", ROWS.replace("두 시간", "한 시간").encode())])
    post = slack.replies(jiyeon.direct, said.ts)[0]
    files.done(pressed(jiyeon, post, "publish"))
    again = texts(slack.replies(jiyeon.direct, said.ts)[0])
    assert "다시 비교했어요" in again
    assert "한 시간까지 무료예요." in again
    files.done(pressed(jiyeon, post, "publish"))
    document = next(each for each in bot.library.documents() if each.name == "안내.csv")
    assert bot.library.show(document.id).passages[0].answer == "두 시간까지 무료예요."
    bot.library.add([("안내.csv", ROWS.replace("두 시간", "세 시간").encode())])
    files.done(pressed(jiyeon, post, "undo"))
    assert "되돌리지 않았어요" in texts(slack.replies(jiyeon.direct, said.ts)[0])
    assert bot.library.show(document.id).passages[0].answer == "세 시간까지 무료예요."


def test_cancelled_is_gone_and_publishing_it_says_so(slack: SlackServer, bot: Bot, files: Files) -> None:
    jiyeon, minsu = slack.person("지연", admin=True, locale="en-US"), slack.person("민수")
    said = jiyeon.says(jiyeon.direct, "", files={"guide.csv": ROWS.encode("utf-16")})
    files.received(dropped(jiyeon, said))
    post = slack.replies(jiyeon.direct, said.ts)[0]
    files.done({**pressed(jiyeon, post, "publish"), "user": minsu.id})  # no admin
    files.done({**pressed(jiyeon, post, "publish"), "place": "files:D0:1.0:F0"})  # forged
    assert len(bot.library.staged()) == 1
    files.done(pressed(jiyeon, post, "cancel"))
    assert "was cancelled" in texts(slack.replies(jiyeon.direct, said.ts)[0])
    assert not bot.library.staged()
    files.done(pressed(jiyeon, post, "publish"))
    assert "nothing to publish" in texts(slack.replies(jiyeon.direct, said.ts)[0])


def test_what_cannot_be_read_says_why(slack: SlackServer, bot: Bot, files: Files) -> None:
    jiyeon = slack.person("지연", admin=True)
    hostile = (
        "질문,답변\n<!channel> <@U1> 전체 공지는 어떻게 하나요?,*굵게* 쓰거나 "
        "<https://evil.example|여기>를 누르지 마세요. 공지 담당자에게 말씀해 주세요.\n"
    )
    files_given = {
        "빔.csv": b"",
        "암호.pdf": b"%PDF-1.7\n/Encrypt",
        "<!here>.csv": hostile.encode(),
        "없음.csv": b"q,a\n",
    }
    said = jiyeon.says(jiyeon.direct, "", files=files_given)
    del slack.workspace.files[said.post["files"][3]["id"]]
    files.received(dropped(jiyeon, said))
    empty, locked, calls, gone = map(texts, slack.replies(jiyeon.direct, said.ts))
    assert "등록하지 못했어요. 빈 파일이에요" in empty
    assert "암호.pdf" in locked
    assert "삭제되었어요" in gone
    assert "<!here>" not in calls
    assert "<!channel>" not in calls
    assert "<https://evil" not in calls
    assert [each.name for each in bot.library.staged()] == ["<!here>.csv"]


def test_what_waits_of_a_person_is_found_when_they_are_erased(slack: SlackServer, bot: Bot) -> None:
    jiyeon = slack.person("지연", admin=True)
    channel = slack_channel(bot.settings)
    assert channel is not None
    context = Context(bot, channel, lambda _act: None)
    errands.keep(context, "slack:D1:1.0:files", errands.FILES, "D1", jiyeon.id, {"text": "010-1234-5678", "files": []})
    errands.keep(context, "slack:D1:1.0:files", errands.FILES, "D1", jiyeon.id, {"text": "010-1234-5678", "files": []})
    assert len(bot.inbox.list()) == 1
    with bot.sessions() as session:
        found = find_people(session, jiyeon.id)
    assert [(each.channel, each.messages) for each in found] == [("job", 1)]


def test_words_that_are_changed_do_not_bring_the_files_again(slack: SlackServer, bot: Bot) -> None:
    channel = slack_channel(bot.settings)
    assert channel is not None
    context = Context(bot, channel, lambda _act: None)
    event = {"message": {"files": [{"id": "F1", "name": "안내.csv"}]}}

    def taken(text: str) -> bool:
        posted = Posted("D1", "1.0", "1.0", slack.person("지연").id, text, "im", edited="2.0")
        return keep_files(context, posted, event, "T1")

    assert taken("이 파일 등록해 주세요")
    assert not taken("배송비는 얼마인가요?")  # answered anew
    assert not bot.inbox.list()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", False),
        ("새 FAQ예요. 등록해 주세요", False),
        ("2026년 개정판입니다", False),
        ("please publish this", False),
        ("이 파일 올리면 바로 반영되나요?", True),
        ("배송비는 얼마인가요", True),
        ("이 문서 요약해 줘", True),
    ],
)
def test_words_beside_a_file(text: str, wanted: bool) -> None:
    assert wants_answer(text) is wanted
