"""Backpropagation through time as it is run: two short loops, every other product over all steps at once."""

import numpy as np

from rnnwb.fast.stacked import all_logits_gradients, local_gradients, previous_states, slopes
from rnnwb.losses import softmax_cross_entropy
from rnnwb.shapes import require_shapes


def states(F: np.ndarray, W: np.ndarray, S_init: np.ndarray) -> np.ndarray:
    r"""The loop forward: what cannot be computed before the step before; a batch axis is kept.

    Args:
        F: $\mathcal{F}$, shape (T + 1, H).
        W: $W$, shape (H, H).
        S_init: $S_{-1}$, shape (H,).

    Returns:
        $S$, shape (T + 1, H).

    >>> states(np.array([[0.0], [-1.0]]), np.ones((1, 1)), np.array([0.0])).round(4).tolist()
    [[0.0], [-0.7616]]
    """
    S, S_prev = [], S_init
    for F_t in F:
        S_prev = np.tanh(F_t + S_prev @ W)
        S.append(S_prev)
    return np.stack(S)


def deltas(L: np.ndarray, M: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""The loop backward: what cannot be computed before the step after; a batch axis is kept.

    Args:
        L: $\mathcal{L}$, shape (T + 1, H).
        M: $\mathcal{M}$, shape (T + 1, H).
        W: $W$, shape (H, H).

    Returns:
        $\delta$, shape (T + 1, H).

    >>> deltas(np.array([[4.0], [8.0]]), np.array([[1.0], [0.75]]), np.array([[2.0]])).tolist()
    [[16.0], [6.0]]
    """
    delta, delta_next = [], np.zeros(L.shape[1:])
    for L_t, M_t in zip(L[::-1], M[::-1]):
        delta_next = (L_t + delta_next @ W.T) * M_t
        delta.append(delta_next)
    return np.stack(delta[::-1])


def input_weight_gradient(X: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the input weights, one product.

    Args:
        X: $\mathcal{X}$, shape (T + 1, D).
        delta: $\mathcal{D}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_weight_gradient(np.array([[1.0], [2.0]]), np.array([[3.0, 0.5], [5.0, 1.0]])).tolist()
    [[13.0, 2.5]]
    """
    require_shapes(("time D", X), ("time H", delta))
    return X.T @ delta


def state_weight_gradient(S_prev: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the recurrent weights, one product.

    Args:
        S_prev: $\mathcal{S}_{\mathrm{prev}}$, shape (T + 1, H).
        delta: $\mathcal{D}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> state_weight_gradient(np.array([[1.0], [0.5]]), np.array([[3.0], [8.0]])).tolist()
    [[7.0]]
    """
    require_shapes(("time H", S_prev), ("time H", delta))
    return S_prev.T @ delta


def output_weight_gradient(S: np.ndarray, G: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the output weights, one product.

    Args:
        S: $\mathcal{S}$, shape (T + 1, H), entries in (-1, 1).
        G: $\mathcal{G}$, shape (T + 1, K).

    Returns:
        $\frac{\partial E}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> output_weight_gradient(np.array([[0.5], [0.25]]), np.array([[2.0, 4.0], [4.0, 8.0]])).tolist()
    [[2.0, 4.0]]
    """
    require_shapes(("time H", S), ("time K", G))
    return S.T @ G


def input_gradients(delta: np.ndarray, U: np.ndarray) -> np.ndarray:
    r"""Gradients of the total loss with respect to the inputs of all steps, one product.

    Args:
        delta: $\mathcal{D}$, shape (T + 1, H).
        U: $U$, shape (D, H).

    Returns:
        $\frac{\partial E}{\partial X}$, shape (T + 1, D).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_gradients(np.array([[1.0, -1.0]]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [[1.5, -3.0]]
    """
    require_shapes(("time H", delta), ("D H", U))
    return delta @ U.T


def fast_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one sequence and its gradients, with as little as possible inside a loop.

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
    >>> E, dU, dW, dV, dX, dS_init = fast_bptt(X, C, zero, zero, np.array([[2.0, 4.0]]))
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
    S = states(X @ U, W, S_init)
    Y = S @ V
    G = all_logits_gradients(Y, C)
    delta = deltas(local_gradients(G, V), slopes(S), W)
    S_prev = previous_states(S_init, S)
    E = np.sum(softmax_cross_entropy(Y, C))
    return E, X.T @ delta, S_prev.T @ delta, S.T @ G, delta @ U.T, delta[0] @ W.T
