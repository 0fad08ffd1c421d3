"""Input sequences: many inputs, and one output and one loss at the last step $T$."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def last_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Loss of a sequence with one target, which is met at the last step.

    Args:
        Y: $Y_T$, shape (K,).
        C: $C_T$, shape (K,), entries sum to 1.

    Returns:
        $E$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(last_loss(np.zeros(2), np.array([1.0, 0.0]))), 4)
    0.6931
    """
    require_shapes(("K", Y), ("K", C))
    return softmax_cross_entropy(Y, C)


def last_logits_gradient(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the logits of the last step.

    Args:
        Y: $Y_T$, shape (K,).
        C: $C_T$, shape (K,), entries sum to 1.

    Returns:
        $\frac{\partial E}{\partial Y_T}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> last_logits_gradient(np.zeros(2), np.array([1.0, 0.0])).tolist()
    [-0.5, 0.5]
    """
    require_shapes(("K", Y), ("K", C))
    return softmax_cross_entropy_gradient(Y, C)


def last_hidden_gradient(dY: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the last hidden state.

    Args:
        dY: $\frac{\partial E}{\partial Y_T}$, shape (K,).
        V: $V$, shape (H, K).

    Returns:
        $\frac{\partial E}{\partial S_T}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> last_hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("K", dY), ("H K", V))
    return dY @ V.T


def earlier_hidden_gradient(delta_next: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the hidden state of a step before the last.

    Args:
        delta_next: $\delta_{t+1}$, shape (H,).
        W: $W$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> earlier_hidden_gradient(np.array([10.0, 20.0]), np.array([[0.0, 1.0], [2.0, 0.0]])).tolist()
    [20.0, 20.0]
    """
    require_shapes(("H", delta_next), ("H H", W))
    return delta_next @ W.T


def delta(
    dY: np.ndarray,
    delta_next: np.ndarray,
    S: np.ndarray,
    V: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of step t, with one loss at the end.

    Args:
        dY: $[t = T] \frac{\partial E}{\partial Y_T}$, shape (K,), zero before the last step.
        delta_next: $[t < T] \delta_{t+1}$, shape (H,), zero at the last step.
        S: $S_t$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\delta_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero, one = np.zeros(1), np.ones(1)
    >>> delta(2 * one, zero, 0.5 * one, np.array([[5.0]]), np.array([[7.0]])).tolist()
    [7.5]
    >>> delta(zero, 4 * one, 0.5 * one, np.array([[5.0]]), np.array([[7.0]])).tolist()
    [21.0]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def hidden_gradient_by_product(dS_last: np.ndarray, S: np.ndarray, W: np.ndarray, t: np.ndarray) -> np.ndarray:
    r"""Gradient with respect to the hidden state of step t, through one Jacobian after another.

    Args:
        dS_last: $\frac{\partial E}{\partial S_T}$, shape (H,).
        S: $S$, shape (T + 1, H), entries in (-1, 1).
        W: $W$, shape (H, H).
        t: $t$, shape (), a step.

    Returns:
        $\frac{\partial E}{\partial S_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> S, W = np.array([[0.0], [0.5], [0.0]]), np.array([[4.0]])
    >>> [hidden_gradient_by_product(np.ones(1), S, W, t).tolist() for t in (2, 1, 0)]
    [[1.0], [4.0], [12.0]]
    """
    require_shapes(("H", dS_last), ("time H", S), ("H H", W))
    dS = dS_last
    for S_r in S[: int(t) : -1]:
        dS = dS @ ((1 - S_r**2)[:, None] * W.T)
    return dS


def output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the output weights, which are used once.

    Args:
        S: $S_T$, shape (H,), entries in (-1, 1).
        dY: $\frac{\partial E}{\partial Y_T}$, shape (K,).

    Returns:
        $\frac{\partial E}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if an argument is not a vector.

    >>> output_weight_gradient(np.array([0.5, 0.25]), np.array([2.0, -4.0])).tolist()
    [[1.0, -2.0], [0.5, -1.0]]
    """
    require_shapes(("H", S), ("K", dY))
    return np.outer(S, dY)
