"""Print how often the key of the answer cache gives one answer to the same question, and to different ones.

``python -m tests.benchmarks.same_question [PAIRS.jsonl[.gz]] [--faq FAQ.jsonl[.gz]...] [--show]``: each line of
PAIRS has ``text1``, ``text2`` and ``label`` (0: the same); without a file the pairs are those of
``tests/bot/question_keys.jsonl``. Of a large file the first half is the one to look at (``--show`` tells its faults);
the other half is the figure. A pair's half follows from a hash of its first text. The baseline is the text itself,
less its spaces. ``--faq``: lines with ``question`` and ``passage_id`` or
``answer``; how many of the questions have the key of one that is answered by something else.
"""

import argparse
import gzip
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from bot.question_key import question_key
from knowledge.language import language_of
from knowledge.tokens import normalise

OWN = Path(__file__).parents[1] / "bot" / "question_keys.jsonl"


class Pair(NamedTuple):
    """Two questions, and whether they ask the same."""

    one: str
    other: str
    same: bool


def main() -> None:
    """Print one line of JSON for each half and way, and for each corpus."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="?", type=Path)
    parser.add_argument("--faq", nargs="*", default=[], type=Path)
    parser.add_argument("--show", action="store_true", help="the different pairs of the first half that have one key")
    asked = parser.parse_args()
    pairs = [Pair(row["text1"], row["text2"], row["label"] == 0) for row in _rows(asked.pairs)] if asked.pairs else []
    halves = {half: [pair for pair in pairs if _half(pair) == half] for half in ("first", "other")} if pairs else {}
    for name, some in (halves or {"own": list(_own())}).items():
        for way, key in {"key": _key, "baseline": _spaceless}.items():
            _print({"half": name, "way": way, **_figures(some, key)})
    for pair in halves.get("first", ()) if asked.show else ():
        if not pair.same and _alike(pair, _key):
            _print({"reused wrongly": [pair.one, pair.other]})
    for corpus in asked.faq:
        _print({"corpus": corpus.name, **_collisions(corpus)})


def _figures(pairs: list[Pair], key: Callable[[str], str]) -> dict[str, float | int | None]:
    begun = time.perf_counter()
    reused = [(pair.same, _alike(pair, key)) for pair in pairs]
    took = time.perf_counter() - begun
    figures: dict[str, float | int | None] = {}
    for name, wanted in {"same": True, "different": False}.items():
        some = [alike for same, alike in reused if same is wanted]
        figures |= {name: len(some), f"{name}_reused": round(sum(some) / len(some), 4) if some else None}
    return figures | {"ms_a_question": round(500 * took / max(1, len(pairs)), 3)}


def _collisions(corpus: Path) -> dict[str, float | int]:
    """Return how many questions of a corpus have a key that a question with another answer has too."""
    answers: dict[str, set[str]] = defaultdict(set)
    rows = [row for row in _rows(corpus) if row.get("question")]
    for row in rows:
        if key := _key(row["question"]):
            answers[key].add(row.get("passage_id") or row.get("answer", ""))
    shared = sum(len(answers.get(_key(row["question"]), ())) > 1 for row in rows)
    return {"questions": len(rows), "key_of_another_answer": round(shared / max(1, len(rows)), 4)}


def _alike(pair: Pair, key: Callable[[str], str]) -> bool:
    one = key(pair.one)
    return bool(one) and one == key(pair.other)


def _key(text: str) -> str:
    return question_key(text, language_of(text))


def _spaceless(text: str) -> str:
    return "".join(normalise(text).split())


def _half(pair: Pair) -> str:
    first = min(pair.one, pair.other).encode()
    return "other" if sha256(first).digest()[0] % 2 else "first"


def _own() -> Iterator[Pair]:
    for row in _rows(OWN):
        for kind in ("same", "different"):
            yield from (Pair(*pair, kind == "same") for pair in combinations(row.get(kind, ()), 2))


def _rows(path: Path) -> list[dict[str, Any]]:
    raw = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines()]


def _print(figures: dict[str, Any]) -> None:
    print(json.dumps(figures, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
