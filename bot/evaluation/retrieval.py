"""The quality of the search: every question of a file is asked, the ranking is written as a TREC run."""

import json
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, TextIO

from bot.errors import UserError
from knowledge.entries import UnreadableError
from knowledge.passages import Passage, Progress
from knowledge.reading import read
from knowledge.search import Knowledge
from knowledge.splitting import Draft, split

DEPTH = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A question line; ``right``: the keys of the passages that answer it, where the file knows them."""

    id: str
    question: str
    right: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Ranks:
    """Where the first right passage stood, for each question whose right passages are known."""

    places: list[int | None] = field(default_factory=list)

    def note(self, keys: Sequence[str], right: frozenset[str]) -> None:
        if right:
            self.places.append(next((place for place, key in enumerate(keys, 1) if key in right), None))

    def figures(self) -> dict[str, float]:
        if not self.places:
            return {}
        count = len(self.places)
        recalls = {f"recall@{n}": sum(place is not None and place <= n for place in self.places) for n in (1, 5, 10)}
        reciprocal = sum(1 / place for place in self.places if place is not None and place <= 10)
        return {name: round(hits / count, 4) for name, hits in recalls.items()} | {
            "mrr@10": round(reciprocal / count, 4)
        }


def evaluate_retrieval(
    corpus: Path, questions: Path, run: TextIO, *, embedding_model: str = "", progress: Progress | None = None
) -> dict[str, float]:
    """Search ``corpus`` for every question and write ``question_id Q0 key rank score dapbot``, 100 deep, best first.

    The corpus is read as ``dapbot knowledge add`` would; its index is made in a temporary folder and thrown away.
    A question line is ``{"id", "question"}``; with ``passage_ids`` (or ``passage_id``) recall is computed too.

    Returns:
        Counts, times in milliseconds and, where the right passages are known, recall@1, @5, @10 and MRR@10.

    Raises:
        UserError: a file cannot be read, or a line is not what it should be.
    """
    drafts = _read_corpus(corpus)
    asked = list(_read_questions(questions))
    total = len(drafts) + len(asked)
    ranks, times = _Ranks(), []
    with tempfile.TemporaryDirectory(prefix="dapbot-") as folder:
        knowledge = Knowledge(Path(folder), embedding_model=embedding_model)
        try:
            begun = time.perf_counter()
            knowledge.index([_passage(number, draft) for number, draft in enumerate(drafts)], _scaled(progress, drafts))
            indexed = time.perf_counter() - begun
            for number, each in enumerate(asked, 1):
                begun = time.perf_counter()
                found = knowledge.search(each.question, limit=DEPTH)
                times.append(time.perf_counter() - begun)
                keys = [drafts[candidate.id].key for candidate in found.candidates]
                run.writelines(
                    f"{_token(each.id)} Q0 {_token(key)} {rank} {candidate.score:.6f} dapbot\n"
                    for rank, (key, candidate) in enumerate(zip(keys, found.candidates, strict=True), 1)
                )
                ranks.note(keys, each.right)
                if progress:
                    progress(len(drafts) + number, total)
        finally:
            knowledge.close()
    spent = {"index_ms": round(indexed * 1e3, 1), "question_p50_ms": round(median(times or [0.0]) * 1e3, 2)}
    return {"passages": len(drafts), "questions": len(asked), **ranks.figures(), **spent}


def _scaled(progress: Progress | None, drafts: Sequence[Draft]) -> Progress | None:
    """Return a progress for the index that counts as many steps as there are passages."""
    if progress is None:
        return None
    return lambda done, of: progress(done * len(drafts) // max(1, of), len(drafts))


def _read_corpus(path: Path) -> list[Draft]:
    try:
        return split(read(path.name, _bytes(path)))
    except UnreadableError as error:
        raise UserError(error.note.phrase, **error.note.values) from error


def _passage(number: int, draft: Draft) -> Passage:
    return Passage(number, draft.language, draft.answer, draft.title, draft.question, draft.aliases)


def _read_questions(path: Path) -> Iterator[Asked]:
    for number, line in enumerate(_bytes(path).decode("utf-8-sig", errors="replace").split("\n"), 1):
        if line.strip():
            yield _question(line, number)


def _question(line: str, number: int) -> Asked:
    try:
        values: Any = json.loads(line)
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, Mapping) or not isinstance(values.get("question"), str) or "id" not in values:
        raise UserError("evaluate.question_line", line=number)
    right = values.get("passage_ids") or [values.get("passage_id")]
    known = frozenset(str(key) for key in right if key is not None) if isinstance(right, list) else frozenset()
    return Asked(str(values["id"]), values["question"], known)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError("evaluate.unreadable", file=str(path), reason=error.strerror or str(error)) from error


def _token(text: str) -> str:
    """Return an id as one word: a run has its columns parted by spaces."""
    return "_".join(text.split()) or "_"
