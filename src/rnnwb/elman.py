"""One step of the recurrent network of Elman, and its immediate derivatives.

References:
    Elman, "Finding structure in time", Cognitive Science 14(2), 1990, pages 179-211.
"""

import numpy as np

from rnnwb.shapes import require_shapes


def preactivation(
    X: np.ndarray,
    S_prev: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""What the hidden units receive at step t, before the tanh.

    Args:
        X: $X_t$, shape (D,).
        S_prev: $S_{t-1}$, shape (H,).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).

    Returns:
        $A_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> U, W = np.array([[1.0, 2.0]]), np.array([[0.0, 1.0], [0.5, 0.0]])
    >>> preactivation(np.array([3.0]), np.array([1.0, -1.0]), U, W).tolist()
    [2.5, 7.0]
    """
    require_shapes(("D", X), ("H", S_prev), ("D H", U), ("H H", W))
    return X @ U + S_prev @ W


def hidden_state(A: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t.

    Args:
        A: $A_t$, shape (H,).

    Returns:
        $S_t$, shape (H,), entries in (-1, 1).

    >>> hidden_state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Output of the network at step t.

    Args:
        S: $S_t$, shape (H,).
        V: $V$, shape (H, K).

    Returns:
        $Y_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([0.5, -0.5]), np.array([[1.0, 0.0, 2.0], [1.0, 4.0, 0.0]])).tolist()
    [0.0, -2.0, 1.0]
    """
    require_shapes(("H", S), ("H K", V))
    return S @ V


def logits_jacobian(V: np.ndarray) -> np.ndarray:
    r"""Derivative of the logits with respect to the hidden state of the same step.

    Args:
        V: $V$, shape (H, K).

    Returns:
        $\frac{\partial Y_t}{\partial S_t}$, shape (K, H).

    >>> logits_jacobian(np.array([[1.0, 2.0, 3.0]])).tolist()
    [[1.0], [2.0], [3.0]]
    """
    return V.T.copy()


def activation_jacobian(S: np.ndarray) -> np.ndarray:
    r"""Derivative of the hidden state with respect to its pre-activation.

    Args:
        S: $S_t$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial S_t}{\partial A_t}$, shape (H, H).

    >>> activation_jacobian(np.array([0.0, 0.5])).tolist()
    [[1.0, 0.0], [0.0, 0.75]]
    """
    return np.diag(1 - S**2)


def preactivation_jacobian(W: np.ndarray) -> np.ndarray:
    r"""Derivative of the pre-activation with respect to the hidden state one step before.

    Args:
        W: $W$, shape (H, H).

    Returns:
        $\frac{\partial A_t}{\partial S_{t-1}}$, shape (H, H).

    >>> preactivation_jacobian(np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [[1.0, 3.0], [2.0, 4.0]]
    """
    return W.T.copy()


def state_jacobian(S: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Derivative of the hidden state with respect to the hidden state one step before.

    Args:
        S: $S_t$, shape (H,), entries in (-1, 1).
        W: $W$, shape (H, H).

    Returns:
        $\frac{\partial S_t}{\partial S_{t-1}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> state_jacobian(np.array([0.0, 0.5]), np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [[1.0, 3.0], [1.5, 3.0]]
    """
    require_shapes(("H", S), ("H H", W))
    return (1 - S**2)[:, None] * W.T


def immediate_input_weight_jacobian(X: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""Immediate derivative of the hidden state with respect to the input weights.

    Args:
        X: $X_t$, shape (D,).
        S: $S_t$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial^+ S_t}{\partial U}$, shape (H, D, H).

    Raises:
        ValueError: if an argument is not a vector.

    >>> immediate_input_weight_jacobian(np.array([2.0]), np.array([0.0, 0.5])).tolist()
    [[[2.0, 0.0]], [[0.0, 1.5]]]
    """
    require_shapes(("D", X), ("H", S))
    return np.diag(1 - S**2)[:, None, :] * X[None, :, None]


def immediate_state_weight_jacobian(S_prev: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""Immediate derivative of the hidden state with respect to the recurrent weights.

    Args:
        S_prev: $S_{t-1}$, shape (H,).
        S: $S_t$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial^+ S_t}{\partial W}$, shape (H, H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> immediate_state_weight_jacobian(np.array([0.2, 0.4]), np.array([0.0, 0.5])).round(4).tolist()
    [[[0.2, 0.0], [0.4, 0.0]], [[0.0, 0.15], [0.0, 0.3]]]
    """
    require_shapes(("H", S_prev), ("H", S))
    return np.diag(1 - S**2)[:, None, :] * S_prev[None, :, None]


def total_state_weight_jacobian(immediate: np.ndarray, jacobian: np.ndarray, total_prev: np.ndarray) -> np.ndarray:
    r"""Total derivative of the hidden state with respect to the recurrent weights.

    Args:
        immediate: $\frac{\partial^+ S_t}{\partial W}$, shape (H, H, H).
        jacobian: $\frac{\partial S_t}{\partial S_{t-1}}$, shape (H, H).
        total_prev: $\frac{\partial S_{t-1}}{\partial W}$, shape (H, H, H).

    Returns:
        $\frac{\partial S_t}{\partial W}$, shape (H, H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1, 1))
    >>> total_state_weight_jacobian(2 * one, np.array([[3.0]]), 5 * one).tolist()
    [[[17.0]]]
    """
    require_shapes(("H H H", immediate), ("H H", jacobian), ("H H H", total_prev))
    return immediate + np.tensordot(jacobian, total_prev, axes=1)
