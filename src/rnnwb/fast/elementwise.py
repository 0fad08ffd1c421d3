"""Backpropagation through time as it is derived: one number at a time, every sum a loop."""

import numpy as np

from rnnwb.losses import softmax
from rnnwb.shapes import require_shapes


def elementwise_states(X: np.ndarray, U: np.ndarray, W: np.ndarray, S_init: np.ndarray) -> np.ndarray:
    r"""Hidden states of all steps, unit by unit.

    Args:
        X: $X$, shape (T + 1, D).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        S_init: $S_{-1}$, shape (H,).

    Returns:
        $S$, shape (T + 1, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> elementwise_states(np.array([[0.0], [-1.0]]), one, one, np.array([0.0])).round(4).tolist()
    [[0.0], [-0.7616]]
    """
    require_shapes(("time D", X), ("D H", U), ("H H", W), ("H", S_init))
    S, S_prev = np.zeros((len(X), len(W))), S_init
    for t in range(len(X)):
        for h in range(len(W)):
            A = sum(X[t, d] * U[d, h] for d in range(len(U)))
            A += sum(S_prev[i] * W[i, h] for i in range(len(W)))
            S[t, h] = np.tanh(A)
        S_prev = S[t]
    return S


def elementwise_deltas(dY: np.ndarray, S: np.ndarray, V: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradients with respect to all pre-activations, unit by unit, from the last step to the first.

    Args:
        dY: $\frac{\partial E}{\partial Y}$, shape (T + 1, K).
        S: $S$, shape (T + 1, H), entries in (-1, 1).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\delta$, shape (T + 1, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S, V, W = np.array([[0.0], [0.5]]), np.array([[4.0]]), np.array([[2.0]])
    >>> elementwise_deltas(np.array([[1.0], [2.0]]), S, V, W).tolist()
    [[16.0], [6.0]]
    """
    require_shapes(("time K", dY), ("time H", S), ("H K", V), ("H H", W))
    delta, last = np.zeros(S.shape), len(S) - 1
    for t in range(last, -1, -1):
        for h in range(len(W)):
            dS = sum(V[h, k] * dY[t, k] for k in range(V.shape[1]))
            if t < last:
                dS += sum(W[h, m] * delta[t + 1, m] for m in range(len(W)))
            delta[t, h] = (1 - S[t, h] ** 2) * dS
    return delta


def _sum_of_products(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """For each pair of columns, the sum over the rows of the product of their entries."""
    found = np.zeros((left.shape[1], right.shape[1]))
    for i in range(left.shape[1]):
        for j in range(right.shape[1]):
            found[i, j] = sum(left[t, i] * right[t, j] for t in range(len(left)))
    return found


def elementwise_bptt(
    X: np.ndarray, C: np.ndarray, U: np.ndarray, W: np.ndarray, V: np.ndarray, S_init: np.ndarray
) -> tuple[np.ndarray, ...]:
    r"""Gradients of the total loss with respect to the weights, number by number.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $S_{-1}$, shape (H,).

    Returns:
        dU: $\frac{\partial E}{\partial U}$, shape (D, H).
        dW: $\frac{\partial E}{\partial W}$, shape (H, H).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, zero = np.ones((2, 1)), np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> dU, dW, dV = elementwise_bptt(X, C, zero, zero, np.array([[2.0, 4.0]]), np.zeros(1))
    >>> dU.tolist()
    [[2.0]]
    """
    require_shapes(
        ("time D", X),
        ("time K", C),
        ("D H", U),
        ("H H", W),
        ("H K", V),
        ("H", S_init),
    )
    S = elementwise_states(X, U, W, S_init)
    dY = np.array([softmax(np.array([np.sum(S_t * V[:, k]) for k in range(V.shape[1])])) for S_t in S]) - C
    delta = elementwise_deltas(dY, S, V, W)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return _sum_of_products(X, delta), _sum_of_products(S_prev, delta), _sum_of_products(S, dY)
