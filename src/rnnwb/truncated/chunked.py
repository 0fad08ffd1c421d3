"""Truncation in chunks: the value of the state is carried over, its derivative is not."""

import numpy as np

from rnnwb.bptt import hidden_states
from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def chunk_preactivation(X: np.ndarray, S_prev: np.ndarray, U: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Pre-activation of the network in chunks; its value is that of the whole network.

    Args:
        X: $X_t$, shape (D,).
        S_prev: $\bar{S}_{t-1}$, shape (H,).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).

    Returns:
        $\bar{A}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> chunk_preactivation(one[0], 2 * one[0], 3 * one, 4 * one).tolist()
    [11.0]
    """
    require_shapes(("D", X), ("H", S_prev), ("D H", U), ("H H", W))
    return X @ U + S_prev @ W


def chunk_hidden_state(A: np.ndarray) -> np.ndarray:
    r"""Hidden state of the network in chunks.

    Args:
        A: $\bar{A}_t$, shape (H,).

    Returns:
        $\bar{S}_t$, shape (H,), entries in (-1, 1).

    >>> chunk_hidden_state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def initial_chunk_state(S_init: np.ndarray) -> np.ndarray:
    r"""State before the first step of the network in chunks.

    Args:
        S_init: $S_{-1}$, shape (H,).

    Returns:
        $\bar{S}_{-1}$, shape (H,).

    >>> initial_chunk_state(np.array([0.5])).tolist()
    [0.5]
    """
    return S_init.copy()


def chunk_loss(S: np.ndarray, C: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Total loss of the network in chunks.

    Args:
        S: $\bar{S}$, shape (T + 1, H), entries in (-1, 1).
        C: $C$, shape (T + 1, K), rows sum to 1.
        V: $V$, shape (H, K).

    Returns:
        $\bar{E}$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(chunk_loss(np.zeros((3, 1)), np.array([[1.0, 0.0]] * 3), np.ones((1, 2)))), 4)
    2.0794
    """
    require_shapes(("time H", S), ("time K", C), ("H K", V))
    return np.sum(softmax_cross_entropy(S @ V, C))


def chunk_delta(
    dY: np.ndarray,
    delta_next: np.ndarray,
    S: np.ndarray,
    V: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of step t, from the next step of the same chunk.

    Args:
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).
        delta_next: $[t < T] (1 - M_{t+1}) \bar{\delta}_{t+1}$, shape (H,), zero where a chunk ends.
        S: $S_t$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\bar{\delta}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> chunk_delta(2 * one[0], 3 * one[0], 0.5 * one[0], 5 * one, 7 * one).tolist()
    [23.25]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def reset_hidden_state(X: np.ndarray, N_prev: np.ndarray, U: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Hidden state of a network that begins every chunk with zeros.

    Args:
        X: $X_t$, shape (D,).
        N_prev: $(1 - M_t) N_{t-1}$, shape (H,), zero where a chunk begins.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).

    Returns:
        $N_t$, shape (H,), entries in (-1, 1).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> reset_hidden_state(one[0], one[0], one, -one).tolist()
    [0.0]
    """
    require_shapes(("D", X), ("H", N_prev), ("D H", U), ("H H", W))
    return np.tanh(X @ U + N_prev @ W)


def initial_reset_state(S_init: np.ndarray) -> np.ndarray:
    r"""State before the first step of the network that forgets.

    Args:
        S_init: $S_{-1}$, shape (H,).

    Returns:
        $N_{-1}$, shape (H,).

    >>> initial_reset_state(np.array([0.5])).tolist()
    [0.5]
    """
    return S_init.copy()


def chunked_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    starts: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one sequence, and its gradients cut at the beginnings of chunks.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        starts: $M$, shape (T + 1,), 1 where a chunk begins and 0 elsewhere.
        S_init: $S_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $\bar{E}$, shape ().
        dU: $\frac{\partial \bar{E}}{\partial U}$, shape (D, H).
        dW: $\frac{\partial \bar{E}}{\partial W}$, shape (H, H).
        dV: $\frac{\partial \bar{E}}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, zero = np.ones((2, 1)), np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> E, dU, dW, dV = chunked_bptt(X, C, zero, zero, np.array([[2.0, 4.0]]), np.array([1, 1]))
    >>> round(float(E), 4), dU.tolist()
    (1.3863, [[2.0]])
    """
    S_init = np.zeros(len(W)) if S_init is None else S_init
    require_shapes(
        ("time D", X),
        ("time K", C),
        ("D H", U),
        ("H H", W),
        ("H K", V),
        ("time", starts),
        ("H", S_init),
    )
    S = hidden_states(X, U, W, S_init)
    dY = softmax_cross_entropy_gradient(S @ V, C)
    delta, delta_next = np.zeros_like(S), np.zeros(len(W))
    for t in range(len(X) - 1, -1, -1):
        delta[t] = chunk_delta(dY[t], delta_next, S[t], V, W)
        delta_next = (1 - starts[t]) * delta[t]
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return chunk_loss(S, C, V), X.T @ delta, S_prev.T @ delta, S.T @ dY
