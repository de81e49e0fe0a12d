"""A text told apart into the mails that it holds: what was written last, and what it forwards or quotes below.

Every line is looked at once; where the mails begin is found first, then whose each line is, by how deep it is quoted.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from bot.letters.blocks import Head, head_at, is_rule
from bot.letters.quoting import Attribution, Line, attribution_ending, lines_of

DEEPEST = 40
"""Mails in mails that are told apart; what is below stays in the text of the last."""

MOST = 200
"""Mails in one text."""

WRAPPED = 60
"""Characters from which on a quoted line may have been broken, its end left without the marks."""


@dataclass(frozen=True, slots=True)
class Told:
    """A mail in a text. ``head`` is None for the one on top. ``inline``: it answers between the lines it quotes."""

    text: str
    head: Head | Attribution | None = None
    inline: bool = False
    above: str = ""
    """What of ``text`` stands above the first mail that it holds."""


@dataclass(slots=True)
class _Text:
    """A text's lines, and where mails begin in it."""

    lines: list[Line]
    heads: list[Head | Attribution]
    told: list[Told] = field(default_factory=list)


def told_apart(text: str) -> list[Told]:
    """Return the mails in a text as it stands: the one on top first (its text may be ""), then the others in order."""
    lines = lines_of(text)
    found = _Text(lines, _heads(lines))
    _take(found, 0, len(lines), 0, None, 0)
    return found.told


def _heads(lines: list[Line]) -> list[Head | Attribution]:
    """Find where mails begin, none inside another's head."""
    found: list[Head | Attribution] = []
    at = 0
    while at < len(lines) and len(found) < MOST:
        if lines[at].empty:
            at += 1
            continue
        head = head_at(lines, at) or attribution_ending(lines, at)
        if head and (not found or head.begin >= found[-1].end):
            found.append(head)
            at = head.end
        else:
            at += 1
    return found


def _take(text: _Text, begin: int, end: int, base: int, head: Head | Attribution | None, deep: int) -> None:
    """Add the mail in these lines, quoted ``base`` deep, and after it those that it holds."""
    base = _level(text, begin, end, base)
    first = next((each for each in text.heads if begin <= each.begin < end), None) if deep < DEEPEST else None
    place = len(text.told)
    text.told.append(Told("", head))
    own = list(range(begin, end))
    inline = False
    inner: list[tuple[Head | Attribution, int, int, int]] = []
    if first is not None:
        own = list(range(begin, first.begin))
        at: Head | Attribution | None = first
        while at is not None:
            depth = text.lines[at.begin].depth
            last, quoted = _region(text, at, end, base)
            if isinstance(at, Attribution) and (upto := _answered_between(text, at.end, end, depth)):
                own += range(at.end, upto)
                inline, last = True, upto
            else:
                inner.append((at, at.end, last, quoted))
            later = next((each for each in text.heads if last <= each.begin < end), None)
            own += range(last, later.begin if later else end)
            at = later
    said, quotes = _written(text, own, base)
    inline = inline or quotes
    above = _written(text, list(range(begin, first.begin)), base)[0] if first else said
    text.told[place] = Told(said, head, inline, above)
    for each, start, stop, quoted in inner:
        _take(text, start, stop, quoted, each, deep + 1)


def _level(text: _Text, begin: int, end: int, base: int) -> int:
    """Return how deep all lines are quoted, where that is deeper than thought: some programs mark all but the head."""
    depths = [line.depth for line in text.lines[begin:end] if not line.empty]
    return max(base, min(depths)) if depths else base


def _region(text: _Text, head: Head | Attribution, end: int, base: int) -> tuple[int, int]:
    """Return where the mail below a head ends, and how deep it is quoted."""
    lines = text.lines
    depth = lines[head.begin].depth if isinstance(head, Attribution) else max(lines[head.begin].depth, head.depth)
    first = next((n for n in range(head.end, end) if not lines[n].empty), None)
    if first is None:
        return end, depth
    if isinstance(head, Attribution) and lines[first].depth > depth:
        return _until(lines, first, end, depth + 1, loose=False), depth + 1
    if depth <= base:
        return end, depth
    return _until(lines, head.end, end, depth, loose=True), depth


def _until(lines: list[Line], begin: int, end: int, depth: int, loose: bool) -> int:
    """Return the first line that is not quoted so deep any more; a line's lost end does not count."""
    for n in range(begin, end):
        if lines[n].depth < depth and not lines[n].empty and not _lost(lines, n, end, depth, loose):
            return n
    return end


def _lost(lines: list[Line], at: int, end: int, depth: int, loose: bool) -> bool:
    """Tell whether a line is the end of the quoted line above it, broken off by a program."""
    above = lines[at - 1]
    if above.depth < depth or at + 1 >= end or lines[at + 1].depth < depth or len(above.text) < WRAPPED:
        return False
    return loose or lines[at].bare[:1].islower() or above.bare[-1:] not in ".?!。"


def _answered_between(text: _Text, begin: int, end: int, depth: int) -> int:
    """Return the line after the last answer, where a mail answers between the lines that it quotes; 0 else."""
    state, last, answers = "", 0, 0
    for n in range(begin, end):
        line = text.lines[n]
        if line.empty:
            continue
        if line.depth > depth:
            state = "quote" if state != "answer" else "between"
        elif state in ("quote", "between") and not _lost(text.lines, n, end, depth + 1, loose=False):
            answers += state == "between"
            state, last = "answer", n + 1
        elif state == "answer":
            last = n + 1
        elif not state:
            return 0
    return last if answers else 0


def _shown(line: Line, base: int) -> str:
    deeper = line.depth - base
    return f"{'> ' * deeper}{line.text}".rstrip() if deeper > 0 else line.text


def _written(text: _Text, own: list[int], base: int) -> tuple[str, bool]:
    """Return the text of lines that are one mail's own, and whether it answers between lines that it quotes."""
    lines = [text.lines[n] for n in own]
    while lines and (lines[-1].empty or is_rule(lines[-1].bare)) and (lines[-1].empty or len(own) < len(text.lines)):
        lines.pop()
    while lines and lines[0].empty:
        lines.pop(0)
    shown = [_shown(line, base) for line in lines]
    quotes = [line.depth > base for line in lines if not line.empty]
    between = any(quotes) and any(later < earlier for earlier, later in pairwise(quotes))
    return "\n".join(shown).strip("\n\ufeff "), between
