"""Truncated backpropagation through time: a window for each loss, and passes of a fixed reach.

References:
    Williams and Peng, "An efficient gradient-based algorithm for on-line training of
    recurrent network trajectories", Neural Computation 2(4), 1990, pages 490-501.
"""

import numpy as np

from rnnwb.bptt import hidden_states
from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def pass_loss(S: np.ndarray, C: np.ndarray, V: np.ndarray, t: int, nu: int) -> np.ndarray:
    r"""Losses that the pass after step t takes in: of step t and of the ν steps before.

    Args:
        S: $S$, shape (T + 1, H).
        C: $C$, shape (T + 1, K), rows sum to 1.
        V: $V$, shape (H, K).
        t: $t$, shape ().
        nu: $\nu$, shape ().

    Returns:
        $F_{\nu\kappa t}$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(pass_loss(np.zeros((4, 1)), np.array([[1.0, 0.0]] * 4), np.ones((1, 2)), 3, 1)), 4)
    1.3863
    """
    require_shapes(("time H", S), ("time K", C), ("H K", V))
    steps = slice(max(0, t - nu), t + 1)
    return np.sum(softmax_cross_entropy(S[steps] @ V, C[steps]))


def pass_delta(
    dY: np.ndarray,
    delta_next: np.ndarray,
    S: np.ndarray,
    V: np.ndarray,
    W: np.ndarray,
) -> np.ndarray:
    r"""Gradient of the loss of a pass with respect to a pre-activation that it reaches.

    Args:
        dY: $[\tau \ge t - \nu] \frac{\partial E_\tau}{\partial Y_\tau}$, shape (K,).
        delta_next: $[\tau < t] \frac{\partial F_{\nu\kappa t}}{\partial B_{\kappa t,\tau+1}}$, shape (H,).
        S: $S_\tau$, shape (H,), entries in (-1, 1).
        V: $V$, shape (H, K).
        W: $W$, shape (H, H).

    Returns:
        $\frac{\partial F_{\nu\kappa t}}{\partial B_{\kappa t\tau}}$, shape (H,).

    Raises:
        ValueError: if the shapes disagree.

    >>> one = np.ones((1, 1))
    >>> pass_delta(2 * one[0], 3 * one[0], 0.5 * one[0], 5 * one, 7 * one).tolist()
    [23.25]
    """
    require_shapes(("K", dY), ("H", delta_next), ("H", S), ("H K", V), ("H H", W))
    return (dY @ V.T + delta_next @ W.T) * (1 - S**2)


def pass_gradients(
    X: np.ndarray,
    S: np.ndarray,
    S_init: np.ndarray,
    dY: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    t: int,
    k1: int,
    k2: int,
) -> tuple[np.ndarray, ...]:
    r"""Gradients of one pass: the losses of the last `k1` steps, sent back through the last `k2`.

    Args:
        X: $X$, shape (T + 1, D).
        S: $S$, shape (T + 1, H), entries in (-1, 1).
        S_init: $S_{-1}$, shape (H,).
        dY: $\frac{\partial E}{\partial Y}$, shape (T + 1, K).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        t: $t$, shape (), the step after which the pass is made.
        k1: $\nu + 1$, shape (), at most `k2`.
        k2: $\kappa + 1$, shape ().

    Returns:
        dU: $\frac{\partial F_{\nu\kappa t}}{\partial U}$, shape (D, H).
        dW: $\frac{\partial F_{\nu\kappa t}}{\partial W}$, shape (H, H).
        dV: $\frac{\partial F_{\nu\kappa t}}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree, or if `k1` is not from 1 to `k2`.

    >>> one = np.ones((2, 1))
    >>> dU, dW, dV = pass_gradients(one, 0.5 * one, one[0], one, one[:1], one[:1], 1, 1, 2)
    >>> dU.tolist(), dW.tolist(), dV.tolist()
    ([[1.3125]], [[0.9375]], [[0.5]])
    """
    require_shapes(
        ("time D", X),
        ("time H", S),
        ("H", S_init),
        ("time K", dY),
        ("H H", W),
        ("H K", V),
    )
    if not 1 <= k1 <= k2:
        raise ValueError(f"a pass of {k1} losses cannot reach back {k2} steps")
    dU, dW, dV = np.zeros((X.shape[1], len(W))), np.zeros_like(W), np.zeros_like(V)
    delta = np.zeros(len(W))
    for tau in range(t, max(-1, t - k2), -1):
        local = dY[tau] if tau > t - k1 else np.zeros_like(dY[tau])
        delta = pass_delta(local, delta, S[tau], V, W)
        dU = dU + np.outer(X[tau], delta)
        dW = dW + np.outer(S[tau - 1] if tau > 0 else S_init, delta)
        dV = dV + np.outer(S[tau], local)
    return dU, dW, dV


def truncated_bptt(
    X: np.ndarray,
    C: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    k1: int,
    k2: int,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Losses and gradients of all passes, one after every `k1` steps, each `k2` steps long.

    Args:
        X: $X$, shape (T + 1, D).
        C: $C$, shape (T + 1, K), rows sum to 1.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        k1: $\nu + 1$, shape (), at most `k2`.
        k2: $\kappa + 1$, shape ().
        S_init: $S_{-1}$, shape (H,), zero unless given.

    Returns:
        loss: $\tilde{E}_{\nu\kappa}$, shape ().
        dU: $\frac{\partial \tilde{E}_{\nu\kappa}}{\partial U}$, shape (D, H).
        dW: $\frac{\partial \tilde{E}_{\nu\kappa}}{\partial W}$, shape (H, H).
        dV: $\frac{\partial \tilde{E}_{\nu\kappa}}{\partial V}$, shape (H, K).

    Raises:
        ValueError: if the shapes disagree, or if `k1` is not from 1 to `k2`.

    >>> X, C, zero = np.ones((2, 1)), np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> loss, dU, dW, dV = truncated_bptt(X, C, zero, zero, np.array([[2.0, 4.0]]), k1=1, k2=1)
    >>> round(float(loss), 4), dU.tolist()
    (1.3863, [[2.0]])
    """
    S_init = np.zeros(len(W)) if S_init is None else S_init
    require_shapes(
        ("time D", X),
        ("time K", C),
        ("D H", U),
        ("H H", W),
        ("H K", V),
        ("H", S_init),
    )
    S = hidden_states(X, U, W, S_init)
    dY = softmax_cross_entropy_gradient(S @ V, C)
    loss, dU, dW, dV = np.zeros(()), np.zeros_like(U), np.zeros_like(W), np.zeros_like(V)
    for t in range(k1 - 1, len(X), k1):
        loss = loss + pass_loss(S, C, V, t, k1 - 1)
        found = pass_gradients(X, S, S_init, dY, W, V, t, k1, k2)
        dU, dW, dV = (total + part for total, part in zip((dU, dW, dV), found))
    return loss, dU, dW, dV
