import re
import string
from pathlib import Path

import pytest

from bot.llm.prices import AS_OF, PRICES, price_of
from bot.llm.templates import template
from knowledge.language import Language

PROMPTS = Path(__file__).parents[3] / "bot" / "prompts"
TASKS = sorted({path.name.split(".")[0] for path in PROMPTS.glob("*.txt")})


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("task", TASKS)
def test_both_languages_ask_with_the_same_data(task: str) -> None:
    korean, english = template(task, "ko"), template(task, "en")
    assert placeholders(korean.system) == placeholders(english.system)
    assert placeholders(korean.user) == placeholders(english.user)
    assert korean.system
    assert korean.user
    assert korean.version != english.version


def test_braces_in_the_data_stay() -> None:
    filled = template("answer", "ko").fill(mark="x", manner="", passages="{mark} {0}", question="{question}")
    assert "{mark} {0}" in filled.user
    assert "{question}" in filled.user


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_stays_the_same_stands_first(task: str, language: Language) -> None:
    form = template(task, language)
    names = placeholders(form.system) | placeholders(form.user)
    one, other = (form.fill(**dict.fromkeys(names, value)) for value in ("하나", "{둘} 셋"))
    assert one.stable == other.stable == form.stable
    assert one.system[: one.stable] == other.system[: one.stable]
    assert one.system[one.stable :].partition("\n")[0] != other.system[one.stable :].partition("\n")[0] or (
        one.system == other.system
    )


@pytest.mark.parametrize("task", ["answer", "draft", "sentiment", "summarize"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_nearly_all_orders_stay_the_same(task: str, language: Language) -> None:
    """Providers keep the beginning of a prompt, and charge a tenth for it: what changes each time stands last."""
    form = template(task, language)
    assert "{mark}" in form.system
    assert form.stable >= 0.8 * len(form.system)


def test_prices_carry_their_date_and_a_dated_model_costs_what_its_family_does() -> None:
    assert re.fullmatch(r"20\d\d-\d\d", AS_OF)
    assert price_of("openai:gpt-4.1-mini-2025-04-14") == PRICES["openai:gpt-4.1-mini"]
    assert price_of("anthropic:claude-haiku-4-5-20251001") == PRICES["anthropic:claude-haiku-4-5"]
    assert price_of("openai:gpt-4.1-turbo") is None
    assert price_of("openai:gpt-9") is None
    free = price_of("ollama:exaone")
    assert free is not None
    assert free.output == 0
