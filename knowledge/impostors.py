"""How well a corpus fakes an answer: its passages are left out in turn, and what they say is asked nevertheless.

Of a sample of passages the key sentence is asked, thinned, or the question or title where there is no sentence
(``knowledge/probing.py``), as if the passage were not there. Nothing that is found then answers it: such questions play
the impostors of speaker verification, whose scores set the line of each speaker (Reynolds, 1997; Auckenthaler, Carey
and Lloyd-Thomas, 2000). A corpus that finds something that looks like an answer to them scores them higher, and
deserves a higher line (``knowledge/calibration.py``).

A passage leaves with its kin. In an FAQ of programmes, the other questions on a programme answer for the one that is
gone, as they do not for a programme that was never there: with them left in, these scores predict little. Kin is who
scores ``KIN`` times what the tenth does when the passage itself is the question; any factor from 1.1 to 2 will do.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from knowledge import calibration
from knowledge.calibration import Calibration
from knowledge.confidence import RANK, Signals
from knowledge.keywords import KeywordIndex
from knowledge.passages import Passage, Progress
from knowledge.probing import shared_headings, spoken_by
from knowledge.questions import Question, frame_weight, understand
from knowledge.ranking import Hits
from knowledge.tokens import Terms, analyze, normalise

SAMPLE: Final = 50
"""Passages left out, evenly spaced; each costs two searches, 3 to 10 ms, which is more than indexing it. With a hundred
the line of the corpora that were looked at moves by .03 at most."""

KIN: Final = 1.5

LOOKED_AT: Final = 40
"""Passages found by a field: the ten that count, and kin before them."""

LONGEST: Final = 1_000
"""Characters of a passage that are asked for its kin."""


def impostors(index: KeywordIndex, passages: Sequence[Passage], progress: Progress | None = None) -> list[Signals]:
    """Return the signals of searches for what ``passages`` say, each left out with its kin.

    Of more than ``SAMPLE`` passages that many are asked for; those that have nothing to ask are passed over.
    """
    taken = min(len(passages), SAMPLE)
    chosen = [passages[place * len(passages) // taken] for place in range(taken)]
    shared = shared_headings(chosen)
    found = []
    for done, (passage, terms) in enumerate(zip(chosen, analyze(map(_whole, chosen)), strict=True), 1):
        if text := spoken_by(passage, shared):
            found.append(_without(index, passage, text, terms))
        if progress:
            progress(done, taken)
    return found


def calibrated(index: KeywordIndex, passages: Sequence[Passage], progress: Progress | None = None) -> Calibration:
    """Return what the corpus does to the confidence; ``passages`` are all of it or an even sample."""
    known = index.lengths()
    sampled = [passages[position] for position in calibration.sample(len(passages))]
    lengths = [(passage.language, known[passage.id]) for passage in sampled if passage.id in known]
    found = impostors(index, [p for p in sampled if p.language == "ko"], progress)
    share = max(1.0, len(known) / max(1, len(passages)))  # of a large corpus a sample is handed in
    counts = {language: round(n * share) for language, n in Counter(p.language for p in passages).items()}
    return calibration.measure_corpus(lengths, counts, {"ko": found})


def _whole(passage: Passage) -> str:
    return normalise(" ".join([passage.title, passage.question, *passage.aliases, passage.text]))[:LONGEST]


def _without(index: KeywordIndex, passage: Passage, text: str, terms: Terms) -> Signals:
    asked = understand(text)
    fields = index.search(asked, LOOKED_AT)
    words, bigrams = fields.words.scores, fields.bigrams.scores
    hits = Hits(fields, words, bigrams, {}, {}, {*words, *bigrams})
    return hits.without({passage.id, *_kin(index, passage, terms)}).signals(asked, cosines=False)


def _kin(index: KeywordIndex, passage: Passage, terms: Terms) -> list[int]:
    """Return the passages much more like this one than the tenth of them; none where there are fewer.

    They are looked for by the terms that the index holds of the passage.
    """
    weights = dict.fromkeys(terms.pairs, 1.0) | {term: frame_weight(term) for term in terms.words}
    asked = Question("", passage.language, weights, {})
    scores = index.search(asked, LOOKED_AT, bigrams=False).words.scores
    others = [(each, score) for each, score in scores.items() if each != passage.id]
    if len(others) < RANK:
        return []
    tenth = others[RANK - 1][1]
    return [each for each, score in others if score > KIN * tenth]
