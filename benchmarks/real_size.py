"""A model as large as public packages have them, whose weights are random.

It knows nothing; what it costs to run is that of a real one. Needs no torch.
"""

import io
import itertools
import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece

LAYERS, WIDTH, INNER, HEADS, VOCABULARY = 6, 512, 2048, 8, 32_000
# No pieces of the sentences' own would make so many: the rest is there to be scored.
OWN_PIECES = 2_500
# Their names: some letters.
LETTERS = "abcdefghijklmnopqrstuvwxyzéèàçùâêîôû"
SPECIAL = ("<unk>", "<s>", "</s>")
LONGEST = 512
NAME = "translate-en_fr-1_0"
METADATA = {
    "package_version": "1.0",
    "argos_version": "1.11.0",
    "from_code": "en",
    "from_name": "English",
    "to_code": "fr",
    "to_name": "French",
}


def build(package: Path, sentences: Sequence[str]) -> None:
    """Write a package whose vocabulary is made for some sentences."""
    vocabulary = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=vocabulary,
        vocab_size=OWN_PIECES,
        hard_vocab_limit=False,
        pad_id=-1,
        minloglevel=2,
    )
    cut = sentencepiece.SentencePieceProcessor(model_proto=vocabulary.getvalue())
    own = [cut.id_to_piece(number) for number in range(cut.get_piece_size())]
    others = map("".join, itertools.product(LETTERS, repeat=3))
    pieces = own + [
        f"▁{each}qz" for each in itertools.islice(others, VOCABULARY - len(own))
    ]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "sentencepiece.model").write_bytes(vocabulary.getvalue())
        (folder / "metadata.json").write_text(json.dumps(METADATA), "utf-8")
        _save(pieces, folder / "model")
        with zipfile.ZipFile(package, "w") as archive:
            for file in sorted(each for each in folder.rglob("*") if each.is_file()):
                archive.write(file, f"{NAME}/{file.relative_to(folder)}")


def _save(pieces: Sequence[str], folder: Path) -> None:
    from ctranslate2.specs import Activation, TransformerSpec

    spec = TransformerSpec.from_config(
        (LAYERS, LAYERS), HEADS, pre_norm=True, activation=Activation.RELU
    )
    _Dice().fill(spec)
    spec.register_source_vocabulary(list(pieces))
    spec.register_target_vocabulary(list(pieces))
    config = spec.config
    config.unk_token, config.bos_token, config.eos_token = SPECIAL
    config.decoder_start_token = config.bos_token
    config.add_source_bos = config.add_source_eos = False
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


class _Dice:
    """Fills the matrices of a model."""

    def __init__(self) -> None:
        self.chance = np.random.default_rng(7)

    def fill(self, spec: Any) -> None:
        table = self._roll(VOCABULARY, WIDTH)
        spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = table
        spec.decoder.projection.weight = table
        spec.decoder.projection.bias = np.zeros(VOCABULARY, np.float32)
        for part in (spec.encoder, spec.decoder):
            part.scale_embeddings = True
            part.position_encodings.encodings = self._roll(LONGEST, WIDTH)
            self._norm(part.layer_norm)
            for layer in part.layer:
                self._layer(layer)

    def _layer(self, layer: Any) -> None:
        self._attention(layer.self_attention, (3 * WIDTH, WIDTH))
        if hasattr(layer, "attention"):
            self._attention(layer.attention, (WIDTH, 2 * WIDTH, WIDTH))
        self._norm(layer.ffn.layer_norm)
        self._linear(layer.ffn.linear_0, INNER, WIDTH)
        self._linear(layer.ffn.linear_1, WIDTH, INNER)

    def _attention(self, attention: Any, heights: Sequence[int]) -> None:
        self._norm(attention.layer_norm)
        for linear, height in zip(attention.linear, heights, strict=True):
            self._linear(linear, height, WIDTH)

    def _linear(self, linear: Any, height: int, width: int) -> None:
        linear.weight = self._roll(height, width)
        linear.bias = np.zeros(height, np.float32)

    def _norm(self, norm: Any) -> None:
        norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)

    def _roll(self, height: int, width: int) -> np.ndarray:
        rolled = self.chance.standard_normal((height, width), np.float32)
        return rolled * np.float32(width**-0.5)
