"""Gradients of a batch of sequences through an LSTM: arrays have shape (batch, features) at one step."""

import numpy as np

from rnnwb.shapes import require_shapes


def hidden_gradient(
    dY: np.ndarray,
    delta_i: np.ndarray,
    delta_f: np.ndarray,
    delta_g: np.ndarray,
    delta_o: np.ndarray,
    V: np.ndarray,
    W_i: np.ndarray,
    W_f: np.ndarray,
    W_g: np.ndarray,
    W_o: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the hidden states of step t.

    Args:
        dY: $\frac{\partial J}{\partial \mathbf{Y}_t}$, shape (B, K).
        delta_i: $[t < T] \Delta^{\mathrm{i}}_{t+1}$, shape (B, H), zero at the last step.
        delta_f: $[t < T] \Delta^{\mathrm{f}}_{t+1}$, shape (B, H), zero at the last step.
        delta_g: $[t < T] \Delta^{\mathrm{g}}_{t+1}$, shape (B, H), zero at the last step.
        delta_o: $[t < T] \Delta^{\mathrm{o}}_{t+1}$, shape (B, H), zero at the last step.
        V: $V$, shape (H, K).
        W_i: $W^{\mathrm{i}}$, shape (H, H).
        W_f: $W^{\mathrm{f}}$, shape (H, H).
        W_g: $W^{\mathrm{g}}$, shape (H, H).
        W_o: $W^{\mathrm{o}}$, shape (H, H).

    Returns:
        $\frac{\partial J}{\partial \mathbf{S}_t}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, two = np.ones((1, 1)), np.full((1, 1), 2.0)
    >>> hidden_gradient(one, one, one, one, one, two, two, two, two, two).tolist()
    [[10.0]]
    """
    deltas, W = (delta_i, delta_f, delta_g, delta_o), (W_i, W_f, W_g, W_o)
    require_shapes(("B K", dY), ("H K", V), *(("B H", d) for d in deltas), *(("H H", w) for w in W))
    return dY @ V.T + sum(d @ w.T for d, w in zip(deltas, W))


def cell_gradient(
    dS: np.ndarray,
    O_t: np.ndarray,
    M: np.ndarray,
    F_next: np.ndarray,
    dM_next: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the cell states of step t, from that of step t + 1.

    Args:
        dS: $\frac{\partial J}{\partial \mathbf{S}_t}$, shape (B, H).
        O_t: $\mathbf{O}_t$, shape (B, H).
        M: $\mathbf{M}_t$, shape (B, H).
        F_next: $[t < T] \mathbf{F}_{t+1}$, shape (B, H), zero at the last step.
        dM_next: $[t < T] \frac{\partial J}{\partial \mathbf{M}_{t+1}}$, shape (B, H), zero at the last step.

    Returns:
        $\frac{\partial J}{\partial \mathbf{M}_t}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, half = np.ones((1, 1)), np.full((1, 1), 0.5)
    >>> cell_gradient(one, half, 0 * one, half, 3 * one).tolist()
    [[2.0]]
    """
    require_shapes(("B H", dS), ("B H", O_t), ("B H", M), ("B H", F_next), ("B H", dM_next))
    return dS * O_t * (1 - np.tanh(M) ** 2) + F_next * dM_next


def preactivation_gradients(
    dS: np.ndarray,
    dM: np.ndarray,
    I_t: np.ndarray,
    F_t: np.ndarray,
    G_t: np.ndarray,
    O_t: np.ndarray,
    M: np.ndarray,
    M_prev: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the four pre-activations of all sequences at step t.

    Args:
        dS: $\frac{\partial J}{\partial \mathbf{S}_t}$, shape (B, H).
        dM: $\frac{\partial J}{\partial \mathbf{M}_t}$, shape (B, H).
        I_t: $\mathbf{I}_t$, shape (B, H).
        F_t: $\mathbf{F}_t$, shape (B, H).
        G_t: $\mathbf{G}_t$, shape (B, H).
        O_t: $\mathbf{O}_t$, shape (B, H).
        M: $\mathbf{M}_t$, shape (B, H).
        M_prev: $\mathbf{M}_{t-1}$, shape (B, H).

    Returns:
        delta_i: $\Delta^{\mathrm{i}}_t$, shape (B, H).
        delta_f: $\Delta^{\mathrm{f}}_t$, shape (B, H).
        delta_g: $\Delta^{\mathrm{g}}_t$, shape (B, H).
        delta_o: $\Delta^{\mathrm{o}}_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, half = np.ones((1, 1)), np.full((1, 1), 0.5)
    >>> deltas = preactivation_gradients(one, one, half, half, half, half, 0 * one, 2 * one)
    >>> [float(delta[0, 0]) for delta in deltas]
    [0.125, 0.5, 0.375, 0.0]
    """
    require_shapes(*(("B H", x) for x in (dS, dM, I_t, F_t, G_t, O_t, M, M_prev)))
    into = (dM * G_t * I_t * (1 - I_t), dM * M_prev * F_t * (1 - F_t))
    return *into, dM * I_t * (1 - G_t**2), dS * np.tanh(M) * O_t * (1 - O_t)
