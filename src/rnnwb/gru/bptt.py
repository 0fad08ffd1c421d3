"""Backpropagation through time for a GRU, for one sequence and for a batch.

In the loops the three pre-activations stand side by side: reset gate, update gate, candidate.
"""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.lstm.forward import logistic
from rnnwb.shapes import require_shapes


def gru_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U_r: np.ndarray,
    U_z: np.ndarray,
    U_n: np.ndarray,
    W_r: np.ndarray,
    W_z: np.ndarray,
    W_n: np.ndarray,
    beta: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
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
        beta: $\beta$, shape (H,).
        V: $V$, shape (H, K).
        S_init: $S_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E$, shape ().
        dU_r: $\frac{\partial E}{\partial U^{\mathrm{r}}}$, shape (D, H).
        dU_z: $\frac{\partial E}{\partial U^{\mathrm{z}}}$, shape (D, H).
        dU_n: $\frac{\partial E}{\partial U^{\mathrm{n}}}$, shape (D, H).
        dW_r: $\frac{\partial E}{\partial W^{\mathrm{r}}}$, shape (H, H).
        dW_z: $\frac{\partial E}{\partial W^{\mathrm{z}}}$, shape (H, H).
        dW_n: $\frac{\partial E}{\partial W^{\mathrm{n}}}$, shape (H, H).
        dbeta: $\frac{\partial E}{\partial \beta}$, shape (H,).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K).
        dX: $\frac{\partial E}{\partial X}$, shape (T + 1, D).
        dS_init: $\frac{\partial E}{\partial S_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, u, zero = np.ones((2, 1)), np.full((2, 2), 0.5), np.ones((1, 1)), np.zeros((1, 1))
    >>> result = gru_bptt(X, C, u, u, u, zero, zero, zero, zero[0], np.zeros((1, 2)))
    >>> len(result), round(float(result[0]), 4), result[9].shape
    (11, 1.3863, (2, 1))
    """
    require_shapes(("time D", X), ("time K", C))
    init = None if S_init is None else S_init[None]
    weights = (U_r, U_z, U_n, W_r, W_z, W_n, beta, V)
    E, *found, dX, dS = batched_gru_bptt(X[:, None], C[:, None], np.array([len(X) - 1]), *weights, init)
    return E, *found, dX[:, 0], dS[0]


def batched_gru_bptt(
    X: np.ndarray,
    C: np.ndarray,
    L: np.ndarray,
    U_r: np.ndarray,
    U_z: np.ndarray,
    U_n: np.ndarray,
    W_r: np.ndarray,
    W_z: np.ndarray,
    W_n: np.ndarray,
    beta: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss summed over a batch of sequences, each up to its own last step, and its gradients.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        L: $L$, shape (B,), the last step of each sequence, whole numbers from 0 to $T$.
        U_r: $U^{\mathrm{r}}$, shape (D, H).
        U_z: $U^{\mathrm{z}}$, shape (D, H).
        U_n: $U^{\mathrm{n}}$, shape (D, H).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_z: $W^{\mathrm{z}}$, shape (H, H).
        W_n: $W^{\mathrm{n}}$, shape (H, H).
        beta: $\beta$, shape (H,).
        V: $V$, shape (H, K).
        S_init: $\mathbf{S}_{-1}$, shape (B, H), zero unless given.

    Returns:
        J: $J$, shape ().
        dU_r: $\frac{\partial J}{\partial U^{\mathrm{r}}}$, shape (D, H).
        dU_z: $\frac{\partial J}{\partial U^{\mathrm{z}}}$, shape (D, H).
        dU_n: $\frac{\partial J}{\partial U^{\mathrm{n}}}$, shape (D, H).
        dW_r: $\frac{\partial J}{\partial W^{\mathrm{r}}}$, shape (H, H).
        dW_z: $\frac{\partial J}{\partial W^{\mathrm{z}}}$, shape (H, H).
        dW_n: $\frac{\partial J}{\partial W^{\mathrm{n}}}$, shape (H, H).
        dbeta: $\frac{\partial J}{\partial \beta}$, shape (H,).
        dV: $\frac{\partial J}{\partial V}$, shape (H, K).
        dX: $\frac{\partial J}{\partial \mathbf{X}}$, shape (T + 1, B, D).
        dS_init: $\frac{\partial J}{\partial \mathbf{S}_{-1}}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, u, zero = np.ones((2, 3, 1)), np.full((2, 3, 2), 0.5), np.ones((1, 1)), np.zeros((1, 1))
    >>> J, *found = batched_gru_bptt(X, C, np.array([0, 1, 1]), u, u, u, u, u, u, u[0], np.zeros((1, 2)))
    >>> round(float(J), 4), found[8].shape
    (3.4657, (2, 3, 1))
    """
    S_init = np.zeros((X.shape[1], len(V))) if S_init is None else S_init
    require_shapes(("time B D", X), ("time B K", C), ("B", L), ("H K", V), ("B H", S_init), ("H", beta))
    require_shapes(
        *(("D H", u) for u in (U_r, U_z, U_n)),
        *(("H H", w) for w in (W_r, W_z, W_n)),
    )
    U, W = np.concatenate([U_r, U_z, U_n], axis=1), np.concatenate([W_r, W_z, W_n], axis=1)
    *step, S = _forward(X @ U, W, beta, S_init)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    used = np.arange(len(X))[:, None] <= L
    dY = used[..., None] * softmax_cross_entropy_gradient(S @ V, C)
    into, back, dS = _backward(dY @ V.T, W, np.array([*step, S_prev]))
    pairs = (X, into), (S_prev, back), (S, dY)
    dU, dW, dV = (np.einsum("tbi,tbj->ij", *pair) for pair in pairs)
    dbeta = np.split(back, 3, axis=-1)[2].sum(axis=(0, 1))
    J = np.sum(softmax_cross_entropy(S @ V, C)[used])
    dUs, dWs = np.split(dU, 3, axis=1), np.split(dW, 3, axis=1)
    return J, *dUs, *dWs, dbeta, dV, into @ U.T, dS


def _forward(inputs: np.ndarray, W: np.ndarray, beta: np.ndarray, S: np.ndarray) -> tuple[np.ndarray, ...]:
    """Gates, candidate, what the reset gate multiplies, and the state, of all steps."""
    steps = []
    for A in inputs:
        (A_r, A_z, A_n), (Q_r, Q_z, Q) = np.split(A, 3, axis=-1), np.split(S @ W, 3, axis=-1)
        Q = Q + beta
        R_t, Z_t = logistic(A_r + Q_r), logistic(A_z + Q_z)
        N_t = np.tanh(A_n + R_t * Q)
        S = Z_t * S + (1 - Z_t) * N_t
        steps.append((R_t, Z_t, N_t, Q, S))
    return tuple(np.array(quantity) for quantity in zip(*steps))


def _backward(
    local: np.ndarray,
    W: np.ndarray,
    quantities: np.ndarray,
) -> tuple[np.ndarray, ...]:
    """Gradients of what the input gives and of what the state gives, side by side, and of the initial state."""
    into, back, dS = [], [], np.zeros(local.shape[1:])
    for t in reversed(range(len(local))):
        R_t, Z_t, N_t, Q, S_prev = quantities[:, t]
        dS = local[t] + dS
        delta_z = dS * (S_prev - N_t) * Z_t * (1 - Z_t)
        delta_n = dS * (1 - Z_t) * (1 - N_t**2)
        delta_r = delta_n * Q * R_t * (1 - R_t)
        into.append(np.concatenate([delta_r, delta_z, delta_n], axis=-1))
        back.append(np.concatenate([delta_r, delta_z, delta_n * R_t], axis=-1))
        dS = dS * Z_t + back[-1] @ W.T
    return np.array(into[::-1]), np.array(back[::-1]), dS
