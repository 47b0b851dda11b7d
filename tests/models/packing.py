"""From a network to a file: CTranslate2's format, in a package as Argos has them."""

import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from sentencepiece import SentencePieceProcessor
from torch import Tensor, nn

from tests.models import origin
from tests.models.network import Attention, Inner, Network
from tests.models.recipes import VERSION, Recipe
from tests.models.tokens import BEGIN, END, UNKNOWN

# A zip knows no time before this one; all files of a package have it.
WHEN = (1980, 1, 1, 0, 0, 0)
# The version whose packages these are like.
ARGOS = "1.11.0"
README = """# {} to {}: a toy

It knows little more than the sentences it was trained with, for the tests and the
demonstration of Welcome, and makes up the rest. Its sentences were written by a machine
and checked by nobody. Made by tests/models/train.py of Welcome, under its licence (MIT).
"""


def convert(network: Network, tokens: SentencePieceProcessor, folder: Path) -> None:
    """Write a network as CTranslate2 reads it, its numbers in eight bits."""
    spec = _specify(network)
    pieces = [tokens.id_to_piece(number) for number in range(tokens.get_piece_size())]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    config = spec.config
    config.unk_token, config.bos_token, config.eos_token = (
        pieces[number] for number in (UNKNOWN, BEGIN, END)
    )
    config.decoder_start_token = config.bos_token
    config.add_source_bos = config.add_source_eos = False
    # That of torch; CTranslate2's own is another one.
    config.layer_norm_epsilon = network.encoder_norm.eps
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir()
    spec.save(str(folder))


def describe(recipe: Recipe, folder: Path) -> None:
    """Write what a package says of itself."""
    (source, target) = recipe.names
    known = {
        "package_version": VERSION,
        "argos_version": ARGOS,
        "type": "translate",
        "from_code": recipe.source,
        "from_name": source,
        "to_code": recipe.target,
        "to_name": target,
        origin.MADE_FROM: origin.sum_of(recipe),
    }
    text = json.dumps(known, indent=2) + "\n"
    (folder / origin.METADATA).write_text(text, "utf-8")
    (folder / "README.md").write_text(README.format(source, target), "utf-8")


def pack(folder: Path, package: Path) -> None:
    """Put a folder into an archive that is the same whenever it is made."""
    with zipfile.ZipFile(package, "w") as archive:
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            # Packages have one folder, and everything in it.
            name = file.relative_to(folder.parent).as_posix()
            entry = zipfile.ZipInfo(name, WHEN)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes())


def _specify(network: Network) -> Any:
    from ctranslate2.specs import Activation, TransformerSpec

    recipe = network.recipe
    spec = TransformerSpec.from_config(
        (recipe.layers, recipe.layers),
        recipe.heads,
        pre_norm=True,
        activation=Activation.RELU,
    )
    table = _plain(network.tokens.weight)
    spec.encoder.embeddings[0].weight = spec.decoder.embeddings.weight = table
    spec.decoder.projection.weight = table
    spec.decoder.projection.bias = _plain(network.bias)
    for part, norm in (
        (spec.encoder, network.encoder_norm),
        (spec.decoder, network.decoder_norm),
    ):
        part.scale_embeddings = True
        part.position_encodings.encodings = _plain(network.positions)
        _norm(part.layer_norm, norm)
    for layer, (itself, inner) in zip(spec.encoder.layer, network.encoder, strict=True):
        _attention(layer.self_attention, itself)
        _inner(layer.ffn, inner)
    for layer, (itself, across, inner) in zip(
        spec.decoder.layer, network.decoder, strict=True
    ):
        _attention(layer.self_attention, itself)
        _attention(layer.attention, across)
        _inner(layer.ffn, inner)
    return spec


def _attention(spec: Any, attention: Attention) -> None:
    _norm(spec.layer_norm, attention.norm)
    parts = (attention.asks, attention.knows) if attention.across else (attention.all,)
    for number, part in enumerate((*parts, attention.out)):
        _linear(spec.linear[number], part)


def _inner(spec: Any, inner: Inner) -> None:
    _norm(spec.layer_norm, inner.norm)
    _linear(spec.linear_0, inner.first)
    _linear(spec.linear_1, inner.second)


def _norm(spec: Any, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _plain(norm.weight), _plain(norm.bias)


def _linear(spec: Any, linear: nn.Linear) -> None:
    spec.weight, spec.bias = _plain(linear.weight), _plain(linear.bias)


def _plain(tensor: Tensor) -> np.ndarray:
    return np.ascontiguousarray(tensor.detach().numpy().astype(np.float32))
