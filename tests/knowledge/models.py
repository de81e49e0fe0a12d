"""Small embedding models, made in a folder in a moment: words with vectors, some of them meaning the same."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

DIMENSIONS = 32


def make_model(
    folder: Path, meanings: Sequence[str], extra: Sequence[str] = (), *, dimensions: int = DIMENSIONS
) -> Path:
    """Save a sentence-transformers model that reads words; those of one entry of ``meanings`` have one vector."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    random = np.random.default_rng(7)
    vocabulary, rows = {"[UNK]": 0}, [np.zeros(dimensions)]
    for entry in [*meanings, *extra]:
        vector = random.normal(size=dimensions)
        for word in entry.split():
            vocabulary[word] = len(rows)
            rows.append(vector)
    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.array(rows, dtype=np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)]).save(str(folder))
    return folder
