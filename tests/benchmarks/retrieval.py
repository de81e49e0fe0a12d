"""Print the quality of the search on evaluation sets: ``python -m tests.benchmarks.retrieval --data FOLDER``.

FOLDER holds one folder a set with ``corpus.jsonl`` and ``questions.jsonl`` in the product's own shapes; the questions
name their passages in ``passage_ids``. Where they do not, the run is written beside them as ``run.trec`` for a tool
that knows them.
"""

import argparse
from pathlib import Path

from bot.evaluation.retrieval import evaluate_retrieval

COLUMNS = ("passages", "questions", "recall@1", "recall@5", "recall@10", "mrr@10", "index_ms", "question_p50_ms")


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--embedding-model", default="", help="a folder or a name in the local cache")
    options = parser.parse_args()
    print(f"{'set':<20}", *(f"{name:>15}" for name in COLUMNS))
    for folder in sorted(path.parent for path in options.data.glob("*/corpus.jsonl")):
        with (folder / "run.trec").open("w", encoding="utf-8") as run:
            figures = evaluate_retrieval(
                folder / "corpus.jsonl", folder / "questions.jsonl", run, embedding_model=options.embedding_model
            )
        print(f"{folder.name:<20}", *(f"{figures.get(name, ''):>15}" for name in COLUMNS), flush=True)


if __name__ == "__main__":
    main()
