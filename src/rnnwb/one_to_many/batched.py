"""Output sequences of different lengths in one batch, with the output fed back, shape (time, batch, features)."""

import numpy as np

from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def fed_back_preactivation(
    X: np.ndarray, P_prev: np.ndarray, S_prev: np.ndarray, U: np.ndarray, R: np.ndarray, W: np.ndarray
) -> np.ndarray:
    r"""Pre-activations of all sequences at step t.

    Args:
        X: $[t = 0] \mathbf{X}$, shape (B, D), zero after step 0.
        P_prev: $[t > 0] \mathbf{P}_{t-1}$, shape (B, K), zero at step 0.
        S_prev: $\mathbf{S}_{t-1}$, shape (B, H).
        U: $U$, shape (D, H).
        R: $R$, shape (K, H).
        W: $W$, shape (H, H).

    Returns:
        $\mathbf{A}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> fed_back_preactivation(one, 2 * one, 3 * one, 5 * one, 7 * one, 11 * one).tolist()
    [[52.0]]
    """
    require_shapes(("B D", X), ("B K", P_prev), ("B H", S_prev), ("D H", U), ("K H", R), ("H H", W))
    return X @ U + P_prev @ R + S_prev @ W


def probabilities(Y: np.ndarray) -> np.ndarray:
    r"""Probabilities of all sequences at step t.

    Args:
        Y: $\mathbf{Y}_t$, shape (B, K).

    Returns:
        $\mathbf{P}_t$, shape (B, K), entries in (0, 1).

    Raises:
        ValueError: if the argument is not a matrix.

    >>> probabilities(np.zeros((1, 2))).tolist()
    [[0.5, 0.5]]
    """
    require_shapes(("B K", Y))
    return softmax(Y)


def batch_loss(Y: np.ndarray, C: np.ndarray, last: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps that belong to a sequence.

    Args:
        Y: $\mathbf{Y}$, shape (T + 1, B, K).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        last: $L$, shape (B,), the last steps.

    Returns:
        $J$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(batch_loss(np.zeros((3, 1, 2)), np.array([[[1.0, 0.0]]] * 3), np.array([1]))), 4)
    1.3863
    """
    require_shapes(("time B K", Y), ("time B K", C), ("B", last))
    counts = np.arange(len(Y))[:, None] <= last
    return np.sum(np.where(counts, softmax_cross_entropy(Y, C), 0))


def logits_gradient(
    P: np.ndarray, C: np.ndarray, delta_next: np.ndarray, R: np.ndarray, last: np.ndarray, t: np.ndarray
) -> np.ndarray:
    r"""Gradient of the loss of the batch with respect to the logits of step t.

    Args:
        P: $\mathbf{P}_t$, shape (B, K), entries in (0, 1).
        C: $\mathbf{C}_t$, shape (B, K), entries of a row sum to 1.
        delta_next: $[t < T] \Delta_{t+1}$, shape (B, H), zero at the last step.
        R: $R$, shape (K, H).
        last: $L$, shape (B,), the last steps.
        t: $t$, shape (), the step.

    Returns:
        $\frac{\partial J}{\partial \mathbf{Y}_t}$, shape (B, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> P, C, zero, R = np.array([[0.5, 0.5]]), np.array([[1.0, 0.0]]), np.zeros((1, 1)), np.ones((2, 1))
    >>> [logits_gradient(P, C, zero, R, np.array([1]), np.array(t)).tolist() for t in (1, 2)]
    [[[-0.5, 0.5]], [[0.0, 0.0]]]
    """
    require_shapes(("B K", P), ("B K", C), ("B H", delta_next), ("K H", R), ("B", last))
    dP = delta_next @ R.T
    local = np.where((t <= last)[:, None], P - C, 0)
    return local + P * (dP - np.sum(P * dP, axis=1, keepdims=True))


def delta(
    dY: np.ndarray,
    delta_next: np.ndarray,
    S: np.ndarray,
    V: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the pre-activations of step t, from that of step t + 1.

    Args:
        dY: $\frac{\partial J}{\partial \mathbf{Y}_t}$, shape (B, K).
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
