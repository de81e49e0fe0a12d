"""A place where only some documents may be used, in a language and a tone of its own: whatever is asked there."""

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.database.conversations import PastTurn
from bot.database.ledger import answer_ledger
from bot.envelopes import message_from, message_json
from bot.llm.scripted import ScriptedModel
from bot.messages import Message, Reply, answer_line
from bot.preferences import Preferences
from bot.wiring import Bot, build_bot
from tests.reliability.test_audiences import Tattler
from tests.samples import NOON, BotMaker, lines
from tests.servers.databases import settings_of

FAQ, HANDBOOK = frozenset({"hanbit-faq.jsonl"}), frozenset({"handbook.md"})
GONE = frozenset({"gone.csv"})
DELIVERY, ROOMS = "배송비는 얼마인가요?", "회의실은 몇 층에 있나요?"
WRITTEN = "배송비는 3,000원이며 50,000원 이상 주문하시면 무료입니다. [1]"


def ask(bot: Bot, text: str, documents: frozenset[str] = frozenset(), **values: object) -> Reply:
    return bot.ask(Message(text, "test", documents=documents, **values))  # type: ignore[arg-type]


def documents_of(reply: Reply) -> set[str]:
    return {source.document for source in reply.sources}


def test_answers_come_from_these_documents_alone(make_bot: BotMaker) -> None:
    bot = make_bot()
    assert documents_of(ask(bot, DELIVERY)) == FAQ
    assert documents_of(ask(bot, DELIVERY, FAQ)) == FAQ
    assert documents_of(ask(bot, ROOMS, HANDBOOK)) == HANDBOOK
    assert documents_of(ask(bot, ROOMS, FAQ | HANDBOOK | GONE)) == HANDBOOK
    for documents in (HANDBOOK, GONE):
        reply = ask(bot, DELIVERY, documents)
        assert not reply.answered
        assert "3,000" not in reply.text
        assert all("배송" not in each.question for each in reply.nearest)
    assert not ask(bot, ROOMS, GONE).nearest


def test_examples_and_quizzes_are_of_these_documents(make_bot: BotMaker) -> None:
    bot = make_bot()
    assert "“" in ask(bot, "무엇을 할 수 있나요?", FAQ).text
    assert "“" not in ask(bot, "무엇을 할 수 있나요?", GONE).text
    quiz = ask(bot, "회사 자료로 퀴즈 내 줘", GONE)
    assert not quiz.sources
    assert not ask(bot, "배송 퀴즈 내 줘", HANDBOOK).text.count("3,000")


def test_groups_count_within_these_documents(make_bot: BotMaker) -> None:
    bot = make_bot()
    question = "연차는 며칠까지 이월되나요?"
    assert ask(bot, question, FAQ, audience=frozenset({"staff"})).answered
    assert not ask(bot, question, FAQ).answered
    assert "5일" not in ask(bot, question, HANDBOOK, audience=frozenset({"staff"})).text


def test_what_was_answered_elsewhere_is_not_led_on_from(make_bot: BotMaker) -> None:
    bot = make_bot()
    said = replace(Message(DELIVERY, "test", "T1", "kim"))
    assert bot.ask(said).answered
    more = bot.ask(replace(said, text="그건 무료로도 되나요?", documents=HANDBOOK))
    assert "3,000" not in more.text
    assert not documents_of(more) & FAQ


def test_a_kept_answer_is_given_again_where_the_same_may_be_used(make_bot: BotMaker) -> None:
    model = ScriptedModel([WRITTEN, WRITTEN])
    bot = make_bot(model, llm_small="", cache_days=30)
    first = ask(bot, DELIVERY)
    assert ask(bot, DELIVERY).text == first.text
    calls = len(model.asked)
    ask(bot, DELIVERY, FAQ)
    assert len(model.asked) == calls + 1  # written for this place
    ask(bot, DELIVERY, FAQ)
    assert len(model.asked) == calls + 1
    assert not ask(bot, DELIVERY, HANDBOOK).answered


def test_the_record_says_which_documents_could_be_used(make_bot: BotMaker) -> None:
    bot = make_bot()
    with bot.sessions() as session:
        many = ask(bot, DELIVERY, FAQ | {f"{n:02}.csv" for n in range(20)})
        few, all_ = ask(bot, DELIVERY, FAQ), ask(bot, DELIVERY)
        legs = {
            name: answer_ledger(session, reply.answer_id).legs
            for name, reply in zip("mfa", (many, few, all_), strict=True)
        }
    assert legs["f"]["documents"] == "only: hanbit-faq.jsonl"
    assert legs["m"]["documents"].endswith(", …")
    assert "documents" not in legs["a"]


