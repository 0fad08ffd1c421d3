"""The GRU with the reset gate before the recurrent product, as it was first published."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy
from rnnwb.lstm.forward import logistic
from rnnwb.shapes import require_shapes


def gates(
    X: np.ndarray,
    S_prev: np.ndarray,
    U_r: np.ndarray,
    U_z: np.ndarray,
    W_r: np.ndarray,
    W_z: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Reset gate and update gate of step t.

    Args:
        X: $X_t$, shape (D,).
        S_prev: $\tilde{S}_{t-1}$, shape (H,).
        U_r: $U^{\mathrm{r}}$, shape (D, H).
        U_z: $U^{\mathrm{z}}$, shape (D, H).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_z: $W^{\mathrm{z}}$, shape (H, H).

    Returns:
        R_t: $\tilde{R}_t$, shape (H,).
        Z_t: $\tilde{Z}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero = np.zeros((1, 1))
    >>> [float(x[0]) for x in gates(zero[0], zero[0], zero, zero, zero, zero)]
    [0.5, 0.5]
    """
    require_shapes(
        ("D", X),
        ("H", S_prev),
        ("D H", U_r),
        ("D H", U_z),
        ("H H", W_r),
        ("H H", W_z),
    )
    return logistic(X @ U_r + S_prev @ W_r), logistic(X @ U_z + S_prev @ W_z)


def candidate_preactivation(
    X: np.ndarray,
    S_prev: np.ndarray,
    R_t: np.ndarray,
    U_n: np.ndarray,
    W_n: np.ndarray,
) -> np.ndarray:
    r"""Pre-activation of the candidate, which sees the reset state.

    Args:
        X: $X_t$, shape (D,).
        S_prev: $\tilde{S}_{t-1}$, shape (H,).
        R_t: $\tilde{R}_t$, shape (H,).
        U_n: $U^{\mathrm{n}}$, shape (D, H).
        W_n: $W^{\mathrm{n}}$, shape (H, H).

    Returns:
        $\tilde{A}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> candidate_preactivation(one[0], one[0], 0.5 * one[0], one, 4 * one).tolist()
    [3.0]
    """
    require_shapes(("D", X), ("H", S_prev), ("H", R_t), ("D H", U_n), ("H H", W_n))
    return X @ U_n + (R_t * S_prev) @ W_n


def hidden_state(
    A_n: np.ndarray,
    Z_t: np.ndarray,
    S_prev: np.ndarray,
) -> np.ndarray:
    r"""Hidden state after step t.

    Args:
        A_n: $\tilde{A}_t$, shape (H,).
        Z_t: $\tilde{Z}_t$, shape (H,).
        S_prev: $\tilde{S}_{t-1}$, shape (H,).

    Returns:
        $\tilde{S}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> hidden_state(np.zeros(1), np.array([0.25]), np.array([2.0])).tolist()
    [0.5]
    """
    require_shapes(("H", A_n), ("H", Z_t), ("H", S_prev))
    return Z_t * S_prev + (1 - Z_t) * np.tanh(A_n)


def total_loss(
    S: np.ndarray,
    C: np.ndarray,
    V: np.ndarray,
) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps.

    Args:
        S: $\tilde{S}$, shape (T + 1, H).
        C: $C$, shape (T + 1, K), rows sum to 1.
        V: $V$, shape (H, K).

    Returns:
        $\tilde{E}$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(total_loss(np.zeros((3, 1)), np.array([[1.0, 0.0]] * 3), np.ones((1, 2)))), 4)
    2.0794
    """
    require_shapes(("time H", S), ("time K", C), ("H K", V))
    return np.sum(softmax_cross_entropy(S @ V, C))


def candidate_delta(
    dS: np.ndarray,
    Z_t: np.ndarray,
    A_n: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of the candidate.

    Args:
        dS: $\frac{\partial \tilde{E}}{\partial \tilde{S}_t}$, shape (H,).
        Z_t: $\tilde{Z}_t$, shape (H,).
        A_n: $\tilde{A}_t$, shape (H,).

    Returns:
        $\frac{\partial \tilde{E}}{\partial \tilde{A}_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> candidate_delta(np.array([2.0]), np.array([0.5]), np.zeros(1)).tolist()
    [1.0]
    """
    require_shapes(("H", dS), ("H", Z_t), ("H", A_n))
    return dS * (1 - Z_t) * (1 - np.tanh(A_n) ** 2)


def reset_gate_gradient(
    delta_n: np.ndarray,
    S_prev: np.ndarray,
    W_n: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the reset gate.

    Args:
        delta_n: $\frac{\partial \tilde{E}}{\partial \tilde{A}_t}$, shape (H,).
        S_prev: $\tilde{S}_{t-1}$, shape (H,).
        W_n: $W^{\mathrm{n}}$, shape (H, H).

    Returns:
        $\frac{\partial \tilde{E}}{\partial \tilde{R}_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> reset_gate_gradient(3 * one, 0.5 * one, np.array([[4.0]])).tolist()
    [6.0]
    """
    require_shapes(("H", delta_n), ("H", S_prev), ("H H", W_n))
    return (delta_n @ W_n.T) * S_prev


def candidate_weight_gradient(
    S_init: np.ndarray,
    S: np.ndarray,
    R: np.ndarray,
    delta_n: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the recurrent weights of the candidate.

    Args:
        S_init: $\tilde{S}_{-1}$, shape (H,).
        S: $\tilde{S}$, shape (T + 1, H).
        R: $\tilde{R}$, shape (T + 1, H).
        delta_n: $\frac{\partial \tilde{E}}{\partial \tilde{A}}$, shape (T + 1, H).

    Returns:
        $\frac{\partial \tilde{E}}{\partial W^{\mathrm{n}}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S, ones = np.array([[0.5], [0.25]]), np.ones((2, 1))
    >>> candidate_weight_gradient(np.ones(1), S, 0.5 * ones, ones).tolist()
    [[0.75]]
    """
    require_shapes(("H", S_init), ("time H", S), ("time H", R), ("time H", delta_n))
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return (R * S_prev).T @ delta_n
