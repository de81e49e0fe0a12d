"""Values that a model writes as JSON: read, checked, mended once."""

import json
from typing import Literal

import pytest
from pydantic import BaseModel, Field

from bot.errors import ModelError
from bot.llm import Prompt
from bot.llm.deadline import Deadline
from bot.llm.scripted import ScriptedModel
from bot.llm.structured import UnreadableError, structured
from bot.messages import Tokens

KOREAN = Prompt("고객의 글에서 기분을 판단합니다. 한국어로 씁니다.", "배송이 너무 늦었어요 {중괄호}")
GOOD = {"mood": "negative", "reasons": ["너무 늦었어요"], "score": -0.7}
WRITTEN = json.dumps(GOOD, ensure_ascii=False)


class Mood(BaseModel):
    mood: Literal["negative", "positive"]
    reasons: list[str] = Field(min_length=1)
    score: float = Field(ge=-1, le=1)


def ask(model: ScriptedModel) -> Mood:
    return structured(model, KOREAN, Mood, Deadline(5)).value


@pytest.mark.parametrize(
    "text",
    [
        WRITTEN,
        f"```json\n{WRITTEN}\n```",
        f"결과는 다음과 같습니다.\n\n{WRITTEN}\n\n도움이 되었길 바랍니다.",
        f"<think>{{'mood': 1}} 글쎄</think>\n{WRITTEN}",
        f"[1] {{판단}} 기분: {WRITTEN} [2]",
        f"기분 {{판단}} 결과:\n```\n{json.dumps(GOOD, indent=2)}\n```",
    ],
)
def test_a_value_is_found_whatever_stands_around_it(text: str) -> None:
    model = ScriptedModel([text])
    assert ask(model) == Mood(mood="negative", reasons=["너무 늦었어요"], score=-0.7)
    (asked,) = model.asked
    assert asked.system.endswith(KOREAN.system)
    assert asked.stable == len(asked.system) - len(KOREAN.system)
    assert '"reasons"' in asked.system
    assert "JSON 스키마" in asked.system
    assert asked.schema is not None
    assert asked.user == KOREAN.user


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "판단할 수 없습니다.",
        '{"mood": "negative", "reasons": ["너무',
        "[" * 100_000,
        '{"mood": "angry", "reasons": ["x"], "score": 0}',
        '{"mood": "negative", "reasons": [], "score": NaN}',
        '{"mood": "negative", "reasons": ["x"], "score": 7}',
        "null",
        "[]",
    ],
)
def test_what_does_not_fit_is_asked_for_once_more_with_the_fault(bad: str) -> None:
    model = ScriptedModel([bad, WRITTEN])
    assert ask(model).mood == "negative"
    first, second = model.asked
    assert second.system == first.system
    assert second.user.startswith(KOREAN.user)
    assert "잘못된 점" in second.user
    assert bad[:100] in second.user
    assert len(second.user) < 6_000


def test_the_fault_names_the_field() -> None:
    model = ScriptedModel(['{"mood": "angry", "reasons": ["x"], "score": 7}', WRITTEN])
    ask(model)
    assert "- mood: " in model.asked[1].user
    assert "- score: " in model.asked[1].user


def test_twice_wrong_is_an_error_that_knows_what_it_cost() -> None:
    model = ScriptedModel(["no", "no"], price=0.5)
    with pytest.raises(UnreadableError) as caught:
        ask(model)
    assert caught.value.phrase == "model.unreadable"
    assert len(model.asked) == 2
    used = caught.value.said.tokens
    assert used == Tokens(sum(len(asked.whole) // 4 for asked in model.asked), 2)
    assert caught.value.said.cost_usd == pytest.approx(0.5 * (used.input + used.output))


def test_tokens_and_cost_are_those_of_both_tries() -> None:
    model = ScriptedModel(["no", WRITTEN], price=1.0)
    found = structured(model, KOREAN, Mood, Deadline(5))
    assert found.said.tokens.output == 1 + -(-len(WRITTEN) // 4)
    assert found.said.cost_usd == pytest.approx(found.said.tokens.input + found.said.tokens.output)


def test_a_model_that_fails_at_first_or_while_mending_is_a_model_error() -> None:
    with pytest.raises(ModelError, match=r"model\.down|could not be reached"):
        ask(ScriptedModel([ModelError("model.down", retryable=False)]))
    with pytest.raises(UnreadableError) as caught:
        ask(ScriptedModel(["no", ModelError("model.down", retryable=False)]))
    assert caught.value.said.text == "no"


def test_english_orders_are_mended_in_english() -> None:
    model = ScriptedModel(["no", WRITTEN])
    structured(model, Prompt("Judge the mood.", "It came late."), Mood, Deadline(5))
    assert "What is wrong" in model.asked[1].user
    assert "JSON Schema" in model.asked[0].system
