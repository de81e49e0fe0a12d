import math
import random

import numpy as np
import pytest

from bot.evaluation.bootstrap import Auc, Mean, Quantile, Share, Table, difference, estimate


def test_a_mean_lies_in_the_interval_that_theory_gives() -> None:
    values = [float(value) for value in np.random.default_rng(7).normal(5, 2, 400)]
    found = estimate(Mean(values), range(400))
    assert found is not None
    assert found.value == pytest.approx(np.mean(values))
    spread = 1.96 * np.std(values) / 20
    assert found.low == pytest.approx(found.value - spread, abs=0.06)
    assert found.high == pytest.approx(found.value + spread, abs=0.06)
    assert found.n == 400


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    chance = random.Random(5)  # noqa: S311 - the same at every run
    held = 0
    for _ in range(60):
        found = estimate(Share([float(chance.random() < 0.3) for _ in range(80)]), range(80))
        held += found is not None and found.low <= 0.3 <= found.high
    assert held >= 51


def test_rows_that_say_nothing_do_not_count() -> None:
    found = estimate(Mean([1.0, math.nan, 3.0]), "abc")
    assert found is not None
    assert (found.value, found.n) == (2.0, 2)
    assert estimate(Mean([math.nan]), "a") is None
    assert estimate(Mean([]), "") is None
    assert estimate(Quantile([math.nan], 0.5), "a") is None
    assert estimate(Auc([0.5], [None]), "a") is None


def test_twenty_of_twenty_are_no_proof_of_all_but_the_mean_of_equal_lengths_is_exact() -> None:
    everything = estimate(Share([1.0] * 20), range(20))
    nothing = estimate(Share([0.0] * 20), range(20))
    assert everything is not None
    assert nothing is not None
    assert everything.low == pytest.approx(0.832, abs=0.001)
    assert everything.high == 1.0
    assert nothing.high == pytest.approx(0.168, abs=0.001)
    one_conversation = estimate(Share([1.0] * 20), ["same"] * 20)
    assert one_conversation is not None
    assert one_conversation.low == pytest.approx(0.025)
    costs = estimate(Mean([0.0] * 20), range(20))
    assert costs is not None
    assert (costs.low, costs.high) == (0.0, 0.0)


def test_what_belongs_together_is_drawn_together() -> None:
    values = [float(number // 10) for number in range(100)]
    alone, together = (estimate(Mean(values), groups) for groups in (range(100), [n // 10 for n in range(100)]))
    assert alone is not None
    assert together is not None
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_a_paired_difference_is_clear_where_two_intervals_overlap() -> None:
    chance = random.Random(3)  # noqa: S311 - the same at every run
    first = [chance.gauss(0, 10) for _ in range(100)]
    second = [value + 1 for value in first]
    runs = [estimate(Mean(values), range(100)) for values in (first, second)]
    assert runs[0] is not None
    assert runs[1] is not None
    assert runs[0].high > runs[1].low
    found = difference(Mean(first), Mean(second), range(100))
    assert found is not None
    assert found.value == pytest.approx(1)
    assert found.clear
    few = difference(Mean(first[:5]), Mean(second[:5]), range(5))
    assert few is not None
    assert not few.clear
    assert difference(Mean(first), Mean([math.nan] * 100), range(100)) is None


def test_quantiles_and_the_area_agree_with_their_definitions() -> None:
    chance = random.Random(9)  # noqa: S311 - the same at every run
    values = [chance.random() for _ in range(101)]
    assert estimate(Quantile(values, 0.5), range(101)).value == sorted(values)[50]  # type: ignore[union-attr]
    sides = [chance.random() < value for value in values]
    scores = [round(value, 1) for value in values]
    pairs = [
        (ours > theirs) + (ours == theirs) / 2
        for ours, side in zip(scores, sides, strict=True)
        if side
        for theirs, other in zip(scores, sides, strict=True)
        if not other
    ]
    found = estimate(Auc(scores, sides), range(101))
    assert found is not None
    assert found.value == pytest.approx(sum(pairs) / len(pairs))
    assert found.low < found.value < found.high


def test_a_table_counts_its_cells() -> None:
    found = estimate(Table([0, 1, 1, None], 2, lambda counts: counts[:, 1] - counts[:, 0]), range(4))
    assert found is not None
    assert (found.value, found.n) == (1.0, 3)


def test_the_same_rows_give_the_same_interval() -> None:
    values = [float(value) for value in range(50)]
    assert estimate(Mean(values), range(50)) == estimate(Mean(values), range(50))
