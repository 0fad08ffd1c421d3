"""The influence recursions of encoder and decoder, and of a network with one input, cut to their diagonals.

The decoder is the one that receives the context through the recurrent weights of the encoder.
"""

import numpy as np

from rnnwb.rtrl.snap1 import diagonal_input_influence
from rnnwb.shapes import require_shapes


def encoder_input_influence(X: np.ndarray, S: np.ndarray, W: np.ndarray, alpha_prev: np.ndarray) -> np.ndarray:
    r"""Influence of every input weight of the encoder on the unit that it enters, by way of that unit alone.

    Args:
        X: $X^{\mathrm{e}}_\tau$, shape (D,).
        S: $S^{\mathrm{e}}_\tau$, shape (H,), entries in (-1, 1).
        W: $W^{\mathrm{e}}$, shape (H, H), of which the diagonal is used.
        alpha_prev: $[\tau > 0] \alpha^{\mathrm{e}}_{\tau-1}$, shape (D, H), zero at step 0.

    Returns:
        $\alpha^{\mathrm{e}}_\tau$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> W = np.array([[2.0, 9.0], [9.0, 0.0]])
    >>> encoder_input_influence(np.array([3.0]), np.array([0.0, 0.5]), W, np.ones((1, 2))).tolist()
    [[5.0, 2.25]]
    """
    return diagonal_input_influence(X, S, W, alpha_prev)


def encoder_state_influence(S_prev: np.ndarray, S: np.ndarray, W: np.ndarray, beta_prev: np.ndarray) -> np.ndarray:
    r"""Influence of every recurrent weight of the encoder on the unit that it enters, by way of that unit alone.

    Args:
        S_prev: $S^{\mathrm{e}}_{\tau-1}$, shape (H,).
        S: $S^{\mathrm{e}}_\tau$, shape (H,), entries in (-1, 1).
        W: $W^{\mathrm{e}}$, shape (H, H), of which the diagonal is used.
        beta_prev: $[\tau > 0] \beta^{\mathrm{e}}_{\tau-1}$, shape (H, H), zero at step 0.

    Returns:
        $\beta^{\mathrm{e}}_\tau$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> encoder_state_influence(3 * one[0], 0.5 * one[0], 2 * one, one).tolist()
    [[3.75]]
    """
    return diagonal_input_influence(S_prev, S, W, beta_prev)


def decoder_input_influence(X: np.ndarray, S: np.ndarray, W: np.ndarray, alpha_prev: np.ndarray) -> np.ndarray:
    r"""Influence of every input weight of the decoder on the unit that it enters, by way of that unit alone.

    Args:
        X: $X^{\mathrm{d}}_t$, shape (K,).
        S: $S^{\mathrm{s}}_t$, shape (H,), entries in (-1, 1).
        W: $W^{\mathrm{d}}$, shape (H, H), of which the diagonal is used.
        alpha_prev: $[t > 0] \alpha^{\mathrm{d}}_{t-1}$, shape (K, H), zero at step 0.

    Returns:
        $\alpha^{\mathrm{d}}_t$, shape (K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> W = np.array([[2.0, 9.0], [9.0, 0.0]])
    >>> decoder_input_influence(np.array([3.0]), np.array([0.0, 0.5]), W, np.ones((1, 2))).tolist()
    [[5.0, 2.25]]
    """
    require_shapes(("K", X), ("K H", alpha_prev))
    return diagonal_input_influence(X, S, W, alpha_prev)


def decoder_state_influence(S_prev: np.ndarray, S: np.ndarray, W: np.ndarray, beta_prev: np.ndarray) -> np.ndarray:
    r"""Influence of every recurrent weight of the decoder on the unit that it enters, by way of that unit alone.

    Args:
        S_prev: $S^{\mathrm{s}}_{t-1}$, shape (H,).
        S: $S^{\mathrm{s}}_t$, shape (H,), entries in (-1, 1).
        W: $W^{\mathrm{d}}$, shape (H, H), of which the diagonal is used.
        beta_prev: $[t > 0] \beta^{\mathrm{d}}_{t-1}$, shape (H, H), zero at step 0.

    Returns:
        $\beta^{\mathrm{d}}_t$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> decoder_state_influence(3 * one[0], 0.5 * one[0], 2 * one, one).tolist()
    [[3.75]]
    """
    return diagonal_input_influence(S_prev, S, W, beta_prev)


def carried_input_influence(
    alpha: np.ndarray, S: np.ndarray, W: np.ndarray, W_e: np.ndarray, zeta_prev: np.ndarray
) -> np.ndarray:
    r"""Influence of every input weight of the encoder on one unit of the decoder, the one with that unit's number.

    Args:
        alpha: $\alpha^{\mathrm{e}}_{T_e}$, shape (D, H).
        S: $S^{\mathrm{s}}_t$, shape (H,), entries in (-1, 1).
        W: $W^{\mathrm{d}}$, shape (H, H), of which the diagonal is used.
        W_e: $W^{\mathrm{e}}$, shape (H, H), of which the diagonal is used.
        zeta_prev: $[t > 0] \zeta_{t-1}$, shape (D, H), zero at step 0.

    Returns:
        $\zeta_t$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> carried_input_influence(3 * one, 0.5 * one[0], 2 * one, 4 * one, 2 * one).tolist()
    [[12.0]]
    """
    require_shapes(("D H", alpha), ("H", S), ("H H", W), ("H H", W_e), ("D H", zeta_prev))
    return (1 - S**2) * (np.diag(W_e) * alpha + np.diag(W) * zeta_prev)


def carried_state_influence(
    context: np.ndarray, beta: np.ndarray, S: np.ndarray, W: np.ndarray, W_e: np.ndarray, gamma_prev: np.ndarray
) -> np.ndarray:
    r"""Influence of every weight that encoder and decoder share on one unit of the decoder, the one with that unit's number.

    Args:
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,).
        beta: $\beta^{\mathrm{e}}_{T_e}$, shape (H, H).
        S: $S^{\mathrm{s}}_t$, shape (H,), entries in (-1, 1).
        W: $W^{\mathrm{d}}$, shape (H, H), of which the diagonal is used.
        W_e: $W^{\mathrm{e}}$, shape (H, H), of which the diagonal is used.
        gamma_prev: $[t > 0] \gamma_{t-1}$, shape (H, H), zero at step 0.

    Returns:
        $\gamma_t$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> carried_state_influence(4 * one[0], 3 * one, 0.5 * one[0], 2 * one, 4 * one, 2 * one).tolist()
    [[15.0]]
    """
    require_shapes(("H", context), ("H H", beta), ("H", S), ("H H", W), ("H H", W_e), ("H H", gamma_prev))
    return (1 - S**2) * (context[:, None] + np.diag(W_e) * beta + np.diag(W) * gamma_prev)


def input_once_influence(X: np.ndarray, S: np.ndarray, W: np.ndarray, alpha_prev: np.ndarray) -> np.ndarray:
    r"""Influence of every input weight on the unit that it enters, if there is an input at step 0 alone.

    Args:
        X: $[t = 0] X_0$, shape (D,), zero after step 0.
        S: $S_t$, shape (H,), entries in (-1, 1).
        W: $W$, shape (H, H), of which the diagonal is used.
        alpha_prev: $[t > 0] \alpha_{t-1}$, shape (D, H), zero at step 0.

    Returns:
        $\alpha_t$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> input_once_influence(0 * one[0], 0.5 * one[0], 2 * one, 4 * one).tolist()
    [[6.0]]
    """
    return diagonal_input_influence(X, S, W, alpha_prev)
