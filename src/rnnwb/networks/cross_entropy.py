"""Softmax cross-entropy of many rows at once, where a row may have no target.

Targets come in two forms. Integers are the classes, 0 to K - 1, one a row, and -1 where a row has no target.
Numbers of the logits' own type are points of the simplex, K a row, and zeros where a row has no target.
"""

import numpy as np


def loss_and_gradient(Y: np.ndarray, C: np.ndarray) -> tuple[float, np.ndarray]:
    """Sum of the losses of all rows, and its gradient with respect to the logits.

    Args:
        Y: logits, shape (rows, K).
        C: classes, shape (rows,), or points of the simplex, shape (rows, K).

    Returns:
        The loss and the gradient, shape (rows, K), zero in rows without a target.

    >>> loss, gradient = loss_and_gradient(np.zeros((2, 2)), np.array([0, -1]))
    >>> round(loss, 4), gradient.tolist()
    (0.6931, [[-0.5, 0.5], [0.0, 0.0]])
    >>> loss_and_gradient(np.zeros((2, 2)), np.array([[1.0, 0.0], [0.0, 0.0]]))[1].tolist()
    [[-0.5, 0.5], [0.0, 0.0]]
    """
    shifted = Y - Y.max(axis=1, keepdims=True)
    P = np.exp(shifted)
    total = P.sum(axis=1, keepdims=True)
    P /= total
    kind = _classes if C.ndim == 1 else _simplex
    return kind(shifted, np.log(total), P, C)


def _classes(shifted: np.ndarray, log_total: np.ndarray, P: np.ndarray, C: np.ndarray) -> tuple[float, np.ndarray]:
    """The loss, and the probabilities turned into the gradient."""
    row = np.arange(len(C))
    losses = log_total[:, 0] - shifted[row, C]
    P[row, C] -= 1
    if C.min() < 0:
        losses[C < 0], P[C < 0] = 0, 0
    return float(losses.sum()), P


def _simplex(shifted: np.ndarray, log_total: np.ndarray, P: np.ndarray, C: np.ndarray) -> tuple[float, np.ndarray]:
    """The loss, and the probabilities turned into the gradient."""
    weight = C.sum(axis=1, keepdims=True)
    P *= weight
    P -= C
    return float((weight * log_total).sum() - np.vdot(C, shifted)), P
