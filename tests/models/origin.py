"""What a package was made from, as one sum: it stands in the package itself."""

import hashlib
import json
import zipfile
from pathlib import Path

from tests.models import corpus
from tests.models.recipes import Recipe

HERE = Path(__file__).parent
SCRIPTS = (
    "corpus.py",
    "network.py",
    "packing.py",
    "recipes.py",
    "requirements.txt",
    "tokens.py",
    "train.py",
    "training.py",
)
METADATA, MADE_FROM = "metadata.json", "made_from"


def sum_of(recipe: Recipe) -> str:
    """Give the sha256 of everything that shapes a package, in this working tree."""
    digest = hashlib.sha256(repr(recipe).encode())
    for file in (*(HERE / name for name in SCRIPTS), *corpus.files(recipe)):
        digest.update(f"\n{file.name}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def stated_in(package: Path, recipe: Recipe) -> str:
    """Read the sum a package says it was made from."""
    with zipfile.ZipFile(package) as archive:
        metadata = json.loads(archive.read(f"{recipe.name}/{METADATA}"))
    return str(metadata[MADE_FROM])
