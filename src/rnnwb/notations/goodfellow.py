"""Backpropagation through time in the notation of the book by Goodfellow, Bengio and Courville.

Vectors are columns, the steps run from 1 to τ, and row t of an array of states or gradients
belongs to step t; row 0 is the initial state, or zero.

References:
    Goodfellow, Bengio and Courville, "Deep learning", MIT Press, 2016, section 10.2.
"""

import numpy as np

from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def preactivation(x: np.ndarray, h_prev: np.ndarray, U: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    r"""What the hidden units receive at step t.

    Args:
        x: $x^{(t)}$, shape (D,).
        h_prev: $h^{(t-1)}$, shape (H,).
        U: $U$, shape (H, D).
        W: $W$, shape (H, H).
        b: $b$, shape (H,).

    Returns:
        $a^{(t)}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> preactivation(one[0], 2 * one[0], 3 * one, 5 * one, 7 * one[0]).tolist()
    [20.0]
    """
    require_shapes(("D", x), ("H", h_prev), ("H D", U), ("H H", W), ("H", b))
    return b + W @ h_prev + U @ x


def hidden_state(a: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t.

    Args:
        a: $a^{(t)}$, shape (H,).

    Returns:
        $h^{(t)}$, shape (H,).

    >>> hidden_state(np.array([0.0])).tolist()
    [0.0]
    """
    return np.tanh(a)


def logits(h: np.ndarray, V: np.ndarray, c: np.ndarray) -> np.ndarray:
    r"""Output at step t.

    Args:
        h: $h^{(t)}$, shape (H,).
        V: $V$, shape (K, H).
        c: $c$, shape (K,).

    Returns:
        $o^{(t)}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([0.5]), np.array([[2.0], [4.0]]), np.array([1.0, 0.0])).tolist()
    [2.0, 2.0]
    """
    require_shapes(("H", h), ("K H", V), ("K", c))
    return c + V @ h


def probabilities(o: np.ndarray) -> np.ndarray:
    r"""Probabilities at step t.

    Args:
        o: $o^{(t)}$, shape (K,).

    Returns:
        $\hat{y}^{(t)}$, shape (K,).

    >>> probabilities(np.zeros(2)).tolist()
    [0.5, 0.5]
    """
    return softmax(o)


def total_loss(o: np.ndarray, y: np.ndarray) -> np.ndarray:
    r"""Cross-entropy summed over the steps from 1 on.

    Args:
        o: $o$, shape (\tau + 1, K), row 0 is not used.
        y: $y$, shape (\tau + 1, K), row 0 is not used.

    Returns:
        $L$, shape ().

    >>> round(float(total_loss(np.zeros((3, 2)), np.array([[1.0, 0.0]] * 3))), 4)
    1.3863
    """
    return np.sum(softmax_cross_entropy(o[1:], y[1:]))


def logits_gradient(y_hat: np.ndarray, y: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the output of step t.

    Args:
        y_hat: $\hat{y}^{(t)}$, shape (K,).
        y: $y^{(t)}$, shape (K,), entries sum to 1.

    Returns:
        $\frac{\partial L}{\partial o^{(t)}}$, shape (K,).

    >>> logits_gradient(np.array([0.5, 0.5]), np.array([1.0, 0.0])).tolist()
    [-0.5, 0.5]
    """
    return y_hat - y


def last_hidden_gradient(do: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the last hidden state.

    Args:
        do: $\frac{\partial L}{\partial o^{(\tau)}}$, shape (K,).
        V: $V$, shape (K, H).

    Returns:
        $\frac{\partial L}{\partial h^{(\tau)}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> last_hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 1.0], [0.5, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("K", do), ("K H", V))
    return V.T @ do


def hidden_gradient(
    dh_next: np.ndarray, h_next: np.ndarray, do: np.ndarray, W: np.ndarray, V: np.ndarray
) -> np.ndarray:
    r"""Gradient of the loss with respect to the hidden state of a step before the last.

    Args:
        dh_next: $\frac{\partial L}{\partial h^{(t+1)}}$, shape (H,).
        h_next: $h^{(t+1)}$, shape (H,).
        do: $\frac{\partial L}{\partial o^{(t)}}$, shape (K,).
        W: $W$, shape (H, H).
        V: $V$, shape (K, H).

    Returns:
        $\frac{\partial L}{\partial h^{(t)}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> hidden_gradient(4 * one, 0.5 * one, 2 * one, 7 * one[None], 5 * one[None]).tolist()
    [31.0]
    """
    require_shapes(("H", dh_next), ("H", h_next), ("K", do), ("H H", W), ("K H", V))
    return W.T @ ((1 - h_next**2) * dh_next) + V.T @ do


def weight_gradients(
    x: np.ndarray,
    h: np.ndarray,
    dh: np.ndarray,
    do: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients of the loss with respect to the two biases and the three weights.

    Args:
        x: $x$, shape (\tau + 1, D), row 0 is not used.
        h: $h$, shape (\tau + 1, H), row 0 is the initial state.
        dh: $\frac{\partial L}{\partial h}$, shape (\tau + 1, H).
        do: $\frac{\partial L}{\partial o}$, shape (\tau + 1, K).

    Returns:
        dc: $\frac{\partial L}{\partial c}$, shape (K,).
        db: $\frac{\partial L}{\partial b}$, shape (H,).
        dV: $\frac{\partial L}{\partial V}$, shape (K, H).
        dW: $\frac{\partial L}{\partial W}$, shape (H, H).
        dU: $\frac{\partial L}{\partial U}$, shape (H, D).

    Raises:
        ValueError: if the shapes disagree.

    >>> h, d = np.array([[0.0], [0.5]]), np.array([[0.0], [4.0]])
    >>> [gradient.tolist() for gradient in weight_gradients(d, h, d, d)]
    [[4.0], [3.0], [[2.0]], [[0.0]], [[12.0]]]
    """
    require_shapes(("time D", x), ("time H", h), ("time H", dh), ("time K", do))
    da = (1 - h[1:] ** 2) * dh[1:]
    return (
        do[1:].sum(axis=0),
        da.sum(axis=0),
        do[1:].T @ h[1:],
        da.T @ h[:-1],
        da.T @ x[1:],
    )
