"""Input sequences of different lengths in one batch: arrays have shape (time, batch, features).

Every sequence has one target. What stands in the arrays after its last step is padding.
"""

import numpy as np

from rnnwb.bptt import deltas, hidden_states
from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def state_at_last_step(S: np.ndarray, last: np.ndarray) -> np.ndarray:
    r"""For each sequence the state after its own last step.

    Args:
        S: $\mathbf{S}$, shape (T + 1, B, H), entries in (-1, 1).
        last: $L$, shape (B,), the last steps.

    Returns:
        $\mathbf{Z}$, shape (B, H), entries in (-1, 1).

    Raises:
        ValueError: if the shapes disagree.

    >>> S = np.array([[[0.1], [0.2]], [[0.3], [0.4]]])
    >>> state_at_last_step(S, np.array([1, 0])).tolist()
    [[0.3], [0.2]]
    """
    require_shapes(("time B H", S), ("B", last))
    return S[last.astype(int), np.arange(len(last))]


def sequence_logits(Z: np.ndarray, V: np.ndarray) -> np.ndarray:
    r"""One output for each sequence.

    Args:
        Z: $\mathbf{Z}$, shape (B, H), entries in (-1, 1).
        V: $V$, shape (H, K).

    Returns:
        $\mathbf{Y}$, shape (B, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> sequence_logits(np.array([[0.5], [1.0]]), np.array([[2.0, 4.0]])).tolist()
    [[1.0, 2.0], [2.0, 4.0]]
    """
    require_shapes(("B H", Z), ("H K", V))
    return Z @ V


def sequence_loss(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Sum of the losses of all sequences, one loss for each.

    Args:
        Y: $\mathbf{Y}$, shape (B, K).
        C: $\mathbf{C}$, shape (B, K), entries of a row sum to 1.

    Returns:
        $J$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(sequence_loss(np.zeros((3, 2)), np.array([[1.0, 0.0]] * 3))), 4)
    2.0794
    """
    require_shapes(("B K", Y), ("B K", C))
    return np.sum(softmax_cross_entropy(Y, C))


def sequence_logits_gradient(Y: np.ndarray, C: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss of the batch with respect to the logits.

    Args:
        Y: $\mathbf{Y}$, shape (B, K).
        C: $\mathbf{C}$, shape (B, K), entries of a row sum to 1.

    Returns:
        $\frac{\partial J}{\partial \mathbf{Y}}$, shape (B, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> sequence_logits_gradient(np.zeros((1, 2)), np.array([[1.0, 0.0]])).tolist()
    [[-0.5, 0.5]]
    """
    require_shapes(("B K", Y), ("B K", C))
    return softmax_cross_entropy_gradient(Y, C)


def sequence_delta(
    dZ: np.ndarray, delta_next: np.ndarray, S: np.ndarray, W: np.ndarray, last: np.ndarray, t: np.ndarray
) -> np.ndarray:
    r"""Gradient with respect to the pre-activations of step t, from that of step t + 1.

    Args:
        dZ: $\frac{\partial J}{\partial \mathbf{Z}}$, shape (B, H).
        delta_next: $[t < T] \Delta_{t+1}$, shape (B, H), zero at the last step.
        S: $\mathbf{S}_t$, shape (B, H), entries in (-1, 1).
        W: $W$, shape (H, H).
        last: $L$, shape (B,), the last steps.
        t: $t$, shape (), the step.

    Returns:
        $\Delta_t$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> dZ, zero, one = np.array([[2.0], [3.0]]), np.zeros((2, 1)), np.ones((1, 1))
    >>> sequence_delta(dZ, zero, zero, one, np.array([1, 0]), np.array(1)).tolist()
    [[2.0], [0.0]]
    """
    require_shapes(("B H", dZ), ("B H", delta_next), ("B H", S), ("H H", W), ("B", last))
    return (np.where((last == t)[:, None], dZ, 0) + delta_next @ W.T) * (1 - S**2)


def batched_last_loss_bptt(
    X: np.ndarray,
    C: np.ndarray,
    last: np.ndarray,
    U: np.ndarray,
    W: np.ndarray,
    V: np.ndarray,
    S_init: np.ndarray | None = None,
) -> tuple[np.ndarray, ...]:
    r"""Loss summed over a batch of sequences of different lengths, and its gradients.

    Args:
        X: $\mathbf{X}$, shape (T + 1, B, D), anything finite in the padding.
        C: $\mathbf{C}$, shape (B, K), entries of a row sum to 1.
        last: $L$, shape (B,), the last steps.
        U: $U$, shape (D, H).
        W: $W$, shape (H, H).
        V: $V$, shape (H, K).
        S_init: $\mathbf{S}_{-1}$, shape (B, H), zero unless given.

    Returns:
        J: $J$, shape ().
        dU: $\frac{\partial J}{\partial U}$, shape (D, H).
        dW: $\frac{\partial J}{\partial W}$, shape (H, H).
        dV: $\frac{\partial J}{\partial V}$, shape (H, K).
        dX: $\frac{\partial J}{\partial \mathbf{X}}$, shape (T + 1, B, D), zero in the padding.
        dS_init: $\frac{\partial J}{\partial \mathbf{S}_{-1}}$, shape (B, H).

    Raises:
        ValueError: if the shapes disagree.

    >>> X, C, zero = np.ones((3, 2, 1)), np.array([[1.0, 0.0]] * 2), np.zeros((1, 1))
    >>> J, dU, *_ = batched_last_loss_bptt(X, C, np.array([2, 0]), zero, zero, np.array([[2.0, 4.0]]))
    >>> round(float(J), 4), dU.tolist()
    (1.3863, [[2.0]])
    """
    S_init = np.zeros((X.shape[1], len(W))) if S_init is None else S_init
    require_shapes(("time B D", X), ("B K", C), ("B", last), ("D H", U), ("H H", W), ("H K", V), ("B H", S_init))
    S = hidden_states(X, U, W, S_init)
    Z = state_at_last_step(S, last)
    dY = softmax_cross_entropy_gradient(Z @ V, C)
    ends = np.arange(len(X))[:, None] == last
    delta = deltas(np.where(ends[:, :, None], dY, 0), S, V, W)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    J = np.sum(softmax_cross_entropy(Z @ V, C))
    dU, dW = (np.einsum("tbi,tbj->ij", *pair) for pair in ((X, delta), (S_prev, delta)))
    return J, dU, dW, Z.T @ dY, delta @ U.T, delta[0] @ W.T
