"""Where the backward pass of an LSTM leaves the network: the inputs and the two initial states."""

import numpy as np

from rnnwb.shapes import require_shapes


def input_gradient(
    delta_i: np.ndarray,
    delta_f: np.ndarray,
    delta_g: np.ndarray,
    delta_o: np.ndarray,
    U_i: np.ndarray,
    U_f: np.ndarray,
    U_g: np.ndarray,
    U_o: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the total loss with respect to the input of step t.

    Args:
        delta_i: $\delta^{\mathrm{i}}_t$, shape (H,).
        delta_f: $\delta^{\mathrm{f}}_t$, shape (H,).
        delta_g: $\delta^{\mathrm{g}}_t$, shape (H,).
        delta_o: $\delta^{\mathrm{o}}_t$, shape (H,).
        U_i: $U^{\mathrm{i}}$, shape (D, H).
        U_f: $U^{\mathrm{f}}$, shape (D, H).
        U_g: $U^{\mathrm{g}}$, shape (D, H).
        U_o: $U^{\mathrm{o}}$, shape (D, H).

    Returns:
        $\frac{\partial E}{\partial X_t}$, shape (D,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, two = np.ones(1), np.full((1, 1), 2.0)
    >>> input_gradient(one, one, one, one, two, two, two, two).tolist()
    [8.0]
    """
    deltas, U = (delta_i, delta_f, delta_g, delta_o), (U_i, U_f, U_g, U_o)
    require_shapes(*(("H", d) for d in deltas), *(("D H", u) for u in U))
    return np.sum([d @ u.T for d, u in zip(deltas, U)], axis=0)


def initial_state_gradient(
    delta_i: np.ndarray,
    delta_f: np.ndarray,
    delta_g: np.ndarray,
    delta_o: np.ndarray,
    W_i: np.ndarray,
    W_f: np.ndarray,
    W_g: np.ndarray,
    W_o: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the total loss with respect to the initial hidden state.

    Args:
        delta_i: $\delta^{\mathrm{i}}_0$, shape (H,).
        delta_f: $\delta^{\mathrm{f}}_0$, shape (H,).
        delta_g: $\delta^{\mathrm{g}}_0$, shape (H,).
        delta_o: $\delta^{\mathrm{o}}_0$, shape (H,).
        W_i: $W^{\mathrm{i}}$, shape (H, H).
        W_f: $W^{\mathrm{f}}$, shape (H, H).
        W_g: $W^{\mathrm{g}}$, shape (H, H).
        W_o: $W^{\mathrm{o}}$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, two = np.ones(1), np.full((1, 1), 2.0)
    >>> initial_state_gradient(one, one, one, one, two, two, two, two).tolist()
    [8.0]
    """
    deltas, W = (delta_i, delta_f, delta_g, delta_o), (W_i, W_f, W_g, W_o)
    require_shapes(*(("H", d) for d in deltas), *(("H H", w) for w in W))
    return np.sum([d @ w.T for d, w in zip(deltas, W)], axis=0)


def initial_cell_gradient(F_0: np.ndarray, dM_0: np.ndarray) -> np.ndarray:
    r"""Gradient of the total loss with respect to the initial cell state.

    Args:
        F_0: $F_0$, shape (H,).
        dM_0: $\frac{\partial E}{\partial M_0}$, shape (H,).

    Returns:
        $\frac{\partial E}{\partial M_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> initial_cell_gradient(np.array([0.5]), np.array([4.0])).tolist()
    [2.0]
    """
    require_shapes(("H", F_0), ("H", dM_0))
    return F_0 * dM_0
