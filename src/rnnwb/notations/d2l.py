"""Backpropagation through time in the notation of "Dive into deep learning": linear, averaged over the steps.

Vectors are columns, the steps run from 1 to $T$, and row t of an array of states or gradients
belongs to step t; row 0 is the initial state, or zero.

References:
    Zhang, Lipton, Li and Smola, "Dive into deep learning", Cambridge University Press, 2023, section 9.7.
"""

import numpy as np

from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def hidden_state(x: np.ndarray, h_prev: np.ndarray, W_hx: np.ndarray, W_hh: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t, without any tanh.

    Args:
        x: $x_t$, shape (D,).
        h_prev: $h_{t-1}$, shape (H,).
        W_hx: $W_{hx}$, shape (H, D).
        W_hh: $W_{hh}$, shape (H, H).

    Returns:
        $h_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> hidden_state(one[0], 2 * one[0], 3 * one, 5 * one).tolist()
    [13.0]
    """
    require_shapes(("D", x), ("H", h_prev), ("H D", W_hx), ("H H", W_hh))
    return W_hx @ x + W_hh @ h_prev


def logits(h: np.ndarray, W_qh: np.ndarray) -> np.ndarray:
    r"""Output at step t.

    Args:
        h: $h_t$, shape (H,).
        W_qh: $W_{qh}$, shape (K, H).

    Returns:
        $o_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([0.5]), np.array([[2.0], [4.0]])).tolist()
    [1.0, 2.0]
    """
    require_shapes(("H", h), ("K H", W_qh))
    return W_qh @ h


def mean_loss(o: np.ndarray, y: np.ndarray) -> np.ndarray:
    r"""Cross-entropy averaged over the steps from 1 on.

    Args:
        o: $o$, shape (T + 1, K), row 0 is not used.
        y: $y$, shape (T + 1, K), row 0 is not used.

    Returns:
        $L$, shape ().

    >>> round(float(mean_loss(np.zeros((3, 2)), np.array([[1.0, 0.0]] * 3))), 4)
    0.6931
    """
    return np.mean(softmax_cross_entropy(o[1:], y[1:]))


def logits_gradient(o: np.ndarray, y: np.ndarray, T: int) -> np.ndarray:
    r"""Gradient of the averaged loss with respect to the output of step t.

    Args:
        o: $o_t$, shape (K,).
        y: $y_t$, shape (K,), entries sum to 1.
        T: $T$, shape (), the number of steps.

    Returns:
        $\frac{\partial L}{\partial o_t}$, shape (K,).

    >>> logits_gradient(np.zeros(2), np.array([1.0, 0.0]), 2).tolist()
    [-0.25, 0.25]
    """
    return (softmax(o) - y) / T


def hidden_gradient(dh_next: np.ndarray, do: np.ndarray, W_hh: np.ndarray, W_qh: np.ndarray) -> np.ndarray:
    r"""Gradient of the averaged loss with respect to the hidden state of step t.

    Args:
        dh_next: $[t < T] \frac{\partial L}{\partial h_{t+1}}$, shape (H,), zero at the last step.
        do: $\frac{\partial L}{\partial o_t}$, shape (K,).
        W_hh: $W_{hh}$, shape (H, H).
        W_qh: $W_{qh}$, shape (K, H).

    Returns:
        $\frac{\partial L}{\partial h_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> hidden_gradient(3 * one, 2 * one, 7 * one[None], 5 * one[None]).tolist()
    [31.0]
    """
    require_shapes(("H", dh_next), ("K", do), ("H H", W_hh), ("K H", W_qh))
    return W_hh.T @ dh_next + W_qh.T @ do


def weight_gradients(
    x: np.ndarray,
    h: np.ndarray,
    dh: np.ndarray,
    do: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients of the averaged loss with respect to the three weights.

    Args:
        x: $x$, shape (T + 1, D), row 0 is not used.
        h: $h$, shape (T + 1, H), row 0 is the initial state.
        dh: $\frac{\partial L}{\partial h}$, shape (T + 1, H).
        do: $\frac{\partial L}{\partial o}$, shape (T + 1, K).

    Returns:
        dW_hx: $\frac{\partial L}{\partial W_{hx}}$, shape (H, D).
        dW_hh: $\frac{\partial L}{\partial W_{hh}}$, shape (H, H).
        dW_qh: $\frac{\partial L}{\partial W_{qh}}$, shape (K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> h, d = np.array([[1.0], [0.5]]), np.array([[0.0], [4.0]])
    >>> [gradient.tolist() for gradient in weight_gradients(d, h, d, d)]
    [[[16.0]], [[4.0]], [[2.0]]]
    """
    require_shapes(("time D", x), ("time H", h), ("time H", dh), ("time K", do))
    return dh[1:].T @ x[1:], dh[1:].T @ h[:-1], do[1:].T @ h[1:]
