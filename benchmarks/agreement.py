"""Nothing is measured before two programs have been found to compute the same."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks.program import Program

TOLERANCES = {"float64": 1e-10, "float32": 1e-4}


class DisagreementError(Exception):
    """A peer computes something else, so that its time means nothing."""


def worst_difference(ours: Program, theirs: Program, dtype: str) -> float:
    """The largest relative difference of logits, loss and gradients.

    Raises:
        DisagreementError: naming what differs by more than the type's precision, and by how much.
    """
    differences = dict(_differences(ours, theirs))
    name = max(differences, key=lambda key: _rank(differences[key]))
    if not differences[name] <= TOLERANCES[dtype]:
        raise DisagreementError(
            f"{name} differs by {differences[name]:.1e}, allowed are {TOLERANCES[dtype]:.0e} in {dtype}"
        )
    return differences[name]


def _rank(difference: float) -> float:
    return np.inf if np.isnan(difference) else difference


def _differences(ours: Program, theirs: Program) -> Iterator[tuple[str, float]]:
    yield "logits", relative_difference(theirs.logits(), ours.logits())
    mine, other = ours.answer(ours.call()), theirs.answer(theirs.call())
    yield "loss", relative_difference(np.array(other.loss), np.array(mine.loss))
    if mine.gradients.keys() != other.gradients.keys():
        raise DisagreementError(f"gradients of {sorted(other.gradients)}, not of {sorted(mine.gradients)}")
    for name, gradient in mine.gradients.items():
        yield f"gradient of {name}", relative_difference(other.gradients[name], gradient)


def relative_difference(found: np.ndarray, expected: np.ndarray) -> float:
    """Largest difference of two arrays over the largest magnitude in either.

    Raises:
        DisagreementError: if they have different shapes.

    >>> relative_difference(np.array([1.0, 4.0]), np.array([1.0, 5.0]))
    0.2
    """
    if found.shape != expected.shape:
        raise DisagreementError(f"shape {found.shape}, not {expected.shape}")
    scale = max(np.abs(found).max(), np.abs(expected).max())
    return float(np.abs(found - expected).max() / scale) if scale else 0.0
