"""What a model may cost: at a cap every way in gets extracts, and what runs at the same moment goes over by little."""

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.database.inbox_tables import LimitCounter
from bot.errors import ModelError
from bot.inbox import LeaseLostError
from bot.llm import Chunk, Prompt
from bot.llm.scripted import Script, ScriptedModel
from bot.messages import Message, Reply, Tokens
from bot.wiring import Bot
from tests.samples import BotMaker, zone_at_noon

QUESTION = "환불은 얼마나 걸리나요?"
SAID = "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다. [1]"
SPENT = "언어 모델 사용 한도에 이르러"


def ask(bot: Bot, person: str | None = "kim", **values: str) -> Reply:
    return bot.ask(Message(QUESTION, "slack", person=person, **values))  # type: ignore[arg-type]


def spent(bot: Bot, who: str = "*") -> tuple[int, float]:
    with bot.sessions() as session:
        row = session.scalars(sa.select(LimitCounter).where(LimitCounter.who == who, LimitCounter.window.like("day:%")))
        return next(((each.tokens, each.cost_usd) for each in row), (0, 0.0))


def test_at_the_cap_of_the_day_answers_are_extracts_and_say_so(make_bot: BotMaker) -> None:
    model = ScriptedModel([SAID], price=0.01)
    bot = make_bot(model, timezone=zone_at_noon(), cost_per_day=0.01)
    first, second = ask(bot), ask(bot, "lee")
    assert (first.model, first.extract, first.notice) == ("scripted:model", False, None)
    assert (second.model, second.extract, second.answered, second.cost_usd) == ("extractive", True, True, 0.0)
    assert second.notice is not None
    assert second.notice.startswith(SPENT)
    assert spent(bot) == (first.tokens.input + first.tokens.output, first.cost_usd)
    english = ask(bot, language="en")
    assert english.notice is not None
    assert "The budget for the language model is used up" in english.notice


def test_a_batch_counts_for_the_cap_and_is_stopped_by_it(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel([SAID], price=0.01), timezone=zone_at_noon(), cost_per_month=0.01, tokens_per_person=1)
    batch = Message(QUESTION, "terminal", person="kim")
    assert bot.ask(batch, record=False).model == "scripted:model"
    assert spent(bot, "terminal:kim") == (0, 0.0)
    assert spent(bot)[1] > 0.01
    stopped = bot.ask(batch, record=False)
    assert stopped.extract
    assert stopped.notice is not None


def test_tokens_of_one_person(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel([SAID]), timezone=zone_at_noon(), tokens_per_person=10)
    assert not ask(bot).extract
    mine = ask(bot)
    assert mine.extract
    assert mine.notice is not None
    assert mine.notice.startswith("오늘 언어 모델을 쓸 수 있는 양을 모두 쓰셨습니다.")
    assert not ask(bot, "lee").extract
    assert spent(bot, "slack:kim")[0] > 10


def test_a_model_is_not_asked_to_complete_a_question_either(make_bot: BotMaker) -> None:
    model = ScriptedModel([SAID])
    bot = make_bot(model, timezone=zone_at_noon(), tokens_per_day=10)
    ask(bot, conversation="c")
    asked = len(model.asked)
    follow = bot.ask(Message("그럼 교환은요?", "slack", person="kim", conversation="c"))
    assert follow.answered
    assert len(model.asked) == asked


def test_small_talk_says_nothing_of_budgets(make_bot: BotMaker) -> None:
    bot = make_bot(ScriptedModel([SAID]), timezone=zone_at_noon(), tokens_per_day=10)
    ask(bot)
    assert bot.ask(Message("안녕하세요", "slack", person="kim")).notice is None


class Meeting:
    """A model whose first callers wait for each other, so that all of them are in flight at once."""

    name = "meeting:model"

    def __init__(self, at_once: int) -> None:
        self.calls = 0
        self._barrier = threading.Barrier(at_once, timeout=30)
        self._lock = threading.Lock()

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        with self._lock:
            self.calls += 1
        self._barrier.wait()
        yield Chunk(SAID, Tokens(100, 10))

    def warm(self) -> None:
        pass

    def cost(self, tokens: Tokens) -> float | None:
        return 1.0


def test_over_the_cap_by_what_is_in_flight_at_most(make_bot: BotMaker) -> None:
    model = Meeting(4)
    bot = make_bot(model, timezone=zone_at_noon(), cost_per_day=1.0)
    replies: list[Reply] = []
    threads = [threading.Thread(target=lambda: replies.append(ask(bot))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    replies += [ask(bot) for _ in range(4)]
    assert model.calls == 4
    assert [reply.extract for reply in replies] == [False] * 4 + [True] * 4
    assert spent(bot) == (440, 4.0)


def test_what_was_asked_of_a_model_counts_where_the_answer_was_not_used(make_bot: BotMaker) -> None:
    """A sentence that no passage bears out is not shown; it cost its tokens all the same."""
    bot = make_bot(
        ScriptedModel([Script("환불은 9일 걸립니다. [1]")], price=0.01), timezone=zone_at_noon(), cost_per_day=0.01
    )
    assert ask(bot).extract
    assert spent(bot)[1] > 0.01


def test_who_hangs_up_pays_for_what_was_written(make_bot: BotMaker) -> None:
    """The provider tells the tokens at the end; whoever does not wait for it gets nothing for free."""
    bot = make_bot(
        ScriptedModel([Script(SAID * 5, pause=0.005)], price=0.01), timezone=zone_at_noon(), cost_per_day=0.5
    )
    stream = bot.stream(Message(QUESTION, "slack", person="kim"))
    for event in stream:
        if event.kind == "text":
            break
    stream.close()  # type: ignore[attr-defined]
    tokens, cost = spent(bot, "slack:kim")
    assert tokens > 100  # the prompt with its passages
    assert cost > 0.5
    assert ask(bot).extract


def test_an_answer_that_cannot_be_kept_was_paid_for(make_bot: BotMaker) -> None:
    """Its row went to another worker: nothing is recorded, yet the provider wants its money."""
    bot = make_bot(ScriptedModel([Script(SAID)], price=0.01), timezone=zone_at_noon(), cost_per_day=5)

    def lost(_session: Session, _reply: Reply) -> None:
        raise LeaseLostError("another worker has it")

    with pytest.raises(LeaseLostError):
        for _event in bot.stream(Message(QUESTION, "slack", person="kim"), keeping=lost):
            pass
    assert spent(bot)[1] > 0
    assert spent(bot, "slack:kim") == (0, 0.0), "who has it now counts it for Kim"


class Silent:
    """A model whose server never tells how many tokens it used."""

    name = "silent:model"

    def stream(self, prompt: Prompt) -> Iterator[Chunk]:
        yield Chunk(SAID)

    def warm(self) -> None:
        pass

    def cost(self, tokens: Tokens) -> float | None:
        return None


def test_tokens_that_nobody_tells_are_estimated(make_bot: BotMaker) -> None:
    bot = make_bot(Silent(), timezone=zone_at_noon(), tokens_per_day=100)
    first = ask(bot)
    assert (first.tokens, first.extract) == (Tokens(), False)
    assert ask(bot).extract


def test_a_provider_that_refuses_costs_nothing(make_bot: BotMaker) -> None:
    refusing = Script(fails=ModelError("model.limited", retryable=False))
    bot = make_bot(ScriptedModel([refusing]), timezone=zone_at_noon(), tokens_per_day=100)
    assert ask(bot).extract
    assert spent(bot) == (0, 0.0)
