"""Between decoder and encoder: the context, which every step of the decoder receives."""

import numpy as np

from rnnwb.shapes import require_shapes


def decoder_state_jacobian(S: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Derivative of the decoder's state with respect to its state one step before.

    Args:
        S: $S^{\mathrm{d}}_t$, shape (H,), entries in (-1, 1).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\frac{\partial S^{\mathrm{d}}_t}{\partial S^{\mathrm{d}}_{t-1}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> decoder_state_jacobian(np.array([0.0, 0.5]), np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [[1.0, 3.0], [1.5, 3.0]]
    """
    require_shapes(("H", S), ("H H", W))
    return (1 - S**2)[:, None] * W.T


def immediate_context_jacobian(S: np.ndarray, G: np.ndarray) -> np.ndarray:
    r"""Immediate derivative of the decoder's state with respect to the context.

    Args:
        S: $S^{\mathrm{d}}_t$, shape (H,), entries in (-1, 1).
        G: $G$, shape (H, H).

    Returns:
        $\frac{\partial^+ S^{\mathrm{d}}_t}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> immediate_context_jacobian(np.array([0.0, 0.5]), np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [[1.0, 3.0], [1.5, 3.0]]
    """
    require_shapes(("H", S), ("H H", G))
    return (1 - S**2)[:, None] * G.T


def total_context_jacobian(immediate: np.ndarray, jacobian: np.ndarray, previous: np.ndarray) -> np.ndarray:
    r"""Total derivative of the decoder's state with respect to the context.

    Args:
        immediate: $\frac{\partial^+ S^{\mathrm{d}}_t}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H, H).
        jacobian: $[t > 0] \frac{\partial S^{\mathrm{d}}_t}{\partial S^{\mathrm{d}}_{t-1}}$, shape (H, H), zero at step 0.
        previous: $[t > 0] \frac{\partial S^{\mathrm{d}}_{t-1}}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H, H), zero at step 0.

    Returns:
        $\frac{\partial S^{\mathrm{d}}_t}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> total_context_jacobian(2 * one, 3 * one, 5 * one).tolist()
    [[17.0]]
    """
    require_shapes(("H H", immediate), ("H H", jacobian), ("H H", previous))
    return immediate + jacobian @ previous


def context_gradient(delta: np.ndarray, G: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the context: one term for each step of the decoder.

    Args:
        delta: $\delta^{\mathrm{d}}$, shape (T + 1, H).
        G: $G$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> context_gradient(np.array([[1.0, 0.0], [0.0, -1.0]]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("time H", delta), ("H H", G))
    return delta.sum(axis=0) @ G.T


def context_weight_gradient(context: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the context weights.

    Args:
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,).
        delta: $\delta^{\mathrm{d}}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E}{\partial G}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> context_weight_gradient(np.array([0.5]), np.array([[3.0], [8.0]])).tolist()
    [[5.5]]
    """
    require_shapes(("H", context), ("time H", delta))
    return np.outer(context, delta.sum(axis=0))
