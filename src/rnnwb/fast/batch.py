"""A batch at once: one row for each step of each sequence, and the algorithm that trains on it."""

import numpy as np

from rnnwb.fast.bptt import deltas, states
from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def input_rows(X: np.ndarray) -> np.ndarray:
    r"""The inputs of all steps of all sequences as the rows of one matrix, step by step.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D).

    Returns:
        $\mathbb{X}$, shape (T B + B, D).

    >>> input_rows(np.array([[[1.0], [2.0]], [[3.0], [4.0]]])).tolist()
    [[1.0], [2.0], [3.0], [4.0]]
    """
    return X.reshape(-1, X.shape[-1])


def previous_state_rows(S_init: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""The states that all steps of all sequences start from, as the rows of one matrix.

    Args:
        S_init: $\mathbf{S}_{-1}$, shape (B, H).
        S: $\mathbf{S}$, shape (T + 1, B, H), entries in (-1, 1).

    Returns:
        $\mathbb{S}_{\mathrm{prev}}$, shape (T B + B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> previous_state_rows(np.array([[1.0], [2.0]]), np.array([[[0.5], [0.25]]] * 2)).tolist()
    [[1.0], [2.0], [0.5], [0.25]]
    """
    require_shapes(("B H", S_init), ("time B H", S))
    return np.concatenate([S_init[None], S[:-1]]).reshape(-1, S.shape[-1])


def delta_rows(delta: np.ndarray) -> np.ndarray:
    r"""The gradients with respect to all pre-activations as the rows of one matrix.

    Args:
        delta: $\Delta$, shape (T + 1, B, H).

    Returns:
        $\mathbb{D}$, shape (T B + B, H).

    >>> delta_rows(np.array([[[1.0], [2.0]], [[3.0], [4.0]]])).tolist()
    [[1.0], [2.0], [3.0], [4.0]]
    """
    return delta.reshape(-1, delta.shape[-1])


def sequence_first_rows(X: np.ndarray) -> np.ndarray:
    r"""The same rows as those of the inputs in another order: sequence by sequence.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D).

    Returns:
        $\mathbb{Q}$, shape (T B + B, D).

    >>> sequence_first_rows(np.array([[[1.0], [2.0]], [[3.0], [4.0]]])).tolist()
    [[1.0], [3.0], [2.0], [4.0]]
    """
    return X.swapaxes(0, 1).reshape(-1, X.shape[-1])


def input_weight_gradient(X: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of the batch with respect to the input weights, one product.

    Args:
        X: $\mathbb{X}$, shape (T B + B, D).
        delta: $\mathbb{D}$, shape (T B + B, H).

    Returns:
        $\frac{\partial L}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_weight_gradient(np.array([[1.0], [2.0]]), np.array([[3.0, 0.5], [5.0, 1.0]])).tolist()
    [[13.0, 2.5]]
    """
    require_shapes(("rows D", X), ("rows H", delta))
    return X.T @ delta


def state_weight_gradient(S_prev: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of the batch with respect to the recurrent weights, one product.

    Args:
        S_prev: $\mathbb{S}_{\mathrm{prev}}$, shape (T B + B, H).
        delta: $\mathbb{D}$, shape (T B + B, H).

    Returns:
        $\frac{\partial L}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> state_weight_gradient(np.array([[1.0], [0.5]]), np.array([[3.0], [8.0]])).tolist()
    [[7.0]]
    """
    require_shapes(("rows H", S_prev), ("rows H", delta))
    return S_prev.T @ delta


def fast_batched_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of a batch and its gradients, with as little as possible inside a loop.

    A step whose target is all zeros has no loss, so that sequences of different lengths are
    padded with any inputs and with targets of zeros.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1, or are all zero.
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
    >>> L, dU, dW, dV, dX, dS_init = fast_batched_bptt(X, C, zero, zero, np.array([[2.0, 4.0]]))
    >>> round(float(L), 4), dU.tolist(), dX.shape
    (4.1589, [[6.0]], (2, 3, 1))
    """
    S_init = np.zeros((X.shape[1], len(W))) if S_init is None else S_init
    require_shapes(("time B D", X), ("time B K", C), ("D H", U), ("H H", W), ("H K", V), ("B H", S_init))
    S = states(X @ U, W, S_init)
    Y = S @ V
    G = softmax(Y) * C.sum(axis=-1, keepdims=True) - C
    delta = deltas(G @ V.T, 1 - S**2, W)
    L, rows = np.sum(softmax_cross_entropy(Y, C)), delta_rows(delta)
    dU, dW = input_rows(X).T @ rows, previous_state_rows(S_init, S).T @ rows
    return L, dU, dW, input_rows(S).T @ input_rows(G), delta @ U.T, delta[0] @ W.T
