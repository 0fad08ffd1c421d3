"""Encoder and decoder on a batch of sequences of different lengths: arrays have shape (time, batch, features)."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def encoder_preactivation(X: np.ndarray, S_prev: np.ndarray, U: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""What the encoder's hidden units receive at step τ.

    Args:
        X: $\mathbf{X}^{\mathrm{e}}_\tau$, shape (B, D).
        S_prev: $\mathbf{S}^{\mathrm{e}}_{\tau-1}$, shape (B, H).
        U: $U^{\mathrm{e}}$, shape (D, H).
        W: $W^{\mathrm{e}}$, shape (H, H).

    Returns:
        $\mathbf{A}^{\mathrm{e}}_\tau$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> encoder_preactivation(one, 2 * one, 3 * one, 5 * one).tolist()
    [[13.0]]
    """
    require_shapes(("B D", X), ("B H", S_prev), ("D H", U), ("H H", W))
    return X @ U + S_prev @ W


def encoder_state(A: np.ndarray) -> np.ndarray:
    r"""The encoder's hidden states after step τ.

    Args:
        A: $\mathbf{A}^{\mathrm{e}}_\tau$, shape (B, H).

    Returns:
        $\mathbf{S}^{\mathrm{e}}_\tau$, shape (B, H).

    >>> encoder_state(np.array([[0.0, 1.0]])).round(4).tolist()
    [[0.0, 0.7616]]
    """
    return np.tanh(A)


def context(S: np.ndarray, L_e: np.ndarray) -> np.ndarray:
    r"""The context of each sequence: its encoder's state after its own last step.

    Args:
        S: $\mathbf{S}^{\mathrm{e}}$, shape (T_e + 1, B, H).
        L_e: $L^{\mathrm{e}}$, shape (B,), last step of each input sequence.

    Returns:
        $\mathbf{Q}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> context(np.array([[[0.5], [0.25]], [[0.75], [0.125]]]), np.array([1, 0])).tolist()
    [[0.75], [0.25]]
    """
    require_shapes(("time_e B H", S), ("B", L_e))
    return S[L_e.astype(int), np.arange(len(L_e))]


def decoder_preactivation(
    X: np.ndarray, S_prev: np.ndarray, context: np.ndarray, U: np.ndarray, W: np.ndarray, G: np.ndarray
) -> np.ndarray:
    r"""What the decoder's hidden units receive at step t.

    Args:
        X: $\mathbf{X}^{\mathrm{d}}_t$, shape (B, K).
        S_prev: $\mathbf{S}^{\mathrm{d}}_{t-1}$, shape (B, H).
        context: $\mathbf{Q}$, shape (B, H).
        U: $U^{\mathrm{d}}$, shape (K, H).
        W: $W^{\mathrm{d}}$, shape (H, H).
        G: $G$, shape (H, H).

    Returns:
        $\mathbf{A}^{\mathrm{d}}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> decoder_preactivation(one, 2 * one, 3 * one, 5 * one, 7 * one, 11 * one).tolist()
    [[52.0]]
    """
    require_shapes(("B K", X), ("B H", S_prev), ("B H", context), ("K H", U), ("H H", W), ("H H", G))
    return X @ U + S_prev @ W + context @ G


def decoder_state(A: np.ndarray) -> np.ndarray:
    r"""The decoder's hidden states after step t.

    Args:
        A: $\mathbf{A}^{\mathrm{d}}_t$, shape (B, H).

    Returns:
        $\mathbf{S}^{\mathrm{d}}_t$, shape (B, H).

    >>> decoder_state(np.array([[0.0, 1.0]])).round(4).tolist()
    [[0.0, 0.7616]]
    """
    return np.tanh(A)


def logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Outputs of all sequences at step t.

    Args:
        S: $\mathbf{S}^{\mathrm{d}}_t$, shape (B, H), entries in (-1, 1).
        V: $V^{\mathrm{d}}$, shape (H, K).

    Returns:
        $\mathbf{Y}_t$, shape (B, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([[0.5], [1.0]]), np.array([[2.0, 4.0]])).tolist()
    [[1.0, 2.0], [2.0, 4.0]]
    """
    require_shapes(("B H", S), ("H K", V))
    return S @ V


def batch_loss(Y: np.ndarray, C: np.ndarray, L_d: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps that belong to an output sequence.

    Args:
        Y: $\mathbf{Y}$, shape (T + 1, B, K).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        L_d: $L^{\mathrm{d}}$, shape (B,), last step of each output sequence.

    Returns:
        $J$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> Y, C = np.zeros((3, 2, 2)), np.full((3, 2, 2), 0.5)
    >>> round(float(batch_loss(Y, C, np.array([0, 1]))), 4)
    2.0794
    """
    require_shapes(("time B K", Y), ("time B K", C), ("B", L_d))
    return np.sum(softmax_cross_entropy(Y, C)[np.arange(len(Y))[:, None] <= L_d])


def logits_gradient(Y: np.ndarray, C: np.ndarray, L_d: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the logits of all steps.

    Args:
        Y: $\mathbf{Y}$, shape (T + 1, B, K).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        L_d: $L^{\mathrm{d}}$, shape (B,), last step of each output sequence.

    Returns:
        $\frac{\partial J}{\partial \mathbf{Y}}$, shape (T + 1, B, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> Y, C = np.zeros((2, 1, 2)), np.array([[[1.0, 0.0]]] * 2)
    >>> logits_gradient(Y, C, np.array([0])).tolist()
    [[[-0.5, 0.5]], [[-0.0, 0.0]]]
    """
    require_shapes(("time B K", Y), ("time B K", C), ("B", L_d))
    used = np.arange(len(Y))[:, None] <= L_d
    return used[..., None] * softmax_cross_entropy_gradient(Y, C)


def decoder_delta(dY: np.ndarray, delta_next: np.ndarray, S: np.ndarray, V: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient with respect to the decoder's pre-activations of step t, from that of step t + 1.

    Args:
        dY: $\frac{\partial J}{\partial \mathbf{Y}_t}$, shape (B, K).
        delta_next: $[t < T] \Delta^{\mathrm{d}}_{t+1}$, shape (B, H), zero at the last step.
        S: $\mathbf{S}^{\mathrm{d}}_t$, shape (B, H).
        V: $V^{\mathrm{d}}$, shape (H, K).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\Delta^{\mathrm{d}}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> decoder_delta(2 * one, 3 * one, 0.5 * one, 5 * one, 7 * one).tolist()
    [[23.25]]
    """
    require_shapes(
        ("B K", dY),
        ("B H", delta_next),
        ("B H", S),
        ("H K", V),
        ("H H", W),
    )
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def context_gradient(delta: np.ndarray, G: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the contexts.

    Args:
        delta: $\Delta^{\mathrm{d}}$, shape (T + 1, B, H).
        G: $G$, shape (H, H).

    Returns:
        $\frac{\partial J}{\partial \mathbf{Q}}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> context_gradient(np.array([[[1.0]], [[2.0]]]), np.array([[5.0]])).tolist()
    [[15.0]]
    """
    require_shapes(("time B H", delta), ("H H", G))
    return delta.sum(axis=0) @ G.T


def encoder_delta(
    dQ: np.ndarray, delta_next: np.ndarray, S: np.ndarray, W: np.ndarray, L_e: np.ndarray, tau: np.ndarray
) -> np.ndarray:
    r"""Gradient with respect to the encoder's pre-activations of step τ, from that of step τ + 1.

    Args:
        dQ: $\frac{\partial J}{\partial \mathbf{Q}}$, shape (B, H).
        delta_next: $[\tau < T_e] \Delta^{\mathrm{e}}_{\tau+1}$, shape (B, H), zero at the last step.
        S: $\mathbf{S}^{\mathrm{e}}_\tau$, shape (B, H).
        W: $W^{\mathrm{e}}$, shape (H, H).
        L_e: $L^{\mathrm{e}}$, shape (B,), last step of each input sequence.
        tau: $\tau$, shape (), the step.

    Returns:
        $\Delta^{\mathrm{e}}_\tau$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> encoder_delta(one, 3 * one, 0.5 * one, 8 * one, np.array([2]), np.array(1)).tolist()
    [[18.0]]
    """
    require_shapes(("B H", dQ), ("B H", delta_next), ("B H", S), ("H H", W), ("B", L_e))
    ends = (L_e == tau)[:, None]
    return (ends * dQ + delta_next @ W.T) * (1 - S**2)
