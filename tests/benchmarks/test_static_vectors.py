"""Korean texts as weighted means of the vectors of their terms."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import EmbeddingModelError
from tests.benchmarks.static_vectors import KoreanVectors, load

TERMS = ["환불/N", "반품/N", "나무/N"]
VECTORS = np.array([[100, 10, 0], [90, 30, 0], [0, 0, 120]], np.int8)
WEIGHTS = np.array([0.01, 0.01, 0.01], np.float32)


def write(path: Path, **changed: object) -> Path:
    parts = {"terms": np.frombuffer("\n".join(TERMS).encode(), np.uint8), "vectors": VECTORS, "weights": WEIGHTS}
    np.savez(path, **{**parts, **changed})
    return path


def test_a_text_is_a_unit_vector_near_texts_of_like_words(tmp_path: Path) -> None:
    vectors = load(write(tmp_path / "vectors.npz"))
    refund, both, tree = vectors.embed([{"환불/N": 1}, {"반품/N": 2, "환불/N": 0.5}, {"나무/N": 1}])
    assert vectors.dimensions == 3
    assert np.linalg.norm(both) == pytest.approx(1)
    assert refund @ both > 0.9 > 0.1 > refund @ tree


def test_the_number_of_a_term_moves_the_vector() -> None:
    vectors = KoreanVectors(TERMS, VECTORS, WEIGHTS)
    once, often, tree = vectors.embed([{"환불/N": 1, "나무/N": 1}, {"환불/N": 1, "나무/N": 9}, {"나무/N": 1}])
    assert often @ tree > once @ tree


def test_a_text_without_known_terms_is_near_nothing() -> None:
    found = KoreanVectors(TERMS, VECTORS, WEIGHTS).embed([{}, {"모르는말/N": 1}])
    assert found.shape == (2, 3)
    assert found.dtype == np.float32
    assert not found.any()


def test_no_texts_are_no_rows() -> None:
    assert KoreanVectors(TERMS, VECTORS, WEIGHTS).embed([]).shape == (0, 3)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut"])
def test_a_file_that_is_no_archive_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "vectors.npz").write_bytes(content)
    with pytest.raises(EmbeddingModelError, match="cannot be read"):
        load(tmp_path / "vectors.npz")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingModelError, match="cannot be read"):
        load(tmp_path / "none.npz")


@pytest.mark.parametrize("changed", [{"weights": WEIGHTS[:2]}, {"vectors": VECTORS.astype(np.float32)}])
def test_parts_that_do_not_belong_together_are_said(tmp_path: Path, changed: dict[str, object]) -> None:
    with pytest.raises(EmbeddingModelError, match="damaged"):
        load(write(tmp_path / "vectors.npz", **changed))
