"""Backpropagation through the three variants of the decoder, each for one pair of sequences."""

import numpy as np

from rnnwb.bptt import deltas, hidden_states
from rnnwb.encoder_decoder.bptt import encoder_decoder_bptt
from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def initial_context_bptt(
    X_e: np.ndarray,
    X_d: np.ndarray,
    C: np.ndarray,
    U_e: np.ndarray,
    W_e: np.ndarray,
    U_d: np.ndarray,
    W_d: np.ndarray,
    V_d: np.ndarray,
    S_e_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one pair of sequences and its gradients; the context is the initial state of the decoder.

    Args:
        X_e: $X^{\mathrm{e}}$, shape (T_e + 1, D).
        X_d: $X^{\mathrm{d}}$, shape (T + 1, K).
        C: $C$, shape (T + 1, K).
        U_e: $U^{\mathrm{e}}$, shape (D, H).
        W_e: $W^{\mathrm{e}}$, shape (H, H).
        U_d: $U^{\mathrm{d}}$, shape (K, H).
        W_d: $W^{\mathrm{d}}$, shape (H, H).
        V_d: $V^{\mathrm{d}}$, shape (H, K).
        S_e_init: $S^{\mathrm{e}}_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E^{\mathrm{i}}$, shape ().
        dU_e: $\frac{\partial E^{\mathrm{i}}}{\partial U^{\mathrm{e}}}$, shape (D, H).
        dW_e: $\frac{\partial E^{\mathrm{i}}}{\partial W^{\mathrm{e}}}$, shape (H, H).
        dU_d: $\frac{\partial E^{\mathrm{i}}}{\partial U^{\mathrm{d}}}$, shape (K, H).
        dW_d: $\frac{\partial E^{\mathrm{i}}}{\partial W^{\mathrm{d}}}$, shape (H, H).
        dV_d: $\frac{\partial E^{\mathrm{i}}}{\partial V^{\mathrm{d}}}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero, V_d = np.zeros((1, 1)), np.array([[2.0, 4.0]])
    >>> X_e, X_d, C = np.ones((3, 1)), np.zeros((2, 2)), np.array([[1.0, 0.0]] * 2)
    >>> E, dU_e, *_ = initial_context_bptt(X_e, X_d, C, zero, zero, np.zeros((2, 1)), zero + 0.5, V_d)
    >>> round(float(E), 4), dU_e.tolist()
    (1.3863, [[0.75]])
    """
    S_e_init = np.zeros(len(W_e)) if S_e_init is None else S_e_init
    sequences = ("time_e D", X_e), ("time K", X_d), ("time K", C), ("H", S_e_init)
    require_shapes(*sequences, ("D H", U_e), ("H H", W_e), ("K H", U_d), ("H H", W_d), ("H K", V_d))
    S_e = hidden_states(X_e, U_e, W_e, S_e_init)
    S_d = hidden_states(X_d, U_d, W_d, S_e[-1])
    dY = softmax_cross_entropy_gradient(S_d @ V_d, C)
    delta_d = deltas(dY, S_d, V_d, W_d)
    delta_e = _encoder_deltas(delta_d[0] @ W_d.T, S_e, W_e)
    E = np.sum(softmax_cross_entropy(S_d @ V_d, C))
    dU_d, dW_d, dV_d = X_d.T @ delta_d, _before(S_d, S_e[-1]).T @ delta_d, S_d.T @ dY
    return E, X_e.T @ delta_e, _before(S_e, S_e_init).T @ delta_e, dU_d, dW_d, dV_d


def shared_context_bptt(
    X_e: np.ndarray,
    X_d: np.ndarray,
    C: np.ndarray,
    U_e: np.ndarray,
    W_e: np.ndarray,
    U_d: np.ndarray,
    W_d: np.ndarray,
    V_d: np.ndarray,
    S_e_init: np.ndarray | None = None,
    S_d_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one pair of sequences and its gradients; the context enters through the encoder's recurrent weights.

    Args:
        X_e: $X^{\mathrm{e}}$, shape (T_e + 1, D).
        X_d: $X^{\mathrm{d}}$, shape (T + 1, K).
        C: $C$, shape (T + 1, K).
        U_e: $U^{\mathrm{e}}$, shape (D, H).
        W_e: $W^{\mathrm{e}}$, shape (H, H).
        U_d: $U^{\mathrm{d}}$, shape (K, H).
        W_d: $W^{\mathrm{d}}$, shape (H, H).
        V_d: $V^{\mathrm{d}}$, shape (H, K).
        S_e_init: $S^{\mathrm{e}}_{-1}$, shape (H,), zero unless given.
        S_d_init: $S^{\mathrm{s}}_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E^{\mathrm{s}}$, shape ().
        dU_e: $\frac{\partial E^{\mathrm{s}}}{\partial U^{\mathrm{e}}}$, shape (D, H).
        dW_e: $\frac{\partial E^{\mathrm{s}}}{\partial W^{\mathrm{e}}}$, shape (H, H).
        dU_d: $\frac{\partial E^{\mathrm{s}}}{\partial U^{\mathrm{d}}}$, shape (K, H).
        dW_d: $\frac{\partial E^{\mathrm{s}}}{\partial W^{\mathrm{d}}}$, shape (H, H).
        dV_d: $\frac{\partial E^{\mathrm{s}}}{\partial V^{\mathrm{d}}}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero, V_d = np.zeros((1, 1)), np.array([[2.0, 4.0]])
    >>> X_e, X_d, C = np.ones((3, 1)), np.zeros((2, 2)), np.array([[1.0, 0.0]] * 2)
    >>> E, dU_e, *_ = shared_context_bptt(X_e, X_d, C, zero, zero + 0.5, np.zeros((2, 1)), zero, V_d)
    >>> round(float(E), 4), dU_e.tolist()
    (1.3863, [[1.75]])
    """
    E, dU_e, dW_e, dU_d, dW_d, dV_d, dG, *_ = encoder_decoder_bptt(
        X_e, X_d, C, U_e, W_e, U_d, W_d, V_d, W_e, S_e_init, S_d_init
    )
    return E, dU_e, dW_e + dG, dU_d, dW_d, dV_d


def output_feedback_bptt(
    X_e: np.ndarray,
    Z: np.ndarray,
    C: np.ndarray,
    U_e: np.ndarray,
    W_e: np.ndarray,
    U_d: np.ndarray,
    W_d: np.ndarray,
    V_d: np.ndarray,
    G: np.ndarray,
    S_e_init: np.ndarray | None = None,
    S_d_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one pair of sequences and its gradients; the decoder is given its own output.

    Args:
        X_e: $X^{\mathrm{e}}$, shape (T_e + 1, D).
        Z: $Z$, shape (K,).
        C: $C$, shape (T + 1, K).
        U_e: $U^{\mathrm{e}}$, shape (D, H).
        W_e: $W^{\mathrm{e}}$, shape (H, H).
        U_d: $U^{\mathrm{d}}$, shape (K, H).
        W_d: $W^{\mathrm{d}}$, shape (H, H).
        V_d: $V^{\mathrm{d}}$, shape (H, K).
        G: $G$, shape (H, H).
        S_e_init: $S^{\mathrm{e}}_{-1}$, shape (H,), zero unless given.
        S_d_init: $S^{\mathrm{o}}_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E^{\mathrm{o}}$, shape ().
        dU_e: $\frac{\partial E^{\mathrm{o}}}{\partial U^{\mathrm{e}}}$, shape (D, H).
        dW_e: $\frac{\partial E^{\mathrm{o}}}{\partial W^{\mathrm{e}}}$, shape (H, H).
        dU_d: $\frac{\partial E^{\mathrm{o}}}{\partial U^{\mathrm{d}}}$, shape (K, H).
        dW_d: $\frac{\partial E^{\mathrm{o}}}{\partial W^{\mathrm{d}}}$, shape (H, H).
        dV_d: $\frac{\partial E^{\mathrm{o}}}{\partial V^{\mathrm{d}}}$, shape (H, K).
        dG: $\frac{\partial E^{\mathrm{o}}}{\partial G}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero, V_d = np.zeros((1, 1)), np.array([[2.0, 4.0]])
    >>> X_e, Z, C = np.ones((3, 1)), np.zeros(2), np.array([[1.0, 0.0]] * 2)
    >>> E, dU_e, *_ = output_feedback_bptt(X_e, Z, C, zero, zero, np.zeros((2, 1)), zero, V_d, zero + 1)
    >>> round(float(E), 4), dU_e.tolist()
    (1.3863, [[2.0]])
    """
    zero = np.zeros(len(G))
    S_e_init, S_d_init = (zero if S is None else S for S in (S_e_init, S_d_init))
    sequences = ("time_e D", X_e), ("K", Z), ("time K", C), ("H", S_e_init), ("H", S_d_init)
    require_shapes(*sequences, ("D H", U_e), ("K H", U_d), ("H K", V_d), *(("H H", W) for W in (W_e, W_d, G)))
    S_e = hidden_states(X_e, U_e, W_e, S_e_init)
    S_d = _states_with_feedback(Z, S_e[-1] @ G, U_d, W_d, V_d, S_d_init, len(C))
    Y = S_d @ V_d
    dE = softmax_cross_entropy_gradient(Y, C)
    delta_d = deltas(dE, S_d, V_d, W_d + V_d @ U_d)
    delta_e = _encoder_deltas(delta_d.sum(axis=0) @ G.T, S_e, W_e)
    dY = dE + np.concatenate([delta_d[1:] @ U_d.T, np.zeros((1, len(Z)))])
    dU_d, dW_d = _before(Y, Z).T @ delta_d, _before(S_d, S_d_init).T @ delta_d
    dU_e, dW_e = X_e.T @ delta_e, _before(S_e, S_e_init).T @ delta_e
    dG = np.outer(S_e[-1], delta_d.sum(axis=0))
    return np.sum(softmax_cross_entropy(Y, C)), dU_e, dW_e, dU_d, dW_d, S_d.T @ dY, dG


def _encoder_deltas(dS_last: np.ndarray, S: np.ndarray, W: np.ndarray) -> np.ndarray:
    """Gradients with respect to the encoder's pre-activations, from the gradient of the context."""
    local = np.concatenate([np.zeros_like(S[:-1]), [dS_last]])
    return deltas(local, S, np.eye(len(W)), W)


def _states_with_feedback(
    Z: np.ndarray,
    given: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray,
    steps: int,
) -> np.ndarray:
    """States of a decoder that receives its own output, and the same from the context at every step."""
    S, X_t, S_prev = [], Z, S_init
    for _ in range(steps):
        S_prev = np.tanh(X_t @ U + S_prev @ W + given)
        X_t = S_prev @ V
        S.append(S_prev)
    return np.array(S)


def _before(values: np.ndarray, first: np.ndarray) -> np.ndarray:
    """What each step finds of the step before."""
    return np.concatenate([first[None], values[:-1]])