def test_the_language_of_a_place_is_below_that_of_a_person(make_bot: BotMaker) -> None:
    bot = make_bot()
    usual = Preferences(language="en", politeness="hasipsio")
    there = Message("중고 만년필도 매입해 주시나요?", "slack", "C1:1", "U1", usual=usual)
    assert bot.ask(there).language == "en"
    assert bot.ask(replace(there, person=None)).language == "en"
    assert bot.ask(replace(there, language="ko")).language == "ko"
    bot.ask(replace(there, text="반말로 해줘"))  # what is usual there is not kept as theirs
    shown = bot.ask(Message("내 설정 보여줘", "slack", "D1", "U1")).text
    assert "반말" in shown
    assert "영어" not in shown
    bot.ask(Message("앞으로 한국어로 답해 줘", "slack", "D1", "U1"))
    assert bot.ask(there).language == "ko"


@pytest.mark.parametrize("politeness", ["haeyo", "hasipsio"])
def test_the_tone_of_a_place_is_told_to_the_model(make_bot: BotMaker, politeness: str) -> None:
    model = ScriptedModel([WRITTEN])
    bot = make_bot(model, cache_days=0)
    ask(bot, DELIVERY, usual=Preferences(politeness=politeness))  # type: ignore[arg-type]
    wanted = {"haeyo": "해요체", "hasipsio": "하십시오체"}[politeness]
    assert wanted in model.asked[-1].whole


def test_it_waits_in_the_inbox_with_its_message() -> None:
    message = Message("?", "slack", documents=FAQ | GONE, usual=Preferences("en", "", "haeyo"))
    assert message_from(message_json(message), "slack") == message
    old = {"text": "?", "channel": "slack", "usual": "what is this", "documents": None}
    assert message_from(old, "slack") == Message("?", "slack")


def test_turns_without_passages_stay(make_bot: BotMaker) -> None:
    bot = make_bot()
    turns = [PastTurn("person", ROOMS), PastTurn("bot", "3층입니다.", passages=(1,))]
    events = list(bot.orchestrator.stream(Message("5층은요?", "test", documents=GONE), record=False, turns=turns))
    assert events[-1].reply is not None


SHOPS = ("서울", "부산", "대구", "광주")
ASKS = ("{}은 어떻게 되나요?", "{} 알려 주세요", "그럼 {}은요?", "{} 퀴즈 내 줘", "{} 설명해 줘", "안녕하세요")
TOPICS = ("환불 기간", "배송비", "적립금", "영업 시간", "교환 절차", "회원 등급")


def shop(name: str, at: int) -> bytes:
    """A shop's FAQ: the same questions as in every other one; each answer has a mark of this shop."""
    return lines(
        [
            {
                "id": f"{at}-{n}",
                "question": f"{topic}은 어떻게 되나요?",
                "answer": f"{name} {topic}: 표시{at}번{n}입니다.",
            }
            for n, topic in enumerate(TOPICS)
        ]
    )


def test_shops_with_the_same_questions_never_answer_for_each_other(tmp_path: Path) -> None:
    model, seen, draw = Tattler(), set[int](), random.Random(6)  # noqa: S311 - a test
    with build_bot(settings_of(tmp_path / "data"), llm=model, clock=lambda: NOON) as bot:
        bot.library.add([(f"{name}.jsonl", shop(name, at)) for at, name in enumerate(SHOPS)])
        for turn in range(60):
            may = frozenset(draw.sample(range(len(SHOPS)), draw.choice((1, 1, 2))))
            documents = frozenset(f"{SHOPS[at]}.jsonl" for at in may)
            asks = draw.choice(ASKS)
            told = len(model.prompts)
            message = Message(asks.format(draw.choice(TOPICS)), "slack", f"T{turn % 3}", "U1", documents=documents)
            reply = bot.ask(message)
            out = [json.dumps(answer_line(reply), ensure_ascii=False), *(p.whole for p in model.prompts[told:])]
            marks = {int(at) for text in out for at in re.findall(r"표시(\d)번", text)}
            assert marks <= may, (turn, message.text, marks, may)
            seen |= marks
    assert seen == set(range(len(SHOPS)))
