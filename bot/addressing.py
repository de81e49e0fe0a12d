"""Does a message look like a question or a problem? For places where nobody names the bot, and people talk as well.

Korean needs no "?" for it ("환불이 안 돼요", "이거 언제 오나요"), so that its morphemes and endings are read as well as
its words (``bot/addressing_korean.py``, ``bot/addressing_english.py``). This never refuses anybody who speaks to the
bot: it only keeps it from butting in.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from bot import addressing_english as en
from bot import addressing_korean as ko
from bot import routing
from knowledge.language import language_of
from knowledge.tokens import morphemes

Intent = Literal["question", "problem", "order", "talk", "statement", "fragment"]
"""``talk``: small talk, a reaction, a joke, or words to somebody who is named. ``fragment``: words, and no sentence."""

LOOKED_AT = 400
"""Characters of the beginning and of the end of a long message that are looked at."""

SENTENCES = 5
"""Sentences that are looked at: the first two and the last ones, where people ask."""

SENTENCE = 400
"""Characters of one sentence that are looked at: of Korean the end, of English the beginning."""

TAIL = 120
"""Characters of a sentence whose morphemes are read: Korean decides at the end."""

ASKING_KINDS: Final = frozenset({"help", "human", "crisis"})
"""Kinds of small talk that want an answer also where nobody named the bot."""

WORD = 40
"""Characters that are read of what is written without any space for longer than people do."""

_QUOTED = re.compile(r"^[ \t]*(?:>|&gt;)[^\n]*$", re.MULTILINE)
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]{0,200}`", re.DOTALL)
_LINK = re.compile(r"(?:https?://|www\.)\S+|(?<!\w):[a-z0-9_+'-]{1,40}:(?!\w)")
_CRYING = re.compile(r"[ㅋㅎㅠㅜㅡ^;]{1,}|[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F]+")
_ENDLESS = re.compile(r"\S{60,}")
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
_BREAK = re.compile(r"(?<=[.!?~…。？！])[\"')\]”’]*(?=\s|[가-힣])|\n+")
_WEIGHT: Final[tuple[Intent, ...]] = ("problem", "talk", "order", "statement", "fragment")
"""What counts of a message of several sentences, none of which asks; the one that counts most first."""

_ENDED = r"/(?:EF|EC)(?: \S+/JX)?$"
_CLOSING = re.compile(r"[\s.!~…。,！\"')\]”’]+$")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a message looks like, and the rule that says so (a word for logs)."""

    intent: Intent
    rule: str

    @property
    def asks(self) -> bool:
        """Whether somebody wants an answer."""
        return self.intent in ("question", "problem")


def judged(text: str) -> Judgement:
    """Return what a message looks like, as people read it (no markup); some milliseconds at most, however long it is.

    The first call of all takes about a second: it loads the analysis of Korean.
    """
    if not may_ask(text):
        return Judgement("talk", "nothing to look up, or to somebody")
    said = _cleaned(text)
    if _is_notice(said):
        return Judgement("statement", "notice")
    found: dict[Intent, Judgement] = {}
    for each in _sentences(said):
        one = _sentence(each, said)
        if one.intent == "question":
            return one
        found.setdefault(one.intent, one)
    return next((found[each] for each in _WEIGHT if each in found), Judgement("fragment", "no words"))


def may_ask(text: str) -> bool:
    """Tell without any analysis, in under a millisecond, whether a message could be a question or a problem at all.

    It is not where it says nothing to be looked up (thanks, greetings), or speaks to a person by name.
    """
    said = _cleaned(text)
    if len(said) < 2 or not any(map(str.isalpha, said)):
        return False
    kind = routing.kind_of(said)
    return kind in ASKING_KINDS or (kind is None and not names_somebody(said))


def names_somebody(text: str) -> bool:
    """Tell whether a message speaks to a person by name ("민수님, 이거 봤어요?"); 담당자님 is no person."""
    first, last = _edges(text)
    if (found := _re(ko.NAMED).match(first)) and found["who"].split()[-1] not in ko.NOBODY:
        return True
    if (found := _re(ko.NAMED_LAST).search(last)) and found["who"] not in ko.NOBODY:
        return True
    if _re(ko.CALLED).match(first):
        return True
    return any(
        found["who"].lower() not in en.NOBODY and not found["who"].lower().endswith("ly")
        for found in (
            _re(en.NAMED).match(first),
            _re(en.NAMED_GREETED, re.IGNORECASE).match(first),
            _re(en.AT).search(first),
        )
        if found
    )


