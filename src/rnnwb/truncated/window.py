"""What a loss sees of the past through a window: states cut off at its far end."""

import numpy as np

from rnnwb.shapes import require_shapes


def seen_preactivation(X: np.ndarray, before: np.ndarray, U: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Pre-activation of a step as a later pass sees it.

    Args:
        X: $X_\tau$, shape (D,).
        before: $[\tau > t - \kappa] Z_{\kappa t,\tau-1} + [\tau \le t - \kappa] S_{\tau-1}$, shape (H,).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).

    Returns:
        $B_{\kappa t\tau}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> seen_preactivation(one[0], 2 * one[0], 3 * one, 4 * one).tolist()
    [11.0]
    """
    require_shapes(("D", X), ("H", before), ("D H", U), ("H H", W))
    return X @ U + before @ W


def seen_hidden_state(B: np.ndarray) -> np.ndarray:
    r"""Hidden state of a step as a later pass sees it.

    Args:
        B: $B_{\kappa t\tau}$, shape (H,).

    Returns:
        $Z_{\kappa t\tau}$, shape (H,), entries in (-1, 1).

    >>> seen_hidden_state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(B)


def initial_seen_state(S_init: np.ndarray) -> np.ndarray:
    r"""State before the first step, which is seen where the window reaches it.

    Args:
        S_init: $S_{-1}$, shape (H,).

    Returns:
        $Z_{\kappa t,-1}$, shape (H,).

    >>> initial_seen_state(np.array([0.5])).tolist()
    [0.5]
    """
    return S_init.copy()


def earlier_delta(delta_later: np.ndarray, S: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to an earlier pre-activation.

    Args:
        delta_later: $\frac{\partial E_t}{\partial A_{\tau+1}}$, shape (H,).
        S: $S_\tau$, shape (H,), entries in (-1, 1).
        W: $W$, shape (H, H).

    Returns:
        $\frac{\partial E_t}{\partial A_\tau}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> earlier_delta(np.array([3.0]), np.array([0.5]), np.array([[2.0]])).tolist()
    [4.5]
    """
    require_shapes(("H", delta_later), ("H", S), ("H H", W))
    return (delta_later @ W.T) * (1 - S**2)
