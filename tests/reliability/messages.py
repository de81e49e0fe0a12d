"""The messages of a run: which there are follows from its seed alone, so that every process knows the same ones."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.reliability.plan import Plan

QUESTION, ANSWER = "환불은 얼마나 걸리나요?", "환불은 신청하신 날부터 영업일 기준 3일 안에 처리됩니다. [1]"
FAQ = f"id,질문,답변\nrefund,{QUESTION},{ANSWER.removesuffix(' [1]')}\n".encode()
GREETING = "안녕하세요"


@dataclass(frozen=True)
class Ordered:
    """One message to deliver; ``twice``: the sender delivers it again although it was acknowledged."""

    n: int
    conversation: str
    text: str
    twice: bool

    @property
    def key(self) -> str:
        """The name of its event."""
        return f"receiver:event-{self.n}"


def ordered(plan: Plan) -> Iterator[Ordered]:
    """Yield the messages in the order in which they are delivered; every tenth comes twice."""
    drawn = random.Random(plan.seed)  # noqa: S311 - the same in every process is what is wanted
    text = QUESTION if plan.task == "answer" else GREETING
    for n in range(plan.messages):
        yield Ordered(n, f"c{drawn.randrange(plan.conversations)}", text, twice=n % 10 == 9)
