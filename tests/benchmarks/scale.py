"""Print speed and memory at size: ``python -m tests.benchmarks.scale --passages 100000``.

Half of the passages are Korean, half English, in files of ``FILE_ROWS`` rows, added through the library as an admin
would: rows, keyword leg, vectors of the English ones. Vectors come from a model of word vectors with as many
dimensions as the bundled one, which costs next to nothing, so that what is timed is the indexes; ``--model bundled``
takes the real one (about an hour for 50,000 passages on two cores), and its rate is printed in any case.

Baselines stand in the same run: one worker and two processes beside two workers, the keyword index alone beside the
whole look-up. Other work on the machine makes every figure worse: the load is printed beside them.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from bot.lookup import look_up
from bot.settings import Settings
from bot.wiring import Bot, build_bot
from knowledge import tokens
from knowledge.embedding import EmbeddingModel
from knowledge.language import Language
from knowledge.questions import understand
from tests.benchmarks.scale_corpus import SENTENCES, SUBJECTS, Entry, Generator
from tests.knowledge.models import make_model

FILE_ROWS = 10_000
THREADS = 8
MIB = 1 << 20


@dataclass(slots=True)
class Timer:
    """Milliseconds of calls."""

    taken: list[float] = field(default_factory=list)

    def __call__(self, call: Callable[[], object]) -> None:
        begun = time.perf_counter()
        call()
        self.taken.append((time.perf_counter() - begun) * 1e3)

    def __str__(self) -> str:
        if len(self.taken) < 2:
            return "none"
        return f"p50 {median(self.taken):.1f}, p95 {quantiles(self.taken, n=20)[-1]:.1f}, most {max(self.taken):.1f} ms"


def tell(name: str, text: object) -> None:
    """Print one line, with how busy the machine is."""
    print(f"{name:<58} {text}   [load {os.getloadavg()[0]:.1f}]", flush=True)


def memory() -> str:
    """Return what this process holds: memory of its own, and of files the system keeps for it."""
    try:
        lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    except OSError:
        return "memory unknown"
    kept = {
        name: int(value.split()[0]) // 1024
        for name, _, value in (line.partition(":") for line in lines)
        if "B" in value
    }
    return f"own {kept['RssAnon']} MB, mapped files {kept['RssFile']} MB, most in all {kept['VmHWM']} MB"


# --- tokenising -----------------------------------------------------------------------------------------------------


def tokenise(texts: Sequence[str], workers: int) -> float:
    """Return the seconds this process needs, warm, with so many threads of Kiwi."""
    tokens.WORKERS = workers
    tokens.warm()
    begun = time.perf_counter()
    for _ in tokens.analyze(texts):
        pass
    return time.perf_counter() - begun


def print_tokenising(texts: Sequence[str]) -> None:
    """Compare threads and processes, each in a process of its own."""
    rates = {}
    for workers, processes in ((1, 1), (2, 1), (1, 2)):
        command = [sys.executable, "-m", "tests.benchmarks.scale", "--tokenise", str(workers)]
        share = len(texts) // processes
        running = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(processes)
        ]
        with ThreadPoolExecutor(processes) as pool:
            parts = ["\n".join(texts[at * share : (at + 1) * share]) for at in range(processes)]
            told = [pool.submit(each.communicate, part) for each, part in zip(running, parts, strict=True)]
            slowest = max(float(each.result()[0]) for each in told)
        rates[workers, processes] = share * processes / slowest
        ratio = rates[workers, processes] / rates[1, 1]
        name = f"tokenising Korean, {processes} process(es), {workers} worker(s) each"
        tell(name, f"{rates[workers, processes]:.0f} passages/s, {ratio:.2f} x one worker")


# --- indexing -------------------------------------------------------------------------------------------------------


class Watch:
    """The progress of an indexing run, and questions that are asked meanwhile."""

    def __init__(self, bot: Bot, questions: Sequence[str]) -> None:
        self._bot, self._questions = bot, questions
        self.asked = Timer()
        self.begun = 0.0
        self._stop = threading.Event()
        self._asker = threading.Thread(target=self._ask)

    def progress(self, done: int, total: int) -> None:
        """Note the beginning, show how far it is, and begin to ask after a tenth."""
        self.begun = self.begun or time.perf_counter()
        if not self._asker.ident and done > total / 10:
            self._asker.start()
        spent = time.perf_counter() - self.begun
        print(f"\r{done}/{total}, {done / max(spent, 0.1):.0f}/s ", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Stop asking."""
        self._stop.set()
        if self._asker.ident:
            self._asker.join()
        print(file=sys.stderr)

    def _ask(self) -> None:
        while not self._stop.wait(0.1):
            self.asked(lambda: search(self._bot, self._questions[len(self.asked.taken) % len(self._questions)]))


def search(bot: Bot, question: str) -> list[str]:
    """Look a question up as an answer does; return the keys found."""
    found = look_up(bot.sessions, bot.knowledge, question, today=bot.clock().date())
    return [record.key for _, record in found.passages]


