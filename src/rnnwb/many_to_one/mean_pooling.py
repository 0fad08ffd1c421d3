"""Input sequences, a variant: one output from the mean of all hidden states."""

import numpy as np

from rnnwb.losses import softmax, softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def pooled_state(S: np.ndarray) -> np.ndarray:
    r"""Mean of the hidden states over time.

    Args:
        S: $S$, shape (T + 1, H), entries in (-1, 1).

    Returns:
        $Z$, shape (H,), entries in (-1, 1).

    >>> pooled_state(np.array([[0.5, 0.0], [0.0, 0.25]])).tolist()
    [0.25, 0.125]
    """
    return S.sum(axis=0) / len(S)


def pooled_logits(Z: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Output of the network for the mean of its states.

    Args:
        Z: $Z$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).

    Returns:
        $Y^{\mathrm{p}}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> pooled_logits(np.array([0.5, -0.5]), np.array([[1.0, 0.0], [1.0, 4.0]])).tolist()
    [0.0, -2.0]
    """
    require_shapes(("H", Z), ("H K", V))
    return Z @ V


def pooled_probabilities(Y: np.ndarray) -> np.ndarray:
    r"""Probabilities of the K classes, from the mean of the states.

    Args:
        Y: $Y^{\mathrm{p}}$, shape (K,).

    Returns:
        $P^{\mathrm{p}}$, shape (K,), entries in (0, 1).

    Raises:
        ValueError: if the argument is not a vector.

    >>> pooled_probabilities(np.log(np.array([1.0, 2.0, 5.0]))).round(4).tolist()
    [0.125, 0.25, 0.625]
    """
    require_shapes(("K", Y))
    return softmax(Y)


def pooled_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Loss of a sequence whose states are averaged.

    Args:
        Y: $Y^{\mathrm{p}}$, shape (K,).
        C: $C_T$, shape (K,), entries sum to 1.

    Returns:
        $E^{\mathrm{p}}$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(pooled_loss(np.zeros(2), np.array([1.0, 0.0]))), 4)
    0.6931
    """
    require_shapes(("K", Y), ("K", C))
    return softmax_cross_entropy(Y, C)


def pooled_logits_gradient(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the logits of the mean.

    Args:
        Y: $Y^{\mathrm{p}}$, shape (K,).
        C: $C_T$, shape (K,), entries sum to 1.

    Returns:
        $\frac{\partial E^{\mathrm{p}}}{\partial Y^{\mathrm{p}}}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> pooled_logits_gradient(np.zeros(2), np.array([1.0, 0.0])).tolist()
    [-0.5, 0.5]
    """
    require_shapes(("K", Y), ("K", C))
    return softmax_cross_entropy_gradient(Y, C)


def pooled_state_gradient(dY: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the mean of the hidden states.

    Args:
        dY: $\frac{\partial E^{\mathrm{p}}}{\partial Y^{\mathrm{p}}}$, shape (K,).
        V: $V$, shape (H, K).

    Returns:
        $\frac{\partial E^{\mathrm{p}}}{\partial Z}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> pooled_state_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("K", dY), ("H K", V))
    return dY @ V.T


def pooled_hidden_gradient(dZ: np.ndarray, delta_next: np.ndarray, W: np.ndarray, T: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the hidden state of step t.

    Args:
        dZ: $\frac{\partial E^{\mathrm{p}}}{\partial Z}$, shape (H,).
        delta_next: $[t < T] \delta^{\mathrm{p}}_{t+1}$, shape (H,), zero at the last step.
        W: $W$, shape (H, H).
        T: $T$, shape (), the last step.

    Returns:
        $\frac{\partial E^{\mathrm{p}}}{\partial S_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> pooled_hidden_gradient(np.array([6.0]), np.array([5.0]), np.array([[7.0]]), np.array(2)).tolist()
    [37.0]
    """
    require_shapes(("H", dZ), ("H", delta_next), ("H H", W))
    return dZ / (T + 1) + delta_next @ W.T


def pooled_delta(dZ: np.ndarray, delta_next: np.ndarray, S: np.ndarray, W: np.ndarray, T: np.ndarray) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of step t, from that of step t + 1.

    Args:
        dZ: $\frac{\partial E^{\mathrm{p}}}{\partial Z}$, shape (H,).
        delta_next: $[t < T] \delta^{\mathrm{p}}_{t+1}$, shape (H,), zero at the last step.
        S: $S_t$, shape (H,), entries in (-1, 1).
        W: $W$, shape (H, H).
        T: $T$, shape (), the last step.

    Returns:
        $\delta^{\mathrm{p}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> pooled_delta(6 * one, 5 * one, 0.5 * one, np.array([[7.0]]), np.array(2)).tolist()
    [27.75]
    """
    require_shapes(("H", dZ), ("H", delta_next), ("H", S), ("H H", W))
    return (dZ / (T + 1) + delta_next @ W.T) * (1 - S**2)


def pooled_output_weight_gradient(Z: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the output weights.

    Args:
        Z: $Z$, shape (H,), entries in (-1, 1).
        dY: $\frac{\partial E^{\mathrm{p}}}{\partial Y^{\mathrm{p}}}$, shape (K,).

    Returns:
        $\frac{\partial E^{\mathrm{p}}}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if an argument is not a vector.

    >>> pooled_output_weight_gradient(np.array([0.5]), np.array([2.0, -4.0])).tolist()
    [[1.0, -2.0]]
    """
    require_shapes(("H", Z), ("K", dY))
    return np.outer(Z, dY)
