"""Where inputs are drawn from: dense normal numbers, or the domain that a page declares."""

from __future__ import annotations

import zlib
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from rnnwb.equations.algebra import ShapeError

Array = NDArray[np.float64]
Draw = Callable[[np.random.Generator, tuple[int, ...]], Array]


def _normal(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.asarray(0.8 * rng.standard_normal(shape))


def _positive(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.asarray(0.1 + rng.random(shape))


def _simplex(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    raw = _positive(rng, shape)
    return np.asarray(raw / raw.sum(-1, keepdims=True))


def _one_hot(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.asarray(np.eye(shape[-1])[rng.integers(shape[-1], size=shape[:-1])])


def _mask(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.asarray(rng.integers(2, size=shape), float)


def _orthogonal(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    q, _ = np.linalg.qr(rng.standard_normal((max(shape), max(shape))))
    return np.asarray(q[: shape[0], : shape[1]])


def _diagonal(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    return np.asarray(_normal(rng, shape) * np.eye(shape[0], shape[1]))


def _last_step(rng: np.random.Generator, shape: tuple[int, ...], last: int) -> Array:
    """Last steps of sequences, one of them `last` itself: what is said of it would go untested otherwise."""
    return np.asarray(rng.permutation(np.resize([last, *rng.permutation(last)], shape)), float)


DOMAINS: dict[str, Draw] = {
    "simplex": _simplex,
    "one-hot": _one_hot,
    "positive": _positive,
    "mask": _mask,
    "orthogonal": _orthogonal,
    "diagonal": _diagonal,
    "step": lambda rng, shape: _last_step(rng, shape, 3),
    "ones": lambda rng, shape: np.ones(shape),
    "zero": lambda rng, shape: np.zeros(shape),
}


def misfit(domain: str, shape: tuple[int, ...]) -> str:
    """Why a domain cannot hold an array of this shape, or nothing."""
    needed = {"simplex": 1, "one-hot": 1, "step": 1, "orthogonal": 2, "diagonal": 2}.get(domain, 0)
    if len(shape) < needed or (needed == 2 and len(shape) != 2):
        return f"{domain!r} is no domain for shape {shape}"
    return ""


def draw(
    name: str, times: tuple[int, ...], shape: tuple[int, ...], domain: str, seed: int,
    bounds: tuple[float, float] | None = None,
) -> Array:  # fmt: skip
    """The value of an input, the same whatever was drawn before it.

    Args:
        name: the quantity.
        times: its time steps.
        shape: its shape.
        domain: a word of `DOMAINS`, or nothing for dense normal numbers.
        seed: the sample.
        bounds: an interval to draw from evenly, its ends left out, in place of normal numbers; of
            lengths, the first and the last step.
    """
    if reason := misfit(domain, shape):
        raise ShapeError(reason, "correct its values in the symbol table, or the option `given`")
    rng = np.random.default_rng([seed, zlib.crc32(f"{name}{times}".encode())])
    if bounds is not None and domain == "step":
        return _last_step(rng, shape, round(bounds[1]))
    if bounds is not None:
        low, high = bounds
        return np.asarray(low + (high - low) * (0.05 + 0.9 * rng.random(shape)))
    return DOMAINS.get(domain, _normal)(rng, shape)
