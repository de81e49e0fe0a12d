"""Questions and answers in running text: "Q. ... A. ...", questions in bold, numbered questions."""

import re
from dataclasses import dataclass, field

from knowledge.asking import asks, asks_surely

# Bounded white space: an unbounded one beside another would take hours on a line of a million spaces.
_MARK = (
    r"^\s{{0,9}}(?:[-*•]\s{{1,3}})?(?:\*\*|__)?\s?[\[【<(]?\s?{names}\s?(?P<number>\d{{1,4}})?\s?"
    r"(?:[.:)\]．：】>]|(?<=\d)\s){{1,3}}(?P<rest>.*)$"
)
_QUESTION = re.compile(_MARK.format(names=r"(?:Q|q|질문|문의|문|Question|QUESTION)"))
_ANSWER = re.compile(_MARK.format(names=r"(?:A|a|답변|답|회신|Answer|ANSWER)"))
_SAME_LINE = re.compile(r"(?<=[?？])\s+(?:A|답변|답|Answer)\s*\d{0,4}\s*[.:)：]\s*")
_BOLD = re.compile(r"^\s*(?:\*\*|__)(?P<rest>[^*_].*?)(?:\*\*|__)\s*$")
_NUMBERED = re.compile(r"^\s*\d{1,3}\s*[.)]\s+(?P<rest>.+[?？])\s*$")
_EMPHASIS = re.compile(r"\*\*|(?<!_)__(?!_)")
LONGEST_LINE = 500
"""Characters of a line that may be a question."""


@dataclass(slots=True)
class Pair:
    """A question and the lines of its answer."""

    question: str
    lines: list[str] = field(default_factory=list)
    marked: bool = False  # an "A." has been seen
    at: int = 0  # the line of the text that the question stands on

    @property
    def answer(self) -> str:
        """The answer as one text."""
        return plain("\n".join(self.lines)).strip()


def find_pairs(text: str) -> tuple[str, list[Pair]]:
    """Return the prose before the first question, and the pairs; none where the text is not clearly such."""
    lines = text.split("\n")
    for pattern in (_QUESTION, _BOLD, _NUMBERED):
        before, pairs = _collect(lines, pattern)
        if _is_clear(pairs, pattern):
            return "\n".join(before).strip(), [pair for pair in pairs if pair.answer]
    return text, []


def marked_question(line: str) -> str:
    """Return the question of a line such as "Q1. 환불은 어떻게 하나요?", an empty string where it has no such mark."""
    found = _QUESTION.match(line)
    return plain(found["rest"]).strip() if found else ""


def plain(text: str) -> str:
    """Return ``text`` without the marks of bold type."""
    return _EMPHASIS.sub("", text)


def _collect(lines: list[str], pattern: re.Pattern[str]) -> tuple[list[str], list[Pair]]:
    before: list[str] = []
    pairs: list[Pair] = []
    for at, line in enumerate(lines):
        found = pattern.match(line) if pattern is _QUESTION or len(line) <= LONGEST_LINE else None
        if found and (pattern is _QUESTION or asks_surely(found["rest"])):
            question, *answer = _SAME_LINE.split(plain(found["rest"]), maxsplit=1)
            pairs.append(Pair(question.strip(), answer, bool(answer), at))
        elif not pairs:
            before.append(line)
        else:
            _add(pairs[-1], line)
    return before, pairs


def _add(pair: Pair, line: str) -> None:
    answer = _ANSWER.match(line)
    if answer and not pair.marked:
        pair.marked = True
        if not pair.question:  # "[질문]" stood on a line of its own
            pair.question = plain(" ".join(pair.lines)).strip()
            pair.lines = []
        elif any(part.strip() for part in pair.lines):  # the question went on over several lines
            pair.question = " ".join([pair.question, *(part.strip() for part in pair.lines if part.strip())])
            pair.lines = []
        line = answer["rest"]
    pair.lines.append(line)


def _is_clear(pairs: list[Pair], pattern: re.Pattern[str]) -> bool:
    full = [pair for pair in pairs if pair.question and pair.answer]
    if not full or len(full) < 0.7 * len(pairs):
        return False
    if all(pair.marked for pair in full):
        return True
    asking = sum(asks(pair.question) for pair in full)
    return asking >= 0.5 * len(full) and (len(full) >= 2 or pattern is not _NUMBERED)
