"""Earlier turns as the asker may see them now."""

from dataclasses import replace

import pytest

from bot.database.conversations import PastTurn
from bot.llm.scripted import ScriptedModel
from bot.messages import Message
from bot.recalling import behind, recalled
from tests.samples import BotMaker

TURNS = (
    PastTurn("person", "연차는 며칠 이월되나요?"),
    PastTurn("bot", "닷새까지입니다.", passages=(1,)),
    PastTurn("person", "그럼 언제까지요?", "연차 이월은 언제까지요?", passages=(1,)),
    PastTurn("bot", "3월까지입니다.", passages=(2,)),
)
STAFF = frozenset({"staff"})


def test_what_rests_on_an_invisible_passage_is_left_out() -> None:
    assert recalled(TURNS, lambda ids: ids) == TURNS
    plain = replace(TURNS[2], completed=None)
    assert recalled(TURNS, lambda _: set()) == (TURNS[0], plain)
    assert recalled(TURNS, lambda _: {1}) == TURNS[:3]
    assert recalled(TURNS, lambda _: {2}) == (TURNS[0], plain, TURNS[3])


def test_a_passage_that_is_gone_is_visible_to_nobody() -> None:
    assert recalled([PastTurn("bot", "닷새", passages=(None,))], lambda ids: ids) == ()
    assert behind(TURNS) == (1, 2)


def test_nothing_is_asked_of_the_database_where_nothing_rests_on_passages() -> None:
    def never(ids: object) -> set[int]:
        raise AssertionError

    assert recalled([PastTurn("person", "안녕하세요"), PastTurn("bot", "네")], never)


@pytest.mark.parametrize("record", [True, False])
def test_what_staff_was_told_does_not_lead_a_guest_on(make_bot: BotMaker, record: bool) -> None:
    """In one thread of several people: the model is shown what the staff was answered only where staff asks again."""
    model = ScriptedModel(["5일까지 다음 해로 이월됩니다 [1].", "그건 언제까지인가요?"])
    bot = make_bot(model)
    told = bot.ask(Message("연차는 며칠까지 이월되나요?", "slack", "thread", audience=STAFF), record=record)
    assert "5일" in told.text
    for audience, shown in ((frozenset[str](), False), (STAFF, True)):
        asked = len(model.asked)
        bot.ask(Message("그건 언제까지인가요?", "slack", "thread", audience=audience), record=record)
        prompts = " ".join(prompt.whole for prompt in model.asked[asked:])
        assert ("5일까지" in prompts) == shown


def test_a_reply_cut_short_rests_on_what_it_had_shown(make_bot: BotMaker) -> None:
    """Its rows are not known any more, so that nobody is led on by it."""
    bot = make_bot()
    stream = bot.stream(Message("연차는 며칠까지 이월되나요?", "slack", "cut", audience=STAFF))
    for event in stream:
        if event.kind == "text":
            break
    stream.close()  # type: ignore[attr-defined]
    from bot.database.conversations import recent_turns

    with bot.sessions() as session:
        person, said = recent_turns(session, "slack", "cut")
    assert "5일" in said.text
    assert said.passages == (None,)
    assert recalled((person, said), lambda ids: ids) == (person,)
