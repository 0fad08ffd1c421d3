"""Backpropagation through time for input sequences: the loss at the end, or of the mean state."""

import numpy as np

from rnnwb.bptt import deltas, hidden_states
from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def last_loss_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss at the end of one sequence, and its gradients.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C_T$, shape (K,), entries sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $S_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E$, shape ().
        dU: $\frac{\partial E}{\partial U}$, shape (D, H).
        dW: $\frac{\partial E}{\partial W}$, shape (H, H).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K).
        dX: $\frac{\partial E}{\partial X}$, shape (T + 1, D).
        dS_init: $\frac{\partial E}{\partial S_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero, V = np.zeros((1, 1)), np.array([[2.0, 4.0]])
    >>> E, dU, dW, dV, dX, dS_init = last_loss_bptt(np.ones((3, 1)), np.array([1.0, 0.0]), zero, zero, V)
    >>> round(float(E), 4), dU.tolist(), dX.shape
    (0.6931, [[1.0]], (3, 1))
    """
    S_init = np.zeros(len(W)) if S_init is None else S_init
    require_shapes(("time D", X), ("K", C), ("D H", U), ("H H", W), ("H K", V), ("H", S_init))
    S = hidden_states(X, U, W, S_init)
    Y = S[-1] @ V
    dY = softmax_cross_entropy_gradient(Y, C)
    delta = deltas(np.concatenate([np.zeros((len(X) - 1, len(C))), [dY]]), S, V, W)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    E = softmax_cross_entropy(Y, C)
    return E, X.T @ delta, S_prev.T @ delta, np.outer(S[-1], dY), delta @ U.T, delta[0] @ W.T


def mean_pooled_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of the mean state of one sequence, and its gradients.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C_T$, shape (K,), entries sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $S_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E^{\mathrm{p}}$, shape ().
        dU: $\frac{\partial E^{\mathrm{p}}}{\partial U}$, shape (D, H).
        dW: $\frac{\partial E^{\mathrm{p}}}{\partial W}$, shape (H, H).
        dV: $\frac{\partial E^{\mathrm{p}}}{\partial V}$, shape (H, K).
        dX: $\frac{\partial E^{\mathrm{p}}}{\partial X}$, shape (T + 1, D).
        dS_init: $\frac{\partial E^{\mathrm{p}}}{\partial S_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero, V = np.zeros((1, 1)), np.array([[2.0, 4.0]])
    >>> E, dU, dW, dV, dX, dS_init = mean_pooled_bptt(np.ones((2, 1)), np.array([1.0, 0.0]), zero, zero, V)
    >>> round(float(E), 4), dU.tolist(), dX.tolist()
    (0.6931, [[1.0]], [[0.0], [0.0]])
    """
    S_init = np.zeros(len(W)) if S_init is None else S_init
    require_shapes(("time D", X), ("K", C), ("D H", U), ("H H", W), ("H K", V), ("H", S_init))
    S = hidden_states(X, U, W, S_init)
    Z = S.sum(axis=0) / len(S)
    Y = Z @ V
    dY = softmax_cross_entropy_gradient(Y, C)
    delta = deltas(np.tile(dY / len(S), (len(S), 1)), S, V, W)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    E = softmax_cross_entropy(Y, C)
    return E, X.T @ delta, S_prev.T @ delta, np.outer(Z, dY), delta @ U.T, delta[0] @ W.T
