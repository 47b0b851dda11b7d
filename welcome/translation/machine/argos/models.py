"""Models in memory: a few at a time, the one used longest ago makes room."""

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from welcome.config import Settings
from welcome.translation.errors import EngineMisset, ModelUnusable

from .packages import Package

# The library's settings that would send texts elsewhere, or fetch models while at work.
PROVIDER, SPLITTER = "ARGOS_MODEL_PROVIDER", "ARGOS_CHUNK_TYPE"
ALLOWED = {PROVIDER: {"", "OPENNMT"}, SPLITTER: {"", "DEFAULT", "ARGOSTRANSLATE"}}
# What is around models is told to nobody, and nothing of ours is written into a home.
QUIET = {"ORT_DISABLE_TELEMETRY": "1", "OMP_WAIT_POLICY": "PASSIVE"}
# What CTranslate2 and SentencePiece raise over files that are not what they say; over
# settings it is a ValueError.
DAMAGED = (RuntimeError, LookupError, OSError)
_HOMES = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")


@dataclass(frozen=True)
class Model:
    """A model that is loaded, with what cuts texts into its tokens."""

    translator: Any
    tokenizer: Any
    prefix: str


@dataclass
class Models:
    """The models of a process, at most as many as the settings say."""

    settings: Settings
    _loaded: OrderedDict[Path, Model] = field(default_factory=OrderedDict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @contextmanager
    def using(self, package: Package) -> Iterator[Model]:
        """Load a package's model if need be, and keep it while it is used.

        Raises ModelUnusable.
        """
        with self._lock:
            model = self._loaded.pop(package.folder, None)
            if model is None:
                self._make_room()
                model = _load_installed(package, self.settings)
            self._loaded[package.folder] = model
            yield model

    def __len__(self) -> int:
        return len(self._loaded)

    def _make_room(self) -> None:
        while len(self._loaded) >= max(1, self.settings.machine_models_loaded):
            _folder, oldest = self._loaded.popitem(last=False)
            oldest.translator.unload_model()


def _load_installed(package: Package, settings: Settings) -> Model:
    try:
        model = load(package.folder, settings)
        # The library reads what cuts texts only when it is asked for the first time.
        model.tokenizer.encode("")
    except DAMAGED as problem:
        raise ModelUnusable(package=package.folder.name, reason=str(problem)) from None
    return model


def load(folder: Path, settings: Settings) -> Model:
    """Load the model of a package's folder; raises what CTranslate2 says is wrong."""
    refuse_misset()
    libraries = import_libraries(settings)
    package = libraries.Package(folder)
    translator = libraries.Translator(
        str(folder / "model"),
        device="cpu",
        compute_type=settings.machine_compute_type,
        inter_threads=1,
        intra_threads=max(1, settings.machine_threads),
    )
    return Model(translator, package.tokenizer, package.target_prefix)


def refuse_misset() -> None:
    """Raise EngineMisset where the library is told to use somebody else's machine."""
    for name, allowed in ALLOWED.items():
        if os.environ.get(name, "") not in allowed:
            raise EngineMisset(name=name, value=os.environ[name])


@dataclass(frozen=True)
class Libraries:
    """What is needed of two heavy libraries."""

    Package: Any
    Translator: Any


def import_libraries(settings: Settings) -> Libraries:
    """Import what runs models; neither torch, nor a splitter, nor telemetry comes along."""
    os.environ.update(QUIET)
    # The library makes folders of its own when it is imported: not in anybody's home.
    for name in _HOMES:
        os.environ[name] = str(settings.instance / "argos")
    from argostranslate.package import Package as ArgosPackage
    from ctranslate2 import Translator

    # It would write down every text.
    logging.getLogger("argostranslate.utils").setLevel(logging.WARNING)
    return Libraries(ArgosPackage, Translator)
