"""Earlier turns as the asker may see them now: nobody is led on by a passage that only an earlier asker could see."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from bot.database.conversations import PastTurn

Visible = Callable[[Sequence[int]], Collection[int]]
"""Of these passages, those the asker may see now."""


def recalled(turns: Sequence[PastTurn], visible: Visible) -> tuple[PastTurn, ...]:
    """Leave out what rests on a passage that the asker may not see, or that is not there any more: an answer whole, of
    a question what it was completed by. What people said themselves stays: they said it here.
    """
    named = {each for turn in turns for each in turn.passages if each is not None}
    seen = set(visible(sorted(named))) if named else set()
    kept = (_kept(turn, open_=seen.issuperset(turn.passages)) for turn in turns)
    return tuple(turn for turn in kept if turn is not None)


def _kept(turn: PastTurn, *, open_: bool) -> PastTurn | None:
    if open_ or not turn.passages:
        return turn
    return None if turn.role == "bot" else replace(turn, completed=None, passages=())


def behind(turns: Iterable[PastTurn]) -> tuple[int | None, ...]:
    """Return the passages that all these turns rest on."""
    return tuple(dict.fromkeys(each for turn in turns for each in turn.passages))
