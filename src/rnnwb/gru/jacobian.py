"""Jacobians of the hidden state of a GRU: the direct path through the update gate, and all paths."""

import numpy as np

from rnnwb.shapes import require_shapes


def state_jacobian(
    R_t: np.ndarray,
    Z_t: np.ndarray,
    N_t: np.ndarray,
    Q: np.ndarray,
    S_prev: np.ndarray,
    W_r: np.ndarray,
    W_z: np.ndarray,
    W_n: np.ndarray,
) -> np.ndarray:
    r"""Derivative of the hidden state with respect to the hidden state one step before.

    Args:
        R_t: $R_t$, shape (H,).
        Z_t: $Z_t$, shape (H,).
        N_t: $N_t$, shape (H,).
        Q: $Q_t$, shape (H,).
        S_prev: $S_{t-1}$, shape (H,).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_z: $W^{\mathrm{z}}$, shape (H, H).
        W_n: $W^{\mathrm{n}}$, shape (H, H).

    Returns:
        $\frac{\partial S_t}{\partial S_{t-1}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero, half, w = np.zeros(1), np.full(1, 0.5), np.ones((1, 1))
    >>> state_jacobian(half, half, zero, zero, 2 * half, w, w, w).tolist()
    [[1.0]]
    """
    require_shapes(*(("H", x) for x in (R_t, Z_t, N_t, Q, S_prev)), *(("H H", w) for w in (W_r, W_z, W_n)))
    blend, candidate = (S_prev - N_t) * Z_t * (1 - Z_t), (1 - Z_t) * (1 - N_t**2)
    inner = (Q * R_t * (1 - R_t))[:, None] * W_r.T + R_t[:, None] * W_n.T
    return np.diag(Z_t) + blend[:, None] * W_z.T + candidate[:, None] * inner


def highway_state(
    Z_t: np.ndarray,
    N_t: np.ndarray,
    previous: np.ndarray,
) -> np.ndarray:
    r"""Copy of the hidden state that gates and candidate do not see.

    Args:
        Z_t: $Z_t$, shape (H,).
        N_t: $N_t$, shape (H,).
        previous: $[t = 0] S_{-1} + [t > 0] \bar{S}_{t-1}$, shape (H,).

    Returns:
        $\bar{S}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> highway_state(np.array([0.25]), np.array([-1.0]), np.array([1.0])).tolist()
    [-0.5]
    """
    require_shapes(("H", Z_t), ("H", N_t), ("H", previous))
    return Z_t * previous + (1 - Z_t) * N_t


def highway_jacobian(
    Z: np.ndarray,
    t: int,
    tau: int,
) -> np.ndarray:
    r"""Derivative of the copy at step t with respect to the copy at an earlier step.

    Args:
        Z: $Z$, shape (T + 1, H).
        t: $t$, shape ().
        tau: $\tau$, shape (), not after $t$.

    Returns:
        $\frac{\partial \bar{S}_t}{\partial \bar{S}_\tau}$, shape (H, H).

    >>> highway_jacobian(np.array([[0.1], [0.5], [0.25]]), 2, 0).tolist()
    [[0.125]]
    """
    return np.diag(np.prod(Z[tau + 1 : t + 1], axis=0))


def reset_before_candidate_jacobian(
    S_prev: np.ndarray,
    R_t: np.ndarray,
    W_r: np.ndarray,
    W_n: np.ndarray,
) -> np.ndarray:
    r"""Derivative of the candidate's pre-activation by the state before, where the reset gate stands before the product.

    Args:
        S_prev: $\tilde{S}_{t-1}$, shape (H,).
        R_t: $\tilde{R}_t$, shape (H,).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_n: $W^{\mathrm{n}}$, shape (H, H).

    Returns:
        $\frac{\partial \tilde{A}_t}{\partial \tilde{S}_{t-1}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> half, w = np.full(1, 0.5), np.ones((1, 1))
    >>> reset_before_candidate_jacobian(4 * half, half, w, w).tolist()
    [[1.0]]
    """
    require_shapes(("H", S_prev), ("H", R_t), ("H H", W_r), ("H H", W_n))
    by_gate = (S_prev * R_t * (1 - R_t))[:, None] * W_r.T
    return W_n.T @ (np.diag(R_t) + by_gate)
