"""What is measured: cells, sizes and types, and the random problem of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from rnnwb.networks import gru, lstm, many_to_many

CELLS = {"tanh": many_to_many, "lstm": lstm, "gru": gru}


class Size(NamedTuple):
    """Numbers of hidden units, steps, sequences, inputs and classes."""

    H: int
    T: int
    B: int
    D: int
    K: int


SIZES = (
    Size(16, 20, 1, 8, 8),
    Size(64, 100, 1, 64, 64),
    Size(64, 100, 32, 64, 64),
    Size(256, 200, 32, 128, 128),
    Size(512, 100, 64, 256, 256),
)


@dataclass(frozen=True)
class Case:
    """One cell in one size and type."""

    cell: str
    size: Size
    dtype: str

    def __str__(self) -> str:
        H, T, B, _, _ = self.size
        return f"{self.cell} H{H} T{T} B{B} {self.dtype}"


class Problem(NamedTuple):
    """Parameters as `rnnwb.networks` has them, inputs (T, B, D), classes (T, B) and the initial state."""

    case: Case
    parameters: Any
    X: np.ndarray
    C: np.ndarray
    S_init: Any


def problem(case: Case, seed: int = 0) -> Problem:
    """Random and dense: no bias and no initial state is zero."""
    random = np.random.default_rng(seed)
    H, T, B, D, K = case.size
    dtype: Any = np.dtype(case.dtype)
    drawn = CELLS[case.cell].initial_parameters(D, H, K, random, dtype)
    biases = {name: _small(random, getattr(drawn, name)) for name in ("b", "beta", "c") if name in drawn._fields}
    parameters = drawn._replace(**biases)
    zero = parameters.layer.zero_state(B)
    S_init = type(zero)(*(_small(random, a) for a in zero)) if isinstance(zero, tuple) else _small(random, zero)
    X = random.normal(size=(T, B, D)).astype(dtype)
    return Problem(case, parameters, X, random.integers(K, size=(T, B)), S_init)


def _small(random: np.random.Generator, like: np.ndarray) -> np.ndarray:
    return (0.1 * random.normal(size=like.shape)).astype(like.dtype)
