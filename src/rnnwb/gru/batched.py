"""The GRU on a batch of sequences: arrays have shape (batch, features) at one step."""

import numpy as np

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
    r"""Reset gates and update gates of all sequences at step t.

    Args:
        X: $\mathbf{X}_t$, shape (B, D).
        S_prev: $\mathbf{S}_{t-1}$, shape (B, H).
        U_r: $U^{\mathrm{r}}$, shape (D, H).
        U_z: $U^{\mathrm{z}}$, shape (D, H).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_z: $W^{\mathrm{z}}$, shape (H, H).

    Returns:
        R_t: $\mathbf{R}_t$, shape (B, H).
        Z_t: $\mathbf{Z}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero = np.zeros((1, 1))
    >>> [float(x[0, 0]) for x in gates(zero, zero, zero, zero, zero, zero)]
    [0.5, 0.5]
    """
    require_shapes(("B D", X), ("B H", S_prev), ("D H", U_r), ("D H", U_z), ("H H", W_r), ("H H", W_z))
    return logistic(X @ U_r + S_prev @ W_r), logistic(X @ U_z + S_prev @ W_z)


def recurrent_candidate(
    S_prev: np.ndarray,
    W_n: np.ndarray,
    beta: np.ndarray,
) -> np.ndarray:
    r"""What the candidates receive from the previous states, before the reset gates.

    Args:
        S_prev: $\mathbf{S}_{t-1}$, shape (B, H).
        W_n: $W^{\mathrm{n}}$, shape (H, H).
        beta: $\beta$, shape (H,).

    Returns:
        $\mathbf{Q}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> recurrent_candidate(np.ones((1, 1)), np.array([[2.0]]), np.array([0.5])).tolist()
    [[2.5]]
    """
    require_shapes(("B H", S_prev), ("H H", W_n), ("H", beta))
    return S_prev @ W_n + beta


def candidate(
    X: np.ndarray,
    R_t: np.ndarray,
    Q: np.ndarray,
    U_n: np.ndarray,
) -> np.ndarray:
    r"""Candidates of all sequences at step t.

    Args:
        X: $\mathbf{X}_t$, shape (B, D).
        R_t: $\mathbf{R}_t$, shape (B, H).
        Q: $\mathbf{Q}_t$, shape (B, H).
        U_n: $U^{\mathrm{n}}$, shape (D, H).

    Returns:
        $\mathbf{N}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero = np.zeros((1, 1))
    >>> candidate(zero, zero, zero, zero).tolist()
    [[0.0]]
    """
    require_shapes(("B D", X), ("B H", R_t), ("B H", Q), ("D H", U_n))
    return np.tanh(X @ U_n + R_t * Q)


def hidden_state(
    Z_t: np.ndarray,
    N_t: np.ndarray,
    S_prev: np.ndarray,
) -> np.ndarray:
    r"""Hidden states of all sequences after step t.

    Args:
        Z_t: $\mathbf{Z}_t$, shape (B, H).
        N_t: $\mathbf{N}_t$, shape (B, H).
        S_prev: $\mathbf{S}_{t-1}$, shape (B, H).

    Returns:
        $\mathbf{S}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> hidden_state(np.array([[0.25]]), np.array([[-1.0]]), np.array([[1.0]])).tolist()
    [[-0.5]]
    """
    require_shapes(("B H", Z_t), ("B H", N_t), ("B H", S_prev))
    return Z_t * S_prev + (1 - Z_t) * N_t


def preactivation_gradients(
    dS: np.ndarray,
    R_t: np.ndarray,
    Z_t: np.ndarray,
    N_t: np.ndarray,
    Q: np.ndarray,
    S_prev: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the three pre-activations of all sequences at step t.

    Args:
        dS: $\frac{\partial J}{\partial \mathbf{S}_t}$, shape (B, H).
        R_t: $\mathbf{R}_t$, shape (B, H).
        Z_t: $\mathbf{Z}_t$, shape (B, H).
        N_t: $\mathbf{N}_t$, shape (B, H).
        Q: $\mathbf{Q}_t$, shape (B, H).
        S_prev: $\mathbf{S}_{t-1}$, shape (B, H).

    Returns:
        delta_r: $\Delta^{\mathrm{r}}_t$, shape (B, H).
        delta_z: $\Delta^{\mathrm{z}}_t$, shape (B, H).
        delta_n: $\Delta^{\mathrm{n}}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, half = np.ones((1, 1)), np.full((1, 1), 0.5)
    >>> [float(x[0, 0]) for x in preactivation_gradients(one, half, half, half, 8 * one, 2.5 * one)]
    [0.75, 0.5, 0.375]
    """
    require_shapes(*(("B H", x) for x in (dS, R_t, Z_t, N_t, Q, S_prev)))
    delta_n = dS * (1 - Z_t) * (1 - N_t**2)
    return delta_n * Q * R_t * (1 - R_t), dS * (S_prev - N_t) * Z_t * (1 - Z_t), delta_n


def hidden_gradient(
    dY: np.ndarray,
    dS_next: np.ndarray,
    Z_next: np.ndarray,
    delta_r: np.ndarray,
    delta_z: np.ndarray,
    dQ_next: np.ndarray,
    V: np.ndarray,
    W_r: np.ndarray,
    W_z: np.ndarray,
    W_n: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the hidden states of step t.

    Args:
        dY: $\frac{\partial J}{\partial \mathbf{Y}_t}$, shape (B, K).
        dS_next: $[t < T] \frac{\partial J}{\partial \mathbf{S}_{t+1}}$, shape (B, H), zero at the last step.
        Z_next: $[t < T] \mathbf{Z}_{t+1}$, shape (B, H), zero at the last step.
        delta_r: $[t < T] \Delta^{\mathrm{r}}_{t+1}$, shape (B, H), zero at the last step.
        delta_z: $[t < T] \Delta^{\mathrm{z}}_{t+1}$, shape (B, H), zero at the last step.
        dQ_next: $[t < T] \frac{\partial J}{\partial \mathbf{Q}_{t+1}}$, shape (B, H), zero at the last step.
        V: $V$, shape (H, K).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_z: $W^{\mathrm{z}}$, shape (H, H).
        W_n: $W^{\mathrm{n}}$, shape (H, H).

    Returns:
        $\frac{\partial J}{\partial \mathbf{S}_t}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, two = np.ones((1, 1)), np.full((1, 1), 2.0)
    >>> hidden_gradient(one, 3 * one, one, one, one, one, two, two, two, two).tolist()
    [[11.0]]
    """
    require_shapes(("B K", dY), ("H K", V), *(("H H", w) for w in (W_r, W_z, W_n)))
    require_shapes(*(("B H", d) for d in (dS_next, Z_next, delta_r, delta_z, dQ_next)), ("H K", V))
    return dY @ V.T + dS_next * Z_next + delta_r @ W_r.T + delta_z @ W_z.T + dQ_next @ W_n.T
