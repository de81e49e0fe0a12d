"""Print the speed beside the plain LangChain + Chroma + MiniLM recipe: ``python -m tests.benchmarks.speed``.

Both run in this process, warm, on the same passages and questions; questions alternate between the two, so that a
busy moment hits both. The recipe's part is its retrieval alone. Ours is the whole answer: extractive, checked, written
to the database. For a Korean corpus we make no vectors (the bundled model cannot read them), the recipe does: that is
why it is indexed so much faster, and found at all.

Without ``--corpus`` the passages are generated: a shop's FAQ of ``--passages`` entries in each language.
"""

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

from bot.messages import Message
from bot.settings import Settings
from bot.wiring import Bot, build_bot
from knowledge.language import Language, language_of
from tests.benchmarks.plain_recipe import ChromaStore, MiniLm, retriever_over

WARM_UP = 10

KOREAN = (
    ("환불", "배송", "교환", "적립금", "쿠폰", "회원 등급", "세금계산서", "예약 주문", "정기 구독", "선물 포장"),
    ("신청 방법", "처리 기간", "제한 조건", "수수료", "취소 기한", "필요 서류", "변경 절차", "확인 메뉴"),
    "{2}번 상품의 {0} {1}은 어떻게 되나요?",
    "{2}번 상품의 {0}은 마이페이지의 [{0} 관리] 메뉴에서 신청하실 수 있습니다. {1}은 상품에 따라 다르며, 접수하신 "
    "날부터 영업일 기준 {3}일 안에 결과를 문자로 알려 드립니다. 주문하신 분과 받으시는 분이 다르면 본인 확인을 위해 "
    "추가 서류를 요청드릴 수 있습니다. 자세한 내용은 고객센터(1588-{4})로 문의해 주세요. 평일 오전 9시부터 오후 "
    "6시까지 상담하며 점심시간에는 연결이 늦어질 수 있습니다.",
)
ENGLISH = (
    ("refund", "delivery", "exchange", "store credit", "voucher", "membership", "invoice", "pre-order", "gift wrap"),
    ("procedure", "waiting time", "conditions", "fee", "deadline", "documents", "changes", "status page"),
    "What about the {1} of a {0} for item {2}?",
    "A {0} for item {2} is requested on your account page under '{0}s'. The {1} depends on the item; we tell you the "
    "result by text message within {3} business days. If somebody else receives the parcel we may ask for another "
    "document to be sure who you are. Call us on 1588-{4} for details, on weekdays from nine to six; around noon it "
    "takes a little longer until somebody is free.",
)


@dataclass(frozen=True)
class Material:
    """What is indexed and asked in one language."""

    language: Language
    passages: list[dict[str, str]]
    questions: list[str]


@dataclass(frozen=True)
class Row:
    """One line of the table: milliseconds (or passages a second) of the recipe and of ours."""

    name: str
    recipe: float
    ours: float
    unit: str

    def __str__(self) -> str:
        faster = self.ours / self.recipe if self.unit == "passages/s" else self.recipe / self.ours
        return f"{self.name:<44} {self.recipe:>12.2f} {self.ours:>12.2f}  {self.unit:<12} {faster:>8.2f} x"


def generated(language: Language, count: int) -> Material:
    """Return a shop's FAQ of ``count`` entries and questions about some of them."""
    subjects, sides, question, answer = KOREAN if language == "ko" else ENGLISH
    chance = random.Random(7)  # noqa: S311 - a benchmark
    passages = []
    for number in range(count):
        words = (
            chance.choice(subjects),
            chance.choice(sides),
            number,
            chance.randint(1, 14),
            chance.randint(1000, 9999),
        )
        passages.append({"id": str(number), "question": question.format(*words), "answer": answer.format(*words)})
    return Material(language, passages, [chance.choice(passages)["question"] for _ in range(200)])


def from_files(corpus: Path, questions: Path, most: int) -> Material:
    """Return the passages of a contract corpus and at most ``most`` questions."""
    passages = [json.loads(line) for line in corpus.read_text(encoding="utf-8").split("\n") if line.strip()]
    asked = [json.loads(line)["question"] for line in questions.read_text(encoding="utf-8").split("\n") if line.strip()]
    step = max(1, len(asked) // most)
    return Material(language_of(_text(passages[0])), passages, asked[::step][:most])


def _text(passage: dict[str, str]) -> str:
    parts = (passage.get(name, "") for name in ("title", "question", "answer", "text"))
    return "\n".join(part for part in parts if part)


def compare(material: Material, embeddings: MiniLm, folder: Path) -> list[Row]:
    """Index and ask both ways."""
    store = ChromaStore(folder / "recipe", embeddings)
    begun = time.perf_counter()
    store.add_texts([_text(passage) for passage in material.passages])
    recipe_seconds = time.perf_counter() - begun
    lines = "".join(json.dumps(passage, ensure_ascii=False) + "\n" for passage in material.passages).encode()
    with build_bot(Settings(data=folder / "ours")) as bot:
        bot.knowledge.search("준비 ready")  # Kiwi is warm, as the model is
        begun = time.perf_counter()
        bot.library.add([("faq.jsonl", lines)])
        our_seconds = time.perf_counter() - begun
        rows = _ask(material, store, bot)
    store.close()
    count = len(material.passages)
    name = f"{material.language}, {count} passages"
    index = Row(f"{name}: indexed", count / recipe_seconds, count / our_seconds, "passages/s")
    return [index, *(Row(f"{name}: {row.name}", row.recipe, row.ours, row.unit) for row in rows)]


def _ask(material: Material, store: ChromaStore, bot: Bot) -> list[Row]:
    retriever = retriever_over(store)
    ways: dict[str, Callable[[str], object]] = {
        "recipe": retriever.invoke,
        "search": bot.knowledge.search,
        "answer": lambda question: bot.ask(Message(question, "api")),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for number, question in enumerate([*material.questions[:WARM_UP], *material.questions]):
        for name, way in ways.items():
            begun = time.perf_counter()
            way(question)
            if number >= WARM_UP:
                times[name].append((time.perf_counter() - begun) * 1e3)
    return [
        Row("question answered and logged, p50", median(times["recipe"]), median(times["answer"]), "ms"),
        Row("question answered and logged, p95", _p95(times["recipe"]), _p95(times["answer"]), "ms"),
        Row("search alone, p50", median(times["recipe"]), median(times["search"]), "ms"),
    ]


def _p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20)[-1]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--passages", type=int, default=600)
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="JSONL; may be repeated")
    parser.add_argument("--questions", type=Path, action="append", default=[], help="JSONL, one for each corpus")
    parser.add_argument("--most", type=int, default=200, help="questions asked of each corpus")
    options = parser.parse_args()
    pairs = zip(options.corpus, options.questions, strict=True)
    materials = [from_files(corpus, questions, options.most) for corpus, questions in pairs]
    materials = materials or [generated("ko", options.passages), generated("en", options.passages)]
    embeddings = MiniLm()
    embeddings.embed_query("warm up")
    print(f"{'':<44} {'recipe':>12} {'dapbot':>12}  {'':<12} {'faster':>10}")
    for material in materials:
        with tempfile.TemporaryDirectory(prefix="dapbot-speed-") as folder:
            for row in compare(material, embeddings, Path(folder)):
                print(row, flush=True)


if __name__ == "__main__":
    main()
