"""Gradients of the total loss of a GRU with one output a step, at any step."""

import numpy as np

from rnnwb.shapes import require_shapes


def hidden_gradient(
    dY: np.ndarray,
    dS_next: np.ndarray,
    Z_next: np.ndarray,
    delta_r: np.ndarray,
    delta_z: np.ndarray,
    dQ_next: np.ndarray,
    V: np.ndarray,
    W_r: np.ndarray,
    W_z: np.ndarray,
    W_n: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the hidden state of step t: the output, and four children at the next step.

    Args:
        dY: $\frac{\partial E_t}{\partial Y_t}$, shape (K,).
        dS_next: $[t < T] \frac{\partial E}{\partial S_{t+1}}$, shape (H,), zero at the last step.
        Z_next: $[t < T] Z_{t+1}$, shape (H,), zero at the last step.
        delta_r: $[t < T] \delta^{\mathrm{r}}_{t+1}$, shape (H,), zero at the last step.
        delta_z: $[t < T] \delta^{\mathrm{z}}_{t+1}$, shape (H,), zero at the last step.
        dQ_next: $[t < T] \frac{\partial E}{\partial Q_{t+1}}$, shape (H,), zero at the last step.
        V: $V$, shape (H, K).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_z: $W^{\mathrm{z}}$, shape (H, H).
        W_n: $W^{\mathrm{n}}$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, two = np.ones(1), np.full((1, 1), 2.0)
    >>> hidden_gradient(one, 3 * one, one, one, one, one, two, two, two, two).tolist()
    [11.0]
    """
    require_shapes(("K", dY), ("H K", V), *(("H H", w) for w in (W_r, W_z, W_n)))
    require_shapes(*(("H", d) for d in (dS_next, Z_next, delta_r, delta_z, dQ_next)), ("H K", V))
    return dY @ V.T + dS_next * Z_next + delta_r @ W_r.T + delta_z @ W_z.T + dQ_next @ W_n.T


def blend_gradients(
    dS: np.ndarray,
    S_prev: np.ndarray,
    Z_t: np.ndarray,
    N_t: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the update gate and the candidate of step t.

    Args:
        dS: $\frac{\partial E}{\partial S_t}$, shape (H,).
        S_prev: $S_{t-1}$, shape (H,).
        Z_t: $Z_t$, shape (H,).
        N_t: $N_t$, shape (H,).

    Returns:
        dZ: $\frac{\partial E}{\partial Z_t}$, shape (H,).
        dN: $\frac{\partial E}{\partial N_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> [float(x[0]) for x in blend_gradients(2 * one, 3 * one, 0.25 * one, one)]
    [4.0, 1.5]
    """
    require_shapes(("H", dS), ("H", S_prev), ("H", Z_t), ("H", N_t))
    return dS * (S_prev - N_t), dS * (1 - Z_t)


def reset_gradients(
    delta_n: np.ndarray,
    R_t: np.ndarray,
    Q: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the reset gate and to what it multiplies.

    Args:
        delta_n: $\delta^{\mathrm{n}}_t$, shape (H,).
        R_t: $R_t$, shape (H,).
        Q: $Q_t$, shape (H,).

    Returns:
        dR: $\frac{\partial E}{\partial R_t}$, shape (H,).
        dQ: $\frac{\partial E}{\partial Q_t}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones(1)
    >>> [float(x[0]) for x in reset_gradients(2 * one, 0.5 * one, 3 * one)]
    [6.0, 1.0]
    """
    require_shapes(("H", delta_n), ("H", R_t), ("H", Q))
    return delta_n * Q, delta_n * R_t


def preactivation_gradients(
    dR: np.ndarray,
    dZ: np.ndarray,
    dN: np.ndarray,
    R_t: np.ndarray,
    Z_t: np.ndarray,
    N_t: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the three pre-activations of step t.

    Args:
        dR: $\frac{\partial E}{\partial R_t}$, shape (H,).
        dZ: $\frac{\partial E}{\partial Z_t}$, shape (H,).
        dN: $\frac{\partial E}{\partial N_t}$, shape (H,).
        R_t: $R_t$, shape (H,).
        Z_t: $Z_t$, shape (H,).
        N_t: $N_t$, shape (H,).

    Returns:
        delta_r: $\delta^{\mathrm{r}}_t$, shape (H,).
        delta_z: $\delta^{\mathrm{z}}_t$, shape (H,).
        delta_n: $\delta^{\mathrm{n}}_t$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, half = np.ones(1), np.full(1, 0.5)
    >>> [float(x[0]) for x in preactivation_gradients(one, one, one, half, half, half)]
    [0.25, 0.25, 0.75]
    """
    require_shapes(*(("H", x) for x in (dR, dZ, dN, R_t, Z_t, N_t)))
    return dR * R_t * (1 - R_t), dZ * Z_t * (1 - Z_t), dN * (1 - N_t**2)
