"""The network of the first article: D inputs, H tanh units, K outputs, no time."""

import numpy as np

from rnnwb.losses import (
    softmax,
    softmax_cross_entropy,
    softmax_cross_entropy_gradient,
    squared_error,
    squared_error_gradient,
)
from rnnwb.shapes import require_shapes


def preactivation(X: np.ndarray, U: np.ndarray) -> np.ndarray:
    r"""What the hidden units receive, before the tanh.

    Args:
        X: $X$, shape (D,).
        U: $U$, shape (D, H).

    Returns:
        $A$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> preactivation(np.array([1.0, 2.0]), np.array([[1.0, 0.0, 3.0], [0.5, 1.0, 0.0]])).tolist()
    [2.0, 2.0, 3.0]
    """
    require_shapes(("D", X), ("D H", U))
    return X @ U


def hidden_state(A: np.ndarray) -> np.ndarray:
    r"""Output of the hidden units.

    Args:
        A: $A$, shape (H,).

    Returns:
        $S$, shape (H,), entries in (-1, 1).

    >>> hidden_state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Output of the network.

    Args:
        S: $S$, shape (H,).
        V: $V$, shape (H, K).

    Returns:
        $Y$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([0.5, -0.5]), np.array([[1.0, 0.0, 2.0], [1.0, 4.0, 0.0]])).tolist()
    [0.0, -2.0, 1.0]
    """
    require_shapes(("H", S), ("H K", V))
    return S @ V


def probabilities(Y: np.ndarray) -> np.ndarray:
    r"""Probabilities of the K classes.

    Args:
        Y: $Y$, shape (K,).

    Returns:
        $P$, shape (K,).

    >>> probabilities(np.log(np.array([1.0, 2.0, 5.0]))).round(4).tolist()
    [0.125, 0.25, 0.625]
    """
    return softmax(Y)


def cross_entropy(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Cross-entropy of the target against the softmax of the logits.

    Args:
        Y: $Y$, shape (K,).
        C: $C$, shape (K,), entries sum to 1.

    Returns:
        $E$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(cross_entropy(np.array([0.0, 0.0]), np.array([1.0, 0.0]))), 4)
    0.6931
    """
    return softmax_cross_entropy(Y, C)


def half_squared_error(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Half the squared distance between output and target.

    Args:
        Y: $Y$, shape (K,).
        C: $C$, shape (K,), any real entries.

    Returns:
        $Q$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> float(half_squared_error(np.array([1.0, 2.0]), np.array([0.0, 4.0])))
    2.5
    """
    return squared_error(Y, C)


def half_squared_error_gradient(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the squared error with respect to the output.

    Args:
        Y: $Y$, shape (K,).
        C: $C$, shape (K,), any real entries.

    Returns:
        $\frac{\partial Q}{\partial Y}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> half_squared_error_gradient(np.array([1.0, 2.0]), np.array([0.0, 4.0])).tolist()
    [1.0, -2.0]
    """
    return squared_error_gradient(Y, C)


def probability_gradient(P: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the cross-entropy with respect to the probabilities.

    Args:
        P: $P$, shape (K,), positive entries.
        C: $C$, shape (K,).

    Returns:
        $\frac{\partial E}{\partial P}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> probability_gradient(np.array([0.5, 0.5]), np.array([0.25, 0.75])).tolist()
    [-0.5, -1.5]
    """
    require_shapes(("K", P), ("K", C))
    return -C / P


def softmax_jacobian(P: np.ndarray) -> np.ndarray:
    r"""Derivative of the probabilities with respect to the logits.

    Args:
        P: $P$, shape (K,).

    Returns:
        $\frac{\partial P}{\partial Y}$, shape (K, K).

    >>> softmax_jacobian(np.array([0.25, 0.75])).tolist()
    [[0.1875, -0.1875], [-0.1875, 0.1875]]
    """
    return np.diag(P) - np.outer(P, P)


def logits_gradient(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the cross-entropy with respect to the logits.

    Args:
        Y: $Y$, shape (K,).
        C: $C$, shape (K,), entries sum to 1.

    Returns:
        $\frac{\partial E}{\partial Y}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits_gradient(np.array([0.0, 0.0]), np.array([1.0, 0.0])).tolist()
    [-0.5, 0.5]
    """
    return softmax_cross_entropy_gradient(Y, C)
