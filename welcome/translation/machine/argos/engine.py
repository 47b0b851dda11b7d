"""The engine: every sentence of every text in few batches, language after language."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf

from welcome.config import Settings
from welcome.translation.errors import NoRoute
from welcome.translation.machine.engine import Answer, Marks
from welcome.translation.machine.splitting import split

from . import packages
from .models import Model, Models
from .packages import Package

USUAL_BEAM = 4
# As the library has them: equal settings give equal texts.
LENGTH_PENALTY = 0.2
MOST_DECODED = 256
# Models know that many places in a sentence, some of them; no sentence has as many.
MOST_TOKENS = 200
# Only for texts whose first translation went round in circles, or for ever.
REPETITION_PENALTY = 1.2
CAREFUL_ROOM, CAREFUL_TIMES = 16, 3


@dataclass(frozen=True)
class Said:
    """What a model says for a sentence, and the mean log-probability of its tokens."""

    tokens: tuple[str, ...]
    confidence: float


@dataclass
class ArgosEngine:
    """Translates with the packages of an installation."""

    settings: Settings
    name: str = field(default="argos", init=False)
    sends_to: str = field(default="", init=False)

    def find_route(self, source: str, target: str) -> tuple[str, ...] | None:
        """Name the locales on the way, or None."""
        route = packages.find_route(self.settings.models, source, target)
        if route is None:
            return None
        between = (packages.tag_of(each.pair[1]) for each in route[:-1])
        return (source, *between, target)

    def list_marks(self, source: str, target: str) -> tuple[Marks, ...]:
        """List the families that came through every model on the way."""
        route = packages.find_route(self.settings.models, source, target) or []
        first = route[0].marks if route else ()
        return tuple(each for each in first if all(each in p.marks for p in route))

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, careful: bool = False
    ) -> list[Answer]:
        """Translate texts, by way of other languages all of them step by step."""
        route = packages.find_route(self.settings.models, source, target)
        if route is None:
            raise NoRoute(engine=self.name, source=source, target=target)
        said = [Answer(text, inf) for text in texts]
        for package in route:
            given = [each.text for each in said]
            step = self._take_step(package, given, careful=careful)
            said = [
                Answer(new.text, min(old.confidence or 0.0, new.confidence or 0.0))
                for old, new in zip(said, step, strict=True)
            ]
        return said

    def _take_step(
        self, package: Package, texts: Sequence[str], *, careful: bool
    ) -> list[Answer]:
        sentences = [split(text) for text in texts]
        with self._models.using(package) as model:
            return ask(model, sentences, self.settings, careful=careful)

    @cached_property
    def _models(self) -> Models:
        return Models(self.settings)


def ask(
    model: Model,
    texts: Sequence[Sequence[str]],
    settings: Settings,
    *,
    careful: bool = False,
) -> list[Answer]:
    """Have a model translate texts, each given as its sentences; equal ones once."""
    asked = list(dict.fromkeys(each for text in texts for each in text))
    answers = _ask(model, asked, settings, careful=careful) if asked else []
    said = dict(zip(asked, answers, strict=True))
    return [_join(model, [said[each] for each in text]) for text in texts]


def _ask(
    model: Model, sentences: Sequence[str], settings: Settings, *, careful: bool
) -> list[Said]:
    """Translate sentences; those longer than models can take, in parts."""
    tokens = [model.tokenizer.encode(each) for each in sentences]
    parts = [
        [
            each[start : start + MOST_TOKENS]
            for start in range(0, len(each), MOST_TOKENS)
        ]
        for each in tokens
    ]
    flat = [part for each in parts for part in each]
    said = iter(_translate(model, flat, settings, careful=careful) if flat else [])
    return [_add([next(said) for _part in each]) for each in parts]


def _translate(
    model: Model, tokens: Sequence[Sequence[str]], settings: Settings, *, careful: bool
) -> list[Said]:
    """Translate lists of tokens in batches that fit into memory."""
    longest = CAREFUL_ROOM + CAREFUL_TIMES * max(len(each) for each in tokens)
    results = model.translator.translate_batch(
        tokens,
        target_prefix=[[model.prefix]] * len(tokens) if model.prefix else None,
        replace_unknowns=True,
        max_batch_size=settings.machine_batch_tokens * _width(settings.machine_beam),
        batch_type="tokens",
        beam_size=settings.machine_beam,
        num_hypotheses=1,
        length_penalty=LENGTH_PENALTY,
        return_scores=True,
        max_decoding_length=min(MOST_DECODED, longest) if careful else MOST_DECODED,
        repetition_penalty=REPETITION_PENALTY if careful else 1,
    )
    return [_read(each.hypotheses[0], each.scores[0]) for each in results]


def _width(beam: int) -> int:
    """Say how many times as many tokens are at once in memory where beams are fewer."""
    return max(1, USUAL_BEAM // max(1, beam))


def _add(parts: Sequence[Said]) -> Said:
    tokens = tuple(token for each in parts for token in each.tokens)
    return Said(tokens, min((each.confidence for each in parts), default=0.0))


def _read(tokens: Sequence[str], score: float) -> Said:
    # The score is divided by the length to the power of the penalty.
    count = max(1, len(tokens))
    return Said(tuple(tokens), score * count**LENGTH_PENALTY / count)


def _join(model: Model, said: Sequence[Said]) -> Answer:
    """Put the sentences of a text together as the library does; the worst one counts."""
    tokens = [token for each in said for token in each.tokens]
    text = str(model.tokenizer.decode(tokens))
    if model.prefix:
        text = text.removeprefix(model.prefix)
    worst = min((each.confidence for each in said), default=0.0)
    return Answer(text.removeprefix(" "), worst)
