"""Backpropagation through time for an LSTM, for one sequence and for a batch.

In the loops the four pre-activations stand side by side, as one row of $4 H$ numbers: input gate, forget
gate, candidate, output gate. So there is one product with the recurrent weights a step, not four.
"""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.lstm.forward import gates
from rnnwb.shapes import require_shapes


def lstm_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U_i: np.ndarray,
    U_f: np.ndarray,
    U_g: np.ndarray,
    U_o: np.ndarray,
    W_i: np.ndarray,
    W_f: np.ndarray,
    W_g: np.ndarray,
    W_o: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
    M_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one sequence and its gradients: one pass forward, one pass back.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U_i: $U^{\mathrm{i}}$, shape (D, H).
        U_f: $U^{\mathrm{f}}$, shape (D, H).
        U_g: $U^{\mathrm{g}}$, shape (D, H).
        U_o: $U^{\mathrm{o}}$, shape (D, H).
        W_i: $W^{\mathrm{i}}$, shape (H, H).
        W_f: $W^{\mathrm{f}}$, shape (H, H).
        W_g: $W^{\mathrm{g}}$, shape (H, H).
        W_o: $W^{\mathrm{o}}$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $S_{-1}$, shape (H,), zero unless given.
        M_init: $M_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E$, shape ().
        dU_i: $\frac{\partial E}{\partial U^{\mathrm{i}}}$, shape (D, H).
        dU_f: $\frac{\partial E}{\partial U^{\mathrm{f}}}$, shape (D, H).
        dU_g: $\frac{\partial E}{\partial U^{\mathrm{g}}}$, shape (D, H).
        dU_o: $\frac{\partial E}{\partial U^{\mathrm{o}}}$, shape (D, H).
        dW_i: $\frac{\partial E}{\partial W^{\mathrm{i}}}$, shape (H, H).
        dW_f: $\frac{\partial E}{\partial W^{\mathrm{f}}}$, shape (H, H).
        dW_g: $\frac{\partial E}{\partial W^{\mathrm{g}}}$, shape (H, H).
        dW_o: $\frac{\partial E}{\partial W^{\mathrm{o}}}$, shape (H, H).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K).
        dX: $\frac{\partial E}{\partial X}$, shape (T + 1, D).
        dS_init: $\frac{\partial E}{\partial S_{-1}}$, shape (H,).
        dM_init: $\frac{\partial E}{\partial M_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, u, w = np.ones((2, 1)), np.array([[1.0, 0.0]] * 2), np.ones((1, 1)), np.zeros((1, 1))
    >>> result = lstm_bptt(X, C, u, u, u, u, w, w, w, w, np.array([[2.0, 4.0]]))
    >>> len(result), round(float(result[0]), 4), result[10].shape
    (13, 2.5099, (2, 1))
    """
    require_shapes(("time D", X), ("time K", C))
    init = [None if s is None else s[None] for s in (S_init, M_init)]
    last = np.array([len(X) - 1])
    weights = (U_i, U_f, U_g, U_o, W_i, W_f, W_g, W_o, V)
    E, *found, dX, dS, dM = batched_lstm_bptt(X[:, None], C[:, None], last, *weights, *init)
    return E, *found, dX[:, 0], dS[0], dM[0]


def batched_lstm_bptt(
    X: np.ndarray,
    C: np.ndarray,
    L: np.ndarray,
    U_i: np.ndarray,
    U_f: np.ndarray,
    U_g: np.ndarray,
    U_o: np.ndarray,
    W_i: np.ndarray,
    W_f: np.ndarray,
    W_g: np.ndarray,
    W_o: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
    M_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss summed over a batch of sequences, each up to its own last step, and its gradients.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        L: $L$, shape (B,), the last step of each sequence, whole numbers from 0 to $T$.
        U_i: $U^{\mathrm{i}}$, shape (D, H).
        U_f: $U^{\mathrm{f}}$, shape (D, H).
        U_g: $U^{\mathrm{g}}$, shape (D, H).
        U_o: $U^{\mathrm{o}}$, shape (D, H).
        W_i: $W^{\mathrm{i}}$, shape (H, H).
        W_f: $W^{\mathrm{f}}$, shape (H, H).
        W_g: $W^{\mathrm{g}}$, shape (H, H).
        W_o: $W^{\mathrm{o}}$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $\mathbf{S}_{-1}$, shape (B, H), zero unless given.
        M_init: $\mathbf{M}_{-1}$, shape (B, H), zero unless given.

    Returns:
        J: $J$, shape ().
        dU_i: $\frac{\partial J}{\partial U^{\mathrm{i}}}$, shape (D, H).
        dU_f: $\frac{\partial J}{\partial U^{\mathrm{f}}}$, shape (D, H).
        dU_g: $\frac{\partial J}{\partial U^{\mathrm{g}}}$, shape (D, H).
        dU_o: $\frac{\partial J}{\partial U^{\mathrm{o}}}$, shape (D, H).
        dW_i: $\frac{\partial J}{\partial W^{\mathrm{i}}}$, shape (H, H).
        dW_f: $\frac{\partial J}{\partial W^{\mathrm{f}}}$, shape (H, H).
        dW_g: $\frac{\partial J}{\partial W^{\mathrm{g}}}$, shape (H, H).
        dW_o: $\frac{\partial J}{\partial W^{\mathrm{o}}}$, shape (H, H).
        dV: $\frac{\partial J}{\partial V}$, shape (H, K).
        dX: $\frac{\partial J}{\partial \mathbf{X}}$, shape (T + 1, B, D).
        dS_init: $\frac{\partial J}{\partial \mathbf{S}_{-1}}$, shape (B, H).
        dM_init: $\frac{\partial J}{\partial \mathbf{M}_{-1}}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, u, w = np.ones((2, 3, 1)), np.full((2, 3, 2), 0.5), np.ones((1, 1)), np.zeros((1, 1))
    >>> J, *found = batched_lstm_bptt(X, C, np.array([0, 1, 1]), u, u, u, u, w, w, w, w, np.array([[0.0, 0.0]]))
    >>> round(float(J), 4), found[9].shape
    (3.4657, (2, 3, 1))
    """
    zero = np.zeros((X.shape[1], len(V)))
    S_init, M_init = (zero if s is None else s for s in (S_init, M_init))
    require_shapes(
        ("time B D", X),
        ("time B K", C),
        ("B", L),
        ("H K", V),
        ("B H", S_init),
        ("B H", M_init),
    )
    require_shapes(
        *(("D H", u) for u in (U_i, U_f, U_g, U_o)),
        *(("H H", w) for w in (W_i, W_f, W_g, W_o)),
    )
    U = np.concatenate([U_i, U_f, U_g, U_o], axis=1)
    W = np.concatenate([W_i, W_f, W_g, W_o], axis=1)
    *step, M, S = _forward(X @ U, W, S_init, M_init)
    used = np.arange(len(X))[:, None] <= L
    dY = used[..., None] * softmax_cross_entropy_gradient(S @ V, C)
    delta, dS, dM = _backward(dY @ V.T, W, np.array([*step, M, _shifted(M_init, M)]))
    pairs = ((X, delta), (_shifted(S_init, S), delta), (S, dY))
    dU, dW, dV = (np.einsum("tbi,tbj->ij", *pair) for pair in pairs)
    J = np.sum(softmax_cross_entropy(S @ V, C)[used])
    dUs, dWs = np.split(dU, 4, axis=1), np.split(dW, 4, axis=1)
    return J, *dUs, *dWs, dV, delta @ U.T, dS, dM


def _shifted(init: np.ndarray, states: np.ndarray) -> np.ndarray:
    """The state that each step starts from."""
    return np.concatenate([init[None], states[:-1]])


def _forward(
    inputs: np.ndarray,
    W: np.ndarray,
    S: np.ndarray,
    M: np.ndarray,
) -> tuple[np.ndarray, ...]:
    """Gates, candidate and the two states of all steps, from the products of inputs and input weights."""
    steps = []
    for A in inputs:
        I_t, F_t, G_t, O_t = gates(*np.split(A + S @ W, 4, axis=-1))
        M = F_t * M + I_t * G_t
        S = O_t * np.tanh(M)
        steps.append((I_t, F_t, G_t, O_t, M, S))
    return tuple(np.array(quantity) for quantity in zip(*steps))


def _backward(
    local: np.ndarray,
    W: np.ndarray,
    quantities: np.ndarray,
) -> tuple[np.ndarray, ...]:
    """Gradients of all pre-activations, side by side, and of the two initial states."""
    delta, dS, dM = [], np.zeros(local.shape[1:]), np.zeros(local.shape[1:])
    for t in reversed(range(len(local))):
        I_t, F_t, G_t, O_t, M, M_prev = quantities[:, t]
        dS = local[t] + dS
        dM = dM + dS * O_t * (1 - np.tanh(M) ** 2)
        into_i, into_f = dM * G_t * I_t * (1 - I_t), dM * M_prev * F_t * (1 - F_t)
        into_g, into_o = dM * I_t * (1 - G_t**2), dS * np.tanh(M) * O_t * (1 - O_t)
        delta.append(np.concatenate([into_i, into_f, into_g, into_o], axis=-1))
        dS, dM = delta[-1] @ W.T, dM * F_t
    return np.array(delta[::-1]), dS, dM
