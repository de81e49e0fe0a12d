"""Questions made from a corpus, each asked as if its own wording were not there: how well would it be found?

Nobody labels a customer's documents, but they hold questions of their own. An alias is asked with the alias taken
away, an FAQ's question with the question taken away (its answer and aliases stay), a title with the title taken away,
the key sentence of other prose with a third of its words dropped. Nothing is indexed anew for it: the keyword score
that the passage would have without the heading is computed from its remaining terms.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from knowledge.closeness import Look
from knowledge.language import language_of
from knowledge.passages import Passage
from knowledge.questions import frame_weight
from knowledge.tokens import analyze, lines, normalise

Kind = Literal["alias", "question", "title", "sentence"]

K1 = 1.2
B = 0.75
"""Of BM25, as the keyword index has them."""

SPOKEN: Final[Sequence[Kind]] = ("sentence", "question", "alias", "title")

SHORTEST: Final = 4
"""Characters of a heading that can be asked."""

LONGEST: Final = 200
"""Characters of a sentence that is asked; a longer one is no question."""

KEPT_SHARE = 2 / 3
"""Of the words of a key sentence; people do not ask in the words of the text."""


@dataclass(frozen=True, slots=True)
class Probe:
    """A question that ``passage`` answers; ``reduced`` is the passage without the wording that is asked."""

    passage: Passage
    text: str
    kind: Kind
    reduced: Passage


@dataclass(frozen=True, slots=True)
class Reduced:
    """How the keyword index would hold a passage without the wording that is asked."""

    words: Mapping[str, int]
    bigrams: Mapping[str, int]
    look: Look


def probe_of(passage: Passage, shared: Collection[str] = ()) -> Probe | None:
    """Return the question to ask for a passage, None where it has nothing that can be asked in its own language.

    ``shared``: headings that several passages have; they ask for none of them.
    """
    for kind, text, reduced in _choices(passage, shared):
        if _can_be_asked(text.strip(), passage):
            return Probe(passage, text.strip(), kind, reduced)
    return None


def spoken_by(passage: Passage, shared: Collection[str] = ()) -> str:
    """Return what a passage says, as a question: its key sentence, thinned, else its question, an alias, its title.

    Empty where there is nothing of the kind in its own language; ``shared`` as for ``probe_of``.
    """
    choices = {kind: text.strip() for kind, text, _ in _choices(passage, shared)}
    texts = (choices.get(kind, "") for kind in SPOKEN)
    return next((text for text in texts if _can_be_asked(text, passage)), "")


def probes_of(passages: Sequence[Passage], shared: Collection[str] = ()) -> list[Probe]:
    """Return the probes of those passages that have one; ``shared`` as for ``probe_of``."""
    return [probe for passage in passages if (probe := probe_of(passage, shared)) is not None]


def shared_headings(passages: Iterable[Passage]) -> set[str]:
    """Return the questions and titles that more than one passage has."""
    counts = Counter(heading for passage in passages for heading in {passage.question, passage.title} if heading)
    return {heading for heading, count in counts.items() if count > 1}


def rescored(terms: Mapping[str, int], weights: Mapping[str, float], mean: float) -> float:
    """Return the BM25 score of a passage that holds ``terms``; ``weights`` and ``mean`` are those of the field."""
    length = sum(terms.values())
    norm = K1 * (1 - B + B * length / mean) if mean > 0 else K1
    return sum(
        weight * (K1 + 1) * terms[term] / (terms[term] + norm) for term, weight in weights.items() if terms.get(term)
    )


def _can_be_asked(text: str, passage: Passage) -> bool:
    return SHORTEST <= len(text) <= LONGEST and language_of(text, passage.language) == passage.language


def _choices(passage: Passage, shared: Collection[str]) -> Iterator[tuple[Kind, str, Passage]]:
    if passage.aliases:
        chosen = passage.aliases[_draw(passage) % len(passage.aliases)]
        left = tuple(alias for alias in passage.aliases if alias != chosen)
        yield "alias", chosen, replace(passage, aliases=left)
    if passage.question and passage.question not in shared:
        yield "question", passage.question, replace(passage, question="")
    if passage.title and passage.title not in shared:
        yield "title", passage.title, replace(passage, title="")
    sentence = _key_sentence(passage)
    if sentence:
        yield "sentence", _thinned(sentence), passage


def _draw(passage: Passage) -> int:
    """Return a number that is the same each time and spread evenly."""
    return int.from_bytes(hashlib.sha256(f"{passage.id} {passage.question}".encode()).digest()[:4])


def _key_sentence(passage: Passage) -> str:
    """Return the sentence of a text that shares most of its words with the others: what the text is about."""
    found = [line for line in lines(normalise(passage.text)[:4_000]) if SHORTEST < len(line) <= LONGEST][:20]
    terms = [frozenset(each.words) for each in analyze(found)]
    counts = Counter(term for some in terms for term in some)
    worth = [sum(math.log1p(counts[term]) for term in some) / math.sqrt(1 + len(some)) for some in terms]
    return found[worth.index(max(worth))] if found else ""


def _thinned(sentence: str) -> str:
    """Drop every third word that says something."""
    words = sentence.split()
    if len(words) < 4:
        return sentence
    return " ".join(word for place, word in enumerate(words) if place % 3 != 2 or frame_weight(word) < 1)
