"""Encoder and decoder: the forward pass of unsynchronised input and output sequences.

The encoder's steps are counted by τ, the decoder's by t, and nothing makes their numbers equal.

References:
    Cho et al., "Learning phrase representations using RNN encoder-decoder for statistical
    machine translation", EMNLP 2014, pages 1724-1734.
"""

import numpy as np

from rnnwb.shapes import require_shapes


def encoder_preactivation(X: np.ndarray, S_prev: np.ndarray, U: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""What the encoder's hidden units receive at step τ, before the tanh.

    Args:
        X: $X^{\mathrm{e}}_\tau$, shape (D,).
        S_prev: $S^{\mathrm{e}}_{\tau-1}$, shape (H,).
        U: $U^{\mathrm{e}}$, shape (D, H).
        W: $W^{\mathrm{e}}$, shape (H, H).

    Returns:
        $A^{\mathrm{e}}_\tau$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> U, W = np.array([[1.0, 2.0]]), np.array([[0.0, 1.0], [0.5, 0.0]])
    >>> encoder_preactivation(np.array([3.0]), np.array([1.0, -1.0]), U, W).tolist()
    [2.5, 7.0]
    """
    require_shapes(("D", X), ("H", S_prev), ("D H", U), ("H H", W))
    return X @ U + S_prev @ W


def encoder_state(A: np.ndarray) -> np.ndarray:
    r"""The encoder's hidden state after step τ.

    Args:
        A: $A^{\mathrm{e}}_\tau$, shape (H,).

    Returns:
        $S^{\mathrm{e}}_\tau$, shape (H,), entries in (-1, 1).

    >>> encoder_state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def teacher_forcing(previous: np.ndarray) -> np.ndarray:
    r"""What the decoder is given at step t: the correct output of the step before.

    Args:
        previous: $[t = 0] Z + [t > 0] C_{t-1}$, shape (K,), the start symbol at step 0.

    Returns:
        $X^{\mathrm{d}}_t$, shape (K,).

    >>> teacher_forcing(np.array([0.0, 1.0])).tolist()
    [0.0, 1.0]
    """
    return previous.copy()


def decoder_preactivation(
    X: np.ndarray, S_prev: np.ndarray, context: np.ndarray, U: np.ndarray, W: np.ndarray, G: np.ndarray
) -> np.ndarray:
    r"""What the decoder's hidden units receive at step t, before the tanh.

    Args:
        X: $X^{\mathrm{d}}_t$, shape (K,).
        S_prev: $S^{\mathrm{d}}_{t-1}$, shape (H,).
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,).
        U: $U^{\mathrm{d}}$, shape (K, H).
        W: $W^{\mathrm{d}}$, shape (H, H).
        G: $G$, shape (H, H).

    Returns:
        $A^{\mathrm{d}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> decoder_preactivation(one[0], 2 * one[0], 3 * one[0], 5 * one, 7 * one, 11 * one).tolist()
    [52.0]
    """
    require_shapes(("K", X), ("H", S_prev), ("H", context), ("K H", U), ("H H", W), ("H H", G))
    return X @ U + S_prev @ W + context @ G


def decoder_state(A: np.ndarray) -> np.ndarray:
    r"""The decoder's hidden state after step t.

    Args:
        A: $A^{\mathrm{d}}_t$, shape (H,).

    Returns:
        $S^{\mathrm{d}}_t$, shape (H,), entries in (-1, 1).

    >>> decoder_state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Output of the decoder at step t.

    Args:
        S: $S^{\mathrm{d}}_t$, shape (H,), entries in (-1, 1).
        V: $V^{\mathrm{d}}$, shape (H, K).

    Returns:
        $Y_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([0.5, -0.5]), np.array([[1.0, 0.0, 2.0], [1.0, 4.0, 0.0]])).tolist()
    [0.0, -2.0, 1.0]
    """
    require_shapes(("H", S), ("H K", V))
    return S @ V
