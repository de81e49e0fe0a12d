"""A text as sentences: paragraphs that were broken into short lines are mended, what says nothing is marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.summary.form_words import CLOSING, GREETING
from knowledge.language import Language, language_of
from knowledge.tokens import lines as stretches
from knowledge.tokens import normalise, sentences

LONGEST_TEXT = 5_000_000
"""Characters of a text that are read."""

LONGEST_UNIT = 1_000
"""Characters of what is taken as one sentence; what has no end, such as a table in one line, is cut there."""

LONGEST_NAME = 40

BROKEN_AT = 50
"""A line of at least so many characters that does not end a sentence goes on in the next one."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2060\ufeff\ud800-\udfff]")
_QUOTED = re.compile(r"^\s*>")
_ENCODED = re.compile(r"[A-Za-z0-9+/]{56,}={0,2}")
"""A line of a file that stands in a text as Base64."""

_NEAR_END = 200
"""Characters at the end of a line in which its last signs are looked for."""

_RULE = re.compile(r"^[\W_]*$")
_ITEM = re.compile(r"^(?:[-–•·*▪●○◦■□▶※☞✓✔]|\(?\d{1,2}[.)]|[①-⑳]|[가-하][.)]|[a-z]\)|\[[ xX]?\])\s*")
_HEADING = re.compile(r"^#{1,6}\s|^\[[^\]]{1,30}\]$|^<[^>]{1,30}>$|^【[^】]+】$")
_FIELD = re.compile(r"^[^\s:：][^:：\n]{0,30}[:：](?=\s)")
_END = re.compile(r"[.!?…:;。！？][\"')\]”’]*$|[다요죠음함됨임까니오]$|[다요죠까줘][~^.!ㅎㅋㅠㅜ]*$")
_SPOKEN = re.compile(
    rf"^(?:\[[^\]\n]{{3,40}}\]\s*)?(?P<who>[가-힣A-Za-z][\w가-힣 .·'-]{{0,{LONGEST_NAME - 1}}}?)\s?"
    r"(?:\([^)\n]{1,20}\))?\s?[:：]\s+(?=\S)"
)
_LINK_ALONE = re.compile(r"^<?(?:(?:https?://|www\.)\S+|[^\s@]+@[^\s@]+)>?$")
_NAME_ALONE = re.compile(r"^(?:[A-Z][a-z]*\.?(?: [A-Z][a-z]*\.?){0,2}|[가-힣]{2,4})[,.]?$")
_SHORTENED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|vs|Inc|Co|Ltd|Corp|approx|e\.g|i\.e|a\.m|p\.m|U\.S)\.$")
"""A full stop that ends no sentence."""

_UNSPACED = re.compile(r"(?<=[。！？])(?=[^\s。！？」』）])")
"""Between the sentences of Japanese and Chinese, which no space parts."""

_ENDLESS = re.compile(r"\S{300}")
"""No word of any language; Kiwi takes seconds for some of these."""

