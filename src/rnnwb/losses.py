"""Losses and their gradients with respect to the logits.

The last axis holds the K outputs; any axes before it (time, batch) are kept.
"""

import numpy as np


def _require_equal_shapes(Y: np.ndarray, C: np.ndarray) -> None:
    """Raise unless outputs and targets have one shape."""
    if np.shape(Y) != np.shape(C):
        raise ValueError(f"outputs have shape {np.shape(Y)}, targets {np.shape(C)}")


def log_softmax(Y: np.ndarray) -> np.ndarray:
    r"""Logarithms of the probabilities, safe for logits of any size.

    Args:
        Y: $Y_t$, shape (K,).

    Returns:
        $\log(P_t)$, shape (K,).

    >>> log_softmax(np.array([0.0, 0.0])).round(4).tolist()
    [-0.6931, -0.6931]
    >>> log_softmax(np.array([1000.0, 0.0])).tolist()
    [0.0, -1000.0]
    """
    shifted = Y - Y.real.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(Y: np.ndarray) -> np.ndarray:
    r"""Probabilities of the K classes.

    Args:
        Y: $Y_t$, shape (K,).

    Returns:
        $P_t$, shape (K,).

    >>> softmax(np.log(np.array([1.0, 2.0, 5.0]))).round(4).tolist()
    [0.125, 0.25, 0.625]
    """
    return np.exp(log_softmax(Y))


def softmax_cross_entropy(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Cross-entropy of the target against the softmax of the logits.

    Args:
        Y: $Y_t$, shape (K,).
        C: $C_t$, shape (K,), entries sum to 1.

    Returns:
        $E_t$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(softmax_cross_entropy(np.array([0.0, 0.0]), np.array([1.0, 0.0]))), 4)
    0.6931
    """
    _require_equal_shapes(Y, C)
    return -np.sum(C * log_softmax(Y), axis=-1)


def softmax_cross_entropy_gradient(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the cross-entropy with respect to the logits.

    Args:
        Y: $Y_t$, shape (K,).
        C: $C_t$, shape (K,), entries sum to 1.

    Returns:
        $\frac{\partial E_t}{\partial Y_t}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> softmax_cross_entropy_gradient(np.array([0.0, 0.0]), np.array([1.0, 0.0])).tolist()
    [-0.5, 0.5]
    """
    _require_equal_shapes(Y, C)
    return softmax(Y) - C


def squared_error(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Half the squared distance between output and target.

    Args:
        Y: $Y_t$, shape (K,).
        C: $C_t$, shape (K,), any real entries.

    Returns:
        $Q_t$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> float(squared_error(np.array([1.0, 2.0]), np.array([0.0, 4.0])))
    2.5
    """
    _require_equal_shapes(Y, C)
    return 0.5 * np.sum((Y - C) ** 2, axis=-1)


def squared_error_gradient(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the squared error with respect to the output.

    Args:
        Y: $Y_t$, shape (K,).
        C: $C_t$, shape (K,), any real entries.

    Returns:
        $\frac{\partial Q_t}{\partial Y_t}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> squared_error_gradient(np.array([1.0, 2.0]), np.array([0.0, 4.0])).tolist()
    [1.0, -2.0]
    """
    _require_equal_shapes(Y, C)
    return Y - C


def total_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps.

    Args:
        Y: $Y$, shape (T + 1, K).
        C: $C$, shape (T + 1, K), rows sum to 1.

    Returns:
        $E$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(total_loss(np.zeros((3, 2)), np.array([[1.0, 0.0]] * 3))), 4)
    2.0794
    """
    return np.sum(softmax_cross_entropy(Y, C))


def mean_loss(E: np.ndarray, T: np.ndarray) -> np.ndarray:
    r"""Loss averaged over the steps.

    Args:
        E: $E$, shape ().
        T: $T$, shape (), the last step.

    Returns:
        $M$, shape ().

    >>> float(mean_loss(np.array(6.0), np.array(2)))
    2.0
    """
    return E / (T + 1)


def mean_loss_gradient(dW: np.ndarray, T: np.ndarray) -> np.ndarray:
    r"""Gradient of the averaged loss with respect to the recurrent weights.

    Args:
        dW: $\frac{\partial E}{\partial W}$, shape (H, H).
        T: $T$, shape (), the last step.

    Returns:
        $\frac{\partial M}{\partial W}$, shape (H, H).

    >>> mean_loss_gradient(np.array([[6.0]]), np.array(2)).tolist()
    [[2.0]]
    """
    return dW / (T + 1)
