"""Backpropagation through time for any choice of input, output and feedback masks."""

import numpy as np

from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def sum_of_losses(F: np.ndarray) -> np.ndarray:
    r"""Sum of the losses of all views.

    Args:
        F: $F$, shape (B,).

    Returns:
        $J$, shape ().

    >>> float(sum_of_losses(np.array([1.0, 2.0])))
    3.0
    """
    return F.sum()


def masked_bptt(
    X: np.ndarray,
    C: np.ndarray,
    alpha: np.ndarray,
    omega: np.ndarray,
    phi: np.ndarray,
    U: np.ndarray,
    R: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Losses of all views of one sequence, and their gradients.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
        alpha: $\alpha$, shape (T + 1, B), zeros and ones.
        omega: $\omega$, shape (T + 1, B), zeros and ones.
        phi: $\phi$, shape (T + 1, B), zeros and ones; the row of step 0 is not used.
        U: $U$, shape (D, H).
        R: $R$, shape (K, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $S_{-1}$, shape (H,), zero unless given.

    Returns:
        F: $F$, shape (B,).
        dU: $\frac{\partial F}{\partial U}$, shape (B, D, H).
        dR: $\frac{\partial F}{\partial R}$, shape (B, K, H).
        dW: $\frac{\partial F}{\partial W}$, shape (B, H, H).
        dV: $\frac{\partial F}{\partial V}$, shape (B, H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> C, zero, masks = np.array([[1.0, 0.0]] * 2), np.zeros((1, 1)), np.ones((2, 3))
    >>> weights = zero, np.zeros((2, 1)), zero, np.array([[2.0, 4.0]])
    >>> F, dU, *_ = masked_bptt(np.ones((2, 1)), C, masks, masks, masks, *weights)
    >>> F.round(4).tolist(), dU.shape
    ([1.3863, 1.3863, 1.3863], (3, 1, 1))
    """
    S_init = np.zeros(len(W)) if S_init is None else S_init
    require_shapes(("time D", X), ("time K", C), ("time B", alpha), ("time B", omega), ("time B", phi))
    require_shapes(("time D", X), ("D H", U), ("K H", R), ("H H", W), ("H K", V), ("H", S_init))
    S, Y = _masked_sequence(X, alpha, phi, U, R, W, V, S_init)
    P, targets = softmax(Y), np.broadcast_to(C[:, None], Y.shape)
    dY, delta = _masked_deltas(omega[:, :, None] * (P - targets), phi, S, P, R, W, V)
    F = np.sum(omega * softmax_cross_entropy(Y, targets), axis=0)
    dU = np.einsum("td,tb,tbh->bdh", X, alpha, delta)
    dR = np.einsum("tbk,tb,tbh->bkh", P[:-1], phi[1:], delta[1:])
    S_prev = np.concatenate([np.broadcast_to(S_init, S[:1].shape), S[:-1]])
    return F, dU, dR, np.einsum("tbi,tbj->bij", S_prev, delta), np.einsum("tbh,tbk->bhk", S, dY)


def _masked_sequence(
    X: np.ndarray,
    alpha: np.ndarray,
    phi: np.ndarray,
    U: np.ndarray,
    R: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Hidden states and logits of all steps of all views.

    >>> one, masks = np.zeros((1, 1)), np.ones((3, 2))
    >>> [a.shape for a in _masked_sequence(np.ones((3, 1)), masks, masks, one, one, one, one, np.zeros(1))]
    [(3, 2, 1), (3, 2, 1)]
    """
    S, Y, S_prev, fed_back = [], [], S_init, np.zeros((1, 1))
    for X_t, alpha_t, phi_t in zip(X, alpha, phi):
        S_prev = np.tanh(alpha_t[:, None] * (X_t @ U) + phi_t[:, None] * fed_back + S_prev @ W)
        S.append(S_prev)
        Y.append(S_prev @ V)
        fed_back = softmax(Y[-1]) @ R
    return np.array(S), np.array(Y)


def _masked_deltas(
    local: np.ndarray, phi: np.ndarray, S: np.ndarray, P: np.ndarray, R: np.ndarray, W: np.ndarray, V: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Gradients with respect to all logits and pre-activations; local is what the step's own loss gives the logits.

    >>> one = np.ones((1, 1, 1))
    >>> dY, delta = _masked_deltas(2 * one, one[0], 0.5 * one, one, one[0], one[0], 3 * one[0])
    >>> dY.tolist(), delta.tolist()
    ([[[2.0]]], [[[4.5]]])
    """
    dY, delta, delta_next, phi_next = [], [], np.zeros_like(S[0]), np.zeros_like(phi[0])
    for local_t, phi_t, S_t, P_t in zip(local[::-1], phi[::-1], S[::-1], P[::-1]):
        dP = phi_next[:, None] * (delta_next @ R.T)
        dY.append(local_t + P_t * (dP - np.sum(P_t * dP, axis=-1, keepdims=True)))
        delta_next, phi_next = (dY[-1] @ V.T + delta_next @ W.T) * (1 - S_t**2), phi_t
        delta.append(delta_next)
    return np.array(dY[::-1]), np.array(delta[::-1])
