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
from bot.courtesies import is_courtesy
from bot.denying import turned_over
from bot.messages import Checks
from bot.quantity import Quantity
from bot.support import LINK, Clause, Sentence, split, squeezed, take_apart, taken_apart
from knowledge.language import Language, language_of

SUPPORTED = 0.30
"""Least overlap (0..1) of a sentence that is said to be supported."""

NEAR = 0.7
"""A negation counts against a source sentence when this share of the words is common to both."""

TWIN = 0.8
"""Two sentences with this share of their words in common (Dice) say the same, or the opposite."""

EVIDENCE = 0.15
"""A number, name or link found where it should be counts as so much overlap."""

_CITATION = re.compile(r"\[(\d+)\]")


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
    if not any(reason.kind == "negation" for reason in reasons):
        reasons += _turned_over(claim, sources)
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
    return is_courtesy(bare)


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


def _turned_over(claim: Sentence, sources: Sequence[Sentence]) -> Iterable[Reason]:
    """Yield a negation where the sentence that is nearly the claim, word for word, denies once more or once less."""
    mine = set(claim.words)
    near = [s for s in sources if s.language == claim.language and _alike(mine, set(s.words)) >= TWIN]
    if not near or claim.text.rstrip().endswith("?"):
        return
    best = max(_alike(mine, set(source.words)) for source in near)
    nearest = [source for source in near if _alike(mine, set(source.words)) == best]
    if all(
        not source.text.rstrip().endswith("?")
        and turned_over(claim.denials, source.denials, claim.words, source.words, (claim.text, source.text))
        for source in nearest
    ):
        yield Reason("negation", claim.text.strip()[:60])


def _alike(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _deny_alike(claim: Sentence, source: Sentence) -> bool:
    """Whether both deny one and the same thing: then what else they say is said with that denial in mind."""
    denied = frozenset((False,))
    return any(sides == denied == source.polarity.get(name) for name, sides in claim.polarity.items())


def _nearness(claim: Sentence, source: Sentence, weights: dict[str, float]) -> float:
    """Return how nearly two sentences speak of the same: the share of the smaller one's words that both have."""
    both = set(claim.words) & set(source.words)
    smaller = min(sum(weights.get(word, 1.0) for word in set(words)) for words in (claim.words, source.words))
    return sum(weights[word] for word in both) / smaller if smaller and len(both) > 1 else 0.0
