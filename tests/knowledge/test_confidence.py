"""The signals of one search, and the confidence made from them."""

import math
import random
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.calibration import Calibration
from knowledge.confidence import KEYWORDS, LINES, VECTORS, Signals, measure, squash


@dataclass
class Hits:
    """One field's hits, best first."""

    scores: dict[int, float] = field(default_factory=dict)
    greatest: float = 10.0


def hits(*scores: float, greatest: float = 10.0) -> Hits:
    return Hits(dict(enumerate(scores, 1)), greatest)


def test_the_gap_is_between_the_first_and_the_tenth_as_a_share_of_the_greatest_score() -> None:
    words = hits(8, 7, 7, 7, 7, 7, 7, 7, 7, 3, 1)
    signals = measure(words, hits(5, 4), count=11)
    assert signals.words_gap == pytest.approx(0.5)
    assert signals.bigrams_gap == pytest.approx(0.5)  # fewer than ten were found: the tenth has nothing
    assert signals.cosine is None


def test_the_top_is_measured_in_rarest_words_and_heavy_words_do_not_inflate_it() -> None:
    rarest = math.log(1 + 100.5 / 0.5) * 2.2
    assert measure(hits(2 * rarest), hits(), count=100).words_top == pytest.approx(2)
    assert measure(hits(2 * rarest), hits(), count=100, heaviest=2.0).words_top == pytest.approx(1)
    assert measure(hits(2 * rarest), hits(), count=100, heaviest=0.3).words_top == pytest.approx(2)


def test_only_what_the_asker_may_see_counts() -> None:
    words = hits(9, 2, 1)
    signals = measure(words, hits(), count=3, allowed={2, 3})
    assert signals.words_gap == pytest.approx(0.2)
    nothing = measure(words, hits(), count=3, allowed=set())
    assert nothing == Signals()


def test_nothing_found_and_an_empty_index_give_no_confidence() -> None:
    for empty in (hits(greatest=0.0), Hits({}, 0.0), hits()):
        signals = measure(empty, empty, count=0)
        assert signals == Signals()
        assert Calibration().confidence(signals, "ko") < 0.1


@pytest.mark.parametrize("name", ["words_gap", "bigrams_gap", "words_top"])
def test_more_of_a_keyword_signal_is_never_less_confidence(name: str) -> None:
    few = Signals(0.2, 0.2, 0.2)
    more = replace(few, **{name: 0.6})
    assert KEYWORDS.raw(more) > KEYWORDS.raw(few)


def test_with_a_cosine_the_vectors_decide() -> None:
    weak = Signals(0.3, 0.3, 0.3, cosine=0.2)
    strong = replace(weak, cosine=0.8)
    assert VECTORS.raw(strong) > VECTORS.raw(weak)
    assert Calibration().confidence(strong, "en") > LINES["balanced"] > Calibration().confidence(weak, "en")


@given(st.floats(allow_nan=False))
def test_squash_stays_between_nothing_and_certainty(raw: float) -> None:
    assert 0 < squash(raw) < 1


def test_the_lines_are_in_order_and_the_shipped_one_is_the_middle() -> None:
    assert LINES["careful"] > LINES["balanced"] > LINES["eager"]
    assert LINES["balanced"] == 0.5


def test_measuring_costs_little() -> None:
    """Two hundred hits a field: the first ten are looked at, whatever follows."""
    drawn = sorted((random.Random(7).random() for _ in range(200)), reverse=True)  # noqa: S311 - numbers for a test
    many = hits(*drawn)
    first = measure(many, many, count=200)
    assert first == measure(hits(*drawn[:10]), hits(*drawn[:10]), count=200)
