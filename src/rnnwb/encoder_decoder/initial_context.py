"""Variant: the decoder starts from the context, and receives it nowhere else."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy
from rnnwb.shapes import require_shapes


def initial_state(context: np.ndarray) -> np.ndarray:
    r"""The state that the decoder starts from.

    Args:
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,).

    Returns:
        $S^{\mathrm{i}}_{-1}$, shape (H,).

    >>> initial_state(np.array([0.5])).tolist()
    [0.5]
    """
    return context.copy()


def preactivation(
    X: np.ndarray,
    S_prev: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""What the hidden units of the decoder that starts from the context receive at step t.

    Args:
        X: $X^{\mathrm{d}}_t$, shape (K,).
        S_prev: $S^{\mathrm{i}}_{t-1}$, shape (H,).
        U: $U^{\mathrm{d}}$, shape (K, H).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $A^{\mathrm{i}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> preactivation(one[0], 2 * one[0], 5 * one, 7 * one).tolist()
    [19.0]
    """
    require_shapes(("K", X), ("H", S_prev), ("K H", U), ("H H", W))
    return X @ U + S_prev @ W


def state(A: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t of the decoder that starts from the context.

    Args:
        A: $A^{\mathrm{i}}_t$, shape (H,).

    Returns:
        $S^{\mathrm{i}}_t$, shape (H,), entries in (-1, 1).

    >>> state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Output at step t of the decoder that starts from the context.

    Args:
        S: $S^{\mathrm{i}}_t$, shape (H,), entries in (-1, 1).
        V: $V^{\mathrm{d}}$, shape (H, K).

    Returns:
        $Y^{\mathrm{i}}_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([0.5]), np.array([[2.0, 4.0]])).tolist()
    [1.0, 2.0]
    """
    require_shapes(("H", S), ("H K", V))
    return S @ V


def total_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps of the decoder that starts from the context.

    Args:
        Y: $Y^{\mathrm{i}}$, shape (T + 1, K).
        C: $C$, shape (T + 1, K), rows sum to 1.

    Returns:
        $E^{\mathrm{i}}$, shape ().

    >>> round(float(total_loss(np.zeros((3, 2)), np.array([[1.0, 0.0]] * 3))), 4)
    2.0794
    """
    return np.sum(softmax_cross_entropy(Y, C))


def delta(
    dY: np.ndarray,
    delta_next: np.ndarray,
    S: np.ndarray,
    V: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of step t of the decoder that starts from the context, from that of step t + 1.

    Args:
        dY: $\frac{\partial E^{\mathrm{i}}}{\partial Y^{\mathrm{i}}_t}$, shape (K,).
        delta_next: $[t < T] \delta^{\mathrm{i}}_{t+1}$, shape (H,), zero at the last step.
        S: $S^{\mathrm{i}}_t$, shape (H,), entries in (-1, 1).
        V: $V^{\mathrm{d}}$, shape (H, K).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\delta^{\mathrm{i}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> delta(2 * one, 3 * one, 0.5 * one, np.array([[5.0]]), np.array([[7.0]])).tolist()
    [23.25]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def context_gradient(delta: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the context.

    Args:
        delta: $\delta^{\mathrm{i}}_0$, shape (H,).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\frac{\partial E^{\mathrm{i}}}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> context_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", delta), ("H H", W))
    return delta @ W.T


def state_weight_gradient(context: np.ndarray, S: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the decoder's recurrent weights.

    Args:
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,).
        S: $S^{\mathrm{i}}$, shape (T + 1, H), entries in (-1, 1).
        delta: $\delta^{\mathrm{i}}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E^{\mathrm{i}}}{\partial W^{\mathrm{d}}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S = np.array([[0.5], [0.25]])
    >>> state_weight_gradient(np.array([1.0]), S, np.array([[3.0], [8.0]])).tolist()
    [[7.0]]
    """
    require_shapes(("H", context), ("time H", S), ("time H", delta))
    S_prev = np.concatenate([context[None], S[:-1]])
    return S_prev.T @ delta
