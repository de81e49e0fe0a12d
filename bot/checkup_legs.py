"""How well each leg of the search finds what questions made from the documents ask for, by language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from bot.database.checkups import Entry
from knowledge.confidence import LINES
from knowledge.language import Language
from knowledge.passages import Progress
from knowledge.probing import Probe, probes_of, shared_headings

if TYPE_CHECKING:
    from knowledge.legs import Probed
    from knowledge.search import Knowledge

LANGUAGES: Final[tuple[Language, ...]] = ("ko", "en")
MOST = {"keywords": 300, "vectors": 80}
"""Questions asked of a language, where its entries have no vectors, and where each question costs some."""

RANDOM = 0.25
"""Vectors that find less than this share of what words find, first, are no help in a language."""

FEWEST = 8
"""Below so many questions a share says nothing."""

Vectors = Literal["used", "other language", "off"]


@dataclass(frozen=True, slots=True)
class LegReport:
    """One language: ``questions`` made and asked, by kind; the share found first by each leg, and by all together.

    ``vectors``: whether that leg took part, and why not; ``factor``: what its weights are multiplied with now.
    ``found_in_three``: shown among the first three. ``answered``: share of the questions that are answered at the
    line; ``answered_without``: the same, had the entry not been there.
    """

    language: Language
    entries: int
    questions: dict[str, int]
    shares: dict[str, float]
    vectors: Vectors
    why: str
    factor: float
    found_in_three: float
    answered: float
    answered_without: float

    @property
    def asked(self) -> int:
        """How many questions were asked."""
        return sum(self.questions.values())

    @property
    def vectors_are_random(self) -> bool:
        """Whether the vectors find next to nothing of what words find."""
        keywords = max(self.shares.get("words", 0.0), self.shares.get("bigrams", 0.0))
        return self.vectors == "used" and self.asked >= FEWEST and self.shares.get("vectors", 0.0) < RANDOM * keywords


def leg_reports(
    entries: Sequence[Entry], knowledge: "Knowledge", line: str, progress: Progress | None = None, *, weigh: bool = True
) -> list[LegReport]:
    """Ask the questions, weigh the legs by what they found, and report it."""
    from knowledge.legs import best_factor

    probed = {
        language: _probed([e for e in entries if e.language == language], knowledge, language, progress)
        for language in LANGUAGES
        if any(entry.language == language for entry in entries)
    }
    factors = {language: best_factor(found) for language, found in probed.items() if any(p.factors for p in found)}
    if weigh and any(probed.values()):
        knowledge.weigh_legs(factors)
    counts = Counter(entry.language for entry in entries)
    return [
        _report(language, counts[language], found, knowledge, factors.get(language, 1.0), LINES[line])
        for language, found in probed.items()
    ]


def _probed(
    entries: Sequence[Entry], knowledge: "Knowledge", language: Language, progress: Progress | None
) -> "list[Probed]":
    most = MOST["vectors" if knowledge.vectors_for(language)[0] else "keywords"]
    return knowledge.measure_legs(_chosen(entries, most), progress)


def _chosen(entries: Sequence[Entry], most: int) -> list[Probe]:
    """Return the probes of at most so many entries, evenly spaced; those in the words of people first."""
    passages = [entry.passage for entry in entries]
    shared = shared_headings(passages)
    spoken = [passage for passage in passages if passage.question or passage.aliases]
    chosen = spoken if len(spoken) >= min(most, len(passages)) / 2 else passages
    taken = min(most, len(chosen))
    return probes_of([chosen[place * len(chosen) // taken] for place in range(taken)], shared)


def _report(
    language: Language, entries: int, found: "Sequence[Probed]", knowledge: "Knowledge", factor: float, line: float
) -> LegReport:
    from knowledge.legs import recall

    used, why = knowledge.vectors_for(language)
    legs = ("words", "bigrams", "vectors") if any("vectors" in each.places for each in found) else ("words", "bigrams")
    count = max(1, len(found))
    return LegReport(
        language,
        entries,
        dict(Counter(each.probe.kind for each in found)),
        {leg: round(recall(found, leg), 3) for leg in (*legs, "all")},
        "used" if used else _why(why, language),
        why,
        round(factor, 2),
        round(recall(found, "all", 3), 3),
        round(sum(knowledge.confidence(each.held, language) >= line for each in found) / count, 3),
        round(sum(knowledge.confidence(each.left, language) >= line for each in found) / count, 3),
    )


def _why(state: str, language: Language) -> Vectors:
    """Say why the vectors take no part; a Korean entry has none only where the model does not read Korean."""
    unread = "language" in state or ("no passage" in state and language == "ko")
    return "other language" if unread else "off"
