"""Which task a message is for: a command, a correction, the channel's own, the words; and how fast that is told."""

import pytest

from bot.correcting import Correction, corrected, named
from bot.database.conversations import PastTurn
from bot.errors import SettingsError
from bot.messages import Message
from bot.routing import wanted
from bot.settings import load
from knowledge.language import language_of
from tests.samples import BotMaker

OWN = "The parcel arrives within three days."
PAST = (PastTurn("person", OWN), PastTurn("bot", "…", task="answer"))
READ = (PastTurn("person", "환불이 왜 안 되나요"), PastTurn("bot", "부정", task="sentiment"))


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("아니 번역해줘", "translate"),
        ("아니요, 요약해 주세요", "summarize"),
        ("그게 아니라 번역해 달라고", "translate"),
        ("아뇨, 그냥 물어본 거예요", "answer"),
        ("no, translate it", "translate"),
        ("No, I meant: summarize this", "summarize"),
        ("nope, sentiment", "sentiment"),
        ("아니 초안 써줘", "draft"),
        ("no, answer the question", "answer"),
    ],
)
def test_no_before_a_task_is_about_ones_own_last_message(text: str, task: str) -> None:
    assert corrected(text, PAST) == Correction(task, OWN)


@pytest.mark.parametrize("text", ["질문이야", "It was a question", "그냥 질문이에요", "look it up"])
def test_that_it_was_a_question(text: str) -> None:
    assert corrected(text, READ) == Correction("answer", "환불이 왜 안 되나요")
    assert corrected(text, PAST) is None  # it was taken for one


@pytest.mark.parametrize(
    "text", ["아니", "no", "아니 그게 아니라 환불이요", "no refunds?", "질문이 있어요", "아니 번역해줘" * 9]
)
def test_what_is_no_correction(text: str) -> None:
    assert corrected(text, READ) is None
    assert corrected("아니 번역해줘", ()) is None


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("번역", "translate"),
        ("요약!", "summarize"),
        ("감정 분석", "sentiment"),
        ("TL;DR", "summarize"),
        ("초안", "draft"),
    ],
)
def test_the_bare_name_of_a_task(text: str, task: str) -> None:
    assert named(text) == task


@pytest.mark.parametrize(
    "text", ["정리해고 기준", "번역 서비스가 있나요", "초안은 어디에 저장되나요", "mood lighting", "", "x" * 50]
)
def test_what_only_begins_so(text: str) -> None:
    assert named(text) is None


def test_a_wrong_guess_is_put_right_by_a_word(make_bot: BotMaker) -> None:
    bot = make_bot()

    def say(text: str) -> str:
        return bot.ask(Message(text, "web", conversation="one", person="kim")).task

    assert say("이 글 분위기가 어때: 배송이 너무 늦어서 화가 나요. 다시는 안 살 거예요.") == "sentiment"
    assert say("아니 요약해줘") == "summarize"
    assert say("그냥 질문이야") == "answer"
    assert say("분위기") == "sentiment"


def test_what_a_channel_is_for(make_bot: BotMaker) -> None:
    bot = make_bot(channel_tasks="mail=summarize, slack:C012=sentiment,slack=answer")

    def task(text: str, channel: str, conversation: str = "a") -> str:
        return bot.ask(Message(text, channel, conversation=conversation), record=False).task

    long = "안녕하세요. 지난주에 주문한 상품이 아직 도착하지 않았습니다. 확인 부탁드립니다."
    assert task(long, "mail") == "summarize"
    assert task("감정 분석해줘: 배송이 늦어서 화가 나요.", "mail") == "sentiment"  # the words ask for something
    assert task("안녕하세요", "mail") == "smalltalk"
    assert task(long, "slack", "C012:1.0") == "sentiment"
    assert task(long, "slack", "C999:1.0") == "answer"
    assert task(long, "web") == "answer"


@pytest.mark.parametrize("value", ["mail", "mail=bake", "mail=summarize slack=answer", "=answer", "메일=summarize"])
def test_a_wrong_value_is_one_sentence(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAPBOT_CHANNEL_TASKS", value)
    with pytest.raises(SettingsError, match="DAPBOT_CHANNEL_TASKS"):
        load()


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("적립금을 초등학생 수준으로 설명해줘", "tutor"),
        ("연차 이월을 아이한테 하듯이 설명해 줘", "tutor"),
        ("explain annual leave to a child", "tutor"),
        ("explain the refund policy like I'm five", "tutor"),
        ("2x+3=7 풀어줘 숙제야", "tutor"),
        ("환불 절차 쉽게 설명해줘", "answer"),
        ("전문가에게 상담 받으려면 어떻게 하는지 알려줘", "answer"),
        ("아이에게 맞는 상품 알려줘", "answer"),
        ("중학생 요금 알려줘", "answer"),
    ],
)
def test_a_level_that_is_named_asks_for_teaching(text: str, task: str) -> None:
    assert wanted(text, language_of(text)).task == task
