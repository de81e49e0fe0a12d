"""How well mails are told in three lines without a model.

    python -m tests.benchmarks.mail_lines [--mails FILE] [--subjects FILE] [--show NUMBER]

``--mails``: JSON lines of mails with what must be in their lines (as tests/bot/summary/letters.jsonl, the default):
the newest request in the lines or their evidence, deadlines named, numbers that do not stand in the mail, milliseconds;
beside a summary of the same text that knows nothing of mails.
``--subjects``: JSON lines {"body", "references"}: ROUGE-L of the first line, best of the references, beside the first
line of the mail as it stands, and cut at ten words. Gzip is read too.
"""

import argparse
import gzip
import json
import re
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.letter import Letter
from bot.summary.letters import summarize_letter
from bot.summary.result import Summary
from bot.summary.summarizing import summarize
from tests.bot.summary.test_letters import letter_of, whole

OWN = Path(__file__).parents[1] / "bot" / "summary" / "letters.jsonl"


def rouge_l(told: str, reference: str) -> float:
    """Return the F measure of the longest common subsequence of words (ROUGE-L, Lin 2004), without stemming."""
    one, other = _words(told), _words(reference)
    common = _longest_common(one, other)
    return 2 * common / (len(one) + len(other)) if common else 0.0


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+|[가-힣]+", text.lower())


def _longest_common(one: Sequence[str], other: Sequence[str]) -> int:
    row = [0] * (len(other) + 1)
    for word in one:
        before = row
        row = [0]
        for at, match in enumerate(other):
            row.append(before[at] + 1 if word == match else max(row[at], before[at + 1]))
    return row[-1]


def _read(path: Path) -> list[dict[str, Any]]:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in data.decode().splitlines() if line.strip()]


def first_line(body: str) -> str:
    """Return the first line of a mail that is not empty."""
    return next((line.strip() for line in body.splitlines() if line.strip()), "")


def measure_subjects(rows: Iterable[dict[str, Any]]) -> dict[str, float]:
    """Return the mean ROUGE-L of each way to tell a mail in one line, best of the references."""
    rows = [row for row in rows if row.get("references") and row["body"].strip()]
    ways: dict[str, Callable[[str], str]] = {
        "first line": first_line,
        "first line, ten words": lambda body: " ".join(first_line(body).split()[:10]),
        "ours, of the text": lambda body: summarize(body).lines[0].text,
        "ours, of the mail": lambda body: summarize_letter(Letter(body), reader="en").lines[0].text,
    }
    return {
        name: statistics.mean(max(rouge_l(way(row["body"]), each) for each in row["references"]) for row in rows)
        for name, way in ways.items()
    }


def measure_mails(rows: Sequence[dict[str, Any]], tell: Callable[[dict[str, Any]], Summary]) -> dict[str, float]:
    """Return the shares of requests and deadlines that are there, invented numbers, and milliseconds a mail."""
    requests, deadlines, wanted, invented = 0, 0, 0, 0
    spent: list[float] = []
    for row in rows:
        began = time.perf_counter()
        found = tell(row)
        spent.append(1000 * (time.perf_counter() - began))
        requests += any(row["request"] in line.evidence or row["request"] in line.text for line in found.lines)
        deadlines += sum(day in {one.when for one in found.actions} for day in row["deadlines"])
        wanted += len(row["deadlines"])
        told = "\n".join([*(line.text for line in found.lines), *(one.what for one in found.actions)])
        numbers = re.findall(r"\d[\d,.:]*\d|\d", told)
        text = whole(letter_of(row))
        invented += sum(number not in text for number in numbers)
    return {
        "requests": requests / max(1, len(rows)),
        "deadlines": deadlines / max(1, wanted),
        "invented": invented,
        "median ms": statistics.median(spent),
        "longest ms": max(spent),
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--mails", type=Path, default=OWN)
    arguments.add_argument("--subjects", type=Path)
    arguments.add_argument("--show", type=int, default=0)
    given = arguments.parse_args()
    rows = _read(given.mails)
    summarize_letter(letter_of(rows[0]), reader="ko")  # the models of the language are loaded
    print(f"{len(rows)} mails")
    for name, tell in (
        ("ours", lambda row: summarize_letter(letter_of(row), reader="ko")),
        ("the text alone", lambda row: summarize(row["text"])),
    ):
        print(f"{name:24}" + "  ".join(f"{key} {value:.3f}" for key, value in measure_mails(rows, tell).items()))
    for row in rows[: given.show]:
        print("\n".join(["", *(line.text for line in summarize_letter(letter_of(row), reader="ko").lines)]))
    if given.subjects:
        found = measure_subjects(_read(given.subjects))
        plain = max(value for name, value in found.items() if not name.startswith("ours"))
        for name, value in found.items():
            print(f"{name:24}{value:.4f}  {value - plain:+.4f} to the better plain line")


if __name__ == "__main__":
    main()
