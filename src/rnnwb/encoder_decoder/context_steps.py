"""How the loss of a single step of the decoder reaches the context and the encoder."""

import numpy as np

from rnnwb.shapes import require_shapes


def first_context_gradient(dA: np.ndarray, G: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 0 with respect to the context.

    Args:
        dA: $\frac{\partial E_0}{\partial A^{\mathrm{d}}_0}$, shape (H,).
        G: $G$, shape (H, H).

    Returns:
        $\frac{\partial E_0}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> first_context_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", dA), ("H H", G))
    return dA @ G.T


def second_context_gradient(dA_0: np.ndarray, dA_1: np.ndarray, G: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 1 with respect to the context, which both steps have used.

    Args:
        dA_0: $\frac{\partial E_1}{\partial A^{\mathrm{d}}_0}$, shape (H,).
        dA_1: $\frac{\partial E_1}{\partial A^{\mathrm{d}}_1}$, shape (H,).
        G: $G$, shape (H, H).

    Returns:
        $\frac{\partial E_1}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> second_context_gradient(np.array([1.0, -1.0]), np.array([1.0, 0.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [3.5, -2.0]
    """
    require_shapes(("H", dA_0), ("H", dA_1), ("H H", G))
    return dA_0 @ G.T + dA_1 @ G.T


def first_context_weight_gradient(context: np.ndarray, dA: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 0 with respect to the context weights.

    Args:
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,).
        dA: $\frac{\partial E_0}{\partial A^{\mathrm{d}}_0}$, shape (H,).

    Returns:
        $\frac{\partial E_0}{\partial G}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> first_context_weight_gradient(np.array([0.5, 1.0]), np.array([3.0, -1.0])).tolist()
    [[1.5, -0.5], [3.0, -1.0]]
    """
    require_shapes(("H", context), ("H", dA))
    return np.outer(context, dA)


def second_context_weight_gradient(context: np.ndarray, dA_0: np.ndarray, dA_1: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step 1 with respect to the context weights.

    Args:
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,).
        dA_0: $\frac{\partial E_1}{\partial A^{\mathrm{d}}_0}$, shape (H,).
        dA_1: $\frac{\partial E_1}{\partial A^{\mathrm{d}}_1}$, shape (H,).

    Returns:
        $\frac{\partial E_1}{\partial G}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> second_context_weight_gradient(np.array([0.5]), np.array([3.0]), np.array([5.0])).tolist()
    [[4.0]]
    """
    require_shapes(("H", context), ("H", dA_0), ("H", dA_1))
    return np.outer(context, dA_0) + np.outer(context, dA_1)


def step_encoder_preactivation_gradient(dS: np.ndarray, context: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the encoder's last pre-activation.

    Args:
        dS: $\frac{\partial E_t}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H,).
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,), entries in (-1, 1).

    Returns:
        $\frac{\partial E_t}{\partial A^{\mathrm{e}}_{T_e}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> step_encoder_preactivation_gradient(np.array([3.0, 4.0]), np.array([0.0, 0.5])).tolist()
    [3.0, 3.0]
    """
    require_shapes(("H", dS), ("H", context))
    return dS * (1 - context**2)


def step_encoder_hidden_gradient(dA: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the encoder's last state but one.

    Args:
        dA: $\frac{\partial E_t}{\partial A^{\mathrm{e}}_{T_e}}$, shape (H,).
        W: $W^{\mathrm{e}}$, shape (H, H).

    Returns:
        $\frac{\partial E_t}{\partial S^{\mathrm{e}}_{T_e-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> step_encoder_hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", dA), ("H H", W))
    return dA @ W.T
