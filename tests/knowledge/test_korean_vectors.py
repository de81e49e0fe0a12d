"""Korean texts as weighted means of the vectors of their terms."""

import io
import itertools

import numpy as np
import pytest

from knowledge.errors import EmbeddingModelError
from knowledge.korean_vectors import SHIPPED, KoreanVectors, changed, name_of, packed, read, shipped, unpacked, written

TERMS = ["환불/N", "반품/N", "나무/N"]
VECTORS = np.array([[100, 10, 0], [90, 30, 0], [0, 0, 120]], np.int8)
WEIGHTS = np.array([0.01, 0.01, 0.01], np.float32)


def made(**changed: object) -> bytes:
    parts = {"terms": np.frombuffer("\n".join(TERMS).encode(), np.uint8), "vectors": VECTORS, "weights": WEIGHTS}
    file = io.BytesIO()
    np.savez(file, **{**parts, **changed})  # type: ignore[arg-type]
    return file.getvalue()


def test_a_text_is_a_unit_vector_near_texts_of_like_words() -> None:
    vectors = read(made(), "here")
    refund, both, tree = vectors.embed_terms([{"환불/N": 1}, {"반품/N": 2, "환불/N": 0.5}, {"나무/N": 1}], WEIGHTS)
    assert vectors.dimensions == 3
    assert np.linalg.norm(both) == pytest.approx(1)
    assert refund @ both > 0.9 > 0.1 > refund @ tree


def test_the_number_of_a_term_moves_the_vector() -> None:
    vectors = KoreanVectors(TERMS, VECTORS, WEIGHTS)
    texts = [{"환불/N": 1.0, "나무/N": 1.0}, {"환불/N": 1.0, "나무/N": 9.0}, {"나무/N": 1.0}]
    once, often, tree = vectors.embed_terms(texts, WEIGHTS)
    assert often @ tree > once @ tree


def test_a_text_without_known_terms_is_near_nothing() -> None:
    found = KoreanVectors(TERMS, VECTORS, WEIGHTS).embed_terms([{}, {"모르는말/N": 1}], WEIGHTS)
    assert found.shape == (2, 3)
    assert found.dtype == np.float32
    assert not found.any()


def test_no_texts_are_no_rows() -> None:
    assert KoreanVectors(TERMS, VECTORS, WEIGHTS).embed([]).shape == (0, 3)


def test_only_what_was_changed_is_written() -> None:
    base = shipped()
    whole = np.full((1, base.dimensions), 7, np.int8)
    tuned = changed(base, ["환불/N", "모르는말/N"], np.vstack([whole, whole]), WEIGHTS[:2], WEIGHTS[:2] * 2)
    data = written(tuned)
    assert len(data) < 10_000
    again = read(data, "here")
    place = base.place("환불/N")
    assert place is not None
    assert (again.vectors[place] == 7).all()
    assert again.asked[place] == np.float32(0.02)
    assert (again.vectors == tuned.vectors).all()
    assert (base.vectors[place] != 7).any(), "the shipped ones are as they were"
    assert name_of(data) == name_of(written(again)) != name_of(written(base))


def test_a_compound_that_is_not_known_is_taken_apart() -> None:
    vectors = shipped()
    assert vectors.place("에너지바우처/N") is None
    assert set(vectors.known({"에너지바우처/N": 2.0})) == {"에너지/N", "바우처/N"}
    assert vectors.known({"쀍뷁쀍/N": 1.0, "뷁/V": 1.0, "가" * 5000 + "/N": 1.0}) == {}


def test_four_dimensions_a_byte() -> None:
    signs = np.array(list(itertools.product((-1, 0, 1), repeat=4)), np.int8)
    assert packed(signs).shape == (81, 1)
    assert (unpacked(packed(signs)) == signs).all()


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut"])
def test_what_is_no_archive_is_said(content: bytes) -> None:
    with pytest.raises(EmbeddingModelError, match="cannot be read"):
        read(content, "here")


@pytest.mark.parametrize("changed", [{"weights": WEIGHTS[:2]}, {"vectors": VECTORS.astype(np.float32)}])
def test_parts_that_do_not_belong_together_are_said(changed: dict[str, object]) -> None:
    with pytest.raises(EmbeddingModelError, match="damaged"):
        read(made(**changed), "here")


def test_the_shipped_ones_know_which_words_are_alike() -> None:
    """Words that share no syllable: the keyword leg is silent here."""
    assert SHIPPED.stat().st_size < 8_000_000
    vectors = shipped()
    texts = vectors.embed(["환불은 영업일 기준 3일 안에 처리됩니다.", "주차장은 지하 2층에 있습니다."])
    refund, parking = texts @ vectors.embed_question("돈 돌려받는 데 며칠 걸려요?")
    assert refund > parking
