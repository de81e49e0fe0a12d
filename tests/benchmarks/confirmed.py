"""Print how the search learns from confirmed questions: ``python -m tests.benchmarks.confirmed FOLDER``.

FOLDER holds welfare_qa as it is published (corpus and queries; entries name their programme). Ten questions of each
programme may be confirmed, the others are asked: always the same ones, never one that was confirmed. A confirmed
question becomes an alias of the entry of its programme that a search finds first, as when a person confirms an answer.

Printed: recall@1 (the programme is right) after 0, 1, 3 and 10 confirmed questions a programme, for the whole FAQ and
for one entry a programme, and beside it the prototype's figures of 1, 3 and 10 questions a topic, which were measured
on a larger part of the set, with nothing else known of a topic.
"""

import argparse
import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from knowledge.passages import Passage
from knowledge.search import Knowledge
from tests.benchmarks.confidence_corpora import Corpus, retrieval_set

CONFIRMED = (0, 1, 3, 10)
PROTOTYPE = {1: 0.57, 3: 0.63, 10: 0.71}
Questions = Mapping[str, Sequence[str]]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    whole = retrieval_set(parser.parse_args().folder, "welfare_qa", topic="programme")
    confirmable, held = split(whole)
    first = {entry.topic: entry for entry in reversed(whole.entries)}
    one_each = replace(whole, name="one entry each", entries=[first[topic] for topic in sorted(first)])
    print(f"{len(confirmable)} programmes, {sum(map(len, held.values()))} questions held out")
    print(f"{'confirmed':>10} {'whole FAQ':>10} {'one each':>10} {'only they':>10} {'prototype':>10}")
    for count in CONFIRMED:
        shares = [recall(each, confirmable, held, count) for each in (whole, one_each)]
        alone = recall(bare(one_each, confirmable, count), {}, held, 0) if count else 0.0
        shown = f"{PROTOTYPE[count]:10.2f}" if count in PROTOTYPE else ""
        print(f"{count:>10} {shares[0]:10.3f} {shares[1]:10.3f} {alone:10.3f} {shown}", flush=True)


def split(corpus: Corpus) -> tuple[Questions, Questions]:
    """Return the questions of each topic that may be confirmed, and those that are asked."""
    asked: dict[str, list[str]] = defaultdict(list)
    for text, topics in sorted(corpus.asked, key=lambda pair: hashlib.sha256(pair[0].encode()).digest()):
        for topic in topics:
            asked[topic].append(text)
    most = max(CONFIRMED)
    return {t: some[:most] for t, some in asked.items()}, {t: some[most:] for t, some in asked.items()}


def bare(corpus: Corpus, confirmable: Questions, count: int) -> Corpus:
    """Return a corpus that knows nothing of a topic but the confirmed questions."""
    entries = [
        replace(entry, title="", text="\n".join(confirmable.get(entry.topic, ())[:count])) for entry in corpus.entries
    ]
    return replace(corpus, entries=entries)


def recall(corpus: Corpus, confirmable: Questions, held: Questions, count: int) -> float:
    """Return the share of held questions whose topic is found first, ``count`` others of each being confirmed."""
    topics = {number: entry.topic for number, entry in enumerate(corpus.entries, 1)}
    passages = [Passage(number, "ko", entry.text, entry.title) for number, entry in enumerate(corpus.entries, 1)]
    with tempfile.TemporaryDirectory() as folder:
        knowledge = Knowledge(Path(folder))
        knowledge.index(passages)
        given: dict[int, list[str]] = defaultdict(list)
        for topic, texts in confirmable.items():
            for text in texts[:count]:
                found = knowledge.search(text, visible=lambda ids, t=topic: [i for i in ids if topics[i] == t])  # type: ignore[misc]
                if found.candidates:
                    given[found.candidates[0].id].append(text)
        if given:
            changed = [replace(p, aliases=tuple(given[p.id])) for p in passages if p.id in given]
            knowledge.index(changed)
        hits = total = 0
        for topic, texts in held.items():
            for text in texts:
                found = knowledge.search(text, limit=1)
                hits += bool(found.candidates) and topics[found.candidates[0].id] == topic
                total += 1
        knowledge.close()
    return hits / max(1, total)


if __name__ == "__main__":
    main()
