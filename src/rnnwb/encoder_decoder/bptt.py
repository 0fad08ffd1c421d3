"""Backpropagation through decoder and encoder: the algorithm, for one pair of sequences and for a batch.

References:
    Sutskever, Vinyals and Le, "Sequence to sequence learning with neural networks",
    Advances in Neural Information Processing Systems 27, 2014, pages 3104-3112.
"""

import numpy as np

from rnnwb.bptt import deltas, hidden_states
from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def encoder_decoder_bptt(
    X_e: np.ndarray,
    X_d: np.ndarray,
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
    r"""Loss of one pair of sequences and its gradients; the context enters every step of the decoder.

    Args:
        X_e: $X^{\mathrm{e}}$, shape (T_e + 1, D).
        X_d: $X^{\mathrm{d}}$, shape (T + 1, K).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U_e: $U^{\mathrm{e}}$, shape (D, H).
        W_e: $W^{\mathrm{e}}$, shape (H, H).
        U_d: $U^{\mathrm{d}}$, shape (K, H).
        W_d: $W^{\mathrm{d}}$, shape (H, H).
        V_d: $V^{\mathrm{d}}$, shape (H, K).
        G: $G$, shape (H, H).
        S_e_init: $S^{\mathrm{e}}_{-1}$, shape (H,), zero unless given.
        S_d_init: $S^{\mathrm{d}}_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E$, shape ().
        dU_e: $\frac{\partial E}{\partial U^{\mathrm{e}}}$, shape (D, H).
        dW_e: $\frac{\partial E}{\partial W^{\mathrm{e}}}$, shape (H, H).
        dU_d: $\frac{\partial E}{\partial U^{\mathrm{d}}}$, shape (K, H).
        dW_d: $\frac{\partial E}{\partial W^{\mathrm{d}}}$, shape (H, H).
        dV_d: $\frac{\partial E}{\partial V^{\mathrm{d}}}$, shape (H, K).
        dG: $\frac{\partial E}{\partial G}$, shape (H, H).
        dX_e: $\frac{\partial E}{\partial X^{\mathrm{e}}}$, shape (T_e + 1, D).
        dX_d: $\frac{\partial E}{\partial X^{\mathrm{d}}}$, shape (T + 1, K).
        dS_e_init: $\frac{\partial E}{\partial S^{\mathrm{e}}_{-1}}$, shape (H,).
        dS_d_init: $\frac{\partial E}{\partial S^{\mathrm{d}}_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero, V_d = np.zeros((1, 1)), np.array([[2.0, 4.0]])
    >>> X_e, X_d, C = np.ones((3, 1)), np.zeros((2, 2)), np.array([[1.0, 0.0]] * 2)
    >>> E, *gradients = encoder_decoder_bptt(X_e, X_d, C, zero, zero, np.zeros((2, 1)), zero, V_d, zero + 1)
    >>> round(float(E), 4), gradients[0].tolist(), gradients[6].shape
    (1.3863, [[2.0]], (3, 1))
    """
    zero = np.zeros(len(G))
    S_e_init, S_d_init = (zero if S is None else S for S in (S_e_init, S_d_init))
    states = ("H", S_e_init), ("H", S_d_init)
    square = (("H H", W) for W in (W_e, W_d, G))
    sequences = ("time_e D", X_e), ("time K", X_d), ("time K", C)
    weights = ("D H", U_e), ("K H", U_d), ("H K", V_d)
    require_shapes(*sequences, *weights, *square, *states)
    L_e, L_d = np.array([len(X_e) - 1]), np.array([len(X_d) - 1])
    batch = X_e[:, None], X_d[:, None], C[:, None], L_e, L_d
    initial = S_e_init[None], S_d_init[None]
    found = batched_encoder_decoder_bptt(*batch, U_e, W_e, U_d, W_d, V_d, G, *initial)
    return *found[:7], found[7][:, 0], found[8][:, 0], found[9][0], found[10][0]


def batched_encoder_decoder_bptt(
    X_e: np.ndarray,
    X_d: np.ndarray,
    C: np.ndarray,
    L_e: np.ndarray,
    L_d: np.ndarray,
    U_e: np.ndarray,
    W_e: np.ndarray,
    U_d: np.ndarray,
    W_d: np.ndarray,
    V_d: np.ndarray,
    G: np.ndarray,
    S_e_init: np.ndarray | None = None,
    S_d_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss summed over a batch of pairs of sequences of different lengths, and its gradients.

    Args:
        X_e: $\mathbf{X}^{\mathrm{e}}$, shape (T_e + 1, B, D).
        X_d: $\mathbf{X}^{\mathrm{d}}$, shape (T + 1, B, K).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        L_e: $L^{\mathrm{e}}$, shape (B,), last step of each input sequence.
        L_d: $L^{\mathrm{d}}$, shape (B,), last step of each output sequence.
        U_e: $U^{\mathrm{e}}$, shape (D, H).
        W_e: $W^{\mathrm{e}}$, shape (H, H).
        U_d: $U^{\mathrm{d}}$, shape (K, H).
        W_d: $W^{\mathrm{d}}$, shape (H, H).
        V_d: $V^{\mathrm{d}}$, shape (H, K).
        G: $G$, shape (H, H).
        S_e_init: $\mathbf{S}^{\mathrm{e}}_{-1}$, shape (B, H), zero unless given.
        S_d_init: $\mathbf{S}^{\mathrm{d}}_{-1}$, shape (B, H), zero unless given.

    Returns:
        J: $J$, shape ().
        dU_e: $\frac{\partial J}{\partial U^{\mathrm{e}}}$, shape (D, H).
        dW_e: $\frac{\partial J}{\partial W^{\mathrm{e}}}$, shape (H, H).
        dU_d: $\frac{\partial J}{\partial U^{\mathrm{d}}}$, shape (K, H).
        dW_d: $\frac{\partial J}{\partial W^{\mathrm{d}}}$, shape (H, H).
        dV_d: $\frac{\partial J}{\partial V^{\mathrm{d}}}$, shape (H, K).
        dG: $\frac{\partial J}{\partial G}$, shape (H, H).
        dX_e: $\frac{\partial J}{\partial \mathbf{X}^{\mathrm{e}}}$, shape (T_e + 1, B, D).
        dX_d: $\frac{\partial J}{\partial \mathbf{X}^{\mathrm{d}}}$, shape (T + 1, B, K).
        dS_e_init: $\frac{\partial J}{\partial \mathbf{S}^{\mathrm{e}}_{-1}}$, shape (B, H).
        dS_d_init: $\frac{\partial J}{\partial \mathbf{S}^{\mathrm{d}}_{-1}}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> zero, V_d, L_e, L_d = np.zeros((1, 1)), np.array([[2.0, 4.0]]), np.array([2, 0]), np.array([0, 1])
    >>> X_e, X_d, C = np.ones((3, 2, 1)), np.zeros((2, 2, 2)), np.array([[[1.0, 0.0]] * 2] * 2)
    >>> J, *gradients = batched_encoder_decoder_bptt(
    ...     X_e, X_d, C, L_e, L_d, zero, zero, np.zeros((2, 1)), zero, V_d, zero + 1
    ... )
    >>> round(float(J), 4), gradients[0].tolist(), gradients[6][:, 1].tolist()
    (2.0794, [[3.0]], [[0.0], [0.0], [0.0]])
    """
    zero = np.zeros((len(L_e), len(G)))
    S_e_init, S_d_init = (zero if S is None else S for S in (S_e_init, S_d_init))
    states = ("B H", S_e_init), ("B H", S_d_init)
    square = (("H H", W) for W in (W_e, W_d, G))
    sequences = ("time_e B D", X_e), ("time B K", X_d), ("time B K", C)
    lengths = ("B", L_e), ("B", L_d)
    weights = ("D H", U_e), ("K H", U_d), ("H K", V_d)
    require_shapes(*sequences, *lengths, *weights, *square, *states)
    S_e = hidden_states(X_e, U_e, W_e, S_e_init)
    last = (np.arange(len(X_e))[:, None] == L_e)[..., None]
    context = np.broadcast_to((last * S_e).sum(axis=0), (*C.shape[:2], len(G)))
    inputs = np.concatenate([X_d, context], axis=-1)
    S_d = hidden_states(inputs, np.concatenate([U_d, G]), W_d, S_d_init)
    used = np.arange(len(C))[:, None] <= L_d
    dY = used[..., None] * softmax_cross_entropy_gradient(S_d @ V_d, C)
    delta_d = deltas(dY, S_d, V_d, W_d)
    delta_e = deltas(last * (delta_d.sum(axis=0) @ G.T), S_e, np.eye(len(G)), W_e)
    J = np.sum(softmax_cross_entropy(S_d @ V_d, C)[used])
    pairs = (
        (X_e, delta_e),
        (_before(S_e, S_e_init), delta_e),
        (X_d, delta_d),
        (_before(S_d, S_d_init), delta_d),
        (S_d, dY),
        (context, delta_d),
    )
    found = (np.einsum("tbi,tbj->ij", *pair) for pair in pairs)
    dX_e, dX_d = delta_e @ U_e.T, delta_d @ U_d.T
    return J, *found, dX_e, dX_d, delta_e[0] @ W_e.T, delta_d[0] @ W_d.T


def _before(S: np.ndarray, S_init: np.ndarray) -> np.ndarray:
    """The state that each step starts from."""
    return np.concatenate([S_init[None], S[:-1]])
