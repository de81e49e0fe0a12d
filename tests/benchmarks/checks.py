"""Print how many faults the checks catch, how many right answers they flag, and how long an answer takes.

``python -m tests.benchmarks.checks [CORPUS.jsonl...]``: every sentence comes from the sample FAQ, the passages of
``tests/bot/checks.*.jsonl``, and whatever corpora are named (lines with ``passage``, ``text`` or ``answer``). Into
500 sentences of each language a fault is put (``injecting.py``) and held against their passage beside three others,
as a model is shown five. The baseline is the plain check: is every number and every name somewhere in the passages?
"""

import argparse
import csv
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from statistics import median

from bot.checking import check, check_sentence
from bot.support import split, take_apart, taken_apart
from knowledge.language import language_of
from tests.benchmarks.injecting import FAULTS, RIGHT

HERE = Path(__file__).parents[1]
PER_KIND = 100


def main() -> None:
    """Print one table for each language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", type=Path)
    parser.add_argument("--show", default="", help="kind whose misses are shown")
    arguments = parser.parse_args()
    texts = _corpora(arguments.corpora) if arguments.corpora else _own()
    for language in ("ko", "en"):
        _measure([text for text in texts if language_of(text) == language], language, arguments.show)
    _written_ones(arguments.show)
    _time()


def _time() -> None:
    """Print how long an answer takes: four sentences against five passages, never seen, and seen before."""
    texts = [text for text in _own() if len(text) > 100]
    for language in ("ko", "en"):
        spoken = [text for text in texts if language_of(text) == language]
        spent: defaultdict[str, list[float]] = defaultdict(list)
        for at in range(0, len(spoken) - 5, 5):
            passages = spoken[at : at + 5]
            answer = " ".join(split(passages[0] + "\n" + passages[1], language)[1:5])
            for what in ("passages new", "passages known"):
                if what == "passages new":
                    take_apart.cache_clear()
                    taken_apart.cache_clear()
                begun = time.perf_counter()
                check(answer, passages, language)
                spent[what].append(1e3 * (time.perf_counter() - begun))
        for what, each in spent.items():
            print(f"{language} ms an answer, {what}: n={len(each)} median {median(each):.2f} most {max(each):.2f}")


def _measure(texts: list[str], language: str, show: str) -> None:
    random = Random(7)  # noqa: S311 - it only has to be the same every time
    caught: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    spent: list[float] = []
    pool = [(one, text) for text in texts for one in split(text, language_of(text)) if 15 <= len(one) <= 250]
    pool = [(one, text) for one, text in pool if not one.rstrip().endswith("?")]
    random.shuffle(pool)
    for kind, inject in (FAULTS | RIGHT).items():
        for sentence, text in pool:
            made = inject(sentence, text, texts, random)
            if made is None or (made == sentence and kind != "verbatim"):
                continue
            shown = [text, *random.sample([other for other in texts if other != text], min(3, len(texts) - 1))]
            check_sentence("3", shown)  # analysed once for all sentences of an answer
            begun = time.perf_counter()
            judged = check_sentence(made + " [1]", shown)
            spent.append(time.perf_counter() - begun)
            seen[kind] += 1
            caught[kind] += not judged.ok
            plain[kind] += _plain(made, text)
            if kind == show and judged.ok == (kind in FAULTS):
                print(f"  {made}\n    < {sentence}\n    {judged.reasons} {judged.score}")
            if seen[kind] == PER_KIND:
                break
    for kind in seen:
        n = seen[kind]
        word = "caught" if kind in FAULTS else "flagged"
        print(f"{language} {kind:9} n={n:<4} {word} {caught[kind] / n:.3f}  plain {plain[kind] / n:.3f}")
    if spent:
        print(f"{language} ms a sentence: mean {1e3 * sum(spent) / len(spent):.2f}")


def _plain(sentence: str, text: str) -> bool:
    """The baseline: a number or a capitalised word that is nowhere in the passage."""
    numbers = re.findall(r"\d+", sentence.replace(",", ""))
    names = re.findall(r"(?<=\s)[A-Z]\w+", sentence)
    return any(one not in text.replace(",", "") for one in numbers) or any(one not in text for one in names)


def _written_ones(show: str) -> None:
    """Print the same for the sentences written by hand, paraphrases among them."""
    flagged: defaultdict[str, list[bool]] = defaultdict(list)
    for path in sorted((HERE / "bot").glob("checks*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            for one in row["sentences"]:
                judged = check_sentence(one["text"], row["passages"])
                flagged[one["how"]].append(not judged.ok)
                if show == "written" and judged.ok != (one["how"] in ("verbatim", "light", "paraphrase")):
                    print(f"  {one['how']}: {one['text']} {judged.reasons}")
    for how, all_ in flagged.items():
        print(f"written {how:10} n={len(all_):<4} flagged {sum(all_) / len(all_):.3f}")


def _own() -> list[str]:
    texts = []
    for path in sorted((HERE.parent / "bot" / "sample").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            texts += ["\n".join((row[2], row[3])) for row in list(csv.reader(file))[1:] if len(row) > 3]
    for path in sorted((HERE / "bot").glob("checks*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            texts += json.loads(line)["passages"]
    return texts


def _corpora(paths: list[Path]) -> list[str]:
    texts = []
    for path in paths:
        raw = path.read_bytes()
        whole = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
        rows = [json.loads(line) for line in whole.split("\n") if line.strip()]
        texts += [str(row.get("passage") or row.get("text") or row.get("answer"))[:2_000] for row in rows]
    return texts


if __name__ == "__main__":
    main()
