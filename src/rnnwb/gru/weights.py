"""Gradients of a GRU's weights, of its inputs and of its initial state."""

import numpy as np

from rnnwb.shapes import require_shapes


def input_weight_gradients(
    X: np.ndarray,
    delta_r: np.ndarray,
    delta_z: np.ndarray,
    delta_n: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the input weights.

    Args:
        X: $X$, shape (T + 1, D).
        delta_r: $\delta^{\mathrm{r}}$, shape (T + 1, H).
        delta_z: $\delta^{\mathrm{z}}$, shape (T + 1, H).
        delta_n: $\delta^{\mathrm{n}}$, shape (T + 1, H).

    Returns:
        dU_r: $\frac{\partial E}{\partial U^{\mathrm{r}}}$, shape (D, H).
        dU_z: $\frac{\partial E}{\partial U^{\mathrm{z}}}$, shape (D, H).
        dU_n: $\frac{\partial E}{\partial U^{\mathrm{n}}}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> ones = np.ones((3, 1))
    >>> [float(x[0, 0]) for x in input_weight_gradients(ones, ones, 2 * ones, 3 * ones)]
    [3.0, 6.0, 9.0]
    """
    require_shapes(
        ("time D", X),
        *(("time H", d) for d in (delta_r, delta_z, delta_n)),
    )
    return X.T @ delta_r, X.T @ delta_z, X.T @ delta_n


def state_weight_gradients(
    S_init: np.ndarray,
    S: np.ndarray,
    delta_r: np.ndarray,
    delta_z: np.ndarray,
    dQ: np.ndarray,
) -> tuple[np.ndarray, ...]:
    r"""Gradients with respect to the recurrent weights.

    Args:
        S_init: $S_{-1}$, shape (H,).
        S: $S$, shape (T + 1, H).
        delta_r: $\delta^{\mathrm{r}}$, shape (T + 1, H).
        delta_z: $\delta^{\mathrm{z}}$, shape (T + 1, H).
        dQ: $\frac{\partial E}{\partial Q}$, shape (T + 1, H).

    Returns:
        dW_r: $\frac{\partial E}{\partial W^{\mathrm{r}}}$, shape (H, H).
        dW_z: $\frac{\partial E}{\partial W^{\mathrm{z}}}$, shape (H, H).
        dW_n: $\frac{\partial E}{\partial W^{\mathrm{n}}}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> S, ones = np.array([[0.5], [0.25]]), np.ones((2, 1))
    >>> [float(x[0, 0]) for x in state_weight_gradients(np.ones(1), S, ones, 2 * ones, 4 * ones)]
    [1.5, 3.0, 6.0]
    """
    require_shapes(
        ("H", S_init),
        ("time H", S),
        *(("time H", d) for d in (delta_r, delta_z, dQ)),
    )
    S_prev = np.concatenate([S_init[None], S[:-1]])
    return S_prev.T @ delta_r, S_prev.T @ delta_z, S_prev.T @ dQ


def recurrent_bias_gradient(
    dQ: np.ndarray,
) -> np.ndarray:
    r"""Gradient with respect to the bias inside the reset product.

    Args:
        dQ: $\frac{\partial E}{\partial Q}$, shape (T + 1, H).

    Returns:
        $\frac{\partial E}{\partial \beta}$, shape (H,).

    >>> recurrent_bias_gradient(np.ones((3, 1))).tolist()
    [3.0]
    """
    return dQ.sum(axis=0)


def input_gradient(
    delta_r: np.ndarray,
    delta_z: np.ndarray,
    delta_n: np.ndarray,
    U_r: np.ndarray,
    U_z: np.ndarray,
    U_n: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the total loss with respect to the input of step t.

    Args:
        delta_r: $\delta^{\mathrm{r}}_t$, shape (H,).
        delta_z: $\delta^{\mathrm{z}}_t$, shape (H,).
        delta_n: $\delta^{\mathrm{n}}_t$, shape (H,).
        U_r: $U^{\mathrm{r}}$, shape (D, H).
        U_z: $U^{\mathrm{z}}$, shape (D, H).
        U_n: $U^{\mathrm{n}}$, shape (D, H).

    Returns:
        $\frac{\partial E}{\partial X_t}$, shape (D,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, two = np.ones(1), np.full((1, 1), 2.0)
    >>> input_gradient(one, one, one, two, two, two).tolist()
    [6.0]
    """
    require_shapes(*(("H", d) for d in (delta_r, delta_z, delta_n)), *(("D H", u) for u in (U_r, U_z, U_n)))
    return delta_r @ U_r.T + delta_z @ U_z.T + delta_n @ U_n.T


def initial_state_gradient(
    dS_0: np.ndarray,
    Z_0: np.ndarray,
    delta_r: np.ndarray,
    delta_z: np.ndarray,
    dQ_0: np.ndarray,
    W_r: np.ndarray,
    W_z: np.ndarray,
    W_n: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the total loss with respect to the initial state.

    Args:
        dS_0: $\frac{\partial E}{\partial S_0}$, shape (H,).
        Z_0: $Z_0$, shape (H,).
        delta_r: $\delta^{\mathrm{r}}_0$, shape (H,).
        delta_z: $\delta^{\mathrm{z}}_0$, shape (H,).
        dQ_0: $\frac{\partial E}{\partial Q_0}$, shape (H,).
        W_r: $W^{\mathrm{r}}$, shape (H, H).
        W_z: $W^{\mathrm{z}}$, shape (H, H).
        W_n: $W^{\mathrm{n}}$, shape (H, H).

    Returns:
        $\frac{\partial E}{\partial S_{-1}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one, two = np.ones(1), np.full((1, 1), 2.0)
    >>> initial_state_gradient(3 * one, one, one, one, one, two, two, two).tolist()
    [9.0]
    """
    require_shapes(*(("H", d) for d in (dS_0, Z_0, delta_r, delta_z, dQ_0)), *(("H H", w) for w in (W_r, W_z, W_n)))
    return dS_0 * Z_0 + delta_r @ W_r.T + delta_z @ W_z.T + dQ_0 @ W_n.T
