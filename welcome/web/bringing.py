"""Brings editions to this machine beside the web server's work: readers do not wait."""

import json
import logging
import math
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from welcome.editions import folders, sharing
from welcome.editions.current import CurrentEdition, folder_of
from welcome.editions.errors import StoreHarmed
from welcome.editions.models import Artifact
from welcome.editions.store import Store
from welcome.errors import WelcomeError

log = logging.getLogger(__name__)

# After something went wrong: a store that is down must not hold up every reader.
SECONDS_OF_REST = 10.0


class Bringing:
    """What a web process brings from the store, one run at a time."""

    def __init__(self, store: Store, root: Path, memory: Path) -> None:
        self.store = store
        self.root = root
        # What readers of this machine had, for a process that starts while the store
        # is down.
        self.memory = memory
        # Until when nothing is asked for, by path; all of it under the empty one.
        self.rests: dict[str, float] = {}
        self.thread: threading.Thread | None = None

    def begin(self, wanted: Sequence[Artifact]) -> None:
        """Bring editions in a thread, unless that is being done or failed just now."""
        is_busy = self.thread is not None and self.thread.is_alive()
        due = [each for each in wanted if not self._rests(each.path)]
        if self.store.is_set and due and not is_busy:
            self.thread = threading.Thread(target=self._bring, args=(due,), daemon=True)
            self.thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait for what is being brought; tell whether there was anything."""
        if self.thread is None:
            return False
        self.thread.join(seconds)
        return True

    def fetch(self, artifact: Artifact) -> bool:
        """Bring a print that somebody asks for; tell whether it lies here now."""
        if sharing.is_here(self.root, artifact):
            return True
        is_due = self.store.is_set and not self._rests(artifact.path)
        return is_due and self._have(artifact)

    def remember(self, served: Sequence[CurrentEdition]) -> None:
        """Write down what readers have, where editions may have to be waited for."""
        if not self.store.is_set:
            return
        listed = [[each.pack_slug, each.tag, each.number] for each in served]
        try:
            folders.put_file(self.memory, json.dumps(listed).encode())
        except OSError:
            log.warning("%s cannot be written", self.memory)

    def recall(self, edition: CurrentEdition) -> CurrentEdition:
        """Give what readers of an edition's locale had when that was written down."""
        try:
            listed = json.loads(self.memory.read_bytes())
            had = {(slug, tag): int(number) for slug, tag, number in listed}
        except (OSError, ValueError, TypeError):
            return edition
        key = (edition.pack_slug, edition.tag)
        number = had.get(key, edition.number)
        return replace(edition, number=number, folder=folder_of(*key, number))

    def _bring(self, wanted: Sequence[Artifact]) -> None:
        for artifact in wanted:
            if not self._rests(artifact.path):
                self._have(artifact)

    def _have(self, artifact: Artifact) -> bool:
        try:
            sharing.have(self.store, self.root, artifact)
        except (OSError, WelcomeError) as problem:
            log.warning("%s cannot be brought: %s", artifact.path, problem)
            # Where one is harmed, the others may be whole.
            resting = artifact.path if isinstance(problem, StoreHarmed) else ""
            self.rests[resting] = time.monotonic() + SECONDS_OF_REST
            return False
        return True

    def _rests(self, path: str) -> bool:
        until = max(self.rests.get(each, -math.inf) for each in ("", path))
        return time.monotonic() < until
