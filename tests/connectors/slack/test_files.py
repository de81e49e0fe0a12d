"""An admin drops files in a direct message: looked at, confirmed, live, undone; others are told that they cannot."""

import io
import zipfile
from copy import deepcopy
from typing import Any

from bot.wiring import Bot
from tests.connectors.slack.seen import PATIENCE, Working, replies, texts
from tests.servers.slack import SlackServer
from tests.servers.slack_people import Person, Said

FAQ = """질문,답변
주차는 되나요?,건물 뒤편에 두 시간까지 무료로 주차하실 수 있어요.
택배는 어디에 두나요?,1층 안내 데스크에 맡겨 주세요.
"""


def shown(slack: SlackServer, person: Person, said: Said, words: str) -> dict[str, Any]:
    """Wait for a message of the bot below somebody's that says something; return it."""

    def found() -> dict[str, Any] | None:
        return next((post for post in slack.replies(person.direct, said.ts) if words in texts(post)), None)

    post: dict[str, Any] = slack.wait_for(found, PATIENCE)
    return post


def names(bot: Bot) -> set[str]:
    return {each.name for each in bot.library.documents() if each.state == "published"}


def test_a_file_is_looked_at_published_and_undone(slack: SlackServer, working: Working) -> None:
    jiyeon = slack.person("지연", admin=True)
    with working() as bot:
        said = jiyeon.says(jiyeon.direct, "새 FAQ예요. 등록해 주세요", files={"안내.csv": FAQ.encode("cp949")})
        preview = deepcopy(shown(slack, jiyeon, said, "새 항목 2개"))
        assert "주차는 되나요?" in texts(preview)
        assert "CP949" in texts(preview)
        assert "안내.csv" not in names(bot)
        jiyeon.clicks(jiyeon.direct, preview, "files:publish")
        live = shown(slack, jiyeon, said, "되돌리기")  # the preview counts entries, too
        jiyeon.clicks(jiyeon.direct, preview, "files:publish")  # what an old screen still shows
        asked = jiyeon.says(jiyeon.direct, "주차는 되나요?")
        assert "두 시간" in texts(replies(slack, jiyeon.direct, asked.ts)[0])
        assert [each.number for each in bot.library.history(_id(bot, "안내.csv"))] == [1]
        assert bot.library.history(_id(bot, "안내.csv"))[0].author == f"slack:{jiyeon.id}"
        jiyeon.clicks(jiyeon.direct, live, "files:undo")
        shown(slack, jiyeon, said, "되돌렸어요")
        assert "안내.csv" not in {each.name for each in bot.library.documents()}
        assert len(slack.replies(jiyeon.direct, said.ts)) == 1  # the words beside it were no question


def _id(bot: Bot, name: str) -> int:
    return next(each.id for each in bot.library.documents() if each.name == name)


def test_who_is_no_admin_is_told_and_answered(slack: SlackServer, working: Working) -> None:
    minsu = slack.person("민수")
    with working() as bot:
        said = minsu.says(minsu.direct, "배송비는 얼마인가요?", files={"안내.csv": FAQ.encode()})
        shown(slack, minsu, said, "관리자만")
        shown(slack, minsu, said, "3,000원")
        assert not slack.calls("files.info")
        assert not bot.library.staged()


def test_folders_broken_files_and_the_same_again(slack: SlackServer, working: Working) -> None:
    jiyeon = slack.person("지연", admin=True, locale="en-US")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("서울/안내.csv", FAQ)
        archive.writestr("부산/안내.csv", FAQ.replace("두 시간", "세 시간"))
        archive.writestr("부산/비어 있음.csv", "")
    files = {"지점.zip": packed.getvalue(), "깨짐.xlsx": b"PK\x03\x04 broken", "빈 파일.csv": b""}
    with working() as bot:
        said = jiyeon.says(jiyeon.direct, "", files=files)
        many = shown(slack, jiyeon, said, "Documents that wait: 2")
        shown(slack, jiyeon, said, "깨짐.xlsx")
        shown(slack, jiyeon, said, "빈 파일.csv")
        jiyeon.clicks(jiyeon.direct, many, "files:publish")
        shown(slack, jiyeon, said, "2 entries")
        assert {"지점.zip/서울/안내.csv", "지점.zip/부산/안내.csv"} <= names(bot)
        again = jiyeon.says(jiyeon.direct, "", files={"지점.zip": packed.getvalue()})
        shown(slack, jiyeon, again, "nothing changes")


def test_in_a_channel_it_says_where_files_go(slack: SlackServer, working: Working) -> None:
    jiyeon = slack.person("지연", admin=True)
    room = slack.channel("총무", jiyeon)
    with working() as bot:
        said = jiyeon.says(room, f"{slack.mention} 이 파일 등록해 줘", files={"안내.csv": FAQ.encode()})
        shown_there = slack.wait_for(lambda: slack.replies(room, said.ts), PATIENCE)
        assert "다이렉트 메시지로" in texts(shown_there[0])
        asked = jiyeon.says(room, f"{slack.mention} 배송비는 얼마인가요?", files={"화면.png": b"\x89PNG"})
        assert "3,000원" in texts(replies(slack, room, asked.ts)[0])
        assert len(slack.replies(room, said.ts)) == 1
        assert not bot.library.staged()
