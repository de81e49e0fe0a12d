from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding import BUNDLED, EmbeddingModel, _bundled_folder, _with_half_matrices
from knowledge.errors import EmbeddingModelError
from tests.knowledge.models import DIMENSIONS, make_model


@pytest.fixture(scope="module")
def bundled() -> EmbeddingModel:
    model = EmbeddingModel()
    model.load()
    return model


def test_the_bundled_model_reads_english_only_and_is_known_to_without_loading() -> None:
    model = EmbeddingModel()
    assert model.name == BUNDLED
    assert model.reads("en")
    assert not model.reads("ko")
    assert model.state == "loading"


def test_unit_vectors_in_the_order_of_the_texts(bundled: EmbeddingModel) -> None:
    texts = ["How do I get a refund?", "The weather is nice. " * 40, "Where is my parcel?"]
    seen: list[tuple[int, int]] = []
    vectors = bundled.embed(texts, lambda done, total: seen.append((done, total)))
    assert vectors.shape == (3, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    question = bundled.embed_question("I want my money back")
    assert question.shape == (384,)
    assert int((vectors @ question).argmax()) == 0
    assert seen[-1] == (3, 3)
    assert bundled.state == "ready"


@pytest.mark.parametrize("text", ["", "\x00", "🙂", "환불", "word " * 20_000])
def test_any_text_has_a_vector(bundled: EmbeddingModel, text: str) -> None:
    assert np.isfinite(bundled.embed([text])).all()
    assert np.isfinite(bundled.embed_question(text)).all()


def test_nothing_to_embed(bundled: EmbeddingModel) -> None:
    assert len(bundled.embed([])) == 0


def test_as_sentence_transformers_itself_does_it(bundled: EmbeddingModel) -> None:
    from sentence_transformers import SentenceTransformer

    text = "How long does it take until a refund is on my account?"
    expected = SentenceTransformer(_bundled_folder(), device="cpu").encode([text], show_progress_bar=False)[0]
    assert bundled.embed([text])[0] == pytest.approx(expected, abs=1e-5)
    assert float(bundled.embed_question(text) @ expected) > 0.9999  # in half precision where that is faster


def test_half_precision_changes_next_to_nothing(bundled: EmbeddingModel) -> None:
    light = _with_half_matrices(bundled._loaded())
    text = "Do you ship to other countries, and what does it cost?"
    assert float(bundled._encode(light, [text], "query")[0] @ bundled.embed([text])[0]) > 0.9999


@pytest.mark.parametrize("name", ["no-such/model-anywhere", "/no/such/folder", "../x", "한글 이름"])
def test_a_model_that_is_not_there_is_not_downloaded_and_named(name: str) -> None:
    model = EmbeddingModel(name)
    for _ in range(2):
        with pytest.raises(EmbeddingModelError, match="embedding model"):
            model.load()
    assert model.state.startswith("off: ")
    assert name in model.state


def test_a_folder_that_holds_no_model(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{broken")
    with pytest.raises(EmbeddingModelError):
        EmbeddingModel(str(tmp_path)).load()


def test_a_model_whose_vocabulary_is_korean_reads_korean(tmp_path: Path) -> None:
    model = EmbeddingModel(str(make_model(tmp_path / "ko", ["환불 반품", "배송 택배", "refund"])))
    assert model.reads("ko")
    assert model.embed_question("환불").shape == (DIMENSIONS,)


def test_a_model_whose_vocabulary_is_english_does_not(tmp_path: Path) -> None:
    model = EmbeddingModel(str(make_model(tmp_path / "en", ["refund money", "parcel delivery"])))
    assert model.may_read("ko")  # not known before it is loaded
    assert not model.reads("ko")
    assert not model.may_read("ko")
    assert model.reads("en")
