"""Several processes, one vector server: each its own words, one keeps the vectors."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.embedding import EmbeddingModel
from knowledge.errors import VectorServerError
from knowledge.passages import Passage
from knowledge.search import Knowledge
from knowledge.vector_server import VectorKeeper
from knowledge.vectors import VectorIndex
from tests.knowledge.models import make_model
from tests.servers.chroma import ChromaServer

PASSAGES = [
    Passage(1, "ko", "사흘 안에 됩니다", question="환불은 언제 되나요?"),
    Passage(2, "ko", "이틀 걸립니다", question="배송은 며칠 걸리나요?", aliases=("언제 오나요?",)),
    Passage(3, "en", "behind the house", question="parking where"),
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> EmbeddingModel:
    return EmbeddingModel(
        str(make_model(tmp_path_factory.mktemp("model") / "m", ["환불은 refund", "배송은", "parking"]))
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    made = ChromaServer(tmp_path_factory.mktemp("chroma"))
    made.start()
    yield made
    made.stop()


def test_what_is_written_is_known_and_can_be_read_anew(model: EmbeddingModel, server: ChromaServer) -> None:
    one = VectorKeeper(model, server.address, "a-0-x")
    assert one.held() == set()
    assert one.put(PASSAGES, lambda: True)
    assert one.held() == {1, 2, 3}
    assert one.is_as_written()
    two = VectorKeeper(model, server.address, "a-0-x")
    assert not two.is_as_written(), "it has not looked yet"
    assert two.held() == {1, 2, 3}
    assert two.put(PASSAGES[1:2], lambda: True), "again: in place of what is there"
    two.keep({1, 3, 99})
    assert two.held() == {1, 3}
    assert not one.is_as_written(), "another one has written"
    assert one.held() == {1, 3}
    assert one.is_as_written()
    for keeper in (one, two):
        keeper.close()


def test_who_may_not_write_any_more_writes_nothing(model: EmbeddingModel, server: ChromaServer) -> None:
    keeper = VectorKeeper(model, server.address, "b-0-x")
    assert not keeper.put(PASSAGES, lambda: False)
    assert keeper.held() == set()
    keeper.close()


def test_spaces_that_nobody_searches_in_are_removed_and_others_stay(
    model: EmbeddingModel, server: ChromaServer
) -> None:
    keepers = [VectorKeeper(model, server.address, space) for space in ("c-0-x", "c-1-x", "c-2-x", "d-0-x")]
    for keeper in keepers:
        keeper.put(PASSAGES, lambda: True)
    keepers[2].drop_others("c-", {"c-1-x", "c-2-x"})
    index = VectorIndex(Path(), model.name, server.address, "c-2-x")
    assert {"c-1-x", "c-2-x", "d-0-x"} <= index.spaces()
    assert "c-0-x" not in index.spaces()
    assert index.count() == 3
    index.close()
    asker = VectorIndex(Path(), model.name, server.address, "c-0-x")
    assert asker.search("texts", model.embed_question("parking"), 5) == {}, "whoever still searches there finds nothing"
    assert "c-0-x" not in asker.spaces(), "and makes nothing"
    asker.close()
    for keeper in keepers:
        keeper.close()


def test_processes_have_words_of_their_own_and_share_the_vectors(
    model: EmbeddingModel, server: ChromaServer, tmp_path: Path
) -> None:
    parts = {"embedding_model": model.name, "chroma_url": server.address, "shared": True}
    one, two = (Knowledge(tmp_path / name, **parts) for name in ("one", "two"))  # type: ignore[arg-type]
    keeper = VectorKeeper(model, server.address, "e-0-x")
    for each in (one, two):
        each.begin("e-0-x")
        assert each.search("환불은 언제 되나요?").candidates == ()
    one.index(PASSAGES)
    assert one.ids() == {1, 2, 3}
    assert two.ids() == set()
    assert not one.lacks_vectors()
    keeper.put(PASSAGES, lambda: True)
    assert one.search("refund").candidates[0].id == 1, "by its vector alone"
    two.index(PASSAGES[:1])
    two.remove([1])
    two.clear()
    assert one.search("환불은 언제 되나요?").candidates[0].id == 1
    fresh = one.beside("e-0-x")
    fresh.index(PASSAGES)
    one.switch(fresh)
    looker = VectorIndex(Path(), model.name, server.address, "e-0-x")
    assert looker.count() == 3, "nobody but the keeper takes them away"
    looker.close()
    for each in (one, two):
        each.close()
    keeper.close()


def test_a_server_that_comes_back_is_noticed(model: EmbeddingModel, tmp_path: Path) -> None:
    server = ChromaServer(tmp_path)
    keeper = VectorKeeper(model, server.address, "f-0-x")
    with pytest.raises(VectorServerError):
        keeper.held()
    server.start()
    keeper.put(PASSAGES, lambda: True)
    server.stop()
    with pytest.raises(VectorServerError):
        keeper.is_as_written()
    server.lose_everything()
    server.start()
    assert not keeper.is_as_written()
    assert keeper.held() == set()
    keeper.close()
    server.stop()
