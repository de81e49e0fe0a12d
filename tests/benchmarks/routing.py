"""Print how long it takes to tell what a message is for: ``python -m tests.benchmarks.routing [QUESTIONS.jsonl ...]``.

Beside it, in the same run, what cannot be done without: the text put into one form. Of files of questions
(``{"question"}``) the share that is taken for questions is printed as well.
"""

import json
import sys
import time
import unicodedata
from pathlib import Path
from statistics import median

from bot.correcting import named
from bot.language import reply_language
from bot.routing import wanted

TEXTS = {
    "a question": "배송비는 얼마인가요?",
    "an order above 200,000 characters": "영어로 번역해줘:\n" + "배송은 사흘 걸립니다. " * 15_000,
    "200,000 characters of sentences": "배송은 사흘 걸립니다. " * 15_000,
    "one word of 200,000 characters": "가나다라" * 50_000,
    "one letter 200,000 times": "ㅋ" * 200_000,
}
ROUNDS = 9


def told(text: str) -> str:
    """Return the task of a message."""
    return named(text) or wanted(text, reply_language(text)).task


def milliseconds(text: str, *, plain: bool) -> float:
    """Return the median time of ``ROUNDS``."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        if plain:
            unicodedata.normalize("NFC", text).strip().casefold()
        else:
            told(text)
        taken.append((time.perf_counter() - begun) * 1e3)
    return median(taken)


def main() -> None:
    """Print the figures."""
    told("warm")
    for name, text in TEXTS.items():
        ours, plain = milliseconds(text, plain=False), milliseconds(text, plain=True)
        print(f"{name:<36} {ours:7.3f} ms   one form {plain:7.3f} ms   {ours / plain:6.2f} x")
    for path in map(Path, sys.argv[1:]):
        questions = [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines() if line.strip()]
        right = sum(told(question) == "answer" for question in questions)
        print(f"{path.name:<36} {right / len(questions):.4f} of {len(questions)} taken for questions")


if __name__ == "__main__":
    main()
