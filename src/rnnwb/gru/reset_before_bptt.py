"""Backpropagation through time for the GRU with the reset gate before the recurrent product."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.lstm.forward import logistic
from rnnwb.shapes import require_shapes


def reset_before_gru_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U_r: np.ndarray,
    U_z: np.ndarray,
    U_n: np.ndarray,
    W_r: np.ndarray,
    W_z: np.ndarray,
    W_n: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one sequence and its gradients: one pass forward, one pass back.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U_r: $U^{\mathrm{r}}$, shape (D, H).
        U_z: $U^{\mathrm{z}}$, shape (D, H).
        U_n: $U^{\mathrm{n}}$, shape (D, H).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_z: $W^{\mathrm{z}}$, shape (H, H).
        W_n: $W^{\mathrm{n}}$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $\tilde{S}_{-1}$, shape (H,).

    Returns:
        E: $\tilde{E}$, shape ().
        dU_r: $\frac{\partial \tilde{E}}{\partial U^{\mathrm{r}}}$, shape (D, H).
        dU_z: $\frac{\partial \tilde{E}}{\partial U^{\mathrm{z}}}$, shape (D, H).
        dU_n: $\frac{\partial \tilde{E}}{\partial U^{\mathrm{n}}}$, shape (D, H).
        dW_r: $\frac{\partial \tilde{E}}{\partial W^{\mathrm{r}}}$, shape (H, H).
        dW_z: $\frac{\partial \tilde{E}}{\partial W^{\mathrm{z}}}$, shape (H, H).
        dW_n: $\frac{\partial \tilde{E}}{\partial W^{\mathrm{n}}}$, shape (H, H).
        dV: $\frac{\partial \tilde{E}}{\partial V}$, shape (H, K).
        dX: $\frac{\partial \tilde{E}}{\partial X}$, shape (T + 1, D).
        dS_init: $\frac{\partial \tilde{E}}{\partial \tilde{S}_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, u, zero = np.ones((2, 1)), np.full((2, 2), 0.5), np.ones((1, 1)), np.zeros((1, 1))
    >>> result = reset_before_gru_bptt(X, C, u, u, u, u, u, u, np.zeros((1, 2)), zero[0])
    >>> len(result), round(float(result[0]), 4), result[8].shape
    (10, 1.3863, (2, 1))
    """
    require_shapes(("time D", X), ("time K", C), ("H K", V), ("H", S_init))
    require_shapes(
        *(("D H", u) for u in (U_r, U_z, U_n)),
        *(("H H", w) for w in (W_r, W_z, W_n)),
    )
    R, Z, N, S = _forward(X, (U_r, U_z, U_n), (W_r, W_z, W_n), S_init)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    dY = softmax_cross_entropy_gradient(S @ V, C)
    deltas, dS_init = _backward(dY @ V.T, (W_r, W_z, W_n), (R, Z, N, S_prev))
    dU = tuple(X.T @ delta for delta in deltas)
    dW = tuple(entering.T @ delta for entering, delta in zip((S_prev, S_prev, R * S_prev), deltas))
    dX = deltas[0] @ U_r.T + deltas[1] @ U_z.T + deltas[2] @ U_n.T
    return np.sum(softmax_cross_entropy(S @ V, C)), *dU, *dW, S.T @ dY, dX, dS_init


def _forward(
    X: np.ndarray, U: tuple[np.ndarray, ...], W: tuple[np.ndarray, ...], S: np.ndarray
) -> tuple[np.ndarray, ...]:
    """Gates, candidate and state of all steps."""
    steps = []
    for x in X:
        R_t, Z_t = (logistic(x @ u + S @ w) for u, w in zip(U[:2], W[:2]))
        N_t = np.tanh(x @ U[2] + (R_t * S) @ W[2])
        S = Z_t * S + (1 - Z_t) * N_t
        steps.append((R_t, Z_t, N_t, S))
    return tuple(np.array(quantity) for quantity in zip(*steps))


def _backward(
    local: np.ndarray, W: tuple[np.ndarray, ...], quantities: tuple[np.ndarray, ...]
) -> tuple[list[np.ndarray], np.ndarray]:
    """Gradients of the three pre-activations of all steps, and of the initial state."""
    deltas, dS = [], np.zeros(local.shape[1:])
    for into, R_t, Z_t, N_t, S_prev in reversed(list(zip(local, *quantities))):
        dS = into + dS
        delta_z = dS * (S_prev - N_t) * Z_t * (1 - Z_t)
        delta_n = dS * (1 - Z_t) * (1 - N_t**2)
        reset = delta_n @ W[2].T
        delta_r = reset * S_prev * R_t * (1 - R_t)
        deltas.append((delta_r, delta_z, delta_n))
        dS = dS * Z_t + reset * R_t + delta_r @ W[0].T + delta_z @ W[1].T
    return [np.array(delta) for delta in zip(*deltas[::-1])], dS
