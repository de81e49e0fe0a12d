from pathlib import Path
from typing import Any

import pytest

from bot.errors import UserError
from bot.evaluation.sentiment import Labelled, evaluate_sentiment, labelled, own_labels

TEXTS = [
    Labelled("1", "배송이 정말 빨라서 좋았어요", "positive"),
    Labelled("2", "너무 실망했어요. 환불해 주세요", "negative"),
    Labelled("3", "Terrible service, never again", "negative"),
    Labelled("4", "주문 번호를 적어 드립니다", "neutral"),
]


def test_figures_of_labels_and_scores() -> None:
    said: dict[str, dict[str, Any]] = {
        "1": {"label": "positive", "score": 0.8},
        "2": {"label": "negative", "score": -0.4},
        "3": {"label": "positive", "score": 0.1},
        "4": {"error": "no"},
    }
    found = evaluate_sentiment(TEXTS, said)
    values = {name: round(each.value, 3) for name, each in found.first.figures.items()}
    assert found.first.counts["failed"] == 1
    assert found.first.counts["labels"]["negative"] == {"negative": 1, "neutral": 0, "positive": 1, "none": 0}
    assert values["accuracy"] == 0.5
    assert values["balanced_accuracy"] == 0.5
    assert values["side_balanced_accuracy"] == 0.75
    assert values["side_auc"] == 1.0
    assert values["accuracy_ko"] == 0.667
    assert values["positive_precision"] == 0.5
    assert values["negative_recall"] == 0.5
    assert values["neutral_recall"] == 0.0
    assert found.first.figures["positive_precision"].n == 2
    assert found.first.figures["positive_recall"].n == 1
    assert "neutral_precision" not in found.first.figures


def test_our_own_model_reads_them_and_a_second_file_is_compared() -> None:
    steps: list[tuple[int, int]] = []
    ours = own_labels(TEXTS, lambda done, of: steps.append((done, of)))
    assert steps[-1] == (4, 4)
    found = evaluate_sentiment(TEXTS, {}, ours)
    assert found.first.figures["accuracy"].value == 0.0
    assert found.differences["accuracy"].value >= 0.75
    assert not found.differences["accuracy"].clear


@pytest.mark.parametrize("odd", [{"label": ["x"], "score": "high"}, {"label": None, "score": True}, {"score": 1e9}])
def test_an_odd_line_is_wrong_and_no_crash(odd: dict[str, Any]) -> None:
    found = evaluate_sentiment(TEXTS, {text.id: odd for text in TEXTS})
    assert found.first.figures["accuracy"].value == 0.0
    assert found.first.counts["failed"] == 4


def test_labels_in_short_and_in_korean(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"id":1,"text":"a","label":"Neg"}\n{"id":2,"text":"b","label":"중립"}', encoding="utf-8")
    assert [text.label for text in labelled(path)] == ["negative", "neutral"]
    path.write_text('{"id":1,"text":"a","label":"angry"}', encoding="utf-8")
    with pytest.raises(UserError):
        labelled(path)
