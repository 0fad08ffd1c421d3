r"""The recurrent network in the column-vector notation of many textbooks.

Weights are the transposes of those of `rnnwb.elman`, where states are rows: $W_{xh}$ is $U^\top$, $W_{hh}$ is $W^\top$
and $W_{hy}$ is $V^\top$. This is also the layout of PyTorch (`weight_ih`, `weight_hh` and the `weight` of a linear layer).
"""

import numpy as np

from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def preactivation(x: np.ndarray, h_prev: np.ndarray, W_xh: np.ndarray, W_hh: np.ndarray) -> np.ndarray:
    r"""What the hidden units receive at step t.

    Args:
        x: $x_t$, shape (D,).
        h_prev: $h_{t-1}$, shape (H,).
        W_xh: $W_{xh}$, shape (H, D).
        W_hh: $W_{hh}$, shape (H, H).

    Returns:
        $a_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> W_xh, W_hh = np.array([[1.0], [2.0]]), np.array([[0.0, 0.5], [1.0, 0.0]])
    >>> preactivation(np.array([3.0]), np.array([1.0, -1.0]), W_xh, W_hh).tolist()
    [2.5, 7.0]
    """
    require_shapes(("D", x), ("H", h_prev), ("H D", W_xh), ("H H", W_hh))
    return W_xh @ x + W_hh @ h_prev


def hidden_state(a: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t.

    Args:
        a: $a_t$, shape (H,).

    Returns:
        $h_t$, shape (H,).

    >>> hidden_state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(a)


def logits(h: np.ndarray, W_hy: np.ndarray) -> np.ndarray:
    r"""Output at step t, before the softmax.

    Args:
        h: $h_t$, shape (H,).
        W_hy: $W_{hy}$, shape (K, H).

    Returns:
        $o_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([0.5, -0.5]), np.array([[1.0, 1.0], [0.0, 4.0], [2.0, 0.0]])).tolist()
    [0.0, -2.0, 1.0]
    """
    require_shapes(("H", h), ("K H", W_hy))
    return W_hy @ h


def probabilities(o: np.ndarray) -> np.ndarray:
    r"""Probabilities of the classes at step t.

    Args:
        o: $o_t$, shape (K,).

    Returns:
        $p_t$, shape (K,).

    >>> probabilities(np.log(np.array([1.0, 2.0, 5.0]))).round(4).tolist()
    [0.125, 0.25, 0.625]
    """
    return softmax(o)


def total_loss(o: np.ndarray, y: np.ndarray) -> np.ndarray:
    r"""Cross-entropy summed over the steps.

    Args:
        o: $o$, shape (T + 1, K).
        y: $y$, shape (T + 1, K), rows sum to 1.

    Returns:
        $L$, shape ().

    >>> round(float(total_loss(np.zeros((3, 2)), np.array([[1.0, 0.0]] * 3))), 4)
    2.0794
    """
    return np.sum(softmax_cross_entropy(o, y))


def logits_gradient(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the logits of step t.

    Args:
        p: $p_t$, shape (K,).
        y: $y_t$, shape (K,), entries sum to 1.

    Returns:
        $\frac{\partial L}{\partial o_t}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits_gradient(np.array([0.5, 0.5]), np.array([1.0, 0.0])).tolist()
    [-0.5, 0.5]
    """
    require_shapes(("K", p), ("K", y))
    return p - y


def state_jacobian(h: np.ndarray, W_hh: np.ndarray) -> np.ndarray:
    r"""Derivative of the hidden state with respect to the one before.

    Args:
        h: $h_t$, shape (H,).
        W_hh: $W_{hh}$, shape (H, H).

    Returns:
        $\frac{\partial h_t}{\partial h_{t-1}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> state_jacobian(np.array([0.0, 0.5]), np.array([[1.0, 3.0], [2.0, 4.0]])).tolist()
    [[1.0, 3.0], [1.5, 3.0]]
    """
    require_shapes(("H", h), ("H H", W_hh))
    return (1 - h**2)[:, None] * W_hh


def delta(
    do: np.ndarray,
    delta_next: np.ndarray,
    h: np.ndarray,
    W_hh: np.ndarray,
    W_hy: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of step t, from that of step t + 1.

    Args:
        do: $\frac{\partial L}{\partial o_t}$, shape (K,).
        delta_next: $[t < T] \delta_{t+1}$, shape (H,), zero at the last step.
        h: $h_t$, shape (H,).
        W_hh: $W_{hh}$, shape (H, H).
        W_hy: $W_{hy}$, shape (K, H).

    Returns:
        $\delta_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> delta(2 * one, 3 * one, 0.5 * one, np.array([[7.0]]), np.array([[5.0]])).tolist()
    [23.25]
    """
    require_shapes(
        ("K", do),
        ("H", delta_next),
        ("H", h),
        ("H H", W_hh),
        ("K H", W_hy),
    )
    return (1 - h**2) * (W_hy.T @ do + W_hh.T @ delta_next)


def state_weight_gradient(delta: np.ndarray, h_init: np.ndarray, h: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the recurrent weights.

    Args:
        delta: $\delta$, shape (T + 1, H).
        h_init: $h_{-1}$, shape (H,).
        h: $h$, shape (T + 1, H).

    Returns:
        $\frac{\partial L}{\partial W_{hh}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> h = np.array([[0.5], [0.25]])
    >>> state_weight_gradient(np.array([[3.0], [8.0]]), np.array([1.0]), h).tolist()
    [[7.0]]
    """
    require_shapes(("time H", delta), ("H", h_init), ("time H", h))
    return delta.T @ np.concatenate([h_init[None], h[:-1]])


def input_weight_gradient(delta: np.ndarray, x: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the input weights.

    Args:
        delta: $\delta$, shape (T + 1, H).
        x: $x$, shape (T + 1, D).

    Returns:
        $\frac{\partial L}{\partial W_{xh}}$, shape (H, D).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_weight_gradient(np.array([[3.0, 0.5], [5.0, 1.0]]), np.array([[1.0], [2.0]])).tolist()
    [[13.0], [2.5]]
    """
    require_shapes(("time H", delta), ("time D", x))
    return delta.T @ x


def output_weight_gradient(do: np.ndarray, h: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the output weights.

    Args:
        do: $\frac{\partial L}{\partial o}$, shape (T + 1, K).
        h: $h$, shape (T + 1, H).

    Returns:
        $\frac{\partial L}{\partial W_{hy}}$, shape (K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> output_weight_gradient(np.array([[2.0, 4.0], [4.0, 8.0]]), np.array([[0.5], [0.25]])).tolist()
    [[2.0], [4.0]]
    """
    require_shapes(("time K", do), ("time H", h))
    return do.T @ h
