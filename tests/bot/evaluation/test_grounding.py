from pathlib import Path

import pytest

from bot.errors import UserError
from bot.evaluation.grounding import Claim, claims_of, evaluate_grounding, own_scores
from bot.grounding import grounding, trigrams_shared

SHOP = "환불은 영업일 기준 3~5일 걸립니다. 배송비는 3,000원이며 3만 원 이상 주문하면 무료입니다."
CLINIC = "The clinic is open from 9 am to 6 pm on weekdays. Appointments can be changed by phone."
CLAIMS = [
    Claim("1", "배송비는 3,000원입니다.", (SHOP,), True),
    Claim("2", "배송비는 9,000원입니다.", (SHOP,), False),
    Claim("3", "The clinic is open from 9 am to 6 pm.", (CLINIC,), True),
    Claim("4", "Parking is free for all visitors in the tower next door.", (CLINIC,), False),
]


def test_what_is_wrong_scores_lower_and_says_why() -> None:
    right, number, denied, strange = (
        grounding(text, [SHOP])
        for text in (
            "환불은 영업일 기준 3~5일 걸립니다.",
            "환불은 영업일 기준 9일 걸립니다.",
            "환불은 영업일 기준 3~5일 걸리지 않습니다.",
            "점심은 구내식당에서 드실 수 있습니다.",
        )
    )
    assert right.ok
    assert right.score > 0.9
    assert right.score > number.score
    assert right.score > denied.score
    assert strange.score < 0.3
    assert number.reasons[0].startswith("number")
    assert denied.reasons[0].startswith("negation")


@pytest.mark.parametrize(
    ("text", "sources"), [("", [SHOP]), ("...", [SHOP]), ("3", [""]), ("환불", []), ("a" * 9_000, [CLINIC])]
)
def test_odd_texts_have_a_score(text: str, sources: list[str]) -> None:
    assert -0.5 <= grounding(text, sources).score <= 1


def test_trigrams() -> None:
    assert trigrams_shared("abcd", "xabcdx") == 1.0
    assert trigrams_shared("abcd", "abc") == 0.5
    assert trigrams_shared("", "abc") == 0.0


def test_figures_beside_the_baseline_and_two_files_compared() -> None:
    steps: list[tuple[int, int]] = []
    ours = own_scores(CLAIMS, lambda done, of: steps.append((done, of)))
    assert steps[-1] == (4, 4)
    found = evaluate_grounding(CLAIMS, ours, {"1": {"id": 1, "score": 0.1, "ok": False}, "2": {"id": 2, "score": 0.2}})
    assert found.first.figures["grounding_auc"].value == 1.0
    assert found.first.figures["grounded_flagged"].value == 0.0
    assert found.first.figures["ungrounded_flagged"].value == 1.0
    assert found.first.figures["grounding_gain"].n == 4
    assert found.second is not None
    assert found.second.counts["failed"] == 2
    assert found.second.figures["grounding_auc"].value == 0.0
    assert found.differences["grounding_auc"].value == -1.0


@pytest.mark.parametrize(
    "line",
    [
        '{"id": 1, "claim": "a", "context": "b"}',
        '{"id": 1, "claim": "a", "context": [], "grounded": true}',
        '{"id": 1, "claim": "a", "context": [3], "grounded": true}',
        '{"id": 1, "claim": 3, "context": "b", "grounded": true}',
        '{"id": 1, "claim": "a", "context": "b", "grounded": "yes"}',
    ],
)
def test_a_line_that_does_not_fit_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        claims_of(path)
    assert caught.value.phrase == "evaluate.claim_line"


def test_passages_as_a_list_and_in_the_korean_code_page(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_bytes('{"id": 1, "claim": "가", "context": ["나", "다"], "grounded": false}\n'.encode("cp949"))
    assert claims_of(path) == [Claim("1", "가", ("나", "다"), False)]


def test_several_claims_about_one_thing(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    line = '{"id": "a", "claim": "c", "context": "c", "grounded": true}'
    file.write_text(f"{line}\n{line}\n{line}\n", "utf-8")
    assert [claim.id for claim in claims_of(file)] == ["a", "a#2", "a#3"]
