import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from knowledge.errors import IndexDamagedError, VectorServerError
from knowledge.vectors import VectorIndex

AXES = np.eye(4, dtype=np.float32)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[VectorIndex]:
    opened = VectorIndex(tmp_path / "vectors", "model-a")
    yield opened
    opened.close()


def test_nothing_is_there_before_something_is_added(index: VectorIndex, tmp_path: Path) -> None:
    assert not index.exists
    assert index.count() == 0
    assert index.search("texts", AXES[0], 5) == {}
    index.remove([1])
    assert not (tmp_path / "vectors").exists()


def test_the_nearest_window_of_a_passage_counts(index: VectorIndex) -> None:
    index.add("texts", [7, 7, 8], AXES[[0, 1, 2]])
    found = index.search("texts", AXES[1], 10)
    assert next(iter(found)) == 7
    assert found[7] == pytest.approx(1.0, abs=1e-5)
    assert found[8] == pytest.approx(0.0, abs=1e-5)
    assert index.search("heads", AXES[1], 10) == {}


def test_removed_is_gone_with_all_its_windows(index: VectorIndex) -> None:
    index.add("texts", [7, 7, 8], AXES[[0, 1, 2]])
    index.add("heads", [7], AXES[[3]])
    index.remove([7, 999])
    assert set(index.search("texts", AXES[0], 10)) == {8}
    assert index.search("heads", AXES[3], 10) == {}
    assert index.count() == 1


def test_many_rows_are_kept_over_a_restart(index: VectorIndex, tmp_path: Path) -> None:
    rows = np.random.default_rng(1).normal(size=(2_500, 16)).astype(np.float32)
    index.add("texts", list(range(2_500)), rows)
    index.close()
    again = VectorIndex(tmp_path / "vectors", "model-a")
    assert again.count() == 2_500
    hits = sum(next(iter(again.search("texts", rows[each], 1))) == each for each in range(0, 2_500, 50))
    assert hits == 50
    again.remove(range(2_400))
    assert again.count() == 100
    again.close()


def test_another_model_has_its_own_vectors(index: VectorIndex, tmp_path: Path) -> None:
    index.add("texts", [1], AXES[[0]])
    index.close()
    other = VectorIndex(tmp_path / "vectors", "model-b")
    assert other.count() == 0
    other.add("texts", [2], np.ones((1, 9), np.float32))
    assert set(other.search("texts", np.ones(9, np.float32), 5)) == {2}
    other.close()
    assert set(index.search("texts", AXES[0], 5)) == {1}


def test_a_damaged_folder_says_so_and_can_be_built_again(index: VectorIndex, tmp_path: Path) -> None:
    index.add("texts", [1], AXES[[0]])
    index.close()
    (tmp_path / "vectors" / "chroma.sqlite3").write_bytes(b"no database" * 500)
    with pytest.raises(IndexDamagedError):
        index.search("texts", AXES[0], 5)
    index.clear()
    index.add("texts", [1], AXES[[0]])
    assert set(index.search("texts", AXES[0], 5)) == {1}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """A Chroma server on loopback, another process, as on several machines."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("chroma")
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(
        [program, "run", "--path", str(tmp_path / "server"), "--host", "127.0.0.1", "--port", str(port)],
        stdout=log,
        stderr=log,
        env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def test_a_server_serves_several_processes(server: str, tmp_path: Path) -> None:
    one, two = (VectorIndex(tmp_path / name, "model-a", server) for name in ("one", "two"))
    one.add("texts", [1, 2], AXES[[0, 1]])
    assert next(iter(two.search("texts", AXES[1], 5))) == 2
    two.remove([2])
    assert set(one.search("texts", AXES[1], 5)) == {1}
    one.clear()
    assert one.count() == 0
    one.close()
    two.close()


def test_a_server_that_is_not_there_is_an_error_of_ours(tmp_path: Path) -> None:
    away = VectorIndex(tmp_path, "model-a", "http://127.0.0.1:9")
    with pytest.raises(VectorServerError, match="vector server"):
        away.search("texts", AXES[0], 5)


def test_a_damaged_folder_opened_by_many_at_once_is_damaged_for_each(tmp_path: Path) -> None:
    """Chroma hands a folder that just failed to open to whoever asks next, half made."""
    (tmp_path / "chroma.sqlite3").write_bytes(b"no database" * 1_000)

    def opened(_number: int) -> str:
        with pytest.raises(IndexDamagedError) as caught:
            VectorIndex(tmp_path, "model").count()
        return type(caught.value).__name__

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(opened, range(64))) == {"VectorsDamagedError"}


def test_a_damaged_folder_leaves_the_others_open(index: VectorIndex, tmp_path: Path) -> None:
    index.add("texts", [1], np.eye(3, dtype=np.float32)[:1])
    other = tmp_path / "other"
    other.mkdir()
    (other / "chroma.sqlite3").write_bytes(b"no database" * 1_000)

    with pytest.raises(IndexDamagedError):
        VectorIndex(other, "model").count()

    assert index.count() == 1
    assert list(index.search("texts", np.eye(3, dtype=np.float32)[0], 1)) == [1]
