"""Which hidden states make the output of a sequence: that of its last step, or all of them in equal shares."""

from __future__ import annotations

from typing import Literal

import numpy as np

from rnnwb.networks.batch import Batch

Pooling = Literal["last", "mean"]
"""The hidden state of the last step, or the mean of all hidden states of the sequence."""


def shares(batch: Batch, start: int, stop: int, pooling: Pooling = "last") -> np.ndarray:
    """By how much the hidden state of each step enters the output of its sequence, shape (steps, B).

    Args:
        batch: where the sequences end.
        start: the first of the steps.
        stop: the one after the last.
        pooling: "last" for the state of the last step of each sequence, "mean" for the mean of all its states.

    Raises:
        ValueError: if there is no such pooling.

    >>> batch = Batch(np.zeros((3, 2, 1)), np.array([3, 1]))
    >>> shares(batch, 0, 3, "last").tolist()
    [[0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]
    >>> shares(batch, 0, 1, "mean").round(4).tolist()
    [[0.3333, 1.0]]
    """
    steps, lengths = np.arange(start, stop)[:, None], np.broadcast_to(batch.ends(), batch.X.shape[1])
    if pooling == "last":
        return (steps == lengths - 1).astype(batch.X.dtype)
    if pooling == "mean":
        return (steps < lengths) / lengths.astype(batch.X.dtype)
    raise ValueError(f"pooling is {pooling!r}, not 'last' or 'mean'")
