"""A small Transformer, layer by layer as CTranslate2 knows it (norms come first)."""

import math

import torch
import torch.nn.functional as f
from torch import Tensor, nn

from tests.models.recipes import Recipe

LONGEST = 256


class Attention(nn.Module):
    """Attention to itself, or, with `across`, to what the encoder remembers."""

    def __init__(self, recipe: Recipe, *, across: bool = False):
        super().__init__()
        width = recipe.width
        self.recipe, self.across = recipe, across
        self.norm = nn.LayerNorm(width)
        if across:
            self.asks, self.knows = nn.Linear(width, width), nn.Linear(width, 2 * width)
        else:
            self.all = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(
        self,
        given: Tensor,
        memory: Tensor | None = None,
        mask: Tensor | None = None,
        *,
        causal: bool = False,
    ) -> Tensor:
        normal = self.norm(given)
        if self.across:
            query = self.asks(normal)
            key, value = self.knows(memory).chunk(2, -1)
        else:
            query, key, value = self.all(normal).chunk(3, -1)
        heads = (self._part(each) for each in (query, key, value))
        found = f.scaled_dot_product_attention(*heads, attn_mask=mask, is_causal=causal)
        joined = found.transpose(1, 2).reshape(given.shape)
        return given + f.dropout(self.out(joined), self.recipe.dropout, self.training)

    def _part(self, given: Tensor) -> Tensor:
        rows, length, width = given.shape
        heads = self.recipe.heads
        return given.view(rows, length, heads, width // heads).transpose(1, 2)


class Inner(nn.Module):
    """Two layers, wide in between."""

    def __init__(self, recipe: Recipe):
        super().__init__()
        self.dropout = recipe.dropout
        self.norm = nn.LayerNorm(recipe.width)
        self.first = nn.Linear(recipe.width, recipe.inner)
        self.second = nn.Linear(recipe.inner, recipe.width)

    def forward(self, given: Tensor) -> Tensor:
        wide = f.relu(self.first(self.norm(given)))
        return given + f.dropout(self.second(wide), self.dropout, self.training)


class Network(nn.Module):
    """Encoder and decoder, with one table of tokens for both and for the output."""

    def __init__(self, recipe: Recipe, vocabulary: int):
        super().__init__()
        self.recipe = recipe
        width = recipe.width
        self.tokens = nn.Embedding(vocabulary, width)
        nn.init.normal_(self.tokens.weight, 0, width**-0.5)
        self.register_buffer("positions", _positions(width))
        self.encoder = nn.ModuleList(
            nn.ModuleList([Attention(recipe), Inner(recipe)])
            for _ in range(recipe.layers)
        )
        self.decoder = nn.ModuleList(
            nn.ModuleList(
                [Attention(recipe), Attention(recipe, across=True), Inner(recipe)]
            )
            for _ in range(recipe.layers)
        )
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(vocabulary))

    def forward(self, source: Tensor, is_there: Tensor, target: Tensor) -> Tensor:
        """Score every token as the next one of the target, at each of its places."""
        mask = is_there[:, None, None, :]
        state = self._embed(source)
        for itself, inner in self.encoder:
            state = inner(itself(state, mask=mask))
        memory = self.encoder_norm(state)
        state = self._embed(target)
        for itself, across, inner in self.decoder:
            state = inner(across(itself(state, causal=True), memory, mask))
        return self.decoder_norm(state) @ self.tokens.weight.T + self.bias

    def _embed(self, ids: Tensor) -> Tensor:
        scaled = self.tokens(ids) * math.sqrt(self.recipe.width)
        placed = scaled + self.positions[: ids.size(1)]
        return f.dropout(placed, self.recipe.dropout, self.training)


def _positions(width: int) -> Tensor:
    place = torch.arange(LONGEST).unsqueeze(1)
    wave = torch.exp(torch.arange(0, width, 2) * -(math.log(10000.0) / width))
    table = torch.zeros(LONGEST, width)
    table[:, 0::2], table[:, 1::2] = torch.sin(place * wave), torch.cos(place * wave)
    return table