_SIGNATURE = re.compile(r"^--\s?$|^_{5,}$")
_FORWARDED = re.compile(
    r"^-{2,}\s*(?:original message|forwarded message|원본 ?메시지|전달된 ?메시지|원본 ?메일|전달 ?메일)[\s-]*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence as it stands in the text, white space made one space; ``place``: its number in the text, from 0.

    ``role``: "plain", or "empty" (greetings, closings, links alone), "heading", "item" (of a list) or "row" (of a
    table). ``first``: it begins a paragraph. ``speaker``: who says it, where a line begins with a name and a colon.

    Of a mail: ``age`` is 0 for what its writer wrote, 1 for the newest mail quoted below, and so on; ``attached`` is
    the name of the file that it stands in, "" for the mail itself.
    """

    text: str
    place: int
    language: Language
    role: str = "plain"
    first: bool = False
    speaker: str = ""
    age: int = 0
    attached: str = ""


def units_of(text: str) -> list[Unit]:
    """Return the sentences of a text in their order, quoted earlier messages and signatures left out."""
    text = normalise(_CONTROLS.sub(" ", text[:LONGEST_TEXT])).replace("\r\n", "\n").replace("\r", "\n")
    whole = language_of(text[:20_000])
    found: list[Unit] = []
    for paragraph in _paragraphs(text):
        found += _units(paragraph, len(found), whole)
    return _signed(found)


def _signed(units: list[Unit]) -> list[Unit]:
    """Mark the names at the end, which are those of the writer."""
    end = len(units)
    while end > 1 and end > len(units) - 3 and _NAME_ALONE.match(units[end - 1].text):
        end -= 1
        units[end] = replace(units[end], role="empty")
    return units


def _paragraphs(text: str) -> Iterator[list[str]]:
    """Yield the lines of each paragraph, those that were broken put together again."""
    lines: list[str] = []
    signed = False
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if _FORWARDED.match(line):
            signed, line = False, ""
        signed = signed or bool(_SIGNATURE.match(line))
        unread = _QUOTED.match(raw) or _ENCODED.fullmatch(line)
        if not line or signed or unread or (_RULE.match(line) and not any(map(str.isalnum, line))):
            if lines:
                yield _joined(lines)
            lines = []
            continue
        lines.append(line)
    if lines:
        yield _joined(lines)


def _joined(lines: Sequence[str]) -> list[str]:
    found: list[str] = []
    for line in lines:
        if found and _goes_on(found[-1], line):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return found


def _goes_on(before: str, line: str) -> bool:
    """Whether a line is the rest of the one before it: that one is long, and ends no sentence."""
    if len(before) < BROKEN_AT or _END.search(before[-_NEAR_END:]) or "|" in line or "\t" in line:
        return False
    return not (_ITEM.match(line) or _HEADING.match(line) or _FIELD.match(line))


def _units(lines: Sequence[str], place: int, whole: Language) -> list[Unit]:
    found: list[Unit] = []
    for at, line in enumerate(lines):
        spoken = _SPOKEN.match(line)
        speaker = spoken["who"].strip() if spoken else ""
        role = _role_of_line(line, alone=len(lines) == 1)
        for index, sentence in enumerate(_sentences(line, whole)):
            kind = "empty" if role == "plain" and _is_empty(sentence) else role
            number = place + len(found)
            found.append(Unit(sentence, number, whole, kind, at == 0 and index == 0, speaker))
    return found


def _sentences(line: str, whole: Language) -> list[str]:
    """Return the sentences of a line; list marks stay with theirs."""
    mark = _ITEM.match(line)
    bare = line[mark.end() :] if mark else line
    if _UNSPACED.search(bare):
        found = [part for part in _UNSPACED.split(bare) if part]
        return [line[: mark.end()] + found[0], *found[1:]] if mark else found
    if len(bare) < LONGEST_UNIT and not re.search(r"[.!?。…]\s|[다요]\s+\S", bare):
        return [line]
    parts: list[str] = []
    split = stretches(bare) if _ENDLESS.search(bare) else sentences(bare, language_of(bare, whole))
    for part in split or [bare]:
        if parts and _SHORTENED.search(parts[-1]):
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    if mark:
        parts[0] = line[: mark.end()] + parts[0]
    return [part[at : at + LONGEST_UNIT] for part in parts for at in range(0, len(part), LONGEST_UNIT)]


def _role_of_line(line: str, *, alone: bool) -> str:
    if _LINK_ALONE.match(line):
        return "empty"
    if line.count("|") >= 2 or line.count(" · ") >= 4:
        return "row"
    if _HEADING.match(line):
        return "heading"
    if _ITEM.match(line):
        return "item"
    if alone and len(line) < BROKEN_AT and not _END.search(line) and not any(map(str.isdigit, line)):
        return "heading"
    return "plain"


def _is_empty(sentence: str) -> bool:
    return bool(GREETING.match(sentence) or CLOSING.match(sentence))
