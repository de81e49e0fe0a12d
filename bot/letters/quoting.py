"""The lines of a mail with the depth that they are quoted to, and the lines that say who wrote what is quoted."""

import re
from dataclasses import dataclass

from bot.letter import Address
from bot.letters.block_words import BEGINNINGS, CONNECTING, WEAK, WROTE
from bot.letters.dates import has_date
from bot.letters.people import person

DEEPEST = 30
MOST_LINES = 6
"""Lines that the line above a quote may be broken into."""

LONGEST = 500

_QUOTES = re.compile(r"(?:[ \t]{0,3}>(?!>*\s*(?:wrote|schrieb)))*")
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_VERB = re.compile(
    r"(?:(?<![^\W\d_])|(?=[님이さの]))(?:" + "|".join(sorted(map(re.escape, WROTE), key=len)[::-1]) + r")(?![^\W\d_])",
    re.IGNORECASE,
)
_AFTER_VERB = re.compile(r"^[^!?\n]{0,120}[::]\s*$")
_BROKEN = re.compile(r"(?:\n\s*){1,3}<\s*\n\s*mailto:[^<>\n]{0,80}<([^<>\s]{1,200})>\s*\n>")
_LOST_BRACKET = re.compile(r"<([^<>\s]{1,200}@[^<>\s]{1,200})\n>(?=\s*\w{0,10}:)")
_NAMES_OR_NUMBERS = re.compile(r"[@\d]")
_SENTENCE_END = re.compile(r"(?:[^\W\d_]{5}|[가-힣])[.!?~]+$|[다요죠까]$")
_AROUND = " ,;:.、，\"'„“”«»‘’"
_ZOHO = re.compile(r"^-{2,}\s.{5,300}\s-{2,}$")
_GMT = re.compile(r"^(?:19|20)\d\d-\d\d-\d\d \d\d?:\d\d GMT[+-]\d\d?(?::\d\d)? \S.{0,120}$")
_STARTS_WITH_DATE = re.compile(r"^(?:[^\W\d_]{1,14}[.,]{0,2}\s+(?:den\s+)?)?\(?(?:\d|[^\W\d_]{3,10}\.? \d{1,2},)")
_STARTS_WITH_PERSON = re.compile(r"^[^\s:;!?][^:;!?]{0,80}<?[\w.+-]{1,64}@")
_PERSON = re.compile(
    r"(\"[^\"]{1,80}\"|[^\s,<>\"()][^,<>\"()]{0,80})?\s*[<(]\s*(?:mailto:)?\s*([\w.+%'-]{1,64}@[\w.-]{1,200})\s*[^>)]{0,200}[>)]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line: how deep it is quoted, and its text without the marks of that."""

    depth: int
    text: str

    @property
    def shown(self) -> str:
        """The text without what is not seen."""
        return _UNSEEN.sub("", self.text).replace("\xa0", " ").replace("\u3000", " ").strip()

    @property
    def bare(self) -> str:
        """The text without bold marks too, to be compared."""
        return self.shown.replace("*", "").strip()

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it."""
        return not self.bare


@dataclass(frozen=True, slots=True)
class Attribution:
    """A line above a quote, with the lines that it is broken into: ``begin`` is the first, ``end`` the one after."""

    begin: int
    end: int
    said: str


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _LOST_BRACKET.sub(r"<\1>", _BROKEN.sub(r" <\1>", text))
    found = []
    for line in text.split("\n"):
        marks = _QUOTES.match(_UNSEEN.sub("", line[:200]))
        depth = min(DEEPEST, marks[0].count(">")) if marks else 0
        rest = _UNSEEN.sub("", line[:200])[marks.end() :] + line[200:] if marks and depth else line
        found.append(Line(depth, rest[1:] if depth and rest.startswith(" ") else rest))
    return found


def attribution_ending(lines: list[Line], at: int) -> Attribution | None:
    """Return the line above a quote whose last piece is the line here ("... wrote:")."""
    last = lines[at].bare
    if (
        len(last) > LONGEST
        or not last
        or not (last.endswith((":", ":", "--")) or _ends_korean(last) or _GMT.match(last))
    ):
        return None
    said, fallback = "", None
    for begin in range(at, max(-1, at - MOST_LINES), -1):
        line = lines[begin]
        if line.empty or line.depth != lines[at].depth or len(said) > LONGEST:
            break
        if begin < at and _SENTENCE_END.search(line.bare):
            break
        said = f"{line.bare} {said}".strip()
        if _NAMES_OR_NUMBERS.search(said) and _says_who(said):
            if _starts(said):
                return Attribution(begin, at + 1, said)
            if fallback is None and _STARTS_WITH_PERSON.match(said):
                fallback = Attribution(begin, at + 1, said)
    return fallback or _above_quote(lines, at)


def _above_quote(lines: list[Line], at: int) -> Attribution | None:
    """Return a line that only says who wrote ("김민수 쓴 글:"), where a quote comes right below it."""
    said = lines[at].bare
    verb = _last_verb(said) if len(said) <= 120 else None
    if verb is None or verb[0].casefold() in WEAK or not re.fullmatch(r"\s*[::]", said[verb.end() :]):
        return None
    below = next((line for line in lines[at + 1 : at + 3] if not line.empty), None)
    return Attribution(at, at + 1, said) if below is not None and below.depth > lines[at].depth else None


def _ends_korean(last: str) -> bool:
    return last.endswith(("작성", "쓴 글", "작성했습니다", "작성하였습니다")) and "@" in last


def _starts(said: str) -> bool:
    small = said.casefold()
    return (
        small.startswith(BEGINNINGS)
        or (_STARTS_WITH_DATE.match(said) is not None and has_date(said[:100]))
        or bool(_ZOHO.match(said))
    )


def _says_who(said: str) -> bool:
    """Tell whether a line says who wrote, when; one of both is enough where it has a verb that only such lines have."""
    if _ZOHO.match(said):
        return has_date(said) and _VERB.search(said) is not None
    if _GMT.match(said):
        return True
    address = "@" in said
    verb = _last_verb(said)
    if verb and (_AFTER_VERB.match(said[verb.end() :]) or _ends_korean(said)):
        return address or (verb[0].casefold() not in WEAK and (has_date(said) or _weekday_of(said)))
    return address and has_date(said) and said.endswith((">:", "):", ">:", "> :")) and _starts(said)


def _last_verb(said: str) -> re.Match[str] | None:
    return next(reversed(list(_VERB.finditer(said))), None)


def _weekday_of(said: str) -> bool:
    """Tell whether it is as "On Wed, Dec 9, Mister Example wrote": a date without its year."""
    return re.match(r"^on \w{3,9},? [^\W\d_]{3,9} \d{1,2}\b", said, re.IGNORECASE) is not None


def writer_of(said: str) -> Address:
    """Return who wrote, by the line above a quote."""
    found = next(reversed(list(_PERSON.finditer(said))), None)
    if found:
        return person(f"{_name_in(found[1] or '')} <{found[2]}>")
    if "@" in said:
        return Address(address=person(said).address)
    verb = _VERB.search(said)
    before, after = (said[: verb.start()], said[verb.end() :]) if verb else (said, "")
    return Address(name=_name_in(before) or _name_in(after))


def _name_in(said: str) -> str:
    """Return the name at the end of what stands before an address or a verb: a date may come first."""
    name = re.split(r"\d[.:시]\d{2}(?:\s?[분:]\d{0,2}초?)?|\d{4}[.,]?|[+-]\d{4}", said)[-1]
    verb = _last_verb(name)
    words = (name[verb.end() :] if verb else name).strip(_AROUND).split()
    while words and words[0].casefold().strip(_AROUND) in CONNECTING:
        words.pop(0)
    name = " ".join(words).strip(_AROUND)
    return re.sub(r"(?:님이|님|이\(가\))$", "", name).strip(_AROUND) if re.search(r"[^\W\d_]", name) else ""
