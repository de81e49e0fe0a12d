"""Is each sentence of an answer backed by the passages it cites?

No model: numbers, dates, names, links and negations are compared with the best aligned source sentences, and what
passes must share enough words with them. This sees what was invented or changed, not every wrong conclusion: word
overlap tells made-up text apart well and entailment badly, so it is no proof of truth.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.aligning import ALIGNED, aligned, overlap, rarity, shared
from bot.messages import Checks
from bot.quantity import Quantity
from bot.support import LINK, Clause, Sentence, split, squeezed, take_apart, taken_apart
from knowledge.language import Language, language_of

SUPPORTED = 0.30
"""Least overlap (0..1) of a sentence that is said to be supported."""

NEAR = 0.7
"""A negation counts against a source sentence when this share of the words is common to both."""

EVIDENCE = 0.15
"""A number, name or link found where it should be counts as so much overlap."""

_CITATION = re.compile(r"\[(\d+)\]")
_COURTESY = re.compile(
    r"(?:네|예|아니요|아닙니다|안녕하세요|감사합니다|고맙습니다|죄송합니다(?:만)?|물론입니다|물론이죠|네,? "
    r"(?:맞습니다|가능합니다|알려 ?드릴게요|안내해 ?드리겠습니다))[.!]?$|"
    r".{0,40}(?:도움이? ?되(?:셨|었)으?면|도움이? ?되(?:셨|었)(?:길|기를) ?(?:바랍니다|바라요|바래요)|더 ?궁금(?:하신|"
    r"한) ?(?:점|것|사항)|추가(?:로)? ?(?:궁금|문의|질문)|"
    r"언제든(?:지)? ?(?:말씀|문의|물어|질문|연락)|좋은 하루|문의해 ?주(?:셔서|시면) ?(?:감사|안내)|다음과 같습니다|"
    r"다음과 같이|아래와 같습니다|아래와 같이|안내해? ?드리(?:겠습니다|ㄹ게요|며))"
    r".{0,40}$|(?:yes|no|sure|of course|certainly|hello|hi|thank you|thanks|you're welcome|absolutely|i'm sorry|sorry|"
    r"here(?:'s| is) (?:how|what|the answer)|"
    r"great question)[.,!:]?$|.{0,40}(?:hope (?:this|that) helps|let me know if|feel free to|(?:any|have) (?:other|"
    r"more|further) questions|happy to help|"
    r"anything else|as follows|here(?:'s| is| are) (?:how|what|the (?:steps|details|answer)))\b.{0,60}$",
    re.IGNORECASE | re.DOTALL,
)
_REFUSAL = re.compile(
    r"(?:자료|문서|내용|정보|안내|답변|FAQ)\S*\s*(?:에서|에는|에|만으로는|으로는|중에)?\s*.{0,30}(?:찾지 못했|찾을 수 "
    r"없|확인할 수 없|확인되지 않|나와 ?있지 않|없습니다|없어요|포함되어 있지 않|알 수 없|부족)|"
    r"(?:잘|정확히)?\s*(?:모르겠|모릅니다|알지 못합니다)|답(?:변)?(?:을)? ?(?:드릴|할) 수 없|"
    r"(?:don't|do not|doesn't|does not|didn't|could not|couldn't|cannot|can't)\s+(?:know|find|have (?:any |enough |"
    r"that |this )?(?:information|details)|"
    r"mention|say|contain|cover|answer|include (?:any )?information)|no information|not (?:mentioned|covered|stated|"
    r"specified|in the documents)",
    re.IGNORECASE,
)


_GOES_ON = re.compile(
    r"(?:다만|하지만|그러나|지만|으나|는데)[,\s]+\S+\s\S+|\b(?:but|however|though|yet)\b\W+\w+\W+\w+|[.!?]\s+\S"
)
"""After an "I don't know" something else is said, which is not excused by it."""


class Reason(NamedTuple):
    """Why a sentence failed: ``citation number date time phone weekday name link negation unsupported``, and what."""

    kind: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.detail}"


class PassageLike(Protocol):
    """What is read of a passage."""

    @property
    def title(self) -> str:
        """Its heading, or nothing."""
        ...

    @property
    def question(self) -> str:
        """The question it answers, or nothing."""
        ...

    @property
    def answer(self) -> str:
        """What it says."""
        ...


@dataclass(frozen=True, slots=True)
class SentenceCheck:
    """One sentence of the answer; ``score`` is its overlap with the sources, None where nothing is to be backed.

    ``measured`` is False where the wording cannot be compared, the sources being in another language.
    """

    text: str
    ok: bool
    reasons: tuple[Reason, ...] = ()
    score: float | None = None
    measured: bool = True

    @property
    def claims(self) -> bool:
        """Whether the sentence states anything that needs a source."""
        return self.score is not None or bool(self.reasons)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``checks``: all sentences that state something are backed, some are (or could not be measured), or none."""

    checks: Checks
    sentences: tuple[SentenceCheck, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing failed."""
        return all(sentence.ok for sentence in self.sentences)


def check(
    text: str, passages: Sequence[str | PassageLike], language: Language | None = None, *, question: str = ""
) -> Verdict:
    """Check every sentence of an answer against the numbered passages it was written from; about 5 ms.

    Analysing five new passages of 700 characters takes about 35 ms once; they are remembered.

    ``[n]`` cites ``passages[n - 1]``; a sentence without a citation is held against all of them. ``question`` may
    lend names to the answer, never numbers.
    """
    sentences = split(text, language or language_of(text))
    checks = tuple(check_sentence(sentence, passages, question=question) for sentence in sentences)
    stated = [one for one in checks if one.claims]
    whole: Checks = "supported" if all(one.ok and one.measured for one in stated) else "partly"
    whole = whole if any(one.ok for one in stated) else "none"
    return Verdict(whole, checks)


def check_sentence(sentence: str, passages: Sequence[str | PassageLike], *, question: str = "") -> SentenceCheck:
    """Check one sentence."""
    texts = [text_of(passage) for passage in passages]
    cited = [int(number) for number in _CITATION.findall(sentence)]
    unknown = tuple(Reason("citation", f"[{n}]") for n in dict.fromkeys(cited) if not 1 <= n <= len(texts))
    chosen = [texts[n - 1] for n in dict.fromkeys(cited) if 1 <= n <= len(texts)] or texts
    links = tuple(_links(sentence, chosen))
    bare = LINK.sub(" ", _CITATION.sub(" ", sentence)).strip()
    claim = take_apart(bare)
    if _needs_no_source(bare, claim):
        return SentenceCheck(sentence, not (unknown or links), unknown + links)
    sources = [part for text in chosen for part in taken_apart(text)]
    held = aligned(claim, sources)
    reasons = [
        *unknown,
        *links,
        *_numbers(claim, held, sources),
        *_names(claim, chosen, question),
        *_negations(claim, held),
    ]
    score = overlap(claim, sources)
    if score is not None and (any(not q.counted for q in claim.quantities) or LINK.search(sentence)):
        score = min(1.0, score + EVIDENCE)
    if score is not None and score < SUPPORTED and not reasons:
        reasons.append(Reason("unsupported", f"{score:.2f}"))
    measured = score is not None or not claim.words
    return SentenceCheck(
        sentence, not reasons, tuple(reasons), round(float(not claim.words) if score is None else score, 3), measured
    )


def text_of(passage: str | PassageLike) -> str:
    """Return all that a passage says: title, question and answer, a line each."""
    if isinstance(passage, str):
        return passage
    return "\n".join(part for part in (passage.title, passage.question, passage.answer) if part)


def unknown_links(text: str, passages: Sequence[str | PassageLike]) -> tuple[str, ...]:
    """Return the links and addresses of ``text`` that stand in none of the passages, as they are written there."""
    return tuple(reason.detail for reason in _links(text, [text_of(passage) for passage in passages]))


def _needs_no_source(bare: str, claim: Sentence) -> bool:
    if not claim.words and not claim.quantities:
        return True
    if any(not q.counted for q in claim.quantities):
        return False
    if refusal := _REFUSAL.search(bare):
        return not _GOES_ON.search(bare, refusal.start())
    return bool(_COURTESY.match(bare)) or bare.endswith((":", "："))


def _links(sentence: str, texts: Sequence[str]) -> Iterable[Reason]:
    whole = "\n".join(texts).lower()
    for found in LINK.findall(sentence):
        link = found.rstrip(".,;:!?)").lower()
        bare = re.sub(r"^https?://|/$", "", link)
        if not re.search(rf"(?<![\w.@-]){re.escape(bare)}(?![\w@-]|\.\w|/\w)", whole, re.ASCII):
            yield Reason("link", found.rstrip(".,;:!?)"))


# --- the hard checks ------------------------------------------------------------------------------------------


def _numbers(claim: Sentence, held: Sequence[Sentence], sources: Sequence[Sentence]) -> Iterable[Reason]:
    known = [q for source in held for q in source.quantities]
    anywhere = [q for source in sources for q in source.quantities]
    for clause in claim.clauses:
        for quantity in clause.quantities:
            if quantity.counted:
                continue
            if not any(quantity.same(other) for other in known):
                if quantity.sort == "phone" and any(quantity.same(other) for other in anywhere):
                    continue
                yield Reason(quantity.sort, quantity.text.strip())
            elif _crossed(quantity, clause, held):
                yield Reason(quantity.sort, f"{quantity.text.strip()} (of something else)")


def _crossed(quantity: Quantity, clause: Clause, held: Sequence[Sentence]) -> bool:
    """Whether the source gives another such number to all that the clause says of this one, and to more of it.

    Later clauses of an enumeration leave out what the first one says ("..., 2 days for a child's wedding"), so it is
    looked at with those words as well.
    """
    known = {word for source in held for part in source.clauses for word in part.words}
    said = clause.without(quantity)
    said -= {part for part in said for whole in said if part != whole and part in whole and whole in known}
    return any(_fits_another(quantity, said, held, inherited) for inherited in (False, True))


def _fits_another(quantity: Quantity, said: frozenset[str], held: Sequence[Sentence], inherited: bool) -> bool:
    own: list[frozenset[str]] = []
    rivals: list[frozenset[str]] = []
    for source in held:
        head = frozenset(source.clauses[0].words) if inherited and source.clauses else frozenset()
        for part in source.clauses:
            match = next((q for q in part.quantities if quantity.same(q)), None)
            other = next((q for q in part.quantities if quantity.rivals(q)), None)
            if match is not None:
                own.append(said & (part.without(match) | head))
            elif other is not None:
                rivals.append(said & (part.without(other) | head))
    return bool(own) and any(all(fit < rival for fit in own) for rival in rivals)


def _names(claim: Sentence, texts: Sequence[str], question: str) -> Iterable[Reason]:
    """Yield names the sources do not have; a translated sentence is held to foreign words in a Korean one only."""
    known = squeezed("\n".join([*texts, question]))
    same = language_of("\n".join(texts)) == claim.language
    for name in claim.names:
        if name not in known and not _inflected(name, known) and (same or (claim.language == "ko" and name.isascii())):
            yield Reason("name", name)


def _inflected(name: str, known: str) -> bool:
    return name.isascii() and name.endswith("s") and len(name) > 3 and name[:-1] in known


def _negations(claim: Sentence, sources: Sequence[Sentence]) -> Iterable[Reason]:
    """Yield predicates that the claim denies and the sentence nearest to it affirms, or the other way round."""
    weights = rarity(sources)
    ranked = sorted(sources, key=lambda source: -shared(claim.words, source, weights))[: ALIGNED + 1]
    for name, sides in claim.polarity.items():
        against = [s for s in ranked if s.polarity.get(name, sides).isdisjoint(sides) and not _deny_alike(claim, s)]
        along = [set(claim.words) & set(s.words) for s in ranked if sides & s.polarity.get(name, frozenset())]
        nearest = max(against, key=lambda source: _nearness(claim, source, weights), default=None)
        if nearest is None or len(sides) > 1 or _nearness(claim, nearest, weights) < NEAR:
            continue
        if all(common < set(claim.words) & set(nearest.words) for common in along):
            yield Reason("negation", name)


def _deny_alike(claim: Sentence, source: Sentence) -> bool:
    """Whether both deny one and the same thing: then what else they say is said with that denial in mind."""
    denied = frozenset((False,))
    return any(sides == denied == source.polarity.get(name) for name, sides in claim.polarity.items())


def _nearness(claim: Sentence, source: Sentence, weights: dict[str, float]) -> float:
    """Return how nearly two sentences speak of the same: the share of the smaller one's words that both have."""
    both = set(claim.words) & set(source.words)
    smaller = min(sum(weights.get(word, 1.0) for word in set(words)) for words in (claim.words, source.words))
    return sum(weights[word] for word in both) / smaller if smaller and len(both) > 1 else 0.0
