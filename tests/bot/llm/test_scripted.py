import threading
import time

import pytest

from bot.errors import ModelError
from bot.llm import Prompt
from bot.llm.deadline import Deadline, asked_whole, hurried
from bot.llm.scripted import Script, ScriptedModel
from bot.messages import Tokens

PROMPT = Prompt("orders", "question")


def test_it_says_its_lines_in_order_and_keeps_what_it_was_asked() -> None:
    model = ScriptedModel(["하나", "둘"])
    said = [asked_whole(model, PROMPT, Deadline(5)).text for _ in range(3)]
    assert said == ["하나", "둘", "둘"]
    assert model.asked == [PROMPT] * 3


def test_tokens_and_cost_are_counted() -> None:
    model = ScriptedModel(["12345678"], piece=4, price=0.5)
    tokens = asked_whole(model, PROMPT, Deadline(5)).tokens
    assert tokens == Tokens(len(PROMPT.whole) // 4, 2)
    assert model.cost(tokens) == 0.5 * (tokens.input + tokens.output)


def test_it_fails_after_what_it_says() -> None:
    pieces = hurried(ScriptedModel([Script("ab", fails=ModelError("model.down"))]), PROMPT, Deadline(5))
    assert next(pieces).text == "ab"
    with pytest.raises(ModelError):
        next(pieces)


def test_a_first_piece_that_does_not_come_in_its_share_of_the_deadline_is_slow() -> None:
    started = time.monotonic()
    with pytest.raises(ModelError) as caught:
        next(hurried(ScriptedModel([Script("a", pause=3)]), PROMPT, Deadline(0.5)))
    assert caught.value.phrase == "model.slow"
    assert time.monotonic() - started < 0.45


def test_any_other_error_comes_through_as_it_is() -> None:
    class Broken(ScriptedModel):
        def stream(self, prompt: Prompt) -> object:  # type: ignore[override]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asked_whole(Broken(), PROMPT, Deadline(1))  # type: ignore[arg-type]


def test_a_model_nobody_listens_to_stops_writing() -> None:
    model = ScriptedModel([Script("a" * 400, pause=0.01)], piece=1)
    pieces = hurried(model, PROMPT, Deadline(20))
    next(pieces)
    pieces.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 3
    while any(t.name == "dapbot-model" for t in threading.enumerate()) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(t.name == "dapbot-model" for t in threading.enumerate())
