"""Untied copies: the network in which every step has recurrent weights of its own."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy
from rnnwb.shapes import require_shapes


def state_weight_copy(W: np.ndarray) -> np.ndarray:
    r"""The copy of the recurrent weights that step t uses.

    Args:
        W: $W$, shape (H, H).

    Returns:
        $R_t$, shape (H, H).

    >>> state_weight_copy(np.array([[2.0]])).tolist()
    [[2.0]]
    """
    return W.copy()


def untied_hidden_state(X: np.ndarray, Z_prev: np.ndarray, U: np.ndarray, R: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t of the network with untied copies.

    Args:
        X: $X_t$, shape (D,).
        Z_prev: $[t = 0] S_{-1} + [t > 0] Z_{t-1}$, shape (H,).
        U: $U$, shape (D, H).
        R: $R_t$, shape (H, H).

    Returns:
        $Z_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> untied_hidden_state(one[0], one[0], one, -one).tolist()
    [0.0]
    """
    require_shapes(("D", X), ("H", Z_prev), ("D H", U), ("H H", R))
    return np.tanh(X @ U + Z_prev @ R)


def untied_loss(Z: np.ndarray, C: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Total loss of the network with untied copies.

    Args:
        Z: $Z$, shape (T + 1, H), entries in (-1, 1).
        C: $C$, shape (T + 1, K), rows sum to 1.
        V: $V$, shape (H, K).

    Returns:
        $F$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(untied_loss(np.zeros((3, 1)), np.array([[1.0, 0.0]] * 3), np.ones((1, 2)))), 4)
    2.0794
    """
    require_shapes(("time H", Z), ("time K", C), ("H K", V))
    return np.sum(softmax_cross_entropy(Z @ V, C))


def copy_gradient(S_prev: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the copy of the recurrent weights at step t.

    Args:
        S_prev: $S_{t-1}$, shape (H,).
        delta: $\delta_t$, shape (H,).

    Returns:
        $\frac{\partial F}{\partial R_t}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> copy_gradient(np.array([0.5, 1.0]), np.array([3.0, -1.0])).tolist()
    [[1.5, -0.5], [3.0, -1.0]]
    """
    require_shapes(("H", S_prev), ("H", delta))
    return np.outer(S_prev, delta)


def sum_of_copy_gradients(dR: np.ndarray) -> np.ndarray:
    r"""Gradient with respect to the shared weights: one term for each use.

    Args:
        dR: $\frac{\partial F}{\partial R}$, shape (T + 1, H, H).

    Returns:
        $\frac{\partial E}{\partial W}$, shape (H, H).

    >>> sum_of_copy_gradients(np.array([[[1.0]], [[2.0]], [[4.0]]])).tolist()
    [[7.0]]
    """
    return dR.sum(axis=0)
