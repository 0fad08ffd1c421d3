"""Variant: the context enters the decoder through the recurrent weights of the encoder."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy
from rnnwb.shapes import require_shapes


def preactivation(
    X: np.ndarray, S_prev: np.ndarray, context: np.ndarray, U: np.ndarray, W: np.ndarray, W_e: np.ndarray
) -> np.ndarray:
    r"""What the hidden units of the decoder that shares the encoder's weights receive at step t.

    Args:
        X: $X^{\mathrm{d}}_t$, shape (K,).
        S_prev: $S^{\mathrm{s}}_{t-1}$, shape (H,).
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,).
        U: $U^{\mathrm{d}}$, shape (K, H).
        W: $W^{\mathrm{d}}$, shape (H, H).
        W_e: $W^{\mathrm{e}}$, shape (H, H).

    Returns:
        $A^{\mathrm{s}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> preactivation(one[0], 2 * one[0], 3 * one[0], 5 * one, 7 * one, 11 * one).tolist()
    [52.0]
    """
    require_shapes(("K", X), ("H", S_prev), ("H", context), ("K H", U), ("H H", W), ("H H", W_e))
    return X @ U + S_prev @ W + context @ W_e


def state(A: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t of the decoder that shares the encoder's weights.

    Args:
        A: $A^{\mathrm{s}}_t$, shape (H,).

    Returns:
        $S^{\mathrm{s}}_t$, shape (H,), entries in (-1, 1).

    >>> state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Output at step t of the decoder that shares the encoder's weights.

    Args:
        S: $S^{\mathrm{s}}_t$, shape (H,), entries in (-1, 1).
        V: $V^{\mathrm{d}}$, shape (H, K).

    Returns:
        $Y^{\mathrm{s}}_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([0.5]), np.array([[2.0, 4.0]])).tolist()
    [1.0, 2.0]
    """
    require_shapes(("H", S), ("H K", V))
    return S @ V


def total_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps of the decoder that shares the encoder's weights.

    Args:
        Y: $Y^{\mathrm{s}}$, shape (T + 1, K).
        C: $C$, shape (T + 1, K), rows sum to 1.

    Returns:
        $E^{\mathrm{s}}$, shape ().

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
    r"""Gradient with respect to the pre-activation of step t of the decoder that shares the encoder's weights, from that of step t + 1.

    Args:
        dY: $\frac{\partial E^{\mathrm{s}}}{\partial Y^{\mathrm{s}}_t}$, shape (K,).
        delta_next: $[t < T] \delta^{\mathrm{s}}_{t+1}$, shape (H,), zero at the last step.
        S: $S^{\mathrm{s}}_t$, shape (H,), entries in (-1, 1).
        V: $V^{\mathrm{d}}$, shape (H, K).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\delta^{\mathrm{s}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> delta(2 * one, 3 * one, 0.5 * one, np.array([[5.0]]), np.array([[7.0]])).tolist()
    [23.25]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def context_gradient(delta: np.ndarray, W_e: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the context.

    Args:
        delta: $\delta^{\mathrm{s}}$, shape (T + 1, H).
        W_e: $W^{\mathrm{e}}$, shape (H, H).

    Returns:
        $\frac{\partial E^{\mathrm{s}}}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> context_gradient(np.array([[1.0, 0.0], [0.0, -1.0]]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("time H", delta), ("H H", W_e))
    return delta.sum(axis=0) @ W_e.T


def shared_weight_gradient(S_e_init: np.ndarray, S_e: np.ndarray, dA_e: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the weights that encoder and decoder share.

    Args:
        S_e_init: $S^{\mathrm{e}}_{-1}$, shape (H,).
        S_e: $S^{\mathrm{e}}$, shape (T_e + 1, H), entries in (-1, 1).
        dA_e: $\frac{\partial E^{\mathrm{s}}}{\partial A^{\mathrm{e}}}$, shape (T_e + 1, H).
        delta: $\delta^{\mathrm{s}}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E^{\mathrm{s}}}{\partial W^{\mathrm{e}}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S_e, dA_e = np.array([[0.5], [0.25]]), np.array([[3.0], [8.0]])
    >>> shared_weight_gradient(np.array([1.0]), S_e, dA_e, np.array([[4.0], [8.0], [4.0]])).tolist()
    [[11.0]]
    """
    require_shapes(("H", S_e_init), ("time_e H", S_e), ("time_e H", dA_e), ("time H", delta))
    S_prev = np.concatenate([S_e_init[None], S_e[:-1]])
    return S_prev.T @ dA_e + np.outer(S_e[-1], delta.sum(axis=0))
