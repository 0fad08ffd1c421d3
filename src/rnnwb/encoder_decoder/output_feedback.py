"""Variant: the decoder is given its own output of the step before."""

import numpy as np

from rnnwb.losses import softmax, softmax_cross_entropy
from rnnwb.shapes import require_shapes


def fed_back_output(previous: np.ndarray) -> np.ndarray:
    r"""What the decoder is given at step t: its own output of the step before.

    Args:
        previous: $[t = 0] Z + [t > 0] Y^{\mathrm{o}}_{t-1}$, shape (K,), the start symbol at step 0.

    Returns:
        $X^{\mathrm{o}}_t$, shape (K,).

    >>> fed_back_output(np.array([0.0, 1.0])).tolist()
    [0.0, 1.0]
    """
    return previous.copy()


def preactivation(
    X: np.ndarray, S_prev: np.ndarray, context: np.ndarray, U: np.ndarray, W: np.ndarray, G: np.ndarray
) -> np.ndarray:
    r"""What the hidden units of the decoder that is given its own output receive at step t.

    Args:
        X: $X^{\mathrm{o}}_t$, shape (K,).
        S_prev: $S^{\mathrm{o}}_{t-1}$, shape (H,).
        context: $S^{\mathrm{e}}_{T_e}$, shape (H,).
        U: $U^{\mathrm{d}}$, shape (K, H).
        W: $W^{\mathrm{d}}$, shape (H, H).
        G: $G$, shape (H, H).

    Returns:
        $A^{\mathrm{o}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> preactivation(one[0], 2 * one[0], 3 * one[0], 5 * one, 7 * one, 11 * one).tolist()
    [52.0]
    """
    require_shapes(("K", X), ("H", S_prev), ("H", context), ("K H", U), ("H H", W), ("H H", G))
    return X @ U + S_prev @ W + context @ G


def state(A: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t of the decoder that is given its own output.

    Args:
        A: $A^{\mathrm{o}}_t$, shape (H,).

    Returns:
        $S^{\mathrm{o}}_t$, shape (H,), entries in (-1, 1).

    >>> state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Output at step t of the decoder that is given its own output.

    Args:
        S: $S^{\mathrm{o}}_t$, shape (H,), entries in (-1, 1).
        V: $V^{\mathrm{d}}$, shape (H, K).

    Returns:
        $Y^{\mathrm{o}}_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits(np.array([0.5]), np.array([[2.0, 4.0]])).tolist()
    [1.0, 2.0]
    """
    require_shapes(("H", S), ("H K", V))
    return S @ V


def total_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps of the decoder that is given its own output.

    Args:
        Y: $Y^{\mathrm{o}}$, shape (T + 1, K).
        C: $C$, shape (T + 1, K), rows sum to 1.

    Returns:
        $E^{\mathrm{o}}$, shape ().

    >>> round(float(total_loss(np.zeros((3, 2)), np.array([[1.0, 0.0]] * 3))), 4)
    2.0794
    """
    return np.sum(softmax_cross_entropy(Y, C))


def probabilities(Y: np.ndarray) -> np.ndarray:
    r"""Probabilities at step t of the decoder that is given its own output.

    Args:
        Y: $Y^{\mathrm{o}}_t$, shape (K,).

    Returns:
        $P^{\mathrm{o}}_t$, shape (K,).

    >>> probabilities(np.zeros(2)).tolist()
    [0.5, 0.5]
    """
    return softmax(Y)


def logits_gradient(dE: np.ndarray, delta_next: np.ndarray, U: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the output of step t, which is the next step's input.

    Args:
        dE: $P^{\mathrm{o}}_t - C_t$, shape (K,).
        delta_next: $[t < T] \delta^{\mathrm{o}}_{t+1}$, shape (H,), zero at the last step.
        U: $U^{\mathrm{d}}$, shape (K, H).

    Returns:
        $\frac{\partial E^{\mathrm{o}}}{\partial Y^{\mathrm{o}}_t}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> logits_gradient(np.array([-0.5, 0.5]), np.array([2.0]), np.array([[1.0], [3.0]])).tolist()
    [1.5, 6.5]
    """
    require_shapes(("K", dE), ("H", delta_next), ("K H", U))
    return dE + delta_next @ U.T


def delta(
    dY: np.ndarray,
    delta_next: np.ndarray,
    S: np.ndarray,
    V: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of step t of the decoder that is given its own output, from that of step t + 1.

    Args:
        dY: $\frac{\partial E^{\mathrm{o}}}{\partial Y^{\mathrm{o}}_t}$, shape (K,).
        delta_next: $[t < T] \delta^{\mathrm{o}}_{t+1}$, shape (H,), zero at the last step.
        S: $S^{\mathrm{o}}_t$, shape (H,), entries in (-1, 1).
        V: $V^{\mathrm{d}}$, shape (H, K).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\delta^{\mathrm{o}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> delta(2 * one, 3 * one, 0.5 * one, np.array([[5.0]]), np.array([[7.0]])).tolist()
    [23.25]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the output weights.

    Args:
        S: $S^{\mathrm{o}}$, shape (T + 1, H), entries in (-1, 1).
        dY: $\frac{\partial E^{\mathrm{o}}}{\partial Y^{\mathrm{o}}}$, shape (T + 1, K).

    Returns:
        $\frac{\partial E^{\mathrm{o}}}{\partial V^{\mathrm{d}}}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> output_weight_gradient(np.array([[0.5], [0.25]]), np.array([[2.0, 4.0], [4.0, 8.0]])).tolist()
    [[2.0, 4.0]]
    """
    require_shapes(("time H", S), ("time K", dY))
    return S.T @ dY


def input_weight_gradient(X: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the decoder's input weights.

    Args:
        X: $X^{\mathrm{o}}$, shape (T + 1, K).
        delta: $\delta^{\mathrm{o}}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E^{\mathrm{o}}}{\partial U^{\mathrm{d}}}$, shape (K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> input_weight_gradient(np.array([[1.0], [2.0]]), np.array([[3.0, 0.5], [5.0, 1.0]])).tolist()
    [[13.0, 2.5]]
    """
    require_shapes(("time K", X), ("time H", delta))
    return X.T @ delta
