"""Denials by count: two sentences of nearly the same words, of which one denies once more than the other.

``polarity.py`` knows which predicate is denied, and says nothing where it does not understand the grammar. Here the
grammar does not matter: the words are the same, the denials are not. What turns a sentence round without a denial
(before and after, unless, only) is left alone where the two differ in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.polarity import EN_NEGATORS, EN_OPPOSITES, KO_OPPOSITES
from knowledge.tokens import Morpheme, stem

Denials = tuple[frozenset[str], ...]
"""For each denial of a sentence the content words beside it: what is denied is among them."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W_]+)?")
_TURNING = re.compile(
    r"(?:이전|이후|외에|제외|미만|초과|아니라)|(?<![가-힣])(?:전|후|뒤|외)(?=[에까이는은\s])|[가-힣](?:만|뿐)(?=[\s이은의.])|"
    r"\b(?:before|after|until|till|unless|except|only|without|instead|rather|but|otherwise|yet|already|still|free|no)\b",
    re.IGNORECASE,
)


def turning(text: str) -> frozenset[str]:
    """Return the words of a text that turn its sense round without denying."""
    return frozenset(m[0].lower() for m in _TURNING.finditer(text))


def korean_denials(parts: Sequence[Morpheme], placed: Sequence[tuple[int, str]]) -> Denials:
    """Return the denials of a Korean sentence; ``placed``: its content words and where they begin."""
    return tuple(_beside(m.start, placed, after=m.tag == "MAG") for m in parts if _denies(m))


def _denies(m: Morpheme) -> bool:
    form = m.form.replace(" ", "")
    if m.tag == "MAG":
        return form in ("안", "못")
    if m.tag in ("VX", "VV", "VA"):
        return form in ("않", "못하", "아니하", "없", "어렵") or (m.tag == "VX" and form == "말")
    return m.tag == "VCN" or form in KO_OPPOSITES or (m.tag == "XPN" and form in ("불", "미", "비"))


def english_denials(text: str, placed: Sequence[tuple[int, str]]) -> Denials:
    """Return the denials of an English sentence."""
    return tuple(_beside(at, placed, both=True) for at in _english_places(text))


def _english_places(text: str) -> Iterator[int]:
    for m in _WORD.finditer(text):
        word = m[0].lower()
        if EN_NEGATORS.search(word) or word in EN_OPPOSITES or stem(word) in EN_OPPOSITES:
            yield m.start()


def _beside(at: int, placed: Sequence[tuple[int, str]], *, after: bool = False, both: bool = False) -> frozenset[str]:
    earlier = [word for place, word in placed if place < at][-1:]
    later = [word for place, word in placed if place > at][:1]
    return frozenset([*earlier, *later] if both else later if after else earlier)


def turned_over(
    mine: Denials, theirs: Denials, words: Iterable[str], others: Iterable[str], texts: tuple[str, str]
) -> bool:
    """Whether one of two sentences denies what the other one says; ``words`` and ``others`` are their content words."""
    if (len(mine) - len(theirs)) % 2 == 0 or turning(texts[0]) != turning(texts[1]):
        return False
    more, fewer, known = (mine, theirs, set(others)) if len(mine) > len(theirs) else (theirs, mine, set(words))
    left = list(more)
    for denial in fewer:
        match = next((each for each in left if each & denial), None)
        if match is not None:
            left.remove(match)
    return any(denial and denial <= known for denial in left)
