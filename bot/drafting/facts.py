"""What of a draft nobody has said: numbers, dates, names, links and big words that stand neither in the order nor in
the documents, to be checked before the text goes out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from bot.support import LINK, split, squeezed, take_apart
from knowledge.language import Language

MOST = 20
"""Facts that are listed; a text with more of them is to be checked as a whole."""

BLANK: Final = re.compile(r"\[[^\[\]\n]{1,40}\]")
"""A gap that the draft leaves open."""

_CLAIMS: Final = re.compile(
    r"최고(?:의|급)?|최초(?:의|로)?|최저가?|유일(?:한|하게|의)|(?:업계|국내|세계|판매)\s?1위|1위|100\s?%|무료(?:로)?|보장(?:합니다|해|됩니다)|공식\s?인증|인증(?:받은|을 받은)|"
    r"특허|수상|한정|독점|무제한|환불\s?보장|검증된|입증된|부작용\s?없|"
    r"\b(?:best|only|first|leading|number one|no\. ?1|award[- ]winning|guaranteed?|free of charge|free|certified|patented|exclusive|"
    r"unlimited|clinically proven|proven|lowest price|risk[- ]free|money[- ]back)\b",
    re.IGNORECASE,
)
_COURTESY = frozenset(
    """dear hi hello customer customers team regards best sincerely kind warm thank thanks sir madam subject re fwd yours truly
    faithfully company name friends colleagues everyone ladies gentlemen version monday tuesday wednesday thursday friday
    saturday sunday korea korean english ps p.s faq q a""".split()
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing to check: what it is and how it stands in the text."""

    kind: Literal["number", "date", "name", "link", "claim"]
    text: str

    @property
    def detail(self) -> dict[str, Any]:
        """What the ledger keeps of it."""
        return {"text": self.text, "ok": False, "reasons": [f"to check: {self.kind}"]}


def to_check(text: str, known: Sequence[str], language: Language, *, story: bool = False) -> tuple[Fact, ...]:
    """Return what of ``text`` stands in none of the ``known`` texts, each once, in order.

    In a ``story`` people and places are invented: there only links are looked at.
    """
    whole = "\n".join(known)
    bare = BLANK.sub(" ", text)
    found = list(_links(bare, whole))
    if not story:
        sources = [take_apart(sentence) for each in known for sentence in split(each, language)]
        numbers = [quantity for source in sources for quantity in source.quantities]
        for sentence in split(LINK.sub(" ", bare), language):
            found += _of_sentence(sentence, squeezed(whole), numbers)
    return tuple(dict.fromkeys(found))[:MOST]


def _links(text: str, known: str) -> Iterable[Fact]:
    for link in LINK.findall(text):
        if link.rstrip(".,;:!?)").lower() not in known.lower():
            yield Fact("link", link.rstrip(".,;:!?)"))


def _of_sentence(sentence: str, known: str, numbers: Sequence[Any]) -> Iterable[Fact]:
    parts = take_apart(sentence)
    for quantity in parts.quantities:
        said = quantity.counted or squeezed(quantity.text) in known
        if not said and not any(quantity.same(other) for other in numbers):
            sort: Literal["number", "date"] = "number" if quantity.sort in ("number", "phone") else "date"
            yield Fact(sort, quantity.text.strip())
    for name in parts.names:
        if name not in known and name not in _COURTESY and not name.isdigit():
            yield Fact("name", _as_written(name, sentence))
    for claim in _CLAIMS.finditer(sentence):
        if squeezed(claim[0]) not in known:
            yield Fact("claim", claim[0].strip())


def _as_written(name: str, sentence: str) -> str:
    """Return a name as the sentence writes it: names are compared in lower case without spaces."""
    pattern = r"[\s\-·.'’]*".join(map(re.escape, name))
    found = re.search(pattern, sentence, re.IGNORECASE)
    return found[0] if found else name
