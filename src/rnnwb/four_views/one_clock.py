"""Encoder and decoder as one sequence of states: first all inputs are read, then all outputs are given."""

import numpy as np

from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def one_clock_hidden_state(received: np.ndarray, S_prev: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t, in the encoder and in the decoder.

    Args:
        received: $M_t$, shape (H,).
        S_prev: $[t = 0] S_{-1} + [t > 0] S^{\mathrm{d}}_{t-1}$, shape (H,).
        W: $W$, shape (H, H).

    Returns:
        $S^{\mathrm{d}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one_clock_hidden_state(np.array([1.0]), np.array([-1.0]), np.array([[1.0]])).tolist()
    [0.0]
    """
    require_shapes(("H", received), ("H", S_prev), ("H H", W))
    return np.tanh(received + S_prev @ W)


def received(
    X: np.ndarray, P_prev: np.ndarray, U: np.ndarray, R: np.ndarray, last: np.ndarray, t: np.ndarray
) -> np.ndarray:
    r"""What enters the hidden units at step t besides their own state.

    Args:
        X: $X_t$, shape (D,).
        P_prev: $[t > 0] P^{\mathrm{d}}_{t-1}$, shape (K,).
        U: $U$, shape (D, H).
        R: $R$, shape (K, H).
        last: $N_4$, shape (), the last step of the input.
        t: $t$, shape (), the step.

    Returns:
        $M_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, weights = np.ones(1), np.ones((1, 1))
    >>> [received(2 * one, 3 * one, weights, weights, np.array(1), np.array(t)).tolist() for t in (1, 2, 3)]
    [[2.0], [0.0], [3.0]]
    """
    require_shapes(("D", X), ("K", P_prev), ("D H", U), ("K H", R))
    return (t <= last) * (X @ U) + (t > last + 1) * (P_prev @ R)


def one_clock_probabilities(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Probabilities at step t.

    Args:
        S: $S^{\mathrm{d}}_t$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).

    Returns:
        $P^{\mathrm{d}}_t$, shape (K,), entries in (0, 1).

    Raises:
        ValueError: if the shapes disagree.

    >>> one_clock_probabilities(np.zeros(1), np.ones((1, 2))).tolist()
    [0.5, 0.5]
    """
    require_shapes(("H", S), ("H K", V))
    return softmax(S @ V)


def one_clock_loss(S: np.ndarray, C: np.ndarray, V: np.ndarray, last: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of the steps after the last input.

    Args:
        S: $S^{\mathrm{d}}$, shape (T + 1, H), entries in (-1, 1).
        C: $C$, shape (T + 1, K), rows sum to 1.
        V: $V$, shape (H, K).
        last: $N_4$, shape (), the last step of the input.

    Returns:
        $E^{\mathrm{d}}$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(one_clock_loss(np.zeros((3, 1)), np.array([[1.0, 0.0]] * 3), np.ones((1, 2)), np.array(0))), 4)
    1.3863
    """
    require_shapes(("time H", S), ("time K", C), ("H K", V))
    first = int(last) + 1
    return np.sum(softmax_cross_entropy(S[first:] @ V, C[first:]))
