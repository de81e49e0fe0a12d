"""What `dapbot report` says of tokens and cost, in both languages."""

import io

import pytest

from bot.database.spending import Spent
from connectors.cli import session
from connectors.cli.spending import show_spending, spending_line

MINI = Spent("answer", "openai:gpt-4.1-mini", 1_200, 3_000_000, 90_000, 1.344, 0, 2_140.0)
OWN = Spent("draft", "openai:our-own", 3, 5_000, 900, 0.0, 3, 9_000.0)
WITHOUT = Spent("answer", "extractive", 40, 0, 0, 0.0, 0, 31.0)


class Paper:
    """A screen that keeps what is written."""

    def __init__(self) -> None:
        self.text = io.StringIO()

    def write(self, text: str, style: str = "") -> None:
        self.text.write(text)


@pytest.fixture(params=["ko", "en"])
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DAPBOT_LANGUAGE", request.param)
    token = session._spoken.set(request.param)
    request.addfinalizer(lambda: session._spoken.reset(token))  # noqa: PT021 - the value it is reset to is made here
    return str(request.param)


def test_it_is_written_for_people(language: str) -> None:
    paper = Paper()
    show_spending(paper, [MINI, OWN, WITHOUT])  # type: ignore[arg-type]
    shown = paper.text.getvalue()
    assert "1,243" in shown
    assert "3,005,000" in shown
    assert "$1.3440" in shown
    assert "openai:gpt-4.1-mini" in shown
    assert ("질문 답변 ·" if language == "ko" else "questions ·") in shown
    assert "DAPBOT_LLM_PRICES" in shown
    assert ("언어 모델 없이" if language == "ko" else "without a language model") in shown
    assert ("3건은 모델의 가격을" if language == "ko" else "3 answers are not in the cost") in shown


def test_nothing_was_asked(language: str) -> None:
    paper = Paper()
    show_spending(paper, [])  # type: ignore[arg-type]
    assert ("답변이 없습니다" if language == "ko" else "no answers") in paper.text.getvalue()


def test_the_line_adds_up() -> None:
    line = spending_line([MINI, OWN, WITHOUT])
    assert (line["answers"], line["cost_usd"], line["unpriced"]) == (1_243, 1.344, 3)
    assert line["tokens"] == {"input": 3_005_000, "output": 90_900}
    assert [each["model"] for each in line["by"]] == ["openai:gpt-4.1-mini", "openai:our-own", "extractive"]