def index(bot: Bot, entries: dict[Language, list[Entry]]) -> None:
    """Add all entries and print how fast that was."""
    files = [
        (f"{language}-{at}.jsonl", "\n".join(entry.line for entry in some[at : at + FILE_ROWS]).encode())
        for language, some in entries.items()
        for at in range(0, len(some), FILE_ROWS)
    ]
    watch = Watch(bot, [some[0].question for some in entries.values()])
    begun = time.perf_counter()
    bot.library.add(files, watch.progress)
    ended = time.perf_counter()
    watch.end()
    count = sum(map(len, entries.values()))
    tell("files read, rows written", f"{count / (watch.begun - begun):.0f} passages/s")
    tell("indexed", f"{count / (ended - watch.begun):.0f} passages/s, {ended - watch.begun:.0f} s")
    tell("questions answered meanwhile", f"{len(watch.asked.taken)}: {watch.asked}")
    tell("memory after indexing", memory())


# --- asking ---------------------------------------------------------------------------------------------------------


def ask(name: str, call: Callable[[Entry], object], entries: Sequence[Entry], threads: int) -> None:
    """Time a call for each entry, from so many threads at once; the processor's time tells more on a busy machine."""
    timer = Timer()
    begun, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda entry: timer(lambda: call(entry)), entries))
    rate = len(entries) / (time.perf_counter() - begun)
    each = (time.process_time() - worked) / len(entries) * 1e3
    tell(f"{name}, {threads} thread(s)", f"{timer}, {rate:.0f}/s, {each:.1f} ms of processor each")


def print_search(bot: Bot, language: Language, asked: Sequence[Entry]) -> None:
    """Time the whole look-up, and the keyword index alone."""
    right = sum(search(bot, entry.question)[:1] == [entry.key] for entry in asked)
    tell(f"{language}: generated questions, own entry found first", f"{right / len(asked):.3f}")
    keywords = bot.knowledge._indexes.keywords
    questions = {entry.key: understand(entry.question) for entry in asked}
    for threads in (1, THREADS):
        ask(f"{language}: keyword index alone", lambda e: keywords.search(questions[e.key], 100), asked, threads)
        ask(f"{language}: whole look-up", lambda e: search(bot, e.question), asked, threads)


def print_memory(bot: Bot, asked: Sequence[Entry], count: int) -> None:
    """Ask many questions and print whether memory grows."""
    for number in range(count):
        search(bot, f"{asked[number % len(asked)].question} {number}")
        if number % max(1, count // 5) == 0:
            tell(f"memory after {number} questions", memory())


def print_small_changes(bot: Bot, entries: Sequence[Entry]) -> None:
    """Time what little changes cost in a large index."""
    rows = [entry.line for entry in entries[:FILE_ROWS]]
    rows[5:15] = [
        Entry(entry.key, entry.question, f"{number}번 개정").line for number, entry in enumerate(entries[5:15])
    ]
    timer = Timer()
    timer(lambda: bot.library.add([("ko-0.jsonl", "\n".join(rows).encode())]))
    tell(f"10 of {len(rows)} rows changed", f"{timer.taken[0]:.0f} ms")
    timer(lambda: bot.library.catch_up())
    tell("nothing to do for the indexes", f"{timer.taken[1]:.0f} ms")


# --- all of it ------------------------------------------------------------------------------------------------------


def word_model(folder: Path) -> str:
    """Make a model of word vectors for the generated English, with the bundled one's dimensions."""
    words = {word.strip(".,;").lower() for sentence in SENTENCES["en"] for word in sentence.split() if "{" not in word}
    return str(make_model(folder, SUBJECTS["en"].split(), sorted(words - set(SUBJECTS["en"].split())), dimensions=384))


def print_embedding(entries: Sequence[Entry]) -> None:
    """Print the rate of the bundled model, for the vectors and for a question."""
    model = EmbeddingModel()
    model.load()
    begun = time.perf_counter()
    model.embed([f"{entry.question}\n{entry.answer}" for entry in entries])
    tell("bundled model: texts of passages", f"{len(entries) / (time.perf_counter() - begun):.0f} vectors/s")
    ask("bundled model: a question", lambda entry: model.embed_question(entry.question), entries, 1)


def main() -> None:
    """Print everything."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=400, help="questions in each language")
    parser.add_argument("--more", type=int, default=10_000, help="questions for the memory")
    parser.add_argument("--korean", type=Path, help="a corpus of JSON lines whose sentences are recombined")
    parser.add_argument("--english", type=Path)
    parser.add_argument("--model", choices=("words", "bundled", "none"), default="words")
    parser.add_argument("--tokenise", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.tokenise:
        print(tokenise(sys.stdin.read().split("\n"), options.tokenise))
        return
    tell("memory at the start", memory())
    sources: dict[Language, Path | None] = {"ko": options.korean, "en": options.english}
    half = options.passages // 2
    entries = {name: list(Generator(name, source=source).entries(half)) for name, source in sources.items()}
    tell("memory with the texts of the benchmark", memory())
    print_tokenising([entry.answer for entry in entries["ko"][:1_500]])
    if options.model != "none":
        print_embedding(entries["en"][:200])
    with tempfile.TemporaryDirectory(prefix="dapbot-scale-") as folder:
        models = {"words": word_model(Path(folder, "model")), "bundled": "", "none": "no-such/model"}
        with build_bot(Settings(data=Path(folder, "data"), embedding_model=models[options.model])) as bot:
            tokens.warm()
            tell("memory with Kiwi", memory())
            index(bot, entries)
            for language, some in entries.items():
                print_search(bot, language, some[:: max(1, half // options.asked)])
            print_small_changes(bot, entries["ko"])
            print_memory(bot, entries["ko"][:500] + entries["en"][:500], options.more)


if __name__ == "__main__":
    main()
