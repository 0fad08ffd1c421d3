"""One network with masks on its inputs, losses and feedback: every category is a choice of masks.

A view is one choice of masks. All views share weights, inputs, targets and the initial state; they are the rows of a batch.
"""

import numpy as np

from rnnwb.losses import softmax_cross_entropy
from rnnwb.shapes import require_shapes


def masked_preactivation(
    X: np.ndarray,
    P_prev: np.ndarray,
    S_prev: np.ndarray,
    alpha: np.ndarray,
    phi: np.ndarray,
    U: np.ndarray,
    R: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Pre-activations of all views at step t.

    Args:
        X: $X_t$, shape (D,).
        P_prev: $[t > 0] \mathbf{P}_{t-1}$, shape (B, K), zero at step 0.
        S_prev: $\mathbf{S}_{t-1}$, shape (B, H).
        alpha: $\alpha_t$, shape (B,), zeros and ones.
        phi: $\phi_t$, shape (B,), zeros and ones.
        U: $U$, shape (D, H).
        R: $R$, shape (K, H).
        W: $W$, shape (H, H).

    Returns:
        $\mathbf{A}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, masks = np.ones((2, 1)), np.array([1.0, 0.0])
    >>> weights = 5 * one[:1], 7 * one[:1], 11 * one[:1]
    >>> masked_preactivation(one[0], 2 * one, 3 * one, masks, 1 - masks, *weights).tolist()
    [[38.0], [47.0]]
    """
    require_shapes(("D", X), ("B K", P_prev), ("B H", S_prev), ("B", alpha), ("B", phi))
    require_shapes(("D", X), ("D H", U), ("K H", R), ("H H", W))
    return alpha[:, None] * (X @ U) + phi[:, None] * (P_prev @ R) + S_prev @ W


def view_losses(Y: np.ndarray, C: np.ndarray, omega: np.ndarray) -> np.ndarray:
    r"""Loss of each view, the sum over the steps at which its output counts.

    Args:
        Y: $\mathbf{Y}$, shape (T + 1, B, K).
        C: $C$, shape (T + 1, K), rows sum to 1.
        omega: $\omega$, shape (T + 1, B), zeros and ones.

    Returns:
        $F$, shape (B,).

    Raises:
        ValueError: if the shapes disagree.

    >>> C, omega = np.array([[1.0, 0.0]] * 3), np.array([[1, 0], [1, 0], [1, 1]])
    >>> view_losses(np.zeros((3, 2, 2)), C, omega).round(4).tolist()
    [2.0794, 0.6931]
    """
    require_shapes(("time B K", Y), ("time K", C), ("time B", omega))
    return np.sum(
        omega * softmax_cross_entropy(Y, np.broadcast_to(C[:, None], Y.shape)),
        axis=0,
    )


def masked_logits_gradient(
    P: np.ndarray, C: np.ndarray, delta_next: np.ndarray, omega: np.ndarray, phi_next: np.ndarray, R: np.ndarray
) -> np.ndarray:
    r"""Gradient of the sum of all views' losses with respect to the logits of step t.

    Args:
        P: $\mathbf{P}_t$, shape (B, K), entries in (0, 1).
        C: $C_t$, shape (K,), entries sum to 1.
        delta_next: $[t < T] \Delta_{t+1}$, shape (B, H), zero at the last step.
        omega: $\omega_t$, shape (B,), zeros and ones.
        phi_next: $[t < T] \phi_{t+1}$, shape (B,), zeros and ones.
        R: $R$, shape (K, H).

    Returns:
        $\frac{\partial J}{\partial \mathbf{Y}_t}$, shape (B, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> P, C, one = np.array([[0.5, 0.5]]), np.array([1.0, 0.0]), np.ones(1)
    >>> masked_logits_gradient(P, C, one[None], one, one, np.array([[4.0], [0.0]])).tolist()
    [[0.5, -0.5]]
    """
    require_shapes(("B K", P), ("K", C), ("B H", delta_next), ("B", omega), ("B", phi_next), ("K H", R))
    dP = phi_next[:, None] * (delta_next @ R.T)
    return omega[:, None] * (P - C) + P * (dP - np.sum(P * dP, axis=1, keepdims=True))


def masked_input_weight_gradient(
    X: np.ndarray,
    alpha: np.ndarray,
    delta: np.ndarray,
) -> np.ndarray:
    r"""Gradient of each view's loss with respect to the input weights.

    Args:
        X: $X$, shape (T + 1, D).
        alpha: $\alpha$, shape (T + 1, B), zeros and ones.
        delta: $\Delta$, shape (T + 1, B, H).

    Returns:
        $\frac{\partial F}{\partial U}$, shape (B, D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, delta = np.array([[2.0], [3.0]]), np.ones((2, 2, 1))
    >>> masked_input_weight_gradient(X, np.array([[1, 1], [1, 0]]), delta).tolist()
    [[[5.0]], [[2.0]]]
    """
    require_shapes(("time D", X), ("time B", alpha), ("time B H", delta))
    return np.einsum("td,tb,tbh->bdh", X, alpha, delta)


def masked_feedback_weight_gradient(P: np.ndarray, phi: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of each view's loss with respect to the feedback weights.

    Args:
        P: $\mathbf{P}$, shape (T + 1, B, K), entries in (0, 1).
        phi: $\phi$, shape (T + 1, B), zeros and ones.
        delta: $\Delta$, shape (T + 1, B, H).

    Returns:
        $\frac{\partial F}{\partial R}$, shape (B, K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> P, delta = np.full((2, 1, 1), 0.5), np.array([[[3.0]], [[8.0]]])
    >>> masked_feedback_weight_gradient(P, np.ones((2, 1)), delta).tolist()
    [[[4.0]]]
    """
    require_shapes(("time B K", P), ("time B", phi), ("time B H", delta))
    return np.einsum("tbk,tb,tbh->bkh", P[:-1], phi[1:], delta[1:])


def view_state_weight_gradient(
    S_init: np.ndarray,
    S: np.ndarray,
    delta: np.ndarray,
) -> np.ndarray:
    r"""Gradient of each view's loss with respect to the recurrent weights.

    Args:
        S_init: $\mathbf{S}_{-1}$, shape (B, H).
        S: $\mathbf{S}$, shape (T + 1, B, H), entries in (-1, 1).
        delta: $\Delta$, shape (T + 1, B, H).

    Returns:
        $\frac{\partial F}{\partial W}$, shape (B, H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S, delta = np.array([[[0.5]], [[0.25]]]), np.array([[[3.0]], [[8.0]]])
    >>> view_state_weight_gradient(np.array([[1.0]]), S, delta).tolist()
    [[[7.0]]]
    """
    require_shapes(("B H", S_init), ("time B H", S), ("time B H", delta))
    return np.einsum("tbi,tbj->bij", np.concatenate([S_init[None], S[:-1]]), delta)


def view_output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of each view's loss with respect to the output weights.

    Args:
        S: $\mathbf{S}$, shape (T + 1, B, H), entries in (-1, 1).
        dY: $\frac{\partial J}{\partial \mathbf{Y}}$, shape (T + 1, B, K).

    Returns:
        $\frac{\partial F}{\partial V}$, shape (B, H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> view_output_weight_gradient(np.full((3, 2, 1), 0.5), np.ones((3, 2, 1))).tolist()
    [[[1.5]], [[1.5]]]
    """
    require_shapes(("time B H", S), ("time B K", dY))
    return np.einsum("tbh,tbk->bhk", S, dY)
