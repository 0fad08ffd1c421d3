"""The decoder on the way back: gradients of the total loss up to the context."""

import numpy as np

from rnnwb.shapes import require_shapes


def decoder_hidden_gradient(dY: np.ndarray, delta_next: np.ndarray, V: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the decoder's state of step t.

    Args:
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).
        delta_next: $[t < T] \delta^{\mathrm{d}}_{t+1}$, shape (H,), zero at the last step.
        V: $V^{\mathrm{d}}$, shape (H, K).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S^{\mathrm{d}}_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> dY, V, W = np.array([1.0]), np.array([[2.0], [3.0]]), np.array([[0.0, 1.0], [2.0, 0.0]])
    >>> decoder_hidden_gradient(dY, np.array([10.0, 20.0]), V, W).tolist()
    [22.0, 23.0]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H K", V), ("H H", W))
    return dY @ V.T + delta_next @ W.T


def decoder_preactivation_gradient(dS: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the decoder's pre-activation of step t.

    Args:
        dS: $\frac{\partial E}{\partial S^{\mathrm{d}}_t}$, shape (H,).
        S: $S^{\mathrm{d}}_t$, shape (H,), entries in (-1, 1).

    Returns:
        $\delta^{\mathrm{d}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> decoder_preactivation_gradient(np.array([3.0, 4.0]), np.array([0.0, 0.5])).tolist()
    [3.0, 3.0]
    """
    require_shapes(("H", dS), ("H", S))
    return dS * (1 - S**2)


def decoder_delta(dY: np.ndarray, delta_next: np.ndarray, S: np.ndarray, V: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient with respect to the decoder's pre-activation of step t, from that of step t + 1.

    Args:
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).
        delta_next: $[t < T] \delta^{\mathrm{d}}_{t+1}$, shape (H,), zero at the last step.
        S: $S^{\mathrm{d}}_t$, shape (H,), entries in (-1, 1).
        V: $V^{\mathrm{d}}$, shape (H, K).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\delta^{\mathrm{d}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> decoder_delta(2 * one, 3 * one, 0.5 * one, np.array([[5.0]]), np.array([[7.0]])).tolist()
    [23.25]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def output_weight_gradient(S: np.ndarray, dY: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the output weights.

    Args:
        S: $S^{\mathrm{d}}$, shape (T + 1, H), entries in (-1, 1).
        dY: $\frac{\partial E}{\partial Y}$, shape (T + 1, K).

    Returns:
        $\frac{\partial E}{\partial V^{\mathrm{d}}}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> output_weight_gradient(np.array([[0.5], [0.25]]), np.array([[2.0, 4.0], [4.0, 8.0]])).tolist()
    [[2.0, 4.0]]
    """
    require_shapes(("time H", S), ("time K", dY))
    return S.T @ dY


def decoder_input_weight_gradient(X: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the decoder's input weights.

    Args:
        X: $X^{\mathrm{d}}$, shape (T + 1, K).
        delta: $\delta^{\mathrm{d}}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E}{\partial U^{\mathrm{d}}}$, shape (K, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> decoder_input_weight_gradient(np.array([[1.0], [2.0]]), np.array([[3.0, 0.5], [5.0, 1.0]])).tolist()
    [[13.0, 2.5]]
    """
    require_shapes(("time K", X), ("time H", delta))
    return X.T @ delta


def decoder_state_weight_gradient(S_init: np.ndarray, S: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the decoder's recurrent weights.

    Args:
        S_init: $S^{\mathrm{d}}_{-1}$, shape (H,).
        S: $S^{\mathrm{d}}$, shape (T + 1, H), entries in (-1, 1).
        delta: $\delta^{\mathrm{d}}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E}{\partial W^{\mathrm{d}}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S = np.array([[0.5], [0.25]])
    >>> decoder_state_weight_gradient(np.array([1.0]), S, np.array([[3.0], [8.0]])).tolist()
    [[7.0]]
    """
    require_shapes(("H", S_init), ("time H", S), ("time H", delta))
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return S_prev.T @ delta


def decoder_input_gradient(delta: np.ndarray, U: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the decoder's input of step t.

    Args:
        delta: $\delta^{\mathrm{d}}_t$, shape (H,).
        U: $U^{\mathrm{d}}$, shape (K, H).

    Returns:
        $\frac{\partial E}{\partial X^{\mathrm{d}}_t}$, shape (K,).

    Raises:
        ValueError: if the shapes disagree.

    >>> decoder_input_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", delta), ("K H", U))
    return delta @ U.T


def decoder_initial_state_gradient(delta: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the decoder's initial state.

    Args:
        delta: $\delta^{\mathrm{d}}_0$, shape (H,).
        W: $W^{\mathrm{d}}$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S^{\mathrm{d}}_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> decoder_initial_state_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", delta), ("H H", W))
    return delta @ W.T
