"""Replies as Slack shows them, kept as files. ``python -m tests.connectors.slack.shown`` writes the files anew."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.channels import Delivery
from bot.delivering import NOTICE
from bot.messages import Message, Nearest, Reply, Source
from connectors.slack import private, trying_again
from connectors.slack.blocks import Page, pages

FOLDER = Path(__file__).parent / "shown"
TEAM = "https://hanbit.slack.example/"

SHIPPING = Source("배송 안내.csv", "delivery", 2, "배송비는 얼마인가요?", None, 0.93, "배송비는 3,000원입니다.")
HANDBOOK = Source("Handbook.pdf", "leave-carry", 1, "Annual leave", 12, 0.81, "Five days carry over to the next year.")

ANSWER = Reply(
    "0a1b2c3d",
    "C1:1.0",
    "배송비는 3,000원이며 50,000원 이상 주문하시면 무료입니다.",
    answered=True,
    confidence=0.93,
    task="answer",
    language="ko",
    sources=(SHIPPING,),
    checks="supported",
    extract=True,
)
ENGLISH = replace(
    ANSWER,
    text="Up to **five days** carry over to the next year. [1] What is left is paid out in January. [2]",
    language="en",
    sources=(HANDBOOK, replace(HANDBOOK, passage="leave-paid", page=13), SHIPPING),
    model="anthropic:claude",
    extract=False,
)
UNKNOWN = Reply(
    "0a1b2c3d",
    "C1:1.0",
    "자료에서 답을 찾지 못했습니다. 혹시 이런 질문인가요?",
    answered=False,
    confidence=0.2,
    task="answer",
    language="ko",
    nearest=(Nearest("delivery", "배송비는 얼마인가요?"), Nearest("exchange", "교환은 어떻게 신청하나요?")),
)
MARKDOWN = (
    "### 반품 순서\n1. **신청(무료)**은 마이페이지에서\n   - 주문 내역\n     - 반품 신청\n2. 수거\n\n"
    "| 구분 | 비용 |\n|---|---|\n| 변심 | 6,000원 |\n| 불량 | 0원 |\n\n"
    "```sh\ncurl -s /api/returns\n```\n> 7일 안에 신청하세요."
)
HOSTILE = replace(
    ENGLISH,
    text="<!channel> @here [click](https://evil.example) ![x](https://evil.example/p.png) **<@U999>**님 evil.com/a",
    sources=(
        replace(SHIPPING, title="*긴급* <!here> ~`x`~ :fire: <https://evil.example|여기>", document="_a_|b>.csv"),
    ),
    checks="partly",
    notice="<!everyone> *모두* https://evil.example",
)
FAR: dict[str, Any] = {
    "channel": "C1",
    "ts": "1764060000.000100",
    "thread": "1764060000.000100",
    "kind": "channel",
    "private": True,
}


def asked(text: str = "배송비는 얼마인가요?", **more: Any) -> Delivery:
    return Delivery("slack:C1:1.0", Message(text, "slack", "C1:1.0", "U1"), {"channel": "C1", **more})


def told_alone(reply: Reply, delivery: Delivery) -> list[Page]:
    above = private.above(delivery, reply, TEAM, lambda user: {"U2": "지연 <!here>"}.get(user, ""))
    return pages(reply, above, private.below(delivery, reply))


def tried(reply: Reply, delivery: Delivery) -> list[Page]:
    return pages(reply, (), trying_again.below(delivery, reply))


def site(source: Source) -> str:
    return f"https://bot.hanbit.example/documents/7/entry?key={source.passage}"


SHOWN: dict[str, Callable[[], list[Page]]] = {
    "answer": lambda: pages(ANSWER),
    "answer_by_model_with_links": lambda: pages(ENGLISH, link=site),
    "answer_partly_backed": lambda: pages(replace(ANSWER, checks="partly", extract=False, model="openai:gpt")),
    "answer_in_markdown": lambda: pages(replace(ANSWER, text=MARKDOWN)),
    "unknown_with_nearest": lambda: pages(UNKNOWN),
    "unknown": lambda: pages(replace(UNKNOWN, text="I could not find it.", nearest=(), language="en")),
    "small_talk": lambda: pages(replace(UNKNOWN, text="안녕하세요!", nearest=(), task="smalltalk")),
    "notice": lambda: pages(Reply("", "", "오늘은 더 답할 수 없어요.", False, 0.0, NOTICE, "ko")),
    "failed": lambda: tried(
        replace(ANSWER, failed=True, notice="AI가 답하지 못해 자료의 문장을 그대로 보여 드립니다."), asked()
    ),
    "given_up": lambda: tried(Reply("", "", "Sorry.", False, 0.0, NOTICE, "en"), asked(again=12)),
    "private": lambda: told_alone(ANSWER, asked("<@U2> &lt;b&gt; 배송비 *얼마*인가요? <!here>", **FAR)),
    "private_task": lambda: told_alone(
        replace(ENGLISH, task="draft"), replace(asked(**FAR), message=Message("…", "slack", task="draft"))
    ),
    "hostile": lambda: pages(HOSTILE, link=site),
    "nothing": lambda: pages(replace(ANSWER, text="", sources=(), checks="none")),
}
"""Each reply by the name of its file."""


def as_json(shown: list[Page]) -> str:
    """Return pages as a file holds them."""
    said = [{"text": page.text, "blocks": page.blocks} for page in shown]
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, make in SHOWN.items():
        (FOLDER / f"{name}.json").write_text(as_json(make()), "utf-8")
