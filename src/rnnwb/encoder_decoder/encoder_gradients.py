"""The encoder on the way back: gradients of the total loss, which is computed elsewhere."""

import numpy as np

from rnnwb.shapes import require_shapes


def encoder_hidden_gradient(delta_next: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the encoder's state of a step before the last.

    Args:
        delta_next: $\delta^{\mathrm{e}}_{\tau+1}$, shape (H,).
        W: $W^{\mathrm{e}}$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S^{\mathrm{e}}_\tau}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> encoder_hidden_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", delta_next), ("H H", W))
    return delta_next @ W.T


def encoder_preactivation_gradient(dS: np.ndarray, S: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the encoder's pre-activation of step τ.

    Args:
        dS: $\frac{\partial E}{\partial S^{\mathrm{e}}_\tau}$, shape (H,).
        S: $S^{\mathrm{e}}_\tau$, shape (H,), entries in (-1, 1).

    Returns:
        $\delta^{\mathrm{e}}_\tau$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> encoder_preactivation_gradient(np.array([3.0, 4.0]), np.array([0.0, 0.5])).tolist()
    [3.0, 3.0]
    """
    require_shapes(("H", dS), ("H", S))
    return dS * (1 - S**2)


def encoder_delta(dS_last: np.ndarray, delta_next: np.ndarray, S: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient with respect to the encoder's pre-activation of step τ, from that of step τ + 1.

    Args:
        dS_last: $[\tau = T_e] \frac{\partial E}{\partial S^{\mathrm{e}}_{T_e}}$, shape (H,), zero before the last step.
        delta_next: $[\tau < T_e] \delta^{\mathrm{e}}_{\tau+1}$, shape (H,), zero at the last step.
        S: $S^{\mathrm{e}}_\tau$, shape (H,), entries in (-1, 1).
        W: $W^{\mathrm{e}}$, shape (H, H).

    Returns:
        $\delta^{\mathrm{e}}_\tau$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> encoder_delta(0 * one, 3 * one, 0.5 * one, np.array([[8.0]])).tolist()
    [18.0]
    """
    require_shapes(("H", dS_last), ("H", delta_next), ("H", S), ("H H", W))
    return (dS_last + delta_next @ W.T) * (1 - S**2)


def encoder_input_weight_gradient(X: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the encoder's input weights.

    Args:
        X: $X^{\mathrm{e}}$, shape (T_e + 1, D).
        delta: $\delta^{\mathrm{e}}$, shape (T_e + 1, H).

    Returns:
        $\frac{\partial E}{\partial U^{\mathrm{e}}}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> encoder_input_weight_gradient(np.array([[1.0], [2.0]]), np.array([[3.0, 0.5], [5.0, 1.0]])).tolist()
    [[13.0, 2.5]]
    """
    require_shapes(("time_e D", X), ("time_e H", delta))
    return X.T @ delta


def encoder_state_weight_gradient(S_init: np.ndarray, S: np.ndarray, delta: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the encoder's recurrent weights.

    Args:
        S_init: $S^{\mathrm{e}}_{-1}$, shape (H,).
        S: $S^{\mathrm{e}}$, shape (T_e + 1, H), entries in (-1, 1).
        delta: $\delta^{\mathrm{e}}$, shape (T_e + 1, H).

    Returns:
        $\frac{\partial E}{\partial W^{\mathrm{e}}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S = np.array([[0.5], [0.25]])
    >>> encoder_state_weight_gradient(np.array([1.0]), S, np.array([[3.0], [8.0]])).tolist()
    [[7.0]]
    """
    require_shapes(("H", S_init), ("time_e H", S), ("time_e H", delta))
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return S_prev.T @ delta


def encoder_input_gradient(delta: np.ndarray, U: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the encoder's input of step τ.

    Args:
        delta: $\delta^{\mathrm{e}}_\tau$, shape (H,).
        U: $U^{\mathrm{e}}$, shape (D, H).

    Returns:
        $\frac{\partial E}{\partial X^{\mathrm{e}}_\tau}$, shape (D,).

    Raises:
        ValueError: if the shapes disagree.

    >>> encoder_input_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", delta), ("D H", U))
    return delta @ U.T


def encoder_initial_state_gradient(delta: np.ndarray, W: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the encoder's initial state.

    Args:
        delta: $\delta^{\mathrm{e}}_0$, shape (H,).
        W: $W^{\mathrm{e}}$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S^{\mathrm{e}}_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> encoder_initial_state_gradient(np.array([1.0, -1.0]), np.array([[2.0, 0.5], [1.0, 4.0]])).tolist()
    [1.5, -3.0]
    """
    require_shapes(("H", delta), ("H H", W))
    return delta @ W.T
