"""Every file of some folders through the reader: what became of it, how long it took and how much memory.

    python -m tests.benchmarks.documents FOLDER... [--quiet]

Prints a line a file, then totals by kind, the slowest ten, and the number of tracebacks, which must be 0 (exit code 1
where it is not). Memory is the most that the reading process held so far: it reads many files, one after the other.
"""

import argparse
import logging
import statistics
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from bot.gathering import Gathered, gather
from bot.notes import sentence
from knowledge.entries import UnreadableError
from knowledge.guarded import LIMITS, Readers
from knowledge.splitting import split


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; ``memory`` in MB, None where it could not be seen."""

    name: str
    kind: str
    seconds: float
    memory: float | None
    passages: int
    characters: int
    refusal: str = ""
    sentence: str = ""


class Tracebacks(logging.Handler):
    """Counts what a reader did not expect."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())


def _peak(process: int) -> float | None:
    """Return the most resident memory of a process so far, in MB."""
    try:
        status = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    except OSError:
        return None
    return next(int(line.split()[1]) / 1_000 for line in status.splitlines() if line.startswith("VmHWM"))


def outcome(readers: Readers, file: Gathered) -> Outcome:
    """Read a file and return what became of it."""
    began = time.perf_counter()
    try:
        reading = readers.read(file.name, file.data(), LIMITS)
    except UnreadableError as error:
        seconds = time.perf_counter() - began
        said = sentence(error.note, "ko")
        return Outcome(file.name, "-", seconds, _memory(readers), 0, 0, error.note.phrase, said)
    memory = _memory(readers)
    drafts = split(reading)
    seconds = time.perf_counter() - began
    return Outcome(file.name, reading.kind, seconds, memory, len(drafts), sum(len(draft.answer) for draft in drafts))


def _memory(readers: Readers) -> float | None:
    waiting = readers.waiting()
    return _peak(waiting[0]) if waiting else None


def report(outcomes: list[Outcome], tracebacks: list[str]) -> None:
    """Print the totals."""
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for each in outcomes:
        kinds[each.kind].append(each)
    print(f"\n{'kind':8}{'files':>6}{'median ms':>11}{'most ms':>9}{'passages':>10}{'characters':>12}")
    for kind, some in sorted(kinds.items()):
        times = [1_000 * each.seconds for each in some]
        sums = f"{sum(each.passages for each in some):>10}{sum(each.characters for each in some):>12}"
        print(f"{kind:8}{len(some):>6}{statistics.median(times):>11.0f}{max(times):>9.0f}{sums}")
    refusals = Counter(each.refusal for each in outcomes if each.refusal)
    print("\nrefused: " + (", ".join(f"{phrase} {count}" for phrase, count in refusals.most_common()) or "none"))
    print("\nthe slowest ten")
    for each in sorted(outcomes, key=lambda each: -each.seconds)[:10]:
        print(f"{1_000 * each.seconds:>8.0f} ms  {each.name}")
    seen = [each.memory for each in outcomes if each.memory]
    total = sum(each.seconds for each in outcomes)
    read = sum(not each.refusal for each in outcomes)
    print(f"\n{len(outcomes)} files in {total:.1f} s: {read} read, {len(outcomes) - read} refused")
    print(f"memory of the reading process: at most {max(seen, default=0):.0f} MB")
    print(f"tracebacks: {len(tracebacks)}")
    for text in tracebacks:
        print("\n" + text)


def main() -> None:
    """Read the folders of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--quiet", action="store_true", help="only the totals")
    options = parser.parse_args()
    tracebacks = Tracebacks()
    logging.getLogger("knowledge").addHandler(tracebacks)
    logging.getLogger("knowledge").propagate = False
    readers, outcomes = Readers(), []
    for file in gather(options.paths):
        each = outcome(readers, file)
        outcomes.append(each)
        if not options.quiet:
            memory = f"{each.memory:6.0f} MB" if each.memory else " " * 9
            result = each.sentence or f"{each.passages} passages, {each.characters} characters"
            print(f"{each.kind:6}{1_000 * each.seconds:>7.0f} ms {memory}  {each.name}: {result}", flush=True)
    readers.end()
    report(outcomes, tracebacks.seen)
    sys.exit(1 if tracebacks.seen else 0)


if __name__ == "__main__":
    main()
