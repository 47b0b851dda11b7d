"""Which packages there are, and how large each is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """How a package is made; `turned` learns the table of `corpus` from right to left.

    The sizes are those of the vocabulary, a token's vector, the inner layer.
    """

    source: str
    target: str
    names: tuple[str, str]
    corpus: str
    turned: bool = False
    vocabulary: int = 1400
    width: int = 96
    inner: int = 384
    layers: int = 2
    heads: int = 4
    epochs: int = 90
    batch: int = 40
    rate: float = 3e-3
    smoothing: float = 0.02
    dropout: float = 0.1
    seed: int = 7

    @property
    def name(self) -> str:
        """The package's one folder, and its file."""
        return f"translate-{self.source}_{self.target}-{VERSION.replace('.', '_')}"


VERSION = "1.0"
RECIPES = (
    Recipe("en", "fr", ("English", "French"), "en-fr"),
    Recipe("en", "ur", ("English", "Urdu"), "en-ur"),
    Recipe("fr", "en", ("French", "English"), "en-fr", turned=True),
)
