"""The corpora the confidence is fitted on: sets of free licence only, each in several shapes of FAQ.

welfare_qa (MIT), stackfaq and covidfaq (repository MIT), question_pair_ko and chitchat_ko (MIT), banking77 (CC BY 4.0),
clinc150 (CC BY 3.0). A set is turned into bodies without titles, one long document a topic, titles alone, one entry a
topic, small parts: what holds for all of them is more likely to hold for a customer's documents.
"""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from knowledge.language import Language

Item = TypeVar("Item")

MOST_QUESTIONS = 400
SMALL = (30, 80)


@dataclass(frozen=True)
class Entry:
    """One passage of a corpus; entries of one topic answer the same questions."""

    topic: str
    title: str
    text: str


@dataclass(frozen=True)
class Corpus:
    """A corpus with questions it answers, each with its topics, and questions it does not answer."""

    name: str
    family: str
    language: Language
    entries: Sequence[Entry]
    asked: Sequence[tuple[str, frozenset[str]]]
    unanswerable: Sequence[str] = ()


def corpora(data: Path) -> list[Corpus]:
    """Return every corpus of the fit, in a fixed order."""
    every = [*_welfare(data), _question_pairs(data), _small_talk(data), *_stack(data), _covid(data)]
    every += [_intents(data, name) for name in ("banking77", "clinc150")]
    parts = [_part(corpus, size) for corpus in every for size in SMALL if len(corpus.entries) >= 2 * size]
    return [replace(corpus, asked=_spread(corpus.asked, MOST_QUESTIONS)) for corpus in every + parts]


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    """Return the rows of ``name``.jsonl or ``name``.jsonl.gz in ``data``; none where there is no such file."""
    for path in (data / f"{name}.jsonl", data / f"{name}.jsonl.gz"):
        if path.exists():
            opener = gzip.open if path.suffix == ".gz" else open
            with opener(path, "rt", encoding="utf-8") as lines:
                return [json.loads(line) for line in lines if line.strip()]
    return []


def retrieval_set(data: Path, name: str, topic: str = "", family: str = "") -> Corpus:
    """Return a retrieval set: corpus, queries, unanswerable. ``topic`` names the column that groups its entries."""
    corpus = rows(data, f"{name}.corpus")
    entries = [Entry(str(row.get(topic) or row["id"]), row.get("title") or "", row["passage"]) for row in corpus]
    topics = {row["id"]: entry.topic for row, entry in zip(corpus, entries, strict=True)}
    asked = [
        (row["question"], frozenset(topics[each] for each in row["passage_ids"] if each in topics))
        for row in rows(data, f"{name}.queries")
    ]
    language: Language = "en" if name.endswith("_en") or name in ("stackfaq", "covidfaq") else "ko"
    unanswerable = [row["question"] for row in rows(data, f"{name}.unanswerable")]
    return Corpus(name, family or name, language, entries, asked, unanswerable)


def _welfare(data: Path) -> list[Corpus]:
    whole = retrieval_set(data, "welfare_qa", topic="programme", family="welfare")
    documents = [
        Entry(topic, topic, " ".join(entry.text for entry in some)) for topic, some in _by_topic(whole.entries).items()
    ]
    pages = [
        Entry(topic, "", " ".join(f"{entry.title} {entry.text}" for entry in some))
        for topic, some in _by_topic(whole.entries).items()
    ]
    first = [some[0] for some in _by_topic(whole.entries).values()]
    return [
        whole,
        _bodies(whole),
        replace(whole, name="welfare documents", entries=documents),
        replace(whole, name="welfare pages", entries=pages),
        replace(whole, name="welfare titles", entries=[replace(entry, text="") for entry in whole.entries]),
        replace(whole, name="welfare one each", entries=first),
    ]


