"""Real-time recurrent learning: derivatives that travel forward with the states.

References:
    Williams and Zipser, "A learning algorithm for continually running fully recurrent
    neural networks", Neural Computation 1(2), 1989, pages 270-280.
"""

import numpy as np

from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def input_influence(
    X: np.ndarray,
    S: np.ndarray,
    W: np.ndarray,
    influence_prev: np.ndarray,
) -> np.ndarray:
    r"""Influence of every input weight on every hidden unit after step t.

    Args:
        X: $X_t$, shape (D,).
        S: $S_t$, shape (H,), entries in (-1, 1).
        W: $W$, shape (H, H).
        influence_prev: $\frac{\partial S_{t-1}}{\partial U}$, shape (H, D, H).

    Returns:
        $\frac{\partial S_t}{\partial U}$, shape (H, D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> W = np.array([[0.0, 2.0], [0.0, 0.0]])
    >>> input_influence(np.array([3.0]), np.array([0.0, 0.5]), W, np.ones((2, 1, 2))).tolist()
    [[[3.0, 0.0]], [[1.5, 3.75]]]
    """
    require_shapes(("D", X), ("H", S), ("H H", W), ("H D H", influence_prev))
    entering = X[None, :, None] * np.eye(len(S))[:, None, :]
    passed_on = np.tensordot(W.T, influence_prev, axes=1)
    return (1 - S**2)[:, None, None] * (entering + passed_on)


def state_influence(
    S_prev: np.ndarray,
    S: np.ndarray,
    W: np.ndarray,
    influence_prev: np.ndarray,
) -> np.ndarray:
    r"""Influence of every recurrent weight on every hidden unit after step t.

    Args:
        S_prev: $S_{t-1}$, shape (H,).
        S: $S_t$, shape (H,), entries in (-1, 1).
        W: $W$, shape (H, H).
        influence_prev: $\frac{\partial S_{t-1}}{\partial W}$, shape (H, H, H).

    Returns:
        $\frac{\partial S_t}{\partial W}$, shape (H, H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> state_influence(3 * one[0], 0.5 * one[0], 2 * one, np.ones((1, 1, 1))).tolist()
    [[[3.75]]]
    """
    require_shapes(("H", S_prev), ("H", S), ("H H", W), ("H H H", influence_prev))
    return input_influence(S_prev, S, W, influence_prev)


def step_input_weight_gradient(dS: np.ndarray, influence: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the input weights, all their uses counted.

    Args:
        dS: $\frac{\partial E_t}{\partial S_t}$, shape (H,).
        influence: $\frac{\partial S_t}{\partial U}$, shape (H, D, H).

    Returns:
        $\frac{\partial E_t}{\partial U}$, shape (D, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> step_input_weight_gradient(np.array([2.0, 1.0]), np.array([[[3.0, 0.0]], [[1.5, 4.0]]])).tolist()
    [[7.5, 4.0]]
    """
    require_shapes(("H", dS), ("H D H", influence))
    return np.tensordot(dS, influence, axes=1)


def step_state_weight_gradient(dS: np.ndarray, influence: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of step t with respect to the recurrent weights, all their uses counted.

    Args:
        dS: $\frac{\partial E_t}{\partial S_t}$, shape (H,).
        influence: $\frac{\partial S_t}{\partial W}$, shape (H, H, H).

    Returns:
        $\frac{\partial E_t}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> step_state_weight_gradient(np.array([2.0]), np.array([[[3.0]]])).tolist()
    [[6.0]]
    """
    require_shapes(("H", dS), ("H H H", influence))
    return np.tensordot(dS, influence, axes=1)


def running_gradient(before: np.ndarray, dS: np.ndarray, influence: np.ndarray) -> np.ndarray:
    r"""Gradient, with respect to the recurrent weights, of all losses up to step t.

    Args:
        before: $[t > 0] \frac{\partial L_{t-1}}{\partial W}$, shape (H, H), zero at step 0.
        dS: $\frac{\partial E_t}{\partial S_t}$, shape (H,).
        influence: $\frac{\partial S_t}{\partial W}$, shape (H, H, H).

    Returns:
        $\frac{\partial L_t}{\partial W}$, shape (H, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> running_gradient(np.array([[1.0]]), np.array([2.0]), np.array([[[3.0]]])).tolist()
    [[7.0]]
    """
    require_shapes(("H H", before), ("H", dS), ("H H H", influence))
    return before + np.tensordot(dS, influence, axes=1)


def running_loss(before: np.ndarray, E: np.ndarray) -> np.ndarray:
    r"""Sum of the losses up to step t.

    Args:
        before: $[t > 0] L_{t-1}$, shape (), zero at step 0.
        E: $E_t$, shape ().

    Returns:
        $L_t$, shape ().

    >>> float(running_loss(np.array(2.0), np.array(1.0)))
    3.0
    """
    return before + E


def rtrl(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss of one sequence and its gradients in a single pass forward, no state kept but the last.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $S_{-1}$, shape (H,), zero unless given.

    Returns:
        E: $E$, shape ().
        dU: $\frac{\partial E}{\partial U}$, shape (D, H).
        dW: $\frac{\partial E}{\partial W}$, shape (H, H).
        dV: $\frac{\partial E}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, zero = np.ones((2, 1)), np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> E, dU, dW, dV = rtrl(X, C, zero, zero, np.array([[2.0, 4.0]]))
    >>> round(float(E), 4), dU.tolist()
    (1.3863, [[2.0]])
    """
    S = np.zeros(len(W)) if S_init is None else S_init
    require_shapes(
        ("time D", X),
        ("time K", C),
        ("D H", U),
        ("H H", W),
        ("H K", V),
        ("H", S),
    )
    E, dU, dW, dV = np.zeros(()), np.zeros_like(U), np.zeros_like(W), np.zeros_like(V)
    by_U, by_W = np.zeros((*S.shape, *U.shape)), np.zeros((*S.shape, *W.shape))
    for X_t, C_t in zip(X, C):
        S_prev, S = S, np.tanh(X_t @ U + S @ W)
        by_U = input_influence(X_t, S, W, by_U)
        by_W = state_influence(S_prev, S, W, by_W)
        dY = softmax_cross_entropy_gradient(S @ V, C_t)
        dS = dY @ V.T
        E = E + softmax_cross_entropy(S @ V, C_t)
        dU = dU + np.tensordot(dS, by_U, axes=1)
        dW = dW + np.tensordot(dS, by_W, axes=1)
        dV = dV + np.outer(S, dY)
    return E, dU, dW, dV
