"""The LSTM on a batch of sequences of different lengths: arrays have shape (batch, features) at one step."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.lstm.forward import logistic
from rnnwb.shapes import require_shapes


def gates(
    X: np.ndarray,
    S_prev: np.ndarray,
    U_i: np.ndarray,
    U_f: np.ndarray,
    U_g: np.ndarray,
    U_o: np.ndarray,
    W_i: np.ndarray,
    W_f: np.ndarray,
    W_g: np.ndarray,
    W_o: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gates and candidates of all sequences at step t.

    Args:
        X: $\mathbf{X}_t$, shape (B, D).
        S_prev: $\mathbf{S}_{t-1}$, shape (B, H).
        U_i: $U^{\mathrm{i}}$, shape (D, H).
        U_f: $U^{\mathrm{f}}$, shape (D, H).
        U_g: $U^{\mathrm{g}}$, shape (D, H).
        U_o: $U^{\mathrm{o}}$, shape (D, H).
        W_i: $W^{\mathrm{i}}$, shape (H, H).
        W_f: $W^{\mathrm{f}}$, shape (H, H).
        W_g: $W^{\mathrm{g}}$, shape (H, H).
        W_o: $W^{\mathrm{o}}$, shape (H, H).

    Returns:
        I_t: $\mathbf{I}_t$, shape (B, H).
        F_t: $\mathbf{F}_t$, shape (B, H).
        G_t: $\mathbf{G}_t$, shape (B, H).
        O_t: $\mathbf{O}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, zero = np.ones((1, 1)), np.zeros((1, 1))
    >>> [float(gate[0, 0]) for gate in gates(one, one, *(8 * [zero]))]
    [0.5, 0.5, 0.0, 0.5]
    """
    U, W = (U_i, U_f, U_g, U_o), (W_i, W_f, W_g, W_o)
    require_shapes(("B D", X), ("B H", S_prev), *(("D H", u) for u in U), *(("H H", w) for w in W))
    A_i, A_f, A_g, A_o = (X @ u + S_prev @ w for u, w in zip(U, W))
    return logistic(A_i), logistic(A_f), np.tanh(A_g), logistic(A_o)


def cell_state(I_t: np.ndarray, F_t: np.ndarray, G_t: np.ndarray, M_prev: np.ndarray) -> np.ndarray:
    r"""Cell states of all sequences after step t.

    Args:
        I_t: $\mathbf{I}_t$, shape (B, H).
        F_t: $\mathbf{F}_t$, shape (B, H).
        G_t: $\mathbf{G}_t$, shape (B, H).
        M_prev: $\mathbf{M}_{t-1}$, shape (B, H).

    Returns:
        $\mathbf{M}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> half = np.array([[0.5]])
    >>> cell_state(half, half, np.array([[1.0]]), np.array([[3.0]])).tolist()
    [[2.0]]
    """
    require_shapes(("B H", I_t), ("B H", F_t), ("B H", G_t), ("B H", M_prev))
    return F_t * M_prev + I_t * G_t


def hidden_state(O_t: np.ndarray, M: np.ndarray) -> np.ndarray:
    r"""Hidden states of all sequences after step t.

    Args:
        O_t: $\mathbf{O}_t$, shape (B, H).
        M: $\mathbf{M}_t$, shape (B, H).

    Returns:
        $\mathbf{S}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> hidden_state(np.array([[0.5]]), np.array([[1.0]])).round(4).tolist()
    [[0.3808]]
    """
    require_shapes(("B H", O_t), ("B H", M))
    return O_t * np.tanh(M)


def batch_loss(Y: np.ndarray, C: np.ndarray, L: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps that belong to a sequence.

    Args:
        Y: $\mathbf{Y}$, shape (T + 1, B, K).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        L: $L$, shape (B,), the last step of each sequence.

    Returns:
        $J$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> Y, C = np.zeros((3, 2, 2)), np.full((3, 2, 2), 0.5)
    >>> round(float(batch_loss(Y, C, np.array([0, 1]))), 4)
    2.0794
    """
    require_shapes(("time B K", Y), ("time B K", C), ("B", L))
    return np.sum(softmax_cross_entropy(Y, C)[np.arange(len(Y))[:, None] <= L])


def logits_gradient(Y: np.ndarray, C: np.ndarray, L: np.ndarray, t: int) -> np.ndarray:
    r"""Gradient of the loss of the batch with respect to the logits of step t, zero in the padding.

    Args:
        Y: $\mathbf{Y}_t$, shape (B, K).
        C: $\mathbf{C}_t$, shape (B, K), entries of a row sum to 1.
        L: $L$, shape (B,), the last step of each sequence.
        t: $t$, shape ().

    Returns:
        $\frac{\partial J}{\partial \mathbf{Y}_t}$, shape (B, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits_gradient(np.zeros((2, 2)), np.array([[1.0, 0.0]] * 2), np.array([0, 1]), 1).tolist()
    [[0.0, 0.0], [-0.5, 0.5]]
    """
    require_shapes(("B K", Y), ("B K", C), ("B", L))
    return np.where((t <= L)[:, None], softmax_cross_entropy_gradient(Y, C), 0)
