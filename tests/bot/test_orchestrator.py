"""A message's way through the bot: what comes in however odd, what is kept, and many at once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from bot.database.conversations import PastTurn
from bot.database.tables import Answer, AnswerSource, Conversation, Feedback, Turn
from bot.llm.scripted import Script, ScriptedModel
from bot.messages import Message
from bot.orchestrator import STOPPED
from bot.understanding import LONGEST_QUESTION
from bot.wiring import Bot
from tests.samples import NOON, BotMaker

REFUND = "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다."


def count(bot: Bot, table: type) -> int:
    with bot.sessions() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def answers(bot: Bot) -> list[Answer]:
    with bot.sessions() as session:
        return list(session.scalars(select(Answer).order_by(Answer.created_at)))


# --- what is kept -----------------------------------------------------------------------------------------------


def test_an_exchange_is_recorded_whole(make_bot: BotMaker) -> None:
    bot = make_bot()
    reply = bot.ask(Message("환불은 얼마나 걸리나요?", "test", conversation="c1", person="minji"))
    assert reply.conversation == "c1"
    (answer,) = answers(bot)
    assert answer.id == reply.answer_id
    assert (answer.task, answer.answered, answer.extract, answer.model) == ("answer", True, True, "extractive")
    assert answer.legs["keywords"] == "used"
    assert answer.created_at == NOON
    assert 0 < answer.latency_ms <= reply.latency_ms
    with bot.sessions() as session:
        (source,) = session.scalars(select(AnswerSource))
        assert [turn.text for turn in session.scalars(select(Turn).order_by(Turn.position))] == [
            "환불은 얼마나 걸리나요?",
            REFUND,
        ]
    assert source.passage == "refund"
    assert source.passage_id is not None
    assert source.keyword_score is not None


def test_what_a_model_was_asked_and_what_the_checks_found_is_kept(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel(["환불은 영업일 기준 9일 안에 처리됩니다. [1]"]))
    bot.ask(Message("환불은 얼마나 걸리나요?", "test"))
    (answer,) = answers(bot)
    assert answer.prompt is not None
    assert "환불은 신청하신 날부터" in answer.prompt
    assert answer.prompt_version is not None
    assert answer.checks == "none"
    (detail,) = answer.check_details
    assert detail["ok"] is False
    assert any("9일" in reason for reason in detail["reasons"])
    assert answer.input_tokens > 0


def test_nothing_is_recorded_of_a_batch(make_bot: BotMaker) -> None:
    bot = make_bot()
    reply = bot.ask(Message("환불은 얼마나 걸리나요?", "test", conversation="c1"), record=False)
    assert reply.answered
    assert (count(bot, Answer), count(bot, Turn), count(bot, Conversation)) == (0, 0, 0)


def test_a_consumer_that_stops_listening_is_marked(make_bot: BotMaker) -> None:
    said = "환불은 영업일 기준 3일 안에 처리됩니다. [1] " * 3
    bot = make_bot(ScriptedModel([Script(said, pause=0.01)]))
    stream = bot.stream(Message("환불은 얼마나 걸리나요?", "test", conversation="c1"))
    for event in stream:
        if event.kind == "text":
            break
    stream.close()  # type: ignore[attr-defined]
    (answer,) = answers(bot)
    assert answer.error == STOPPED
    with bot.sessions() as session:
        spoken = session.scalar(select(Turn.text).where(Turn.role == "bot"))
    assert spoken == "환불은 영업일 기준 3일 안에 처리됩니다. [1]"


def test_a_stream_that_is_only_begun_is_marked_too(make_bot: BotMaker) -> None:
    bot = make_bot()
    stream = bot.stream(Message("환불은 얼마나 걸리나요?", "test"))
    next(iter(stream))
    stream.close()  # type: ignore[attr-defined]
    (answer,) = answers(bot)
    assert (answer.error, answer.answered) == (STOPPED, False)


def test_feedback_reaches_the_answer(make_bot: BotMaker) -> None:
    bot = make_bot()
    reply = bot.ask(Message("환불은 얼마나 걸리나요?", "test"))
    bot.rate(reply.answer_id, -1, channel="test", reason="outdated", comment="지난주에 바뀌었어요")
    with bot.sessions() as session:
        (kept,) = session.scalars(select(Feedback))
    assert (kept.answer_id, kept.rating, kept.reason) == (reply.answer_id, -1, "outdated")


# --- conversations ----------------------------------------------------------------------------------------------


def test_a_follow_up_is_completed_from_what_was_said(make_bot: BotMaker) -> None:
    bot = make_bot()
    bot.ask(Message("교환은 어떻게 신청하나요?", "test", conversation="c1"))
    reply = bot.ask(Message("그럼 환불은요?", "test", conversation="c1"))
    with bot.sessions() as session:
        completed = session.scalars(select(Turn.completed).where(Turn.text == "그럼 환불은요?")).one()
    assert completed is not None
    assert "환불" in completed
    assert reply.sources or reply.nearest
    found = [s.passage for s in reply.sources] + [n.passage for n in reply.nearest]
    assert "refund" in found


def test_a_model_completes_a_follow_up_and_its_tokens_are_counted(make_bot: BotMaker) -> None:
    model = ScriptedModel(["환불은 얼마나 걸리나요?", "환불은 영업일 기준 3일 안에 처리됩니다. [1]"])
    turns = [PastTurn("person", "교환은 얼마나 걸리나요?"), PastTurn("bot", "교환은 5일 걸립니다.")]
    stream = make_bot(model).orchestrator.stream(Message("그럼 환불은요?", "test"), turns=turns)
    reply = list(stream)[-1].reply
    assert reply is not None
    assert len(model.asked) == 2
    assert reply.text == "환불은 영업일 기준 3일 안에 처리됩니다. [1]"
    assert reply.tokens.input >= sum(len(p.whole) // 4 for p in model.asked)


def test_the_turns_of_a_batch_are_remembered_without_a_record(make_bot: BotMaker) -> None:
    model = ScriptedModel([""])
    bot = make_bot(model, llm_deadline=2)
    bot.ask(Message("교환은 어떻게 신청하나요?", "batch", conversation="c1"), record=False)
    before = len(model.asked)
    bot.ask(Message("그럼 환불은요?", "batch", conversation="other"), record=False)
    assert not any("교환은 어떻게" in prompt.user for prompt in model.asked[before:])
    before = len(model.asked)
    bot.ask(Message("그럼 환불은요?", "batch", conversation="c1"), record=False)
    assert any("교환은 어떻게" in prompt.user for prompt in model.asked[before:])


def test_a_conversation_of_one_person_is_not_continued_by_another(make_bot: BotMaker) -> None:
    bot = make_bot()
    first = bot.ask(Message("환불은 얼마나 걸리나요?", "web", conversation="c1", person="minji"))
    other = bot.ask(Message("환불은 얼마나 걸리나요?", "web", conversation="c1", person="jun"))
    assert first.conversation == "c1"
    assert other.conversation != "c1"


# --- odd input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t ",
        "😀😀😀",
        "?",
        "\x00\x01\x02",
        "환불은\x00 얼마나\x08 걸리나요?",
        "\ud800환불\udfff",
        "ㅋㅋㅋㅋ",
        "返金はいつですか？",
        "退款需要多长时间？",
        "Wie lange dauert die Rückerstattung und wo kann ich sie sehen?",
        "' OR 1=1; --",
        '"(환불 AND [배송* ~^?:\\/',
        "<script>alert(1)</script>",
        "{question} {0} %s ${x}",
        "가" * 100_000,
        "환불 " * 50_000,
        " " * 50_000 + "환불은 얼마나 걸리나요?",
        "a" * 100_000,
    ],
    ids=range(19),
)
def test_every_input_gets_a_sensible_reply(make_bot: BotMaker, text: str) -> None:
    bot = make_bot()
    started = time.monotonic()
    reply = bot.ask(Message(text, "test"))
    assert time.monotonic() - started < 20
    assert reply.text.strip()
    assert reply.language in ("ko", "en")
    assert count(bot, Answer) == 1


def test_a_long_question_is_read_in_part_and_that_is_said(make_bot: BotMaker) -> None:
    bot = make_bot()
    reply = bot.ask(Message("환불은 얼마나 걸리나요? " + "그리고 " * 40_000, "test"))
    assert reply.notice is not None
    assert f"{LONGEST_QUESTION:,}" in reply.notice
    with bot.sessions() as session:
        kept = session.scalars(select(Turn.text).where(Turn.role == "person")).one()
    assert len(kept) <= LONGEST_QUESTION


def test_control_characters_do_not_hide_the_question(make_bot: BotMaker) -> None:
    reply = make_bot().ask(Message("환불은\x00 얼마나\x08 걸리나요?", "test"))
    assert reply.text == REFUND


def test_another_language_is_asked_for_korean_or_english(make_bot: BotMaker) -> None:
    reply = make_bot().ask(Message("返金はいつですか？", "test"))
    assert reply.language == "en"
    assert reply.notice is not None
    assert "韓国語" in reply.notice


def test_the_language_of_a_message_may_be_given(make_bot: BotMaker) -> None:
    reply = make_bot().ask(Message("우주선은 언제 떠나나요?", "test", language="en"))
    assert reply.language == "en"
    assert "Sorry" in reply.text


def test_small_talk_is_not_looked_up(make_bot: BotMaker) -> None:
    reply = make_bot().ask(Message("안녕하세요!", "test"))
    assert reply.task == "smalltalk"
    assert reply.sources == ()


def test_without_documents_it_says_that_there_are_none(
    make_bot: BotMaker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    reply = make_bot(template=tmp_path_factory.mktemp("empty")).ask(Message("환불은 얼마나 걸리나요?", "test"))
    assert not reply.answered
    assert "아직 등록된 자료가 없어" in reply.text


# --- many at once -----------------------------------------------------------------------------------------------


def test_sixteen_threads_ask_at_once(make_bot: BotMaker) -> None:
    bot = make_bot()
    questions = {
        "환불은 얼마나 걸리나요?": "refund",
        "배송비는 얼마인가요?": "delivery",
        "현금영수증은 어디서 발급받나요?": "receipt",
    }

    def ask(number: int) -> bool:
        question, key = list(questions.items())[number % len(questions)]
        reply = bot.ask(Message(question, "test", conversation=f"c{number % 8}", person=f"p{number % 8}"))
        return reply.sources[0].passage == key

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(ask, range(160)))
    assert count(bot, Answer) == 160
    with bot.sessions() as session:
        positions = session.execute(select(Turn.conversation_id, Turn.position)).all()
    assert len(set(positions)) == 320
