"""Gradients of the loss of one step alone, and the first two steps written out."""

import numpy as np

from rnnwb.shapes import require_shapes


def step_hidden_gradient(dY: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the hidden state of that step.

    Args:
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).
        V: $V$, shape (H, K).

    Returns:
        $\frac{\partial E_t}{\partial S_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> step_hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("K", dY), ("H K", V))
    return dY @ V.T


def step_preactivation_gradient(dS: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the pre-activation of that step.

    Args:
        dS: $\frac{\partial E_t}{\partial S_t}$, shape (H,).
        S: $S_t$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial E_t}{\partial A_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> step_preactivation_gradient(np.array([3.0, 4.0]), np.array([0.0, 0.5])).tolist()
    [3.0, 3.0]
    """
    require_shapes(("H", dS), ("H", S))
    return dS * (1 - S**2)


def step_output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the output weights.

    Args:
        S: $S_t$, shape (H,), entries in (-1, 1).
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).

    Returns:
        $\frac{\partial E_t}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if an argument is not a vector.

    >>> step_output_weight_gradient(np.array([0.5, 0.25]), np.array([2.0, -1.0, 4.0])).tolist()
    [[1.0, -0.5, 2.0], [0.5, -0.25, 1.0]]
    """
    require_shapes(("H", S), ("K", dY))
    return np.outer(S, dY)


def first_input_weight_gradient(X: np.ndarray, dA: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 0 with respect to the input weights.

    Args:
        X: $X_0$, shape (D,).
        dA: $\frac{\partial E_0}{\partial A_0}$, shape (H,).

    Returns:
        $\frac{\partial E_0}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if an argument is not a vector.

    >>> first_input_weight_gradient(np.array([1.0, 2.0]), np.array([3.0, -1.0, 0.5])).tolist()
    [[3.0, -1.0, 0.5], [6.0, -2.0, 1.0]]
    """
    require_shapes(("D", X), ("H", dA))
    return np.outer(X, dA)


def first_state_weight_gradient(S_init: np.ndarray, dA: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 0 with respect to the recurrent weights.

    Args:
        S_init: $S_{-1}$, shape (H,).
        dA: $\frac{\partial E_0}{\partial A_0}$, shape (H,).

    Returns:
        $\frac{\partial E_0}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> first_state_weight_gradient(np.array([0.5, 1.0]), np.array([3.0, -1.0])).tolist()
    [[1.5, -0.5], [3.0, -1.0]]
    """
    require_shapes(("H", S_init), ("H", dA))
    return np.outer(S_init, dA)


def previous_hidden_gradient(dA: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the hidden state one step before.

    Args:
        dA: $\frac{\partial E_t}{\partial A_t}$, shape (H,).
        W: $W$, shape (H, H).

    Returns:
        $\frac{\partial E_t}{\partial S_{t-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> previous_hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", dA), ("H H", W))
    return dA @ W.T


def previous_preactivation_gradient(dS_prev: np.ndarray, S_prev: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the pre-activation one step before.

    Args:
        dS_prev: $\frac{\partial E_t}{\partial S_{t-1}}$, shape (H,).
        S_prev: $S_{t-1}$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial E_t}{\partial A_{t-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> previous_preactivation_gradient(np.array([3.0, 4.0]), np.array([0.0, 0.5])).tolist()
    [3.0, 3.0]
    """
    require_shapes(("H", dS_prev), ("H", S_prev))
    return dS_prev * (1 - S_prev**2)


def second_input_weight_gradient(X_0: np.ndarray, X_1: np.ndarray, dA_0: np.ndarray, dA_1: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 1 with respect to the input weights.

    Args:
        X_0: $X_0$, shape (D,).
        X_1: $X_1$, shape (D,).
        dA_0: $\frac{\partial E_1}{\partial A_0}$, shape (H,).
        dA_1: $\frac{\partial E_1}{\partial A_1}$, shape (H,).

    Returns:
        $\frac{\partial E_1}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> second_input_weight_gradient(one, 2 * one, 3 * one, 5 * one).tolist()
    [[13.0]]
    """
    require_shapes(("D", X_0), ("D", X_1), ("H", dA_0), ("H", dA_1))
    return np.outer(X_0, dA_0) + np.outer(X_1, dA_1)


def second_state_weight_gradient(S_init: np.ndarray, S_0: np.ndarray, dA_0: np.ndarray, dA_1: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 1 with respect to the recurrent weights.

    Args:
        S_init: $S_{-1}$, shape (H,).
        S_0: $S_0$, shape (H,), entries in (-1, 1).
        dA_0: $\frac{\partial E_1}{\partial A_0}$, shape (H,).
        dA_1: $\frac{\partial E_1}{\partial A_1}$, shape (H,).

    Returns:
        $\frac{\partial E_1}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> second_state_weight_gradient(one, 2 * one, 3 * one, 5 * one).tolist()
    [[13.0]]
    """
    require_shapes(("H", S_init), ("H", S_0), ("H", dA_0), ("H", dA_1))
    return np.outer(S_init, dA_0) + np.outer(S_0, dA_1)


def step_state_weight_gradient(
    S_init: np.ndarray,
    S: np.ndarray,
    dA: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the recurrent weights.

    Args:
        S_init: $S_{-1}$, shape (H,).
        S: $S$, shape (T + 1, H), entries in (-1, 1).
        dA: $\frac{\partial E_t}{\partial A}$, shape (T + 1, H), zero after step t.

    Returns:
        $\frac{\partial E_t}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S = np.array([[0.5], [0.25]])
    >>> step_state_weight_gradient(np.array([1.0]), S, np.array([[3.0], [8.0]])).tolist()
    [[7.0]]
    """
    require_shapes(("H", S_init), ("time H", S), ("time H", dA))
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return S_prev.T @ dA
