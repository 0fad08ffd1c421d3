"""Decoder: gradients of the loss of a single step."""

import numpy as np

from rnnwb.shapes import require_shapes


def step_hidden_gradient(dY: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the decoder's state of that step.

    Args:
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).
        V: $V^{\mathrm{d}}$, shape (H, K).

    Returns:
        $\frac{\partial E_t}{\partial S^{\mathrm{d}}_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> step_hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("K", dY), ("H K", V))
    return dY @ V.T


def step_preactivation_gradient(dS: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the decoder's pre-activation of that step.

    Args:
        dS: $\frac{\partial E_t}{\partial S^{\mathrm{d}}_t}$, shape (H,).
        S: $S^{\mathrm{d}}_t$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial E_t}{\partial A^{\mathrm{d}}_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> step_preactivation_gradient(np.array([3.0, 4.0]), np.array([0.0, 0.5])).tolist()
    [3.0, 3.0]
    """
    require_shapes(("H", dS), ("H", S))
    return dS * (1 - S**2)


def previous_hidden_gradient(dA: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the decoder's state one step before.

    Args:
        dA: $\frac{\partial E_t}{\partial A^{\mathrm{d}}_t}$, shape (H,).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\frac{\partial E_t}{\partial S^{\mathrm{d}}_{t-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> previous_hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", dA), ("H H", W))
    return dA @ W.T


def previous_preactivation_gradient(dS_prev: np.ndarray, S_prev: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the decoder's pre-activation one step before.

    Args:
        dS_prev: $\frac{\partial E_t}{\partial S^{\mathrm{d}}_{t-1}}$, shape (H,).
        S_prev: $S^{\mathrm{d}}_{t-1}$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial E_t}{\partial A^{\mathrm{d}}_{t-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> previous_preactivation_gradient(np.array([3.0, 4.0]), np.array([0.0, 0.5])).tolist()
    [3.0, 3.0]
    """
    require_shapes(("H", dS_prev), ("H", S_prev))
    return dS_prev * (1 - S_prev**2)


def first_input_weight_gradient(X: np.ndarray, dA: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 0 with respect to the decoder's input weights.

    Args:
        X: $X^{\mathrm{d}}_0$, shape (K,).
        dA: $\frac{\partial E_0}{\partial A^{\mathrm{d}}_0}$, shape (H,).

    Returns:
        $\frac{\partial E_0}{\partial U^{\mathrm{d}}}$, shape (K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> first_input_weight_gradient(np.array([1.0, 2.0]), np.array([3.0])).tolist()
    [[3.0], [6.0]]
    """
    require_shapes(("K", X), ("H", dA))
    return np.outer(X, dA)


def first_state_weight_gradient(S_init: np.ndarray, dA: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 0 with respect to the decoder's recurrent weights.

    Args:
        S_init: $S^{\mathrm{d}}_{-1}$, shape (H,).
        dA: $\frac{\partial E_0}{\partial A^{\mathrm{d}}_0}$, shape (H,).

    Returns:
        $\frac{\partial E_0}{\partial W^{\mathrm{d}}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> first_state_weight_gradient(np.array([0.5, 1.0]), np.array([3.0, -1.0])).tolist()
    [[1.5, -0.5], [3.0, -1.0]]
    """
    require_shapes(("H", S_init), ("H", dA))
    return np.outer(S_init, dA)


def first_output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 0 with respect to the output weights.

    Args:
        S: $S^{\mathrm{d}}_0$, shape (H,), entries in (-1, 1).
        dY: $\frac{\partial E_0}{\partial Y_0}$, shape (K,).

    Returns:
        $\frac{\partial E_0}{\partial V^{\mathrm{d}}}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> first_output_weight_gradient(np.array([0.5]), np.array([2.0, -1.0, 4.0])).tolist()
    [[1.0, -0.5, 2.0]]
    """
    require_shapes(("H", S), ("K", dY))
    return np.outer(S, dY)
