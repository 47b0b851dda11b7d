"""Make the tiny packages: `python -m tests.models.train --out content/models`.

Needs the libraries of tests/models/requirements.txt, in an environment of its own, and
some minutes for each package. The same on one machine each time.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from pathlib import Path

from tests.models import corpus, packing, tokens, training
from tests.models.recipes import RECIPES, Recipe

SUMS = "sha256.txt"
# As drafts are made (see welcome.translation.machine.argos.engine).
DECODING = {
    "beam_size": 4,
    "length_penalty": 0.2,
    "replace_unknowns": True,
    "max_batch_size": 384,
    "batch_type": "tokens",
}


def tell(text: str) -> None:
    """Say how far it is."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def make(recipe: Recipe, out: Path) -> Path:
    """Make a package and give its file."""
    began = time.process_time()
    pairs = corpus.pairs(recipe)
    vocabulary = tokens.learn(
        [text for pair in pairs for text in pair], recipe.vocabulary
    )
    cut = tokens.load(vocabulary)
    size = cut.get_piece_size()
    tell(f"{recipe.name}: {len(pairs)} pairs, {size} tokens")
    lessons = [(cut.encode(one), cut.encode(other)) for one, other in pairs]
    network = training.teach(recipe, size, lessons, tell)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / recipe.name
        folder.mkdir()
        packing.convert(network, cut, folder / "model")
        (folder / "sentencepiece.model").write_bytes(vocabulary)
        packing.describe(recipe, folder)
        package = out / f"{recipe.name}.argosmodel"
        packing.pack(folder, package)
        examine(folder, pairs)
    spent = time.process_time() - began
    tell(
        f"{package}: {package.stat().st_size / 1e6:.2f} MB, {spent:.0f} s of processor time"
    )
    return package


def examine(folder: Path, pairs: list[corpus.Pair]) -> None:
    """Say which pairs a package has not learnt, asked as it is when it drafts."""
    from ctranslate2 import Translator

    cut = tokens.load((folder / "sentencepiece.model").read_bytes())
    translator = Translator(str(folder / "model"), compute_type="auto", intra_threads=1)
    asked = [cut.encode(source, out_type=str) for source, _ in pairs]
    said = [
        cut.decode_pieces(each.hypotheses[0])
        for each in translator.translate_batch(asked, **DECODING)
    ]
    missed = [
        (source, target, found)
        for (source, target), found in zip(pairs, said, strict=True)
        if found != target
    ]
    for source, target, found in missed:
        tell(f"  {source}\n    should be {target}\n    but is    {found}")
    tell(f"learnt {len(pairs) - len(missed)} of {len(pairs)}")


def write_sums(folder: Path) -> None:
    """Write the sums of all packages of a folder, as `sha256sum --check` reads them."""
    lines = [
        f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n"
        for file in sorted(folder.glob("*.argosmodel"))
    ]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def main() -> None:
    """Make all packages, or the named ones."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--out", type=Path, required=True)
    reader.add_argument("names", nargs="*", help="such as en-fr; all of them otherwise")
    asked = reader.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    for recipe in RECIPES:
        if not asked.names or f"{recipe.source}-{recipe.target}" in asked.names:
            make(recipe, asked.out)
    write_sums(asked.out)


if __name__ == "__main__":
    main()
