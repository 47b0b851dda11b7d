"""Teaching a network its pairs, the same way each time."""

import math
import random
from collections.abc import Callable, Iterator, Sequence

import torch
import torch.nn.functional as f
from torch import Tensor

from tests.models.network import Network
from tests.models.recipes import Recipe
from tests.models.tokens import BEGIN, END

# The tokens of a source and of its target.
Tokens = tuple[list[int], list[int]]
WARM_UP, LEAST_RATE = 200, 0.02
_NOT_SCORED = -100


def teach(
    recipe: Recipe,
    vocabulary: int,
    lessons: Sequence[Tokens],
    tell: Callable[[str], None],
) -> Network:
    """Make a network and teach it; `tell` hears how far it is."""
    # One thread: the matrices are tiny, and two would not always add up alike.
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    torch.manual_seed(recipe.seed)
    chance = random.Random(recipe.seed)
    network = Network(recipe, vocabulary)
    learner = torch.optim.Adam(network.parameters(), lr=recipe.rate, betas=(0.9, 0.98))
    steps = recipe.epochs * math.ceil(len(lessons) / recipe.batch)
    network.train()
    step = 0
    for epoch in range(recipe.epochs):
        lost = 0.0
        for chunk in _chunks(lessons, recipe.batch, chance):
            step += 1
            rate = recipe.rate * min(step / WARM_UP, max(LEAST_RATE, 1 - step / steps))
            for group in learner.param_groups:
                group["lr"] = rate
            lost += _take_step(network, learner, chunk)
        if epoch % 10 == 9 or epoch == recipe.epochs - 1:
            tell(f"epoch {epoch + 1}: loss {lost * recipe.batch / len(lessons):.3f}")
    return network.eval()


def _chunks(
    lessons: Sequence[Tokens], size: int, chance: random.Random
) -> Iterator[list[Tokens]]:
    """Part the lessons into chunks of about equal length, in a new order each time."""
    order = sorted(lessons, key=lambda each: len(each[1]) + chance.random() * 4)
    chunks = [order[start : start + size] for start in range(0, len(order), size)]
    chance.shuffle(chunks)
    yield from chunks


def _take_step(
    network: Network, learner: torch.optim.Optimizer, chunk: Sequence[Tokens]
) -> float:
    source = _padded([one for one, _ in chunk], 0)
    is_there = _padded([[1] * len(one) for one, _ in chunk], 0).bool()
    given = _padded([[BEGIN, *other] for _, other in chunk], END)
    wanted = _padded([[*other, END] for _, other in chunk], _NOT_SCORED)
    scores = network(source, is_there, given)
    loss = f.cross_entropy(
        scores.flatten(0, 1),
        wanted.flatten(),
        ignore_index=_NOT_SCORED,
        label_smoothing=network.recipe.smoothing,
    )
    learner.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    learner.step()
    return loss.item()


def _padded(rows: Sequence[list[int]], fill: int) -> Tensor:
    longest = max(len(row) for row in rows)
    return torch.tensor([row + [fill] * (longest - len(row)) for row in rows])
