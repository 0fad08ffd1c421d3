"""Output sequences whose one input comes again at every step."""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def repeated_preactivation(X: np.ndarray, S_prev: np.ndarray, U: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Pre-activation at step t, if the same input comes at every step.

    Args:
        X: $X_0$, shape (D,).
        S_prev: $S^{\mathrm{r}}_{t-1}$, shape (H,).
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).

    Returns:
        $A^{\mathrm{r}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> U, W = np.array([[1.0, 2.0]]), np.array([[0.0, 1.0], [0.5, 0.0]])
    >>> repeated_preactivation(np.array([3.0]), np.array([1.0, -1.0]), U, W).tolist()
    [2.5, 7.0]
    """
    require_shapes(("D", X), ("H", S_prev), ("D H", U), ("H H", W))
    return X @ U + S_prev @ W


def repeated_hidden_state(A: np.ndarray) -> np.ndarray:
    r"""Hidden state after step t.

    Args:
        A: $A^{\mathrm{r}}_t$, shape (H,).

    Returns:
        $S^{\mathrm{r}}_t$, shape (H,).

    >>> repeated_hidden_state(np.array([0.0, 1.0])).round(4).tolist()
    [0.0, 0.7616]
    """
    return np.tanh(A)


def repeated_logits(S: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""Output at step t.

    Args:
        S: $S^{\mathrm{r}}_t$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).

    Returns:
        $Y^{\mathrm{r}}_t$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> repeated_logits(np.array([0.5]), np.array([[2.0, 4.0]])).tolist()
    [1.0, 2.0]
    """
    require_shapes(("H", S), ("H K", V))
    return S @ V


def repeated_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps.

    Args:
        Y: $Y^{\mathrm{r}}$, shape (T + 1, K).
        C: $C$, shape (T + 1, K), rows sum to 1.

    Returns:
        $E^{\mathrm{r}}$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(repeated_loss(np.zeros((3, 2)), np.array([[1.0, 0.0]] * 3))), 4)
    2.0794
    """
    require_shapes(("time K", Y), ("time K", C))
    return np.sum(softmax_cross_entropy(Y, C))


def repeated_logits_gradient(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the logits of step t.

    Args:
        Y: $Y^{\mathrm{r}}_t$, shape (K,).
        C: $C_t$, shape (K,), entries sum to 1.

    Returns:
        $\frac{\partial E^{\mathrm{r}}}{\partial Y^{\mathrm{r}}_t}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> repeated_logits_gradient(np.zeros(2), np.array([1.0, 0.0])).tolist()
    [-0.5, 0.5]
    """
    require_shapes(("K", Y), ("K", C))
    return softmax_cross_entropy_gradient(Y, C)


def repeated_delta(dY: np.ndarray, delta_next: np.ndarray, S: np.ndarray, V: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient with respect to the pre-activation of step t, from that of step t + 1.

    Args:
        dY: $\frac{\partial E^{\mathrm{r}}}{\partial Y^{\mathrm{r}}_t}$, shape (K,).
        delta_next: $[t < T] \delta^{\mathrm{r}}_{t+1}$, shape (H,), zero at the last step.
        S: $S^{\mathrm{r}}_t$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\delta^{\mathrm{r}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> repeated_delta(2 * one, 3 * one, 0.5 * one, np.array([[5.0]]), np.array([[7.0]])).tolist()
    [23.25]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def repeated_input_weight_gradient(X: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the input weights, used at every step.

    Args:
        X: $X_0$, shape (D,).
        delta: $\delta^{\mathrm{r}}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E^{\mathrm{r}}}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> repeated_input_weight_gradient(np.array([2.0]), np.array([[3.0], [4.0]])).tolist()
    [[14.0]]
    """
    require_shapes(("D", X), ("time H", delta))
    return np.outer(X, delta.sum(axis=0))


def repeated_input_gradient(delta: np.ndarray, U: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the input, used at every step.

    Args:
        delta: $\delta^{\mathrm{r}}$, shape (T + 1, H).
        U: $U$, shape (D, H).

    Returns:
        $\frac{\partial E^{\mathrm{r}}}{\partial X_0}$, shape (D,).

    Raises:
        ValueError: if the shapes disagree.

    >>> repeated_input_gradient(np.array([[3.0], [4.0]]), np.array([[2.0], [1.0]])).tolist()
    [14.0, 7.0]
    """
    require_shapes(("time H", delta), ("D H", U))
    return delta.sum(axis=0) @ U.T
