"""The same network on a batch: arrays have shape (time, batch, features).

One row of a batch is one sequence; the rows meet only in the sums over the batch.
"""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def preactivation(
    X: np.ndarray,
    S_prev: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Pre-activations of all sequences at step t.

    Args:
        X: $\mathbf{X}_t$, shape (B, D).
        S_prev: $\mathbf{S}_{t-1}$, shape (B, H).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).

    Returns:
        $\mathbf{A}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> U, W = np.array([[1.0, 2.0]]), np.array([[0.0, 1.0], [0.5, 0.0]])
    >>> preactivation(np.array([[3.0]]), np.array([[1.0, -1.0]]), U, W).tolist()
    [[2.5, 7.0]]
    """
    require_shapes(("B D", X), ("B H", S_prev), ("D H", U), ("H H", W))
    return X @ U + S_prev @ W


def hidden_state(A: np.ndarray) -> np.ndarray:
    r"""Hidden states of all sequences after step t.

    Args:
        A: $\mathbf{A}_t$, shape (B, H).

    Returns:
        $\mathbf{S}_t$, shape (B, H).

    >>> hidden_state(np.array([[0.0, 1.0]])).round(4).tolist()
    [[0.0, 0.7616]]
    """
    return np.tanh(A)


def logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Outputs of all sequences at step t.

    Args:
        S: $\mathbf{S}_t$, shape (B, H), entries in (-1, 1).
        V: $V$, shape (H, K).

    Returns:
        $\mathbf{Y}_t$, shape (B, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([[0.5], [1.0]]), np.array([[2.0, 4.0]])).tolist()
    [[1.0, 2.0], [2.0, 4.0]]
    """
    require_shapes(("B H", S), ("H K", V))
    return S @ V


def batch_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps of all sequences.

    Args:
        Y: $\mathbf{Y}$, shape (T + 1, B, K).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.

    Returns:
        $L$, shape ().

    >>> round(float(batch_loss(np.zeros((3, 1, 2)), np.array([[[1.0, 0.0]]] * 3))), 4)
    2.0794
    """
    return np.sum(softmax_cross_entropy(Y, C))


def logits_gradient(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of the batch with respect to the logits of step t.

    Args:
        Y: $\mathbf{Y}_t$, shape (B, K).
        C: $\mathbf{C}_t$, shape (B, K), entries of a row sum to 1.

    Returns:
        $\frac{\partial L}{\partial \mathbf{Y}_t}$, shape (B, K).

    >>> logits_gradient(np.array([[0.0, 0.0]]), np.array([[1.0, 0.0]])).tolist()
    [[-0.5, 0.5]]
    """
    return softmax_cross_entropy_gradient(Y, C)


def delta(
    dY: np.ndarray,
    delta_next: np.ndarray,
    S: np.ndarray,
    V: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the pre-activations of step t, from that of step t + 1.

    Args:
        dY: $\frac{\partial L}{\partial \mathbf{Y}_t}$, shape (B, K).
        delta_next: $[t < T] \Delta_{t+1}$, shape (B, H), zero at the last step.
        S: $\mathbf{S}_t$, shape (B, H), entries in (-1, 1).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\Delta_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> delta(2 * one, 3 * one, 0.5 * one, 5 * one, 7 * one).tolist()
    [[23.25]]
    """
    require_shapes(
        ("B K", dY),
        ("B H", delta_next),
        ("B H", S),
        ("H K", V),
        ("H H", W),
    )
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of the batch with respect to the output weights.

    Args:
        S: $\mathbf{S}$, shape (T + 1, B, H), entries in (-1, 1).
        dY: $\frac{\partial L}{\partial \mathbf{Y}}$, shape (T + 1, B, K).

    Returns:
        $\frac{\partial L}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> output_weight_gradient(np.full((3, 2, 1), 0.5), np.ones((3, 2, 1))).tolist()
    [[3.0]]
    """
    require_shapes(("time B H", S), ("time B K", dY))
    return np.tensordot(S, dY, axes=([0, 1], [0, 1]))


def input_weight_gradient(X: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of the batch with respect to the input weights.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D).
        delta: $\Delta$, shape (T + 1, B, H).

    Returns:
        $\frac{\partial L}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_weight_gradient(np.ones((3, 2, 1)), np.full((3, 2, 1), 0.5)).tolist()
    [[3.0]]
    """
    require_shapes(("time B D", X), ("time B H", delta))
    return np.tensordot(X, delta, axes=([0, 1], [0, 1]))


def state_weight_gradient(
    S_init: np.ndarray,
    S: np.ndarray,
    delta: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the loss of the batch with respect to the recurrent weights.

    Args:
        S_init: $\mathbf{S}_{-1}$, shape (B, H).
        S: $\mathbf{S}$, shape (T + 1, B, H), entries in (-1, 1).
        delta: $\Delta$, shape (T + 1, B, H).

    Returns:
        $\frac{\partial L}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S, delta = np.array([[[0.5]], [[0.25]]]), np.array([[[3.0]], [[8.0]]])
    >>> state_weight_gradient(np.array([[1.0]]), S, delta).tolist()
    [[7.0]]
    """
    require_shapes(("B H", S_init), ("time B H", S), ("time B H", delta))
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return np.tensordot(S_prev, delta, axes=([0, 1], [0, 1]))
