"""Gradients of the total loss of an LSTM with one output a step, at any step."""

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
    r"""Gradient with respect to the hidden state of step t: the output, and four children at the next step.

    Args:
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).
        delta_i: $[t < T] \delta^{\mathrm{i}}_{t+1}$, shape (H,), zero at the last step.
        delta_f: $[t < T] \delta^{\mathrm{f}}_{t+1}$, shape (H,), zero at the last step.
        delta_g: $[t < T] \delta^{\mathrm{g}}_{t+1}$, shape (H,), zero at the last step.
        delta_o: $[t < T] \delta^{\mathrm{o}}_{t+1}$, shape (H,), zero at the last step.
        V: $V$, shape (H, K).
        W_i: $W^{\mathrm{i}}$, shape (H, H).
        W_f: $W^{\mathrm{f}}$, shape (H, H).
        W_g: $W^{\mathrm{g}}$, shape (H, H).
        W_o: $W^{\mathrm{o}}$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, two = np.ones(1), np.full((1, 1), 2.0)
    >>> hidden_gradient(one, one, one, one, one, two, two, two, two, two).tolist()
    [10.0]
    """
    deltas, W = (delta_i, delta_f, delta_g, delta_o), (W_i, W_f, W_g, W_o)
    require_shapes(("K", dY), ("H K", V), *(("H", d) for d in deltas), *(("H H", w) for w in W))
    return dY @ V.T + sum(d @ w.T for d, w in zip(deltas, W))


def last_cell_gradient(dS: np.ndarray, O_T: np.ndarray, M: np.ndarray) -> np.ndarray:
    r"""Gradient with respect to the last cell state, which nothing but its hidden state reads.

    Args:
        dS: $\frac{\partial E}{\partial S_T}$, shape (H,).
        O_T: $O_T$, shape (H,).
        M: $M_T$, shape (H,).

    Returns:
        $\frac{\partial E}{\partial M_T}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> last_cell_gradient(np.array([3.0]), np.array([0.5]), np.array([0.0])).tolist()
    [1.5]
    """
    require_shapes(("H", dS), ("H", O_T), ("H", M))
    return dS * O_T * (1 - np.tanh(M) ** 2)


def cell_gradient(
    dS: np.ndarray,
    O_t: np.ndarray,
    M: np.ndarray,
    F_next: np.ndarray,
    dM_next: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the cell state of step t, from that of step t + 1.

    Args:
        dS: $\frac{\partial E}{\partial S_t}$, shape (H,).
        O_t: $O_t$, shape (H,).
        M: $M_t$, shape (H,).
        F_next: $[t < T] F_{t+1}$, shape (H,), zero at the last step.
        dM_next: $[t < T] \frac{\partial E}{\partial M_{t+1}}$, shape (H,), zero at the last step.

    Returns:
        $\frac{\partial E}{\partial M_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, half = np.ones(1), np.full(1, 0.5)
    >>> cell_gradient(one, half, 0 * one, half, 3 * one).tolist()
    [2.0]
    """
    require_shapes(("H", dS), ("H", O_t), ("H", M), ("H", F_next), ("H", dM_next))
    return dS * O_t * (1 - np.tanh(M) ** 2) + F_next * dM_next


def gate_gradients(
    dS: np.ndarray,
    dM: np.ndarray,
    I_t: np.ndarray,
    G_t: np.ndarray,
    M: np.ndarray,
    M_prev: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the gates and the candidate of step t.

    Args:
        dS: $\frac{\partial E}{\partial S_t}$, shape (H,).
        dM: $\frac{\partial E}{\partial M_t}$, shape (H,).
        I_t: $I_t$, shape (H,).
        G_t: $G_t$, shape (H,).
        M: $M_t$, shape (H,).
        M_prev: $M_{t-1}$, shape (H,).

    Returns:
        dI: $\frac{\partial E}{\partial I_t}$, shape (H,).
        dF: $\frac{\partial E}{\partial F_t}$, shape (H,).
        dG: $\frac{\partial E}{\partial G_t}$, shape (H,).
        dO: $\frac{\partial E}{\partial O_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> [float(d[0]) for d in gate_gradients(one, 2 * one, 3 * one, 4 * one, 0 * one, 5 * one)]
    [8.0, 10.0, 6.0, 0.0]
    """
    require_shapes(
        ("H", dS),
        ("H", dM),
        ("H", I_t),
        ("H", G_t),
        ("H", M),
        ("H", M_prev),
    )
    return dM * G_t, dM * M_prev, dM * I_t, dS * np.tanh(M)


def gate_jacobian(I_t: np.ndarray) -> np.ndarray:
    r"""Derivative of a gate with respect to its pre-activation, a diagonal matrix; here of the input gate.

    Args:
        I_t: $I_t$, shape (H,), entries in (0, 1).

    Returns:
        $\frac{\partial I_t}{\partial A^{\mathrm{i}}_t}$, shape (H, H).

    Raises:
        ValueError: if the shape is not that of a vector.

    >>> gate_jacobian(np.array([0.5, 0.75])).tolist()
    [[0.25, 0.0], [0.0, 0.1875]]
    """
    require_shapes(("H", I_t))
    return np.diag(I_t * (1 - I_t))


def preactivation_gradients(
    dI: np.ndarray,
    dF: np.ndarray,
    dG: np.ndarray,
    dO: np.ndarray,
    I_t: np.ndarray,
    F_t: np.ndarray,
    G_t: np.ndarray,
    O_t: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the four pre-activations of step t.

    Args:
        dI: $\frac{\partial E}{\partial I_t}$, shape (H,).
        dF: $\frac{\partial E}{\partial F_t}$, shape (H,).
        dG: $\frac{\partial E}{\partial G_t}$, shape (H,).
        dO: $\frac{\partial E}{\partial O_t}$, shape (H,).
        I_t: $I_t$, shape (H,).
        F_t: $F_t$, shape (H,).
        G_t: $G_t$, shape (H,).
        O_t: $O_t$, shape (H,).

    Returns:
        delta_i: $\delta^{\mathrm{i}}_t$, shape (H,).
        delta_f: $\delta^{\mathrm{f}}_t$, shape (H,).
        delta_g: $\delta^{\mathrm{g}}_t$, shape (H,).
        delta_o: $\delta^{\mathrm{o}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, half = np.ones(1), np.full(1, 0.5)
    >>> [float(d[0]) for d in preactivation_gradients(one, one, one, one, half, half, half, half)]
    [0.25, 0.25, 0.75, 0.25]
    """
    require_shapes(*(("H", x) for x in (dI, dF, dG, dO, I_t, F_t, G_t, O_t)))
    return (
        dI * I_t * (1 - I_t),
        dF * F_t * (1 - F_t),
        dG * (1 - G_t**2),
        dO * O_t * (1 - O_t),
    )
