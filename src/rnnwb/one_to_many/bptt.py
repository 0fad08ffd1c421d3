"""Backpropagation through time for output sequences, in three variants."""

import numpy as np

from rnnwb.bptt import bptt
from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def input_once_bptt(
    X: np.ndarray, C: np.ndarray, U: np.ndarray, W: np.ndarray, V: np.ndarray, S_init: np.ndarray | None = None
) -> tuple[np.ndarray, ...]:
    r"""Loss of an output sequence whose only input comes at step 0, and its gradients.

    Args:
        X: $X_0$, shape (D,).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $S_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E$, shape ().
        dU: $\frac{\partial E}{\partial U}$, shape (D, H).
        dW: $\frac{\partial E}{\partial W}$, shape (H, H).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K).
        dX: $\frac{\partial E}{\partial X_0}$, shape (D,).
        dS_init: $\frac{\partial E}{\partial S_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> C, zero = np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> E, dU, *_ = input_once_bptt(np.ones(1), C, zero, zero, np.array([[2.0, 4.0]]))
    >>> round(float(E), 4), dU.tolist()
    (1.3863, [[1.0]])
    """
    require_shapes(("D", X), ("time K", C))
    inputs = np.concatenate([X[None], np.zeros((len(C) - 1, len(X)))])
    E, dU, dW, dV, dX, dS_init = bptt(inputs, C, U, W, V, S_init)
    return E, dU, dW, dV, dX[0], dS_init


def input_repeated_bptt(
    X: np.ndarray, C: np.ndarray, U: np.ndarray, W: np.ndarray, V: np.ndarray, S_init: np.ndarray | None = None
) -> tuple[np.ndarray, ...]:
    r"""Loss of an output sequence with one input at every step, and its gradients.

    Args:
        X: $X_0$, shape (D,).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $S^{\mathrm{r}}_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E^{\mathrm{r}}$, shape ().
        dU: $\frac{\partial E^{\mathrm{r}}}{\partial U}$, shape (D, H).
        dW: $\frac{\partial E^{\mathrm{r}}}{\partial W}$, shape (H, H).
        dV: $\frac{\partial E^{\mathrm{r}}}{\partial V}$, shape (H, K).
        dX: $\frac{\partial E^{\mathrm{r}}}{\partial X_0}$, shape (D,).
        dS_init: $\frac{\partial E^{\mathrm{r}}}{\partial S^{\mathrm{r}}_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> C, zero = np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> E, dU, *_ = input_repeated_bptt(np.ones(1), C, zero, zero, np.array([[2.0, 4.0]]))
    >>> round(float(E), 4), dU.tolist()
    (1.3863, [[2.0]])
    """
    require_shapes(("D", X), ("time K", C))
    E, dU, dW, dV, dX, dS_init = bptt(np.tile(X, (len(C), 1)), C, U, W, V, S_init)
    return E, dU, dW, dV, dX.sum(axis=0), dS_init


def output_fed_back_bptt(
    X: np.ndarray,
    C: np.ndarray,
    last: np.ndarray,
    U: np.ndarray,
    R: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of a batch of output sequences that are fed back, and its gradients.

    Args:
        X: $\mathbf{X}$, shape (B, D).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        last: $L$, shape (B,), the last steps.
        U: $U$, shape (D, H).
        R: $R$, shape (K, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $\mathbf{S}_{-1}$, shape (B, H), zero unless given.

    Returns:
        J: $J$, shape ().
        dU: $\frac{\partial J}{\partial U}$, shape (D, H).
        dR: $\frac{\partial J}{\partial R}$, shape (K, H).
        dW: $\frac{\partial J}{\partial W}$, shape (H, H).
        dV: $\frac{\partial J}{\partial V}$, shape (H, K).
        dX: $\frac{\partial J}{\partial \mathbf{X}}$, shape (B, D).
        dS_init: $\frac{\partial J}{\partial \mathbf{S}_{-1}}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> C, zero, V = np.array([[[1.0, 0.0]] * 2] * 3), np.zeros((1, 1)), np.array([[2.0, 4.0]])
    >>> J, dU, *_ = output_fed_back_bptt(np.ones((2, 1)), C, np.array([2, 0]), zero, np.zeros((2, 1)), zero, V)
    >>> round(float(J), 4), dU.tolist()
    (2.7726, [[2.0]])
    """
    S_init = np.zeros((len(X), len(W))) if S_init is None else S_init
    require_shapes(("B D", X), ("time B K", C), ("B", last), ("D H", U), ("K H", R))
    require_shapes(("K H", R), ("H H", W), ("H K", V), ("B H", S_init), ("B", last))
    S, Y = _fed_back_sequence(X, len(C), U, R, W, V, S_init)
    P, counts = softmax(Y), np.arange(len(C))[:, None] <= last
    dY, delta = _fed_back_deltas(np.where(counts[:, :, None], P - C, 0), S, P, R, W, V)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    J = np.sum(np.where(counts, softmax_cross_entropy(Y, C), 0))
    dR, dW, dV = (np.einsum("tbi,tbj->ij", *pair) for pair in ((P[:-1], delta[1:]), (S_prev, delta), (S, dY)))
    return J, X.T @ delta[0], dR, dW, dV, delta[0] @ U.T, delta[0] @ W.T


def _fed_back_sequence(
    X: np.ndarray, steps: int, U: np.ndarray, R: np.ndarray, W: np.ndarray, V: np.ndarray, S_init: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Hidden states and logits of all steps, each step fed with the probabilities of the one before.

    >>> S, Y = _fed_back_sequence(np.ones((1, 1)), 2, *np.zeros((4, 1, 1)), np.zeros((1, 1)))
    >>> S.shape, Y.shape
    ((2, 1, 1), (2, 1, 1))
    """
    S, Y, S_prev, received = [], [], S_init, X @ U
    for _ in range(steps):
        S_prev = np.tanh(received + S_prev @ W)
        S.append(S_prev)
        Y.append(S_prev @ V)
        received = softmax(Y[-1]) @ R
    return np.array(S), np.array(Y)


def _fed_back_deltas(
    local: np.ndarray, S: np.ndarray, P: np.ndarray, R: np.ndarray, W: np.ndarray, V: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Gradients with respect to all logits and pre-activations; local is what the step's own loss gives the logits.

    >>> one = np.ones((1, 1))
    >>> dY, delta = _fed_back_deltas(2 * one[None], 0.5 * one[None], one[None], one, one, 3 * one)
    >>> dY.tolist(), delta.tolist()
    ([[[2.0]]], [[[4.5]]])
    """
    dY, delta, delta_next = [], [], np.zeros_like(S[0])
    for local_t, S_t, P_t in zip(local[::-1], S[::-1], P[::-1]):
        dP = delta_next @ R.T
        dY_t = local_t + P_t * (dP - np.sum(P_t * dP, axis=-1, keepdims=True))
        delta_next = (dY_t @ V.T + delta_next @ W.T) * (1 - S_t**2)
        dY.append(dY_t)
        delta.append(delta_next)
    return np.array(dY[::-1]), np.array(delta[::-1])
