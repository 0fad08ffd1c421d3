"""Backpropagation through time: the algorithm, for one sequence and for a batch.

References:
    Werbos, "Backpropagation through time: what it does and how to do it",
    Proceedings of the IEEE 78(10), 1990, pages 1550-1560.
"""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def hidden_states(
    X: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    S_init: np.ndarray,
) -> np.ndarray:
    r"""Hidden states of all steps, in order; a batch axis after time is kept.

    Args:
        X: $X$, shape (T + 1, D).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        S_init: $S_{-1}$, shape (H,).

    Returns:
        $S$, shape (T + 1, H).

    >>> one = np.ones((1, 1))
    >>> hidden_states(np.array([[0.0], [-1.0]]), one, one, np.array([0.0])).round(4).tolist()
    [[0.0], [-0.7616]]
    """
    S, S_prev = [], S_init
    for X_t in X:
        S_prev = np.tanh(X_t @ U + S_prev @ W)
        S.append(S_prev)
    return np.array(S)


def deltas(dY: np.ndarray, S: np.ndarray, V: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradients with respect to all pre-activations, from the last step to the first.

    Args:
        dY: $\frac{\partial E}{\partial Y}$, shape (T + 1, K).
        S: $S$, shape (T + 1, H).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\delta$, shape (T + 1, H).

    >>> S, V, W = np.array([[0.0], [0.5]]), np.array([[4.0]]), np.array([[2.0]])
    >>> deltas(np.array([[1.0], [2.0]]), S, V, W).tolist()
    [[16.0], [6.0]]
    """
    delta, delta_next = [], np.zeros(S.shape[1:])
    for dY_t, S_t in zip(dY[::-1], S[::-1]):
        delta_next = (dY_t @ V.T + delta_next @ W.T) * (1 - S_t**2)
        delta.append(delta_next)
    return np.array(delta[::-1])


def bptt(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one sequence and its gradients: one pass forward, one pass back.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
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

    >>> X, C, zero = np.ones((2, 1)), np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> E, dU, dW, dV, dX, dS_init = bptt(X, C, zero, zero, np.array([[2.0, 4.0]]))
    >>> round(float(E), 4), dU.tolist(), dX.shape
    (1.3863, [[2.0]], (2, 1))
    """
    S_init = np.zeros(len(W)) if S_init is None else S_init
    require_shapes(
        ("time D", X),
        ("time K", C),
        ("D H", U),
        ("H H", W),
        ("H K", V),
        ("H", S_init),
    )
    S = hidden_states(X, U, W, S_init)
    Y = S @ V
    dY = softmax_cross_entropy_gradient(Y, C)
    delta = deltas(dY, S, V, W)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    E = np.sum(softmax_cross_entropy(Y, C))
    return E, X.T @ delta, S_prev.T @ delta, S.T @ dY, delta @ U.T, delta[0] @ W.T


def batched_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss summed over a batch of sequences of one length, and its gradients.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $\mathbf{S}_{-1}$, shape (B, H), zero unless given.

    Returns:
        L: $L$, shape ().
        dU: $\frac{\partial L}{\partial U}$, shape (D, H).
        dW: $\frac{\partial L}{\partial W}$, shape (H, H).
        dV: $\frac{\partial L}{\partial V}$, shape (H, K).
        dX: $\frac{\partial L}{\partial \mathbf{X}}$, shape (T + 1, B, D).
        dS_init: $\frac{\partial L}{\partial \mathbf{S}_{-1}}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, zero = np.ones((2, 3, 1)), np.array([[[1.0, 0.0]] * 3] * 2), np.zeros((1, 1))
    >>> L, dU, dW, dV, dX, dS_init = batched_bptt(X, C, zero, zero, np.array([[2.0, 4.0]]))
    >>> round(float(L), 4), dU.tolist(), dX.shape
    (4.1589, [[6.0]], (2, 3, 1))
    """
    S_init = np.zeros((X.shape[1], len(W))) if S_init is None else S_init
    require_shapes(("time B D", X), ("time B K", C), ("D H", U), ("H H", W), ("H K", V), ("B H", S_init))
    S = hidden_states(X, U, W, S_init)
    Y = S @ V
    dY = softmax_cross_entropy_gradient(Y, C)
    delta = deltas(dY, S, V, W)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    L = np.sum(softmax_cross_entropy(Y, C))
    pairs = (X, delta), (S_prev, delta), (S, dY)
    dU, dW, dV = (np.einsum("tbi,tbj->ij", *pair) for pair in pairs)
    return L, dU, dW, dV, delta @ U.T, delta[0] @ W.T