def _stack(data: Path) -> list[Corpus]:
    whole = retrieval_set(data, "stackfaq", topic="title", family="stack")
    merged = [
        Entry(topic, topic, " ".join(entry.text for entry in some[:4]))
        for topic, some in _by_topic(whole.entries).items()
    ]
    first = [some[0] for some in _by_topic(whole.entries).values()]
    return [
        whole,
        _bodies(whole),
        replace(whole, name="stackfaq documents", entries=merged),
        replace(whole, name="stackfaq one each", entries=first),
    ]


def _covid(data: Path) -> Corpus:
    return retrieval_set(data, "covidfaq", family="covid")


def _question_pairs(data: Path) -> Corpus:
    pairs = {
        row["text1"]: row["text2"]
        for row in rows(data, "question_pair_ko")
        if row["label"] == 0 and row["text1"].replace(" ", "") != row["text2"].replace(" ", "")
    }
    chosen = sorted(pairs.items(), key=lambda pair: _hash(pair[0]))[:900]
    kept, left = chosen[:600], chosen[600:]
    entries = [Entry(one, one, "") for one, _ in kept]
    asked = [(other, frozenset([one])) for one, other in kept]
    return Corpus("question pairs", "pairs", "ko", entries, asked, [other for _, other in left])


def _small_talk(data: Path) -> Corpus:
    said: dict[str, list[str]] = defaultdict(list)
    for row in rows(data, "chitchat_ko"):
        said[row["reply"]].append(row["text"])
    several = sorted((pair for pair in said.items() if len(pair[1]) > 1), key=lambda pair: _hash(pair[0]))[:350]
    entries = [Entry(reply, texts[0], reply) for reply, texts in several]
    return Corpus("small talk", "talk", "ko", entries, [(texts[1], frozenset([reply])) for reply, texts in several])


def _intents(data: Path, name: str) -> Corpus:
    said: dict[str, list[str]] = defaultdict(list)
    for row in rows(data, name):
        said[row["label"]].append(row["text"])
    outside = sorted(said.pop("oos", []), key=_hash)[:200]
    ordered = {label: sorted(said[label], key=_hash) for label in sorted(said, key=_hash)}
    kept = list(ordered)[: len(ordered) * 4 // 5]
    entries = [Entry(label, ordered[label][0], " ".join(ordered[label][1:4])) for label in kept]
    asked = [(text, frozenset([label])) for label in kept for text in ordered[label][4:10]]
    left = [text for label in ordered if label not in kept for text in ordered[label][:12]]
    return Corpus(name, "intents", "en", entries, asked, left + outside)


def _bodies(corpus: Corpus) -> Corpus:
    """Return the texts without their titles; the titles are the questions."""
    titles: dict[str, set[str]] = defaultdict(set)
    for entry in corpus.entries:
        titles[entry.title].add(entry.topic)
    asked = [(title, frozenset(topics)) for title, topics in sorted(titles.items(), key=lambda pair: _hash(pair[0]))]
    entries = [replace(entry, title="") for entry in corpus.entries]
    return replace(corpus, name=f"{corpus.name} bodies", entries=entries, asked=asked, unanswerable=())


def _part(corpus: Corpus, size: int) -> Corpus:
    """Return a small corpus of about ``size`` entries; the questions of the topics left out are unanswerable."""
    by_topic = _by_topic(corpus.entries)
    kept: list[Entry] = []
    for topic in sorted(by_topic, key=lambda topic: _hash(f"{size} {topic}")):
        if len(kept) < size:
            kept += by_topic[topic][:5]
    topics = {entry.topic for entry in kept}
    asked = [(text, about & topics) for text, about in corpus.asked if about & topics]
    left = [text for text, about in corpus.asked if not about & topics]
    return replace(
        corpus, name=f"{corpus.name}, {size}", entries=kept, asked=asked, unanswerable=_spread(left, len(asked))
    )


def _by_topic(entries: Iterable[Entry]) -> Mapping[str, list[Entry]]:
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.topic].append(entry)
    return dict(sorted(found.items()))


def _spread(items: Sequence[Item], most: int) -> list[Item]:
    taken = min(len(items), most)
    return [items[position * len(items) // taken] for position in range(taken)]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
