"""The influence recursion cut to its diagonal: one number for each weight.

References:
    Menick, Elsen, Evci, Osindero, Simonyan and Graves, "Practical real time recurrent
    learning with a sparse approximation", ICLR 2021.
"""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def diagonal_input_influence(
    X: np.ndarray,
    S: np.ndarray,
    W: np.ndarray,
    alpha_prev: np.ndarray,
) -> np.ndarray:
    r"""Influence of every input weight on the unit that it enters, by way of that unit alone.

    Args:
        X: $X_t$, shape (D,).
        S: $S_t$, shape (H,), entries in (-1, 1).
        W: $W$, shape (H, H), of which the diagonal is used.
        alpha_prev: $[t > 0] \alpha_{t-1}$, shape (D, H), zero at step 0.

    Returns:
        $\alpha_t$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> W = np.array([[2.0, 9.0], [9.0, 0.0]])
    >>> diagonal_input_influence(np.array([3.0]), np.array([0.0, 0.5]), W, np.ones((1, 2))).tolist()
    [[5.0, 2.25]]
    """
    require_shapes(("D", X), ("H", S), ("H H", W), ("D H", alpha_prev))
    return (1 - S**2) * (X[:, None] + np.diag(W) * alpha_prev)


def diagonal_state_influence(S_prev: np.ndarray, S: np.ndarray, W: np.ndarray, beta_prev: np.ndarray) -> np.ndarray:
    r"""Influence of every recurrent weight on the unit that it enters, by way of that unit alone.

    Args:
        S_prev: $S_{t-1}$, shape (H,).
        S: $S_t$, shape (H,), entries in (-1, 1).
        W: $W$, shape (H, H), of which the diagonal is used.
        beta_prev: $[t > 0] \beta_{t-1}$, shape (H, H), zero at step 0.

    Returns:
        $\beta_t$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> diagonal_state_influence(3 * one[0], 0.5 * one[0], 2 * one, one).tolist()
    [[3.75]]
    """
    require_shapes(("H", S_prev), ("H", S), ("H H", W), ("H H", beta_prev))
    return diagonal_input_influence(S_prev, S, W, beta_prev)


def snap1(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one sequence, and what stands in for its gradients when influence is cut to its diagonal.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $S_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E$, shape ().
        G_U: $G_U$, shape (D, H).
        G_W: $G_W$, shape (H, H).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K), exact.

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, zero = np.ones((2, 1)), np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> E, G_U, G_W, dV = snap1(X, C, zero, zero, np.array([[2.0, 4.0]]))
    >>> round(float(E), 4), G_U.tolist()
    (1.3863, [[2.0]])
    """
    S = np.zeros(len(W)) if S_init is None else S_init
    require_shapes(
        ("time D", X),
        ("time K", C),
        ("D H", U),
        ("H H", W),
        ("H K", V),
        ("H", S),
    )
    E, G_U, G_W, dV = np.zeros(()), np.zeros_like(U), np.zeros_like(W), np.zeros_like(V)
    alpha, beta = np.zeros_like(U), np.zeros_like(W)
    for X_t, C_t in zip(X, C):
        S_prev, S = S, np.tanh(X_t @ U + S @ W)
        alpha, beta = diagonal_input_influence(X_t, S, W, alpha), diagonal_state_influence(S_prev, S, W, beta)
        dY = softmax_cross_entropy_gradient(S @ V, C_t)
        dS = dY @ V.T
        E = E + softmax_cross_entropy(S @ V, C_t)
        G_U, G_W, dV = G_U + dS * alpha, G_W + dS * beta, dV + np.outer(S, dY)
    return E, G_U, G_W, dV
