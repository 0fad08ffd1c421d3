"""Synchronised input and output: gradients of the total loss, step by step and summed.

A whole sequence has time on its first axis, from step 0 to the last step $T$.
"""

import numpy as np

from rnnwb.shapes import require_shapes


def last_hidden_gradient(dY: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the last hidden state.

    Args:
        dY: $\frac{\partial E_T}{\partial Y_T}$, shape (K,).
        V: $V$, shape (H, K).

    Returns:
        $\frac{\partial E}{\partial S_T}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> last_hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("K", dY), ("H K", V))
    return dY @ V.T


def hidden_gradient(dY: np.ndarray, delta_next: np.ndarray, V: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the hidden state of step t.

    Args:
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).
        delta_next: $[t < T] \delta_{t+1}$, shape (H,), zero at the last step.
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> dY, V, W = np.array([1.0]), np.array([[2.0], [3.0]]), np.array([[0.0, 1.0], [2.0, 0.0]])
    >>> hidden_gradient(dY, np.array([10.0, 20.0]), V, W).tolist()
    [22.0, 23.0]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H K", V), ("H H", W))
    return dY @ V.T + delta_next @ W.T


def preactivation_gradient(dS: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the pre-activation of step t.

    Args:
        dS: $\frac{\partial E}{\partial S_t}$, shape (H,).
        S: $S_t$, shape (H,), entries in (-1, 1).

    Returns:
        $\delta_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> preactivation_gradient(np.array([3.0, 4.0]), np.array([0.0, 0.5])).tolist()
    [3.0, 3.0]
    """
    require_shapes(("H", dS), ("H", S))
    return dS * (1 - S**2)


def delta(
    dY: np.ndarray,
    delta_next: np.ndarray,
    S: np.ndarray,
    V: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of step t, from that of step t + 1.

    Args:
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).
        delta_next: $[t < T] \delta_{t+1}$, shape (H,), zero at the last step.
        S: $S_t$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\delta_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> delta(2 * one, 3 * one, 0.5 * one, np.array([[5.0]]), np.array([[7.0]])).tolist()
    [23.25]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the output weights.

    Args:
        S: $S$, shape (T + 1, H), entries in (-1, 1).
        dY: $\frac{\partial E}{\partial Y}$, shape (T + 1, K).

    Returns:
        $\frac{\partial E}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> output_weight_gradient(np.array([[0.5], [0.25]]), np.array([[2.0, 4.0], [4.0, 8.0]])).tolist()
    [[2.0, 4.0]]
    """
    require_shapes(("time H", S), ("time K", dY))
    return S.T @ dY


def input_weight_gradient(X: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the input weights.

    Args:
        X: $X$, shape (T + 1, D).
        delta: $\delta$, shape (T + 1, H).

    Returns:
        $\frac{\partial E}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_weight_gradient(np.array([[1.0], [2.0]]), np.array([[3.0, 0.5], [5.0, 1.0]])).tolist()
    [[13.0, 2.5]]
    """
    require_shapes(("time D", X), ("time H", delta))
    return X.T @ delta


def state_weight_gradient(
    S_init: np.ndarray,
    S: np.ndarray,
    delta: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the total loss with respect to the recurrent weights.

    Args:
        S_init: $S_{-1}$, shape (H,).
        S: $S$, shape (T + 1, H), entries in (-1, 1).
        delta: $\delta$, shape (T + 1, H).

    Returns:
        $\frac{\partial E}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S = np.array([[0.5], [0.25]])
    >>> state_weight_gradient(np.array([1.0]), S, np.array([[3.0], [8.0]])).tolist()
    [[7.0]]
    """
    require_shapes(("H", S_init), ("time H", S), ("time H", delta))
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return S_prev.T @ delta


def input_gradient(delta: np.ndarray, U: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the input of step t.

    Args:
        delta: $\delta_t$, shape (H,).
        U: $U$, shape (D, H).

    Returns:
        $\frac{\partial E}{\partial X_t}$, shape (D,).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", delta), ("D H", U))
    return delta @ U.T


def initial_state_gradient(delta: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the initial state.

    Args:
        delta: $\delta_0$, shape (H,).
        W: $W$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> initial_state_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", delta), ("H H", W))
    return delta @ W.T
