"""Jacobians of the cell state of an LSTM: the direct path from cell to cell, and the way round."""

import numpy as np

from rnnwb.shapes import require_shapes


def immediate_cell_jacobian(F_t: np.ndarray) -> np.ndarray:
    r"""Immediate derivative of the cell state with respect to the one before: the direct path alone.

    Args:
        F_t: $F_t$, shape (H,).

    Returns:
        $\frac{\partial^+ M_t}{\partial M_{t-1}}$, shape (H, H).

    >>> immediate_cell_jacobian(np.array([0.5, 0.25])).tolist()
    [[0.5, 0.0], [0.0, 0.25]]
    """
    return np.diag(F_t)


def cell_by_state_jacobian(
    I_t: np.ndarray,
    F_t: np.ndarray,
    G_t: np.ndarray,
    M_prev: np.ndarray,
    W_i: np.ndarray,
    W_f: np.ndarray,
    W_g: np.ndarray,
) -> np.ndarray:
    r"""Derivative of the cell state with respect to the hidden state one step before, through the gates.

    Args:
        I_t: $I_t$, shape (H,).
        F_t: $F_t$, shape (H,).
        G_t: $G_t$, shape (H,).
        M_prev: $M_{t-1}$, shape (H,).
        W_i: $W^{\mathrm{i}}$, shape (H, H).
        W_f: $W^{\mathrm{f}}$, shape (H, H).
        W_g: $W^{\mathrm{g}}$, shape (H, H).

    Returns:
        $\frac{\partial M_t}{\partial S_{t-1}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, half, w = np.ones(1), np.full(1, 0.5), np.ones((1, 1))
    >>> cell_by_state_jacobian(half, half, 0 * one, 2 * one, w, w, w).tolist()
    [[1.0]]
    """
    require_shapes(*(("H", x) for x in (I_t, F_t, G_t, M_prev)), *(("H H", w) for w in (W_i, W_f, W_g)))
    slopes = (G_t * I_t * (1 - I_t), M_prev * F_t * (1 - F_t), I_t * (1 - G_t**2))
    return np.sum([slope[:, None] * w.T for slope, w in zip(slopes, (W_i, W_f, W_g))], axis=0)


def cell_jacobian(F_t: np.ndarray, by_state: np.ndarray, O_prev: np.ndarray, M_prev: np.ndarray) -> np.ndarray:
    r"""Total derivative of the cell state with respect to the one before, for $t > 0$.

    Args:
        F_t: $F_t$, shape (H,).
        by_state: $\frac{\partial M_t}{\partial S_{t-1}}$, shape (H, H).
        O_prev: $O_{t-1}$, shape (H,).
        M_prev: $M_{t-1}$, shape (H,).

    Returns:
        $\frac{\partial M_t}{\partial M_{t-1}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> half = np.full(1, 0.5)
    >>> cell_jacobian(half, np.full((1, 1), 2.0), half, 0 * half).tolist()
    [[1.5]]
    """
    require_shapes(("H", F_t), ("H H", by_state), ("H", O_prev), ("H", M_prev))
    return np.diag(F_t) + by_state * (O_prev * (1 - np.tanh(M_prev) ** 2))


def long_cell_jacobian(
    F_t: np.ndarray, before: np.ndarray, by_state: np.ndarray, state_before: np.ndarray
) -> np.ndarray:
    r"""Total derivative of the cell state with respect to that of an earlier step, one step at a time.

    Args:
        F_t: $F_t$, shape (H,).
        before: $\frac{\partial M_{t-1}}{\partial M_\tau}$, shape (H, H).
        by_state: $\frac{\partial M_t}{\partial S_{t-1}}$, shape (H, H).
        state_before: $\frac{\partial S_{t-1}}{\partial M_\tau}$, shape (H, H).

    Returns:
        $\frac{\partial M_t}{\partial M_\tau}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> long_cell_jacobian(np.full(1, 0.5), one, 2 * one, 3 * one).tolist()
    [[6.5]]
    """
    require_shapes(("H", F_t), ("H H", before), ("H H", by_state), ("H H", state_before))
    return F_t[:, None] * before + by_state @ state_before


def highway_cell_state(I_t: np.ndarray, F_t: np.ndarray, G_t: np.ndarray, N_prev: np.ndarray) -> np.ndarray:
    r"""Copy of the cell state that the gates do not see.

    Args:
        I_t: $I_t$, shape (H,).
        F_t: $F_t$, shape (H,).
        G_t: $G_t$, shape (H,).
        N_prev: $[t = 0] M_{-1} + [t > 0] N_{t-1}$, shape (H,).

    Returns:
        $N_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> half = np.array([0.5])
    >>> highway_cell_state(half, half, np.array([1.0]), np.array([3.0])).tolist()
    [2.0]
    """
    require_shapes(("H", I_t), ("H", F_t), ("H", G_t), ("H", N_prev))
    return F_t * N_prev + I_t * G_t


def highway_jacobian(forget_gates: np.ndarray, t: int, tau: int) -> np.ndarray:
    r"""Derivative of the copy at step t with respect to the copy at an earlier step.

    Args:
        forget_gates: $F$, shape (T + 1, H).
        t: $t$, shape ().
        tau: $\tau$, shape (), not after $t$.

    Returns:
        $\frac{\partial N_t}{\partial N_\tau}$, shape (H, H).

    >>> highway_jacobian(np.array([[0.1], [0.5], [0.25]]), 2, 0).tolist()
    [[0.125]]
    """
    return np.diag(np.prod(forget_gates[tau + 1 : t + 1], axis=0))
