"""Sequences of different lengths without padding: after its last step a sequence has nothing."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy
from rnnwb.shapes import require_shapes


def unpadded_hidden_state(
    X: np.ndarray, S_prev: np.ndarray, U: np.ndarray, W: np.ndarray, last: np.ndarray, t: np.ndarray
) -> np.ndarray:
    r"""Hidden states after step t of the sequences that have such a step, and zeros for the others.

    Args:
        X: $\mathbf{X}_t$, shape (B, D).
        S_prev: $[t = 0] \mathbf{S}_{-1} + [t > 0] \hat{\mathbf{S}}_{t-1}$, shape (B, H).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        last: $L$, shape (B,), the last steps.
        t: $t$, shape (), the step.

    Returns:
        $\hat{\mathbf{S}}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> X, S_prev = np.array([[1.0], [np.nan]]), np.zeros((2, 1))
    >>> unpadded_hidden_state(X, S_prev, one, one, np.array([2, 0]), np.array(1)).round(4).tolist()
    [[0.7616], [0.0]]
    """
    require_shapes(("B D", X), ("B H", S_prev), ("D H", U), ("H H", W), ("B", last))
    S = np.zeros(S_prev.shape, dtype=np.result_type(X, S_prev, U, W))
    there = t <= last
    S[there] = np.tanh(X[there] @ U + S_prev[there] @ W)
    return S


def unpadded_losses(S: np.ndarray, C: np.ndarray, V: np.ndarray, last: np.ndarray) -> np.ndarray:
    r"""Loss of each sequence, over its own steps.

    Args:
        S: $\hat{\mathbf{S}}$, shape (T + 1, B, H).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        V: $V$, shape (H, K).
        last: $L$, shape (B,), the last steps.

    Returns:
        $F$, shape (B,).

    Raises:
        ValueError: if the shapes disagree.

    >>> C = np.array([[[1.0, 0.0]] * 2] * 3)
    >>> unpadded_losses(np.zeros((3, 2, 1)), C, np.ones((1, 2)), np.array([2, 0])).round(4).tolist()
    [2.0794, 0.6931]
    """
    require_shapes(("time B H", S), ("time B K", C), ("H K", V), ("B", last))
    ends = last.astype(int) + 1
    return np.array([np.sum(softmax_cross_entropy(S[:end, b] @ V, C[:end, b])) for b, end in enumerate(ends)])


def number_of_steps(last: np.ndarray) -> np.ndarray:
    r"""How many steps all sequences have together.

    Args:
        last: $L$, shape (B,), the last steps.

    Returns:
        $q$, shape ().

    >>> float(number_of_steps(np.array([2.0, 0.0])))
    4.0
    """
    return np.sum(last + 1)


def mean_over_steps(J: np.ndarray, q: np.ndarray) -> np.ndarray:
    r"""Loss of a batch averaged over the steps that belong to a sequence.

    Args:
        J: $J$, shape ().
        q: $q$, shape (), the number of these steps.

    Returns:
        $M$, shape ().

    >>> float(mean_over_steps(np.array(6.0), np.array(4.0)))
    1.5
    """
    return J / q


def mean_state_weight_gradient(dW: np.ndarray, q: np.ndarray) -> np.ndarray:
    r"""Gradient of the averaged loss with respect to the recurrent weights.

    Args:
        dW: $\frac{\partial J}{\partial W}$, shape (H, H).
        q: $q$, shape (), the number of steps that belong to a sequence.

    Returns:
        $\frac{\partial M}{\partial W}$, shape (H, H).

    >>> mean_state_weight_gradient(np.array([[6.0]]), np.array(4.0)).tolist()
    [[1.5]]
    """
    return dW / q
