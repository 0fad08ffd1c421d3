"""Output sequences: one input at step 0, and an output at every step."""

import numpy as np

from rnnwb.shapes import require_shapes


def preactivation_from_one_input(X: np.ndarray, S_prev: np.ndarray, U: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Pre-activation at step t, if the only input comes at step 0.

    Args:
        X: $[t = 0] X_0$, shape (D,), zero after step 0.
        S_prev: $S_{t-1}$, shape (H,).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).

    Returns:
        $A_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> U, W = np.array([[1.0, 2.0]]), np.array([[0.0, 1.0], [0.5, 0.0]])
    >>> preactivation_from_one_input(np.array([3.0]), np.array([1.0, -1.0]), U, W).tolist()
    [2.5, 7.0]
    """
    require_shapes(("D", X), ("H", S_prev), ("D H", U), ("H H", W))
    return X @ U + S_prev @ W


def step_input_weight_gradient(X: np.ndarray, dA: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the input weights, used at step 0.

    Args:
        X: $X_0$, shape (D,).
        dA: $\frac{\partial E_t}{\partial A_0}$, shape (H,).

    Returns:
        $\frac{\partial E_t}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> step_input_weight_gradient(np.array([1.0, 2.0]), np.array([3.0, -1.0])).tolist()
    [[3.0, -1.0], [6.0, -2.0]]
    """
    require_shapes(("D", X), ("H", dA))
    return np.outer(X, dA)


def input_weight_gradient(X: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the input weights, used at step 0.

    Args:
        X: $X_0$, shape (D,).
        delta: $\delta_0$, shape (H,).

    Returns:
        $\frac{\partial E}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_weight_gradient(np.array([1.0, 2.0]), np.array([3.0, -1.0])).tolist()
    [[3.0, -1.0], [6.0, -2.0]]
    """
    require_shapes(("D", X), ("H", delta))
    return np.outer(X, delta)
