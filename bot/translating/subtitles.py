"""Subtitles (.srt): a model sees many at once, each behind a short mark, so that it keeps their numbers and times."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST = 1_200
"""Characters of the subtitles that a model sees at once."""

HEAD = re.compile(
    r"^[ \t]*\d+[ \t]*\r?\n[ \t]*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}"
    r"[ \t]*-->[ \t]*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}[^\n]*(?:\n|\Z)",
    re.MULTILINE,
)
"""The number and the times above a subtitle."""

_MARK = re.compile(r"^[ \t]*\[\[(\d+)\]\][ \t]*\n?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Subtitle:
    """``head``: number and times; ``text``: what is said; ``gap``: the empty lines below it."""

    head: str
    text: str
    gap: str


def subtitles(text: str) -> tuple[str, list[Subtitle]]:
    """Return what stands before the first subtitle, and the subtitles; together they make up the text."""
    heads = list(HEAD.finditer(text))
    if not heads:
        return text, []
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return text[: heads[0].start()], [
        _subtitle(head[0], text[head.end() : end]) for head, end in zip(heads, ends, strict=True)
    ]


def _subtitle(head: str, body: str) -> Subtitle:
    said = body.rstrip()
    return Subtitle(head, said, body[len(said) :])


def grouped(found: Sequence[Subtitle]) -> list[list[Subtitle]]:
    """Return the subtitles in groups of up to ``LONGEST`` characters, at least one in each."""
    groups: list[list[Subtitle]] = []
    length = LONGEST
    for one in found:
        if length + len(one.text) > LONGEST:
            groups.append([])
            length = 0
        groups[-1].append(one)
        length += len(one.text) + len("[[00]]\n\n")
    return groups


def marked(group: Sequence[Subtitle]) -> str:
    """Return what the model is shown: each subtitle below its mark."""
    return "\n".join(f"[[{number}]]\n{one.text}" for number, one in enumerate(group, 1))


def unmarked(said: str, group: Sequence[Subtitle]) -> list[str] | None:
    """Return what is said in each subtitle of a translated group; None where a mark is lost, doubled or moved."""
    first, *rest = _MARK.split(said)
    numbers, texts = rest[::2], rest[1::2]
    if first.strip() or numbers != [str(number) for number in range(1, len(group) + 1)]:
        return None
    return [text.strip() for text in texts]
