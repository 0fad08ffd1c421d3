"""Steps and sequences as the rows of one matrix, so that one product treats them all."""

import numpy as np


def rows(array: np.ndarray) -> np.ndarray:
    """A row for each step of each sequence, without a copy where the array is contiguous.

    >>> rows(np.zeros((5, 2, 3))).shape
    (10, 3)
    """
    return array.reshape(-1, array.shape[-1])


def bias_gradient(delta: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Sum over the steps, and over the sequences as well unless the bias has a row for each of them.

    >>> delta = np.ones((5, 2, 3))
    >>> bias_gradient(delta, np.zeros(3)).tolist(), bias_gradient(delta, np.zeros((2, 3))).shape
    ([10.0, 10.0, 10.0], (2, 3))
    """
    return np.add.reduce(rows(delta) if b.ndim == 1 else delta, axis=0)
