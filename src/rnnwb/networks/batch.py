"""A batch of sequences, looked at a few steps at a time; what stands after the end of a sequence has no effect."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

ROWS = 512
"""How many rows (steps times sequences) are treated at a time: enough for fast products, few enough for the cache."""


class Batch(NamedTuple):
    """Inputs, and where they end.

    Attributes:
        X: inputs, shape (time, B, D).
        lengths: number of steps of each sequence, shape (B,); None where every sequence has all steps.
    """

    X: np.ndarray
    lengths: np.ndarray | None

    def parts(self, first: int = 0, stop: int | None = None) -> list[tuple[int, int]]:
        """First step and stop of the pieces that are treated at a time, in order.

        Args:
            first: the first of the steps.
            stop: the one after the last; all steps unless given.

        >>> Batch(np.zeros((5, 256, 1)), None).parts()
        [(0, 2), (2, 4), (4, 5)]
        """
        stop, steps = len(self.X) if stop is None else stop, max(1, ROWS // self.X.shape[1])
        return [(start, min(start + steps, stop)) for start in range(first, stop, steps)]

    def there(self, start: int, stop: int) -> np.ndarray | None:
        """Which sequences have which of these steps, shape (steps, B); None if all have all.

        Args:
            start: the first of the steps.
            stop: the one after the last.

        >>> Batch(np.zeros((3, 2, 1)), np.array([3, 1])).there(1, 3).tolist()
        [[True, False], [True, False]]
        """
        if self.lengths is None or self.lengths.min() >= stop:
            return None
        return np.arange(start, stop)[:, None] < self.lengths

    def inputs(self, start: int, stop: int) -> np.ndarray:
        """Inputs of these steps, shape (steps, B, D), zero where a sequence has ended.

        Args:
            start: the first of the steps.
            stop: the one after the last.

        >>> Batch(np.full((2, 2, 1), np.nan), np.array([2, 1])).inputs(1, 2).tolist()
        [[[nan], [0.0]]]
        """
        there = self.there(start, stop)
        return self.X[start:stop] if there is None else np.where(there[:, :, None], self.X[start:stop], 0)

    def targets(self, C: np.ndarray, start: int, stop: int) -> np.ndarray:
        """Targets of these steps as rows, none where a sequence has ended.

        Args:
            C: classes, shape (time, B), or points of the simplex, shape (time, B, K).
            start: the first of the steps.
            stop: the one after the last.

        Returns:
            Classes, shape (steps B,), with $-1$ for none; or points of the simplex, shape (steps B, K), with zeros for none.

        >>> batch = Batch(np.zeros((2, 2, 1)), np.array([2, 1]))
        >>> batch.targets(np.array([[3, 4], [5, 6]]), 0, 2).tolist()
        [3, 4, 5, -1]
        """
        C, there = C[start:stop], self.there(start, stop)
        if C.ndim == 3:
            return (C if there is None else np.where(there[:, :, None], C, 0)).reshape(-1, C.shape[-1])
        return (C if there is None else np.where(there, C, -1)).reshape(-1)

    def ends(self) -> int | np.ndarray:
        """How many steps each sequence has: one number for all, or shape (B,).

        >>> batch = Batch(np.zeros((3, 2, 1)), np.array([3, 1]))
        >>> batch.ends().tolist(), batch._replace(lengths=None).ends()
        ([3, 1], 3)
        """
        return len(self.X) if self.lengths is None else self.lengths
