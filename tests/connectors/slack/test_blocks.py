"""Replies as Slack shows them: as the files have them, and within Slack's limits."""

from dataclasses import replace

import pytest
from slack_sdk.models.blocks import Block

from bot.messages import Nearest
from connectors.slack.blocks import Page, pages
from tests.connectors.slack.shown import ANSWER, FOLDER, HOSTILE, SHIPPING, SHOWN, UNKNOWN, as_json
from tests.servers.slack_limits import check_message


def hold(shown: list[Page]) -> None:
    """Check pages by Slack's own models, and by the limits that only its server knows."""
    for page in shown:
        for block in Block.parse_all(page.blocks):
            block.validate_json()
            for element in getattr(block, "elements", None) or ():
                if hasattr(element, "validate_json"):
                    element.validate_json()
        check_message(page.blocks, page.text)
        check_message(None, page.whole)
        assert page.text.strip()


@pytest.mark.parametrize("name", SHOWN)
def test_what_people_see(name: str) -> None:
    shown = SHOWN[name]()
    hold(shown)
    assert as_json(shown) == (FOLDER / f"{name}.json").read_text("utf-8")


def test_every_file_is_shown() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(SHOWN)


@pytest.mark.parametrize("size", [1, 11_000, 11_001, 40_000])
def test_long_replies_are_split_and_lose_nothing(size: int) -> None:
    text = ("환불은 영업일 기준 3일 안에 처리됩니다. " * (size // 20 + 1))[:size].strip() or "가"
    shown = pages(replace(ANSWER, text=text))
    hold(shown)
    said = "".join(block["text"] for page in shown for block in page.blocks if block["type"] == "markdown")
    assert "".join(said.split()) == "".join(text.split())


def test_every_field_is_as_long_as_it_may_be() -> None:
    sources = tuple(
        replace(SHIPPING, title=f"{at}" * 3_000, document="문서" * 500, passage=f"{at}") for at in range(30)
    )
    huge = replace(UNKNOWN, nearest=tuple(Nearest(f"{at}", "질문" * 2_000) for at in range(9)), sources=sources)
    hold(pages(replace(huge, notice="알림" * 5_000), link=lambda source: f"https://a.example/{source.passage * 350}"))


def test_nothing_hostile_is_markup() -> None:
    said = as_json(pages(HOSTILE))
    for call in ("<!channel", "<!here", "<!everyone", "<@U", "](https://evil", "@here "):
        assert call not in said
