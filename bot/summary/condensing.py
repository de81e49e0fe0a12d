"""What is longer than fits, made to fit: of a conversation the newest turns whole, the earlier ones by what they say.

No model is asked for it: that would cost a call a turn, and a summary of summaries drifts from what was said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.summary.ranking import fitting
from bot.summary.sentences import units_of

NEWEST = 0.7
"""Share of the room that the newest turns may take as they were said."""

LONGEST_TURN = 0.35
"""Share of the room that one turn may take; a longer one is told by its sentences of most worth."""

SHORTENED = 160
"""Characters of an earlier turn that are kept."""


class Said(Protocol):
    """One turn."""

    @property
    def role(self) -> Literal["person", "bot"]:
        """Who said it."""
        ...

    @property
    def text(self) -> str:
        """What was said."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """One turn as it is kept; ``place``: its number in the conversation, from 0."""

    place: int
    role: Literal["person", "bot"]
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Condensed:
    """A conversation that fits, oldest turn first; ``left_out``: how many turns there was no room for."""

    turns: tuple[Kept, ...]
    left_out: int = 0

    def text(self, person: str, bot: str) -> str:
        """Return it as lines, each turn with the name of who said it."""
        names = {"person": person, "bot": bot}
        return "\n".join(f"{names[turn.role]}: {' '.join(turn.text.split())}" for turn in self.turns)


def condensed(turns: Sequence[Said], limit: int) -> Condensed:
    """Return what fits of a conversation into ``limit`` characters, the newest turns kept.

    The last turn is always there. 200 turns take about 50 ms.
    """
    kept: list[Kept] = []
    room = limit
    for place in range(len(turns) - 1, -1, -1):
        turn = turns[place]
        fresh = limit - room + len(turn.text) <= NEWEST * limit
        text = turn.text if fresh and len(turn.text) <= LONGEST_TURN * limit else ""
        text = text or shortened(turn.text, int(LONGEST_TURN * limit) if fresh or not kept else SHORTENED)
        if len(text) > room and kept:
            return Condensed(tuple(reversed(kept)), place + 1)
        kept.append(Kept(place, turn.role, text[:room], whole=text == turn.text))
        room -= len(text) + 1
    return Condensed(tuple(reversed(kept)))


def shortened(text: str, limit: int) -> str:
    """Return a text by its sentences of most worth, as many as fit into ``limit`` characters, in their order."""
    if len(text) <= limit:
        return text
    kept = [unit.text for unit in fitting(units_of(text), limit)]
    return " ".join(kept) or f"{text[: max(0, limit - 1)].rstrip()}…"
