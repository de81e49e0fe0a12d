"""Two models as one: each language in dimensions of its own."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import EmbeddingModel, Vectors
from knowledge.errors import EmbeddingModelError
from knowledge.korean_vectors import shipped, written
from knowledge.pairing import ENGLISH, FILE, Models, Paired, korean_in, of_generation, paired
from tests.knowledge.models import make_model


@pytest.fixture(scope="module")
def both() -> Paired:
    return Paired(EmbeddingModel(), shipped(), "korean-test")


def lengths(vectors: Vectors) -> list[float]:
    return [float(each) for each in np.linalg.norm(np.atleast_2d(vectors), axis=1)]


def test_korean_needs_no_other_model(both: Paired) -> None:
    found = both.embed(["환불은 사흘 안에 됩니다", "…", "반품과 환불"])
    assert both.used_for("ko", wait=False) == "used"
    assert both.state == "loading", "the English model was not needed"
    assert lengths(found) == pytest.approx([1, 1, 1])
    asked = both.embed_question("환불 언제 돼요?")
    assert found[0] @ asked > 0.3
    assert found[1] @ asked == 0
    assert not found[:, :ENGLISH].any()


def test_the_languages_have_nothing_in_common(both: Paired) -> None:
    texts = both.embed(["환불은 사흘 안에 됩니다", "Refunds take three days."])
    assert texts[0] @ texts[1] == 0
    asked = both.embed_question("How long does a refund take?")
    assert asked @ texts[1] > 0.5
    assert asked @ texts[0] == 0
    assert (both.compares("en"), both.compares("ko")) == (True, False)


def test_without_korean_vectors_and_with_another_model_there_is_one(tmp_path: Path) -> None:
    english = EmbeddingModel()
    assert paired(english, b"") is english
    other = EmbeddingModel(str(make_model(tmp_path / "other", ["환불 refund"])))
    assert paired(other, written(shipped())) is other
    with pytest.raises(EmbeddingModelError, match="cannot be read"):
        paired(english, b"broken")


def test_a_generation_keeps_what_it_was_made_with(tmp_path: Path) -> None:
    english, korean = EmbeddingModel(), written(shipped())
    models = Models(english, korean_in(tmp_path))
    assert models.wanted is english
    models.want(korean)
    models.equip(tmp_path / "1")
    assert korean_in(tmp_path / "1") == korean
    assert of_generation(tmp_path / "1", english).name == models.wanted.name
    models.want(b"")
    models.equip(tmp_path / "1")
    assert korean_in(tmp_path / "1") == b""
    (tmp_path / FILE).write_bytes(b"broken")
    assert of_generation(tmp_path, english) is english
