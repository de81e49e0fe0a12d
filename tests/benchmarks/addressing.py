"""Print how well questions and problems are told from talk: ``python -m tests.benchmarks.addressing [PATH ...]``.

``PATH`` is JSON lines of ``{"text", "label"}`` with the classes of 3i4k, or a folder with that set (intent_3i4k.jsonl)
and others; without one, the texts of the tests are told apart. The clear classes of 3i4k are statement, question,
command and fragment: the others (rhetorical ones, and those that only intonation decides) are printed and not counted,
for people cannot tell them by their words either. A question is right when it is taken for one; all else, when it is
not. Beside it, in the same run, what needs no analysis at all: a message that ends with "?".

``asks`` counts what is answered in a channel that answers by itself: questions, and problems in statement form, which
the set knows as statements. Of sets that hold nothing but what customers ask, the share that is taken for it is
printed, and of small talk the share that is not left alone.
"""

import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

from bot.addressing import judged, may_ask
from tests.bot.test_addressing import ASKED, LEFT_ALONE, PROBLEMS, QUESTIONS, TALKED

CLEAR = ("statement", "question", "command", "fragment")
QUERIES = (
    ("korean_mcfaq.queries.jsonl", "question"),
    ("welfare_qa.queries.jsonl.gz", "question"),
    ("korquad1.queries.jsonl", "question"),
    ("smartstore_faq.queries.jsonl", "question"),
    ("banking77.jsonl.gz", "text"),
    ("stackfaq.queries.jsonl", "question"),
)
TALK = (("chitchat_ko.jsonl", "text"), ("chitchat_ko.jsonl", "reply"))
MOST = 2_000
"""Texts of one set."""

LONG = {
    "40,000 characters of sentences": "배송은 사흘 걸립니다. " * 3_200,
    "one word of 40,000 characters": "가나다라" * 10_000,
    "40,000 characters of English": "it is on its way and will be there " * 1_150,
    "one letter 40,000 times": "ㅋ" * 40_000,
}
ROUNDS = 9


def marked(text: str) -> bool:
    """Tell whether a message ends with a question mark: the baseline."""
    return text.rstrip().endswith("?")


def question(text: str) -> bool:
    """Tell whether a message is taken for a question."""
    return judged(text).intent == "question"


def asks(text: str) -> bool:
    """Tell whether a message is answered where nobody put it to the bot."""
    return judged(text).asks


def rows(path: Path) -> list[dict[str, str]]:
    """Return the lines of a file, packed or not."""
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def by_class(name: str, found: list[dict[str, str]]) -> None:
    """Print the figures of a set with the classes of 3i4k."""
    print(f"{name}: {len(found)} messages, {sum(row['label'] in CLEAR for row in found)} of the clear classes")
    for rule, taken in (("question", question), ("asks", asks), ('ends with "?"', marked)):
        _print_figures(rule, found, taken)


def _print_figures(name: str, found: list[dict[str, str]], taken: Callable[[str], bool]) -> None:
    said: dict[str, Counter[bool]] = defaultdict(Counter)
    for row in found:
        said[row["label"]][taken(row["text"])] += 1
    right = sum(said[label][label == "question"] for label in CLEAR)
    hits, of_all = said["question"][True], sum(said[label][True] for label in CLEAR)
    total = sum(said[label].total() for label in CLEAR)
    others = {label: n for label, n in said.items() if label != "question" and n}
    shares = ", ".join(f"{label} {n[True] / n.total():.3f}" for label, n in others.items())
    print(
        f"  {name:<14} accuracy {right / max(1, total):.4f}   "
        f"precision {hits / max(1, of_all):.3f}   "
        f"recall {hits / max(1, said['question'].total()):.3f}   taken: {shares}"
    )


def share(texts: Iterable[str], taken: Callable[[str], bool]) -> float:
    """Return the share that is taken for a question or a problem."""
    kept = [text for text in texts if text]
    kept = kept[:: max(1, len(kept) // MOST)]
    return sum(map(taken, kept)) / max(1, len(kept))


def whole_sets(folder: Path) -> None:
    """Print the shares of sets that are all of one kind."""
    for name, field in (*QUERIES, *TALK):
        if (folder / name).exists():
            texts = [row.get(field, "") for row in rows(folder / name)]
            print(f'{name:<34} {field:<8} asks {share(texts, asks):.3f}   ends with "?" {share(texts, marked):.3f}')


def milliseconds(does: Callable[[str], object], text: str) -> float:
    """Return the median time of ``ROUNDS`` that a processor is at it, whatever else runs."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        does(text)
        taken.append((time.thread_time() - begun) * 1e3)
    return median(taken)


def times(texts: list[str]) -> None:
    """Print how long it takes."""
    taken = sorted(milliseconds(judged, text) for text in texts[:200])
    if taken:
        print(f"a message {median(taken):.2f} ms, the slowest of {len(taken)} {taken[-1]:.2f} ms")
    for name, text in LONG.items():
        print(f"{name:<34} {milliseconds(judged, text):6.2f} ms   the quick look {milliseconds(may_ask, text):6.2f} ms")


def own() -> list[dict[str, str]]:
    """Return the texts of the tests; problems are questions here."""
    labelled = (("question", [*QUESTIONS, *PROBLEMS, *ASKED]), ("statement", [*LEFT_ALONE, *TALKED]))
    return [{"text": text, "label": label} for label, texts in labelled for text in texts]


def main() -> None:
    """Print the figures."""
    judged("미리 불러옵니다")
    paths = [Path(each) for each in sys.argv[1:]]
    if not paths:
        by_class("the texts of the tests", own())
    for path in paths:
        labelled = path / "intent_3i4k.jsonl" if path.is_dir() else path
        by_class(labelled.name, rows(labelled))
        if path.is_dir():
            whole_sets(path)
    times([row["text"] for row in (rows(labelled) if paths else own())])


if __name__ == "__main__":
    main()
