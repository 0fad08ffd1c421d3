"""In training a step is given the target of the step before, whatever the network would have chosen."""

from __future__ import annotations

from typing import Any

import numpy as np

from rnnwb.networks.checks import require_lengths, require_targets


def previous_targets(C: np.ndarray, K: int, dtype: np.dtype) -> np.ndarray:
    """The target of the step before, as K numbers; zeros at step 0, and after a step without a target.

    Args:
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        K: number of classes.
        dtype: type of the result.

    Returns:
        shape (time, B, K).

    >>> C = np.array([[1], [-1], [0]])
    >>> previous_targets(C, 2, np.dtype(float)).tolist()
    [[[0.0, 0.0]], [[0.0, 1.0]], [[0.0, 0.0]]]
    """
    before = np.zeros((*C.shape[:2], K), dtype)
    before[1:] = C[:-1] if C.ndim == 3 else C[:-1, :, None] == np.arange(K)
    return before


def require_target_sequences(C: Any, B: int, K: int, dtype: np.dtype, lengths: Any) -> np.ndarray | None:
    """Raise unless these are targets of B sequences; their lengths as an array, None where all fill all steps.

    Args:
        C: targets: classes, shape (time, B), or points of the simplex, shape (time, B, K).
        B: number of sequences.
        K: number of classes.
        dtype: type of the parameters.
        lengths: number of targets of each sequence, shape (B,); None where all have all.

    Raises:
        TypeError: if they are neither classes nor numbers of this type.
        ValueError: if shapes disagree, or a length or a class is out of range.

    >>> C = np.zeros((5, 2), int)
    >>> require_target_sequences(C, 2, 3, np.dtype(float), [5, 6])
    Traceback (most recent call last):
    ...
    ValueError: lengths[1] is 6, but the arrays hold 5 steps; lengths must lie in 1 … 5
    """
    steps = np.shape(C)[0] if np.ndim(C) else 0
    found = None if lengths is None else require_lengths(lengths, steps, B)
    there = None if found is None else np.arange(steps)[:, None] < found
    require_targets(C, {"time": steps, "B": B}, K, dtype, there)
    return found
