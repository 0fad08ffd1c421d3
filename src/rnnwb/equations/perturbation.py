"""One quantity moved by a tiny imaginary amount, entry by entry, and what is to follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations import syntax as s
from rnnwb.equations.symbols import Symbol

STEP = 1e-30
Key = tuple[Symbol, tuple[int, ...]]
Step = frozenset[tuple[str, int]]
Array = NDArray[Any]


@dataclass(frozen=True)
class Change:
    """Every entry of one quantity moved, one after the other, along the imaginary axis.

    With no step, all that depends on it is recomputed (total derivative); with one, only what
    belongs to that step (immediate derivative).
    """

    key: Key
    step: Step | None


def perturbed(array: Array) -> Array:
    """One copy of the array for each entry, that entry moved."""
    moves = np.eye(array.size).reshape(array.size, *array.shape)
    return np.asarray(array + 1j * STEP * moves)


def slope(value: Array, at: tuple[int, ...]) -> Array:
    """The derivative that a perturbed value shows, its own axes first, then `at`."""
    if not np.iscomplexobj(value):
        return np.zeros(value.shape + at)
    columns = np.moveaxis(np.imag(value) / STEP, 0, -1)
    return columns.reshape(value.shape[1:] + at)


def step_of(key: Key) -> Step:
    """The steps that a quantity belongs to: each with the size that ends its clock."""
    symbol, times = key
    ends = (clock.bounds[1] if clock.bounds else None for clock in symbol.clocks)
    return frozenset(
        (end.symbol.name if isinstance(end, s.Size) else str(end), t) for end, t in zip(ends, times, strict=True)
    )
