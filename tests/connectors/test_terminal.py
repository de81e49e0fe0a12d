"""Talking in the terminal, with a screen that keeps what it shows and a bot that says what it is told to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.errors import DataError
from bot.messages import Checks, Event, Message, Nearest, Reply, Source
from connectors.terminal import Chat, Style, show_reply, source_name
from knowledge.language import Language

SOURCE = Source("faq.csv", "K09", 1, "반품", None, 0.9, "받은 날부터 7일 안에 신청해 주세요.")
REPLY = Reply("a1", "c1", "7일 안에 됩니다. 기사님이 가져갑니다.", True, 0.9, "answer", "ko", sources=(SOURCE,))


@dataclass
class Kept:
    """A screen that keeps what is shown."""

    shown: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)

    def write(self, text: str, style: Style = "plain") -> None:
        self.shown.append(text)

    def status(self, text: str) -> None:
        self.states.append(text)

    @property
    def text(self) -> str:
        return "".join(self.shown)


@dataclass
class Scripted:
    """A bot that goes through the same steps for every message, and keeps the messages."""

    steps: Sequence[Event | BaseException]
    asked: list[Message] = field(default_factory=list)
    closed: int = 0

    def stream(self, message: Message) -> Iterator[Event]:
        self.asked.append(message)
        try:
            for step in self.steps:
                if isinstance(step, BaseException):
                    raise step
                yield step
        finally:
            self.closed += 1


def streamed(reply: Reply, *sentences: str) -> list[Event]:
    steps = [Event("status", "찾는 중"), Event("sources", sources=reply.sources)]
    return [*steps, *(Event("text", sentence) for sentence in sentences), Event("done", reply=reply)]


def talk(steps: Sequence[Event | BaseException], *lines: str, language: Language = "ko") -> tuple[Kept, Scripted, Chat]:
    screen, bot = Kept(), Scripted(steps)
    chat = Chat(bot, screen, language)
    chat.talk(lines)
    return screen, bot, chat


def test_sentences_come_once_and_the_sources_below() -> None:
    screen, _, chat = talk(streamed(REPLY, "7일 안에 됩니다.", " 기사님이 가져갑니다."), "반품은요?")
    assert screen.text.count("기사님이 가져갑니다.") == 1
    assert screen.text.index("7일 안에") < screen.text.index("faq.csv · 반품")
    assert screen.states[0] == "찾는 중"
    assert chat.sources == (SOURCE,)


@pytest.mark.parametrize(
    ("checks", "language", "said"),
    [
        ("supported", "ko", "근거 확인됨"),
        ("partly", "ko", "근거 일부"),
        ("none", "ko", "근거 없음"),
        ("supported", "en", "Supported"),
    ],
)
def test_how_far_an_answer_is_backed_stands_below_it(checks: Checks, language: Language, said: str) -> None:
    screen = Kept()
    show_reply(screen, replace(REPLY, checks=checks, language=language))
    assert said in screen.text
    assert screen.text.index(said) < screen.text.index("faq.csv")
    extract = Kept()
    show_reply(extract, replace(REPLY, checks=checks, language=language, extract=True))
    assert (said in extract.text) is (checks == "supported")


def test_a_reply_that_was_not_streamed_is_shown() -> None:
    screen, _, _ = talk([Event("done", reply=REPLY)], "반품은요?")
    assert REPLY.text in screen.text


def test_text_that_failed_its_check_is_replaced() -> None:
    screen, _, _ = talk(streamed(REPLY, "100일 안에 됩니다."), "반품은요?")
    assert screen.text.index("100일") < screen.text.index("아래 답으로 바꿉니다") < screen.text.index(REPLY.text)


def test_all_lines_are_one_conversation_until_a_new_one_is_wanted() -> None:
    _, bot, _ = talk([Event("done", reply=REPLY)], "반품은요?", "", "   ", "교환은요?", "/new", "안녕하세요")
    names = [message.conversation for message in bot.asked]
    assert [message.text for message in bot.asked] == ["반품은요?", "교환은요?", "안녕하세요"]
    assert names[0] == names[1] != names[2]
    assert None not in names


def test_sources_and_history_on_demand() -> None:
    screen, bot, _ = talk(
        [Event("done", reply=REPLY)], "/sources", "/history", "반품은요?", "/출처", "/기록", "/quit", "더"
    )
    assert "출처가 없습니다" in screen.text
    assert "아직 나눈 대화가 없습니다" in screen.text
    assert SOURCE.quote in screen.text
    assert "> 반품은요?" in screen.text
    assert len(bot.asked) == 1


@pytest.mark.parametrize(
    ("language", "said"), [("ko", "/helpp라는 명령은 없습니다"), ("en", "There is no command /helpp")]
)
def test_unknown_commands_are_named(language: Language, said: str) -> None:
    screen, bot, _ = talk([], "/helpp", "/help", language=language)
    assert said in screen.text
    assert "/history" in screen.text
    assert bot.asked == []


def test_a_path_in_a_question_is_no_command() -> None:
    _, bot, _ = talk([Event("done", reply=REPLY)], "/etc/hosts 파일이 뭐예요?")
    assert len(bot.asked) == 1


def test_interrupting_ends_the_reply_and_not_the_conversation() -> None:
    screen, bot, _ = talk([Event("text", "7일 안에"), KeyboardInterrupt()], "반품은요?", "교환은요?")
    assert screen.text.count("답변을 멈췄습니다") == 2
    assert bot.closed == 2


def test_an_error_is_a_sentence_and_not_the_end() -> None:
    screen, bot, _ = talk([DataError("cli.server_silent", address="http://127.0.0.1:1", reason="gone")], "하나", "둘")
    assert screen.text.count("응답하지 않습니다") == 2
    assert len(bot.asked) == 2


def test_what_stands_below_a_reply() -> None:
    screen = Kept()
    near = (Nearest("K09", "반품은 어떻게 신청하나요?"),)
    show_reply(screen, replace(REPLY, sources=(), nearest=near, extract=True, notice="모델이 응답하지 않았어요."))
    assert "발췌" in screen.text
    assert "모델이 응답하지 않았어요." in screen.text
    assert "- 반품은 어떻게 신청하나요?" in screen.text
    assert "출처" not in screen.text


def test_sources_are_named_as_a_person_would() -> None:
    assert source_name(SOURCE, "ko") == "faq.csv · 반품"
    assert source_name(replace(SOURCE, title="faq.csv", page=3), "ko") == "faq.csv · 3쪽"
    assert source_name(replace(SOURCE, title="", page=3), "en") == "faq.csv · page 3"
