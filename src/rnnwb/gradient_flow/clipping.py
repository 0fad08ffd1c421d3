"""What is left of a gradient when its old terms vanish, and what clipping does when they explode."""

import numpy as np

from rnnwb.shapes import require_shapes


def last_loss_weight_gradient(
    S_init: np.ndarray,
    S: np.ndarray,
    dA: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the last loss with respect to the recurrent weights: a term for each step.

    Args:
        S_init: $S_{-1}$, shape (H,).
        S: $S$, shape (T + 1, H).
        dA: $\frac{\partial E_T}{\partial A}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E_T}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> last_loss_weight_gradient(np.ones(1), np.array([[0.5], [0.25]]), np.array([[2.0], [4.0]])).tolist()
    [[4.0]]
    """
    require_shapes(("H", S_init), ("time H", S), ("time H", dA))
    return np.concatenate([S_init[None], S[:-1]]).T @ dA


def term_norm(
    S_prev: np.ndarray,
    dA: np.ndarray,
) -> np.ndarray:
    r"""Size of one term of the sum that is the gradient of the last loss with respect to the recurrent weights.

    Args:
        S_prev: $S_{\tau-1}$, shape (H,).
        dA: $\frac{\partial E_T}{\partial A_\tau}$, shape (H,).

    Returns:
        $\left\|S_{\tau-1}^\top \frac{\partial E_T}{\partial A_\tau}\right\|_F$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> float(term_norm(np.array([3.0, 4.0]), np.array([2.0, 0.0])))
    10.0
    """
    require_shapes(("H", S_prev), ("H", dA))
    return np.linalg.norm(S_prev) * np.linalg.norm(dA)


def old_preactivation_gradient_norm(
    dA_last: np.ndarray,
    S: np.ndarray,
    W: np.ndarray,
    tau: int,
) -> np.ndarray:
    r"""Length of the gradient of the last loss with respect to the pre-activation of an earlier step.

    Args:
        dA_last: $\frac{\partial E_T}{\partial A_T}$, shape (H,).
        S: $S$, shape (T + 1, H).
        W: $W$, shape (H, H).
        tau: $\tau$, shape ().

    Returns:
        $\left\|\frac{\partial E_T}{\partial A_\tau}\right\|$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> S, W = np.array([[0.5], [0.0]]), np.array([[2.0]])
    >>> float(old_preactivation_gradient_norm(np.array([4.0]), S, W, 0))
    6.0
    """
    require_shapes(("H", dA_last), ("time H", S), ("H H", W))
    dA = dA_last
    for S_r in S[tau:-1][::-1]:
        dA = dA @ W.T * (1 - S_r**2)
    return np.linalg.norm(dA)


def clipped_gradient(
    dW: np.ndarray,
    theta: float,
) -> np.ndarray:
    r"""The gradient, made shorter if it is longer than a threshold; its direction is kept.

    Args:
        dW: $\frac{\partial E}{\partial W}$, shape (H, H).
        theta: $\theta$, shape (), positive.

    Returns:
        $\Phi$, shape (H, H).

    >>> clipped_gradient(np.array([[3.0, 4.0], [0.0, 0.0]]), 2.5).tolist()
    [[1.5, 2.0], [0.0, 0.0]]
    >>> clipped_gradient(np.array([[3.0]]), 5.0).tolist()
    [[3.0]]
    """
    length = np.linalg.norm(dW)
    return dW if length <= theta else theta / length * dW


def clipped_norm(
    dW: np.ndarray,
    theta: float,
) -> np.ndarray:
    r"""Size of the clipped gradient.

    Args:
        dW: $\frac{\partial E}{\partial W}$, shape (H, H).
        theta: $\theta$, shape (), positive.

    Returns:
        $\|\Phi\|_F$, shape ().

    >>> float(clipped_norm(np.array([[3.0, 4.0], [0.0, 0.0]]), 2.5))
    2.5
    """
    return np.minimum(np.linalg.norm(dW), theta)
