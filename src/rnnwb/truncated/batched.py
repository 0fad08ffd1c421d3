"""Truncation in chunks for a batch: sequences of different lengths, each with chunks and a carried state of its own."""

import numpy as np

from rnnwb.bptt import hidden_states
from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def chunk_preactivations(X: np.ndarray, S_prev: np.ndarray, U: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Pre-activations of step t, whose values are the same wherever chunks begin.

    Args:
        X: $\mathbf{X}_t$, shape (B, D).
        S_prev: $\mathbf{S}_{t-1}$, shape (B, H).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).

    Returns:
        $\mathbf{A}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> chunk_preactivations(one, 2 * one, 3 * one, 4 * one).tolist()
    [[11.0]]
    """
    require_shapes(("B D", X), ("B H", S_prev), ("D H", U), ("H H", W))
    return X @ U + S_prev @ W


def chunk_deltas(
    dY: np.ndarray, delta_next: np.ndarray, starts_next: np.ndarray, S: np.ndarray, V: np.ndarray, W: np.ndarray
) -> np.ndarray:
    r"""Gradients with respect to the pre-activations of step t, from those of the next step.

    Args:
        dY: $\frac{\partial J}{\partial \mathbf{Y}_t}$, shape (B, K).
        delta_next: $[t < T] \Delta_{t+1}$, shape (B, H), zero at the last step.
        starts_next: $[t < T] \mathbf{M}_{t+1}$, shape (B,), 1 where the next step begins a chunk.
        S: $\mathbf{S}_t$, shape (B, H), entries in (-1, 1).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\Delta_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, two = np.ones((1, 1)), np.ones((2, 1))
    >>> chunk_deltas(2 * two, 3 * two, np.array([0, 1]), 0 * two, 5 * one, 7 * one).tolist()
    [[31.0], [10.0]]
    """
    require_shapes(("B K", dY), ("B H", delta_next), ("B", starts_next), ("B H", S), ("H K", V), ("H H", W))
    carried = (1 - starts_next)[:, None] * delta_next
    return (dY @ V.T + carried @ W.T) * (1 - S**2)


def batched_chunked_bptt(
    X: np.ndarray,
    C: np.ndarray,
    last: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    starts: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of a batch of sequences, and its gradients cut at the beginnings of their chunks.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D), anything in the padding.
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        last: $L$, shape (B,), the last steps.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        starts: $\mathbf{M}$, shape (T + 1, B), 1 where a chunk begins and 0 elsewhere.
        S_init: $\mathbf{S}_{-1}$, shape (B, H), zero unless given.

    Returns:
        J: $J$, shape ().
        dU: $\frac{\partial J}{\partial U}$, shape (D, H).
        dW: $\frac{\partial J}{\partial W}$, shape (H, H).
        dV: $\frac{\partial J}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, zero = np.ones((3, 2, 1)), np.array([[[1.0, 0.0]] * 2] * 3), np.zeros((1, 1))
    >>> J, dU, *_ = batched_chunked_bptt(
    ...     X, C, np.array([2, 0]), zero, zero, np.array([[2.0, 4.0]]), np.ones((3, 2)))
    >>> round(float(J), 4), dU.tolist()
    (2.7726, [[4.0]])
    """
    S_init = np.zeros((X.shape[1], len(W))) if S_init is None else S_init
    require_shapes(("time B D", X), ("time B K", C), ("B", last), ("time B", starts))
    require_shapes(("B H", S_init), ("D H", U), ("H H", W), ("H K", V))
    belongs = (np.arange(len(X))[:, None] <= last)[:, :, None]
    X, C = np.where(belongs, X, 0), np.where(belongs, C, 0)
    S = hidden_states(X, U, W, S_init)
    dY = np.where(belongs, softmax_cross_entropy_gradient(S @ V, C), 0)
    delta = np.zeros_like(S)
    delta_next, starts_next = np.zeros_like(S_init), np.zeros(len(S_init))
    for t in range(len(X) - 1, -1, -1):
        delta_next = delta[t] = chunk_deltas(dY[t], delta_next, starts_next, S[t], V, W)
        starts_next = starts[t]
    S_prev = np.concatenate([S_init[None], S[:-1]])
    pairs = (X, delta), (S_prev, delta), (S, dY)
    dU, dW, dV = (np.einsum("tbi,tbj->ij", *pair) for pair in pairs)
    return np.sum(softmax_cross_entropy(S @ V, C)), dU, dW, dV
