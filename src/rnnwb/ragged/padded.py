"""Sequences of different lengths in one batch: what stands after the last step of a sequence is padding."""

import numpy as np

from rnnwb.bptt import deltas, hidden_states
from rnnwb.losses import softmax_cross_entropy, softmax_cross_entropy_gradient
from rnnwb.shapes import require_shapes


def step_mask(last: np.ndarray, t: np.ndarray) -> np.ndarray:
    r"""Whether step t belongs to a sequence, for each sequence.

    Args:
        last: $L$, shape (B,), the last steps.
        t: $t$, shape (), the step.

    Returns:
        $\omega_t$, shape (B,).

    >>> [step_mask(np.array([2, 0]), np.array(t)).tolist() for t in (0, 1, 2, 3)]
    [[1.0, 1.0], [1.0, 0.0], [1.0, 0.0], [0.0, 0.0]]
    """
    return (t <= last).astype(float)


def ragged_loss(Y: np.ndarray, C: np.ndarray, last: np.ndarray) -> np.ndarray:
    r"""Sum of the cross-entropies of all steps that belong to a sequence.

    Args:
        Y: $\mathbf{Y}$, shape (T + 1, B, K).
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
        last: $L$, shape (B,), the last steps.

    Returns:
        $J$, shape ().

    Raises:
        ValueError: if the shapes disagree.

    >>> round(float(ragged_loss(np.zeros((3, 1, 2)), np.array([[[1.0, 0.0]]] * 3), np.array([1]))), 4)
    1.3863
    """
    require_shapes(("time B K", Y), ("time B K", C), ("B", last))
    belongs = np.arange(len(Y))[:, None] <= last
    return np.sum(np.where(belongs, softmax_cross_entropy(Y, C), 0))


def ragged_logits_gradient(Y: np.ndarray, C: np.ndarray, last: np.ndarray, t: np.ndarray) -> np.ndarray:
    r"""Gradient of the loss with respect to the logits of step t, zero in the padding.

    Args:
        Y: $\mathbf{Y}_t$, shape (B, K).
        C: $\mathbf{C}_t$, shape (B, K), entries of a row sum to 1.
        last: $L$, shape (B,), the last steps.
        t: $t$, shape (), the step.

    Returns:
        $\frac{\partial J}{\partial \mathbf{Y}_t}$, shape (B, K).

    Raises:
        ValueError: if the shapes disagree.

    >>> C = np.array([[1.0, 0.0]] * 2)
    >>> ragged_logits_gradient(np.zeros((2, 2)), C, np.array([2, 0]), np.array(1)).tolist()
    [[-0.5, 0.5], [0.0, 0.0]]
    """
    require_shapes(("B K", Y), ("B K", C), ("B", last))
    return np.where((t <= last)[:, None], softmax_cross_entropy_gradient(Y, C), 0)


def ragged_bptt(
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
        X: $\mathbf{X}$, shape (T + 1, B, D), anything in the padding.
        C: $\mathbf{C}$, shape (T + 1, B, K), entries of a row sum to 1.
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

    >>> X, C, zero = np.ones((3, 2, 1)), np.array([[[1.0, 0.0]] * 2] * 3), np.zeros((1, 1))
    >>> J, dU, *_ = ragged_bptt(X, C, np.array([2, 0]), zero, zero, np.array([[2.0, 4.0]]))
    >>> round(float(J), 4), dU.tolist()
    (2.7726, [[4.0]])
    """
    S_init = np.zeros((X.shape[1], len(W))) if S_init is None else S_init
    require_shapes(
        ("time B D", X),
        ("time B K", C),
        ("B", last),
        ("D H", U),
        ("H H", W),
        ("H K", V),
        ("B H", S_init),
    )
    belongs = (np.arange(len(X))[:, None] <= last)[:, :, None]
    X, C = np.where(belongs, X, 0), np.where(belongs, C, 0)
    S = hidden_states(X, U, W, S_init)
    Y = S @ V
    dY = np.where(belongs, softmax_cross_entropy_gradient(Y, C), 0)
    delta = deltas(dY, S, V, W)
    S_prev = np.concatenate([S_init[None], S[:-1]])
    J = np.sum(softmax_cross_entropy(Y, C))
    pairs = (X, delta), (S_prev, delta), (S, dY)
    dU, dW, dV = (np.einsum("tbi,tbj->ij", *pair) for pair in pairs)
    return J, dU, dW, dV, delta @ U.T, delta[0] @ W.T
