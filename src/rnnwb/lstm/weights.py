"""Gradients of an LSTM's weights: sums over the steps of what enters times the gradient of what leaves."""

import numpy as np

from rnnwb.shapes import require_shapes


def input_weight_gradients(
    X: np.ndarray,
    delta_i: np.ndarray,
    delta_f: np.ndarray,
    delta_g: np.ndarray,
    delta_o: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the input weights of the gates and of the candidate.

    Args:
        X: $X$, shape (T + 1, D).
        delta_i: $\delta^{\mathrm{i}}$, shape (T + 1, H).
        delta_f: $\delta^{\mathrm{f}}$, shape (T + 1, H).
        delta_g: $\delta^{\mathrm{g}}$, shape (T + 1, H).
        delta_o: $\delta^{\mathrm{o}}$, shape (T + 1, H).

    Returns:
        dU_i: $\frac{\partial E}{\partial U^{\mathrm{i}}}$, shape (D, H).
        dU_f: $\frac{\partial E}{\partial U^{\mathrm{f}}}$, shape (D, H).
        dU_g: $\frac{\partial E}{\partial U^{\mathrm{g}}}$, shape (D, H).
        dU_o: $\frac{\partial E}{\partial U^{\mathrm{o}}}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> ones = np.ones((3, 1))
    >>> [float(d[0, 0]) for d in input_weight_gradients(ones, ones, 2 * ones, 3 * ones, 4 * ones)]
    [3.0, 6.0, 9.0, 12.0]
    """
    deltas = (delta_i, delta_f, delta_g, delta_o)
    require_shapes(("time D", X), *(("time H", d) for d in deltas))
    return tuple(X.T @ d for d in deltas)


def state_weight_gradients(
    S_init: np.ndarray,
    S: np.ndarray,
    delta_i: np.ndarray,
    delta_f: np.ndarray,
    delta_g: np.ndarray,
    delta_o: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the recurrent weights of the gates and of the candidate.

    Args:
        S_init: $S_{-1}$, shape (H,).
        S: $S$, shape (T + 1, H).
        delta_i: $\delta^{\mathrm{i}}$, shape (T + 1, H).
        delta_f: $\delta^{\mathrm{f}}$, shape (T + 1, H).
        delta_g: $\delta^{\mathrm{g}}$, shape (T + 1, H).
        delta_o: $\delta^{\mathrm{o}}$, shape (T + 1, H).

    Returns:
        dW_i: $\frac{\partial E}{\partial W^{\mathrm{i}}}$, shape (H, H).
        dW_f: $\frac{\partial E}{\partial W^{\mathrm{f}}}$, shape (H, H).
        dW_g: $\frac{\partial E}{\partial W^{\mathrm{g}}}$, shape (H, H).
        dW_o: $\frac{\partial E}{\partial W^{\mathrm{o}}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S, ones = np.array([[0.5], [0.25]]), np.ones((2, 1))
    >>> [float(d[0, 0]) for d in state_weight_gradients(np.ones(1), S, ones, 2 * ones, 4 * ones, 8 * ones)]
    [1.5, 3.0, 6.0, 12.0]
    """
    deltas = (delta_i, delta_f, delta_g, delta_o)
    require_shapes(("H", S_init), ("time H", S), *(("time H", d) for d in deltas))
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return tuple(S_prev.T @ d for d in deltas)
