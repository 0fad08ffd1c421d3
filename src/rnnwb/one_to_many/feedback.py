"""Output sequences whose own output is fed back: what the network said enters its next step."""

import numpy as np

from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def fed_back_preactivation(
    X: np.ndarray, P_prev: np.ndarray, S_prev: np.ndarray, U: np.ndarray, R: np.ndarray, W: np.ndarray
) -> np.ndarray:
    r"""Pre-activation at step t, if the output of the step before is fed back.

    Args:
        X: $[t = 0] X_0$, shape (D,), zero after step 0.
        P_prev: $[t > 0] P^{\mathrm{f}}_{t-1}$, shape (K,), zero at step 0.
        S_prev: $S^{\mathrm{f}}_{t-1}$, shape (H,).
        U: $U$, shape (D, H).
        R: $R$, shape (K, H).
        W: $W$, shape (H, H).

    Returns:
        $A^{\mathrm{f}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> fed_back_preactivation(one, 2 * one, 3 * one, 5 * one[None], 7 * one[None], 11 * one[None]).tolist()
    [52.0]
    """
    require_shapes(("D", X), ("K", P_prev), ("H", S_prev), ("D H", U), ("K H", R), ("H H", W))
    return X @ U + P_prev @ R + S_prev @ W


def fed_back_hidden_state(A: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t.

    Args:
        A: $A^{\mathrm{f}}_t$, shape (H,).

    Returns:
        $S^{\mathrm{f}}_t$, shape (H,).

    >>> fed_back_hidden_state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def fed_back_logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Output at step t.

    Args:
        S: $S^{\mathrm{f}}_t$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).

    Returns:
        $Y^{\mathrm{f}}_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> fed_back_logits(np.array([0.5]), np.array([[2.0, 4.0]])).tolist()
    [1.0, 2.0]
    """
    require_shapes(("H", S), ("H K", V))
    return S @ V


def fed_back_probabilities(Y: np.ndarray) -> np.ndarray:
    r"""Probabilities at step t, which step t + 1 receives.

    Args:
        Y: $Y^{\mathrm{f}}_t$, shape (K,).

    Returns:
        $P^{\mathrm{f}}_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> fed_back_probabilities(np.zeros(2)).tolist()
    [0.5, 0.5]
    """
    require_shapes(("K", Y))
    return softmax(Y)


def fed_back_softmax_jacobian(P: np.ndarray) -> np.ndarray:
    r"""Derivative of the probabilities with respect to the logits of the same step.

    Args:
        P: $P^{\mathrm{f}}_t$, shape (K,), entries in (0, 1).

    Returns:
        $\frac{\partial P^{\mathrm{f}}_t}{\partial Y^{\mathrm{f}}_t}$, shape (K, K).

    Raises:
        ValueError: if the argument is not a vector.

    >>> fed_back_softmax_jacobian(np.array([0.5, 0.5])).tolist()
    [[0.25, -0.25], [-0.25, 0.25]]
    """
    require_shapes(("K", P))
    return np.diag(P) - np.outer(P, P)


def fed_back_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps.

    Args:
        Y: $Y^{\mathrm{f}}$, shape (T + 1, K).
        C: $C$, shape (T + 1, K), rows sum to 1.

    Returns:
        $E^{\mathrm{f}}$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(fed_back_loss(np.zeros((3, 2)), np.array([[1.0, 0.0]] * 3))), 4)
    2.0794
    """
    require_shapes(("time K", Y), ("time K", C))
    return np.sum(softmax_cross_entropy(Y, C))


def fed_back_logits_gradient(P: np.ndarray, C: np.ndarray, delta_next: np.ndarray, R: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the logits of step t.

    Args:
        P: $P^{\mathrm{f}}_t$, shape (K,), entries in (0, 1).
        C: $C_t$, shape (K,), entries sum to 1.
        delta_next: $[t < T] \delta^{\mathrm{f}}_{t+1}$, shape (H,), zero at the last step.
        R: $R$, shape (K, H).

    Returns:
        $\frac{\partial E^{\mathrm{f}}}{\partial Y^{\mathrm{f}}_t}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> P, C, R = np.array([0.5, 0.5]), np.array([1.0, 0.0]), np.array([[4.0], [0.0]])
    >>> fed_back_logits_gradient(P, C, np.array([1.0]), R).tolist()
    [0.5, -0.5]
    """
    require_shapes(("K", P), ("K", C), ("H", delta_next), ("K H", R))
    dP = delta_next @ R.T
    return P - C + P * (dP - np.sum(P * dP))


def fed_back_delta(dY: np.ndarray, delta_next: np.ndarray, S: np.ndarray, V: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of step t.

    Args:
        dY: $\frac{\partial E^{\mathrm{f}}}{\partial Y^{\mathrm{f}}_t}$, shape (K,).
        delta_next: $[t < T] \delta^{\mathrm{f}}_{t+1}$, shape (H,), zero at the last step.
        S: $S^{\mathrm{f}}_t$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\delta^{\mathrm{f}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> fed_back_delta(2 * one, 3 * one, 0.5 * one, np.array([[5.0]]), np.array([[7.0]])).tolist()
    [23.25]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def feedback_weight_gradient(P: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the feedback weights.

    Args:
        P: $P^{\mathrm{f}}$, shape (T + 1, K), entries in (0, 1).
        delta: $\delta^{\mathrm{f}}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E^{\mathrm{f}}}{\partial R}$, shape (K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> feedback_weight_gradient(np.array([[0.5], [0.25]]), np.array([[3.0], [8.0]])).tolist()
    [[4.0]]
    """
    require_shapes(("time K", P), ("time H", delta))
    return P[:-1].T @ delta[1:]


def fed_back_output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the output weights.

    Args:
        S: $S^{\mathrm{f}}$, shape (T + 1, H), entries in (-1, 1).
        dY: $\frac{\partial E^{\mathrm{f}}}{\partial Y^{\mathrm{f}}}$, shape (T + 1, K).

    Returns:
        $\frac{\partial E^{\mathrm{f}}}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> fed_back_output_weight_gradient(np.array([[0.5], [0.25]]), np.array([[2.0], [4.0]])).tolist()
    [[2.0]]
    """
    require_shapes(("time H", S), ("time K", dY))
    return S.T @ dY