def _edges(text: str) -> tuple[str, str]:
    """Return the beginning of the first line and the end of the last."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()] or [""]
    return lines[0][:80], lines[-1][-40:]


def _cleaned(text: str) -> str:
    """Return the words of a message: no code, quotes, links, or signs of laughter; of a long one both ends."""
    if len(text) > 4 * LOOKED_AT:
        text = f"{text[: 2 * LOOKED_AT]}\n{text[-2 * LOOKED_AT :]}"
    text = unicodedata.normalize("NFC", text)
    for pattern in (_CODE, _QUOTED, _LINK):
        text = pattern.sub(" ", text)
    text = _ENDLESS.sub(lambda word: word[0][-WORD:], _UNSEEN.sub("", text)).strip()
    return text if len(text) <= 2 * LOOKED_AT else f"{text[:LOOKED_AT]}\n{text[-LOOKED_AT:]}"


def _sentences(said: str) -> list[str]:
    """Return the sentences that are looked at, the last first."""
    every = [each.strip() for each in _BREAK.split(said) if each and any(map(str.isalnum, each))]
    kept = every if len(every) <= SENTENCES else [*every[:2], *every[2 - SENTENCES :]]
    return kept[::-1]


def _is_notice(said: str) -> bool:
    return bool(_re(ko.NOTICE_HEAD).search(said) or _re(en.NOTICE_HEAD).search(said.lower()))


def _sentence(said: str, whole: str) -> Judgement:
    if (kind := routing.kind_of(said)) is not None:
        return Judgement("question" if kind in ASKING_KINDS else "talk", "small talk")
    if language_of(said) == "ko":
        return _korean(_CRYING.sub(" ", said[-SENTENCE:]).strip(), whole)
    return _english(said[:SENTENCE].lower().replace("’", "'"), whole.lower().replace("’", "'"))


# --- Korean


def _korean(said: str, whole: str) -> Judgement:
    bare = _CLOSING.sub("", said.rstrip("?？ "))
    bare = _CLOSING.sub("", bare.rstrip("?？ "))
    if not bare or _re(ko.REACTION).fullmatch(bare):
        return Judgement("talk", "reaction")
    if _re(ko.SOCIAL).search(bare):
        return Judgement("talk", "among people")
    marked = said.rstrip("~!.… ㅋㅎㅠㅜ").endswith(("?", "？"))
    if _re(ko.RHETORICAL).search(bare):
        return Judgement("talk", "rhetorical")
    if marked:
        return Judgement("question", "question mark")
    read = " ".join(f"{each.form}/{each.tag}" for each in morphemes(bare[-TAIL:]))
    rule = _asked_by(read)
    if rule is not None:
        return Judgement("question", rule)
    if _in_trouble(read, bare, whole):
        return Judgement("problem", "trouble")
    if _re(ko.COMMANDING).search(read):
        return Judgement("order", "commanding")
    return Judgement("statement" if _re(_ENDED).search(read) else "fragment", "nothing asked")


def _asked_by(read: str) -> str | None:
    """Return the rule by which a line of morphemes asks, None where it does not."""
    if _re(ko.WANTS_TO_KNOW).search(read):
        return "wants to know"
    if (told := _told(read)) is not None:
        return "to be told" if told else None
    if _re(ko.COMMANDING).search(read):
        return None
    asks = _re(rf"(?:{ko.ASKING})(?: \S+/JX)?$").search(read)
    word = _word_asks(read)
    if asks and (word or not _re(ko.DOUBTING).search(read)):
        return "ending"
    if word and not _re(ko.DOUBTING).search(read) and _re(rf"(?:{ko.OPEN})(?: \S+/(?:JX|MM))?$").search(read):
        return "word"
    for rule, pattern in (("wish", ko.WISHES), ("noun", ko.NOUN_ASKS), ("topic", ko.TOPIC)):
        if _re(pattern).search(read):
            return rule
    return None


def _told(read: str) -> bool | None:
    """Return whether it orders to be told something, False where it is a reminder, None where it is neither."""
    if _re(rf"{ko.TOLD} ?(?:{ko.ORDER})|{ko.TOLD}$|(?:알리|가르치)/VV (?:어라|라|어|어요|자)/E[FC]$").search(read):
        return not _re(ko.LATER).search(read)
    if not _re(rf"{ko.SHOWN}(?: 보/VX \S+/EC)?(?: (?:{ko.ORDER})|(?: 보/VX \S+)?$)|{ko.SHOW}").search(read):
        return None
    known = _re(ko.EMBEDDED).search(read) or _word_asks(read) or _re(ko.THING_TO_KNOW).search(read)
    return True if known else None


def _word_asks(read: str) -> bool:
    """Tell whether a word of the last clause asks."""
    found = list(_re(ko.ASKING_WORD).finditer(read))
    if not found:
        return False
    rest = read[found[-1].end() :]
    return not _re(
        r"(?:고|어서|니까|으니까|지만|면서|거나|는데|은데|ᆫ데|ᆫ지|는지|은지|ᆯ지|을지)/EC (?!있/|하/|싶/|알|모르)"
    ).search(rest)


def _in_trouble(read: str, bare: str, whole: str) -> bool:
    if _re(ko.OVER).search(whole) or _re(ko.NOTICE).search(whole) or _re(ko.ABSENT).search(bare):
        return False
    found = (each for pattern in (ko.FAILING, ko.TROUBLE) for each in _re(pattern).finditer(read))
    return any(_lasts(read[each.end() :]) for each in found)


def _lasts(rest: str) -> bool:
    """Tell from what follows trouble that it is there now: not only supposed, or denied."""
    return bool(_re(ko.LASTS).match(rest))


# --- English


def _english(said: str, whole: str) -> Judgement:
    if _re(en.RHETORICAL).search(said):
        return Judgement("talk", "rhetorical")
    if _re(en.ORDER).search(said):
        return Judgement("order", "request")
    if said.rstrip("!. )").endswith("?"):
        return Judgement("question", "question mark")
    if _re(en.ASKING).search(said) or _re(en.WANTS_TO_KNOW).search(said) or _re(en.ALONE).search(said):
        return Judgement("question", "asks")
    if _re(en.REQUEST).search(said):
        return Judgement("order", "request")
    if _re(en.FAILING).search(said) and not _re(en.OVER).search(whole) and not _re(en.ABSENT).search(said):
        return Judgement("problem", "trouble")
    return Judgement("statement" if " " in said.strip() else "fragment", "nothing asked")


@cache
def _re(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern, flags)
